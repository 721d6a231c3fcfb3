/* SPDX-License-Identifier: MIT
 *
 * Annotated overlays, or label sets as chips, as PNG files at full resolution: one frame, or a
 * whole set on a pool of workers. The viewer's export and the command's write the same bytes.
 */
#pragma once

#include <cairo.h>

#include "render/compose.h"
#include "report/class-layer.h"
#include "set/evaluation.h"
#include "set/pair.h"

G_BEGIN_DECLS

typedef struct {
  MsOverlayStyle style;
  MsPaint paint;       /* masks: what lies over the image */
  MsClassFocus *focus; /* masks of several classes: those that are looked at; lent */
  double opacity;
  gboolean annotate;   /* legend and scores under the picture */
  gboolean auto_range; /* as ms_picture_wants_auto_range() says */
} MsExportOptions;

/* Errors in the safe palette, every kind shown, half opaque, annotated, dark images brightened. */
void ms_export_options_init(MsExportOptions *options);

/* The picture that would be written (RGB24), e.g. for the clipboard. Errors: cannot be compared,
 * too large for a surface (32,767 a side). */
cairo_surface_t *ms_export_surface(const MsFrame *frame, const MsRuleset *rules,
                                   const MsExportOptions *options, GError **error);

/* Writes it, of any size: beside the frame a few megabytes are in memory, and of pictures of at
 * most some twenty megapixels their samples. The control is told how much of it is written; stopped
 * by it: G_IO_ERROR_CANCELLED, and the file is as it was. */
gboolean ms_export_frame(const MsFrame *frame, const MsRuleset *rules,
                         const MsExportOptions *options, const char *path, const MsControl *control,
                         GError **error);

/* "ID.png" below the folder, sub-folders of the id kept, "ID@MODEL.png" when the set has several
 * models. What would leave the folder or trouble a file system is written as %XX; no two pairs of
 * example and model share a path. Caller frees. */
char *ms_export_path(MsSet *set, guint example, guint model, const char *folder);

/* What came of exporting a set. */
typedef struct {
  guint written;
  guint unscored;      /* pairs that have an actual mask and could not be compared */
  guint failed;        /* pairs whose picture could not be drawn or written */
  GPtrArray *problems; /* char *, a sentence for each pair without a picture, in id order */
} MsExportOutcome;

void ms_export_outcome_clear(MsExportOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsExportOutcome, ms_export_outcome_clear)

/* Every example of every model that can be compared, on `jobs` workers (0: one a processor), each
 * with one example in memory. One that fails does not stop the rest. Progress is called from the
 * calling thread. FALSE when the folder cannot be made, or when cancelled; *outcome is then still
 * to be cleared. */
gboolean ms_export_set(MsSet *set, const MsExportOptions *options, const char *folder, guint jobs,
                       MsSetProgress progress, gpointer user, GCancellable *cancellable,
                       MsExportOutcome *outcome, GError **error);

G_END_DECLS
