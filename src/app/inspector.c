/* SPDX-License-Identifier: MIT */
#include "app/inspector.h"

#include <math.h>

#include "app/class-table-view.h"
#include "app/curve-view.h"
#include "app/measures-view.h"
#include "app/pointer-slider.h"
#include "app/set-summary.h"
#include "app/template.h"
#include "app/tip.h"
#include "set/describe.h"
#include "set/verdict.h"

/* The smaller scores under the headline. */
static const MsMetric minor_metrics[] = {MS_METRIC_DICE, MS_METRIC_PRECISION, MS_METRIC_RECALL,
                                         MS_METRIC_ACCURACY};
#define N_MINOR G_N_ELEMENTS(minor_metrics)

typedef enum { COUNT_TP, COUNT_FP, COUNT_FN, COUNT_TN, COUNT_IGNORED, N_COUNTS } Count;

struct _MsInspector {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *scroller;
  GtkWidget *example_box;
  GtkLabel *iou_name;
  GtkLabel *iou;
  GtkLabel *formula;
  GtkLabel *adjusted;
  GtkWidget *change_box;
  GtkLabel *change;
  GtkRevealer *unfolded;
  GtkToggleButton *unfold;
  GtkLabel *definition;
  GtkLabel *rules;
  GtkLabel *verdict;
  GtkLabel *reason;
  GtkLabel *counts[N_COUNTS];
  GtkLabel *wrong_names[2]; /* of FP and FN */
  GtkWidget *ignored_name;
  GtkWidget *overlap;
  GtkLabel *minor_names[N_MINOR];
  GtkLabel *minor_values[N_MINOR];
  GtkWidget *threshold_box;
  GtkScale *threshold;
  GtkLabel *threshold_value;
  MsCurveView *curves;
  GtkWidget *classes_box;
  MsClassTableView *classes;
  MsWhyView *why;
  MsMeasuresView *measures;
  MsSetSummary *summary;

  gboolean updating_threshold;
  guint model;

  /* Owned */
  MsEvaluation *evaluation;
  MsDiagnoses *diagnoses;
  char *split;
  MsDisplay *display; /* that is shown */
};

G_DEFINE_FINAL_TYPE(MsInspector, ms_inspector, GTK_TYPE_WIDGET)

