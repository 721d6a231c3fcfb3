/* SPDX-License-Identifier: MIT
 *
 * A column for the actual labels and one for each model: n_words words of bits a row, or n_labels
 * doubles a row, and a bit a row that says whether there is a label set.
 */
#include "set/label-data.h"

#include <math.h>
#include <string.h>

#include "io/error.h"
#include "metric/labels.h"
#include "set/option-values.h"

typedef struct {
  MsLabelSet present;         /* of rows */
  uint64_t *bits;             /* n_words a row; NULL: scores */
  double *scores;             /* n_labels a row; NULL: bits */
  MsLabelPrecision precision; /* of the scores */
} Column;

struct MsLabelData {
  gatomicrefcount ref_count;
  char *source; /* for messages */
  GStrv names;
  guint n_labels;
  guint n_rows;
  guint n_models;
  gsize n_words;   /* a row */
  Column *columns; /* the actual labels, then each model */
};

static Column *
column_of(const MsLabelData *data, guint of)
{
  guint index = of == MS_LABEL_ACTUAL ? 0 : of + 1;

  g_assert(index <= data->n_models);
  return &data->columns[index];
}

/* The labels of a row, as they lie in a column of bits. Lent. */
static MsLabelSet
bits_of(const MsLabelData *data, const Column *column, guint row)
{
  return (MsLabelSet){.n_labels = data->n_labels, .words = column->bits + row * data->n_words};
}

static void
column_clear(Column *column)
{
  ms_label_set_clear(&column->present);
  g_free(column->bits);
  g_free(column->scores);
}

void
ms_label_data_unref(MsLabelData *data)
{
  if (!data || !g_atomic_ref_count_dec(&data->ref_count))
    return;
  for (guint i = 0; data->columns && i <= data->n_models; i++)
    column_clear(&data->columns[i]);
  g_free(data->columns);
  g_strfreev(data->names);
  g_free(data->source);
  g_free(data);
}

MsLabelData *
ms_label_data_ref(MsLabelData *data)
{
  g_atomic_ref_count_inc(&data->ref_count);
  return data;
}

static gboolean
fail_for_memory(const MsLabelData *data, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
              "%s: not enough memory for %u examples of %u labels", data->source, data->n_rows,
              data->n_labels);
  return FALSE;
}

static gboolean
allocate_bits(MsLabelData *data, GError **error)
{
  for (guint i = 0; i <= data->n_models; i++) {
    Column *column = &data->columns[i];

    column->bits = g_try_new0(uint64_t, MAX(data->n_words * data->n_rows, 1));
    if (ms_label_set_init(&column->present, data->n_rows) != MS_STATUS_OK || !column->bits)
      return fail_for_memory(data, error);
  }
  return TRUE;
}

gboolean
ms_label_data_check(gsize n_rows, gsize n_labels, const char *name, GError **error)
{
  if (n_rows <= MS_LABEL_MAX_EXAMPLES && n_labels <= MS_LABEL_MAX_LABELS &&
      (guint64)n_rows * n_labels <= MS_LABEL_MAX_CELLS)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
              "%s: %" G_GSIZE_FORMAT " examples of %" G_GSIZE_FORMAT
              " labels; at most %u examples and %u labels are read, and at most %" G_GUINT64_FORMAT
              " examples times labels",
              name, n_rows, n_labels, MS_LABEL_MAX_EXAMPLES, MS_LABEL_MAX_LABELS,
              MS_LABEL_MAX_CELLS);
  return FALSE;
}

MsLabelData *
ms_label_data_new(const char *const *names, guint n_rows, guint n_models, const char *name,
                  GError **error)
{
  g_autoptr(MsLabelData) data = g_new0(MsLabelData, 1);

  g_atomic_ref_count_init(&data->ref_count);
  data->source = g_strdup(name);
  data->names = g_strdupv((GStrv)names);
  data->n_labels = g_strv_length(data->names);
  data->n_rows = n_rows;
  data->n_models = n_models;
  data->n_words = (data->n_labels + MS_LABEL_WORD_BITS - 1) / MS_LABEL_WORD_BITS;
  if (!ms_label_data_check(n_rows, data->n_labels, name, error))
    return NULL;
  data->columns = g_new0(Column, (gsize)n_models + 1);
  if (!allocate_bits(data, error))
    return NULL;
  return g_steal_pointer(&data);
}

