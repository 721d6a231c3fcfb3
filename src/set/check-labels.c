/* SPDX-License-Identifier: MIT
 *
 * What label sets hold. They are in memory, so every example is looked at unless there are very
 * many.
 *
 * Normal, and not told: a few empty sets, a rare label that a model never found, a label set that
 * is common on both sides, and predictions that are all right, as they are of examples that a model
 * learnt from.
 */
#include "set/check-label-rows.h"
#include "set/check-private.h"
#include "set/describe.h"

/* Fewer examples than these tell nothing. */
#define MIN_EMPTY 3
#define MIN_ALIKE 20

/* A label that is never predicted is told of when so many examples, and one of so many, have it. */
#define MIN_MISSED   5
#define MISSED_SHARE 100

/* Labels that a sentence names. */
#define N_NAMED 5

/* One model's predicted label sets beside the actual ones. */
typedef struct {
  MsCheckLabelRows rows;
  MsSet *set;
  guint model;
  guint n_rows;         /* with both */
  guint n_actual;       /* of these, actual ones with a label that counts */
  GArray *empty;        /* guint: of those, examples without a predicted label */
  guint *actual_labels; /* rows with each label */
  guint *predicted_labels;
  GHashTable *actual_sets; /* MsHash -> how many */
  GHashTable *predicted_sets;
  MsHash all;     /* of everything that is predicted */
  double n_pairs; /* of an actual and a predicted label of a row */
} Labels;

static void
labels_free(gpointer data)
{
  Labels *labels = data;

  ms_check_label_rows_clear(&labels->rows);
  g_array_unref(labels->empty);
  g_free(labels->actual_labels);
  g_free(labels->predicted_labels);
  g_hash_table_unref(labels->actual_sets);
  g_hash_table_unref(labels->predicted_sets);
  g_free(labels);
}

static Labels *
labels_new(const MsCheckEvidence *evidence, guint model)
{
  Labels *labels = g_new0(Labels, 1);
  guint n_labels;

  ms_check_label_rows_init(&labels->rows, evidence, model);
  n_labels = MAX(labels->rows.n_labels, 1);
  labels->set = evidence->set;
  labels->model = model;
  labels->empty = g_array_new(FALSE, FALSE, sizeof(guint));
  labels->actual_labels = g_new0(guint, n_labels);
  labels->predicted_labels = g_new0(guint, n_labels);
  labels->actual_sets = g_hash_table_new_full(ms_hash_key, ms_hash_keys_equal, g_free, NULL);
  labels->predicted_sets = g_hash_table_new_full(ms_hash_key, ms_hash_keys_equal, g_free, NULL);
  labels->all = MS_HASH_INIT;
  return labels;
}

static void
count_set(GHashTable *sets, const MsHash *hash)
{
  guint n = GPOINTER_TO_UINT(g_hash_table_lookup(sets, hash));

  g_hash_table_insert(sets, g_memdup2(hash, sizeof *hash), GUINT_TO_POINTER(n + 1));
}

static MsHash
hash_of_bits(const MsCheckLabelRows *rows, const MsLabelSet *bits)
{
  MsHash hash = MS_HASH_INIT;

  for (gsize i = 0; i < rows->n_words; i++)
    ms_hash_mix(&hash, bits->words[i]);
  return hash;
}

static void
add_example(Labels *labels, guint example)
{
  const MsCheckLabelRows *rows = &labels->rows;
  MsHash actual = hash_of_bits(rows, &rows->actual);
  MsHash predicted = hash_of_bits(rows, &rows->predicted);
  guint n_actual = ms_check_label_rows_count(rows, &rows->actual, labels->actual_labels);
  guint n_predicted = ms_check_label_rows_count(rows, &rows->predicted, labels->predicted_labels);

  ms_hash_mix(&labels->all, example);
  ms_hash_mix_bytes(&labels->all, &predicted, sizeof predicted);
  if (rows->scores)
    ms_hash_mix_bytes(&labels->all, rows->scores, rows->n_labels * sizeof *rows->scores);
  count_set(labels->actual_sets, &actual);
  count_set(labels->predicted_sets, &predicted);
  labels->n_rows++;
  labels->n_pairs += (double)n_actual * n_predicted;
  labels->n_actual += n_actual > 0;
  if (n_actual > 0 && n_predicted == 0)
    g_array_append_val(labels->empty, example);
}

