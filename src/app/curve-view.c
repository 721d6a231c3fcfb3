/* SPDX-License-Identifier: MIT
 *
 * The keeper is told what is chosen whenever that may have changed, as long as the view is on
 * screen; everything shown is written anew from the curve, the choices and the threshold.
 */
#include "app/curve-view.h"

#include "app/class-choice.h"
#include "app/curve-chart.h"
#include "app/curve-keeper.h"
#include "app/curve-lines.h"
#include "app/template.h"
#include "set/describe.h"

#include <math.h>

enum { LINE_IOU, LINE_PRECISION, LINE_RECALL, LINE_EXACT, N_LINES };

struct _MsCurveView {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkLabel *set_name;
  MsClassChoice *classes;
  MsCurveChart *chart;
  GtkLabel *at;
  GtkDrawingArea *samples[N_LINES];
  GtkLabel *names[N_LINES];
  GtkLabel *values[N_LINES];
  GtkLabel *note;
  GtkLabel *best_words;
  GtkWidget *averages;

  gboolean of_set;
  gboolean pooled;
  MsCurveAxes axes;
  gint64 class_id;
  gint64 alone; /* the class that was looked at alone when there was last a display */
  guint model;
  double threshold;
  double pointed; /* negative: the pointer is elsewhere */

  /* Owned */
  MsCurveKeeper *keeper;
  MsDisplay *display;
  MsEvaluation *evaluation;
  char *split;
};

G_DEFINE_FINAL_TYPE(MsCurveView, ms_curve_view, GTK_TYPE_WIDGET)

enum { PROP_SCOPE = 1, PROP_AXES, PROP_AVERAGE, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];
static guint threshold_signal;

/* --- words --- */

static MsCurveScore
iou_score(MsCurveView *self)
{
  return self->of_set && !self->pooled ? MS_CURVE_IOU_MEAN : MS_CURVE_IOU;
}

static MsCurveScore
score_of(MsCurveView *self, guint line)
{
  static const MsCurveScore scores[N_LINES] = {MS_CURVE_IOU, MS_CURVE_PRECISION, MS_CURVE_RECALL,
                                               MS_CURVE_EXACT};

  return line == LINE_IOU ? iou_score(self) : scores[line];
}

static const char *
name_of(MsCurveView *self, guint line)
{
  static const char *const of_example[N_LINES] = {"IoU", "Precision", "Recall", "Exact match"};
  static const char *const of_set[N_LINES] = {"Mean IoU", "Precision, pooled", "Recall, pooled",
                                              "Exact match ratio"};

  if (line == LINE_IOU && self->of_set && self->pooled)
    return "Pooled IoU";
  return self->of_set ? of_set[line] : of_example[line];
}

/* In the middle of a sentence. */
static const char *
iou_words(MsCurveView *self)
{
  if (!self->of_set)
    return "IoU";
  return self->pooled ? "pooled IoU" : "mean IoU";
}

/* Caller frees. */
static char *
describe_value(MsCurveView *self, MsCurve *curve, guint line, double threshold)
{
  MsValue value =
      ms_curve_get_value(curve, ms_curve_find_point(curve, threshold), score_of(self, line));

  if (line == LINE_EXACT && !self->of_set)
    return g_strdup(value.value > 0 ? "yes" : "no");
  if (value.defined && value.by_rule)
    return g_strdup_printf("%d by rule", value.value > 0);
  return ms_describe_ratio(value, 3);
}

/* "0.43", and more decimals where it takes them. */
static char *
describe_threshold(double threshold)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const char *format = round(threshold * 100) / 100 == threshold     ? "%.2f"
                       : round(threshold * 1000) / 1000 == threshold ? "%.3f"
                                                                     : "%.5f";

  return g_strdup(g_ascii_formatd(text, sizeof text, format, threshold));
}

