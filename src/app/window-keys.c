/* SPDX-License-Identifier: MIT
 *
 * Keys in the window: those that the focused widget leaves become the actions of the table of keys,
 * unless a text is being typed; Shift alone lifts the overlay. A key that is held moves on only
 * when the example it came to is on the screen, so that nothing queues up; let go of, it leaves the
 * window on what it shows.
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

/* Keys by which examples are walked through, here and in the list. */
static gboolean
is_walking(guint keyval, GdkModifierType state)
{
  static const guint keys[] = {GDK_KEY_Right,     GDK_KEY_Left,    GDK_KEY_Down,    GDK_KEY_Up,
                               GDK_KEY_Page_Down, GDK_KEY_Page_Up, GDK_KEY_KP_Down, GDK_KEY_KP_Up};

  for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
    if (keyval == keys[i])
      return !(state & gtk_accelerator_get_default_mod_mask());
  return FALSE;
}

/* By Tab the list is one stop, not a stop at each of its rows, and nothing is chosen by going
 * there. Popovers have their own round. */
static gboolean
move_focus(MsWindow *self, guint keyval, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(self));
  gboolean tab =
      keyval == GDK_KEY_Tab || keyval == GDK_KEY_KP_Tab || keyval == GDK_KEY_ISO_Left_Tab;

  if (!tab || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) ||
      (focus && gtk_widget_get_native(focus) != GTK_NATIVE(self)))
    return FALSE;
  gtk_window_set_focus_visible(GTK_WINDOW(self), TRUE);
  return ms_example_list_move_focus(self->list, state & GDK_SHIFT_MASK ? GTK_DIR_TAB_BACKWARD
                                                                       : GTK_DIR_TAB_FORWARD);
}

/* The list would take the space bar to choose what it has chosen already. */
static gboolean
flip_from_list(MsWindow *self, guint keyval, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(self));

  if (keyval != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask()) || !focus ||
      !gtk_widget_is_ancestor(focus, GTK_WIDGET(self->list)) ||
      !gtk_widget_get_ancestor(focus, GTK_TYPE_LIST_VIEW))
    return FALSE;
  g_action_group_activate_action(G_ACTION_GROUP(self), "flip", NULL);
  return TRUE;
}

/* Before any widget has the key. Shift alone lifts the overlay; with another key it is that key's
 * Shift. */
static gboolean
key_arrives(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            MsWindow *self)
{
  gboolean shift = keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R;

  ms_canvas_set_peek(self->canvas, shift && !is_typing(self));
  self->repeating = self->held_key == keycode;
  self->held_key = keycode;
  if (move_focus(self, keyval, state) || flip_from_list(self, keyval, state))
    return GDK_EVENT_STOP;
  return self->repeating && is_walking(keyval, state) && !is_typing(self) &&
         !ms_window_is_on_screen(self);
}

static void
let_go(MsWindow *self)
{
  ms_canvas_set_peek(self->canvas, FALSE);
  self->held_key = 0;
  self->repeating = FALSE;
  if (self->chosen_by_repeat)
    ms_window_stay(self);
  if (ms_window_is_on_screen(self))
    ms_window_analyse(self);
}

static void
key_released(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             MsWindow *self)
{
  let_go(self);
}

/* The release of a key is told to whoever has the keyboard then. */
static void
active_changed(MsWindow *self)
{
  if (!gtk_window_is_active(GTK_WINDOW(self)))
    let_go(self);
}

void
ms_window_init_keys(MsWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new();
  GtkEventController *first = gtk_event_controller_key_new();

  g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), self);
  gtk_widget_add_controller(GTK_WIDGET(self), keys);
  gtk_event_controller_set_propagation_phase(first, GTK_PHASE_CAPTURE);
  g_signal_connect(first, "key-pressed", G_CALLBACK(key_arrives), self);
  g_signal_connect(first, "key-released", G_CALLBACK(key_released), self);
  gtk_widget_add_controller(GTK_WIDGET(self), first);
  g_signal_connect(self, "notify::is-active", G_CALLBACK(active_changed), NULL);
}
