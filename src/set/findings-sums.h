/* SPDX-License-Identifier: MIT
 *
 * What the findings of a set's examples add up to, of the set and of each split: the anatomy, and
 * scores at every tolerance (set/tolerant-sums.h). For any thread.
 */
#pragma once

#include "set/findings.h"
#include "set/set.h"
#include "set/tolerant-sums.h"

G_BEGIN_DECLS

/* Over the examples whose findings are there. */
typedef struct {
  MsCounts counts;
  guint64 n_counted; /* 0: there is no score (ms_score_counted_iou()) */
} MsPooledCounts;

typedef struct MsFindingsSums MsFindingsSums;

MsFindingsSums *ms_findings_sums_new(MsSet *set, MsEmptyRule empty);
MsFindingsSums *ms_findings_sums_ref(MsFindingsSums *sums);
void ms_findings_sums_unref(MsFindingsSums *sums); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsFindingsSums, ms_findings_sums_unref)

/* Claims an example: FALSE where it was claimed before. findings NULL: it has none. */
gboolean ms_findings_sums_add(MsFindingsSums *sums, guint example, const MsFindings *findings);
/* Takes off what was added, so that the example can be claimed anew. findings as they were. */
void ms_findings_sums_remove(MsFindingsSums *sums, guint example, const MsFindings *findings);
gboolean ms_findings_sums_has(MsFindingsSums *sums, guint example);

/* Examples of a split (NULL: the set) that are claimed. */
guint ms_findings_sums_count_claimed(MsFindingsSums *sums, const char *split);

/* What follows: of a split (NULL: the set). FALSE: no such split. */
gboolean ms_findings_sums_get_anatomy(MsFindingsSums *sums, const char *split, MsAnatomy *anatomy,
                                      MsPooledCounts *pooled, guint *n_examples);

gboolean ms_findings_sums_get_scores(MsFindingsSums *sums, const char *split, guint k,
                                     MsTolerantScores *scores, guint *n_examples);

G_END_DECLS
