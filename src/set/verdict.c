/* SPDX-License-Identifier: MIT
 *
 * Names of labels are few and say more than their number does; pixels can only be counted.
 */
#include "set/verdict.h"

#include "set/describe.h"

#define MAX_NAMES 8

char *
ms_verdict_labels(MsSet *set, guint example, guint model, const MsRuleset *rules, MsKind kind,
                  guint max_names)
{
  const MsLabelData *labels = ms_set_get_labels(set);
  guint row = ms_set_get_row(set, example);
  g_autoptr(GArray) marks = ms_label_data_marks(labels, row, model, rules);
  g_autoptr(GString) text = g_string_new(NULL);
  guint n = 0;

  for (guint i = 0; i < marks->len; i++) {
    const MsLabelMark *mark = &g_array_index(marks, MsLabelMark, i);

    if (mark->kind != kind || ++n > max_names)
      continue;
    g_string_append_printf(text, "%s%s", text->len ? ", " : "",
                           ms_label_data_name(labels, mark->label));
  }
  if (n > max_names)
    g_string_append_printf(text, " and %u more", n - max_names);
  return n ? g_strdup(text->str) : NULL;
}

static char *
describe_labels(MsSet *set, guint example, guint model, const MsRuleset *rules,
                const MsConfusion *confusion)
{
  g_autofree char *missed = NULL;
  g_autofree char *extra = NULL;

  if (ms_confusion_exact(confusion))
    return ms_describe_match(confusion);
  missed = ms_verdict_labels(set, example, model, rules, MS_KIND_FN, MAX_NAMES);
  extra = ms_verdict_labels(set, example, model, rules, MS_KIND_FP, MAX_NAMES);
  return g_strconcat("Not exact: ", missed ? "missed " : "", missed ? missed : "",
                     missed && extra ? ", " : "", extra ? "extra " : "", extra ? extra : "", NULL);
}

char *
ms_verdict(MsSet *set, guint example, guint model, const MsRuleset *rules,
           const MsConfusion *confusion)
{
  return ms_set_get_labels(set) ? describe_labels(set, example, model, rules, confusion)
                                : ms_describe_match(confusion);
}

char *
ms_verdict_class(MsSet *set, guint model, const MsClassCounts *class)
{
  const MsCounts *counts = &class->counts;
  guint64 wrong = counts->fp + counts->fn, counted = counts->tp + counts->tn + wrong;
  g_autofree char *name = ms_set_class_name(set, model, class->id);
  g_autofree char *counted_text = ms_describe_count(counted);
  g_autofree char *wrong_text = ms_describe_count(wrong);

  if (counted == 0)
    return g_strdup_printf("%s: no pixel is counted", name);
  if (wrong == 0)
    return g_strdup_printf("%s: all %s pixels agree", name, counted_text);
  return g_strdup_printf("%s: %s of %s pixels %s", name, wrong_text, counted_text,
                         wrong == 1 ? "differs" : "differ");
}

/* --- wrong pixels --- */

/* "37 of 262,144 pixels", "all 16 pixels", "the one pixel" */
static char *
describe_share(const MsWrongPixels *pixels)
{
  g_autofree char *counted = ms_describe_count(pixels->counted);
  g_autofree char *wrong = ms_describe_count(pixels->wrong);

  if (pixels->counted == 1)
    return g_strdup("the one pixel");
  if (pixels->wrong == pixels->counted)
    return g_strdup_printf("all %s pixels", counted);
  return g_strdup_printf("%s of %s pixels", wrong, counted);
}

/* Of a region that is one pixel, or is all of them, there is no size to tell. */
static char *
describe_regions(const MsWrongPixels *pixels)
{
  g_autofree char *regions = ms_describe_count(pixels->regions);
  g_autofree char *largest = ms_describe_count(pixels->largest);

  if (pixels->wrong == 1)
    return g_strdup_printf("at (%d, %d)", pixels->x, pixels->y);
  if (pixels->regions == 1)
    return g_strdup_printf("in one region, at (%d, %d)", pixels->x, pixels->y);
  return g_strdup_printf("in %s regions, the largest %s px at (%d, %d)", regions, largest,
                         pixels->x, pixels->y);
}

static char *
describe_at_edge(const MsWrongPixels *pixels)
{
  g_autofree char *count = ms_describe_count(pixels->at_edge);

  if (pixels->wrong == 1)
    return g_strdup(pixels->at_edge ? "" : "not ");
  if (pixels->at_edge == pixels->wrong)
    return g_strdup(pixels->wrong == 2 ? "both " : "all ");
  return g_strdup_printf("%s ", pixels->at_edge ? count : "none");
}

char *
ms_verdict_describe_wrong(const MsWrongPixels *pixels)
{
  g_autofree char *share = describe_share(pixels);
  g_autofree char *regions = describe_regions(pixels);
  g_autofree char *at_edge = describe_at_edge(pixels);

  if (pixels->wrong == 0)
    return g_strdup("");
  return g_strdup_printf("%s, %s; %swithin 1 px of the actual edge", share, regions, at_edge);
}