enum { THRESHOLD, CHANGE_DISMISSED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- whose numbers the card shows: those of the example, or of the class looked at alone --- */

typedef struct {
  const MsConfusion *confusion; /* NULL: not scored */
  const MsRules *rules;
  gboolean alone;
  MsClassCounts class; /* alone */
} Subject;

static Subject
subject_of(MsDisplay *display)
{
  Subject subject = {.confusion = display->confusion, .rules = &display->rules->rules};

  subject.alone = subject.confusion &&
                  ms_class_focus_find_counts(display->focus, subject.confusion, &subject.class);
  return subject;
}

static MsValue
subject_score(const Subject *subject, MsMetric metric)
{
  if (subject->alone)
    return ms_class_focus_score(&subject->class, metric, subject->rules->empty);
  return subject->confusion ? ms_confusion_score(subject->confusion, metric) : (MsValue){0};
}

/* NULL: not scored. Caller frees. */
static char *
subject_formula(const Subject *subject, MsMetric metric)
{
  if (subject->alone)
    return ms_describe_class_formula(&subject->class, metric, subject->rules->empty);
  return subject->confusion ? ms_describe_formula(subject->confusion, metric, subject->rules->empty)
                            : NULL;
}

/* Of several classes together no pixel is a true negative, but every label is something. */
static gboolean
subject_has_tn(const Subject *subject)
{
  return subject->alone ||
         (subject->confusion && (ms_confusion_has_tn(subject->confusion) ||
                                 subject->rules->comparison == MS_COMPARE_LABELS));
}

/* --- the card --- */

static void
set_count(GtkLabel *label, gboolean exists, guint64 count)
{
  g_autofree char *text = exists ? ms_describe_count(count) : g_strdup("n/a");

  gtk_label_set_text(label, text);
}

static void
show_counts(MsInspector *self, const Subject *subject)
{
  gboolean scored = subject->confusion != NULL;
  MsCounts counts = {0};
  MsKindCounts kinds = {0};

  if (scored) {
    counts = subject->alone ? subject->class.counts : ms_confusion_counts(subject->confusion);
    kinds = ms_confusion_kinds(subject->confusion);
  }
  set_count(self->counts[COUNT_TP], scored, counts.tp);
  set_count(self->counts[COUNT_FP], scored, counts.fp);
  set_count(self->counts[COUNT_FN], scored, counts.fn);
  set_count(self->counts[COUNT_TN], subject_has_tn(subject), subject->alone ? counts.tn : kinds.tn);
  set_count(self->counts[COUNT_IGNORED], scored, kinds.ignored);
}

/* A confused pixel is an FP of one class and an FN of another; painted, it is a kind of its own.
 * Labels are not confused, and few sets of them leave any out. */
static void
name_counts(MsInspector *self, const Subject *subject)
{
  const MsRules *rules = subject->rules;
  gboolean confused = rules->comparison == MS_COMPARE_CLASSES && !subject->alone;
  gboolean ignored = rules->comparison != MS_COMPARE_LABELS || rules->n_ignored > 0;

  gtk_label_set_text(self->wrong_names[0], confused ? "FP + confused" : "False positives");
  gtk_label_set_text(self->wrong_names[1], confused ? "FN + confused" : "False negatives");
  gtk_widget_set_visible(self->overlap, rules->comparison == MS_COMPARE_STACKS && !subject->alone);
  gtk_widget_set_visible(self->ignored_name, ignored);
  gtk_widget_set_visible(GTK_WIDGET(self->counts[COUNT_IGNORED]), ignored);
}

/* "0.881"; "0 by rule" where the formula has nothing to divide. */
static char *
describe_minor(MsValue value)
{
  if (value.defined && value.by_rule)
    return g_strdup_printf("%d by rule", value.value > 0);
  return ms_describe_ratio(value, 3);
}

static void
show_minor_scores(MsInspector *self, const Subject *subject)
{
  for (guint i = 0; i < N_MINOR; i++) {
    const MsMetricInfo *info = ms_metric_info(minor_metrics[i], subject->rules->comparison);
    g_autofree char *text = describe_minor(subject_score(subject, minor_metrics[i]));
    g_autofree char *formula = subject_formula(subject, minor_metrics[i]);

    gtk_label_set_text(self->minor_names[i], info->label);
    ms_tip_set(GTK_WIDGET(self->minor_names[i]), info->formula);
    gtk_label_set_text(self->minor_values[i], text);
    ms_tip_set(GTK_WIDGET(self->minor_values[i]), formula);
  }
}

static const char *
threshold_words(MsComparison comparison)
{
  switch (comparison) {
  case MS_COMPARE_LABELS:
    return "A label is predicted where its score";
  case MS_COMPARE_STACKS:
    return "An object counts where its score";
  default:
    return "Positive where the probability";
  }
}

/* What is summed where there are several classes. */
static void
append_sum(GString *text, MsDisplay *display, const Subject *subject)
{
  const MsRules *rules = subject->rules;

  if (subject->alone) {
    g_autofree char *name =
        ms_set_class_name(display->frame->set, display->frame->model, subject->class.id);

    g_string_append_printf(text, "Counts are those of %s against the rest.\n", name);
  } else if (rules->comparison == MS_COMPARE_LABELS)
    g_string_append(text, "Counts are summed over all labels.\n");
  else if (ms_comparison_has_classes(rules->comparison))
    g_string_append(text, rules->background >= 0
                              ? "Counts are summed over all classes but background.\n"
                              : "Counts are summed over all classes.\n");
  if (rules->comparison == MS_COMPARE_STACKS)
    g_string_append(text, "Where a pixel is of several classes, each counts by itself.\n");
}

/* Rules in force, one sentence a line: what a reader must know to compute the number again. */
static char *
describe_rules(MsDisplay *display, const Subject *subject)
{
  const MsRules *rules = subject->rules;
  g_autofree char *empty_rule = g_strdup(ms_describe_empty_rule(rules));
  GString *text = g_string_new(NULL);

  if (ms_ruleset_has_threshold(display->rules)) {
    g_autofree char *threshold = ms_describe_exact_number(display->rules->threshold);

    g_string_append_printf(text, "%s is above %s.\n", threshold_words(rules->comparison),
                           threshold);
  }
  append_sum(text, display, subject);
  empty_rule[0] = g_ascii_toupper(empty_rule[0]);
  g_string_append_printf(text, "%s.", empty_rule);
  if (display->frame->result->resized)
    g_string_append(text, "\nThe predicted mask was resized to the actual one, nearest pixel.");
  return g_string_free(text, FALSE);
}

static void
set_class(GtkWidget *widget, const char *class, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class(widget, class);
  else
    gtk_widget_remove_css_class(widget, class);
}

/* The words below "Exact match" or "Not exact", which they do not repeat. Caller frees. */
static char *
describe_reason(MsDisplay *display, const Subject *subject)
{
  const MsFrame *frame = display->frame;
  g_autofree char *verdict = NULL;
  const char *colon;

  if (!subject->confusion)
    return g_strdup(display->message);
  if (subject->alone)
    return ms_verdict_class(frame->set, frame->model, &subject->class);
  verdict =
      ms_verdict(frame->set, frame->example, frame->model, display->rules, subject->confusion);
  colon = strstr(verdict, ": ");
  return g_strdup(colon ? colon + 2 : verdict);
}

/* Where the wrong pixels are; NULL: not known. Caller frees. */
static char *
describe_wrong(MsInspector *self)
{
  const MsAnalysis *analysis = ms_why_view_get_analysis(self->why);
  const MsDiagnosis *diagnosis;
  const MsKindCounts *counts;
  const MsRegion *regions;
  size_t n_regions;
  MsWrongPixels pixels = {0};

  if (!analysis)
    return NULL;
  diagnosis = &analysis->diagnosis;
  regions = ms_regions_get(diagnosis->regions, &n_regions);
  if (n_regions == 0)
    return NULL;
  pixels.wrong = ms_anatomy_wrong(&diagnosis->anatomy);
  counts = &self->display->counts;
  pixels.counted = counts->tp + counts->tn + counts->fp + counts->fn + counts->confused;
  pixels.regions = n_regions;
  pixels.largest = regions[0].mend.pixels;
  pixels.x = regions[0].inside_x;
  pixels.y = regions[0].inside_y;
  pixels.at_edge = diagnosis->reach.within[1].pixels;
  return ms_verdict_describe_wrong(&pixels);
}

/* What is known of the wrong pixels takes the place of their number, which it begins with. Where
 * classes are hidden it is of the others alone, and follows the whole's. Caller frees. */
static char *
describe_why(MsInspector *self, MsDisplay *display, const Subject *subject)
{
  char *reason = describe_reason(display, subject);
  g_autofree char *wrong = describe_wrong(self);
  g_autofree char *before = NULL;

  if (!wrong)
    return reason;
  before = reason;
  if (subject->alone) {
    g_autofree char *name =
        ms_set_class_name(display->frame->set, display->frame->model, subject->class.id);

    return g_strdup_printf("%s: %s", name, wrong);
  }
  return display->focus ? g_strdup_printf("%s; of the classes that are shown %s", before, wrong)
                        : g_steal_pointer(&wrong);
}

static gboolean
subject_is_exact(const Subject *subject)
{
  if (subject->alone)
    return subject->class.counts.fp + subject->class.counts.fn == 0;
  return subject->confusion && ms_confusion_exact(subject->confusion);
}

static void
show_verdict(MsInspector *self, MsDisplay *display, const Subject *subject)
{
  g_autofree char *reason = describe_why(self, display, subject);
  gboolean exact = subject_is_exact(subject);

  gtk_label_set_text(self->verdict, !subject->confusion ? "Not scored"
                                    : exact             ? "Exact match"
                                                        : "Not exact");
  gtk_label_set_text(self->reason, reason);
  set_class(GTK_WIDGET(self->verdict), "exact", exact);
}

/* "IoU"; "IoU of road". Caller frees. */
static char *
headline_name(MsDisplay *display, const Subject *subject)
{
  const char *label = ms_metric_info(MS_METRIC_IOU, subject->rules->comparison)->label;

  if (!subject->alone)
    return g_strdup(label);

  g_autofree char *class =
      ms_set_class_name(display->frame->set, display->frame->model, subject->class.id);

  return g_strdup_printf("%s of %s", label, class);
}

/* That a score is not of the mask as it is in its file is said beside the score. */
static void
show_adjustment(MsInspector *self, MsFrame *frame)
{
  const MsAdjustment *adjustment = ms_options_find_adjustment(
      ms_set_get_options(frame->set), ms_set_get_model_name(frame->set, frame->model));
  const char *what = ms_set_get_labels(frame->set) ? "labels" : "mask";
  g_autofree char *done = adjustment ? ms_adjustment_describe(adjustment) : NULL;
  g_autofree char *text = done ? g_strdup_printf("Predicted %s compared %s", what, done) : NULL;

  gtk_label_set_text(self->adjusted, text ? text : "");
  gtk_widget_set_visible(GTK_WIDGET(self->adjusted), text != NULL);
}

static void
show_headline(MsInspector *self, MsDisplay *display, const Subject *subject)
{
  const MsMetricInfo *info = ms_metric_info(MS_METRIC_IOU, subject->rules->comparison);
  g_autofree char *name = headline_name(display, subject);
  g_autofree char *value = ms_describe_ratio(subject_score(subject, MS_METRIC_IOU), 3);
  g_autofree char *formula = subject_formula(subject, MS_METRIC_IOU);
  g_autofree char *definition = g_strdup_printf("%s = %s", info->label, info->formula);
  g_autofree char *rules = describe_rules(display, subject);
  g_autofree char *spoken =
      g_strdup_printf("%s %s, %s", name, value, formula ? formula : "not scored");

  gtk_label_set_text(self->iou_name, name);
  gtk_label_set_text(self->iou, value);
  gtk_label_set_text(self->formula, formula ? formula : "");
  gtk_label_set_text(self->definition, definition);
  gtk_label_set_text(self->rules, rules);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->unfold), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 spoken, -1);
}

