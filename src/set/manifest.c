/* SPDX-License-Identifier: MIT
 *
 * No file that a manifest names is looked at here: a million rows open as fast as they are read.
 */
#include "set/manifest.h"

#include "io/error.h"
#include "io/file.h"
#include "io/table.h"
#include "set/stems.h"
#include "set/text.h"

#define MAX_BYTES (G_GUINT64_CONSTANT(1) << 30)

typedef enum {
  COLUMN_EXAMPLE,
  COLUMN_IMAGE,
  COLUMN_ACTUAL,
  COLUMN_PREDICTED,
  COLUMN_SPLIT,
  COLUMN_GROUP,
  N_COLUMNS,
} ColumnKind;

/* A weak name counts where no other column has the meaning. */
static const struct {
  const char *name;
  ColumnKind kind;
  gboolean weak;
} column_names[] = {
    {"example", COLUMN_EXAMPLE},
    {"id", COLUMN_EXAMPLE},
    {"name", COLUMN_EXAMPLE, TRUE},
    {"key", COLUMN_EXAMPLE, TRUE},
    {"case", COLUMN_EXAMPLE, TRUE},
    {"image_id", COLUMN_EXAMPLE, TRUE},
    {"image", COLUMN_IMAGE},
    {"images", COLUMN_IMAGE},
    {"image_path", COLUMN_IMAGE},
    {"img", COLUMN_IMAGE},
    {"photo", COLUMN_IMAGE},
    {"picture", COLUMN_IMAGE},
    {"input", COLUMN_IMAGE, TRUE},
    {"actual", COLUMN_ACTUAL},
    {"actual_path", COLUMN_ACTUAL},
    {"mask", COLUMN_ACTUAL},
    {"mask_path", COLUMN_ACTUAL},
    {"masks", COLUMN_ACTUAL},
    {"gt", COLUMN_ACTUAL},
    {"gt_path", COLUMN_ACTUAL},
    {"ground_truth", COLUMN_ACTUAL},
    {"groundtruth", COLUMN_ACTUAL},
    {"truth", COLUMN_ACTUAL},
    {"label", COLUMN_ACTUAL, TRUE},
    {"labels", COLUMN_ACTUAL, TRUE},
    {"annotation", COLUMN_ACTUAL, TRUE},
    {"target", COLUMN_ACTUAL, TRUE},
    {"predicted", COLUMN_PREDICTED},
    {"predicted_path", COLUMN_PREDICTED},
    {"prediction", COLUMN_PREDICTED},
    {"predictions", COLUMN_PREDICTED},
    {"prediction_path", COLUMN_PREDICTED},
    {"pred", COLUMN_PREDICTED},
    {"preds", COLUMN_PREDICTED},
    {"pred_path", COLUMN_PREDICTED},
    {"output", COLUMN_PREDICTED},
    {"result", COLUMN_PREDICTED},
    {"split", COLUMN_SPLIT},
    {"subset", COLUMN_SPLIT},
    {"set", COLUMN_SPLIT, TRUE},
    {"fold", COLUMN_SPLIT, TRUE},
    {"group", COLUMN_GROUP},
    {"volume", COLUMN_GROUP},
    {"patient", COLUMN_GROUP, TRUE},
    {"video", COLUMN_GROUP, TRUE},
};

typedef struct {
  const MsTable *table;
  const char *folder;     /* the manifest's */
  int columns[N_COLUMNS]; /* -1: none; PREDICTED: the first */
  GArray *predicted;      /* guint: column of each model */
  MsInventory *inventory;
} Manifest;

/* --- columns -------------------------------------------------------------------------------- */

/* What a column is by its name: an index into column_names, or -1. *model is what follows the
 * colon, or NULL. */
static int
find_column_name(const char *name, const char **model)
{
  const char *colon = strchr(name, ':');
  g_autofree char *head = g_strndup(name, colon ? (gsize)(colon - name) : strlen(name));
  g_autofree char *lower = g_ascii_strdown(g_strstrip(head), -1);
  g_strdelimit(lower, "- ", '_');
  *model = colon ? colon + 1 : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(column_names); i++)
    if (g_str_equal(lower, column_names[i].name) &&
        (!colon || column_names[i].kind == COLUMN_PREDICTED))
      return (int)i;
  return -1;
}

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

/* Takes a column for its kind, unless another has it already and is no weaker. */
static gboolean
take_column(Manifest *self, guint column, int name, int *taken, GError **error)
{
  ColumnKind kind = column_names[name].kind;
  gboolean weak = column_names[name].weak;
  if (self->columns[kind] >= 0 && column_names[*taken].weak == weak) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s: the columns %s and %s mean the same",
                ms_table_name(self->table),
                ms_table_column_name(self->table, (guint)self->columns[kind]),
                ms_table_column_name(self->table, column));
    return FALSE;
  }
  if (self->columns[kind] < 0 || !weak) {
    self->columns[kind] = (int)column;
    *taken = name;
  }
  return TRUE;
}

static gboolean
find_columns(Manifest *self, GError **error)
{
  int taken[N_COLUMNS] = {0};
  for (int i = 0; i < N_COLUMNS; i++)
    self->columns[i] = -1;
  for (guint column = 0; column < ms_table_n_columns(self->table); column++) {
    const char *model;
    int name = find_column_name(ms_table_column_name(self->table, column), &model);
    if (name < 0)
      continue;
    ColumnKind kind = column_names[name].kind;
    if (kind != COLUMN_PREDICTED) {
      if (!take_column(self, column, name, &taken[kind], error))
        return FALSE;
      continue;
    }
    if (!add_predicted_column(self, column, model, error))
      return FALSE;
    if (self->columns[kind] < 0)
      self->columns[kind] = (int)column;
  }
  return TRUE;
}

