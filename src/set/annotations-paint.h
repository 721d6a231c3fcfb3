/* SPDX-License-Identifier: MIT
 *
 * Paints the run lengths of objects into a mask of stacks. Whatever goes wrong first stays, so that
 * only the end need be looked at.
 */
#pragma once

#include "io/run-length.h"
#include "set/annotations.h"

G_BEGIN_DECLS

typedef struct {
  MsStackPainter *painter;
  MsStatus status;
} MsMaskPainting;

void ms_mask_painting_init(MsMaskPainting *painting, MsMaskSize size);
void ms_mask_painting_clear(MsMaskPainting *painting);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsMaskPainting, ms_mask_painting_clear)

/* An object of a class: the masks it is made of, of the painting's size. */
void ms_mask_painting_add(MsMaskPainting *painting, guint32 class_id, guint32 score,
                          const MsRunLength *parts, guint n_parts);

/* Into a zeroed mask; ends painting. */
MsStatus ms_mask_painting_finish(MsMaskPainting *painting, MsMask *mask);

G_END_DECLS
