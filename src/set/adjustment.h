/* SPDX-License-Identifier: MIT
 *
 * What is done to predicted masks before they are compared, because they were written in another
 * way than the actual ones: ids that become others, probabilities and binary masks the other way
 * round, pixels laid another way. Never guessed: only what a user asked for, of one model or of
 * all. Every report and the viewer say so.
 */
#pragma once

#include <gio/gio.h>

#include "metric/turn.h"
#include "set/id-map.h"

G_BEGIN_DECLS

#define MS_SHIFT_MAX 1000

typedef struct {
  char *model;       /* NULL: of every model */
  MsIdMap *ids;      /* NULL: they stay. Goes before --map-predicted */
  gboolean inverted; /* what is predicted is not, and the other way round: 1 - p of probabilities */
  MsTurn turn;       /* then this */
  int shift_x;       /* then this; what is left empty is background, of probabilities 0 */
  int shift_y;
} MsAdjustment;

MsAdjustment *ms_adjustment_new(const char *model);
MsAdjustment *ms_adjustment_copy(const MsAdjustment *adjustment);
void ms_adjustment_free(MsAdjustment *adjustment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsAdjustment, ms_adjustment_free)

/* It changes nothing. */
gboolean ms_adjustment_is_idle(const MsAdjustment *adjustment);

/* "flip-x,shift:2:-1": a comma-separated list of invert, flip-x, flip-y, transpose, anti-transpose,
 * turn-90, turn-180, turn-270, shift:DX:DY and FROM=TO (as --map takes it), in any order and each
 * kind once but FROM=TO. With NAME: in front it is of that model. Errors: MS_OPTIONS_ERROR_USAGE.
 */
MsAdjustment *ms_adjustment_parse(const char *text, GError **error);
/* The same text, without a name; "" when it is idle. Caller frees. */
char *ms_adjustment_to_text(const MsAdjustment *adjustment);
/* A sentence's part: "flipped left to right and moved by (2, -1)"; NULL when it is idle. */
char *ms_adjustment_describe(const MsAdjustment *adjustment);

G_END_DECLS