static Labels *
count_labels(const MsCheckEvidence *evidence, guint model)
{
  Labels *labels = labels_new(evidence, model);
  MsCheckLabelRows *rows = &labels->rows;

  for (guint i = 0; i < ms_check_label_rows_length(rows); i++) {
    guint example = ms_check_label_rows_example(rows, i);

    if (ms_check_label_rows_is_over(rows))
      break;
    if (ms_check_label_rows_read(rows, example))
      add_example(labels, example);
  }
  return labels;
}

/* Counts the examples that a finding is about. */
static void
add_those(Labels *labels, MsCheckFinding *finding, gboolean (*is_one)(const Labels *labels))
{
  MsCheckLabelRows *rows = &labels->rows;

  for (guint i = 0; i < ms_check_label_rows_length(rows); i++) {
    guint example = ms_check_label_rows_example(rows, i);

    if (ms_check_label_rows_is_over(rows))
      break;
    if (ms_check_label_rows_read(rows, example) && (!is_one || is_one(labels)))
      ms_check_finding_add_example(finding, example);
  }
}

static guint
count_most_frequent(GHashTable *sets)
{
  GHashTableIter iter;
  gpointer n;
  guint most = 0;

  g_hash_table_iter_init(&iter, sets);
  while (g_hash_table_iter_next(&iter, NULL, &n))
    most = MAX(most, GPOINTER_TO_UINT(n));
  return most;
}

static gboolean
is_most_frequent(const Labels *labels)
{
  MsHash hash = hash_of_bits(&labels->rows, &labels->rows.predicted);

  return GPOINTER_TO_UINT(g_hash_table_lookup(labels->predicted_sets, &hash)) * 2 > labels->n_rows;
}

/* --- findings ------------------------------------------------------------------------------- */

static gboolean
is_mostly_empty(const Labels *labels)
{
  return labels->empty->len >= MIN_EMPTY && labels->empty->len * 2 > labels->n_actual;
}

static gboolean
is_one_for_all(const Labels *labels)
{
  return labels->n_rows >= MIN_ALIKE && !is_mostly_empty(labels) &&
         count_most_frequent(labels->predicted_sets) * 20 >= labels->n_rows * 19 &&
         count_most_frequent(labels->actual_sets) * 2 <= labels->n_rows;
}

static void
find_empty(const Labels *labels, GPtrArray *findings)
{
  gboolean all = labels->empty->len == labels->n_actual;
  MsCheckFinding *finding;

  if (!is_mostly_empty(labels))
    return;
  finding = ms_check_add(
      findings, MS_CHECK_EMPTY_PREDICTED, all ? MS_SURENESS_CERTAIN : MS_SURENESS_POSSIBLE,
      labels->model,
      g_strdup(all ? "Every predicted label set is empty" : "Most predicted label sets are empty"),
      g_strdup_printf("%u of %u examples that have labels get none.", labels->empty->len,
                      labels->n_actual));
  for (guint i = 0; i < labels->empty->len; i++)
    ms_check_finding_add_example(finding, g_array_index(labels->empty, guint, i));
  finding->n_looked = labels->n_actual;
  finding->remedy = g_strdup(ms_ruleset_has_threshold(ms_set_get_rules(labels->set, labels->model))
                                 ? "Look at the threshold: it may lie above the scores."
                                 : "Look whether labels are called alike on both sides.");
}

static void
find_alike(Labels *labels, GPtrArray *findings)
{
  guint n_most = count_most_frequent(labels->predicted_sets);
  MsCheckFinding *finding;

  if (!is_one_for_all(labels))
    return;
  finding = ms_check_add(
      findings, MS_CHECK_SAME_PREDICTION, MS_SURENESS_CERTAIN, labels->model,
      g_strdup_printf("One predicted label set stands for %u examples", n_most),
      g_strdup_printf(
          "%u of %u examples get the same labels, while no such set is common among the "
          "actual ones.",
          n_most, labels->n_rows));
  add_those(labels, finding, is_most_frequent);
  finding->n_looked = labels->n_rows;
  finding->remedy = g_strdup("Look whether the model wrote a line for each example.");
}

static gboolean
is_one_sided(const Labels *labels, const guint *has, const guint *has_not, guint label)
{
  return has[label] >= MAX(MIN_MISSED, labels->n_rows / MISSED_SHARE) && has_not[label] == 0;
}

/* An actual label of it is never predicted. */
static gboolean
misses_one(const Labels *labels)
{
  const MsCheckLabelRows *rows = &labels->rows;

  for (gsize i = 0; i < rows->n_words; i++)
    for (uint64_t left = rows->actual.words[i]; left; left &= left - 1)
      if (is_one_sided(labels, labels->actual_labels, labels->predicted_labels,
                       (guint)(i * MS_LABEL_WORD_BITS) + (guint)__builtin_ctzll(left)))
        return TRUE;
  return FALSE;
}

