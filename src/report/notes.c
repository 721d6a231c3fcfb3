/* SPDX-License-Identifier: MIT
 *
 * Nothing is silent: what changes a number is said wherever the number is.
 */
#include "report/notes.h"

#include "set/describe.h"
#include "set/scoreboard.h"
#include "set/split-pair.h"

#define MAX_IDS_NAMED 12

static void
append_id(GString *text, const char *name)
{
  if (text->len > 0)
    g_string_append(text, ", ");
  g_string_append(text, name);
}

/* "void, 255"; NULL when nothing is ignored. Binary masks are ignored by raw sample, before they
 * became 0 and 1; classes by id. */
static char *
describe_ignored(MsSet *set, const MsRuleset *rules, guint model)
{
  const MsReading *actual = ms_set_get_actual_reading(set);
  gboolean classes = ms_comparison_has_classes(rules->rules.comparison);
  gsize n = rules->rules.n_ignored;
  GString *text = g_string_new(NULL);

  if (!classes)
    n = actual && actual->ignored ? actual->ignored->len : 0;
  for (gsize i = 0; i < MIN(n, MAX_IDS_NAMED); i++) {
    g_autofree char *name = classes
                                ? ms_set_class_name(set, model, rules->rules.ignored[i])
                                : g_strdup_printf("%u", g_array_index(actual->ignored, guint32, i));
    append_id(text, name);
  }
  if (n > MAX_IDS_NAMED)
    g_string_append_printf(text, " and %" G_GSIZE_FORMAT " more", n - MAX_IDS_NAMED);
  if (rules->rules.ignore_unlisted)
    append_id(text, "every id outside the class table");
  return g_string_free(text, text->len == 0);
}

char *
ms_notes_adjustment(MsSet *set, guint model)
{
  const MsReading *predicted = ms_set_get_predicted_reading(set, model);
  g_autofree char *words =
      predicted && predicted->adjustment ? ms_adjustment_describe(predicted->adjustment) : NULL;

  return words ? g_strdup_printf("predicted mask %s", words) : NULL;
}

static GPtrArray *
list_rules(MsSet *set, const MsRuleset *rules, guint model)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *ignored = describe_ignored(set, rules, model);

  if (ms_ruleset_has_threshold(rules)) {
    g_autofree char *threshold = ms_describe_exact_number(rules->threshold);
    g_ptr_array_add(notes, g_strdup_printf("threshold %s", threshold));
  }
  if (ignored)
    g_ptr_array_add(notes, g_strdup_printf("ignored: %s", ignored));
  g_ptr_array_add(notes, g_strdup(ms_describe_empty_rule(&rules->rules)));
  return notes;
}

char *
ms_notes_bare_rules(MsSet *set, const MsRuleset *rules, guint model, const char *separator)
{
  g_autoptr(GPtrArray) notes = list_rules(set, rules, model);

  g_ptr_array_add(notes, NULL);
  return g_strjoinv(separator, (char **)notes->pdata);
}

char *
ms_notes_rules(MsSet *set, const MsRuleset *rules, guint model, gboolean resized,
               const char *separator)
{
  g_autoptr(GPtrArray) notes = list_rules(set, rules, model);
  g_autofree char *adjusted = ms_notes_adjustment(set, model);

  if (adjusted)
    g_ptr_array_add(notes, g_steal_pointer(&adjusted));
  if (resized)
    g_ptr_array_add(notes, g_strdup(MS_NOTE_RESIZED));
  g_ptr_array_add(notes, NULL);
  return g_strjoinv(separator, (char **)notes->pdata);
}

static void
add_share(GPtrArray *sentences, const char *model, guint64 n, guint64 of, const char *what)
{
  if (n > 0)
    g_ptr_array_add(sentences,
                    g_strdup_printf("%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " %s", model,
                                    n, of, what));
}

typedef struct {
  guint scored;
  guint skipped;
  guint resized;
  guint without_iou;
} Tally;

static Tally
tally_model(MsEvaluation *evaluation, guint model)
{
  guint n_examples = ms_set_get_n_examples(ms_evaluation_get_set(evaluation));
  Tally tally = {0};

  for (guint i = 0; i < n_examples; i++) {
    MsScore score = ms_evaluation_get_score(evaluation, i, model);
    gboolean scored = score.status == MS_RESULT_OK;

    tally.scored += scored;
    tally.skipped += !scored && score.status != MS_RESULT_WAITING;
    tally.resized += scored && score.resized;
    tally.without_iou += scored && !score.iou.defined;
  }
  return tally;
}

static void
add_resized(GPtrArray *sentences, const char *model, const Tally *tally)
{
  add_share(sentences, model, tally->resized, tally->scored,
            "predicted masks were resized, nearest, to the size of the actual ones");
}

GPtrArray *
ms_notes_resized(MsEvaluation *evaluation)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);

  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    Tally tally = tally_model(evaluation, model);

    add_resized(sentences, ms_set_get_model_name(set, model), &tally);
  }
  return sentences;
}

static void
add_undrawn(GPtrArray *sentences, MsSet *set)
{
  guint n_splits = g_strv_length((char **)ms_set_get_splits(set));

  if (n_splits > MS_SCOREBOARD_MAX_DRAWN)
    g_ptr_array_add(sentences,
                    g_strdup_printf("only the first %d of %u splits have 95 %% intervals",
                                    MS_SCOREBOARD_MAX_DRAWN, n_splits));
}

GPtrArray *
ms_notes_examples(MsEvaluation *evaluation)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  g_auto(MsSplitPair) splits = {.overlap = NULL};
  GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);

  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    Tally tally = tally_model(evaluation, model);
    const char *name = ms_set_get_model_name(set, model);

    add_share(sentences, name, tally.skipped, ms_set_get_n_examples(set),
              "examples were not scored");
    add_resized(sentences, name, &tally);
    add_share(sentences, name, tally.without_iou, tally.scored,
              "scored examples have no IoU and stand in no mean");
  }
  add_undrawn(sentences, set);
  ms_split_pair_init(&splits, set);
  if (splits.overlap)
    g_ptr_array_add(sentences, g_strdup(splits.overlap));
  return sentences;
}

GPtrArray *
ms_notes_notices(MsSet *set)
{
  const GPtrArray *notices = ms_set_get_notices(set);
  GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);

  for (guint i = 0; i < notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);

    g_ptr_array_add(sentences, notice->path
                                   ? g_strdup_printf("%s: %s", notice->path, notice->message)
                                   : g_strdup(notice->message));
  }
  return sentences;
}
