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
