/* SPDX-License-Identifier: MIT
 *
 * A set comes into the window and leaves it, with everything that is made for it: evaluation,
 * caches, choices, and the place to return to when it is read again.
 */
#include "app/settings.h"
#include "app/window-private.h"

static void
display_ready(MsDisplayCache *cache, guint example, guint model, MsWindow *self)
{
  if (example == self->example && model == self->model && !ms_window_is_shown(self))
    ms_window_show_display(self, ms_display_cache_get(cache, example, model));
}

static void
fill_models(MsWindow *self)
{
  g_autoptr(GtkStringList) models = gtk_string_list_new(NULL);

  for (guint i = 0; i < ms_set_get_n_models(self->set); i++)
    gtk_string_list_append(models, ms_set_get_model_name(self->set, i));
  gtk_drop_down_set_model(self->model_choice, G_LIST_MODEL(models));
  gtk_drop_down_set_selected(self->model_choice, self->model);
  gtk_widget_set_visible(GTK_WIDGET(self->model_choice), ms_set_get_n_models(self->set) > 1);
}

static void
fill_splits(MsWindow *self)
{
  const char *const *splits = ms_set_get_splits(self->set);
  g_autoptr(GtkStringList) names = gtk_string_list_new((const char *[]){"All splits", NULL});
  guint chosen = 0;

  for (guint i = 0; splits[i]; i++) {
    gtk_string_list_append(names, splits[i]);
    if (g_strcmp0(splits[i], self->split) == 0)
      chosen = i + 1;
  }
  gtk_drop_down_set_model(self->split_choice, G_LIST_MODEL(names));
  gtk_drop_down_set_selected(self->split_choice, chosen);
  gtk_widget_set_visible(GTK_WIDGET(self->split_choice),
                         splits[0] != NULL && !ms_set_get_options(self->set)->split);
}

static void
fill_choices(MsWindow *self)
{
  self->updating_choices = TRUE;
  fill_models(self);
  fill_splits(self);
  self->updating_choices = FALSE;
}

/* What is made for a set. */
typedef struct {
  MsSet *set;
  MsEvaluation *evaluation;
  MsDiagnoses *diagnoses;
  MsThumbnails *thumbnails;
  MsDisplayCache *cache;
} Contents;

/* The window is without them then, but not what it shows. */
static Contents
steal_contents(MsWindow *self)
{
  Contents contents = {
      .set = g_steal_pointer(&self->set),
      .evaluation = g_steal_pointer(&self->evaluation),
      .diagnoses = g_steal_pointer(&self->diagnoses),
      .thumbnails = g_steal_pointer(&self->thumbnails),
      .cache = g_steal_pointer(&self->cache),
  };

  g_clear_handle_id(&self->thumbnail_timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data(contents.cache, self);
  g_signal_handlers_disconnect_by_data(contents.evaluation, self);
  g_signal_handlers_disconnect_by_data(contents.diagnoses, self);
  ms_diagnoses_cancel(contents.diagnoses);
  ms_evaluation_cancel(contents.evaluation);
  g_clear_pointer(&self->split, g_free);
  self->example = G_MAXUINT;
  return contents;
}

static void
clear_contents(Contents *contents)
{
  g_object_run_dispose(G_OBJECT(contents->thumbnails));
  g_object_run_dispose(G_OBJECT(contents->cache));
  g_clear_object(&contents->thumbnails);
  g_clear_object(&contents->cache);
  g_clear_object(&contents->diagnoses);
  g_clear_object(&contents->evaluation);
  g_clear_object(&contents->set);
}

void
ms_window_unset_set(MsWindow *self)
{
  Contents contents;

  if (!self->set)
    return;
  ms_window_unwatch(self);
  ms_window_show_display(self, NULL);
  ms_example_list_set_evaluation(self->list, NULL, NULL, 0);
  ms_inspector_set_evaluation(self->inspector, NULL, 0);
  ms_inspector_set_diagnoses(self->inspector, NULL);
  ms_label_view_set_evaluation(self->label_view, NULL);
  contents = steal_contents(self);
  clear_contents(&contents);
  ms_window_unwatch_check(self);
  ms_window_set_focus_of_classes(self, NULL);
}

static void
make_cache(MsWindow *self)
{
  MsLook look = ms_window_get_look(self);

  self->generation++;
  self->cache = ms_display_cache_new(self->evaluation, self->stretch, ms_settings_picture_bytes());
  ms_display_cache_set_painting(self->cache, self->focus, ms_look_layers(&look));
  g_signal_connect(self->cache, "ready", G_CALLBACK(display_ready), self);
  ms_thumbnails_set_displays(self->thumbnails, self->cache, self->stretch);
}

void
ms_window_rebuild_cache(MsWindow *self)
{
  if (!self->cache)
    return;
  g_signal_handlers_disconnect_by_data(self->cache, self);
  g_object_run_dispose(G_OBJECT(self->cache));
  g_clear_object(&self->cache);
  make_cache(self);
  g_clear_pointer(&self->shown, ms_display_unref);
  ms_window_show_example(self);
}

/* --- the place to return to when a set is read again, or to its end --- */

typedef struct {
  char *id;
  char *split;
  char *model;
  GHashTable *thresholds; /* model name -> double, of the models that have one */
} Place;

static Place *
place_new(MsWindow *self)
{
  Place *place = g_new0(Place, 1);

  place->thresholds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  place->split = g_strdup(self->split);
  place->model = g_strdup(ms_set_get_model_name(self->set, self->model));
  if (self->example != G_MAXUINT)
    place->id = g_strdup(ms_set_get_id(self->set, self->example));
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++) {
    MsRuleset *rules = ms_evaluation_get_rules(self->evaluation, i);

    if (ms_ruleset_has_threshold(rules) && rules != ms_set_get_rules(self->set, i))
      g_hash_table_insert(place->thresholds, g_strdup(ms_set_get_model_name(self->set, i)),
                          g_memdup2(&rules->threshold, sizeof rules->threshold));
  }
  return place;
}

