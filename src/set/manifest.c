/* SPDX-License-Identifier: MIT
 *
 * No file that a manifest names is looked at here: a million rows open as fast as they are read.
 */
#include "set/manifest.h"

#include "io/error.h"
#include "set/columns.h"
#include "set/label-recognize.h"
#include "set/label-tables.h"
#include "set/stems.h"
#include "set/table-file.h"
#include "set/text.h"

typedef struct {
  const MsTable *table;
  const char *folder;                       /* the manifest's */
  int example, image, actual, split, group; /* columns; -1: none */
  GArray *predicted;                        /* guint: column of each model */
  MsInventory *inventory;
} Manifest;

/* --- columns -------------------------------------------------------------------------------- */

static gboolean
add_predicted_column(Manifest *self, guint column, const char *model, GError **error)
{
  g_autofree char *name = model ? g_strstrip(g_strdup(model)) : NULL;
  for (guint i = 0; i < self->inventory->models->len; i++) {
    const MsFoundModel *other = g_ptr_array_index(self->inventory->models, i);
    if (g_strcmp0(other->name, name) != 0 && !(name && *name == '\0'))
      continue;
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: more than one column of predicted masks without a name of its own: call them "
                "predicted:NAME",
                ms_table_name(self->table));
    return FALSE;
  }
  ms_inventory_add_model(self->inventory, name && *name ? name : NULL, self->folder);
  g_array_append_val(self->predicted, column);
  return TRUE;
}

static gboolean
find_columns(Manifest *self, GError **error)
{
  const MsTable *table = self->table;
  for (guint column = 0; column < ms_table_n_columns(table); column++) {
    const char *model;
    const MsColumnName *name =
        ms_column_name_find_head(ms_table_column_name(table, column), &model);
    if (name && name->kind == MS_COLUMN_PREDICTED &&
        !add_predicted_column(self, column, model, error))
      return FALSE;
  }
  return ms_column_find(table, MS_COLUMN_EXAMPLE, &self->example, error) &&
         ms_column_find(table, MS_COLUMN_IMAGE, &self->image, error) &&
         ms_column_find(table, MS_COLUMN_ACTUAL, &self->actual, error) &&
         ms_column_find(table, MS_COLUMN_SPLIT, &self->split, error) &&
         ms_column_find(table, MS_COLUMN_GROUP, &self->group, error);
}

static gboolean
check_columns(const Manifest *self, GError **error)
{
  const char *name = ms_table_name(self->table);
  gboolean actual = self->actual >= 0;
  if (!actual || self->predicted->len == 0) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s has no column %s; a manifest has the columns example, image, actual and "
                "predicted (or predicted:NAME for each model)",
                name, actual ? "predicted" : "actual");
    return FALSE;
  }
  if (ms_table_n_rows(self->table) == 0) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY, "%s names no example", name);
    return FALSE;
  }
  return TRUE;
}

/* --- rows ----------------------------------------------------------------------------------- */

static const char *
cell_of(const Manifest *self, guint row, int column)
{
  const char *cell = column < 0 ? "" : ms_table_cell(self->table, row, (guint)column);
  return ms_cell_is_none(cell) ? NULL : cell;
}

/* The path a cell names. Caller frees; NULL: none. */
static char *
path_of(const Manifest *self, guint row, int column)
{
  const char *cell = cell_of(self, row, column);
  if (!cell)
    return NULL;
  while (g_str_has_prefix(cell, "./"))
    cell += strspn(cell + 1, "/") + 1;
  return g_path_is_absolute(cell) ? g_strdup(cell) : g_build_filename(self->folder, cell, NULL);
}

/* The row's id: its cell, or what its mask's or image's path says without suffix and ending. */
static char *
id_of(const Manifest *self, guint row)
{
  const char *id = cell_of(self, row, self->example);
  if (id)
    return g_strdup(id);
  MsRoleKind kind = MS_ROLE_IMAGE;
  const char *path = cell_of(self, row, self->image);
  if (!path) {
    kind = MS_ROLE_ACTUAL;
    path = cell_of(self, row, self->actual);
  }
  if (!path) {
    kind = MS_ROLE_PREDICTED;
    path = cell_of(self, row, (int)g_array_index(self->predicted, guint, 0));
  }
  if (!path)
    return NULL;
  g_autofree char *base = g_path_get_basename(path);
  base[ms_text_stem_length(base)] = '\0';
  return g_strndup(base, ms_stem_name_length(base, kind));
}

static const char *
keep_path(const Manifest *self, guint row, int column)
{
  g_autofree char *path = path_of(self, row, column);
  return ms_inventory_keep(self->inventory, path);
}

