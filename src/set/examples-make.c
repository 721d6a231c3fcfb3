/* SPDX-License-Identifier: MIT
 *
 * From entries, which are easy to change, to columns, which are small.
 */
#include "set/inventory.h"

/* TRUE also where the actual mask is contested: there is one, but it cannot be told. */
static gboolean
has_actual(const MsInventory *inventory, const MsEntry *entry)
{
  if (ms_inventory_has(inventory, entry, MS_LABEL_ACTUAL))
    return TRUE;
  for (guint i = 0; entry->problems && i < entry->problems->len; i++) {
    const MsProblem *problem = &g_array_index(entry->problems, MsProblem, i);
    if (problem->model == G_MAXUINT && problem->kind == MS_PROBLEM_AMBIGUOUS)
      return TRUE;
  }
  return FALSE;
}

static void
add_entry(MsExampleTable *table, const MsInventory *inventory, const MsEntry *entry)
{
  const MsExampleFacts facts = {entry->id, entry->split, entry->group, entry->row,
                                has_actual(inventory, entry)};
  guint index = ms_example_table_add(table, &facts);
  ms_example_table_set_file(table, index, MS_FILE_IMAGE,
                            (MsPlace){entry->image, entry->image_part});
  ms_example_table_set_file(table, index, MS_FILE_ACTUAL,
                            (MsPlace){entry->actual, entry->actual_part});
  for (guint i = 0; i < inventory->models->len; i++)
    ms_example_table_set_file(table, index, MS_FILE_PREDICTED + i,
                              (MsPlace){entry->predicted[i], entry->predicted_parts[i]});
  for (guint i = 0; entry->problems && i < entry->problems->len; i++) {
    const MsProblem *problem = &g_array_index(entry->problems, MsProblem, i);
    ms_example_table_set_problem(table, index, problem->model, problem->reason);
  }
}

/* FALSE when cancelled. */
static gboolean
move_entries(MsExampleTable *table, MsInventory *inventory, GCancellable *cancellable,
             GError **error)
{
  for (guint i = 0; i < inventory->entries->len; i++) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
      return FALSE;
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    add_entry(table, inventory, entry);
    ms_entry_free(entry);
    g_ptr_array_index(inventory->entries, i) = NULL;
  }
  g_ptr_array_set_size(inventory->entries, 0);
  ms_example_table_finish(table);
  return TRUE;
}

MsExampleTable *
ms_inventory_make_examples(MsInventory *inventory, GCancellable *cancellable, GError **error)
{
  MsExampleTable *table = ms_example_table_new(inventory->entries->len, inventory->models->len);
  if (move_entries(table, inventory, cancellable, error))
    return table;
  ms_example_table_free(table);
  return NULL;
}
