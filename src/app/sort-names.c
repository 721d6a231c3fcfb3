/* SPDX-License-Identifier: MIT */
#include "app/sort-names.h"

static const struct {
  const char *name;
  const char *title;
  const char *directions[2]; /* as it is, and reversed */
  gboolean ascending;
} sorts[MS_N_SORTS] = {
    [MS_SORT_ID] = {"id", "By name", {"A to Z", "Z to A"}, TRUE},
    [MS_SORT_IOU] = {"worst", "By IoU", {"worst first", "best first"}, TRUE},
    [MS_SORT_DICE] = {"dice", "By Dice", {"worst first", "best first"}, TRUE},
    [MS_SORT_EXACT] = {"exact", "By match", {"not exact first", "exact first"}, TRUE},
    [MS_SORT_FP] = {"fp", "By FP", {"most first", "fewest first"}, FALSE},
    [MS_SORT_FN] = {"fn", "By FN", {"most first", "fewest first"}, FALSE},
    [MS_SORT_TIME] = {"time", "By file time", {"newest first", "oldest first"}, FALSE},
    [MS_SORT_ERROR] = {"error", "By errors", {"most first", "fewest first"}, FALSE},
    [MS_SORT_REGION] = {"region",
                        "By largest error region",
                        {"largest first", "smallest first"},
                        FALSE},
};

MsSort
ms_sort_from_name(const char *name)
{
  for (MsSort sort = 0; sort < MS_N_SORTS; sort++)
    if (g_str_equal(sorts[sort].name, name))
      return sort;
  return MS_SORT_ID;
}

const char *
ms_sort_get_name(MsSort sort)
{
  return sorts[sort].name;
}

const char *
ms_sort_get_title(MsSort sort)
{
  return sorts[sort].title;
}

const char *
ms_sort_get_direction(MsSort sort, gboolean reverse)
{
  return sorts[sort].directions[reverse ? 1 : 0];
}

gboolean
ms_sort_is_ascending(MsSort sort, gboolean reverse)
{
  return sorts[sort].ascending != !!reverse;
}
