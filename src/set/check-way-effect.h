/* SPDX-License-Identifier: MIT
 *
 * What one way to lie does to a model: told from all pairs that were looked at again, whether or
 * not they looked worth it before, so that what it promises is what comes of it.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

typedef struct {
  MsValue before, after; /* mean IoU */
  guint n_before;        /* scored as they are */
  guint n_after;         /* scored then */
  guint n_only;          /* of these, not before */
  guint n_changed;       /* scored both times, and not alike */
  guint n_better;        /* of these */
  guint64 fp, fn;        /* as they are */
} MsCheckWayEffect;

void ms_check_way_effect_init(MsCheckWayEffect *effect, const MsCheckEvidence *evidence,
                              guint model, const MsCheckTrial *way);
double ms_check_way_effect_gain(const MsCheckWayEffect *effect);
/* 0: as much is too much as is missing; 1: all that is wrong is the one, or the other. */
double ms_check_way_effect_lopsidedness(const MsCheckWayEffect *effect);

G_END_DECLS
