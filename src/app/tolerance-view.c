/* SPDX-License-Identifier: MIT */
#include "app/tolerance-view.h"

#include <math.h>

#include "app/definition.h"
#include "app/pointer-slider.h"
#include "app/template.h"
#include "set/describe.h"

enum { IOU, EXACT, SET_MEAN, SET_POOLED, SET_EXACT, N_ROWS };

struct _MsToleranceView {
  GtkWidget parent_instance;

  guint tolerance;
  guint model;
  gboolean updating; /* not the user */
  guint update;      /* runs while the set's scores are to be shown anew */

  /* Owned */
  MsAnalysis *analysis;
  MsDiagnoses *diagnoses;
  char *split;

  /* Template */
  GtkWidget *box;
  GtkScale *slider;
  GtkLabel *value;
  GtkLabel *heading;
  GtkLabel *set_heading;
  GtkLabel *names[N_ROWS];
  GtkLabel *strict[N_ROWS];
  GtkLabel *tolerant[N_ROWS];
};

G_DEFINE_FINAL_TYPE(MsToleranceView, ms_tolerance_view, GTK_TYPE_WIDGET)

enum { TOLERANCE, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- the example --- */

static void
show_iou(GtkLabel *label, MsValue value)
{
  g_autofree char *text = ms_describe_ratio(value, 3);

  gtk_label_set_text(label, text);
}

static void
show_example(MsToleranceView *self)
{
  const MsMend *forgiven;

  for (int row = IOU; row <= EXACT; row++) {
    gtk_label_set_text(self->strict[row], self->analysis ? "" : "–");
    gtk_label_set_text(self->tolerant[row], self->analysis ? "" : "–");
  }
  if (!self->analysis)
    return;
  forgiven = &self->analysis->diagnosis.reach.within[self->tolerance];
  show_iou(self->strict[IOU], ms_analysis_iou(self->analysis));
  show_iou(self->tolerant[IOU], ms_analysis_mended_iou(self->analysis, forgiven));
  gtk_label_set_text(self->strict[EXACT],
                     ms_anatomy_wrong(&self->analysis->diagnosis.anatomy) ? "no" : "yes");
  gtk_label_set_text(
      self->tolerant[EXACT],
      ms_anatomy_wrong(&self->analysis->diagnosis.anatomy) > forgiven->pixels ? "no" : "yes");
}

static void
set_seen(MsToleranceView *self, gboolean seen)
{
  for (int row = IOU; row <= EXACT; row++) {
    gtk_widget_set_opacity(GTK_WIDGET(self->strict[row]), seen ? 1 : 0);
    gtk_widget_set_opacity(GTK_WIDGET(self->tolerant[row]), seen ? 1 : 0);
  }
}

void
ms_tolerance_view_await_analysis(MsToleranceView *self)
{
  g_clear_pointer(&self->analysis, ms_analysis_unref);
  set_seen(self, FALSE);
}

void
ms_tolerance_view_set_analysis(MsToleranceView *self, MsAnalysis *analysis)
{
  set_seen(self, TRUE);
  if (analysis && analysis == self->analysis)
    return;
  ms_analysis_ref(analysis);
  ms_analysis_unref(self->analysis);
  self->analysis = analysis;
  show_example(self);
}

/* --- the set --- */

/* "The set"; "val, 18 so far" where examples of that split wait. */
static void
show_set_heading(MsToleranceView *self, guint n_examples)
{
  guint n_waiting = ms_diagnoses_count_waiting(self->diagnoses, self->model, self->split);
  const char *name = self->split ? self->split : "The set";
  g_autofree char *count = ms_describe_count(n_examples);
  g_autofree char *text =
      n_waiting ? g_strdup_printf("%s, %s so far", name, count) : g_strdup(name);

  gtk_label_set_text(self->set_heading, text);
}

static void
show_set(MsToleranceView *self)
{
  MsTolerantScores strict, tolerant;
  guint n_examples = 0;
  gboolean known =
      self->diagnoses &&
      ms_diagnoses_get_scores(self->diagnoses, self->model, self->split, 0, &strict, &n_examples) &&
      ms_diagnoses_get_scores(self->diagnoses, self->model, self->split, self->tolerance, &tolerant,
                              &n_examples) &&
      n_examples > 0;

  gtk_widget_set_visible(GTK_WIDGET(self->set_heading), known);
  for (int row = SET_MEAN; row < N_ROWS; row++) {
    gtk_widget_set_visible(GTK_WIDGET(self->names[row]), known);
    gtk_widget_set_visible(GTK_WIDGET(self->strict[row]), known);
    gtk_widget_set_visible(GTK_WIDGET(self->tolerant[row]), known);
  }
  if (!known)
    return;
  show_set_heading(self, n_examples);
  show_iou(self->strict[SET_MEAN], strict.iou_mean);
  show_iou(self->tolerant[SET_MEAN], tolerant.iou_mean);
  show_iou(self->strict[SET_POOLED], strict.iou_pooled);
  show_iou(self->tolerant[SET_POOLED], tolerant.iou_pooled);
  show_iou(self->strict[SET_EXACT], strict.exact_ratio);
  show_iou(self->tolerant[SET_EXACT], tolerant.exact_ratio);
}

/* Before the next frame, however many findings come in until then. */
static gboolean
set_due(GtkWidget *widget, GdkFrameClock *clock, gpointer user)
{
  MsToleranceView *self = MS_TOLERANCE_VIEW(widget);

  self->update = 0;
  show_set(self);
  return G_SOURCE_REMOVE;
}

static void
diagnoses_changed(MsToleranceView *self, guint model)
{
  if (model == self->model && !self->update)
    self->update = gtk_widget_add_tick_callback(GTK_WIDGET(self), set_due, NULL, NULL);
}

void
ms_tolerance_view_set_diagnoses(MsToleranceView *self, MsDiagnoses *diagnoses, guint model,
                                const char *split)
{
  g_autofree char *copy = g_strdup(split);

  if (diagnoses != self->diagnoses) {
    if (self->diagnoses)
      g_signal_handlers_disconnect_by_data(self->diagnoses, self);
    g_set_object(&self->diagnoses, diagnoses);
    if (diagnoses)
      g_signal_connect_object(diagnoses, "changed", G_CALLBACK(diagnoses_changed), self,
                              G_CONNECT_SWAPPED);
  }
  self->model = model;
  g_free(self->split);
  self->split = g_steal_pointer(&copy);
  show_set(self);
}

/* --- the slider --- */

void
ms_tolerance_view_set_tolerance(MsToleranceView *self, guint pixels)
{
  g_autofree char *text = g_strdup_printf("%u px", pixels);

  self->tolerance = pixels;
  self->updating = TRUE;
  gtk_range_set_value(GTK_RANGE(self->slider), pixels);
  self->updating = FALSE;
  gtk_label_set_text(self->value, text);
  gtk_label_set_text(self->heading, text);
  show_example(self);
  show_set(self);
}

static void
slider_moved(GtkRange *range, MsToleranceView *self)
{
  guint pixels = (guint)lround(gtk_range_get_value(range));

  if (!self->updating && pixels != self->tolerance)
    g_signal_emit(self, signals[TOLERANCE], 0, pixels);
}

/* --- construction --- */

static void
ms_tolerance_view_dispose(GObject *object)
{
  MsToleranceView *self = MS_TOLERANCE_VIEW(object);

  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_TOLERANCE_VIEW);
  g_clear_pointer(&self->analysis, ms_analysis_unref);
  if (self->diagnoses)
    g_signal_handlers_disconnect_by_data(self->diagnoses, self);
  g_clear_object(&self->diagnoses);
  g_clear_pointer(&self->split, g_free);
  G_OBJECT_CLASS(ms_tolerance_view_parent_class)->dispose(object);
}

