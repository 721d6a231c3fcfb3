/* SPDX-License-Identifier: MIT
 *
 * The joint histogram of one pair of rasters: how many pixels hold actual sample a and predicted
 * sample p. It is the only thing that looks at pixels to count them; every score under every
 * threshold, ignored label or choice of class follows from it (metric/confusion.h).
 *
 * Shaped for: 8-bit pairs of a few megapixels (a dense table while counting, compact cells when
 * kept), binary pairs (four cells, vector kernels), and 16- and 32-bit ids with few distinct pairs
 * (a hash). Counts are 64-bit. Results do not depend on the order of adds, rows or merges.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/raster.h"
#include "metric/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint32_t actual;
  uint32_t predicted;
  uint64_t count; /* never 0 */
} MsCell;

typedef struct MsJoint MsJoint;

MsStatus ms_joint_new(MsJoint **joint);
/* Of cells that were counted before, copied. Errors: INVALID (not ascending by (actual, predicted),
 * a count of 0, or counts that do not add up in 64 bits), TOO_LARGE, NO_MEMORY. */
MsStatus ms_joint_new_of_cells(const MsCell *cells, size_t n_cells, MsJoint **joint);
void ms_joint_free(MsJoint *joint); /* NULL is fine */

/* Puts cells into the order above, and those of one pair into one cell. Errors: NO_MEMORY. */
MsStatus ms_cells_sort(MsCell *cells, size_t *n_cells);

/* Counts every pixel of the pair. Errors: SIZE_MISMATCH, NO_MEMORY, CANCELLED (the joint then holds
 * part of the pair and is only good for ms_joint_free). */
MsStatus ms_joint_add(MsJoint *joint, const MsRaster *actual, const MsRaster *predicted,
                      const MsControl *control);

/* The same for rows first_row <= y < first_row + n_rows, for callers that share a pair out. */
MsStatus ms_joint_add_rows(MsJoint *joint, const MsRaster *actual, const MsRaster *predicted,
                           int first_row, int n_rows);

/* The same of n_rows of 1-bit samples on either side, packed as PNG has them: the first in the
 * highest bit, each row from a byte's start on, right behind the one before. Bits behind the width
 * count nowhere. Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_joint_add_bits(MsJoint *joint, const uint8_t *actual, const uint8_t *predicted,
                           int width, int n_rows);

/* Adds the counts of `other`, which stays as it is. */
MsStatus ms_joint_merge(MsJoint *joint, const MsJoint *other);

/* Moves what was counted into cells as ms_joint_cells() gives them, the caller's to free() (NULL:
 * none). The joint is empty then and keeps its working memory: for counting pair after pair. */
MsStatus ms_joint_drain(MsJoint *joint, MsCell **cells, size_t *n_cells);

/* Forgets what was counted, likewise. */
void ms_joint_empty(MsJoint *joint);

/* Gives back working memory: afterwards the joint holds its cells and little else. Counting more is
 * still allowed. */
MsStatus ms_joint_compact(MsJoint *joint);

/* The non-zero cells in ascending order of (actual, predicted); lent until the next change of the
 * joint. Compacts first, so call it once before sharing a joint between threads. */
MsStatus ms_joint_cells(MsJoint *joint, const MsCell **cells, size_t *n_cells);

/* Number of pixels counted. */
uint64_t ms_joint_total(const MsJoint *joint);

#ifdef __cplusplus
}
#endif