void
ms_inspector_update_threshold(MsInspector *self)
{
  MsRuleset *rules =
      self->evaluation ? ms_evaluation_get_rules(self->evaluation, self->model) : NULL;
  gboolean wanted = rules && ms_ruleset_has_threshold(rules);

  gtk_widget_set_visible(self->threshold_box, wanted);
  ms_set_summary_update_rules(self->summary);
  if (!wanted)
    return;

  char text[16];
  g_autofree char *tooltip =
      g_strconcat(threshold_words(rules->rules.comparison), " is above", NULL);

  ms_tip_set(GTK_WIDGET(self->threshold), tooltip);
  self->updating_threshold = TRUE;
  gtk_range_set_value(GTK_RANGE(self->threshold), rules->threshold);
  self->updating_threshold = FALSE;
  gtk_label_set_text(self->threshold_value,
                     g_ascii_formatd(text, sizeof text, "%.3f", rules->threshold));
  ms_curve_view_set_threshold(self->curves, rules->threshold);
}

/* --- why it is wrong --- */

/* Until the words are there, what is below them stays where it was. */
static void
hold_height(GtkWidget *widget, gboolean hold)
{
  gtk_widget_set_size_request(widget, -1, hold ? gtk_widget_get_height(widget) : -1);
}

static void
update_verdict(MsInspector *self, gboolean waits)
{
  hold_height(GTK_WIDGET(self->reason), waits);
  if (self->display) {
    Subject subject = subject_of(self->display);

    show_verdict(self, self->display, &subject);
  }
}