gboolean
ms_label_data_make_scores(MsLabelData *data, guint model, MsLabelPrecision precision,
                          GError **error)
{
  Column *column = column_of(data, model);

  g_clear_pointer(&column->bits, g_free);
  column->precision = precision;
  column->scores = g_try_new0(double, MAX((gsize)data->n_labels * data->n_rows, 1));
  return column->scores || fail_for_memory(data, error);
}

void
ms_label_data_set_present(MsLabelData *data, guint of, guint row)
{
  g_assert(row < data->n_rows);
  ms_label_set_add(&column_of(data, of)->present, row);
}

gboolean
ms_label_data_add(MsLabelData *data, guint of, guint row, guint label)
{
  Column *column = column_of(data, of);
  MsLabelSet bits;
  gboolean is_new;

  g_assert(row < data->n_rows && label < data->n_labels && column->bits);
  bits = bits_of(data, column, row);
  is_new = !ms_label_set_has(&bits, label);
  ms_label_set_add(&bits, label);
  return is_new;
}

void
ms_label_data_set_score(MsLabelData *data, guint model, guint row, guint label, double score)
{
  Column *column = column_of(data, model);

  g_assert(row < data->n_rows && label < data->n_labels && column->scores);
  column->scores[(gsize)row * data->n_labels + label] = score;
}

/* What each label becomes; NULL: one becomes none of them. */
static guint *
list_targets(const MsLabelData *data, const MsIdMap *ids, GError **error)
{
  g_autofree guint *to = g_new(guint, MAX(data->n_labels, 1));

  for (guint i = 0; i < data->n_labels; i++) {
    to[i] = ids ? ms_id_map_get(ids, i) : i;
    if (to[i] < data->n_labels)
      continue;
    ms_options_usage_error(error,
                           "%s: label %u (%s) cannot become %u: labels have the numbers 0 to %u",
                           data->source, i, data->names[i], to[i], data->n_labels - 1);
    return NULL;
  }
  return g_steal_pointer(&to);
}

static void
adjust_bits(const MsLabelData *data, MsLabelSet *bits, const guint *to, gboolean inverted,
            gboolean *made)
{
  memset(made, 0, data->n_labels * sizeof *made);
  for (guint i = 0; i < data->n_labels; i++)
    made[to[i]] |= ms_label_set_has(bits, i);
  memset(bits->words, 0, data->n_words * sizeof *bits->words);
  for (guint i = 0; i < data->n_labels; i++)
    if (made[i] != inverted)
      ms_label_set_add(bits, i);
}

static void
adjust_scores(const MsLabelData *data, double *scores, const guint *to, gboolean inverted,
              gboolean *made)
{
  g_autofree double *before = g_memdup2(scores, data->n_labels * sizeof *scores);

  memset(made, 0, data->n_labels * sizeof *made);
  memset(scores, 0, data->n_labels * sizeof *scores);
  for (guint i = 0; i < data->n_labels; i++) {
    scores[to[i]] = made[to[i]] ? MAX(scores[to[i]], before[i]) : before[i];
    made[to[i]] = TRUE;
  }
  for (guint i = 0; inverted && i < data->n_labels; i++)
    scores[i] = 1 - scores[i];
}

gboolean
ms_label_data_adjust(MsLabelData *data, guint model, const MsIdMap *ids, gboolean inverted,
                     GError **error)
{
  Column *column = column_of(data, model);
  g_autofree guint *to = list_targets(data, ids, error);
  g_autofree gboolean *made = g_new(gboolean, MAX(data->n_labels, 1));

  for (guint row = 0; to && row < data->n_rows; row++) {
    if (!ms_label_set_has(&column->present, row))
      continue;
    if (column->scores) {
      adjust_scores(data, column->scores + (gsize)row * data->n_labels, to, inverted, made);
    } else {
      MsLabelSet bits = bits_of(data, column, row);
      adjust_bits(data, &bits, to, inverted, made);
    }
  }
  return to != NULL;
}

void
ms_label_data_choose_model(MsLabelData *data, guint model)
{
  for (guint i = 0; i < data->n_models; i++)
    if (i != model)
      column_clear(column_of(data, i));
  data->columns[1] = *column_of(data, model);
  data->n_models = 1;
}

static gboolean
words_equal(const uint64_t *a, const uint64_t *b, gsize n)
{
  return a && b ? memcmp(a, b, n * sizeof *a) == 0 : a == b;
}

