/* SPDX-License-Identifier: MIT
 *
 * The bar under the canvas: a chip for each kind of pixel that shows its count and toggles it,
 * opacity, zoom, and what lies under the pointer.
 */
#pragma once

#include <gtk/gtk.h>

#include "metric/confusion.h"

G_BEGIN_DECLS

#define MS_TYPE_LEGEND (ms_legend_get_type())
G_DECLARE_FINAL_TYPE(MsLegend, ms_legend, MS, LEGEND, GtkWidget)

/* NULL: nothing to count. several_classes shows the chip of confused pixels. */
void ms_legend_set_counts(MsLegend *self, const MsKindCounts *counts, gboolean several_classes);

/* 1 is 100 %. */
void ms_legend_set_zoom(MsLegend *self, double zoom);

/* One line of text; "" empties it. */
void ms_legend_set_readout(MsLegend *self, const char *text);

/* The slider's model, 0 to 1. */
GtkAdjustment *ms_legend_get_opacity(MsLegend *self);

G_END_DECLS
