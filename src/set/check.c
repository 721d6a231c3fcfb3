/* SPDX-License-Identifier: MIT
 *
 * Runs a check: the sample is read first, then each detector says what it finds in it. What is
 * surest comes first, and of what is as sure whatever does most to the score; what is only worth
 * knowing comes last.
 */
#include "set/check.h"

#include <string.h>

#include "set/check-evidence.h"
#include "set/check-score.h"
#include "set/describe.h"

static const char *const kind_ids[MS_N_CHECKS] = {
    [MS_CHECK_UNREADABLE] = "unreadable",
    [MS_CHECK_UNPAIRED] = "unpaired",
    [MS_CHECK_AMBIGUOUS] = "ambiguous",
    [MS_CHECK_MASK_SIZES] = "mask-sizes",
    [MS_CHECK_IMAGE_SIZES] = "image-sizes",
    [MS_CHECK_EXIF] = "exif",
    [MS_CHECK_FORMS] = "forms",
    [MS_CHECK_GUESSED] = "guessed",
    [MS_CHECK_IN_BETWEEN] = "in-between",
    [MS_CHECK_SCALE] = "scale",
    [MS_CHECK_PALETTE] = "palette",
    [MS_CHECK_OUTSIDE_TABLE] = "outside-table",
    [MS_CHECK_DISJOINT_IDS] = "disjoint-ids",
    [MS_CHECK_SHIFTED_IDS] = "shifted-ids",
    [MS_CHECK_TRAIN_IDS] = "train-ids",
    [MS_CHECK_SWAPPED_CLASSES] = "swapped-classes",
    [MS_CHECK_INVERTED] = "inverted",
    [MS_CHECK_IGNORED_PREDICTED] = "ignored-predicted",
    [MS_CHECK_NEVER_PREDICTED] = "never-predicted",
    [MS_CHECK_TURNED] = "turned",
    [MS_CHECK_SHIFTED] = "shifted",
    [MS_CHECK_EMPTY_ACTUAL] = "empty-actual",
    [MS_CHECK_EMPTY_PREDICTED] = "empty-predicted",
    [MS_CHECK_SAME_AS_ACTUAL] = "same-as-actual",
    [MS_CHECK_SAME_PREDICTION] = "same-prediction",
    [MS_CHECK_OTHER_EXAMPLE] = "other-example",
    [MS_CHECK_SAME_MODELS] = "same-models",
    [MS_CHECK_LEAK] = "leak",
};

static const char *const sureness_ids[MS_N_SURENESSES] = {
    [MS_SURENESS_CERTAIN] = "certain",
    [MS_SURENESS_LIKELY] = "likely",
    [MS_SURENESS_POSSIBLE] = "possible",
};

static const MsCheckDetector detectors[] = {
    ms_check_files,   ms_check_sizes,  ms_check_readings, ms_check_ids,
    ms_check_places,  ms_check_others, ms_check_exif,     ms_check_contents,
    ms_check_guesses, ms_check_leaks,  ms_check_labels,
};

const char *
ms_check_kind_id(MsCheckKind kind)
{
  return kind_ids[kind];
}

const char *
ms_sureness_id(MsSureness sureness)
{
  return sureness_ids[sureness];
}

/* --- a check -------------------------------------------------------------------------------- */

MsCheck *
ms_check_ref(MsCheck *check)
{
  g_atomic_ref_count_inc(&check->ref_count);
  return check;
}

void
ms_check_unref(MsCheck *check)
{
  if (!check || !g_atomic_ref_count_dec(&check->ref_count))
    return;
  g_clear_object(&check->set);
  g_ptr_array_unref(check->findings);
  g_free(check->scores);
  g_free(check->sampling);
  g_free(check);
}

static MsCheck *
check_new(MsSet *set)
{
  MsCheck *check = g_new0(MsCheck, 1);

  g_atomic_ref_count_init(&check->ref_count);
  check->set = g_object_ref(set);
  check->findings = g_ptr_array_new_with_free_func((GDestroyNotify)ms_check_finding_free);
  check->n_examples = ms_set_get_n_examples(set);
  return check;
}

/* 0: not measured. A pair without a score is worth nothing. */
static double
gain(const MsCheckFinding *finding)
{
  double before = finding->before.defined ? finding->before.value : 0;

  if (!finding->after.defined)
    return 0;
  if (finding->n_unscored > 0 && finding->n_scored > 0)
    before *= (double)(finding->n_scored - finding->n_unscored) / finding->n_scored;
  return finding->after.value - before;
}

static int
compare_numbers(double a, double b)
{
  return (a > b) - (a < b);
}

static gint
compare_findings(gconstpointer a, gconstpointer b)
{
  const MsCheckFinding *one = *(MsCheckFinding *const *)a, *other = *(MsCheckFinding *const *)b;
  int order = compare_numbers(one->is_note, other->is_note);

  if (order == 0)
    order = compare_numbers(one->sureness, other->sureness);
  if (order == 0)
    order = compare_numbers(gain(other), gain(one));
  if (order == 0)
    order = compare_numbers(one->kind, other->kind);
  return order ? order : compare_numbers(one->model, other->model);
}

static gboolean
is_same_array(const GArray *a, const GArray *b)
{
  return a->len == b->len && memcmp(a->data, b->data, a->len * sizeof(guint)) == 0;
}