/* --- label sets ----------------------------------------------------------------------------- */

static gboolean
is_none(const char *cell)
{
  return *cell == '\0' || g_ascii_strcasecmp(cell, "NA") == 0;
}

static gboolean
is_like_path(const char *cell)
{
  return ms_text_is_picture(cell) || strchr(cell, '/') || strchr(cell, '.');
}

static gboolean
is_share(const char *cell)
{
  char *end = NULL;
  double value = g_ascii_strtod(cell, &end);
  return *cell && *end == '\0' && value >= 0 && value <= 1;
}

/* Columns of 0 and 1 or probabilities, one a label. */
static gboolean
is_one_hot(const Manifest *self)
{
  guint n_rows = MIN(ms_table_n_rows(self->table), 64);
  guint n_shares = 0;
  for (guint column = 0; column < ms_table_n_columns(self->table); column++) {
    guint row = 0;
    while (row < n_rows && is_share(ms_table_cell(self->table, row, column)))
      row++;
    n_shares += n_rows > 0 && row == n_rows;
  }
  return n_shares > 0 && n_shares + 2 >= ms_table_n_columns(self->table);
}

/* Whether cells that should name masks hold words instead. */
static gboolean
holds_labels(const Manifest *self)
{
  const guint columns[] = {(guint)self->columns[COLUMN_ACTUAL],
                           (guint)self->columns[COLUMN_PREDICTED]};
  guint n_cells = 0;
  for (guint row = 0; row < MIN(ms_table_n_rows(self->table), 64); row++)
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
      const char *cell = ms_table_cell(self->table, row, columns[i]);
      if (is_none(cell))
        continue;
      if (is_like_path(cell))
        return FALSE;
      n_cells++;
    }
  return n_cells > 0;
}

static gboolean
check_masks(const Manifest *self, GError **error)
{
  const char *name = ms_table_name(self->table);
  gboolean actual = self->columns[COLUMN_ACTUAL] >= 0;
  gboolean predicted = self->columns[COLUMN_PREDICTED] >= 0;
  if (actual && predicted ? holds_labels(self) : !actual && !predicted && is_one_hot(self)) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s holds label sets, not masks; this version evaluates masks", name);
    return FALSE;
  }
  if (!actual || !predicted) {
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
  return is_none(cell) ? NULL : cell;
}

/* The path a cell names. Caller frees; NULL: none. */
static char *
path_of(const Manifest *self, guint row, int column)
{
  const char *cell = cell_of(self, row, column);
  if (!cell)
    return NULL;
  return g_path_is_absolute(cell) ? g_strdup(cell) : g_build_filename(self->folder, cell, NULL);
}

/* The row's id: its cell, or what its mask's or image's path says without suffix and ending. */
static char *
id_of(const Manifest *self, guint row)
{
  const char *id = cell_of(self, row, self->columns[COLUMN_EXAMPLE]);
  if (id)
    return g_strdup(id);
  MsRoleKind kind = MS_ROLE_IMAGE;
  const char *path = cell_of(self, row, self->columns[COLUMN_IMAGE]);
  if (!path) {
    kind = MS_ROLE_ACTUAL;
    path = cell_of(self, row, self->columns[COLUMN_ACTUAL]);
  }
  if (!path) {
    kind = MS_ROLE_PREDICTED;
    path = cell_of(self, row, self->columns[COLUMN_PREDICTED]);
  }
  if (!path)
    return NULL;
  g_autofree char *base = g_path_get_basename(path);
  base[ms_text_stem_length(base)] = '\0';
  return g_strndup(base, ms_stem_name_length(base, kind));
}

static void
fill_entry(const Manifest *self, guint row, MsEntry *entry)
{
  entry->image = path_of(self, row, self->columns[COLUMN_IMAGE]);
  entry->actual = path_of(self, row, self->columns[COLUMN_ACTUAL]);
  for (guint i = 0; i < self->predicted->len; i++)
    entry->predicted[i] = path_of(self, row, (int)g_array_index(self->predicted, guint, i));
  ms_text_set(&entry->split, cell_of(self, row, self->columns[COLUMN_SPLIT]));
  ms_text_set(&entry->group, cell_of(self, row, self->columns[COLUMN_GROUP]));
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
    MsEntry *entry = ms_entry_new(id, self->predicted->len);
    g_ptr_array_add(self->inventory->entries, entry);
    g_hash_table_insert(lines, entry->id, GUINT_TO_POINTER(line));
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

MsInventory *
ms_manifest_load(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MAX_BYTES, cancellable, error);
  if (!bytes)
    return NULL;
  g_autofree char *shown = ms_path_display(path);
  g_autoptr(MsTable) table = ms_table_parse(bytes, shown, error);
  if (!table)
    return NULL;
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
  if (!find_columns(&self, error) || !check_masks(&self, error) ||
      !add_rows(&self, cancellable, error))
    return NULL;
  name_models(&self);
  g_autofree char *title = g_path_get_basename(path);
  inventory->title = ms_text_id(title);
  return g_steal_pointer(&inventory);
}
