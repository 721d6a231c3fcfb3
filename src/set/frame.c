/* SPDX-License-Identifier: MIT
 *
 * An example with its pixels, for the viewer and for exports. One with label sets has no masks.
 * Shows what there is: a frame without a predicted mask, or with an image alone, is still a frame.
 * Somebody waits for it, so the image is read beside the masks, which takes about as long.
 */
#include "io/file.h"
#include "set/beside.h"
#include "set/masks.h"

typedef struct {
  MsFrame frame;
  gatomicrefcount ref_count;
} OwnedFrame;

MsFrame *
ms_frame_ref(MsFrame *frame)
{
  g_atomic_ref_count_inc(&((OwnedFrame *)frame)->ref_count);
  return frame;
}

void
ms_frame_unref(MsFrame *frame)
{
  if (!frame || !g_atomic_ref_count_dec(&((OwnedFrame *)frame)->ref_count))
    return;
  g_clear_pointer(&frame->image, ms_picture_free);
  g_clear_pointer(&frame->result, ms_result_unref);
  g_free(frame->image_message);
  ms_raster_clear(&frame->actual);
  ms_raster_clear(&frame->predicted);
  g_object_unref(frame->set);
  g_free(frame);
}

/* One that is replaced while it is read is read again. */
#define MAX_IMAGE_READS 4

static MsFrame *
frame_new(MsSet *set, guint example, guint model)
{
  OwnedFrame *owned = g_new0(OwnedFrame, 1);

  g_atomic_ref_count_init(&owned->ref_count);
  owned->frame.set = g_object_ref(set);
  owned->frame.example = example;
  owned->frame.model = model;
  return &owned->frame;
}

typedef struct {
  MsFrame *frame;
  MsPlace place;
  const MsFrameParts *parts;
  GCancellable *cancellable;
} ImageJob;

/* Of a cancelled one the message does not matter. */
static void
load_image(const ImageJob *job)
{
  MsLoader loader = ms_set_get_loader(job->frame->set);
  g_autoptr(GError) reason = NULL;

  if (!job->place.path)
    return;
  for (guint i = 0; i < MAX_IMAGE_READS; i++) {
    guint64 before = ms_stamp_see_place(job->place);

    g_clear_error(&reason);
    g_clear_pointer(&job->frame->image, ms_picture_free);
    job->frame->image = ms_load_picture(&loader, job->place, job->cancellable, &reason);
    if (ms_stamp_see_place(job->place) == before)
      break;
  }
  if (!job->frame->image)
    job->frame->image_message = g_strdup(reason->message);
}

static gpointer
make_image(gpointer data)
{
  const ImageJob *job = data;

  load_image(job);
  if (job->parts)
    job->parts->image(job->parts->user, job->frame);
  return NULL;
}

void
ms_frame_get_size(const MsFrame *frame, int *width, int *height)
{
  if (frame->has_actual || frame->has_predicted) {
    const MsRaster *mask = frame->has_actual ? &frame->actual : &frame->predicted;

    *width = mask->width;
    *height = mask->height;
  } else {
    *width = frame->image ? frame->image->width : 0;
    *height = frame->image ? frame->image->height : 0;
  }
}

static void
compare_image_size(MsFrame *frame)
{
  int width, height;

  ms_frame_get_size(frame, &width, &height);
  if (!frame->image || (frame->image->width == width && frame->image->height == height))
    return;
  frame->image_message = g_strdup_printf("the image is %d x %d, its masks are %d x %d",
                                         frame->image->width, frame->image->height, width, height);
}

/* Moves the rasters into the frame. */
static void
take_masks(MsFrame *frame, MsMasks *masks)
{
  frame->has_actual = masks->has_actual;
  frame->has_predicted = masks->has_predicted;
  frame->actual = masks->actual.raster;
  frame->predicted = masks->predicted.raster;
  masks->actual.raster = (MsRaster){0};
  masks->predicted.raster = (MsRaster){0};
}

/* FALSE only when cancelled. */
static gboolean
load_masks(MsFrame *frame, MsExample *example, GCancellable *cancellable, GError **error)
{
  g_auto(MsMasks) masks = {0};
  MsReadingTry try;

  if (ms_set_get_labels(frame->set)) {
    frame->result = ms_pair_score_labels(frame->set, frame->example, frame->model);
    return TRUE;
  }
  ms_reading_try_begin(&try, frame->set, frame->example, frame->model);
  do {
    ms_masks_clear(&masks);
    masks = (MsMasks){0};
    if (!ms_masks_load(&masks, frame->set, example, frame->model, NULL, cancellable, error))
      return FALSE;
    frame->result = ms_masks_score(&masks, frame->set, example, frame->model, cancellable, error);
    if (!frame->result)
      return FALSE;
  } while (ms_reading_try_again(&try, &frame->result));
  take_masks(frame, &masks);
  return TRUE;
}

/* image: NULL: the example's own. parts: NULL: nothing is made of them. */
static MsFrame *
load(MsSet *set, guint example_index, guint model, const char *image, const MsFrameParts *parts,
     GCancellable *cancellable, GError **error)
{
  g_autoptr(MsExample) example = ms_set_dup_example(set, example_index);
  g_autoptr(MsFrame) frame = frame_new(set, example_index, model);
  ImageJob job = {frame, image ? (MsPlace){image, MS_PART_WHOLE} : ms_example_image_place(example),
                  parts, cancellable};
  GThread *thread;
  gboolean loaded;

  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  thread = ms_beside_start("image", make_image, &job);
  loaded = load_masks(frame, example, cancellable, error);
  if (loaded && parts)
    parts->masks(parts->user, frame);
  ms_beside_finish(thread);
  if (!loaded || g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  compare_image_size(frame);
  return g_steal_pointer(&frame);
}

MsFrame *
ms_frame_load(MsSet *set, guint example, guint model, GCancellable *cancellable, GError **error)
{
  return load(set, example, model, NULL, NULL, cancellable, error);
}

MsFrame *
ms_frame_load_parts(MsSet *set, guint example, guint model, const MsFrameParts *parts,
                    GCancellable *cancellable, GError **error)
{
  return load(set, example, model, NULL, parts, cancellable, error);
}

MsFrame *
ms_frame_load_over(MsSet *set, guint example, guint model, const char *image,
                   GCancellable *cancellable, GError **error)
{
  return load(set, example, model, image, NULL, cancellable, error);
}

static gsize
raster_bytes(const MsRaster *raster)
{
  return raster->pixels ? (gsize)raster->height * (gsize)ABS(raster->stride) : 0;
}

static gsize
stacks_bytes(const MsStacks *stacks)
{
  return stacks ? ms_stacks_bytes(stacks) : 0;
}

gsize
ms_frame_bytes(const MsFrame *frame)
{
  gsize image = frame->image ? (gsize)frame->image->height * frame->image->stride : 0;

  return sizeof(OwnedFrame) + image + raster_bytes(&frame->actual) +
         raster_bytes(&frame->predicted) + stacks_bytes(frame->result->actual_stacks) +
         stacks_bytes(frame->result->predicted_stacks);
}