/* But for the model. */
static gboolean
is_same_finding(const MsCheckFinding *a, const MsCheckFinding *b)
{
  return a->kind == b->kind && a->is_note == b->is_note && a->sureness == b->sureness &&
         a->model != G_MAXUINT && b->model != G_MAXUINT && !a->option && !b->option &&
         !a->before.defined && !b->before.defined && a->n_examples == b->n_examples &&
         a->n_looked == b->n_looked && is_same_array(a->examples, b->examples) &&
         g_str_equal(a->title, b->title) && g_strcmp0(a->detail, b->detail) == 0 &&
         g_strcmp0(a->remedy, b->remedy) == 0;
}

/* What several models have in common is told once. */
static void
unite_models(GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++) {
    MsCheckFinding *finding = g_ptr_array_index(findings, i);

    for (guint j = i + 1; j < findings->len;) {
      const MsCheckFinding *other = g_ptr_array_index(findings, j);

      if (!is_same_finding(finding, other)) {
        j++;
        continue;
      }
      if (!finding->also)
        finding->also = g_array_new(FALSE, FALSE, sizeof(guint));
      g_array_append_val(finding->also, other->model);
      g_ptr_array_remove_index(findings, j);
    }
  }
}

char *
ms_check_finding_dup_models(const MsCheck *check, const MsCheckFinding *finding)
{
  guint n_also = finding->also ? finding->also->len : 0;
  const char *name, *second;

  if (finding->model == G_MAXUINT || ms_set_get_n_models(check->set) < 2)
    return NULL;
  name = ms_set_get_model_name(check->set, finding->model);
  if (n_also == 0)
    return g_strdup(name);
  second = ms_set_get_model_name(check->set, g_array_index(finding->also, guint, 0));
  return n_also == 1 ? g_strdup_printf("%s and %s", name, second)
                     : g_strdup_printf("%s, %s and %u more", name, second, n_also - 1);
}

static guint
count_pairs(const MsCheckEvidence *evidence)
{
  guint n_pairs = 0;

  for (guint i = 0; i < evidence->n_examples; i++)
    for (guint model = 0; model < evidence->n_models; model++)
      n_pairs += evidence->examples[i].pairs[model].predicted.is_read;
  return n_pairs;
}

static char *
describe_looked(guint n_looked, guint n_examples)
{
  g_autofree char *looked = ms_describe_count(n_looked);
  g_autofree char *all = ms_describe_count(n_examples);

  if (n_looked == n_examples)
    return g_strdup("every example was looked at");
  return g_strdup_printf("%s of %s examples %s looked at", looked, all,
                         n_looked == 1 ? "was" : "were");
}

static char *
describe_sampling(const MsCheck *check, guint n_looked)
{
  g_autofree char *looked = describe_looked(n_looked, check->n_examples);
  g_autofree char *compared = ms_describe_count(check->n_compared);
  g_autofree char *files = ms_describe_count(check->n_files);

  if (check->n_compared == check->n_files)
    return g_steal_pointer(&looked);
  return g_strdup_printf("%s; %s of %s files %s compared across splits", looked, compared, files,
                         check->n_compared == 1 ? "was" : "were");
}

static void
take_sampling(MsCheck *check, const MsCheckEvidence *evidence)
{
  check->n_pairs = count_pairs(evidence);
  check->n_files = evidence->images.n_files + evidence->actual.n_files;
  check->n_compared = evidence->images.n_looked + evidence->actual.n_looked;
  check->sampling = describe_sampling(check, ms_set_get_labels(check->set) ? evidence->n_label_rows
                                                                           : evidence->n_examples);
}

static void
end_sentence(char **text)
{
  char *ended;

  if (!*text || g_str_has_suffix(*text, "."))
    return;
  ended = g_strconcat(*text, ".", NULL);
  g_free(*text);
  *text = ended;
}

static void
end_sentences(GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++) {
    MsCheckFinding *finding = findings->pdata[i];

    end_sentence(&finding->detail);
    end_sentence(&finding->remedy);
  }
}

static guint
count_notes(const GPtrArray *findings)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += ((const MsCheckFinding *)findings->pdata[i])->is_note;
  return n;
}

MsCheck *
ms_check_run(MsSet *set, const MsCheckLimits *limits, MsSetProgress progress, gpointer user,
             GCancellable *cancellable, GError **error)
{
  gint64 start = g_get_monotonic_time();
  g_autoptr(MsCheckEvidence) evidence =
      ms_check_gather(set, limits, progress, user, cancellable, error);
  g_autoptr(MsCheck) check = NULL;

  if (!evidence)
    return NULL;
  check = check_new(set);
  for (gsize i = 0; i < G_N_ELEMENTS(detectors); i++) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
      return NULL;
    detectors[i](evidence, check->findings);
  }
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  g_ptr_array_sort(check->findings, compare_findings);
  unite_models(check->findings);
  end_sentences(check->findings);
  check->n_notes = count_notes(check->findings);
  ms_check_take_scores(check, evidence);
  take_sampling(check, evidence);
  check->seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
  return g_steal_pointer(&check);
}

MsOptions *
ms_check_mend(const MsCheck *check, const MsCheckFinding *finding)
{
  g_return_val_if_fail(g_ptr_array_find(check->findings, finding, NULL), NULL);
  return finding->options ? ms_options_copy(finding->options) : NULL;
}
