/* SPDX-License-Identifier: MIT
 *
 * The walk through the largest error regions of the whole set, wherever they are: of every class
 * and every kind, in the examples that are listed. The set is looked through first, where that was
 * not done.
 */
#include "app/window-private.h"
#include "set/describe.h"

gboolean
ms_window_takes_whole_set(MsWindow *self)
{
  g_autoptr(GVariant) state = g_action_group_get_action_state(G_ACTION_GROUP(self), "walk-set");

  return g_variant_get_boolean(state);
}

static void
refresh_walk(MsWindow *self)
{
  MsWalk *walk = self->diagnoses ? ms_diagnoses_get_walk(self->diagnoses, self->model) : NULL;

  if (walk)
    ms_walk_ref(walk);
  ms_walk_unref(self->walk);
  self->walk = walk;
}

/* Where the chosen region stands in the walk; -1: nothing is chosen. */
static gint64
find_step(MsWindow *self)
{
  size_t n_regions;
  const MsRegion *regions;

  if (!self->walk || self->region < 0 || !self->analysis)
    return -1;
  regions = ms_regions_get(self->analysis->diagnosis.regions, &n_regions);
  return ms_walk_find(self->walk, regions[self->region].mend.pixels, self->example,
                      (guint)self->region);
}

static gboolean
is_step(MsWindow *self, gint64 step)
{
  return self->walk && step >= 0 && step < self->walk->n_steps &&
         self->walk->steps[step].example == self->example &&
         (gssize)self->walk->steps[step].rank == self->region;
}

static void
go_to_step(MsWindow *self, const MsStep *step)
{
  ms_window_end_search(self);
  ms_example_list_select(self->list, step->example);
  self->wanted_region = step->rank;
  self->searched = step->example;
  ms_window_follow_analysis(self);
}

/* From the chosen region, which may stand between two steps, else from the last step. */
static gint64
peek_step(MsWindow *self, int way)
{
  gint64 at = find_step(self);

  if (at < 0)
    return self->walk_step + way;
  return way > 0 && !is_step(self, at) ? at : at + way;
}

static void
say_end(MsWindow *self, int way)
{
  g_autofree char *steps = ms_walk_describe(self->walk);

  if (way > 0 && !ms_walk_is_whole(self->walk))
    ms_window_say(self, FALSE, "That was the last of %s", steps);
  else
    ms_window_say(self, FALSE, "That was the %s region of the set", way > 0 ? "last" : "largest");
}

/* To that step, or the next one this way. Steps of examples that the list leaves out are left out
 * too. */
static void
go_on_from(MsWindow *self, gint64 next, int way)
{
  while (next >= 0 && next < self->walk->n_steps &&
         !ms_example_list_shows(self->list, self->walk->steps[next].example))
    next += way;
  if (next < 0 || next >= self->walk->n_steps) {
    say_end(self, way);
    return;
  }
  self->walk_step = next;
  go_to_step(self, &self->walk->steps[next]);
}

void
ms_window_step_in_set(MsWindow *self, int way)
{
  if (self->focus)
    ms_window_set_focus_of_classes(self, NULL);
  refresh_walk(self);
  if (self->walk) {
    self->walk_from = G_MAXUINT;
    go_on_from(self, peek_step(self, way), way);
    return;
  }
  ms_window_want_diagnoses(self);
  ms_window_say(self, FALSE, "The regions of the set are still being looked for");
}

/* To the largest region as soon as every example was looked through, unless the user has gone on by
 * then. */
static void
begin_walk(MsWindow *self)
{
  gboolean stayed = self->walk_from != G_MAXUINT && self->walk_from == self->example;

  refresh_walk(self);
  if (!stayed || !self->walk || self->walk->n_steps == 0 ||
      ms_diagnoses_get_n_waiting(self->diagnoses, self->model) > 0)
    return;
  self->walk_from = G_MAXUINT;
  if (self->focus)
    ms_window_set_focus_of_classes(self, NULL);
  go_on_from(self, 0, 1);
}

static void
walk_set(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;

  g_simple_action_set_state(action, state);
  self->walk_step = -1;
  self->walk_from = g_variant_get_boolean(state) ? self->example : G_MAXUINT;
  if (g_variant_get_boolean(state)) {
    ms_window_want_diagnoses(self);
    begin_walk(self);
  }
  ms_window_update_region_actions(self);
}

/* "3 of 12.5k", "12.5k" where none of them is chosen. */
char *
ms_window_describe_step(MsWindow *self, char **among)
{
  g_autofree char *number = NULL;
  g_autofree char *n = NULL;
  g_autofree char *steps = NULL;
  gint64 step;

  refresh_walk(self);
  if (!self->walk) {
    *among = g_strdup("The regions of the whole set are being looked for");
    return g_strdup("Looking …");
  }
  step = find_step(self);
  number = ms_describe_count((guint64)step + 1);
  n = ms_describe_short_count(self->walk->n_steps);
  steps = ms_walk_describe(self->walk);
  *among = g_strdup_printf("Of %s", steps);
  return is_step(self, step) ? g_strdup_printf("%s of %s", number, n) : g_strdup(n);
}

static void
walk_changed(MsDiagnoses *diagnoses, guint model, MsWindow *self)
{
  if (model != self->model || !ms_window_takes_whole_set(self))
    return;
  begin_walk(self);
  ms_window_update_region_actions(self);
}

void
ms_window_watch_walk(MsWindow *self)
{
  g_clear_pointer(&self->walk, ms_walk_unref);
  if (self->diagnoses)
    g_signal_connect_object(self->diagnoses, "walk", G_CALLBACK(walk_changed), self, 0);
}

static void
diagnose_set(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_want_diagnoses(MS_WINDOW(widget));
}

void
ms_window_class_init_walk_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.diagnose-set", NULL, diagnose_set);
}

void
ms_window_init_walk(MsWindow *self)
{
  static const GActionEntry actions[] = {{"walk-set", NULL, NULL, "false", walk_set}};

  self->walk_step = -1;
  self->walk_from = G_MAXUINT;
  g_action_map_add_action_entries(G_ACTION_MAP(self), actions, 1, self);
}
