/* SPDX-License-Identifier: MIT
 *
 * Sums over an evaluation's results in id order, so that means come out digit for digit alike
 * whatever order the results came in.
 */
#include "set/evaluation.h"

/* The confusion of an example that counts, noted in the tally in any case. */
static MsConfusion *
tally_example(MsEvaluation *self, guint example, guint model, MsTally *tally)
{
  const char *id = ms_example_get_id(ms_set_get_example(ms_evaluation_get_set(self), example));
  const MsResult *result = ms_evaluation_get_result(self, example, model);
  MsConfusion *confusion = NULL;

  tally->examples++;
  if (!result) {
    tally->waiting++;
    return NULL;
  }
  if (result->status == MS_RESULT_OK)
    confusion = ms_result_confusion(result, &ms_evaluation_get_rules(self, model)->rules, id, NULL);
  if (!confusion) {
    tally->skipped++;
    return NULL;
  }
  tally->scored++;
  tally->resized += result->resized;
  return confusion;
}

static gboolean
in_split(MsEvaluation *self, guint example, const char *split)
{
  return !split ||
         g_strcmp0(ms_example_get_split(ms_set_get_example(ms_evaluation_get_set(self), example)),
                   split) == 0;
}

MsTotals *
ms_evaluation_totals(MsEvaluation *self, guint model, const char *split, MsTally *tally)
{
  MsTally counted = {0};
  MsTotals *totals = NULL;

  if (ms_totals_new(&ms_evaluation_get_rules(self, model)->rules, &totals) != MS_STATUS_OK)
    g_error("out of memory");
  for (guint example = 0; example < ms_set_get_n_examples(ms_evaluation_get_set(self)); example++) {
    g_autoptr(MsConfusion) confusion = NULL;

    if (!in_split(self, example, split))
      continue;
    confusion = tally_example(self, example, model, &counted);
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
  MsTally ignored = {0};

  for (guint example = 0; example < ms_set_get_n_examples(ms_evaluation_get_set(self)); example++) {
    const char *group =
        ms_example_get_group(ms_set_get_example(ms_evaluation_get_set(self), example));
    g_autoptr(MsConfusion) confusion = NULL;
    gpointer number;

    if (!group || !in_split(self, example, split) ||
        !g_hash_table_lookup_extended(numbers, group, NULL, &number))
      continue;
    confusion = tally_example(self, example, model, &ignored);
    if (confusion && ms_groups_add(groups, GPOINTER_TO_UINT(number), confusion) != MS_STATUS_OK)
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
