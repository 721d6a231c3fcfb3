/* SPDX-License-Identifier: MIT
 *
 * What a frame's picture says: in the figure, and in the text chunks of its PNG.
 */
#include "report/export-private.h"

#include "report/notes.h"
#include "set/describe.h"
#include "set/verdict.h"

#define HEADLINE_DIGITS 3

/* What the picture shows where that is not all errors: "predicted mask", "Only: road". */
static void
add_subject(GPtrArray *parts, const MsFrame *frame, const MsExportOptions *options)
{
  static const char *const paints[] = {
      [MS_PAINT_ACTUAL] = "actual mask", [MS_PAINT_PREDICTED] = "predicted mask"};
  char *focus = ms_class_focus_describe(options->focus, frame->set, frame->model);

  if (ms_set_get_labels(frame->set)) {
    g_free(focus);
    return;
  }
  if (options->paint != MS_PAINT_ERRORS)
    g_ptr_array_add(parts, g_strdup(paints[options->paint]));
  if (focus)
    g_ptr_array_add(parts, focus);
}

/* "unet · val · Only: road · both masks empty score 1" */
static char *
make_subtitle(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
              const char *separator)
{
  const char *split = ms_set_get_split(frame->set, frame->example);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

  g_ptr_array_add(parts, g_strdup(ms_set_get_model_name(frame->set, frame->model)));
  if (split)
    g_ptr_array_add(parts, g_strdup(split));
  add_subject(parts, frame, options);
  g_ptr_array_add(
      parts, ms_notes_rules(frame->set, rules, frame->model, frame->result->resized, separator));
  g_ptr_array_add(parts, NULL);
  return g_strjoinv(separator, (char **)parts->pdata);
}

/* "IoU 0.788 = 416 / (416 + 73 + 39)"; a value that a rule set has no quotient to show. */
static char *
join_headline(MsValue iou, const char *formula)
{
  g_autofree char *ratio = ms_describe_ratio(iou, HEADLINE_DIGITS);

  return g_strdup_printf(iou.defined && !iou.by_rule ? "IoU %s = %s" : "IoU %s (%s)", ratio,
                         formula);
}

/* Of a class that is looked at alone: "road: IoU 0.788 = 416 / (416 + 73 + 39)". */
static char *
make_headline(const MsFrame *frame, const MsConfusion *confusion, const MsClassFocus *focus,
              MsEmptyRule empty)
{
  MsClassCounts alone;

  if (ms_class_focus_find_counts(focus, confusion, &alone)) {
    g_autofree char *name = ms_set_class_name(frame->set, frame->model, alone.id);
    g_autofree char *formula = ms_describe_class_formula(&alone, MS_METRIC_IOU, empty);
    g_autofree char *headline =
        join_headline(ms_class_focus_score(&alone, MS_METRIC_IOU, empty), formula);

    return g_strdup_printf("%s: %s", name, headline);
  }

  g_autofree char *formula = ms_describe_iou_formula(confusion, empty);

  return join_headline(ms_confusion_score(confusion, MS_METRIC_IOU), formula);
}

static char *
make_verdict(const MsFrame *frame, const MsRuleset *rules, const MsConfusion *confusion,
             const MsClassFocus *focus)
{
  MsClassCounts alone;

  if (ms_class_focus_find_counts(focus, confusion, &alone))
    return ms_verdict_class(frame->set, frame->model, &alone);
  return ms_verdict(frame->set, frame->example, frame->model, rules, confusion);
}

void
ms_export_words_init(MsExportWords *words, const MsFrame *frame, const MsRuleset *rules,
                     const MsExportOptions *options, const MsConfusion *confusion)
{
  *words = (MsExportWords){
      .title = ms_set_get_id(frame->set, frame->example),
      .subtitle = make_subtitle(frame, rules, options, " · "),
      .description = make_subtitle(frame, rules, options, "; "),
      .headline = make_headline(frame, confusion, options->focus, rules->rules.empty),
      .verdict = make_verdict(frame, rules, confusion, options->focus),
  };
}

void
ms_export_words_clear(MsExportWords *words)
{
  g_free(words->subtitle);
  g_free(words->description);
  g_free(words->headline);
  g_free(words->verdict);
}
