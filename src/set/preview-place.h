/* SPDX-License-Identifier: MIT
 *
 * What a folder, pattern or file is by itself, in words; and which folders there are to choose
 * from.
 */
#pragma once

#include "set/preview.h"

G_BEGIN_DECLS

/* Fills a zeroed place. FALSE only when cancelled. path NULL: unnamed. */
gboolean ms_preview_look_at(MsPreviewPlace *place, const char *path, GCancellable *cancellable,
                            GError **error);
/* The same of a table of classes; what lies in `class_folder` (may be NULL) counts where no path is
 * named. */
gboolean ms_preview_look_at_classes(MsPreviewPlace *place, const char *path,
                                    const char *class_folder, GCancellable *cancellable,
                                    GError **error);
void ms_preview_place_clear(MsPreviewPlace *place);

/* MsPreviewFolder below a folder, each before those in it, not deeper than three and not in endless
 * numbers. NULL only when cancelled. */
GPtrArray *ms_preview_list_folders(const char *folder, GCancellable *cancellable, GError **error);

G_END_DECLS
