/* SPDX-License-Identifier: MIT */
#include "app/set-anatomy.h"

#include "app/anatomy-view.h"
#include "app/tip.h"
#include "set/describe.h"

struct _MsSetAnatomy {
  GtkWidget parent_instance;

  guint model;
  guint update; /* runs while numbers are to be shown anew */

  /* Owned */
  MsDiagnoses *diagnoses;
  char *split;

  /* Children */
  GtkWidget *box;
  MsAnatomyView *view;
  GtkLabel *tally;
  GtkProgressBar *progress;
  GtkButton *start;
};

G_DEFINE_FINAL_TYPE(MsSetAnatomy, ms_set_anatomy, GTK_TYPE_WIDGET)

/* --- what is shown --- */

static gboolean
is_running(MsSetAnatomy *self)
{
  return ms_diagnoses_is_running(self->diagnoses) &&
         ms_diagnoses_get_model(self->diagnoses) == self->model;
}

/* "24 examples, pooled"; "18 examples so far, pooled" */
static void
show_tally(MsSetAnatomy *self, guint n_examples, guint n_waiting)
{
  g_autofree char *count = ms_describe_count(n_examples);
  g_autofree char *text =
      g_strdup_printf("%s %s%s, pooled", count, n_examples == 1 ? "example" : "examples",
                      n_waiting > 0 ? " so far" : "");

  gtk_label_set_text(self->tally, text);
}

static void
show_pass(MsSetAnatomy *self, guint n_waiting)
{
  guint total = ms_diagnoses_get_total(self->diagnoses);
  gboolean running = is_running(self);
  g_autofree char *count = ms_describe_count(n_waiting);
  g_autofree char *label =
      g_strdup_printf("Look through %s %s", count, n_waiting == 1 ? "example" : "examples");

  gtk_widget_set_visible(GTK_WIDGET(self->progress), running);
  if (running && total > 0)
    gtk_progress_bar_set_fraction(self->progress,
                                  (double)ms_diagnoses_get_done(self->diagnoses) / total);
  gtk_button_set_label(self->start, label);
  gtk_widget_set_visible(GTK_WIDGET(self->start), !running && n_waiting > 0);
}

static void
show_numbers(MsSetAnatomy *self, const MsAnatomy *anatomy, const MsPooledCounts *pooled)
{
  MsEvaluation *evaluation = ms_diagnoses_get_evaluation(self->diagnoses);
  MsEmptyRule empty = ms_evaluation_get_rules(evaluation, self->model)->rules.empty;
  guint64 n_counted = pooled->n_counted;
  MsAnatomyNumbers numbers = {.anatomy = *anatomy,
                              .iou = ms_score_counted_iou(&pooled->counts, n_counted, empty)};

  for (MsError error = 0; error < MS_N_ERRORS; error++) {
    MsCounts mended = ms_mend_apply(&pooled->counts, &anatomy->errors[error], FALSE);

    numbers.mended[error] = ms_score_counted_iou(&mended, n_counted, empty);
  }
  ms_anatomy_view_show(self->view, &numbers);
}

static void
update(MsSetAnatomy *self)
{
  MsAnatomy anatomy;
  MsPooledCounts pooled;
  guint n_examples = 0, n_waiting = 0;
  gboolean known = self->diagnoses &&
                   ms_diagnoses_get_anatomy(self->diagnoses, self->model, self->split, &anatomy,
                                            &pooled, &n_examples) &&
                   n_examples > 0;

  gtk_widget_set_visible(GTK_WIDGET(self->view), known);
  gtk_widget_set_visible(GTK_WIDGET(self->tally), known);
  if (!self->diagnoses)
    return;
  n_waiting = ms_diagnoses_get_n_waiting(self->diagnoses, self->model);
  show_pass(self, n_waiting);
  if (!known)
    return;
  show_tally(self, n_examples, n_waiting);
  show_numbers(self, &anatomy, &pooled);
}

/* --- following --- */

/* Before the next frame, however many findings come in until then. */
static gboolean
update_due(GtkWidget *widget, GdkFrameClock *clock, gpointer user)
{
  MsSetAnatomy *self = MS_SET_ANATOMY(widget);

  self->update = 0;
  update(self);
  return G_SOURCE_REMOVE;
}

static void
changed(MsSetAnatomy *self)
{
  if (!self->update)
    self->update = gtk_widget_add_tick_callback(GTK_WIDGET(self), update_due, NULL, NULL);
}

static void
let_go(MsSetAnatomy *self)
{
  if (self->diagnoses)
    g_signal_handlers_disconnect_by_data(self->diagnoses, self);
  g_clear_object(&self->diagnoses);
}

static void
take(MsSetAnatomy *self, MsDiagnoses *diagnoses)
{
  let_go(self);
  if (!diagnoses)
    return;
  self->diagnoses = g_object_ref(diagnoses);
  g_signal_connect_object(diagnoses, "changed", G_CALLBACK(changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(diagnoses, "notify::running", G_CALLBACK(changed), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(diagnoses, "notify::done", G_CALLBACK(changed), self, G_CONNECT_SWAPPED);
}

void
ms_set_anatomy_show(MsSetAnatomy *self, MsDiagnoses *diagnoses, guint model, const char *split)
{
  g_autofree char *copy = g_strdup(split);

  if (diagnoses != self->diagnoses)
    take(self, diagnoses);
  self->model = model;
  g_free(self->split);
  self->split = g_steal_pointer(&copy);
  update(self);
}

void
ms_set_anatomy_set_chosen(MsSetAnatomy *self, int error)
{
  ms_anatomy_view_set_chosen(self->view, error);
}

/* --- construction --- */

static void
ms_set_anatomy_dispose(GObject *object)
{
  MsSetAnatomy *self = MS_SET_ANATOMY(object);

  let_go(self);
  g_clear_pointer(&self->split, g_free);
  g_clear_pointer(&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS(ms_set_anatomy_parent_class)->dispose(object);
}

static void
ms_set_anatomy_class_init(MsSetAnatomyClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_set_anatomy_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_set_anatomy_init(MsSetAnatomy *self)
{
  GtkWidget *tally = gtk_label_new(NULL);

  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);
  self->view = g_object_new(MS_TYPE_ANATOMY_VIEW, NULL);
  self->tally = GTK_LABEL(tally);
  self->progress = GTK_PROGRESS_BAR(gtk_progress_bar_new());
  self->start = GTK_BUTTON(gtk_button_new());
  gtk_label_set_xalign(self->tally, 0);
  gtk_widget_add_css_class(tally, "caption");
  gtk_widget_add_css_class(tally, "numeric");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 "Looking for errors", -1);
  gtk_actionable_set_action_name(GTK_ACTIONABLE(self->start), "win.diagnose-set");
  ms_tip_set(GTK_WIDGET(self->start),
             "Read the masks again and say what went wrong in each example");
  gtk_box_append(GTK_BOX(self->box), tally);
  gtk_box_append(GTK_BOX(self->box), GTK_WIDGET(self->view));
  gtk_box_append(GTK_BOX(self->box), GTK_WIDGET(self->progress));
  gtk_box_append(GTK_BOX(self->box), GTK_WIDGET(self->start));
  gtk_widget_set_parent(self->box, GTK_WIDGET(self));
}
