/* SPDX-License-Identifier: MIT
 *
 * One hash of ids for all files. The first file is the actual side's (or the only one).
 */
#include "set/label-join.h"

#include "io/error.h"
#include "set/columns.h"

typedef struct {
  MsInventory *inventory;
  const GPtrArray *files; /* MsLabelFile */
  guint n_labels;
  gboolean images_are_ids; /* of some file: no more than their names need be the same in others */
  GHashTable *rows;        /* id, lent by its entry -> its row + 1 */
  guint n_blank;           /* rows of a file that name nothing */
  guint first_blank;       /* the line of the first of them */
  GCancellable *cancellable;
} Join;

/* --- entries -------------------------------------------------------------------------------- */

static gboolean
add_entry(Join *self, const MsLabelFile *file, const char *id, guint *set_row, GError **error)
{
  GPtrArray *entries = self->inventory->entries;
  if (!ms_label_data_check(entries->len + 1, self->n_labels, file->name, error))
    return FALSE;
  MsEntry *entry =
      ms_entry_new(ms_inventory_keep(self->inventory, id), self->inventory->models->len);
  *set_row = entry->row = entries->len;
  g_ptr_array_add(entries, entry);
  g_hash_table_insert(self->rows, (char *)entry->id, GUINT_TO_POINTER(entries->len));
  return TRUE;
}

/* --- what rows say of their examples besides labels ------------------------------------------ */

static int
column_of(const MsLabelFile *file, MsColumnKind kind)
{
  return kind == MS_COLUMN_IMAGE   ? file->image_column
         : kind == MS_COLUMN_SPLIT ? file->split_column
                                   : file->group_column;
}

/* NULL: nothing. Lent. */
static const char *
cell_of(const MsLabelFile *file, guint row, MsColumnKind kind)
{
  int column = column_of(file, kind);
  const char *cell = column < 0 ? "" : ms_table_cell(file->table, row, (guint)column);
  return ms_cell_is_none(cell) ? NULL : cell;
}

/* "img/x" of "./img/x". Lent. */
static const char *
without_dot(const char *path)
{
  while (g_str_has_prefix(path, "./"))
    path += 1 + strspn(path + 1, "/");
  return path;
}

static char *
image_path(const MsLabelFile *file, const char *cell)
{
  g_autofree char *folder = g_path_get_dirname(file->path);
  cell = without_dot(cell);
  if (g_path_is_absolute(cell) || g_str_equal(folder, "."))
    return g_strdup(cell);
  return g_build_filename(folder, cell, NULL);
}

/* Another file, read before, says something else of the row's example. */
static gboolean
fail_for_contradiction(const Join *self, const MsLabelFile *file, guint row, MsColumnKind kind,
                       GError **error)
{
  const MsEntry *entry = g_ptr_array_index(self->inventory->entries, file->rows[row]);
  for (guint i = 0; i < self->files->len; i++) {
    const MsLabelFile *other = g_ptr_array_index(self->files, i);
    for (guint at = 0; other != file && other->table && other->rows && at < other->n_rows; at++)
      if (other->rows[at] == file->rows[row] && cell_of(other, at, kind))
        return ms_table_cell_error(file->table, row, (guint)column_of(file, kind), error,
                                   "%s for example %s, but %s in %s, line %u",
                                   cell_of(file, row, kind), entry->id, cell_of(other, at, kind),
                                   other->name, ms_table_line(other->table, at));
  }
  g_return_val_if_reached(FALSE);
}

/* Copies of one table in two folders name the same image with the same words. */
static gboolean
is_same_image(const char *image, const char *path, const char *cell)
{
  g_autofree char *absolute = g_canonicalize_filename(image, NULL);
  g_autofree char *other = g_canonicalize_filename(path, NULL);
  g_autofree char *tail = g_strconcat("/", without_dot(cell), NULL);
  return g_str_equal(absolute, other) || g_str_has_suffix(absolute, tail);
}

