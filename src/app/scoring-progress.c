/* SPDX-License-Identifier: MIT */
#include "app/scoring-progress.h"

#include <math.h>

#include "app/tip.h"
#include "set/describe.h"

#define UPDATE_MS 250

/* A pass that took longer is told of when it is done, for so long. */
#define LONG_US     (2 * G_USEC_PER_SEC)
#define FINISHED_MS 6000

/* A search that is over sooner is not spoken of. */
#define SEARCH_US (G_USEC_PER_SEC / 2)

struct _MsScoringProgress {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkProgressBar *bar;
  GtkLabel *label;
  GtkLabel *speed;
  GtkWidget *pause;
  GtkWidget *stop;
  GtkWidget *start;

  gint64 started;  /* monotonic time of the running pass; 0: none runs */
  gboolean rested; /* it was paused, so that how long it took says nothing */
  gint64 searched; /* monotonic time of the running search for error regions; 0: none runs */
  guint timer;     /* while it runs, numbers are not shown anew */
  guint finished;  /* until it ends, what was finished is shown */

  /* Owned */
  MsEvaluation *evaluation;
  MsDiagnoses *diagnoses; /* NULL: none */
};

G_DEFINE_FINAL_TYPE(MsScoringProgress, ms_scoring_progress, GTK_TYPE_WIDGET)

/* --- words --- */

/* "0.8 a second", "2,300 a second" */
static char *
describe_rate(double per_second)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *count = NULL;

  if (per_second < 10)
    return g_strdup_printf("%s a second", g_ascii_formatd(text, sizeof text, "%.1f", per_second));
  count = ms_describe_count((guint64)round(per_second));
  return g_strdup_printf("%s a second", count);
}

/* "38 s", "4 min", "2 h 10 min" */
static char *
describe_duration(double seconds)
{
  guint64 minutes = (guint64)round(seconds / 60);

  if (seconds < 100)
    return g_strdup_printf("%.0f s", ceil(seconds));
  if (minutes < 100)
    return g_strdup_printf("%" G_GUINT64_FORMAT " min", minutes);
  return g_strdup_printf("%" G_GUINT64_FORMAT " h %" G_GUINT64_FORMAT " min", minutes / 60,
                         minutes % 60);
}

static char *
describe_speed(gboolean paused, double per_second, double seconds_left)
{
  g_autofree char *rate = NULL, *left = NULL;

  if (paused)
    return g_strdup("Paused");
  if (per_second <= 0)
    return g_strdup("");
  rate = describe_rate(per_second);
  if (seconds_left < 0)
    return g_steal_pointer(&rate);
  left = describe_duration(seconds_left);
  return g_strdup_printf("%s · %s left", rate, left);
}

/* Of several models, each example is scored several times. */
static char *
describe_models(MsEvaluation *evaluation)
{
  guint n_models = ms_set_get_n_models(ms_evaluation_get_set(evaluation));

  return n_models > 1 ? g_strdup_printf(" for %u models", n_models) : g_strdup("");
}

/* --- what is shown --- */

static void
show_words(MsScoringProgress *self, const char *words, const char *speed)
{
  gtk_label_set_text(self->label, words);
  gtk_label_set_text(self->speed, speed);
}

/* What the buttons act on. */
typedef struct {
  const char *pause;
  const char *go_on;
  const char *stop;
  const char *start;
} Names;

static const Names scoring_names = {"Pause scoring", "Go on scoring", "Stop scoring",
                                    "Score what is left"};
static const Names search_names = {
    "Pause the search for error regions", "Go on with the search for error regions",
    "Stop the search for error regions", "Search what is left for error regions"};

