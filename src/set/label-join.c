/* SPDX-License-Identifier: MIT
 *
 * One hash of ids for all files. The first file is the actual side's (or the only one).
 */
#include "set/label-join.h"

#include "io/error.h"
#include "set/columns.h"
#include "set/text.h"

typedef struct {
  MsInventory *inventory;
  GHashTable *rows;  /* id, lent by its entry -> its row + 1 */
  guint n_blank;     /* rows of a file that name nothing */
  guint first_blank; /* the line of the first of them */
  GCancellable *cancellable;
} Join;

/* --- entries -------------------------------------------------------------------------------- */

static void
set_from_cell(char **member, const MsLabelFile *file, guint row, int column)
{
  const char *cell = column < 0 ? "" : ms_table_cell(file->table, row, (guint)column);
  if (!ms_cell_is_none(cell))
    *member = g_strdup(cell);
}

static void
describe_entry(MsEntry *entry, const MsLabelFile *file, const char *folder, guint row)
{
  set_from_cell(&entry->image, file, row, file->image_column);
  set_from_cell(&entry->split, file, row, file->split_column);
  set_from_cell(&entry->group, file, row, file->group_column);
  if (!entry->image || g_path_is_absolute(entry->image))
    return;
  g_autofree char *relative = g_steal_pointer(&entry->image);
  entry->image = g_build_filename(folder, relative, NULL);
}

static guint
add_entry(Join *self, const char *id)
{
  GPtrArray *entries = self->inventory->entries;
  MsEntry *entry = ms_entry_new(id, self->inventory->models->len);
  entry->row = entries->len;
  g_ptr_array_add(entries, entry);
  g_hash_table_insert(self->rows, entry->id, GUINT_TO_POINTER(entries->len));
  return entry->row;
}

/* --- rows of a table ------------------------------------------------------------------------ */

static gboolean
is_blank_row(const MsTable *table, guint row)
{
  for (guint column = 0; column < ms_table_n_columns(table); column++)
    if (!ms_cell_is_none(ms_table_cell(table, row, column)))
      return FALSE;
  return TRUE;
}

/* A row without an id. */
static gboolean
pass_over(Join *self, MsLabelFile *file, guint row, GError **error)
{
  if (!is_blank_row(file->table, row))
    return ms_table_cell_error(file->table, row, (guint)file->id_column, error, "names no example");
  file->rows[row] = MS_LABEL_NO_ROW;
  if (self->n_blank++ == 0)
    self->first_blank = ms_table_line(file->table, row);
  return TRUE;
}

static void
note_blank(Join *self, const MsLabelFile *file)
{
  if (self->n_blank == 1)
    ms_notices_add(self->inventory->notices, NULL, "%s, line %u: names nothing; left out",
                   file->name, self->first_blank);
  else if (self->n_blank > 1)
    ms_notices_add(self->inventory->notices, NULL,
                   "%s: %u lines name nothing, the first is line %u; left out", file->name,
                   self->n_blank, self->first_blank);
}

static gboolean
fail_for_twice(const MsLabelFile *file, const char *id, guint row, guint set_row, GError **error)
{
  guint before = 0;
  while (file->rows[before] != set_row)
    before++;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: example %s stands on line %u and on line %u", file->name, id,
              ms_table_line(file->table, before), ms_table_line(file->table, row));
  return FALSE;
}

/* seen: whether a row of the set was in this file already. */
static gboolean
join_row(Join *self, MsLabelFile *file, guint row, GByteArray *seen, GError **error)
{
  g_autofree char *id = ms_label_file_id(file, row);
  if (!id)
    return pass_over(self, file, row, error);
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(self->rows, id));
  guint set_row = number ? number - 1 : add_entry(self, id);
  while (seen->len <= set_row)
    g_byte_array_append(seen, (const guint8 *)"", 1);
  if (seen->data[set_row])
    return fail_for_twice(file, id, row, set_row, error);
  seen->data[set_row] = 1;
  file->rows[row] = set_row;
  return TRUE;
}

static gboolean
join_file(Join *self, MsLabelFile *file, gboolean first, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(file->path);
  g_autoptr(GByteArray) seen = g_byte_array_new();
  file->rows = g_new(guint, file->n_rows);
  self->n_blank = 0;
  for (guint row = 0; row < file->n_rows; row++) {
    if (!ms_label_go_on(row, self->cancellable, error))
      return FALSE;
    if (!join_row(self, file, row, seen, error))
      return FALSE;
    if (first && file->table && file->rows[row] != MS_LABEL_NO_ROW)
      describe_entry(g_ptr_array_index(self->inventory->entries, file->rows[row]), file, folder,
                     row);
  }
  note_blank(self, file);
  return TRUE;
}

/* --- files without ids ---------------------------------------------------------------------- */

static gboolean
join_by_order(Join *self, MsLabelFile *file, const MsLabelFile *with, GError **error)
{
  if (file->n_rows != with->n_rows) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s has %u rows without ids, and %s has %u: they cannot be told to belong together",
                file->name, file->n_rows, with->name, with->n_rows);
    return FALSE;
  }
  file->rows = g_memdup2(with->rows, file->n_rows * sizeof(guint));
  if (ms_label_file_has_ids(with))
    ms_notices_add(self->inventory->notices, file->path,
                   "Its rows have no ids: they are taken in the order of %s", with->name);
  return TRUE;
}

static gboolean
check_ids(const GPtrArray *files, GError **error)
{
  for (guint i = 0; files->len > 1 && i < files->len; i++) {
    const MsLabelFile *file = g_ptr_array_index(files, i);
    if (ms_label_file_has_ids(file) || !file->table)
      continue;
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s has no column that names the examples: call it example or id", file->name);
    return FALSE;
  }
  return TRUE;
}

gboolean
ms_label_join(MsInventory *inventory, const GPtrArray *files, GCancellable *cancellable,
              GError **error)
{
  g_autoptr(GHashTable) rows = g_hash_table_new(g_str_hash, g_str_equal);
  Join self = {.inventory = inventory, .rows = rows, .cancellable = cancellable};
  const MsLabelFile *with = NULL;
  if (!check_ids(files, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++) {
    MsLabelFile *file = g_ptr_array_index(files, i);
    if (!ms_label_file_has_ids(file))
      continue;
    if (!join_file(&self, file, i == 0, error))
      return FALSE;
    with = with ? with : file;
  }
  if (!with) {
    MsLabelFile *first = g_ptr_array_index(files, 0);
    if (!join_file(&self, first, TRUE, error))
      return FALSE;
    ms_notices_add(inventory->notices, first->path,
                   "Nothing names the examples: they are called by the numbers of their rows, "
                   "from 0");
    with = first;
  }
  for (guint i = 0; i < files->len; i++) {
    MsLabelFile *file = g_ptr_array_index(files, i);
    if (!file->rows && !join_by_order(&self, file, with, error))
      return FALSE;
  }
  return TRUE;
}
