/* SPDX-License-Identifier: MIT
 *
 * Bits lie in words of which a row has few; what does not count is cleared as it is read.
 */
#include "set/check-label-rows.h"

#include "set/check-sample.h"
#include "set/compare-ids.h"

/* Rough counts of what a second is enough for, on one processor: rows, labels of rows, and pairs of
 * labels that a row has. */
#define ROWS_A_SECOND  1.5e6
#define CELLS_A_SECOND 3e8
#define PAIRS_A_SECOND 3e8

/* Rows that are looked at, however little time there is. */
#define MIN_ROWS 256

static MsLabelSet
new_bits(const MsCheckLabelRows *rows)
{
  return (MsLabelSet){.n_labels = rows->n_labels, .words = g_new0(uint64_t, MAX(rows->n_words, 1))};
}

void
ms_check_label_rows_init(MsCheckLabelRows *rows, const MsCheckEvidence *evidence, guint model)
{
  const MsLabelData *data = ms_set_get_labels(evidence->set);
  guint n_labels = ms_label_data_n_labels(data);

  *rows = (MsCheckLabelRows){.evidence = evidence,
                             .model = model,
                             .data = data,
                             .rules = ms_set_get_rules(evidence->set, model),
                             .n_labels = n_labels,
                             .n_words = (n_labels + MS_LABEL_WORD_BITS - 1) / MS_LABEL_WORD_BITS};
  rows->counted = new_bits(rows);
  rows->actual = new_bits(rows);
  rows->predicted = new_bits(rows);
  for (guint i = 0; i < n_labels; i++) {
    if (!ms_rules_is_class(&rows->rules->rules, i))
      continue;
    ms_label_set_add(&rows->counted, i);
    rows->n_counted++;
  }
}

void
ms_check_label_rows_clear(MsCheckLabelRows *rows)
{
  g_free(rows->counted.words);
  g_free(rows->actual.words);
  g_free(rows->predicted.words);
}

gboolean
ms_check_label_rows_read(MsCheckLabelRows *rows, guint example)
{
  guint row = ms_set_get_row(rows->evidence->set, example);

  if (!ms_label_data_has(rows->data, MS_LABEL_ACTUAL, row) ||
      !ms_label_data_has(rows->data, rows->model, row))
    return FALSE;
  ms_label_data_get(rows->data, MS_LABEL_ACTUAL, row, 0, &rows->actual);
  ms_label_data_get(rows->data, rows->model, row, rows->rules->threshold, &rows->predicted);
  rows->scores = ms_label_data_scores(rows->data, rows->model, row);
  for (gsize i = 0; i < rows->n_words; i++) {
    rows->actual.words[i] &= rows->counted.words[i];
    rows->predicted.words[i] &= rows->counted.words[i];
  }
  return TRUE;
}

guint
ms_check_label_rows_length(const MsCheckLabelRows *rows)
{
  return rows->evidence->n_label_rows;
}

guint
ms_check_label_rows_count(const MsCheckLabelRows *rows, const MsLabelSet *bits, guint *counts)
{
  guint n = 0;

  for (gsize i = 0; i < rows->n_words; i++)
    for (uint64_t left = bits->words[i]; left; left &= left - 1, n++)
      counts[i * MS_LABEL_WORD_BITS + (guint)__builtin_ctzll(left)]++;
  return n;
}

guint
ms_check_label_rows_example(const MsCheckLabelRows *rows, guint place)
{
  const GArray *chosen = rows->evidence->label_rows;

  return chosen ? g_array_index(chosen, guint, place) : place;
}

gboolean
ms_check_label_rows_is_over(const MsCheckLabelRows *rows)
{
  return g_cancellable_is_cancelled(rows->evidence->cancellable);
}

void
ms_check_label_rows_sample(MsCheckEvidence *evidence, double seconds)
{
  guint n_labels = MAX(ms_label_data_n_labels(ms_set_get_labels(evidence->set)), 1);
  double a_model = seconds / MAX(evidence->n_models, 1);
  double n_wanted = MIN(a_model * ROWS_A_SECOND, a_model * CELLS_A_SECOND / n_labels);
  guint n_examples = ms_set_get_n_examples(evidence->set);

  n_wanted = MAX(n_wanted, MIN_ROWS);
  evidence->n_label_pairs = a_model * PAIRS_A_SECOND;
  evidence->n_label_rows = n_examples;
  if (n_wanted >= n_examples)
    return;
  evidence->label_rows = ms_check_sample(evidence->set, (guint)n_wanted);
  g_array_sort(evidence->label_rows, ms_compare_ids);
  evidence->n_label_rows = evidence->label_rows->len;
}