/* Of what many rows share. */
static const char *
keep_cell(const Manifest *self, guint row, int column)
{
  const char *cell = cell_of(self, row, column);
  return cell ? g_string_chunk_insert_const(self->inventory->strings, cell) : NULL;
}

static void
fill_entry(const Manifest *self, guint row, MsEntry *entry)
{
  entry->image = keep_path(self, row, self->image);
  entry->actual = keep_path(self, row, self->actual);
  for (guint i = 0; i < self->predicted->len; i++)
    entry->predicted[i] = keep_path(self, row, (int)g_array_index(self->predicted, guint, i));
  entry->split = keep_cell(self, row, self->split);
  entry->group = keep_cell(self, row, self->group);
}

static gboolean
add_rows(Manifest *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GHashTable) lines = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint row = 0; row < ms_table_n_rows(self->table); row++) {
    if (row % 1024 == 0 && g_cancellable_set_error_if_cancelled(cancellable, error))
      return FALSE;
    guint line = ms_table_line(self->table, row);
    g_autofree char *id = id_of(self, row);
    if (!id) {
      ms_notices_add(self->inventory->notices, NULL, "%s, line %u: names nothing; left out",
                     ms_table_name(self->table), line);
      continue;
    }
    guint before = GPOINTER_TO_UINT(g_hash_table_lookup(lines, id));
    if (before) {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                  "%s: example %s stands on line %u and on line %u", ms_table_name(self->table), id,
                  before, line);
      return FALSE;
    }
    MsEntry *entry = ms_entry_new(ms_inventory_keep(self->inventory, id), self->predicted->len);
    g_ptr_array_add(self->inventory->entries, entry);
    g_hash_table_insert(lines, (char *)entry->id, GUINT_TO_POINTER(line));
    fill_entry(self, row, entry);
  }
  return TRUE;
}

/* The one folder that all of a column's files lie in; NULL: several, or none. */
static char *
common_folder(const Manifest *self, int column)
{
  g_autofree char *common = NULL;
  for (guint row = 0; row < ms_table_n_rows(self->table); row++) {
    g_autofree char *path = path_of(self, row, column);
    g_autofree char *folder = path ? g_path_get_dirname(path) : NULL;
    if (folder && common && !g_str_equal(folder, common))
      return NULL;
    if (folder && !common)
      common = g_steal_pointer(&folder);
  }
  return g_steal_pointer(&common);
}

static void
name_models(Manifest *self)
{
  for (guint i = 0; i < self->predicted->len; i++) {
    guint column = g_array_index(self->predicted, guint, i);
    MsFoundModel *model = g_ptr_array_index(self->inventory->models, i);
    g_autofree char *folder = common_folder(self, (int)column);
    if (folder && !g_str_equal(folder, self->folder))
      ms_text_set(&model->folder, folder);
    else if (!model->name)
      ms_text_set(&model->name, ms_table_column_name(self->table, column));
    if (!folder)
      ms_text_set(&model->folder, self->inventory->path);
  }
  ms_inventory_name_models(self->inventory);
}

static MsInventory *
load_masks(const MsTable *table, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(path);
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  g_autoptr(GArray) predicted = g_array_new(FALSE, FALSE, sizeof(guint));
  Manifest self = {
      .table = table, .folder = folder, .predicted = predicted, .inventory = inventory};
  ms_text_set(&inventory->path, path);
  ms_text_set(&inventory->actual_folder, path);
  ms_text_set(&inventory->class_folder, folder);
  ms_text_set(&inventory->layout, "manifest");
  inventory->from_table = TRUE;
  if (!find_columns(&self, error) || !check_columns(&self, error) ||
      !add_rows(&self, cancellable, error))
    return NULL;
  name_models(&self);
  g_autofree char *title = g_path_get_basename(path);
  inventory->title = ms_text_id(title);
  return g_steal_pointer(&inventory);
}

MsInventory *
ms_manifest_take(MsTable **table, const char *path, const MsOptions *options,
                 GCancellable *cancellable, GError **error)
{
  if (ms_label_table_is_one(*table, path))
    return ms_label_tables_take(table, path, options, cancellable, error);
  g_autoptr(GError) cause = NULL;
  MsInventory *inventory = load_masks(*table, path, cancellable, &cause);
  if (!g_error_matches(cause, MS_SET_ERROR, MS_SET_ERROR_LAYOUT))
    g_clear_pointer(table, ms_table_free);
  if (cause)
    g_propagate_error(error, g_steal_pointer(&cause));
  return inventory;
}

MsInventory *
ms_manifest_load(const char *path, const MsOptions *options, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr(MsTable) table = ms_table_file_read(path, cancellable, error);
  return table ? ms_manifest_take(&table, path, options, cancellable, error) : NULL;
}