static gboolean
column_equal(const MsLabelData *data, const Column *a, const Column *b)
{
  gsize n_scores = (gsize)data->n_rows * data->n_labels;

  for (guint row = 0; row < data->n_rows; row++)
    if (ms_label_set_has(&a->present, row) != ms_label_set_has(&b->present, row))
      return FALSE;
  if (!words_equal(a->bits, b->bits, data->n_words * data->n_rows) || !a->scores != !b->scores)
    return FALSE;
  return !a->scores || (a->precision == b->precision &&
                        memcmp(a->scores, b->scores, n_scores * sizeof *a->scores) == 0);
}

gboolean
ms_label_data_equal(const MsLabelData *a, const MsLabelData *b)
{
  if (!a || !b)
    return a == b;
  if (a->n_rows != b->n_rows || a->n_models != b->n_models ||
      !g_strv_equal((const char *const *)a->names, (const char *const *)b->names))
    return FALSE;
  for (guint i = 0; i <= a->n_models; i++)
    if (!column_equal(a, &a->columns[i], &b->columns[i]))
      return FALSE;
  return TRUE;
}

guint
ms_label_data_n_labels(const MsLabelData *data)
{
  return data->n_labels;
}

const char *
ms_label_data_name(const MsLabelData *data, guint label)
{
  g_return_val_if_fail(label < data->n_labels, NULL);
  return data->names[label];
}

gboolean
ms_label_data_has(const MsLabelData *data, guint of, guint row)
{
  return row < data->n_rows && ms_label_set_has(&column_of(data, of)->present, row);
}

gboolean
ms_label_data_has_scores(const MsLabelData *data, guint model)
{
  return column_of(data, model)->scores != NULL;
}

static const double *
scores_of(const MsLabelData *data, const Column *column, guint row)
{
  return column->scores ? column->scores + (gsize)row * data->n_labels : NULL;
}

/* A threshold from 0 to 1 as the nearest half float: 11 bits, the last of them never below 2^-24.
 */
static double
round_to_half(double threshold)
{
  int exponent;
  frexp(threshold, &exponent);
  int last_bit = MAX(exponent - 11, -24);
  return ldexp(rint(ldexp(threshold, -last_bit)), last_bit);
}

static double
round_to(MsLabelPrecision precision, double threshold)
{
  switch (precision) {
  case MS_LABEL_DOUBLE:
    return threshold;
  case MS_LABEL_SINGLE:
    return (double)(float)threshold;
  case MS_LABEL_HALF:
    return round_to_half(threshold);
  }
  g_return_val_if_reached(threshold);
}

static gboolean
has_label(const MsLabelData *data, const Column *column, guint row, guint label, double threshold)
{
  const double *scores = scores_of(data, column, row);

  if (!scores) {
    MsLabelSet bits = bits_of(data, column, row);
    return ms_label_set_has(&bits, label);
  }
  return scores[label] > round_to(column->precision, threshold);
}

void
ms_label_data_get(const MsLabelData *data, guint of, guint row, double threshold,
                  MsLabelSet *labels)
{
  const Column *column = column_of(data, of);
  const double *scores = scores_of(data, column, row);
  double above = round_to(column->precision, threshold);

  memset(labels->words, 0, data->n_words * sizeof *labels->words);
  if (!ms_label_data_has(data, of, row))
    return;
  if (!scores) {
    memcpy(labels->words, bits_of(data, column, row).words, data->n_words * sizeof *labels->words);
    return;
  }
  for (guint i = 0; i < data->n_labels; i++)
    labels->words[i / MS_LABEL_WORD_BITS] |= (uint64_t)(scores[i] > above)
                                             << i % MS_LABEL_WORD_BITS;
}

const double *
ms_label_data_scores(const MsLabelData *data, guint model, guint row)
{
  return scores_of(data, column_of(data, model), row);
}

/* The labels of a row, lent by a column of bits, or put into `made`, which the caller clears. */
static MsStatus
find_labels(const MsLabelData *data, const Column *column, guint row, double threshold,
            MsLabelSet *made, MsLabelSet *labels)
{
  MsStatus status = MS_STATUS_OK;

  if (column->bits) {
    *labels = bits_of(data, column, row);
    return status;
  }
  status = ms_label_set_init(made, data->n_labels);
  for (guint i = 0; status == MS_STATUS_OK && i < data->n_labels; i++)
    if (has_label(data, column, row, i, threshold))
      ms_label_set_add(made, i);
  *labels = *made;
  return status;
}

