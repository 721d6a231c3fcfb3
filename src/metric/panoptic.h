/* SPDX-License-Identifier: MIT
 *
 * Panoptic quality of two instance maps (Kirillov et al., "Panoptic Segmentation", CVPR 2019). An
 * actual and a predicted segment of one class match when their IoU is above 0.5, strictly; no
 * segment then matches two. SQ is the mean IoU of the matches, RQ = TP / (TP + FP/2 + FN/2),
 * PQ = SQ x RQ. Nothing to count: none of them exists.
 */
#pragma once

#include "metric/joint.h"
#include "metric/score.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  MS_ZERO_IS_BACKGROUND, /* pixels of id 0 are background: every segment counts */
  MS_ZERO_IS_VOID,       /* actual pixels of id 0 are unlabelled: taken out of the union, and an
                          * unmatched predicted segment more than half on them is no FP (COCO) */
} MsZeroRule;

typedef struct {
  MsZeroRule zero;
  uint32_t divisor; /* 0: all segments are of one class. Else an id below it is that class's one
                     * segment (stuff), any other id is of class id / divisor; segments of
                     * different classes do not match */
  const uint32_t *crowds; /* ascending: actual segments that are many objects in one (COCO). They
                           * neither match nor are missed; an unmatched predicted segment more than
                           * half on those of its class and on void is no FP */
  size_t n_crowds;
} MsPanopticRules;

typedef struct {
  uint64_t tp; /* matches */
  uint64_t fp; /* predicted segments without a match */
  uint64_t fn; /* actual segments without one */
  double iou;  /* summed over the matches */
} MsPanoptic;

/* From a joint of segment ids, summed over classes; of one class alone where class_id >= 0. Errors:
 * NO_MEMORY. */
MsStatus ms_panoptic_count(MsJoint *joint, const MsPanopticRules *rules, int64_t class_id,
                           MsPanoptic *panoptic);

MsValue ms_score_sq(const MsPanoptic *panoptic);
MsValue ms_score_rq(const MsPanoptic *panoptic);
MsValue ms_score_pq(const MsPanoptic *panoptic);

#ifdef __cplusplus
}
#endif
