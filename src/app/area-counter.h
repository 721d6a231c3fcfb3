/* SPDX-License-Identifier: MIT
 *
 * Counts what a rectangle of a display holds, on another thread, one rectangle at a time: another
 * wish takes the place of the one before, which is cancelled and tells nothing. A count holds the
 * display that it is of, and nothing of who asked.
 */
#pragma once

#include "app/display.h"
#include "report/area.h"

G_BEGIN_DECLS

#define MS_TYPE_AREA_COUNTER (ms_area_counter_get_type())
G_DECLARE_FINAL_TYPE(MsAreaCounter, ms_area_counter, MS, AREA_COUNTER, GObject)

/* Signal "ready" (MsDisplay *, const MsAreaCounts *counts, const char *message): what was wanted is
 * counted; counts NULL: it cannot be, and why. Both are lent. */

MsAreaCounter *ms_area_counter_new(void);

/* The display's pair must be one that can be compared. */
void ms_area_counter_want(MsAreaCounter *self, MsDisplay *display, const MsArea *area);
/* Nothing is wanted any more. */
void ms_area_counter_cancel(MsAreaCounter *self);
gboolean ms_area_counter_is_busy(MsAreaCounter *self);

G_END_DECLS
