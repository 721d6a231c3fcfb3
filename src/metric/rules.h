/* SPDX-License-Identifier: MIT
 *
 * What a comparison of an actual with a predicted raster means: which samples are positive, which
 * ids are classes, what is ignored, and what an empty pair is worth. A plain value that borrows
 * its arrays: whoever fills it keeps them alive while it is in use.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the overlap ratios of a pair without any positive pixel on either side are. */
typedef enum {
  MS_EMPTY_ONE,  /* a perfect answer: 1 */
  MS_EMPTY_ZERO, /* 0 */
  MS_EMPTY_SKIP, /* not a value: left out of means */
} MsEmptyRule;

typedef enum {
  MS_COMPARE_BINARY,    /* both rasters: 0 is background, any other id is positive */
  MS_COMPARE_THRESHOLD, /* actual as BINARY; predicted holds values, positive when > threshold */
  MS_COMPARE_CLASSES,   /* both rasters hold class ids */
  MS_COMPARE_STACKS,    /* both rasters hold stacks (metric/stacks.h): a pixel may be of several
                         * classes at once, and of none; predicted ones whose score is > threshold */
  MS_COMPARE_LABELS,    /* label sets, not rasters: label i is class i, there is no background */
} MsComparison;

/* Whether there are several classes, each counted against the rest: CLASSES, STACKS and LABELS. */
bool ms_comparison_has_classes(MsComparison comparison);

typedef struct {
  MsComparison comparison;
  uint32_t threshold;      /* THRESHOLD, STACKS: in sample units, compared with a strict > */
  const uint32_t *ignored; /* actual ids whose pixels count nowhere, sorted ascending; of STACKS:
                            * pixels on which such a class lies */
  size_t n_ignored;
  int64_t background;      /* CLASSES, STACKS: the id of background, or -1: every class is
                            * foreground */
  const uint32_t *classes; /* CLASSES, STACKS, LABELS: the ids that are classes, sorted ascending,
                            * each once. NULL: every id that is not ignored is a class */
  size_t n_classes;
  bool ignore_unlisted; /* with `classes`: an actual id outside them is ignored (true) or stops the
                         * comparison with MS_STATUS_UNKNOWN_ID (false) */
  MsEmptyRule empty;
} MsRules;

/* The rules of a plain binary pair: nothing ignored, empty pair 1. */
void ms_rules_init(MsRules *rules);

/* Whether an actual id counts nowhere: an ignored label, or unlisted under `ignore_unlisted` (of
 * label sets, unlisted at all). Binary and threshold comparisons ask this of the actual side alone:
 * any predicted id but 0 is positive. */
bool ms_rules_is_ignored(const MsRules *rules, uint32_t actual_id);

/* CLASSES, STACKS, LABELS: whether an id is a class, that is listed (or nothing is listed) and not
 * ignored.
 */
bool ms_rules_is_class(const MsRules *rules, uint32_t id);

/* The largest sample that is still negative: the biggest v with v / maximum <= threshold, so that
 * `v > result` is `v / maximum > threshold`. threshold in [0, 1]; maximum is 255 for 8 bits, 65,535
 * for 16. For 0.5 and 255 this is 127. */
uint32_t ms_threshold_sample(double threshold, uint32_t maximum);

#ifdef __cplusplus
}
#endif
