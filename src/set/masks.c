/* SPDX-License-Identifier: MIT
 *
 * From paths to rasters of one size. A file that is missing or unreadable ends in a reason, never
 * in an error: one bad file must not stop a set. Only cancelling stops the work.
 */
#include "set/masks.h"

#include <string.h>

#include "io/file.h"
#include "io/picture-size.h"
#include "set/reading-adjust.h"

void
ms_masks_clear(MsMasks *masks)
{
  ms_mask_clear(&masks->actual);
  ms_mask_clear(&masks->predicted);
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

/* One side of a pair. */
typedef struct {
  MsMasks *masks;
  MsSet *set;
  MsScratch *scratch;
  MsPlace place;
  const MsReading *reading;
  const MsAnnotations *annotations; /* NULL: a file */
  guint32 empty;                    /* what a pixel is that nothing is moved to */
  const char *which;                /* for messages */
  MsMask *mask;
  gboolean *has_it;
  const MsMasksWatch *watch; /* NULL: nobody looks on */
} Side;

static gboolean
is_actual(const Side *side)
{
  return side->mask == &side->masks->actual;
}

static void
tell(const Side *side, const MsSamples *samples, const GError *reason)
{
  if (side->watch)
    side->watch->seen(side->watch->user, is_actual(side), samples, reason);
}

static gboolean
read_file(const Side *side, GCancellable *cancellable, GError **error)
{
  GError *reason = NULL;
  MsLoader loader = ms_set_get_loader(side->set);
  g_autofree char *name = ms_path_display(side->place.path);
  g_autoptr(MsSamples) samples = NULL;

  loader.scratch = side->scratch;
  samples = ms_load_samples(&loader, side->place, cancellable, &reason);
  if (samples)
    ms_reading_apply(side->reading, samples, name, &side->mask->raster, &reason);
  tell(side, samples, reason);
  if (reason)
    g_propagate_error(error, reason);
  return !reason;
}

/* Of an annotation file, which no reading is applied to. */
static gboolean
read_record(const Side *side, MsMaskSize size, GCancellable *cancellable, GError **error)
{
  gboolean swaps = ms_reading_swaps_sides(side->reading);
  MsMaskSize own = {swaps ? size.height : size.width, swaps ? size.width : size.height};
  GError *reason = NULL;

  ms_annotations_load(side->annotations, side->place.part, own, side->mask, cancellable, &reason);
  if (!reason && ms_reading_is_inverted(side->reading))
    ms_raster_invert_binary(&side->mask->raster);
  tell(side, NULL, reason);
  if (reason)
    g_propagate_error(error, reason);
  return !reason;
}

/* What the watch lends. */
static gboolean
borrow_actual(const Side *side)
{
  const MsRaster *lent = is_actual(side) && side->watch ? side->watch->actual : NULL;

  return lent && ms_raster_wrap(&side->mask->raster, lent->width, lent->height, lent->bits,
                                lent->stride, lent->pixels) == MS_STATUS_OK;
}

static gboolean
read_side(const Side *side, MsMaskSize size, GCancellable *cancellable, GError **error)
{
  MsStatus status;

  if (!(side->annotations ? read_record(side, size, cancellable, error)
                          : read_file(side, cancellable, error)))
    return FALSE;
  status = ms_reading_lay(side->reading, side->empty, &side->mask->raster);
  if (status == MS_STATUS_OK)
    return TRUE;
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: its mask cannot be adjusted: %s",
              side->place.path, ms_status_string(status));
  return FALSE;
}

/* FALSE only when cancelled. */
static gboolean
load_side(const Side *side, MsMaskSize size, GCancellable *cancellable, GError **error)
{
  MsMasks *masks = side->masks;
  g_autoptr(GError) reason = NULL;

  if (!side->place.path) {
    set_problem(masks, MS_RESULT_SKIPPED, g_strdup_printf("there is no %s mask", side->which));
    return TRUE;
  }
  *side->has_it = borrow_actual(side) || read_side(side, size, cancellable, &reason);
  if (*side->has_it)
    return TRUE;
  ms_mask_clear(side->mask);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return FALSE;
  set_problem(masks, MS_RESULT_ERROR, g_strdup(reason->message));
  return TRUE;
}

static gboolean
needs_size(const Side *side)
{
  return side->annotations && ms_annotations_needs_size(side->annotations);
}

static gboolean
is_unasked(const Side *predicted)
{
  return predicted->watch && predicted->watch->without_predicted;
}

static MsMaskSize
size_of(const Side *side)
{
  return (MsMaskSize){side->mask->raster.width, side->mask->raster.height};
}

/* 0 x 0 where there is no image, or none that can be read. */
static MsMaskSize
image_size(MsSet *set, MsExample *example, GCancellable *cancellable)
{
  MsLoader loader = ms_set_get_loader(set);
  MsPlace place = ms_example_image_place(example);
  g_autoptr(MsPicture) image = NULL;
  MsMaskSize size = {0, 0};

  if (!place.path || (place.part == MS_PART_WHOLE &&
                      ms_picture_read_size(place.path, &size.width, &size.height, cancellable)))
    return size;
  image = ms_load_picture(&loader, place, cancellable, NULL);
  return image ? (MsMaskSize){image->width, image->height} : size;
}

