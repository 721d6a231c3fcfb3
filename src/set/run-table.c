/* SPDX-License-Identifier: MIT
 *
 * The table is read whole, rows are gathered by image, and cells are decoded when they are asked
 * for.
 */
#include "set/run-table.h"

#include <string.h>
#include <sys/stat.h>

#include "io/error.h"
#include "io/table.h"
#include "metric/raster.h"
#include "set/table-file.h"

#define HEADER_BYTES 4096

static const char *const run_names[] = {"encodedpixels", "encoded_pixels", "rle", "rle_mask",
                                        "mask_rle",      "rle_encoding",   NULL};
/* Means runs where the table says how large the images are; else it may be anything. */
static const char *const weak_run_names[] = {"annotation", NULL};
static const char *const image_names[] = {
    "imageid",  "image_id",  "image",       "id",      "img_id",          "img",        "file",
    "filename", "file_name", "image_label", "example", "imageid_classid", "image_name", NULL};
static const char *const class_names[] = {"classid", "class_id", "class",
                                          "label",   "category", NULL};
static const char *const width_names[] = {"width", "w", NULL};
static const char *const height_names[] = {"height", "h", NULL};

typedef struct {
  char *name;
  GArray *rows; /* guint */
} Image;

struct MsRunTable {
  char *path;
  struct stat identity; /* before it was read */
  MsTable *table;
  int image_column;
  int run_column;
  int class_column; /* -1: none */
  int width_column; /* -1: none */
  int height_column;
  gboolean suffixes; /* the class stands behind the image's name */
  GPtrArray *images; /* Image */
  GArray *classes;   /* MsClass that own their names, ascending by name; empty: binary */
  guint32 *class_of; /* the id of each row's class */
};

static void
image_free(gpointer data)
{
  Image *image = data;

  g_array_unref(image->rows);
  g_free(image->name);
  g_free(image);
}

void
ms_run_table_free(MsRunTable *self)
{
  if (!self)
    return;
  g_clear_pointer(&self->table, ms_table_free);
  g_ptr_array_unref(self->images);
  g_array_unref(self->classes);
  g_free(self->class_of);
  g_free(self->path);
  g_free(self);
}

/* --- columns ---------------------------------------------------------------------------------- */

static gboolean
has_name(GStrv cells, const char *const *names)
{
  for (guint i = 0; cells[i]; i++) {
    g_autofree char *lower = g_ascii_strdown(g_strstrip(cells[i]), -1);

    if (g_strv_contains(names, lower))
      return TRUE;
  }
  return FALSE;
}

gboolean
ms_run_table_is_one(const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path(path);
  g_autoptr(GFileInputStream) stream = g_file_read(file, NULL, NULL);
  char text[HEADER_BYTES + 1];
  gsize n = 0;
  g_auto(GStrv) cells = NULL;

  if (!stream ||
      !g_input_stream_read_all(G_INPUT_STREAM(stream), text, HEADER_BYTES, &n, NULL, NULL))
    return FALSE;
  text[n] = '\0';
  text[strcspn(text, "\r\n")] = '\0';
  cells = g_strsplit_set(g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text, ",;\t\"", -1);
  return has_name(cells, image_names) &&
         (has_name(cells, run_names) ||
          (has_name(cells, weak_run_names) && has_name(cells, width_names)));
}

static gboolean
find_columns(MsRunTable *self, GError **error)
{
  self->image_column = ms_table_find_any_column(self->table, image_names);
  self->run_column = ms_table_find_any_column(self->table, run_names);
  if (self->run_column < 0)
    self->run_column = ms_table_find_any_column(self->table, weak_run_names);
  self->class_column = ms_table_find_any_column(self->table, class_names);
  self->width_column = ms_table_find_any_column(self->table, width_names);
  self->height_column = ms_table_find_any_column(self->table, height_names);
  if (self->image_column >= 0 && self->run_column >= 0)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: a table of run lengths has a column for the image (such as ImageId) and one for "
              "the runs (such as EncodedPixels)",
              ms_table_name(self->table));
  return FALSE;
}

/* --- classes ---------------------------------------------------------------------------------- */

static const char *
image_cell(const MsRunTable *self, guint row)
{
  return ms_table_cell(self->table, row, (guint)self->image_column);
}

