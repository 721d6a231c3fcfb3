/* SPDX-License-Identifier: MIT
 *
 * Readings of each encoding, once it is decided which (reading-decide.c): what is positive, what is
 * ignored, what was seen and what is odd about it, in words. All are the caller's to free.
 */
#pragma once

#include "set/reading-evidence.h"

G_BEGIN_DECLS

/* evidence NULL: nothing was seen. Without a description yet. */
MsReading *ms_reading_new(MsEncoding encoding, const MsEvidence *evidence);

/* actual: these are the actual masks. oddity may be NULL. */
MsReading *ms_read_as_binary(const MsEvidence *evidence, const MsOptions *options, gboolean actual,
                             const char *oddity);
/* Actual masks of 0, 1 and 255, which is ignored. */
MsReading *ms_read_as_binary_with_void(const MsEvidence *evidence, const MsOptions *options);
MsReading *ms_read_as_grey(const MsEvidence *evidence, const MsOptions *options);
/* actual NULL: these are the actual masks. */
MsReading *ms_read_as_classes(const MsEvidence *evidence, const MsOptions *options,
                              const MsClassTable *table, const MsReading *actual);
MsReading *ms_read_as_probability(const MsEvidence *evidence, const MsOptions *options);

/* Whether --background can only be meant for class ids. */
gboolean ms_asks_for_background(const MsOptions *options);

G_END_DECLS
