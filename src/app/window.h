/* SPDX-License-Identifier: MIT
 *
 * The main window: composes list, canvas, labels, legend and inspector, and keeps what they show in
 * step. It is cut by concern: window.c (construction and choices), window-display.c (what is
 * shown), window-set.c (a set comes and goes), window-actions.c (every command), window-keys.c
 * (keys), window-open.c (opening sets), window-export.c (what leaves).
 */
#pragma once

#include <gtk/gtk.h>

#include "set/options.h"

G_BEGIN_DECLS

#define MS_TYPE_WINDOW (ms_window_get_type())
G_DECLARE_FINAL_TYPE(MsWindow, ms_window, MS, WINDOW, GtkApplicationWindow)

MsWindow *ms_window_new(GtkApplication *application);

/* Opens what the options name, in the background; they are copied. A set that is open stays until
 * the new one is there. */
void ms_window_open(MsWindow *self, const MsOptions *options);

G_END_DECLS