/* "IoU 0.788, Precision 0.851, ..."; caller frees. */
static char *
describe_all(MsCurveView *self, MsCurve *curve, double threshold)
{
  GString *text = g_string_new(NULL);

  for (guint line = 0; line < N_LINES; line++) {
    g_autofree char *value = describe_value(self, curve, line, threshold);

    g_string_append_printf(text, "%s%s %s", line ? ", " : "", name_of(self, line), value);
  }
  return g_string_free(text, FALSE);
}

/* --- showing --- */

static void
show_values(MsCurveView *self)
{
  MsCurve *curve = ms_curve_keeper_get(self->keeper);
  gboolean is_pointed = curve && self->pointed >= 0;
  double threshold = is_pointed ? self->pointed : self->threshold;
  g_autofree char *number = describe_threshold(threshold);
  g_autofree char *at = g_strdup_printf(is_pointed ? "At %s, under the pointer" : "At %s", number);

  gtk_label_set_text(self->at, at);
  for (guint line = 0; line < N_LINES; line++) {
    g_autofree char *value = curve ? describe_value(self, curve, line, threshold) : g_strdup("n/a");

    gtk_label_set_text(self->values[line], value);
  }
}

/* Of a button whose label may be cut short. */
static void
set_button_text(GtkLabel *label, const char *text)
{
  gtk_label_set_text(label, text);
  gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(GTK_WIDGET(label))),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_best(MsCurveView *self)
{
  MsCurve *curve = ms_curve_keeper_get(self->keeper);
  g_autofree char *text = NULL, *number = NULL, *ratio = NULL;
  double threshold;
  MsValue value;
  gboolean exists = curve && ms_curve_find_best(curve, iou_score(self), &threshold, &value);

  gtk_widget_action_set_enabled(GTK_WIDGET(self), "curves.best", exists);
  if (exists) {
    number = describe_threshold(threshold);
    ratio = ms_describe_ratio(value, 3);
    text = g_strdup_printf("Best: %s (%s %s)", number, iou_words(self), ratio);
  }
  set_button_text(self->best_words, text ? text : "Best: n/a");
}

static void
show_note(MsCurveView *self)
{
  MsCurve *curve = ms_curve_keeper_get(self->keeper);
  const char *error = ms_curve_keeper_get_error(self->keeper);
  g_autofree char *text = NULL;

  if (error)
    text = g_strdup_printf("Not computed: %s", error);
  else if (curve && self->of_set) {
    g_autofree char *count = ms_describe_count(ms_curve_n_examples(curve));

    text = g_strdup_printf("Over %s scored examples", count);
  }
  gtk_label_set_text(self->note, text ? text : "");
}

static void
speak(MsCurveView *self)
{
  MsCurve *curve = ms_curve_keeper_get(self->keeper);
  g_autofree char *number = describe_threshold(self->threshold);
  g_autofree char *values = curve ? describe_all(self, curve, self->threshold) : g_strdup("n/a");
  g_autofree char *value = g_strdup_printf("%s: %s", number, values);
  g_autofree char *description = g_strdup_printf("Scores of %s at every threshold. %s",
                                                 self->of_set ? "the set" : "this example",
                                                 gtk_label_get_text(self->best_words));

  ms_curve_chart_set_words(self->chart, value, description);
}

static void
show_curve(MsCurveView *self)
{
  ms_curve_chart_set_curve(self->chart, ms_curve_keeper_get(self->keeper), iou_score(self));
  for (guint line = 0; line < N_LINES; line++) {
    gtk_label_set_text(self->names[line], name_of(self, line));
    gtk_widget_set_visible(GTK_WIDGET(self->samples[line]), self->axes == MS_CURVE_AXES_THRESHOLD);
  }
  gtk_widget_set_sensitive(self->averages, self->of_set);
  show_values(self);
  show_best(self);
  show_note(self);
  speak(self);
}

/* Whatever may have changed; the keeper tells when the curve is another one. */
static void
update(MsCurveView *self)
{
  if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
    return;
  if (self->of_set && self->evaluation)
    ms_curve_keeper_set_set(self->keeper, self->evaluation, self->model, self->split,
                            self->class_id);
  else if (!self->of_set && self->display)
    ms_curve_keeper_set_example(self->keeper, self->display, self->class_id);
  else
    ms_curve_keeper_set_nothing(self->keeper);
}

