/* SPDX-License-Identifier: MIT
 *
 * Keys in the window: those that the focused widget leaves become the actions of the table of keys,
 * unless a text is being typed; Shift alone lifts the overlay.
 */
#include "app/keys.h"
#include "app/window-private.h"

/* Keys that are being typed into a text are not commands. */
static gboolean
is_typing(MsWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(self));

  return focus && (GTK_IS_EDITABLE(focus) || GTK_IS_TEXT_VIEW(focus));
}

/* Runs after the focused widget had the key, so a slider keeps its arrows and a button its space.
 */
static gboolean
key_pressed(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            MsWindow *self)
{
  const char *detailed = ms_keys_lookup(keyval, state);
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!detailed || (is_typing(self) && !(state & GDK_CONTROL_MASK)))
    return GDK_EVENT_PROPAGATE;
  if (!g_action_parse_detailed_name(detailed, &name, &target, NULL))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action_variant(GTK_WIDGET(self), name, target);
  return GDK_EVENT_STOP;
}

/* Shift alone lifts the overlay; with another key it is that key's Shift. */
static gboolean
peek_pressed(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             MsWindow *self)
{
  gboolean shift = keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R;

  ms_canvas_set_peek(self->canvas, shift && !is_typing(self));
  return GDK_EVENT_PROPAGATE;
}

static void
peek_released(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
              MsWindow *self)
{
  ms_canvas_set_peek(self->canvas, FALSE);
}

static void
active_changed(MsWindow *self)
{
  if (!gtk_window_is_active(GTK_WINDOW(self)))
    ms_canvas_set_peek(self->canvas, FALSE);
}

void
ms_window_init_keys(MsWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new();
  GtkEventController *peek = gtk_event_controller_key_new();

  g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), self);
  gtk_widget_add_controller(GTK_WIDGET(self), keys);
  gtk_event_controller_set_propagation_phase(peek, GTK_PHASE_CAPTURE);
  g_signal_connect(peek, "key-pressed", G_CALLBACK(peek_pressed), self);
  g_signal_connect(peek, "key-released", G_CALLBACK(peek_released), self);
  gtk_widget_add_controller(GTK_WIDGET(self), peek);
  g_signal_connect(self, "notify::is-active", G_CALLBACK(active_changed), NULL);
}
