/* SPDX-License-Identifier: MIT
 *
 * The calls that GTK 4.8 has and later versions deprecate, behind functions shaped like their
 * successors. No other file makes such calls.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The user chose `file` (NULL: closed without a choice) in a dialog of `owner`. */
typedef void (*MsFileChosen)(GFile *file, gpointer owner);

/* The owner is kept alive until the choice is made, and is handed to `chosen`. */
void ms_compat_choose_folder(GtkWindow *parent, const char *title, MsFileChosen chosen,
                             GObject *owner);
/* patterns: shell patterns such as "*.csv", NULL-terminated. */
void ms_compat_choose_file(GtkWindow *parent, const char *title, const char *filter_name,
                           const char *const *patterns, MsFileChosen chosen, GObject *owner);
/* Starts in the folder that was last saved to, and before that in `folder` (may be NULL). */
void ms_compat_choose_save(GtkWindow *parent, const char *title, const char *folder,
                           const char *name, MsFileChosen chosen, GObject *owner);

/* Opens the file manager at a file, selected where the desktop can do that. */
void ms_compat_show_in_folder(GtkWindow *parent, const char *path);

/* The colour of a widget's text. */
void ms_compat_get_color(GtkWidget *widget, GdkRGBA *color);

/* Fills a provider from the text of a style sheet. */
void ms_compat_load_style(GtkCssProvider *provider, const char *css);

G_END_DECLS
