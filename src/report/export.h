/* SPDX-License-Identifier: MIT
 *
 * Annotated overlays as PNG files at full resolution: one frame, or a whole set on a pool of
 * workers. The viewer's export and the command's write the same bytes.
 */
#pragma once

#include "render/compose.h"
#include "set/evaluation.h"
#include "set/pair.h"

G_BEGIN_DECLS

typedef struct {
  MsOverlayStyle style;
  double opacity;
  gboolean annotate;   /* legend and scores under the picture */
  gboolean auto_range; /* as ms_picture_wants_auto_range() says */
} MsExportOptions;

void ms_export_options_init(MsExportOptions *options);

/* The picture that would be written (RGB24), e.g. for the clipboard. Errors: cannot be compared,
 * too large for one picture (32,767 a side). */
cairo_surface_t *ms_export_surface(const MsFrame *frame, const MsRuleset *rules,
                                   const MsExportOptions *options, GError **error);
gboolean ms_export_frame(const MsFrame *frame, const MsRuleset *rules,
                         const MsExportOptions *options, const char *path, GError **error);

/* "ID.png" below the folder, sub-folders of the id kept, "ID@MODEL.png" when the set has several
 * models. Caller frees. */
char *ms_export_path(MsSet *set, guint example, guint model, const char *folder);

/* Every example of every model that can be compared. Failures are collected as sentences in
 * *problems (owned strings) and do not stop the rest. Returns the number of files written. Progress
 * is called from the calling thread. */
guint ms_export_set(MsSet *set, const MsExportOptions *options, const char *folder, guint jobs,
                    MsSetProgress progress, gpointer user, GCancellable *cancellable,
                    GPtrArray **problems, GError **error);

G_END_DECLS