static gboolean
take_image(const Join *self, MsEntry *entry, const MsLabelFile *file, guint row, GError **error)
{
  const char *cell = cell_of(file, row, MS_COLUMN_IMAGE);
  if (!cell || (entry->image && self->images_are_ids))
    return TRUE;
  g_autofree char *path = image_path(file, cell);
  if (entry->image && !is_same_image(entry->image, path, cell))
    return fail_for_contradiction(self, file, row, MS_COLUMN_IMAGE, error);
  if (!entry->image)
    entry->image = ms_inventory_keep(self->inventory, path);
  return TRUE;
}

static gboolean
take_text(const Join *self, const char **member, const MsLabelFile *file, guint row,
          MsColumnKind kind, GError **error)
{
  const char *cell = cell_of(file, row, kind);
  if (cell && *member && !g_str_equal(*member, cell))
    return fail_for_contradiction(self, file, row, kind, error);
  if (cell && !*member)
    *member = g_string_chunk_insert_const(self->inventory->strings, cell);
  return TRUE;
}

static gboolean
describe_entry(const Join *self, const MsLabelFile *file, guint row, GError **error)
{
  MsEntry *entry = g_ptr_array_index(self->inventory->entries, file->rows[row]);
  return take_image(self, entry, file, row, error) &&
         take_text(self, &entry->split, file, row, MS_COLUMN_SPLIT, error) &&
         take_text(self, &entry->group, file, row, MS_COLUMN_GROUP, error);
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
  guint set_row = number - 1;
  if (number == 0 && !add_entry(self, file, id, &set_row, error))
    return FALSE;
  while (seen->len <= set_row)
    g_byte_array_append(seen, (const guint8 *)"", 1);
  if (seen->data[set_row])
    return fail_for_twice(file, id, row, set_row, error);
  seen->data[set_row] = 1;
  file->rows[row] = set_row;
  return TRUE;
}

static gboolean
fail_for_memory(const MsLabelFile *file, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: not enough memory for %u rows",
              file->name, file->n_rows);
  return FALSE;
}

static gboolean
join_file(Join *self, MsLabelFile *file, GError **error)
{
  g_autoptr(GByteArray) seen = g_byte_array_new();
  if (!ms_label_data_check(file->n_rows, self->n_labels, file->name, error))
    return FALSE;
  file->rows = g_try_new(guint, file->n_rows);
  if (!file->rows)
    return fail_for_memory(file, error);
  self->n_blank = 0;
  for (guint row = 0; row < file->n_rows; row++) {
    if (!ms_label_go_on(row, self->cancellable, error))
      return FALSE;
    if (!join_row(self, file, row, seen, error))
      return FALSE;
    if (file->table && file->rows[row] != MS_LABEL_NO_ROW &&
        !describe_entry(self, file, row, error))
      return FALSE;
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
  file->rows = g_try_new(guint, file->n_rows);
  if (!file->rows)
    return fail_for_memory(file, error);
  memcpy(file->rows, with->rows, file->n_rows * sizeof(guint));
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
ms_label_join(MsInventory *inventory, const GPtrArray *files, guint n_labels,
              GCancellable *cancellable, GError **error)
{
  g_autoptr(GHashTable) rows = g_hash_table_new(g_str_hash, g_str_equal);
  Join self = {.inventory = inventory,
               .files = files,
               .n_labels = n_labels,
               .rows = rows,
               .cancellable = cancellable};
  const MsLabelFile *with = NULL;
  if (!check_ids(files, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++) {
    const MsLabelFile *file = g_ptr_array_index(files, i);
    self.images_are_ids |= file->ids_from_images;
  }
  for (guint i = 0; i < files->len; i++) {
    MsLabelFile *file = g_ptr_array_index(files, i);
    if (!ms_label_file_has_ids(file))
      continue;
    if (!join_file(&self, file, error))
      return FALSE;
    with = with ? with : file;
  }
  if (!with) {
    MsLabelFile *first = g_ptr_array_index(files, 0);
    if (!join_file(&self, first, error))
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
