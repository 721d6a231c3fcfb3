/* SPDX-License-Identifier: MIT
 *
 * Masks in which a pixel may be of several classes at once, as objects that overlap are. A raster
 * then holds numbers of stacks: which classes lie on a pixel, each with the highest score of the
 * objects that bring it there. Stack 0 is empty. Two such rasters are counted by one joint
 * histogram, and every threshold on the scores follows from it (metric/confusion.h).
 *
 * Shaped for: some hundreds of objects in an image of a megapixel; a stack for each distinct
 * combination, of which there are no more than regions.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/raster.h"
#include "metric/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Scores are held in units of 1 / MS_STACK_MAXIMUM, rounded down: two that differ by less than
 * 5e-10 are one. */
#define MS_STACK_MAXIMUM 2147483648u

/* More classes on a pixel, or more items in all stacks of a raster: TOO_LARGE. */
#define MS_STACK_MAX_CLASSES 1024
#define MS_STACK_MAX_ITEMS   (1 << 23)

typedef struct {
  uint32_t class_id;
  uint32_t score; /* 0 to MS_STACK_MAXIMUM */
} MsStackItem;

typedef struct MsStacks MsStacks;

/* Of stacks that were made before, copied: stack i has the items starts[i] to starts[i + 1] - 1, of
 * n_stacks + 1 starts, and stack 0 none. Errors: INVALID (not so, or classes of a stack that do not
 * ascend, or a score beyond the maximum), TOO_LARGE, NO_MEMORY. */
MsStatus ms_stacks_new(const MsStackItem *items, const uint32_t *starts, size_t n_stacks,
                       MsStacks **stacks);
void ms_stacks_free(MsStacks *stacks);          /* NULL is fine */
size_t ms_stacks_count(const MsStacks *stacks); /* with the empty one: at least 1 */
/* The items of a stack below the count, ascending by class; lent. */
const MsStackItem *ms_stacks_items(const MsStacks *stacks, uint32_t stack, size_t *n_items);
size_t ms_stacks_bytes(const MsStacks *stacks);

/* The sample of a score from 0 to 1; never 0, so that a threshold of 0 lets every object count. */
uint32_t ms_stack_score(double score);

/* The stacks of a raster in which each pixel has one id: that id alone, with the highest score; the
 * background id (-1: none) is the empty stack. `raster` is new, the caller's to clear; numbers are
 * as the painter's. */
MsStatus ms_stacks_from_ids(const MsRaster *ids, int64_t background, MsRaster *raster,
                            MsStacks **stacks);

/* Builds a raster of stacks, object by object; order does not change what comes out. */
typedef struct MsStackPainter MsStackPainter;

/* Errors: those of ms_raster_init(). */
MsStatus ms_stack_painter_new(int width, int height, MsStackPainter **painter);
void ms_stack_painter_free(MsStackPainter *painter); /* NULL is fine */
/* The pixels painted until the next begin are of this class with this score. */
void ms_stack_painter_begin(MsStackPainter *painter, uint32_t class_id, uint32_t score);
/* A piece of a column, inside the raster: (x, y) to (x, y + length - 1). Pieces of an object may
 * overlap. Errors: INVALID (nothing begun, or not inside), TOO_LARGE, NO_MEMORY. */
MsStatus ms_stack_painter_column(MsStackPainter *painter, int x, int y, int length);
/* Ends painting: the raster (32 bits, the caller's to clear) and its stacks, numbered in the order
 * in which they occur row by row. Frees the painter, also on error. */
MsStatus ms_stack_painter_finish(MsStackPainter *painter, MsRaster *raster, MsStacks **stacks);

#ifdef __cplusplus
}
#endif
