/* SPDX-License-Identifier: MIT
 *
 * What a list needs of every example's findings, of one model under one set of rules: records in
 * chunks that snapshots share until one side writes, as set/results.h has them. Shaped for a
 * million examples: 40 bytes each, and the packed findings in a heap. Written by one thread; a
 * snapshot may be read by any.
 */
#pragma once

#include "set/findings.h"
#include "set/results-heap.h"

G_BEGIN_DECLS

typedef enum {
  MS_FOUND_WAITING, /* not looked for yet */
  MS_FOUND_OK,
  MS_FOUND_NOTHING, /* masks that cannot be compared: skipped, or not readable */
} MsFound;

/* Pixels beyond 2^32 - 1 are that many here. */
typedef struct {
  guint32 largest; /* pixels of the largest region */
  guint32 n_regions;
  guint32 errors[MS_N_ERRORS]; /* pixels of each */
  guint8 status;               /* MsFound */
} MsFoundRecord;

void ms_found_record_set(MsFoundRecord *record, const MsFindings *findings);
/* Pixels of all errors. */
guint64 ms_found_record_wrong(const MsFoundRecord *record);

typedef struct MsFindingsTable MsFindingsTable;

/* All WAITING, with what is packed in this heap. */
MsFindingsTable *ms_findings_table_new(guint n_examples, MsResultsHeap *heap);
MsFindingsTable *ms_findings_table_ref(MsFindingsTable *table);
void ms_findings_table_unref(MsFindingsTable *table); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsFindingsTable, ms_findings_table_unref)

/* As it is now, for a few machine words a thousand examples. */
MsFindingsTable *ms_findings_table_snapshot(MsFindingsTable *table);

guint ms_findings_table_n_examples(const MsFindingsTable *table);

/* place: in the heap; 0: nowhere. */
void ms_findings_table_put(MsFindingsTable *table, guint example, const MsFoundRecord *record,
                           MsResultsPlace place);

/* Lent until the next write. */
const MsFoundRecord *ms_findings_table_get(const MsFindingsTable *table, guint example);
/* FALSE: there are none, as of an exact match (or the temporary file cannot be read). May read that
 * file, so for a viewer's main thread only where that does not matter: an example at a time. */
gboolean ms_findings_table_read(const MsFindingsTable *table, guint example, MsFindings *findings);

G_END_DECLS
