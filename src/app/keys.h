/* SPDX-License-Identifier: MIT
 *
 * The keyboard: one table from keys to actions. It is what the window obeys and what the keys
 * window shows, so the two cannot differ.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  const char *section;
  const char *label;
  const char *keys[4]; /* accelerators in GTK's notation; all of them do the same */
  const char *action;  /* detailed action name; NULL: handled elsewhere, listed only */
  const char *shown;   /* text in the keys window when `keys` do not say it */
} MsKeyBinding;

const MsKeyBinding *ms_keys_get_bindings(guint *n_bindings);

/* The detailed action of a key press, or NULL. */
const char *ms_keys_lookup(guint keyval, GdkModifierType state);

/* A window that lists the table. */
GtkWidget *ms_keys_window_new(GtkWindow *parent);

G_END_DECLS
