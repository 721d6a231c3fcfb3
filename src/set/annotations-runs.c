/* SPDX-License-Identifier: MIT
 *
 * Cells are decoded when an image is asked for; nothing is kept but the table.
 */
#include "set/annotations-runs.h"

#include "io/error.h"
#include "set/annotations-paint.h"
#include "set/reading-make.h"

/* An image of a table. */
typedef struct {
  const MsRunTable *table;
  const char *name;
  const guint *rows;
  guint n_rows;
} Image;

/* The table's own word goes first. */
static gboolean
decide_size(const Image *image, MsMaskSize *size, GError **error)
{
  if (ms_run_table_has_sizes(image->table))
    return ms_run_table_read_size(image->table, image->rows[0], &size->width, &size->height, error);
  if (size->width > 0)
    return TRUE;
  g_set_error(
      error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
      "%s: how large image %s is cannot be told: there is neither an image, nor a mask in a "
      "file, nor are there columns width and height",
      ms_run_table_name(image->table), image->name);
  return FALSE;
}

static gboolean
check_status(const Image *image, MsStatus status, GError **error)
{
  if (status == MS_STATUS_OK)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s, image %s: %s",
              ms_run_table_name(image->table), image->name, ms_status_string(status));
  return FALSE;
}

static void
fill_run(int x, int y, int length, gpointer user)
{
  MsRaster *raster = user;

  for (int i = 0; i < length; i++)
    ((guint8 *)ms_raster_row_writable(raster, y + i))[x] = 1;
}

static gboolean
fill_binary(const Image *image, MsMaskSize size, MsMask *mask, GError **error)
{
  MsStatus status = ms_raster_init(&mask->raster, size.width, size.height, 8);

  if (!check_status(image, status, error))
    return FALSE;
  for (guint i = 0; i < image->n_rows; i++) {
    g_auto(MsRunLength) runs = {0};

    if (!ms_run_table_read_runs(image->table, image->rows[i], size.width, size.height, &runs,
                                error))
      return FALSE;
    ms_run_length_visit(&runs, fill_run, &mask->raster);
  }
  return TRUE;
}

static gboolean
fill_classes(const Image *image, MsMaskSize size, MsMask *mask, GError **error)
{
  g_auto(MsMaskPainting) painting = {0};

  ms_mask_painting_init(&painting, size);
  for (guint i = 0; painting.status == MS_STATUS_OK && i < image->n_rows; i++) {
    g_auto(MsRunLength) runs = {0};

    if (!ms_run_table_read_runs(image->table, image->rows[i], size.width, size.height, &runs,
                                error))
      return FALSE;
    ms_mask_painting_add(&painting, ms_run_table_row_class(image->table, image->rows[i]),
                         MS_STACK_MAXIMUM, &runs, 1);
  }
  return check_status(image, ms_mask_painting_finish(&painting, mask), error);
}

static gboolean
load_runs(gpointer data, int record, MsMaskSize size, MsMask *mask, GCancellable *cancellable,
          GError **error)
{
  const MsRunTable *table = data;
  Image image = {.table = table, .name = ms_run_table_image(table, (guint)record)};
  guint n_classes;

  image.rows = ms_run_table_rows(table, (guint)record, &image.n_rows);
  ms_run_table_classes(table, &n_classes);
  if (!decide_size(&image, &size, error))
    return FALSE;
  return n_classes > 0 ? fill_classes(&image, size, mask, error)
                       : fill_binary(&image, size, mask, error);
}

static gboolean
runs_are_current(gpointer data)
{
  return ms_run_table_is_current(data);
}

static MsReading *
read_as_runs(gboolean classes)
{
  MsReading *reading = ms_reading_new(classes ? MS_ENCODING_STACKS : MS_ENCODING_BINARY, NULL);

  reading->description =
      g_strdup_printf("run lengths, column by column from 1: %s",
                      classes ? "of each class the union, a pixel may be of several" : "binary");
  return reading;
}

static void
run_table_free(gpointer data)
{
  ms_run_table_free(data);
}

MsAnnotations *
ms_annotations_of_runs(MsRunTable *table)
{
  static const MsAnnotationsType type = {load_runs, run_table_free, runs_are_current, NULL};
  guint n_classes;
  const MsClass *classes = ms_run_table_classes(table, &n_classes);
  MsClassTable *named =
      n_classes > 0 ? ms_class_table_new(classes, n_classes, ms_run_table_name(table)) : NULL;

  return ms_annotations_new(&type, table, read_as_runs(n_classes > 0), named,
                            !ms_run_table_has_sizes(table));
}
