/* SPDX-License-Identifier: MIT
 *
 * Which ids a model's pairs hold on which side, and how often each meets each: the joint of the
 * whole sample, for what asks about ids rather than about examples.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

typedef struct {
  guint32 id;
  guint64 n_actual;    /* counted pixels that hold it */
  guint64 n_predicted; /* the same of the predicted side */
  guint64 n_ignored;   /* actual pixels that hold it and do not count */
  guint n_examples;    /* whose actual masks hold it on counted pixels */
} MsIdUse;

typedef struct {
  const MsCheckEvidence *evidence;
  guint model;
  const MsRules *rules;
  guint n_pairs;     /* that have a joint */
  GArray *uses;      /* MsIdUse, ascending; of ids that occur */
  GArray *cells;     /* MsCell, ascending by (actual, predicted), of counted pixels */
  guint64 n_counted; /* pixels */
  gboolean numbered; /* ids number the objects of each example */
} MsIdUses;

/* FALSE: the model's masks hold no class ids, or no pair could be read. */
gboolean ms_id_uses_init(MsIdUses *uses, const MsCheckEvidence *evidence, guint model);
void ms_id_uses_clear(MsIdUses *uses);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsIdUses, ms_id_uses_clear)

/* NULL: it does not occur. */
const MsIdUse *ms_id_uses_find(const MsIdUses *uses, guint32 id);
/* Counted pixels that are `actual` and taken for `predicted`. */
guint64 ms_id_uses_pixels(const MsIdUses *uses, guint32 actual, guint32 predicted);
/* The IoU of the pixels of one id with those of another one predicted; 0 where there are none. */
double ms_id_uses_iou(const MsIdUses *uses, guint32 actual, guint32 predicted);

gboolean ms_id_uses_is_background(const MsIdUses *uses, guint32 id);

G_END_DECLS