void
ms_inspector_set_analysis(MsInspector *self, MsAnalysis *analysis)
{
  ms_why_view_set_analysis(self->why, analysis);
  update_verdict(self, FALSE);
}

void
ms_inspector_await_analysis(MsInspector *self)
{
  ms_why_view_await_analysis(self->why);
  update_verdict(self, TRUE);
}

MsWhyView *
ms_inspector_get_why(MsInspector *self)
{
  return self->why;
}

MsRegionView *
ms_inspector_get_regions(MsInspector *self)
{
  return ms_why_view_get_regions(self->why);
}

MsToleranceView *
ms_inspector_get_tolerance(MsInspector *self)
{
  return ms_why_view_get_tolerance(self->why);
}

void
ms_inspector_set_diagnoses(MsInspector *self, MsDiagnoses *diagnoses)
{
  g_set_object(&self->diagnoses, diagnoses);
  ms_set_summary_set_diagnoses(self->summary, diagnoses);
  ms_why_view_set_diagnoses(self->why, diagnoses, self->model, self->split);
}

void
ms_inspector_set_tolerance(MsInspector *self, guint pixels)
{
  ms_why_view_set_tolerance(self->why, pixels);
  ms_measures_view_set_tolerance(self->measures, pixels);
}

void
ms_inspector_set_error(MsInspector *self, int error)
{
  ms_why_view_set_error(self->why, error);
  ms_set_summary_set_error(self->summary, error);
}

