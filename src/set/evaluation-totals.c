/* SPDX-License-Identifier: MIT
 *
 * Sums over an evaluation's results in id order, so that means come out digit for digit alike
 * whatever order the results came in.
 */
#include "set/evaluation.h"

/* The counts of an example that is scored, noted in the tally in any case. */
static const MsConfusion *
tally_example(MsEvaluation *self, guint example, guint model, MsTally *tally)
{
  const MsScore *score = ms_evaluation_get_score(self, example, model);

  tally->examples++;
  if (!score) {
    tally->waiting++;
    return NULL;
  }
  if (score->status != MS_RESULT_OK) {
    tally->skipped++;
    return NULL;
  }
  tally->scored++;
  tally->resized += ms_evaluation_get_result(self, example, model)->resized;
  return ms_evaluation_get_confusion(self, example, model);
}

MsTotals *
ms_evaluation_totals(MsEvaluation *self, guint model, const char *split, MsTally *tally)
{
  MsTally counted = {0};
  MsTotals *totals = NULL;
  guint n_examples;
  const guint *examples =
      ms_set_get_split_examples(ms_evaluation_get_set(self), split, &n_examples);

  if (ms_totals_new(&ms_evaluation_get_rules(self, model)->rules, &totals) != MS_STATUS_OK)
    g_error("out of memory");
  for (guint i = 0; i < n_examples; i++) {
    const MsConfusion *confusion = tally_example(self, examples[i], model, &counted);

    if (confusion && ms_totals_add(totals, confusion) != MS_STATUS_OK)
      g_error("out of memory");
  }
  if (tally)
    *tally = counted;
  return totals;
}

static GHashTable *
number_groups(const char *const *names)
{
  GHashTable *numbers = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint i = 0; names[i]; i++)
    g_hash_table_insert(numbers, (gpointer)names[i], GUINT_TO_POINTER(i));
  return numbers;
}

static void
fill_groups(MsEvaluation *self, guint model, const char *split, GHashTable *numbers,
            MsGroups *groups)
{
  MsSet *set = ms_evaluation_get_set(self);
  guint n_examples;
  const guint *examples = ms_set_get_split_examples(set, split, &n_examples);

  for (guint i = 0; i < n_examples; i++) {
    const char *group = ms_example_get_group(ms_set_get_example(set, examples[i]));
    const MsConfusion *confusion = ms_evaluation_get_confusion(self, examples[i], model);
    gpointer number;

    if (confusion && group && g_hash_table_lookup_extended(numbers, group, NULL, &number) &&
        ms_groups_add(groups, GPOINTER_TO_UINT(number), confusion) != MS_STATUS_OK)
      g_error("out of memory");
  }
}

MsTotals *
ms_evaluation_group_totals(MsEvaluation *self, guint model, const char *split)
{
  const char *const *names = ms_set_get_groups(ms_evaluation_get_set(self));
  g_autoptr(GHashTable) numbers = number_groups(names);
  MsGroups *groups = NULL;
  MsTotals *totals = NULL;

  if (g_hash_table_size(numbers) == 0)
    return NULL;
  if (ms_groups_new(&ms_evaluation_get_rules(self, model)->rules, g_hash_table_size(numbers),
                    &groups) != MS_STATUS_OK)
    g_error("out of memory");
  fill_groups(self, model, split, numbers, groups);
  if (ms_groups_totals(groups, &totals) != MS_STATUS_OK)
    g_error("out of memory");
  ms_groups_free(groups);
  return totals;
}
