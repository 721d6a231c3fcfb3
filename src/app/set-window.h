/* SPDX-License-Identifier: MIT
 *
 * The window in which a set is put together: which folder is what, as recognised or as the user
 * says it, with a live preview of what pairs with what; opened, or saved as a .maskset file.
 * Nothing is read on the main thread; the latest wish replaces the one before.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/preview.h"

G_BEGIN_DECLS

#define MS_TYPE_SET_WINDOW (ms_set_window_get_type())
G_DECLARE_FINAL_TYPE(MsSetWindow, ms_set_window, MS, SET_WINDOW, GtkWindow)

/* Signal: "open" (const MsOptions *): the user wants this set; the window closes after it.
 * Actions: set.add-model, set.save, set.open. */

MsSetWindow *ms_set_window_new(GtkWindow *parent);

/* Shows what options name: a set as a whole, and then what was recognised in it, or its parts.
 * Rules in them are kept. NULL: nothing yet. */
void ms_set_window_set_options(MsSetWindow *self, const MsOptions *options);
/* What is shown. The caller's. */
MsOptions *ms_set_window_get_options(MsSetWindow *self);

/* What comes of what is shown; NULL: it is still being worked out. Lent. */
MsPreview *ms_set_window_get_preview(MsSetWindow *self);

/* Writes what is shown, as soon as its preview is there. The file is shown from then on. */
void ms_set_window_save_to(MsSetWindow *self, const char *path);

G_END_DECLS