/* The names of labels that one side has often and the other never; NULL: there are none. */
static char *
name_one_sided(const Labels *labels, const guint *has, const guint *has_not, guint *n)
{
  const MsLabelData *data = ms_set_get_labels(labels->set);
  GString *names = g_string_new(NULL);

  *n = 0;
  for (guint i = 0; i < ms_label_data_n_labels(data); i++) {
    if (!is_one_sided(labels, has, has_not, i))
      continue;
    if ((*n)++ < N_NAMED)
      g_string_append_printf(names, "%s%s", *n > 1 ? ", " : "", ms_label_data_name(data, i));
  }
  if (*n > N_NAMED)
    g_string_append_printf(names, " and %u more", *n - N_NAMED);
  return g_string_free(names, *n == 0);
}

static void
find_missed(Labels *labels, GPtrArray *findings)
{
  guint n_missed, n_strange;
  g_autofree char *missed =
      name_one_sided(labels, labels->actual_labels, labels->predicted_labels, &n_missed);
  g_autofree char *strange =
      name_one_sided(labels, labels->predicted_labels, labels->actual_labels, &n_strange);
  MsCheckFinding *finding;

  if (!missed || is_mostly_empty(labels) || is_one_for_all(labels))
    return;
  finding = ms_check_add(findings, MS_CHECK_NEVER_PREDICTED,
                         strange ? MS_SURENESS_LIKELY : MS_SURENESS_POSSIBLE, labels->model,
                         n_missed == 1 ? g_strdup_printf("Label %s is never predicted", missed)
                                       : g_strdup_printf("%u labels are never predicted", n_missed),
                         NULL);
  add_those(labels, finding, misses_one);
  finding->n_looked = labels->n_rows;
  finding->detail = g_strdup_printf("No example gets %s.%s%s%s", missed,
                                    strange ? " Predicted, but never actual: " : "",
                                    strange ? strange : "", strange ? "." : "");
  finding->remedy = g_strdup("Look whether labels are called alike on both sides.");
}

/* Of several copies each is told once, against the first. */
static void
find_same_models(const GPtrArray *models, guint model, GPtrArray *findings)
{
  Labels *labels = g_ptr_array_index(models, model);

  for (guint before = 0; before < model; before++) {
    const Labels *other = g_ptr_array_index(models, before);
    MsCheckFinding *finding;

    if (labels->n_rows < MIN_ALIKE || !ms_hash_equal(&labels->all, &other->all))
      continue;
    finding = ms_check_add(findings, MS_CHECK_SAME_MODELS, MS_SURENESS_CERTAIN, model,
                           g_strdup_printf("%s predicts the same labels as %s",
                                           ms_set_get_model_name(labels->set, model),
                                           ms_set_get_model_name(labels->set, before)),
                           g_strdup_printf("So it is in all %u examples.", labels->n_rows));
    add_those(labels, finding, NULL);
    finding->n_looked = labels->n_rows;
    finding->remedy = g_strdup("Look whether one file was given for two models, or copied.");
    return;
  }
}

static void
find_empty_actual(const GPtrArray *models, GPtrArray *findings)
{
  Labels *most = NULL;
  MsCheckFinding *finding;

  for (guint i = 0; i < models->len; i++) {
    Labels *labels = g_ptr_array_index(models, i);

    if (labels->n_actual > 0)
      return;
    if (!most || labels->n_rows > most->n_rows)
      most = labels;
  }
  if (!most || most->n_rows < MIN_EMPTY)
    return;
  finding = ms_check_add(findings, MS_CHECK_EMPTY_ACTUAL, MS_SURENESS_CERTAIN, G_MAXUINT,
                         g_strdup("Every actual label set is empty"),
                         g_strdup_printf("None of %u examples has a label.", most->n_rows));
  add_those(most, finding, NULL);
  finding->n_looked = most->n_rows;
  finding->remedy = g_strdup("Look whether this is the file of the actual labels.");
}

void
ms_check_labels(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func(labels_free);

  if (!ms_set_get_labels(evidence->set))
    return;
  for (guint model = 0; model < evidence->n_models; model++)
    g_ptr_array_add(models, count_labels(evidence, model));
  find_empty_actual(models, findings);
  for (guint model = 0; model < evidence->n_models; model++) {
    Labels *labels = g_ptr_array_index(models, model);

    find_empty(labels, findings);
    find_alike(labels, findings);
    if (!ms_check_label_remaps(&labels->rows, labels->n_rows, labels->n_pairs, findings))
      find_missed(labels, findings);
    find_same_models(models, model, findings);
  }
}
