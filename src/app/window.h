/* SPDX-License-Identifier: MIT
 *
 * The main window: composes list, canvas, legend and inspector, and keeps what they show in step.
 * It is cut by concern: window.c (construction and what is shown), window-actions.c (every
 * command), window-open.c (opening sets), window-export.c (what leaves).
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
