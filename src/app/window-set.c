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
fill_choices(MsWindow *self)
{
  const char *const *splits = ms_set_get_splits(self->set);
  g_autoptr(GtkStringList) models = gtk_string_list_new(NULL);
  g_autoptr(GtkStringList) names = gtk_string_list_new((const char *[]){"All splits", NULL});

  for (guint i = 0; i < ms_set_get_n_models(self->set); i++)
    gtk_string_list_append(models, ms_set_get_model_name(self->set, i));
  for (guint i = 0; splits[i]; i++)
    gtk_string_list_append(names, splits[i]);
  self->updating_choices = TRUE;
  gtk_drop_down_set_model(self->model_choice, G_LIST_MODEL(models));
  gtk_drop_down_set_model(self->split_choice, G_LIST_MODEL(names));
  gtk_drop_down_set_selected(self->split_choice, 0);
  self->updating_choices = FALSE;
  gtk_widget_set_visible(GTK_WIDGET(self->model_choice), ms_set_get_n_models(self->set) > 1);
  gtk_widget_set_visible(GTK_WIDGET(self->split_choice),
                         splits[0] != NULL && !ms_set_get_options(self->set)->split);
}

void
ms_window_unset_set(MsWindow *self)
{
  if (!self->set)
    return;
  g_clear_handle_id(&self->thumbnail_timeout, g_source_remove);
  ms_window_show_display(self, NULL);
  self->example = G_MAXUINT;
  g_signal_handlers_disconnect_by_data(self->cache, self);
  ms_example_list_set_evaluation(self->list, NULL, NULL, 0);
  ms_inspector_set_evaluation(self->inspector, NULL, 0);
  ms_label_view_set_evaluation(self->label_view, NULL);
  ms_evaluation_cancel(self->evaluation);
  g_object_run_dispose(G_OBJECT(self->thumbnails));
  g_object_run_dispose(G_OBJECT(self->cache));
  g_clear_object(&self->thumbnails);
  g_clear_object(&self->cache);
  g_clear_object(&self->evaluation);
  g_clear_object(&self->set);
  g_clear_pointer(&self->split, g_free);
  ms_window_set_focus_of_classes(self, NULL);
}

static void
make_cache(MsWindow *self)
{
  self->generation++;
  self->cache = ms_display_cache_new(self->evaluation, self->stretch, ms_settings_picture_bytes());
  ms_display_cache_set_painting(self->cache, self->focus, self->paint);
  g_signal_connect(self->cache, "ready", G_CALLBACK(display_ready), self);
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

/* --- the place to return to when a set is read again --- */

typedef struct {
  char *id;
  char *split;
  MsClassFocus *focus;
  GHashTable *thresholds; /* model name -> double, of the models that have one */
} Place;

static Place *
place_new(MsWindow *self)
{
  Place *place = g_new0(Place, 1);

  place->thresholds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  place->split = g_strdup(self->split);
  place->focus = ms_class_focus_ref(self->focus);
  if (self->example != G_MAXUINT)
    place->id = g_strdup(ms_set_get_id(self->set, self->example));
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++) {
    MsRuleset *rules = ms_evaluation_get_rules(self->evaluation, i);

    if (ms_ruleset_has_threshold(rules))
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
  ms_class_focus_unref(place->focus);
  g_hash_table_unref(place->thresholds);
  g_free(place);
}

static void
restore_thresholds(MsWindow *self, Place *place)
{
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++) {
    const double *threshold =
        g_hash_table_lookup(place->thresholds, ms_set_get_model_name(self->set, i));
    MsRuleset *rules = ms_evaluation_get_rules(self->evaluation, i);

    if (threshold && ms_ruleset_has_threshold(rules))
      ms_evaluation_set_threshold(self->evaluation, i, *threshold);
  }
}

static void
restore_place(MsWindow *self, Place *place)
{
  const char *const *splits = ms_set_get_splits(self->set);
  guint example = place->id ? ms_set_find_example(self->set, place->id) : G_MAXUINT;

  restore_thresholds(self, place);
  ms_window_set_focus_of_classes(self, place->focus);
  for (guint i = 0; place->split && splits[i]; i++)
    if (g_str_equal(splits[i], place->split))
      gtk_drop_down_set_selected(self->split_choice, i + 1);
  if (example != G_MAXUINT)
    ms_example_list_select(self->list, example);
}

void
ms_window_set_set(MsWindow *self, MsSet *set)
{
  gboolean again = self->reloading && self->set;
  Place *place = again ? place_new(self) : NULL;
  guint model = again ? self->model : 0;

  ms_window_unset_set(self);
  self->set = g_object_ref(set);
  self->model = model < ms_set_get_n_models(set) ? model : 0;
  self->stopped = self->reloading = FALSE;
  self->position = GTK_INVALID_LIST_POSITION;
  self->evaluation = ms_evaluation_new(set);
  make_cache(self);
  self->thumbnails =
      ms_thumbnails_new(self->evaluation, gtk_widget_get_scale_factor(GTK_WIDGET(self)));
  ms_window_update_thumbnails(self);
  fill_choices(self);
  ms_example_list_set_evaluation(self->list, self->evaluation, self->thumbnails, self->model);
  ms_example_list_set_split(self->list, NULL);
  ms_inspector_set_evaluation(self->inspector, self->evaluation, self->model);
  ms_label_view_set_evaluation(self->label_view, self->evaluation);
  if (place) {
    restore_place(self, place);
    place_free(place);
  }
  ms_window_select_first_if_hidden(self);
  ms_window_set_model(self, self->model);
}
