/* SPDX-License-Identifier: MIT
 *
 * Coloured masks: which of their two colours is positive, or which class each colour means. For
 * reading-decide.c.
 */
#pragma once

#include "set/reading-make.h"

G_BEGIN_DECLS

/* The darker of the only two colours of all files first; FALSE: there are more, or fewer bits or
 * more than 8. */
gboolean ms_evidence_two_colors(const MsEvidence *evidence, guint8 dark[3], guint8 bright[3]);

/* actual NULL: these are the actual masks. wants_samples: something forces samples that a colour
 * does not have, or ids. Errors (MS_SET_ERROR_READING) say what is missing. */
MsReading *ms_decide_colors(const MsEvidence *evidence, const MsReading *actual,
                            const MsOptions *options, const MsClassTable *table,
                            gboolean found_table, gboolean wants_samples, const char *folder,
                            GError **error);

G_END_DECLS
