/* SPDX-License-Identifier: MIT
 *
 * How a predicted mask fits at every small move, counted on part of its pixels, and where the masks
 * of a model lie together: the edges of an imprecise model hide a move in each single pair, not in
 * what they have in common. Shaped for: some hundred moves of some hundred pairs.
 */
#pragma once

#include "set/check-codes.h"
#include "set/check-evidence.h"

G_BEGIN_DECLS

typedef struct {
  guint32 right;     /* on both sides the same class */
  guint32 predicted; /* of any class */
} MsCheckFit;

/* Of moves by -range to range pixels each way, all compared with the same actual pixels. */
struct _MsCheckMoves {
  int range;
  guint32 actual; /* of any class */
  MsCheckFit fits[];
};

/* The caller's to g_free(). NULL: the masks are too small to be moved, or nothing is in the actual
 * one. */
MsCheckMoves *ms_check_moves_new(const MsCheckCodes *codes);
/* Of the predicted mask moved by (dx, dy), within the range. 0 where nothing can be said. */
double ms_check_moves_iou(const MsCheckMoves *moves, int dx, int dy);

/* lean->examples is the caller's in any case. */
void ms_check_lean_init(MsCheckLean *lean, const MsCheckEvidence *evidence, guint model);

/* Whether pairs moved there are better than moved back, by what is too much as well as by what is
 * missing of a class: then it is a move, and no class that is drawn too large or too small. */
gboolean ms_check_lean_is_even(const MsConfusion *there, const MsConfusion *back);

G_END_DECLS