static void
place_free(Place *place)
{
  g_free(place->id);
  g_free(place->split);
  g_free(place->model);
  g_hash_table_unref(place->thresholds);
  g_free(place);
}

static void
restore_model(MsWindow *self, const Place *place)
{
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++)
    if (g_str_equal(ms_set_get_model_name(self->set, i), place->model))
      self->model = i;
}

static void
restore_split(MsWindow *self, const Place *place)
{
  if (place->split && g_strv_contains(ms_set_get_splits(self->set), place->split))
    self->split = g_strdup(place->split);
}

static void
restore_thresholds(MsWindow *self, const Place *place)
{
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++) {
    const double *threshold =
        g_hash_table_lookup(place->thresholds, ms_set_get_model_name(self->set, i));

    if (threshold && ms_ruleset_has_threshold(ms_evaluation_get_rules(self->evaluation, i)))
      ms_evaluation_set_threshold(self->evaluation, i, *threshold);
  }
}

/* --- a set comes --- */

static void
take(MsWindow *self, MsSet *set, MsEvaluation *evaluation)
{
  self->set = g_object_ref(set);
  self->model = 0;
  self->position = GTK_INVALID_LIST_POSITION;
  self->evaluation = evaluation ? g_object_ref(evaluation) : ms_evaluation_new(set);
  ms_window_watch_scoring(self);
  ms_window_watch_diagnoses(self);
  ms_window_watch_walk(self);
  ms_window_watch_results(self);
  self->thumbnails =
      ms_thumbnails_new(self->evaluation, gtk_widget_get_scale_factor(GTK_WIDGET(self)));
  make_cache(self);
}

static void
show_set(MsWindow *self)
{
  ms_inspector_set_evaluation(self->inspector, self->evaluation, self->model);
  ms_inspector_set_diagnoses(self->inspector, self->diagnoses);
  ms_inspector_set_display(self->inspector, self->shown);
  ms_label_view_set_evaluation(self->label_view,
                               ms_set_is_partial(self->set) ? NULL : self->evaluation);
}

/* What is on screen stays until the same example of the new set is decoded, so that nothing is seen
 * of the change. */
static void
replace(MsWindow *self, MsSet *set, MsEvaluation *evaluation)
{
  Place *place = place_new(self);
  Contents before = steal_contents(self);
  guint example;

  take(self, set, evaluation);
  restore_model(self, place);
  restore_split(self, place);
  restore_thresholds(self, place);
  fill_choices(self);
  ms_thumbnails_adopt(self->thumbnails, before.thumbnails, self->model);
  if (!ms_set_is_partial(before.set))
    ms_thumbnails_outdate(self->thumbnails, G_MAXUINT);
  example = place->id ? ms_set_find_example(set, place->id) : G_MAXUINT;
  ms_example_list_set_split(self->list, self->split);
  ms_example_list_replace_evaluation(self->list, self->evaluation, self->thumbnails, self->model,
                                     example);
  ms_example_list_set_diagnoses(self->list, self->diagnoses);
  show_set(self);
  clear_contents(&before);
  place_free(place);
}

void
ms_window_set_set(MsWindow *self, MsSet *set, MsEvaluation *evaluation, gboolean same)
{
  if (same && self->set) {
    replace(self, set, evaluation);
  } else {
    ms_window_unset_set(self);
    take(self, set, evaluation);
    fill_choices(self);
    ms_example_list_set_split(self->list, NULL);
    ms_example_list_set_evaluation(self->list, self->evaluation, self->thumbnails, self->model);
    ms_example_list_set_diagnoses(self->list, self->diagnoses);
    show_set(self);
  }
  ms_window_select_first_if_hidden(self);
  ms_window_set_model(self, self->model);
  ms_window_watch_check(self, same);
}
