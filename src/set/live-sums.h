/* SPDX-License-Identifier: MIT
 *
 * The set scores of one model as results come in, for the set and each of its splits: under the
 * set's rules, and where a threshold decides under every threshold. Examples are added by whoever
 * has scored them, in any order and each once; scores are asked for at any time and cost no look at
 * the examples. For any thread.
 */
#pragma once

#include "metric/threshold-sums.h"
#include "set/pair.h"
#include "set/scoreboard.h"

G_BEGIN_DECLS

/* The steps of the threshold under such rules: step k is the threshold k / (n_steps - 1). 0: there
 * is none, or steps cannot say it. */
guint ms_live_sums_n_steps(const MsRuleset *rules);

typedef struct MsLiveSums MsLiveSums;

MsLiveSums *ms_live_sums_new(MsSet *set, guint model);
void ms_live_sums_free(MsLiveSums *sums); /* NULL is fine */

/* What a thread uses again for each example it adds; zeroed at first. */
typedef struct {
  MsThresholdCuts cuts;
  GArray *cells;
} MsLiveScratch;

void ms_live_scratch_clear(MsLiveScratch *scratch);

/* Adds what came of an example; packed: its histogram (masks). FALSE: something of this example was
 * added before, and stays. */
gboolean ms_live_sums_add(MsLiveSums *sums, guint example, const MsResult *result,
                          const MsPacked *packed, MsLiveScratch *scratch);

/* Puts what came of an example in the place of what was added before. before: its status, confusion
 * (under the set's rules) and resized as they were, with what was packed. */
void ms_live_sums_replace(MsLiveSums *sums, guint example, const MsResult *before,
                          const MsPacked *packed_before, const MsResult *result,
                          const MsPacked *packed, MsLiveScratch *scratch);

/* A score of a split (NULL: the set) with another threshold than the set's, or the same one (any,
 * where there is none). FALSE: there are no sums that it could be made of. */
gboolean ms_live_sums_get_value(MsLiveSums *sums, const char *split, MsSetMetric metric,
                                double threshold, MsValue *value);

/* Whether there are sums of a split (NULL: the set) at each of n_steps steps. */
gboolean ms_live_sums_has_points(MsLiveSums *sums, const char *split, guint n_steps);
/* Adds the sums of a split (NULL: the set) at each of n_steps steps to points, which begin zeroed.
 * FALSE, with nothing added: there are no such sums. */
gboolean ms_live_sums_add_points(MsLiveSums *sums, const char *split, guint n_steps,
                                 MsThresholdPoint *points);

/* Fills a standing, of which only the split is set, by its number (0: the whole set, then the
 * splits in the set's order): tally, scores and pooled counts under the set's rules, or those with
 * another threshold. FALSE, with nothing changed: there are no such sums. */
gboolean ms_live_sums_fill(MsLiveSums *sums, const MsRuleset *rules, guint number,
                           MsStanding *standing);

G_END_DECLS