static const char *
run_cell(const MsRunTable *self, guint row)
{
  return ms_table_cell(self->table, row, (guint)self->run_column);
}

/* What stands behind "name.ending_"; NULL: nothing. */
static const char *
suffix_of(const char *name)
{
  const char *bar = strrchr(name, '_');
  const char *dot = strrchr(name, '.');

  return bar && dot && bar > dot && bar[1] ? bar + 1 : NULL;
}

static gboolean
has_suffixes(const MsRunTable *self)
{
  guint n_rows = ms_table_n_rows(self->table);

  for (guint row = 0; row < n_rows; row++)
    if (!suffix_of(image_cell(self, row)))
      return FALSE;
  return n_rows > 0 && self->class_column < 0;
}

static const char *
class_of(const MsRunTable *self, guint row)
{
  if (self->class_column >= 0)
    return ms_table_cell(self->table, row, (guint)self->class_column);
  return self->suffixes ? suffix_of(image_cell(self, row)) : NULL;
}

static void
class_clear(gpointer data)
{
  g_free(((MsClass *)data)->name);
}

static GArray *
new_classes(void)
{
  GArray *classes = g_array_new(FALSE, TRUE, sizeof(MsClass));

  g_array_set_clear_func(classes, class_clear);
  return classes;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names that occur in any of the tables, in byte order; lent by them. */
static GPtrArray *
collect_names(const GPtrArray *tables)
{
  GPtrArray *names = g_ptr_array_new();
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint i = 0; i < tables->len; i++) {
    const MsRunTable *table = g_ptr_array_index(tables, i);

    for (guint row = 0; row < ms_table_n_rows(table->table); row++) {
      const char *name = class_of(table, row);

      if (name && *name && g_hash_table_add(seen, (char *)name))
        g_ptr_array_add(names, (char *)name);
    }
  }
  g_ptr_array_sort(names, compare_names);
  return names;
}

/* Numbers as they are usually written: "01" beside "1" is a name. */
static gboolean
are_numbers(const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index(names, i);

    if ((name[0] == '0' && name[1] != '\0') ||
        !g_ascii_string_to_unsigned(name, 10, 0, G_MAXINT32, NULL, NULL))
      return FALSE;
  }
  return TRUE;
}

static void
take_classes(MsRunTable *self, const GPtrArray *names, const guint32 *ids)
{
  g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
  guint n_rows = ms_table_n_rows(self->table);

  g_array_set_size(self->classes, 0);
  for (guint i = 0; i < names->len; i++) {
    MsClass class = {.id = ids[i], .name = g_strdup(g_ptr_array_index(names, i))};

    g_array_append_val(self->classes, class);
    g_hash_table_insert(by_name, g_ptr_array_index(names, i), GUINT_TO_POINTER(ids[i]));
  }
  g_free(self->class_of);
  self->class_of = g_new0(guint32, n_rows + 1);
  for (guint row = 0; row < n_rows; row++) {
    const char *name = class_of(self, row);

    if (name)
      self->class_of[row] = GPOINTER_TO_UINT(g_hash_table_lookup(by_name, name));
  }
}

void
ms_run_tables_share_classes(const GPtrArray *tables)
{
  g_autoptr(GPtrArray) names = collect_names(tables);
  g_autofree guint32 *ids = g_new(guint32, names->len + 1);
  gboolean numbers = are_numbers(names);

  for (guint i = 0; i < names->len; i++)
    ids[i] = numbers ? (guint32)g_ascii_strtoull(g_ptr_array_index(names, i), NULL, 10) : i + 1;
  for (guint i = 0; i < tables->len; i++)
    take_classes(g_ptr_array_index(tables, i), names, ids);
}

/* --- images ----------------------------------------------------------------------------------- */

static char *
image_name(const MsRunTable *self, guint row)
{
  const char *cell = image_cell(self, row);

  return self->suffixes ? g_strndup(cell, (gsize)(suffix_of(cell) - 1 - cell)) : g_strdup(cell);
}

