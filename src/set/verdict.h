/* SPDX-License-Identifier: MIT
 *
 * Whether an example is an exact match, and if not why, in one sentence: for masks by counts of
 * pixels, for label sets by the names of the labels.
 */
#pragma once

#include "set/pair.h"

G_BEGIN_DECLS

/* "Not exact: 112 of 1,024 pixels differ"; "Not exact: missed Melodic, extra Slow"; "Exact match:
 * all 5 labels are right". confusion: the example's under the rules. Caller frees. */
char *ms_verdict(MsSet *set, guint example, guint model, const MsRuleset *rules,
                 const MsConfusion *confusion);

/* The same of the pixels of one class against the rest: "road: 22,178 of 172,800 pixels differ",
 * "road: all 1,024 pixels agree". Caller frees. */
char *ms_verdict_class(MsSet *set, guint model, const MsClassCounts *class);

/* The labels of one kind, "Happy, Fast and 3 more"; NULL: none. Caller frees. */
char *ms_verdict_labels(MsSet *set, guint example, guint model, const MsRuleset *rules, MsKind kind,
                        guint max_names);

G_END_DECLS
