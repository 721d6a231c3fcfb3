/* SPDX-License-Identifier: MIT
 *
 * Tolerance: errors within k pixels of the actual edge are forgiven, by exact Euclidean distance. A
 * pixel's reach is the smallest whole k that forgives it.
 *   FP        the distance to the nearest actual pixel of its predicted class;
 *   FN        the distance to the nearest actual pixel that is not of its actual class;
 *   confused  as FP (the nearest pixel not of its actual class is never further).
 * Both are at least 1, so k = 0 forgives nothing. Pixels that are ignored, and what lies outside
 * the image, are of no class and not of another one: they forgive nothing. Background taken for an
 * id that is no class is never forgiven. A forgiven FP counts as TN, a forgiven FN as TP, a
 * forgiven confused pixel as right.
 */
#pragma once

#include "metric/planes.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MS_REACH_MAX  20
#define MS_REACH_NONE 31 /* in a map: no tolerance up to the maximum forgives it */

typedef struct {
  MsMend within[MS_REACH_MAX + 1]; /* forgiven at tolerance k; they grow with k */
} MsReach;

/* map (may be NULL): as that of ms_anatomy_find(); the high five bits of a wrong pixel become its
 * reach, or MS_REACH_NONE. Several threads may be used. Errors: NO_MEMORY, CANCELLED. */
MsStatus ms_reach_find(const MsPlanes *planes, MsRaster *map, const MsControl *control,
                       MsReach *reach);

/* What tolerance k forgives of each class number against the rest, by the numbers of planes of all
 * classes: a confused pixel is an FN of the one class, forgiven as such, and an FP of the other.
 * Writes planes->n_numbers of them; number 0 has none. Stacks are taken as they are numbered.
 * Errors: INVALID (k above the maximum), NO_MEMORY, CANCELLED; they mean nothing then. */
MsStatus ms_reach_find_classes(const MsPlanes *planes, unsigned k, const MsControl *control,
                               MsMend *forgiven);

#ifdef __cplusplus
}
#endif
