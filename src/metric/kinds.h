/* SPDX-License-Identifier: MIT
 *
 * What each pixel is painted as. The counts of a map of kinds equal ms_confusion_kinds() of the
 * same pair and rules: what is seen is what is scored.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/joint.h"
#include "metric/raster.h"
#include "metric/rules.h"
#include "metric/stacks.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Flags, so that a reduced pixel can hold all kinds that lie in it. A right background pixel is 0,
 * and so is a hidden one. */
typedef enum {
  MS_KIND_TN = 0,
  MS_KIND_TP = 1 << 0,
  MS_KIND_FP = 1 << 1,
  MS_KIND_FN = 1 << 2,
  MS_KIND_CONFUSED = 1 << 3,
  MS_KIND_IGNORED = 1 << 4,
} MsKind;

#define MS_KIND_WRONG (MS_KIND_FP | MS_KIND_FN | MS_KIND_CONFUSED)
#define MS_KIND_ALL   (MS_KIND_TP | MS_KIND_WRONG | MS_KIND_IGNORED)

/* Pixels by what they are painted as; hidden ones are among the true negatives. The first five sum
 * to all counted pixels. */
typedef struct {
  uint64_t tp;
  uint64_t tn;
  uint64_t fp;       /* background taken for a class */
  uint64_t fn;       /* a class taken for background, or any actual for an id that is no class */
  uint64_t confused; /* one class taken for another */
  uint64_t ignored;  /* not counted */
} MsKindCounts;

/* Which classes are looked at. Nothing here changes a score, and hiding a class makes no pixel
 * wrong that was not. What is ignored stays ignored. Borrows its array. */
typedef struct {
  int64_t solo;           /* this class against the rest, hidden or not: kinds are its counts;
                           * -1: all classes */
  const uint32_t *hidden; /* ids of classes, ascending: a pixel on which one lies, on either side,
                           * is not painted. Of stacks it is TP where both sides agree in the
                           * classes that are not hidden, and there are any */
  size_t n_hidden;
} MsFocus;

/* Every class. */
#define MS_FOCUS_ALL ((MsFocus){.solo = -1})

/* A pair to be painted; borrows everything. */
typedef struct {
  const MsRules *rules;
  const MsRaster *actual;
  const MsRaster *predicted;
  const MsStacks *actual_stacks; /* STACKS alone, then both */
  const MsStacks *predicted_stacks;
  MsFocus focus; /* binary and threshold comparisons have one class, so it means nothing there */
} MsKindsSource;

/* Writes one MsKind a pixel for rows first_row <= y < first_row + n_rows: pixel (x, y) of the image
 * goes to kinds[(y - first_row) * stride + x]. An actual id that the rules do not know is painted
 * as ignored. Of stacks: TP where both sides have the same classes, FP where the predicted one has
 * all actual ones and more, FN where it lacks some and has no other, else confused; the class of
 * background counts as none. Errors: SIZE_MISMATCH, NO_MEMORY, INVALID (rows outside, a stack that
 * is not there, or the rules compare label sets), and nothing is written. */
MsStatus ms_kinds_paint(const MsKindsSource *source, int first_row, int n_rows, uint8_t *kinds,
                        ptrdiff_t stride);

/* The counts of what ms_kinds_paint() paints, from the joint of the pair; the rasters may be NULL.
 * Errors: NO_MEMORY, INVALID (a stack that is not there, or the rules compare label sets). */
MsStatus ms_kinds_count(const MsKindsSource *source, MsJoint *joint, MsKindCounts *counts);

#ifdef __cplusplus
}
#endif
