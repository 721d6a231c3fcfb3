/* SPDX-License-Identifier: MIT
 *
 * From paths to rasters of one size. A file that is missing or unreadable ends in a reason, never
 * in an error: one bad file must not stop a set. Only cancelling stops the work.
 */
#include "set/masks.h"

#include <string.h>

#include "io/file.h"
#include "set/load.h"

void
ms_masks_clear(MsMasks *masks)
{
  ms_raster_clear(&masks->actual);
  ms_raster_clear(&masks->predicted);
  g_free(masks->message);
  *masks = (MsMasks){0};
}

/* The first reason stays: it is the one to mend first. */
static void
set_problem(MsMasks *masks, MsResultStatus status, char *message)
{
  if (masks->status == MS_RESULT_OK) {
    masks->status = status;
    masks->message = message;
  } else {
    g_free(message);
  }
}

static gboolean
read_mask(const char *path, const MsReading *reading, MsRaster *raster, GCancellable *cancellable,
          GError **error)
{
  g_autofree char *name = ms_path_display(path);
  g_autoptr(MsSamples) samples = ms_load_samples(path, cancellable, error);

  return samples && ms_reading_apply(reading, samples, name, raster, error);
}

/* FALSE only when cancelled. */
static gboolean
load_one(MsMasks *masks, const char *path, const MsReading *reading, const char *which,
         MsRaster *raster, gboolean *has_it, GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) reason = NULL;

  if (!path) {
    set_problem(masks, MS_RESULT_SKIPPED, g_strdup_printf("there is no %s mask", which));
    return TRUE;
  }
  *has_it = read_mask(path, reading, raster, cancellable, &reason);
  if (*has_it)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return FALSE;
  set_problem(masks, MS_RESULT_ERROR, g_strdup(reason->message));
  return TRUE;
}

/* Source index floor((i + 0.5) * S / D), in whole numbers. */
static int
nearest_index(int i, int source, int target)
{
  return (int)((2 * (gint64)i + 1) * source / (2 * (gint64)target));
}

static void
resize_row(const guint8 *source, guint8 *target, gsize sample_bytes, const int *columns, int width)
{
  for (int x = 0; x < width; x++)
    memcpy(target + x * sample_bytes, source + columns[x] * sample_bytes, sample_bytes);
}

static MsStatus
resize_nearest(MsRaster *raster, int width, int height)
{
  g_autofree int *columns = g_new(int, width);
  MsRaster resized = {0};
  MsStatus status = ms_raster_init(&resized, width, height, raster->bits);

  if (status != MS_STATUS_OK)
    return status;
  for (int x = 0; x < width; x++)
    columns[x] = nearest_index(x, raster->width, width);
  for (int y = 0; y < height; y++)
    resize_row(ms_raster_row(raster, nearest_index(y, raster->height, height)),
               ms_raster_row_writable(&resized, y), (gsize)raster->bits / 8, columns, width);
  ms_raster_clear(raster);
  *raster = resized;
  return MS_STATUS_OK;
}

static char *
describe_mismatch(const MsMasks *masks, MsExample *example, guint model)
{
  g_autofree char *actual = ms_path_display(ms_example_get_actual(example));
  g_autofree char *predicted = ms_path_display(ms_example_get_predicted(example, model));

  return g_strdup_printf("sizes differ: actual is %d x %d, predicted is %d x %d (%s, %s)",
                         masks->actual.width, masks->actual.height, masks->predicted.width,
                         masks->predicted.height, actual, predicted);
}

static void
match_sizes(MsMasks *masks, MsSet *set, MsExample *example, guint model)
{
  MsStatus status = MS_STATUS_SIZE_MISMATCH;

  if (!masks->has_actual || !masks->has_predicted ||
      (masks->actual.width == masks->predicted.width &&
       masks->actual.height == masks->predicted.height))
    return;
  if (ms_set_get_options(set)->resize_predicted)
    status = resize_nearest(&masks->predicted, masks->actual.width, masks->actual.height);
  masks->resized = status == MS_STATUS_OK;
  if (masks->resized)
    return;
  set_problem(masks, status == MS_STATUS_SIZE_MISMATCH ? MS_RESULT_SKIPPED : MS_RESULT_ERROR,
              status == MS_STATUS_SIZE_MISMATCH ? describe_mismatch(masks, example, model)
                                                : g_strdup(ms_status_string(status)));
  ms_raster_clear(&masks->predicted);
  masks->has_predicted = FALSE;
}

gboolean
ms_masks_load(MsMasks *masks, MsSet *set, MsExample *example, guint model,
              GCancellable *cancellable, GError **error)
{
  const char *problem = ms_example_get_problem(example, model);

  if (problem)
    set_problem(masks, MS_RESULT_SKIPPED, g_strdup(problem));
  if (!load_one(masks, ms_example_get_actual(example), ms_set_get_actual_reading(set), "actual",
                &masks->actual, &masks->has_actual, cancellable, error) ||
      !load_one(masks, ms_example_get_predicted(example, model),
                ms_set_get_predicted_reading(set, model), "predicted", &masks->predicted,
                &masks->has_predicted, cancellable, error))
    return FALSE;
  match_sizes(masks, set, example, model);
  return TRUE;
}
