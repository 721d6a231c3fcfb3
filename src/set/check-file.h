/* SPDX-License-Identifier: MIT
 *
 * What a check notes of one file.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

/* A mask's samples as they were decoded. The rest stays as it is. Cancelled: some of it is not
 * noted, here and below. */
void ms_check_file_note_samples(MsCheckFile *file, const MsSamples *samples,
                                GCancellable *cancellable);
/* The record of an annotation file: what it was painted as. */
void ms_check_file_note_mask(MsCheckFile *file, const MsMask *mask, GCancellable *cancellable);
/* FALSE only when cancelled. */
gboolean ms_check_file_read_image(MsCheckFile *file, MsSet *set, MsPlace place,
                                  GCancellable *cancellable);
void ms_check_file_clear(MsCheckFile *file);

G_END_DECLS
