/* SPDX-License-Identifier: MIT
 *
 * The colours of probability from 0 to 1, with a mark at the threshold.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_HEAT_SCALE (ms_heat_scale_get_type())
G_DECLARE_FINAL_TYPE(MsHeatScale, ms_heat_scale, MS, HEAT_SCALE, GtkWidget)

/* 0 to 1; negative: there is none. */
void ms_heat_scale_set_threshold(MsHeatScale *self, double threshold);

G_END_DECLS
