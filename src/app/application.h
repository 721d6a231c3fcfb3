/* SPDX-License-Identifier: MIT
 *
 * The GTK application: one process a window, started with options, and what belongs to the program
 * as a whole: style, colour scheme, about.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/options.h"

G_BEGIN_DECLS

#define MS_TYPE_APPLICATION (ms_application_get_type())
G_DECLARE_FINAL_TYPE(MsApplication, ms_application, MS, APPLICATION, GtkApplication)

/* Takes the options: what the first window opens, if they name anything. */
MsApplication *ms_application_new(MsOptions *options);

G_END_DECLS