/* --- what it shows --- */

static void
take_display(MsInspector *self, MsDisplay *display)
{
  if (display)
    ms_display_ref(display);
  g_clear_pointer(&self->display, ms_display_unref);
  self->display = display;
  ms_why_view_set_display(self->why, display);
}

void
ms_inspector_set_display(MsInspector *self, MsDisplay *display)
{
  take_display(self, display);
  gtk_widget_set_visible(self->example_box, display != NULL);
  ms_inspector_update_threshold(self);
  ms_curve_view_set_display(self->curves, display);
  ms_measures_view_set_display(self->measures, display);
  if (!display) {
    ms_class_table_view_empty(self->classes);
    return;
  }

  Subject subject = subject_of(display);
  gboolean classes = ms_comparison_has_classes(subject.rules->comparison) &&
                     subject.rules->comparison != MS_COMPARE_LABELS;

  show_headline(self, display, &subject);
  show_adjustment(self, display->frame);
  show_verdict(self, display, &subject);
  show_counts(self, &subject);
  name_counts(self, &subject);
  show_minor_scores(self, &subject);
  gtk_widget_set_visible(self->classes_box, classes);
  set_class(GTK_WIDGET(self->unfold), "of-classes", classes);
  if (classes)
    ms_class_table_view_show(self->classes, display->frame->set, display->frame->model,
                             subject.confusion, subject.rules->empty);
}

void
ms_inspector_show_change(MsInspector *self, const char *text)
{
  gtk_label_set_text(self->change, text ? text : "");
  gtk_widget_set_visible(self->change_box, text != NULL);
}

static void
change_dismissed(GtkButton *button, MsInspector *self)
{
  ms_inspector_show_change(self, NULL);
  g_signal_emit(self, signals[CHANGE_DISMISSED], 0);
}

void
ms_inspector_set_focus(MsInspector *self, MsClassFocus *focus)
{
  ms_class_table_view_set_focus(self->classes, focus);
  ms_set_summary_set_focus(self->summary, focus);
}