static void
name_button(GtkWidget *button, const char *name)
{
  ms_tip_set(button, name);
  gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_buttons(MsScoringProgress *self, const Names *names, gboolean paused)
{
  gtk_button_set_icon_name(GTK_BUTTON(self->pause), paused ? "media-playback-start-symbolic"
                                                           : "media-playback-pause-symbolic");
  name_button(self->pause, paused ? names->go_on : names->pause);
  name_button(self->stop, names->stop);
  name_button(self->start, names->start);
}

static void
show_buttons(MsScoringProgress *self, gboolean running, gboolean stopped)
{
  gtk_widget_set_visible(self->pause, running);
  gtk_widget_set_visible(self->stop, running);
  gtk_widget_set_visible(self->start, stopped);
}

static gboolean
finished_over(gpointer user)
{
  MsScoringProgress *self = user;

  self->finished = 0;
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
  return G_SOURCE_REMOVE;
}

/* The pass that ran until now is done. */
static void
show_finished(MsScoringProgress *self, const char *total)
{
  gint64 took = self->started ? g_get_monotonic_time() - self->started : 0;
  g_autofree char *duration = describe_duration((double)took / G_USEC_PER_SEC);
  g_autofree char *models = describe_models(self->evaluation);
  g_autofree char *words = self->rested
                               ? g_strdup_printf("Scored %s%s", total, models)
                               : g_strdup_printf("Scored %s%s in %s", total, models, duration);

  if (took < LONG_US) {
    gtk_widget_set_visible(GTK_WIDGET(self), self->finished != 0);
    return;
  }
  show_words(self, words, "");
  gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
  g_clear_handle_id(&self->finished, g_source_remove);
  self->finished = g_timeout_add(FINISHED_MS, finished_over, self);
}

static void
show_under_way(MsScoringProgress *self, const char *done, const char *total)
{
  g_autofree char *models = describe_models(self->evaluation);
  g_autofree char *words = g_strdup_printf("Scoring %s of %s%s", done, total, models);
  gboolean paused = ms_evaluation_is_paused(self->evaluation);
  g_autofree char *speed = NULL;
  double per_second, seconds_left;

  ms_evaluation_get_rate(self->evaluation, &per_second, &seconds_left);
  speed = describe_speed(paused, per_second, seconds_left);
  show_words(self, words, speed);
}

static void
show_stopped(MsScoringProgress *self, guint n_left)
{
  g_autofree char *count = ms_describe_count(n_left);
  g_autofree char *left = g_strdup_printf("%s left", count);

  show_words(self, "Scoring is stopped", left);
}

/* Of the whole set, whatever a pass that was stopped has done before. */
static void
count(MsEvaluation *evaluation, guint *done, guint *total)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  guint of_pass = ms_evaluation_get_total(evaluation);

  *total = MAX(ms_set_get_n_examples(set) * ms_set_get_n_models(set), of_pass);
  *done = *total - of_pass + ms_evaluation_get_done(evaluation);
}

/* --- the search for error regions ------------------------------------------------------------- */

static void
show_searching(MsScoringProgress *self, guint done, guint total)
{
  gboolean paused = ms_diagnoses_is_paused(self->diagnoses);
  g_autofree char *done_text = ms_describe_count(done);
  g_autofree char *total_text = ms_describe_count(total);
  g_autofree char *words =
      g_strdup_printf("Looking for error regions: %s of %s", done_text, total_text);
  g_autofree char *speed = NULL;
  double per_second, seconds_left;

  ms_diagnoses_get_rate(self->diagnoses, &per_second, &seconds_left);
  speed = describe_speed(paused, per_second, seconds_left);
  show_words(self, words, speed);
}

static void
show_search_stopped(MsScoringProgress *self, guint n_left)
{
  g_autofree char *count = ms_describe_count(n_left);
  g_autofree char *left = g_strdup_printf("%s left", count);

  show_words(self, "The search for error regions is stopped", left);
}

/* What the running search, or the last one, was to find. */
static void
count_search(MsDiagnoses *diagnoses, guint *done, guint *total)
{
  MsSet *set = ms_evaluation_get_set(ms_diagnoses_get_evaluation(diagnoses));

  *total = ms_set_get_n_examples(set);
  *done = *total - (ms_diagnoses_get_total(diagnoses) - ms_diagnoses_get_done(diagnoses));
}

/* FALSE: there is nothing to say of a search. */
static gboolean
update_search(MsScoringProgress *self)
{
  gboolean running = ms_diagnoses_is_running(self->diagnoses);
  guint done, total;

  count_search(self->diagnoses, &done, &total);
  if (!running)
    self->searched = 0;
  else if (!self->searched)
    self->searched = g_get_monotonic_time();
  if (done == total || (running && g_get_monotonic_time() - self->searched < SEARCH_US))
    return FALSE;
  g_clear_handle_id(&self->finished, g_source_remove);
  show_buttons(self, running, !running);
  name_buttons(self, &search_names, ms_diagnoses_is_paused(self->diagnoses));
  gtk_progress_bar_set_fraction(self->bar, (double)done / total);
  gtk_widget_set_visible(GTK_WIDGET(self->bar), TRUE);
  gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
  if (running)
    show_searching(self, done, total);
  else
    show_search_stopped(self, total - done);
  return TRUE;
}

/* --- either ----------------------------------------------------------------------------------- */

