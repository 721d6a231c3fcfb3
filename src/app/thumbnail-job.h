/* SPDX-License-Identifier: MIT
 *
 * The making of one thumbnail, on a worker: from the cache folder, from a display that is there, or
 * from the files.
 */
#pragma once

#include "app/display.h"
#include "report/thumbnail-cache.h"
#include "report/thumbnail.h"

G_BEGIN_DECLS

/* What pictures of ordinary size need while they are made. */
#define MS_THUMBNAIL_JOB_BYTES (G_GUINT64_CONSTANT(64) << 20)

typedef struct {
  MsSet *set;
  guint example;
  guint model;
  MsRuleset *rules;
  MsThumbnailLook look;
  MsThumbnailCache *stored; /* NULL: nothing is kept on disk */
  MsDisplay *display;       /* of this example, so that nothing is read; NULL: there is none */
  gboolean stretched;       /* its image is shown as a thumbnail's */
  guint64 allowed;          /* bytes of memory that may be taken */
  guint64 needed;           /* out: bytes that it takes */
  MsResult *result;         /* out: what reading the pair gave, or NULL */
} MsThumbnailJob;

/* All that it points to is its own. */
void ms_thumbnail_job_free(gpointer job);

/* The picture; NULL without an error: there is nothing to show. G_IO_ERROR_BUSY: it needs more
 * memory than it is allowed. */
cairo_surface_t *ms_thumbnail_job_run(MsThumbnailJob *job, GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