/* --- what is looked at --- */

static void
set_class(MsCurveView *self, gint64 class_id)
{
  self->class_id = class_id;
  ms_class_choice_set_chosen(self->classes, class_id);
}

/* A class that comes to be looked at alone, or is no longer. */
static void
follow_focus(MsCurveView *self)
{
  gint64 alone = ms_class_focus_get_solo(self->display->focus);

  if (alone == self->alone)
    return;
  self->alone = alone;
  if (alone < 0 || ms_class_choice_has(self->classes, alone))
    set_class(self, alone < 0 ? MS_CURVE_ALL_CLASSES : alone);
}

void
ms_curve_view_set_display(MsCurveView *self, MsDisplay *display)
{
  if (display)
    ms_display_ref(display);
  g_clear_pointer(&self->display, ms_display_unref);
  self->display = display;
  if (display)
    follow_focus(self);
  update(self);
}

void
ms_curve_view_set_evaluation(MsCurveView *self, MsEvaluation *evaluation, guint model,
                             const char *split)
{
  g_autofree char *copy = g_strdup(split);

  g_set_object(&self->evaluation, evaluation);
  self->model = model;
  g_free(self->split);
  self->split = g_steal_pointer(&copy);
  set_button_text(self->set_name, split ? split : "The set");
  if (evaluation) {
    ms_class_choice_set_set(self->classes, ms_evaluation_get_set(evaluation), model, 0);
    if (!ms_class_choice_has(self->classes, self->class_id))
      set_class(self, MS_CURVE_ALL_CLASSES);
  }
  update(self);
}

void
ms_curve_view_set_threshold(MsCurveView *self, double threshold)
{
  self->threshold = threshold;
  ms_curve_chart_set_threshold(self->chart, threshold);
  show_values(self);
  speak(self);
}

/* --- the user --- */

static void
threshold_wanted(MsCurveChart *chart, double threshold, MsCurveView *self)
{
  g_signal_emit(self, threshold_signal, 0, threshold);
}

static void
pointed(MsCurveChart *chart, double threshold, MsCurveView *self)
{
  self->pointed = threshold;
  show_values(self);
}

static void
take_best(GtkWidget *widget, const char *name, GVariant *target)
{
  MsCurveView *self = MS_CURVE_VIEW(widget);
  MsCurve *curve = ms_curve_keeper_get(self->keeper);
  double threshold;
  MsValue value;

  if (curve && ms_curve_find_best(curve, iou_score(self), &threshold, &value))
    g_signal_emit(self, threshold_signal, 0, threshold);
}

static void
take_class(GtkWidget *widget, const char *name, GVariant *target)
{
  MsCurveView *self = MS_CURVE_VIEW(widget);

  set_class(self, g_variant_get_int64(target));
  update(self);
}

/* --- construction --- */