static void
update_scoring(MsScoringProgress *self)
{
  gboolean running = ms_evaluation_is_running(self->evaluation);
  guint done, total;

  count(self->evaluation, &done, &total);

  g_autofree char *done_text = ms_describe_count(done);
  g_autofree char *total_text = ms_describe_count(total);

  show_buttons(self, running, !running && done < total);
  name_buttons(self, &scoring_names, ms_evaluation_is_paused(self->evaluation));
  gtk_progress_bar_set_fraction(self->bar, total > 0 ? (double)done / total : 0);
  gtk_widget_set_visible(GTK_WIDGET(self->bar), done < total);
  if (done == total) {
    show_finished(self, total_text);
  } else {
    g_clear_handle_id(&self->finished, g_source_remove);
    gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
    if (running)
      show_under_way(self, done_text, total_text);
    else
      show_stopped(self, total - done);
  }
  if (!running)
    self->started = 0;
  else if (!self->started)
    self->started = g_get_monotonic_time();
  self->rested = running && (self->rested || ms_evaluation_is_paused(self->evaluation));
}

/* Scoring goes first, and what is left of it when it was stopped comes after a search. */
static void
update(MsScoringProgress *self)
{
  if (ms_evaluation_is_running(self->evaluation) || !self->diagnoses || !update_search(self))
    update_scoring(self);
}

static gboolean
is_moving(MsScoringProgress *self)
{
  if (ms_evaluation_is_running(self->evaluation))
    return !ms_evaluation_is_paused(self->evaluation);
  return self->diagnoses && ms_diagnoses_is_running(self->diagnoses) &&
         !ms_diagnoses_is_paused(self->diagnoses);
}

/* --- when --- */

static gboolean
tick(gpointer user)
{
  MsScoringProgress *self = user;

  update(self);
  if (is_moving(self))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

/* Results come in bursts. */
static void
progress_changed(MsScoringProgress *self)
{
  if (self->timer)
    return;
  update(self);
  self->timer = g_timeout_add(UPDATE_MS, tick, self);
}

/* What the user did shows at once. */
static void
state_changed(MsScoringProgress *self)
{
  g_clear_handle_id(&self->timer, g_source_remove);
  progress_changed(self);
}

static void
unset_evaluation(MsScoringProgress *self)
{
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  g_clear_handle_id(&self->timer, g_source_remove);
  g_clear_handle_id(&self->finished, g_source_remove);
  g_clear_object(&self->evaluation);
  self->started = 0;
}

void
ms_scoring_progress_set_evaluation(MsScoringProgress *self, MsEvaluation *evaluation)
{
  unset_evaluation(self);
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
  if (!evaluation)
    return;
  self->evaluation = g_object_ref(evaluation);
  g_signal_connect_swapped(evaluation, "notify::done", G_CALLBACK(progress_changed), self);
  g_signal_connect_swapped(evaluation, "notify::total", G_CALLBACK(progress_changed), self);
  g_signal_connect_swapped(evaluation, "notify::running", G_CALLBACK(state_changed), self);
  g_signal_connect_swapped(evaluation, "notify::paused", G_CALLBACK(state_changed), self);
}

void
ms_scoring_progress_set_diagnoses(MsScoringProgress *self, MsDiagnoses *diagnoses)
{
  if (self->diagnoses)
    g_signal_handlers_disconnect_by_data(self->diagnoses, self);
  g_set_object(&self->diagnoses, diagnoses);
  self->searched = 0;
  if (!diagnoses)
    return;
  g_signal_connect_swapped(diagnoses, "notify::done", G_CALLBACK(progress_changed), self);
  g_signal_connect_swapped(diagnoses, "notify::running", G_CALLBACK(state_changed), self);
  g_signal_connect_swapped(diagnoses, "notify::paused", G_CALLBACK(state_changed), self);
}

static void
ms_scoring_progress_dispose(GObject *object)
{
  ms_scoring_progress_set_diagnoses(MS_SCORING_PROGRESS(object), NULL);
  unset_evaluation(MS_SCORING_PROGRESS(object));
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_SCORING_PROGRESS);
  G_OBJECT_CLASS(ms_scoring_progress_parent_class)->dispose(object);
}

static void
ms_scoring_progress_class_init(MsScoringProgressClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_scoring_progress_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/scoring-progress.ui");
  gtk_widget_class_bind_template_child(widget_class, MsScoringProgress, box);
  gtk_widget_class_bind_template_child(widget_class, MsScoringProgress, bar);
  gtk_widget_class_bind_template_child(widget_class, MsScoringProgress, label);
  gtk_widget_class_bind_template_child(widget_class, MsScoringProgress, speed);
  gtk_widget_class_bind_template_child(widget_class, MsScoringProgress, pause);
  gtk_widget_class_bind_template_child(widget_class, MsScoringProgress, stop);
  gtk_widget_class_bind_template_child(widget_class, MsScoringProgress, start);
}

static void
ms_scoring_progress_init(MsScoringProgress *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
