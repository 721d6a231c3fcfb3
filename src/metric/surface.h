/* SPDX-License-Identifier: MIT
 *
 * Distances between the borders of two masks, Euclidean, in pixels. The border of a mask is its
 * pixels with a 4-neighbour that is not of it; outside the image nothing is. For each border pixel
 * the distance to the nearest one of the other mask, in both directions:
 *   Hausdorff  the largest;
 *   HD95       the larger of the two directions' 95th percentiles, linear interpolation between
 *              order statistics (rank 0.95 x (n - 1));
 *   ASSD       the mean of both directions' distances pooled;
 *   MASD       the mean of the two directions' means;
 *   surface Dice at a tolerance (NSD): the share of all border pixels within it (<=).
 * Both masks empty: distances 0, surface Dice by the empty rule. One empty: distances infinite,
 * surface Dice 0. Definitions as in Maier-Hein et al., "Metrics reloaded", Nature Methods 2024.
 */
#pragma once

#include "metric/planes.h"
#include "metric/score.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint64_t n_actual; /* border pixels */
  uint64_t n_predicted;
  double hausdorff; /* may be infinite, as the next three */
  double hd95;
  double assd;
  double masd;
  uint64_t n_within; /* border pixels of both masks within the tolerance */
} MsSurface;

/* Of one class number against the rest. tolerance >= 0, in pixels. Errors: INVALID, NO_MEMORY,
 * CANCELLED. */
MsStatus ms_surface_measure(const MsPlanes *planes, uint32_t number, double tolerance,
                            const MsControl *control, MsSurface *surface);

MsValue ms_score_surface_dice(const MsSurface *surface, MsEmptyRule empty);

#ifdef __cplusplus
}
#endif
