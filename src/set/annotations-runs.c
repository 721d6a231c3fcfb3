/* SPDX-License-Identifier: MIT
 *
 * The table is read whole and its cells are decoded when an image is asked for.
 */
#include "set/annotations-runs.h"

#include <string.h>

#include "io/error.h"
#include "io/run-length.h"
#include "io/table.h"
#include "set/notice.h"
#include "set/reading-make.h"
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
  ms_table_free(self->table);
  g_ptr_array_unref(self->images);
  g_array_unref(self->classes);
  g_free(self->class_of);
  g_free(self);
}

/* --- columns ---------------------------------------------------------------------------------- */

static int
find_column(const MsTable *table, const char *const *names)
{
  for (guint i = 0; names[i]; i++) {
    int column = ms_table_find_column(table, names[i]);

    if (column >= 0)
      return column;
  }
  return -1;
}

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
  self->image_column = find_column(self->table, image_names);
  self->run_column = find_column(self->table, run_names);
  if (self->run_column < 0)
    self->run_column = find_column(self->table, weak_run_names);
  self->class_column = find_column(self->table, class_names);
  self->width_column = find_column(self->table, width_names);
  self->height_column = find_column(self->table, height_names);
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

static gboolean
are_numbers(const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (!g_ascii_string_to_unsigned(g_ptr_array_index(names, i), 10, 0, G_MAXINT32, NULL, NULL))
      return FALSE;
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

MsRunTable *
ms_run_table_load(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsRunTable) self = g_new0(MsRunTable, 1);

  self->images = g_ptr_array_new_with_free_func(image_free);
  self->classes = new_classes();
  self->table = ms_table_file_read(path, cancellable, error);
  if (!self->table || !find_columns(self, error))
    return NULL;
  self->suffixes = has_suffixes(self);
  if (!collect_images(self, error))
    return NULL;
  g_autoptr(GPtrArray) alone = g_ptr_array_new();
  g_ptr_array_add(alone, self);
  ms_run_tables_share_classes(alone);
  return g_steal_pointer(&self);
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

/* --- masks ------------------------------------------------------------------------------------ */

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

/* The table's own word goes first. */
static gboolean
decide_size(const MsRunTable *self, const Image *image, MsMaskSize *size, GError **error)
{
  guint row = g_array_index(image->rows, guint, 0);

  if (self->width_column >= 0 && self->height_column >= 0)
    return read_side(self, row, self->width_column, &size->width, error) &&
           read_side(self, row, self->height_column, &size->height, error);
  if (size->width > 0)
    return TRUE;
  g_set_error(
      error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
      "%s: how large image %s is cannot be told: there is neither an image, nor a mask in a "
      "file, nor are there columns width and height",
      ms_table_name(self->table), image->name);
  return FALSE;
}

static gboolean
decode_row(const MsRunTable *self, guint row, MsMaskSize size, MsRunLength *runs, GError **error)
{
  g_autofree char *where =
      g_strdup_printf("%s, line %u", ms_table_name(self->table), ms_table_line(self->table, row));

  return ms_run_length_from_starts(ms_table_cell(self->table, row, (guint)self->run_column),
                                   size.width, size.height, where, runs, error);
}

static void
fill_run(int x, int y, int length, gpointer user)
{
  MsRaster *raster = user;

  for (int i = 0; i < length; i++)
    ((guint8 *)ms_raster_row_writable(raster, y + i))[x] = 1;
}

typedef struct {
  MsStackPainter *painter;
  MsStatus status; /* sticky */
} Painting;

static void
paint_run(int x, int y, int length, gpointer user)
{
  Painting *painting = user;

  if (painting->status == MS_STATUS_OK)
    painting->status = ms_stack_painter_column(painting->painter, x, y, length);
}

static gboolean
refuse_status(const MsRunTable *self, const Image *image, MsStatus status, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s, image %s: %s",
              ms_table_name(self->table), image->name, ms_status_string(status));
  return FALSE;
}

static gboolean
fill_binary(const MsRunTable *self, const Image *image, MsMaskSize size, MsMask *mask,
            GError **error)
{
  MsStatus status = ms_raster_init(&mask->raster, size.width, size.height, 8);

  if (status != MS_STATUS_OK)
    return refuse_status(self, image, status, error);
  for (guint i = 0; i < image->rows->len; i++) {
    g_auto(MsRunLength) runs = {0};

    if (!decode_row(self, g_array_index(image->rows, guint, i), size, &runs, error))
      return FALSE;
    ms_run_length_visit(&runs, fill_run, &mask->raster);
  }
  return TRUE;
}

static gboolean
fill_classes(const MsRunTable *self, const Image *image, MsMaskSize size, MsMask *mask,
             GError **error)
{
  Painting painting = {0};

  painting.status = ms_stack_painter_new(size.width, size.height, &painting.painter);
  for (guint i = 0; painting.status == MS_STATUS_OK && i < image->rows->len; i++) {
    guint row = g_array_index(image->rows, guint, i);
    g_auto(MsRunLength) runs = {0};

    if (!decode_row(self, row, size, &runs, error)) {
      ms_stack_painter_free(painting.painter);
      return FALSE;
    }
    ms_stack_painter_begin(painting.painter, self->class_of[row], MS_STACK_MAXIMUM);
    ms_run_length_visit(&runs, paint_run, &painting);
  }
  if (painting.status == MS_STATUS_OK)
    painting.status = ms_stack_painter_finish(painting.painter, &mask->raster, &mask->stacks);
  else
    ms_stack_painter_free(painting.painter);
  return painting.status == MS_STATUS_OK || refuse_status(self, image, painting.status, error);
}

static gboolean
load_runs(gpointer data, int record, MsMaskSize size, MsMask *mask, GCancellable *cancellable,
          GError **error)
{
  const MsRunTable *self = data;
  const Image *image = g_ptr_array_index(self->images, (guint)record);

  if (!decide_size(self, image, &size, error))
    return FALSE;
  return self->classes->len ? fill_classes(self, image, size, mask, error)
                            : fill_binary(self, image, size, mask, error);
}

static MsReading *
read_as_runs(const MsRunTable *self)
{
  gboolean classes = self->classes->len > 0;
  MsReading *reading = ms_reading_new(classes ? MS_ENCODING_STACKS : MS_ENCODING_BINARY, NULL);

  reading->description =
      g_strdup_printf("run lengths, column by column from 1: %s",
                      classes ? "of each class the union, a pixel may be of several" : "binary");
  return reading;
}

static MsClassTable *
name_classes(const MsRunTable *self)
{
  if (self->classes->len == 0)
    return NULL;
  return ms_class_table_new((const MsClass *)(void *)self->classes->data, self->classes->len,
                            ms_table_name(self->table));
}

static void
run_table_free(gpointer data)
{
  ms_run_table_free(data);
}

MsAnnotations *
ms_annotations_of_runs(MsRunTable *table)
{
  static const MsAnnotationsType type = {load_runs, run_table_free};

  return ms_annotations_new(&type, table, read_as_runs(table), name_classes(table),
                            table->width_column < 0 || table->height_column < 0);
}