static void
ms_curve_view_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MsCurveView *self = MS_CURVE_VIEW(object);

  switch (id) {
  case PROP_SCOPE:
    g_value_set_string(value, self->of_set ? "set" : "example");
    break;
  case PROP_AXES:
    g_value_set_string(value,
                       self->axes == MS_CURVE_AXES_THRESHOLD ? "threshold" : "precision-recall");
    break;
  case PROP_AVERAGE:
    g_value_set_string(value, self->pooled ? "pooled" : "mean");
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_curve_view_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MsCurveView *self = MS_CURVE_VIEW(object);
  const char *text = g_value_get_string(value);

  switch (id) {
  case PROP_SCOPE:
    self->of_set = g_strcmp0(text, "set") == 0;
    update(self);
    break;
  case PROP_AXES:
    self->axes = g_strcmp0(text, "threshold") == 0 ? MS_CURVE_AXES_THRESHOLD
                                                   : MS_CURVE_AXES_PRECISION_RECALL;
    ms_curve_chart_set_axes(self->chart, self->axes);
    show_curve(self);
    break;
  case PROP_AVERAGE:
    self->pooled = g_strcmp0(text, "pooled") == 0;
    show_curve(self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_curve_view_map(GtkWidget *widget)
{
  GTK_WIDGET_CLASS(ms_curve_view_parent_class)->map(widget);
  update(MS_CURVE_VIEW(widget));
}

static void
ms_curve_view_dispose(GObject *object)
{
  MsCurveView *self = MS_CURVE_VIEW(object);

  if (self->keeper)
    g_signal_handlers_disconnect_by_data(self->keeper, self);
  g_clear_object(&self->keeper);
  g_clear_object(&self->evaluation);
  g_clear_pointer(&self->display, ms_display_unref);
  g_clear_pointer(&self->split, g_free);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_CURVE_VIEW);
  G_OBJECT_CLASS(ms_curve_view_parent_class)->dispose(object);
}

static void
install_choice(MsCurveViewClass *class, guint id, const char *name, const char *action)
{
  properties[id] =
      g_param_spec_string(name, NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property(G_OBJECT_CLASS(class), id, properties[id]);
  gtk_widget_class_install_property_action(GTK_WIDGET_CLASS(class), action, name);
}

static void
bind_template(GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource(class, "/org/maskscope/Maskscope/ui/curve-view.ui");
  gtk_widget_class_bind_template_child(class, MsCurveView, box);
  gtk_widget_class_bind_template_child(class, MsCurveView, set_name);
  gtk_widget_class_bind_template_child(class, MsCurveView, classes);
  gtk_widget_class_bind_template_child(class, MsCurveView, chart);
  gtk_widget_class_bind_template_child(class, MsCurveView, at);
  gtk_widget_class_bind_template_child(class, MsCurveView, note);
  gtk_widget_class_bind_template_child(class, MsCurveView, best_words);
  gtk_widget_class_bind_template_child(class, MsCurveView, averages);
  ms_template_bind_array(class, "sample", N_LINES, G_STRUCT_OFFSET(MsCurveView, samples));
  ms_template_bind_array(class, "name", N_LINES, G_STRUCT_OFFSET(MsCurveView, names));
  ms_template_bind_array(class, "value", N_LINES, G_STRUCT_OFFSET(MsCurveView, values));
  gtk_widget_class_bind_template_callback(class, threshold_wanted);
  gtk_widget_class_bind_template_callback(class, pointed);
}

static void
ms_curve_view_class_init(MsCurveViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_CLASS_CHOICE);
  g_type_ensure(MS_TYPE_CURVE_CHART);
  G_OBJECT_CLASS(class)->dispose = ms_curve_view_dispose;
  G_OBJECT_CLASS(class)->get_property = ms_curve_view_get_property;
  G_OBJECT_CLASS(class)->set_property = ms_curve_view_set_property;
  widget_class->map = ms_curve_view_map;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "curves");
  bind_template(widget_class);
  install_choice(class, PROP_SCOPE, "scope", "curves.scope");
  install_choice(class, PROP_AXES, "axes", "curves.axes");
  install_choice(class, PROP_AVERAGE, "average", "curves.average");
  gtk_widget_class_install_action(widget_class, "curves.best", NULL, take_best);
  gtk_widget_class_install_action(widget_class, "curves.class", "x", take_class);
  threshold_signal = g_signal_new("threshold", MS_TYPE_CURVE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
ms_curve_view_init(MsCurveView *self)
{
  self->class_id = MS_CURVE_ALL_CLASSES;
  self->alone = -1;
  self->pointed = -1;
  self->keeper = ms_curve_keeper_new();
  gtk_widget_init_template(GTK_WIDGET(self));
  for (guint line = 0; line < N_LINES; line++)
    ms_curve_line_show_sample(self->samples[line], score_of(self, line));
  g_signal_connect_swapped(self->keeper, "changed", G_CALLBACK(show_curve), self);
  show_curve(self);
}
