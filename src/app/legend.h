/* SPDX-License-Identifier: MIT
 *
 * The bar under the canvas: the ways to look at the example; a chip for each kind of pixel that
 * shows its count and toggles it, for each class that is painted, or the scale of probability,
 * whatever is seen; which classes are looked at; opacity, zoom, and what lies under the pointer.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display.h"
#include "app/look.h"

G_BEGIN_DECLS

#define MS_TYPE_LEGEND (ms_legend_get_type())
G_DECLARE_FINAL_TYPE(MsLegend, ms_legend, MS, LEGEND, GtkWidget)

/* What the chips are of; NULL: nothing. */
void ms_legend_show(MsLegend *self, MsDisplay *display, const MsLook *look);

/* Whether probability can be looked at. */
void ms_legend_set_has_scores(MsLegend *self, gboolean has_scores);

/* How far from an edge errors are forgiven, which a chip says and ends; 0: nowhere. */
void ms_legend_set_tolerance(MsLegend *self, guint pixels);

/* 1 is 100 %. */
void ms_legend_set_zoom(MsLegend *self, double zoom);

/* One line of text; "" empties it. */
void ms_legend_set_readout(MsLegend *self, const char *text);

/* The slider's model, 0 to 1. */
GtkAdjustment *ms_legend_get_opacity(MsLegend *self);

G_END_DECLS
