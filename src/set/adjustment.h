/* SPDX-License-Identifier: MIT
 *
 * What is done to predicted masks before they are compared, because they were written in another
 * way than the actual ones: ids that become others, probabilities and binary masks the other way
 * round, pixels laid another way. Never guessed: only what a user asked for, of one model or of
 * all. Every report and the viewer say so.
 *
 *     [NAME:]LIST       LIST: items separated by commas, in any order, or "none"
 *
 *     FROM=TO           an id, or a range of ids, becomes another, as --map takes it; of label sets
 *                       a label, by its number
 *     invert
 *     flip-x flip-y turn-90 turn-180 turn-270 transpose anti-transpose      one of them
 *     shift:DX:DY
 *
 * An item holds a colon only in shift:DX:DY, and no list can begin inside of that. So the list is
 * what follows the one colon after which there is one, and NAME may hold colons, commas and all
 * else: there is only one way to read a text. Without a name, or with *, it is of every model.
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
  int shift_x;       /* then this; what is left empty is background (or, where the set has none, of
                      * no class), of probabilities 0 */
  int shift_y;
} MsAdjustment;

MsAdjustment *ms_adjustment_new(const char *model);
MsAdjustment *ms_adjustment_copy(const MsAdjustment *adjustment); /* NULL gives NULL */
void ms_adjustment_free(MsAdjustment *adjustment);                /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsAdjustment, ms_adjustment_free)

/* It changes nothing. */
gboolean ms_adjustment_is_idle(const MsAdjustment *adjustment);
/* Pixels change places. */
gboolean ms_adjustment_moves(const MsAdjustment *adjustment);

/* What does both, one after the other, for the model of `then`; the caller's. Pixels that the first
 * one moved out come back where the second moves them in again. NULL: too far. */
MsAdjustment *ms_adjustment_combine(const MsAdjustment *first, const MsAdjustment *then);

/* As above. Errors: MS_OPTIONS_ERROR_USAGE. */
MsAdjustment *ms_adjustment_parse(const char *text, GError **error);
/* The list alone, for a model that is known. */
MsAdjustment *ms_adjustment_parse_list(const char *model, const char *list, GError **error);
/* The list, in the order in which it is done; "" when it is idle. Caller frees. */
char *ms_adjustment_to_text(const MsAdjustment *adjustment);
/* What --adjust takes: with the name, and "none" when it is idle. Caller frees. */
char *ms_adjustment_to_argument(const MsAdjustment *adjustment);
/* A sentence's part: "flipped left to right and moved by (2, -1)"; NULL when it is idle. */
char *ms_adjustment_describe(const MsAdjustment *adjustment);

G_END_DECLS