void
ms_inspector_set_evaluation(MsInspector *self, MsEvaluation *evaluation, guint model)
{
  g_set_object(&self->evaluation, evaluation);
  self->model = model;
  ms_set_summary_set_evaluation(self->summary, evaluation, model);
  ms_curve_view_set_evaluation(self->curves, evaluation, model, NULL);
  ms_inspector_set_display(self, NULL);
}

void
ms_inspector_set_scope(MsInspector *self, guint model, const char *split)
{
  g_autofree char *copy = g_strdup(split);

  self->model = model;
  g_free(self->split);
  self->split = g_steal_pointer(&copy);
  ms_why_view_set_diagnoses(self->why, self->diagnoses, model, split);
  ms_set_summary_set_scope(self->summary, model, split);
  ms_curve_view_set_evaluation(self->curves, self->evaluation, model, split);
  ms_inspector_update_threshold(self);
}

/* Steps of a thousandth: what is shown is what is in force. */
static void
threshold_moved(GtkRange *range, MsInspector *self)
{
  if (!self->updating_threshold)
    g_signal_emit(self, signals[THRESHOLD], 0, round(1000 * gtk_range_get_value(range)) / 1000);
}

static void
curve_threshold_wanted(MsCurveView *curves, double threshold, MsInspector *self)
{
  g_signal_emit(self, signals[THRESHOLD], 0, threshold);
}

static void
unfold_toggled(GtkToggleButton *button, MsInspector *self)
{
  gtk_revealer_set_reveal_child(self->unfolded, gtk_toggle_button_get_active(button));
}

static void
ms_inspector_dispose(GObject *object)
{
  MsInspector *self = MS_INSPECTOR(object);

  g_clear_object(&self->evaluation);
  g_clear_object(&self->diagnoses);
  g_clear_pointer(&self->split, g_free);
  g_clear_pointer(&self->display, ms_display_unref);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_INSPECTOR);
  G_OBJECT_CLASS(ms_inspector_parent_class)->dispose(object);
}

static void
ms_inspector_class_init(MsInspectorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_CLASS_TABLE_VIEW);
  g_type_ensure(MS_TYPE_CURVE_VIEW);
  g_type_ensure(MS_TYPE_MEASURES_VIEW);
  g_type_ensure(MS_TYPE_POINTER_SLIDER);
  g_type_ensure(MS_TYPE_SET_SUMMARY);
  g_type_ensure(MS_TYPE_WHY_VIEW);
  G_OBJECT_CLASS(class)->dispose = ms_inspector_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/inspector.ui");
  gtk_widget_class_bind_template_child(widget_class, MsInspector, scroller);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, example_box);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, iou_name);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, iou);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, formula);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, adjusted);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, change_box);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, change);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, unfolded);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, unfold);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, definition);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, rules);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, verdict);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, reason);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, ignored_name);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, overlap);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, threshold_box);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, threshold);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, threshold_value);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, curves);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, classes_box);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, classes);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, why);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, measures);
  gtk_widget_class_bind_template_child(widget_class, MsInspector, summary);
  ms_template_bind_array(widget_class, "count", N_COUNTS, G_STRUCT_OFFSET(MsInspector, counts));
  ms_template_bind_array(widget_class, "wrong_name", 2, G_STRUCT_OFFSET(MsInspector, wrong_names));
  ms_template_bind_array(widget_class, "minor_name", N_MINOR,
                         G_STRUCT_OFFSET(MsInspector, minor_names));
  ms_template_bind_array(widget_class, "minor_value", N_MINOR,
                         G_STRUCT_OFFSET(MsInspector, minor_values));
  gtk_widget_class_bind_template_callback(widget_class, change_dismissed);
  gtk_widget_class_bind_template_callback(widget_class, curve_threshold_wanted);
  gtk_widget_class_bind_template_callback(widget_class, threshold_moved);
  gtk_widget_class_bind_template_callback(widget_class, unfold_toggled);
  signals[THRESHOLD] = g_signal_new("threshold", MS_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[CHANGE_DISMISSED] = g_signal_new("change-dismissed", MS_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ms_inspector_init(MsInspector *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
