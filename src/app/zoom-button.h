/* SPDX-License-Identifier: MIT
 *
 * The zoom of the picture as a number, and a menu that changes it.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_ZOOM_BUTTON (ms_zoom_button_get_type())
G_DECLARE_FINAL_TYPE(MsZoomButton, ms_zoom_button, MS, ZOOM_BUTTON, GtkWidget)

/* 1 is 100 %. */
void ms_zoom_button_set_zoom(MsZoomButton *self, double zoom);

G_END_DECLS
