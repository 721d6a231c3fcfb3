/* SPDX-License-Identifier: MIT
 *
 * Boundary IoU: the IoU of the inner bands of two masks (Cheng et al., "Boundary IoU: Improving
 * Object-Centric Image Segmentation Evaluation", CVPR 2021). The band of a mask is its pixels whose
 * chessboard distance to the nearest pixel that is not of it is at most d; outside the image
 * nothing is of it. d = ms_boundary_width() (metric/anatomy.h). Ignored pixels are of no mask.
 */
#pragma once

#include "metric/planes.h"
#include "metric/score.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  int width;       /* d */
  uint64_t actual; /* pixels of each band */
  uint64_t predicted;
  uint64_t both;
} MsBands;

/* The bands of each class number against the rest, into planes->n_numbers of them; number 0 has
 * none. Errors: NO_MEMORY, CANCELLED; they mean nothing then. */
MsStatus ms_bands_count(const MsPlanes *planes, const MsControl *control, MsBands *bands);

/* both / (actual + predicted - both). Both bands empty: the empty rule; one empty: 0. */
MsValue ms_score_boundary_iou(const MsBands *bands, MsEmptyRule empty);

#ifdef __cplusplus
}
#endif
