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

/* What is odd about a decision, in sentences, g_free()d; each makes it a guess. */
void ms_add_oddity(GPtrArray *oddities, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The ids that are ignored whatever the samples are: those that --ignore names or, by default, the
 * table; and MS_ID_NONE where the reading has outsiders. */
void ms_reading_ignore(MsReading *reading, const MsOptions *options, const MsClassTable *table);

/* Ends a decision: what was seen (NULL: what the evidence holds), how it is read, what becomes of
 * ids, what is ignored, and what is odd about it. oddities may be NULL. Returns the reading. */
MsReading *ms_reading_conclude(MsReading *reading, const MsEvidence *evidence, const char *seen,
                               const char *meaning, const GPtrArray *oddities);

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
