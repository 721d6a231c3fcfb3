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

/* What is said of wrong pixels. */
typedef struct {
  guint64 counted; /* pixels */
  guint64 wrong;
  guint64 regions;
  guint64 largest; /* pixels of the largest region */
  int x, y;        /* a pixel of it */
  guint64 at_edge; /* wrong ones within 1 px of the actual edge */
} MsWrongPixels;

/* "37 of 262,144 pixels, in 4 regions, the largest 21 px at (310, 88); all within 1 px of the
 * actual edge"; "" where none is wrong. Caller frees. */
char *ms_verdict_describe_wrong(const MsWrongPixels *pixels);

/* The labels of one kind, "Happy, Fast and 3 more"; NULL: none. Caller frees. */
char *ms_verdict_labels(MsSet *set, guint example, guint model, const MsRuleset *rules, MsKind kind,
                        guint max_names);

G_END_DECLS