static gboolean
collect_images(MsRunTable *self, GError **error)
{
  g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint row = 0; row < ms_table_n_rows(self->table); row++) {
    g_autofree char *name = image_name(self, row);
    Image *image = g_hash_table_lookup(by_name, name);

    if (*name == '\0')
      return ms_table_cell_error(self->table, row, (guint)self->image_column, error,
                                 "no image is named");
    if (!image) {
      image = g_new0(Image, 1);
      image->name = g_steal_pointer(&name);
      image->rows = g_array_new(FALSE, FALSE, sizeof(guint));
      g_ptr_array_add(self->images, image);
      g_hash_table_insert(by_name, image->name, image);
    }
    g_array_append_val(image->rows, row);
  }
  return TRUE;
}

/* An image without any mask needs no class. */
static gboolean
check_classes(const MsRunTable *self, GError **error)
{
  if (self->class_column < 0)
    return TRUE;
  for (guint row = 0; row < ms_table_n_rows(self->table); row++)
    if (*class_of(self, row) == '\0' && !ms_run_length_is_empty_text(run_cell(self, row)))
      return ms_table_cell_error(self->table, row, (guint)self->class_column, error,
                                 "no class is named");
  return TRUE;
}

MsRunTable *
ms_run_table_load(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsRunTable) self = g_new0(MsRunTable, 1);

  self->path = g_strdup(path);
  if (stat(path, &self->identity) != 0)
    self->identity = (struct stat){0}; /* reading it says why */
  self->images = g_ptr_array_new_with_free_func(image_free);
  self->classes = new_classes();
  self->table = ms_table_file_read(path, cancellable, error);
  if (!self->table || !find_columns(self, error))
    return NULL;
  self->suffixes = has_suffixes(self);
  if (!collect_images(self, error) || !check_classes(self, error))
    return NULL;
  g_autoptr(GPtrArray) alone = g_ptr_array_new();
  g_ptr_array_add(alone, self);
  ms_run_tables_share_classes(alone);
  return g_steal_pointer(&self);
}

gboolean
ms_run_table_is_current(const MsRunTable *self)
{
  const struct stat *before = &self->identity;
  struct stat now;

  return stat(self->path, &now) == 0 && now.st_ino == before->st_ino &&
         now.st_size == before->st_size && now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}

guint
ms_run_table_n_images(const MsRunTable *self)
{
  return self->images->len;
}

const char *
ms_run_table_image(const MsRunTable *self, guint index)
{
  return ((const Image *)g_ptr_array_index(self->images, index))->name;
}

const guint *
ms_run_table_rows(const MsRunTable *self, guint index, guint *n_rows)
{
  const GArray *rows = ((const Image *)g_ptr_array_index(self->images, index))->rows;

  *n_rows = rows->len;
  return (const guint *)(const void *)rows->data;
}

const MsClass *
ms_run_table_classes(const MsRunTable *self, guint *n_classes)
{
  *n_classes = self->classes->len;
  return (const MsClass *)(const void *)self->classes->data;
}

const char *
ms_run_table_name(const MsRunTable *self)
{
  return ms_table_name(self->table);
}

/* --- rows ------------------------------------------------------------------------------------- */

guint32
ms_run_table_row_class(const MsRunTable *self, guint row)
{
  return self->class_of[row];
}

gboolean
ms_run_table_has_sizes(const MsRunTable *self)
{
  return self->width_column >= 0 && self->height_column >= 0;
}

static gboolean
read_side(const MsRunTable *self, guint row, int column, int *side, GError **error)
{
  const char *cell = ms_table_cell(self->table, row, (guint)column);
  guint64 value;

  if (!g_ascii_string_to_unsigned(cell, 10, 1, MS_RASTER_MAX_SIDE, &value, NULL))
    return ms_table_cell_error(self->table, row, (guint)column, error, "\"%s\" is no size", cell);
  *side = (int)value;
  return TRUE;
}

gboolean
ms_run_table_read_size(const MsRunTable *self, guint row, int *width, int *height, GError **error)
{
  return read_side(self, row, self->width_column, width, error) &&
         read_side(self, row, self->height_column, height, error);
}

gboolean
ms_run_table_read_runs(const MsRunTable *self, guint row, int width, int height, MsRunLength *runs,
                       GError **error)
{
  g_autofree char *where =
      g_strdup_printf("%s, line %u", ms_table_name(self->table), ms_table_line(self->table, row));

  return ms_run_length_from_starts(run_cell(self, row), width, height, where, runs, error);
}
