/* SPDX-License-Identifier: MIT
 *
 * The fold "Boundary and instance metrics" of the example that is shown, or of the class of it that
 * is looked at alone. Worked out elsewhere, and only while the fold is open; what is under way is
 * given up when another example comes.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display.h"

G_BEGIN_DECLS

#define MS_TYPE_MEASURES_VIEW (ms_measures_view_get_type())
G_DECLARE_FINAL_TYPE(MsMeasuresView, ms_measures_view, MS, MEASURES_VIEW, GtkWidget)

/* NULL, label sets and pairs that cannot be compared hide it. */
void ms_measures_view_set_display(MsMeasuresView *self, MsDisplay *display);

/* In pixels: that of surface Dice; 0: none is set, and it is at the usual one. */
void ms_measures_view_set_tolerance(MsMeasuresView *self, guint pixels);

/* Whether values are under way. */
gboolean ms_measures_view_is_busy(MsMeasuresView *self);

G_END_DECLS
