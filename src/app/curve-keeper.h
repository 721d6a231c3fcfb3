/* SPDX-License-Identifier: MIT
 *
 * Keeps the curve of what is looked at, of an example or of a set, right while other examples are
 * chosen and scores come in. A threshold that moves changes no curve.
 */
#pragma once

#include "app/display.h"
#include "set/curves.h"

G_BEGIN_DECLS

#define MS_TYPE_CURVE_KEEPER (ms_curve_keeper_get_type())
G_DECLARE_FINAL_TYPE(MsCurveKeeper, ms_curve_keeper, MS, CURVE_KEEPER, GObject)

/* Signal "changed": the curve is another one, or could not be made. */
MsCurveKeeper *ms_curve_keeper_new(void);

/* What the curve is of from now on; the same as before costs nothing. */
void ms_curve_keeper_set_example(MsCurveKeeper *self, MsDisplay *display, gint64 class_id);
/* split NULL: the whole set. */
void ms_curve_keeper_set_set(MsCurveKeeper *self, MsEvaluation *evaluation, guint model,
                             const char *split, gint64 class_id);
void ms_curve_keeper_set_nothing(MsCurveKeeper *self);

/* NULL: none yet, or there is none. Lent. */
MsCurve *ms_curve_keeper_get(MsCurveKeeper *self);
/* Why there is no newer one; NULL: it is the newest, or under way. */
const char *ms_curve_keeper_get_error(MsCurveKeeper *self);

G_END_DECLS