static void
ms_tolerance_view_class_init(MsToleranceViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_DEFINITION);
  g_type_ensure(MS_TYPE_POINTER_SLIDER);
  G_OBJECT_CLASS(class)->dispose = ms_tolerance_view_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/tolerance-view.ui");
  gtk_widget_class_bind_template_child(widget_class, MsToleranceView, box);
  gtk_widget_class_bind_template_child(widget_class, MsToleranceView, slider);
  gtk_widget_class_bind_template_child(widget_class, MsToleranceView, value);
  gtk_widget_class_bind_template_child(widget_class, MsToleranceView, heading);
  gtk_widget_class_bind_template_child(widget_class, MsToleranceView, set_heading);
  ms_template_bind_array(widget_class, "name", N_ROWS, G_STRUCT_OFFSET(MsToleranceView, names));
  ms_template_bind_array(widget_class, "strict", N_ROWS, G_STRUCT_OFFSET(MsToleranceView, strict));
  ms_template_bind_array(widget_class, "tolerant", N_ROWS,
                         G_STRUCT_OFFSET(MsToleranceView, tolerant));
  gtk_widget_class_bind_template_callback(widget_class, slider_moved);
  signals[TOLERANCE] = g_signal_new("tolerance", MS_TYPE_TOLERANCE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ms_tolerance_view_init(MsToleranceView *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  ms_tolerance_view_set_tolerance(self, 0);
}
