/* SPDX-License-Identifier: MIT
 *
 * How the set scores as it is, beside what was found: a score that nothing explains is worth a
 * sentence, and so is one that nothing speaks against.
 */
#include "set/check-score.h"

#include "set/describe.h"

#define DIGITS 3

/* Less than a model has that was trained for what it is compared with. */
#define NEXT_TO_NOTHING 0.1

void
ms_check_take_scores(MsCheck *check, const MsCheckEvidence *evidence)
{
  if (evidence->n_examples == 0 || evidence->n_models == 0)
    return;
  check->scores = g_new0(MsCheckScore, evidence->n_models);
  for (guint model = 0; model < evidence->n_models; model++)
    check->scores[model].iou =
        ms_check_mean_iou(evidence, model, NULL, NULL, &check->scores[model].n_scored);
}

char *
ms_check_describe_iou(MsValue iou)
{
  double step = 1;

  for (guint i = 0; i < DIGITS; i++)
    step /= 10;
  if (iou.defined && iou.value > 0 && iou.value < step / 2)
    return g_strdup("< 0.001");
  return ms_describe_ratio(iou, DIGITS);
}

/* --- how it scores -------------------------------------------------------------------------- */

static guint
count_models(const MsCheck *check)
{
  return check->scores ? ms_set_get_n_models(check->set) : 0;
}

/* 0: none is scored, or they differ. */
static guint
common_count(const MsCheck *check)
{
  guint n_models = count_models(check);

  for (guint model = 1; model < n_models; model++)
    if (check->scores[model].n_scored != check->scores[0].n_scored)
      return 0;
  return n_models > 0 ? check->scores[0].n_scored : 0;
}

static char *
count_scored(guint n)
{
  g_autofree char *count = ms_describe_count(n);

  return g_strdup_printf("%s %s", count, n == 1 ? "pair" : "pairs");
}

static void
append_model(GString *text, const MsCheck *check, guint model, gboolean counted)
{
  const MsCheckScore *score = &check->scores[model];
  g_autofree char *iou = ms_check_describe_iou(score->iou);
  g_autofree char *n = count_scored(score->n_scored);

  g_string_append_printf(text, "%s %s %s", model == 0 ? "" : ",",
                         ms_set_get_model_name(check->set, model), iou);
  if (counted)
    g_string_append_printf(text, " over %s", n);
}

char *
ms_check_describe_scores(const MsCheck *check)
{
  guint n_models = count_models(check), n_scored = common_count(check), n_any = 0;
  g_autofree char *n = count_scored(n_scored);
  GString *text;

  for (guint model = 0; model < n_models; model++)
    n_any += check->scores[model].n_scored;
  if (n_any == 0)
    return NULL;
  if (n_models == 1) {
    g_autofree char *iou = ms_check_describe_iou(check->scores[0].iou);

    return g_strdup_printf("mean IoU %s over %s", iou, n);
  }
  text = g_string_new("mean IoU:");
  for (guint model = 0; model < n_models; model++)
    append_model(text, check, model, n_scored == 0);
  if (n_scored > 0)
    g_string_append_printf(text, "; over %s each", n);
  return g_string_free(text, FALSE);
}

/* --- what explains it ----------------------------------------------------------------------- */

static gboolean
is_about(const MsCheckFinding *finding, guint model)
{
  for (guint i = 0; finding->also && i < finding->also->len; i++)
    if (g_array_index(finding->also, guint, i) == model)
      return TRUE;
  return finding->model == model || finding->model == G_MAXUINT;
}

/* Whether a finding says what is wrong with the model's masks: whatever is not a note may. */
static gboolean
is_explained(const MsCheck *check, guint model)
{
  for (guint i = 0; i + check->n_notes < check->findings->len; i++) {
    const MsCheckFinding *finding = g_ptr_array_index(check->findings, i);

    if (finding->kind != MS_CHECK_LEAK && finding->kind != MS_CHECK_UNPAIRED &&
        finding->kind != MS_CHECK_SAME_MODELS && finding->kind != MS_CHECK_IMAGE_SIZES &&
        is_about(finding, model))
      return TRUE;
  }
  return FALSE;
}

char *
ms_check_describe_unexplained(const MsCheck *check)
{
  g_autoptr(GString) names = g_string_new(NULL);
  guint n_models = count_models(check), n = 0;

  for (guint model = 0; model < n_models; model++) {
    MsValue iou = check->scores[model].iou;

    if (!iou.defined || iou.value >= NEXT_TO_NOTHING || is_explained(check, model))
      continue;
    g_string_append_printf(names, "%s%s", n++ ? ", " : "",
                           ms_set_get_model_name(check->set, model));
  }
  if (n == 0)
    return NULL;
  return g_strdup_printf("Next to nothing%s%s agrees with the actual masks, and no other reading, "
                         "ids or place that is known explains it",
                         n_models > 1 ? " of " : "", n_models > 1 ? names->str : "");
}

/* --- how much was found --------------------------------------------------------------------- */

static char *
count_things(guint n, const char *one, const char *many)
{
  g_autofree char *count = ms_describe_count(n);

  return g_strdup_printf("%s %s", count, n == 1 ? one : many);
}

char *
ms_check_describe_count(const MsCheck *check)
{
  guint n = check->findings->len - check->n_notes;
  g_autofree char *findings = count_things(n, "finding", "findings");
  g_autofree char *notes = count_things(check->n_notes, "note", "notes");

  if (n > 0 && check->n_notes > 0)
    return g_strdup_printf("%s and %s", findings, notes);
  if (n > 0)
    return g_steal_pointer(&findings);
  return check->n_notes > 0 ? g_steal_pointer(&notes) : NULL;
}
