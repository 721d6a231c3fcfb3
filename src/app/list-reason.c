/* SPDX-License-Identifier: MIT */
#include "app/list-reason.h"

static gboolean
has_text(const MsWish *wish)
{
  return wish->text && *wish->text;
}

gboolean
ms_list_is_filtered(const MsWish *wish)
{
  return has_text(wish) || wish->show != MS_SHOW_ALL || ms_wish_has_range(wish) ||
         wish->class_id != MS_ANY_CLASS || wish->error != MS_ANY_ERROR;
}

/* Each begins where "No example " ends. */
static GPtrArray *
list_filters(const MsWish *wish, const char *class_name)
{
  static const char *const shows[MS_N_SHOWS] = {NULL, "is an exact match", "is not exact",
                                                "has a problem"};
  GPtrArray *filters = g_ptr_array_new_with_free_func(g_free);

  if (wish->show != MS_SHOW_ALL)
    g_ptr_array_add(filters, g_strdup(shows[wish->show]));
  if (ms_wish_has_range(wish))
    g_ptr_array_add(filters, g_strdup_printf("has an IoU from %.2f to %.2f", wish->lowest_iou,
                                             wish->highest_iou));
  if (class_name)
    g_ptr_array_add(filters, g_strdup_printf("has %s", class_name));
  if (wish->error != MS_ANY_ERROR)
    g_ptr_array_add(filters, g_strdup_printf("is known to have %s pixels",
                                             ms_error_info((MsError)wish->error)->id));
  if (has_text(wish))
    g_ptr_array_add(filters, g_strdup_printf("has a name with “%s”", wish->text));
  if (wish->split)
    g_ptr_array_add(filters, g_strdup_printf("is in %s", wish->split));
  return filters;
}

char *
ms_list_reason(const MsWish *wish, const char *class_name, gboolean unfinished)
{
  g_autoptr(GPtrArray) filters = list_filters(wish, class_name);
  gboolean needs_scores = wish->show != MS_SHOW_ALL || ms_wish_has_range(wish) ||
                          class_name != NULL || wish->error != MS_ANY_ERROR;
  GString *text = g_string_new(filters->len == 0 ? "There is no example" : "No example");

  if (unfinished && needs_scores)
    g_string_append(text, " so far");
  for (guint i = 0; i < filters->len; i++) {
    const char *joint = i == 0 ? " " : i + 1 < filters->len ? ", " : " and ";

    g_string_append_printf(text, "%s%s", joint, (const char *)filters->pdata[i]);
  }
  return g_string_free(text, FALSE);
}
