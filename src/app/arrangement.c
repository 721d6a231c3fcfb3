/* SPDX-License-Identifier: MIT */
#include "app/arrangement.h"

#include <gtk/gtk.h>

struct _MsArrangement {
  MsShow show;
  gboolean worst_first;
  guint model;

  /* Owned */
  MsEvaluation *evaluation; /* NULL: no set; then the two below are NULL too */
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  char *needle; /* case-folded search text */
  char *split;
};

static gboolean
passes_show(MsScore score, MsShow show)
{
  switch (show) {
  case MS_SHOW_EXACT:
    return score.status == MS_RESULT_OK && score.exact;
  case MS_SHOW_NOT_EXACT:
    return score.status == MS_RESULT_OK && !score.exact;
  case MS_SHOW_PROBLEMS:
    return score.status == MS_RESULT_SKIPPED || score.status == MS_RESULT_ERROR;
  default:
    return TRUE;
  }
}

static gboolean
matches(gpointer item, gpointer user)
{
  MsArrangement *self = user;
  MsExample *example = item;
  MsScore score =
      ms_evaluation_get_score(self->evaluation, ms_example_get_index(example), self->model);

  if (!ms_example_is_in_split(example, self->split) || !passes_show(score, self->show))
    return FALSE;
  if (!ms_arrangement_is_searching(self))
    return TRUE;

  g_autofree char *folded = g_utf8_casefold(ms_example_get_id(example), -1);

  return strstr(folded, self->needle) != NULL;
}

/* By IoU; then what has none, what is not scored yet, and what cannot be scored. */
static double
badness(MsArrangement *self, guint example)
{
  MsScore score = ms_evaluation_get_score(self->evaluation, example, self->model);

  if (score.status == MS_RESULT_WAITING)
    return 3;
  if (score.status != MS_RESULT_OK)
    return 4;
  return score.iou.defined ? score.iou.value : 2;
}

static int
compare(gconstpointer a, gconstpointer b, gpointer user)
{
  MsArrangement *self = user;
  guint first = ms_example_get_index((MsExample *)a);
  guint second = ms_example_get_index((MsExample *)b);

  if (self->worst_first) {
    double first_badness = badness(self, first), second_badness = badness(self, second);

    if (first_badness != second_badness)
      return first_badness < second_badness ? -1 : 1;
  }
  return first < second ? -1 : first > second;
}

static void
filter_changed(MsArrangement *self)
{
  if (self->filter)
    gtk_filter_changed(GTK_FILTER(self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
sorter_changed(MsArrangement *self)
{
  if (self->sorter)
    gtk_sorter_changed(GTK_SORTER(self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
}

GListModel *
ms_arrangement_set_evaluation(MsArrangement *self, MsEvaluation *evaluation, guint model)
{
  GtkFilterListModel *filtered;

  self->model = model;
  g_clear_object(&self->filter);
  g_clear_object(&self->sorter);
  g_set_object(&self->evaluation, evaluation);
  if (!evaluation)
    return NULL;
  self->filter = gtk_custom_filter_new(matches, self, NULL);
  self->sorter = gtk_custom_sorter_new(compare, self, NULL);
  filtered =
      gtk_filter_list_model_new(G_LIST_MODEL(g_object_ref(ms_evaluation_get_set(evaluation))),
                                GTK_FILTER(g_object_ref(self->filter)));
  return G_LIST_MODEL(
      gtk_sort_list_model_new(G_LIST_MODEL(filtered), GTK_SORTER(g_object_ref(self->sorter))));
}

void
ms_arrangement_set_show(MsArrangement *self, MsShow show)
{
  self->show = show;
  filter_changed(self);
}

void
ms_arrangement_set_split(MsArrangement *self, const char *split)
{
  char *copy = g_strdup(split);

  g_free(self->split);
  self->split = copy;
  filter_changed(self);
}

void
ms_arrangement_set_search(MsArrangement *self, const char *text)
{
  g_free(self->needle);
  self->needle = g_utf8_casefold(text, -1);
  filter_changed(self);
}

void
ms_arrangement_set_worst_first(MsArrangement *self, gboolean worst_first)
{
  self->worst_first = worst_first;
  sorter_changed(self);
}

void
ms_arrangement_set_model(MsArrangement *self, guint model)
{
  self->model = model;
}

gboolean
ms_arrangement_refresh(MsArrangement *self)
{
  if (self->worst_first)
    sorter_changed(self);
  if (self->show != MS_SHOW_ALL)
    filter_changed(self);
  return self->worst_first || self->show != MS_SHOW_ALL;
}

gboolean
ms_arrangement_is_searching(MsArrangement *self)
{
  return self->needle && *self->needle;
}

void
ms_arrangement_count(MsArrangement *self, guint counts[MS_N_SHOWS])
{
  MsSet *set = ms_evaluation_get_set(self->evaluation);

  memset(counts, 0, MS_N_SHOWS * sizeof counts[0]);
  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    MsScore score;

    if (self->split && g_strcmp0(ms_set_get_split(set, i), self->split) != 0)
      continue;
    score = ms_evaluation_get_score(self->evaluation, i, self->model);
    for (MsShow show = 0; show < MS_N_SHOWS; show++)
      counts[show] += passes_show(score, show);
  }
}

MsArrangement *
ms_arrangement_new(void)
{
  return g_new0(MsArrangement, 1);
}

void
ms_arrangement_free(MsArrangement *self)
{
  g_clear_object(&self->filter);
  g_clear_object(&self->sorter);
  g_clear_object(&self->evaluation);
  g_free(self->needle);
  g_free(self->split);
  g_free(self);
}
