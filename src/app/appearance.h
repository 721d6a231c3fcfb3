/* SPDX-License-Identifier: MIT
 *
 * Dark or light: the user's choice, else what the desktop says through the settings portal, which
 * GTK 4.8 does not follow by itself.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_APPEARANCE (ms_appearance_get_type())
G_DECLARE_FINAL_TYPE(MsAppearance, ms_appearance, MS, APPEARANCE, GObject)

/* Follows the key "color-scheme" of the settings from now on. */
MsAppearance *ms_appearance_new(GSettings *settings);

/* Whether a widget is dark, by whatever theme: its text is lighter than a middling grey. */
gboolean ms_appearance_is_dark(GtkWidget *widget);

G_END_DECLS
