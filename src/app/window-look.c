/* SPDX-License-Identifier: MIT
 *
 * How the example is looked at. A wish is kept at once; the stage follows when what it shows is
 * painted, so that no picture is ever half of one look and half of another.
 */
#include "app/settings.h"
#include "app/window-private.h"

static gboolean
has_labels(MsWindow *self)
{
  return self->set && ms_set_get_labels(self->set);
}

static gboolean
has_scores(MsWindow *self)
{
  return self->evaluation && !has_labels(self) &&
         ms_evaluation_get_rules(self->evaluation, self->model)->maximum > 0;
}

/* The wish, as far as the model has what it asks for. */
MsLook
ms_window_get_look(MsWindow *self)
{
  MsLook look = self->look;

  if (has_labels(self))
    return (MsLook){.mode = MS_LOOK_ERRORS};
  if (look.mode == MS_LOOK_HEAT && !has_scores(self))
    look.mode = MS_LOOK_ERRORS;
  return look;
}

MsPaint
ms_window_get_paint(MsWindow *self)
{
  const MsLook *look = ms_canvas_get_look(self->canvas);

  if (look->flip != MS_FLIP_NONE)
    return look->flip == MS_FLIP_ACTUAL ? MS_PAINT_ACTUAL : MS_PAINT_PREDICTED;
  if (look->mode == MS_LOOK_ACTUAL)
    return MS_PAINT_ACTUAL;
  return look->mode == MS_LOOK_PREDICTED || look->mode == MS_LOOK_HEAT ? MS_PAINT_PREDICTED
                                                                       : MS_PAINT_ERRORS;
}

static void
set_state(MsWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action(G_ACTION_MAP(self), name);

  g_simple_action_set_state(G_SIMPLE_ACTION(action), state);
}

/* Buttons say what was asked for, before it is there. */
static void
update_states(MsWindow *self)
{
  MsLook look = ms_window_get_look(self);

  set_state(self, "look", g_variant_new_string(ms_look_mode_name(look.mode)));
  set_state(self, "flip", g_variant_new_boolean(look.flip != MS_FLIP_NONE));
}

void
ms_window_apply_look(MsWindow *self)
{
  MsLook look = ms_window_get_look(self);

  ms_canvas_set_look(self->canvas, &look);
  ms_legend_show(self->legend, self->shown, &look);
}

void
ms_window_painting_changed(MsWindow *self)
{
  MsLook look = ms_window_get_look(self);

  if (self->cache)
    ms_display_cache_set_painting(self->cache, self->focus, ms_look_layers(&look));
  if (self->cache && ms_window_is_shown(self) && !ms_window_is_up_to_date(self))
    ms_window_repaint(self);
  else
    ms_window_apply_look(self);
}

static void
look_changed(MsWindow *self)
{
  update_states(self);
  ms_window_painting_changed(self);
}

gboolean
ms_window_end_flip(MsWindow *self)
{
  if (self->look.flip == MS_FLIP_NONE)
    return FALSE;
  self->look.flip = MS_FLIP_NONE;
  look_changed(self);
  return TRUE;
}

/* Both masks at a time: a second press ends that. */
static gboolean
is_comparing(MsLookMode mode)
{
  return mode == MS_LOOK_SIDE_BY_SIDE || mode == MS_LOOK_SWIPE;
}

static void
choose_look(GSimpleAction *action, GVariant *target, gpointer user)
{
  MsWindow *self = user;
  MsLookMode mode;

  if (!ms_look_mode_from_name(g_variant_get_string(target, NULL), &mode))
    return;
  if (!is_comparing(self->look.mode))
    self->single_look = self->look.mode;
  if (is_comparing(mode) && mode == self->look.mode && self->look.flip == MS_FLIP_NONE)
    mode = self->single_look;
  if (mode == MS_LOOK_HEAT && !has_scores(self)) {
    ms_window_say(self, FALSE, "This model has no probabilities: its masks are final");
    return;
  }
  self->look.mode = mode;
  self->look.flip = MS_FLIP_NONE;
  g_settings_set_string(ms_settings_get(), "look", ms_look_mode_name(mode));
  look_changed(self);
}

/* A press shows the one mask, the next press the other. */
static void
flip(GSimpleAction *action, GVariant *target, gpointer user)
{
  MsWindow *self = user;

  self->look.flip = self->look.flip == MS_FLIP_ACTUAL ? MS_FLIP_PREDICTED : MS_FLIP_ACTUAL;
  look_changed(self);
}

/* Nothing but errors can be seen only where errors are painted. */
static void
switches_changed(GSettings *settings, const char *key, MsWindow *self)
{
  self->look.outlines = g_settings_get_boolean(settings, "outlines");
  self->look.only_errors = g_settings_get_boolean(settings, "only-errors");
  if (key && g_str_equal(key, "only-errors") && self->look.only_errors &&
      !ms_look_shows(&self->look, MS_LAYER_ERRORS)) {
    self->look.mode = MS_LOOK_ERRORS;
    self->look.flip = MS_FLIP_NONE;
    g_settings_set_string(settings, "look", ms_look_mode_name(MS_LOOK_ERRORS));
  }
  look_changed(self);
}

static void
swiped(MsCanvas *canvas, MsWindow *self)
{
  g_settings_set_double(ms_settings_get(), "swipe", ms_canvas_get_swipe(canvas));
}

void
ms_window_init_look_actions(MsWindow *self)
{
  static const GActionEntry entries[] = {{"look", choose_look, "s", "'errors'", NULL},
                                         {"flip", flip, NULL, "false", NULL}};
  GSettings *settings = ms_settings_get();
  g_autofree char *name = g_settings_get_string(settings, "look");
  g_autoptr(GAction) outlines = g_settings_create_action(settings, "outlines");
  g_autoptr(GAction) only_errors = g_settings_create_action(settings, "only-errors");

  g_action_map_add_action_entries(G_ACTION_MAP(self), entries, G_N_ELEMENTS(entries), self);
  g_action_map_add_action(G_ACTION_MAP(self), outlines);
  g_action_map_add_action(G_ACTION_MAP(self), only_errors);
  g_signal_connect_object(settings, "changed::outlines", G_CALLBACK(switches_changed), self, 0);
  g_signal_connect_object(settings, "changed::only-errors", G_CALLBACK(switches_changed), self, 0);
  g_signal_connect_object(self->canvas, "swiped", G_CALLBACK(swiped), self, 0);
  ms_canvas_set_swipe(self->canvas, g_settings_get_double(settings, "swipe"));
  ms_look_mode_from_name(name, &self->look.mode);
  switches_changed(settings, NULL, self);
}

static void
set_enabled(MsWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action(G_ACTION_MAP(self), name);

  g_simple_action_set_enabled(G_SIMPLE_ACTION(action), enabled);
}

void
ms_window_update_look_actions(MsWindow *self)
{
  gboolean masks = self->shown && !has_labels(self);

  set_enabled(self, "look", masks);
  set_enabled(self, "flip", masks);
  ms_legend_set_has_scores(self->legend, has_scores(self));
  update_states(self);
}
