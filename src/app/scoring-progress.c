/* SPDX-License-Identifier: MIT */
#include "app/scoring-progress.h"

#include "set/describe.h"

struct _MsScoringProgress {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkProgressBar *bar;
  GtkLabel *label;

  gint64 started; /* monotonic time of the running pass */

  /* Owned */
  MsEvaluation *evaluation;
};

G_DEFINE_FINAL_TYPE(MsScoringProgress, ms_scoring_progress, GTK_TYPE_WIDGET)

/* "Scoring 312 of 1,000 · 8 s left" */
static char *
describe(MsScoringProgress *self, guint done, guint total)
{
  double seconds = (g_get_monotonic_time() - self->started) / 1e6;
  double rate = seconds > 0 ? done / seconds : 0;
  g_autofree char *done_text = ms_describe_count(done);
  g_autofree char *total_text = ms_describe_count(total);

  if (seconds < 1 || rate <= 0)
    return g_strdup_printf("Scoring %s of %s", done_text, total_text);
  return g_strdup_printf("Scoring %s of %s · %.0f s left", done_text, total_text,
                         (total - done) / rate);
}

static void
progress_changed(MsEvaluation *evaluation, GParamSpec *pspec, MsScoringProgress *self)
{
  gboolean running = ms_evaluation_is_running(evaluation);
  guint done = ms_evaluation_get_done(evaluation), total = ms_evaluation_get_total(evaluation);
  g_autofree char *text = NULL;

  if (!running || !gtk_widget_get_visible(GTK_WIDGET(self)))
    self->started = g_get_monotonic_time();
  text = describe(self, done, total);
  gtk_widget_set_visible(GTK_WIDGET(self), running && total > 0);
  gtk_progress_bar_set_fraction(self->bar, total > 0 ? (double)done / total : 0);
  gtk_label_set_text(self->label, text);
}

void
ms_scoring_progress_set_evaluation(MsScoringProgress *self, MsEvaluation *evaluation)
{
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  g_set_object(&self->evaluation, evaluation);
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
  if (evaluation)
    g_signal_connect(evaluation, "notify", G_CALLBACK(progress_changed), self);
}

static void
ms_scoring_progress_dispose(GObject *object)
{
  MsScoringProgress *self = MS_SCORING_PROGRESS(object);

  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  g_clear_object(&self->evaluation);
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
}

static void
ms_scoring_progress_init(MsScoringProgress *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