/* A side that knows its size goes before one that does not; if none does, the image may. */
static gboolean
load_sides(const Side *actual, const Side *predicted, MsExample *example, GCancellable *cancellable,
           GError **error)
{
  gboolean swap = needs_size(actual) && !needs_size(predicted);
  const Side *first = swap ? predicted : actual, *second = swap ? actual : predicted;
  MsMaskSize size = {0, 0};

  if (needs_size(first))
    size = image_size(first->set, example, cancellable);
  if (!load_side(first, size, cancellable, error))
    return FALSE;
  if (second == predicted && is_unasked(predicted))
    return TRUE;
  if (*first->has_it)
    size = size_of(first);
  return load_side(second, size, cancellable, error);
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

char *
ms_masks_describe_mismatch(const MsRaster *actual, const MsRaster *predicted, MsSet *set,
                           MsExample *example, guint model)
{
  g_autofree char *actual_file = ms_path_display(ms_example_get_actual(example));
  g_autofree char *predicted_file = ms_path_display(ms_example_get_predicted(example, model));
  gboolean turned = ms_reading_swaps_sides(ms_set_get_predicted_reading(set, model));

  return g_strdup_printf("sizes differ: actual is %d x %d, predicted is %d x %d%s (%s, %s)",
                         actual->width, actual->height, predicted->width, predicted->height,
                         turned ? " once it is turned" : "", actual_file, predicted_file);
}

static void
match_sizes(MsMasks *masks, MsSet *set, MsExample *example, guint model, gboolean keep)
{
  MsStatus status = MS_STATUS_SIZE_MISMATCH;

  if (!masks->has_actual || !masks->has_predicted ||
      (masks->actual.raster.width == masks->predicted.raster.width &&
       masks->actual.raster.height == masks->predicted.raster.height))
    return;
  if (ms_set_get_options(set)->resize_predicted)
    status = resize_nearest(&masks->predicted.raster, masks->actual.raster.width,
                            masks->actual.raster.height);
  masks->resized = status == MS_STATUS_OK;
  if (masks->resized)
    return;
  if (status == MS_STATUS_SIZE_MISMATCH) {
    masks->predicted_width = masks->predicted.raster.width;
    masks->predicted_height = masks->predicted.raster.height;
    set_problem(masks, MS_RESULT_SKIPPED,
                ms_masks_describe_mismatch(&masks->actual.raster, &masks->predicted.raster, set,
                                           example, model));
  } else {
    set_problem(masks, MS_RESULT_ERROR, g_strdup(ms_status_string(status)));
  }
  if (keep)
    return;
  ms_mask_clear(&masks->predicted);
  masks->has_predicted = FALSE;
}

gboolean
ms_masks_resize(MsMasks *masks)
{
  if (resize_nearest(&masks->predicted.raster, masks->actual.raster.width,
                     masks->actual.raster.height) != MS_STATUS_OK)
    return FALSE;
  g_clear_pointer(&masks->message, g_free);
  masks->status = MS_RESULT_OK;
  masks->resized = TRUE;
  return TRUE;
}

/* Ids as stacks of one class each, where the other side has stacks; 0 is none. */
static void
stack_side(MsMasks *masks, MsMask *mask, gboolean has_it)
{
  MsRaster ids = mask->raster;
  MsStatus status;

  if (!has_it || mask->stacks)
    return;
  mask->raster = (MsRaster){0};
  status = ms_stacks_from_ids(&ids, 0, &mask->raster, &mask->stacks);
  ms_raster_clear(&ids);
  if (status != MS_STATUS_OK)
    set_problem(masks, MS_RESULT_ERROR, g_strdup(ms_status_string(status)));
}

static void
stack_sides(MsMasks *masks, const MsRuleset *ruleset)
{
  if (ruleset->rules.comparison != MS_COMPARE_STACKS)
    return;
  stack_side(masks, &masks->actual, masks->has_actual);
  stack_side(masks, &masks->predicted, masks->has_predicted);
}

guint32
ms_masks_empty_sample(const MsRules *rules)
{
  if (rules->comparison != MS_COMPARE_CLASSES)
    return 0;
  return rules->background < 0 ? MS_ID_NONE : (guint32)rules->background;
}

gboolean
ms_masks_load(MsMasks *masks, MsSet *set, MsExample *example, guint model, MsScratch *scratch,
              GCancellable *cancellable, GError **error)
{
  return ms_masks_load_watched(masks, set, example, model, NULL, scratch, cancellable, error);
}

gboolean
ms_masks_load_watched(MsMasks *masks, MsSet *set, MsExample *example, guint model,
                      const MsMasksWatch *watch, MsScratch *scratch, GCancellable *cancellable,
                      GError **error)
{
  const char *problem = ms_example_get_problem(example, model);

  const Side actual = {.masks = masks,
                       .set = set,
                       .scratch = scratch,
                       .place = ms_example_actual_place(example),
                       .reading = ms_set_get_actual_reading(set),
                       .annotations = ms_set_get_annotations(set, MS_SET_ACTUAL),
                       .which = "actual",
                       .mask = &masks->actual,
                       .has_it = &masks->has_actual,
                       .watch = watch};
  const Side predicted = {.masks = masks,
                          .set = set,
                          .scratch = scratch,
                          .place = ms_example_predicted_place(example, model),
                          .reading = ms_set_get_predicted_reading(set, model),
                          .annotations = ms_set_get_annotations(set, model),
                          .empty = ms_masks_empty_sample(&ms_set_get_rules(set, model)->rules),
                          .which = "predicted",
                          .mask = &masks->predicted,
                          .has_it = &masks->has_predicted,
                          .watch = watch};

  if (problem)
    set_problem(masks, MS_RESULT_SKIPPED, g_strdup(problem));
  if (!load_sides(&actual, &predicted, example, cancellable, error))
    return FALSE;
  match_sizes(masks, set, example, model, watch != NULL);
  stack_sides(masks, ms_set_get_rules(set, model));
  return TRUE;
}
