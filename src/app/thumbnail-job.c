/* SPDX-License-Identifier: MIT */
#include "app/thumbnail-job.h"

#include <sys/stat.h>

#include "io/picture-size.h"
#include "report/layers.h"
#include "report/thumbnail-key.h"
#include "set/control.h"

/* Bytes a pixel while a thumbnail is made: the decoded picture and its pyramid; the mask, decoded
 * and read, and the pyramid of kinds, which both masks share. */
#define BYTES_OF_IMAGE 10
#define BYTES_OF_MASK  4

/* How much larger a file of unknown form is in memory. */
#define UNPACKED 16

void
ms_thumbnail_job_free(gpointer data)
{
  MsThumbnailJob *job = data;

  g_object_unref(job->set);
  ms_ruleset_unref(job->rules);
  g_clear_pointer(&job->stored, ms_thumbnail_cache_unref);
  g_clear_pointer(&job->display, ms_display_unref);
  g_clear_pointer(&job->result, ms_result_unref);
  g_free(job);
}

/* --- what it needs --- */

static guint64
bytes_of(MsPlace place, guint bytes_of_pixel, GCancellable *cancellable)
{
  int width, height;
  struct stat info;

  if (!place.path || place.part != MS_PART_WHOLE)
    return 0;
  if (ms_picture_read_size(place.path, &width, &height, cancellable))
    return (guint64)width * (guint64)height * bytes_of_pixel;
  return stat(place.path, &info) == 0 ? (guint64)info.st_size * UNPACKED : 0;
}

static guint64
estimate(MsThumbnailJob *job, GCancellable *cancellable)
{
  g_autoptr(MsExample) example = ms_set_dup_example(job->set, job->example);

  return bytes_of(ms_example_image_place(example), BYTES_OF_IMAGE, cancellable) +
         bytes_of(ms_example_actual_place(example), BYTES_OF_MASK, cancellable) +
         bytes_of(ms_example_predicted_place(example, job->model), BYTES_OF_MASK, cancellable);
}

/* --- from what is there --- */

static gboolean
has_kinds(const MsThumbnailJob *job)
{
  MsPainting painting = {.rules = job->rules, .layers = MS_LAYERS_ERRORS};

  return ms_display_is_painted(job->display, &painting);
}

/* *exact: it is the picture that the files would give. */
static cairo_surface_t *
draw_display(const MsThumbnailJob *job, gboolean *exact, GCancellable *cancellable)
{
  MsControl control = ms_control_for(cancellable);
  const MsDisplay *display = job->display;
  MsPyramid *made = NULL;
  cairo_surface_t *surface;

  *exact = TRUE;
  if (ms_set_get_labels(job->set))
    return ms_thumbnail_new(display->frame, job->rules, &job->look);
  *exact = job->stretched || !display->image;
  if (has_kinds(job))
    return ms_thumbnail_new_painted(display->image, ms_display_layer(display, MS_LAYER_ERRORS),
                                    &job->look);
  made = ms_layers_kinds(display->frame, &job->rules->rules, NULL, NULL, NULL, &control);
  surface = ms_thumbnail_new_painted(display->image, made, &job->look);
  ms_pyramid_free(made);
  return surface;
}

static cairo_surface_t *
draw_files(MsThumbnailJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsFrame) frame = NULL;

  job->needed = estimate(job, cancellable);
  if (job->needed > job->allowed) {
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_BUSY, "needs more memory");
    return NULL;
  }
  frame = ms_frame_load(job->set, job->example, job->model, cancellable, error);
  if (!frame)
    return NULL;
  job->result = ms_result_ref(frame->result);
  return ms_thumbnail_new(frame, job->rules, &job->look);
}

cairo_surface_t *
ms_thumbnail_job_run(MsThumbnailJob *job, GCancellable *cancellable, GError **error)
{
  g_autofree char *key =
      job->stored ? ms_thumbnail_key(job->set, job->example, job->model, job->rules, &job->look)
                  : NULL;
  cairo_surface_t *surface = NULL;
  gboolean exact = TRUE;

  if (key)
    surface = ms_thumbnail_cache_get(job->stored, key, job->look.width, job->look.height);
  if (surface)
    return surface;
  surface =
      job->display ? draw_display(job, &exact, cancellable) : draw_files(job, cancellable, error);
  if (surface && key && exact && !g_cancellable_is_cancelled(cancellable))
    ms_thumbnail_cache_put(job->stored, key, surface);
  return surface;
}