MsStatus
ms_label_data_count(const MsLabelData *data, guint row, guint model, double threshold,
                    MsConfusion *confusion)
{
  MsLabelSet actual, predicted, made = {0};
  MsStatus status;

  g_return_val_if_fail(ms_label_data_has(data, MS_LABEL_ACTUAL, row) &&
                           ms_label_data_has(data, model, row),
                       MS_STATUS_INVALID);
  actual = bits_of(data, column_of(data, MS_LABEL_ACTUAL), row);
  status = find_labels(data, column_of(data, model), row, threshold, &made, &predicted);
  if (status == MS_STATUS_OK)
    status = ms_confusion_add_labels(confusion, &actual, &predicted);
  ms_label_set_clear(&made);
  return status;
}

static double
threshold_of_step(MsLabelPrecision precision, guint step)
{
  return round_to(precision, step / (double)(MS_LABEL_STEPS - 1));
}

/* The first step whose threshold a score is not above; MS_LABEL_STEPS: it is above all. */
static guint
step_of(MsLabelPrecision precision, double score)
{
  guint step;

  if (!(score > 0))
    return 0;
  step = (guint)ceil(MIN(score, 1) * (MS_LABEL_STEPS - 1));
  while (step > 0 && !(score > threshold_of_step(precision, step - 1)))
    step--;
  while (step < MS_LABEL_STEPS && score > threshold_of_step(precision, step))
    step++;
  return step;
}

gboolean
ms_label_data_find_step(double threshold, guint *step)
{
  double nearest = rint(threshold * (MS_LABEL_STEPS - 1));

  if (!(nearest >= 0 && nearest < MS_LABEL_STEPS) || nearest / (MS_LABEL_STEPS - 1) != threshold)
    return FALSE;
  *step = (guint)nearest;
  return TRUE;
}

MsStatus
ms_label_data_cut(const MsLabelData *data, guint row, guint model, const MsRules *rules,
                  MsThresholdCuts *cuts)
{
  const Column *column = column_of(data, model);
  const double *scores = scores_of(data, column, row);
  MsLabelSet actual = bits_of(data, column_of(data, MS_LABEL_ACTUAL), row);
  MsStatus status = MS_STATUS_OK;

  cuts->n_items = 0;
  for (guint i = 0; i < data->n_labels && status == MS_STATUS_OK; i++) {
    gboolean is = ms_label_set_has(&actual, i);

    if (ms_rules_is_class(rules, i))
      status = ms_threshold_cuts_append(
          cuts, (MsThresholdCut){step_of(column->precision, scores[i]), is, !is});
  }
  ms_threshold_cuts_join(cuts);
  return status;
}

static MsKind
kind_of(const MsLabelMark *mark, gboolean comparable, const MsRules *rules)
{
  if (!comparable)
    return MS_KIND_TN;
  if (!ms_rules_is_class(rules, mark->label))
    return MS_KIND_IGNORED;
  if (mark->actual)
    return mark->predicted ? MS_KIND_TP : MS_KIND_FN;
  return mark->predicted ? MS_KIND_FP : MS_KIND_TN;
}

GArray *
ms_label_data_marks(const MsLabelData *data, guint row, guint model, const MsRuleset *rules)
{
  const Column *actual = column_of(data, MS_LABEL_ACTUAL);
  const Column *predicted = column_of(data, model);
  gboolean has_actual = ms_label_data_has(data, MS_LABEL_ACTUAL, row);
  gboolean has_predicted = ms_label_data_has(data, model, row);
  const double *scores = has_predicted ? scores_of(data, predicted, row) : NULL;
  GArray *marks = g_array_sized_new(FALSE, FALSE, sizeof(MsLabelMark), data->n_labels);

  for (guint i = 0; i < data->n_labels; i++) {
    MsLabelMark mark = {
        .label = i,
        .actual = has_actual && has_label(data, actual, row, i, 0),
        .predicted = has_predicted && has_label(data, predicted, row, i, rules->threshold),
        .has_score = scores != NULL,
        .score = scores ? scores[i] : 0,
    };

    mark.kind = kind_of(&mark, has_actual && has_predicted, &rules->rules);
    g_array_append_val(marks, mark);
  }
  return marks;
}
