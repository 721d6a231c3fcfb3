/* SPDX-License-Identifier: MIT
 *
 * What is kept of one example's diagnosis under rules: its largest error regions, the anatomy of
 * its error, how far its wrong pixels lie from the actual edge, and the strict counts that all of
 * these speak of. A plain value without pixels; packed it takes some ten bytes a region, and bytes
 * from a store are hostile input like any other.
 */
#pragma once

#include "metric/diagnosis.h"
#include "set/packed.h"

G_BEGIN_DECLS

#define MS_FINDINGS_REGIONS 64

typedef struct {
  MsCounts counts;   /* the headline ones; tn only with has_tn */
  guint64 n_counted; /* counted pixels; 0: there is no score */
  gboolean has_tn;
  int width, height;
  guint64 n_regions;                     /* all of them */
  guint n_listed;                        /* the largest first, as ms_regions_get() has them */
  MsRegion regions[MS_FINDINGS_REGIONS]; /* n_of_pair is not kept: 0 */
  MsAnatomy anatomy;
  MsReach reach;
} MsFindings;

/* Of an example of this size with these counts. */
void ms_findings_init(MsFindings *findings, const MsDiagnosis *diagnosis, int width, int height,
                      const MsCounts *counts, guint64 n_counted, gboolean has_tn);

/* NULL: no memory. */
MsPacked *ms_findings_pack(const MsFindings *findings);
/* FALSE: damaged bytes, and nothing that may be read is in findings. What is accepted holds
 * together: regions lie in the image, the five errors and what is forgiven are of these counts. */
gboolean ms_findings_unpack(MsFindings *findings, const MsPacked *packed);

/* All wrong pixels. */
guint64 ms_findings_wrong(const MsFindings *findings);

/* The counts and the IoU at tolerance k, up to MS_REACH_MAX; 0: the strict ones. */
MsCounts ms_findings_counts_at(const MsFindings *findings, guint k);
MsValue ms_findings_iou_at(const MsFindings *findings, guint k, MsEmptyRule empty);
/* Every wrong pixel is forgiven. */
gboolean ms_findings_is_exact_at(const MsFindings *findings, guint k);

G_END_DECLS
