/* SPDX-License-Identifier: MIT
 *
 * Values hold for a frame under rules: another way of painting it, or another class looked at,
 * shows others of them and works nothing out.
 */
#include "app/measures-view.h"

#include <math.h>

#include "app/definition.h"
#include "app/fold.h"
#include "app/job.h"
#include "app/tip.h"
#include "set/describe.h"
#include "set/measures.h"

#define DIGITS 3

struct _MsMeasuresView {
  GtkWidget parent_instance;

  /* Template */
  MsFold *fold;
  MsDefinition *definition;
  GtkLabel *subject;
  GtkSpinner *spinner;
  GtkWidget *busy;
  GtkGrid *grid;
  GtkLabel *note;

  /* Borrowed: children of the grid */
  GtkLabel *names[MS_N_MEASURES];
  GtkLabel *values[MS_N_MEASURES];

  /* Owned */
  MsDisplay *display;
  GCancellable *cancellable;   /* of the job under way; NULL: none is */
  MsExampleMeasures *measures; /* of the display's frame and rules, it may be at the tolerance that
                                * was set before; NULL: not worked out */
  char *failure;

  guint tolerance; /* that is set; 0: none is */
};

G_DEFINE_FINAL_TYPE(MsMeasuresView, ms_measures_view, GTK_TYPE_WIDGET)

/* --- what is shown ---------------------------------------------------------------------------- */

static gboolean
is_one_class(const MsDisplay *display)
{
  return !ms_comparison_has_classes(display->rules->rules.comparison);
}

/* Of the class that is looked at alone; NULL: it is in neither mask. */
static const MsMeasured *
shown_values(MsMeasuresView *self, gboolean *alone, MsClassCounts *class)
{
  *alone = !is_one_class(self->display) &&
           ms_class_focus_find_counts(self->display->focus, self->display->confusion, class);
  return *alone ? ms_example_measures_find(self->measures, class->id) : &self->measures->whole;
}

static gboolean
has_infinite(const MsMeasured *measured)
{
  for (int i = 0; i < MS_N_MEASURES; i++)
    if (measured->values[i].defined && isinf(measured->values[i].value))
      return TRUE;
  return FALSE;
}

static const char *
infinite_words(MsMeasuresView *self, gboolean alone, const MsClassCounts *class)
{
  MsCounts counts = alone ? class->counts : ms_confusion_counts(self->display->confusion);

  if (!alone && !is_one_class(self->display))
    return "Infinite: a class is in one of the masks alone.";
  if (counts.tp + counts.fn == 0)
    return alone ? "Infinite: the actual mask has nothing of this class."
                 : "Infinite: the actual mask is empty.";
  return alone ? "Infinite: the predicted mask has nothing of this class."
               : "Infinite: the predicted mask is empty.";
}

static char *
describe_note(MsMeasuresView *self, const MsMeasured *measured, gboolean alone,
              const MsClassCounts *class)
{
  GString *text = g_string_new(NULL);

  if (!measured)
    g_string_append(text, "This class is in neither mask.\n");
  else if (has_infinite(measured))
    g_string_append_printf(text, "%s\n", infinite_words(self, alone, class));
  if (!alone && !is_one_class(self->display))
    g_string_append(text, "Means over the classes other than background.\n");
  if (self->measures->no_segments)
    g_string_append_printf(text, "Panoptic quality is n/a: %s.\n", self->measures->no_segments);
  g_string_append(text, self->tolerance > 0
                            ? "Surface Dice is at the tolerance that is set.\n"
                            : "Surface Dice is at the usual tolerance, as none is set.\n");
  g_string_append(text, "Distances are in pixels of the image plane.");
  return g_string_free(text, FALSE);
}

static void
show_subject(MsMeasuresView *self, gboolean alone, const MsClassCounts *class)
{
  const MsFrame *frame = self->display->frame;
  g_autofree char *name = alone ? ms_set_class_name(frame->set, frame->model, class->id) : NULL;
  g_autofree char *text = name ? g_strdup_printf("%s against the rest", name) : NULL;

  gtk_label_set_text(self->subject, text ? text : "");
}

static void
show_tolerance(MsMeasuresView *self)
{
  g_autofree char *name =
      g_strdup_printf("%s at %u px", ms_measure_info(MS_MEASURE_SURFACE_DICE)->label,
                      self->measures->request.tolerance);

  gtk_label_set_text(self->names[MS_MEASURE_SURFACE_DICE], name);
}

static void
show_values(MsMeasuresView *self)
{
  MsClassCounts class = {0};
  gboolean alone;
  const MsMeasured *measured = shown_values(self, &alone, &class);
  g_autofree char *note = describe_note(self, measured, alone, &class);

  for (int i = 0; i < MS_N_MEASURES; i++) {
    MsValue value = measured ? measured->values[i] : (MsValue){.defined = false};
    g_autofree char *text = ms_describe_measure((MsMeasure)i, value, DIGITS);

    gtk_label_set_text(self->values[i], text);
  }
  show_tolerance(self);
  show_subject(self, alone, &class);
  gtk_label_set_text(self->note, note);
}

static void
show(MsMeasuresView *self)
{
  gboolean busy = self->cancellable && !self->measures;

  gtk_spinner_set_spinning(self->spinner, busy);
  gtk_widget_set_visible(self->busy, busy);
  gtk_widget_set_visible(GTK_WIDGET(self->grid), self->measures != NULL);
  gtk_widget_set_visible(GTK_WIDGET(self->note), self->measures || self->failure);
  gtk_label_set_text(self->subject, "");
  if (self->measures)
    show_values(self);
  else if (self->failure)
    gtk_label_set_text(self->note, self->failure);
}

/* --- working it out --------------------------------------------------------------------------- */

typedef struct {
  MsDisplay *display;
  MsMeasureRequest request;
} Job;

static void
job_free(Job *job)
{
  ms_display_unref(job->display);
  g_free(job);
}

static void
measure(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  const MsDisplay *display = job->display;
  GError *error = NULL;
  MsExampleMeasures *measures = ms_example_measures_of_frame(
      display->frame, display->rules, display->confusion, &job->request, cancellable, &error);

  if (measures)
    g_task_return_pointer(task, measures, (GDestroyNotify)ms_example_measures_free);
  else
    g_task_return_error(task, error);
}

static void
measured(GObject *source, GAsyncResult *result, gpointer user)
{
  MsMeasuresView *self = MS_MEASURES_VIEW(source);
  g_autoptr(GError) error = NULL;
  MsExampleMeasures *measures = g_task_propagate_pointer(G_TASK(result), &error);

  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object(&self->cancellable);
  g_clear_pointer(&self->measures, ms_example_measures_free);
  self->measures = measures;
  self->failure = error ? g_strdup_printf("Not measured: %s", error->message) : NULL;
  show(self);
}

static guint
wanted_tolerance(MsMeasuresView *self)
{
  return self->tolerance > 0 ? self->tolerance : MS_TOLERANCE_DEFAULT;
}

static void
start(MsMeasuresView *self)
{
  g_autoptr(GTask) task = NULL;
  Job *job = g_new0(Job, 1);

  job->display = ms_display_ref(self->display);
  job->request = (MsMeasureRequest){.wanted = MS_MEASURES_ALL, .tolerance = wanted_tolerance(self)};
  self->cancellable = g_cancellable_new();
  task = ms_job_new(self, self->cancellable, measured);
  g_task_set_task_data(task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread(task, measure);
}

static gboolean
is_known(MsMeasuresView *self)
{
  return self->failure ||
         (self->measures && self->measures->request.tolerance == wanted_tolerance(self));
}

static void
update(MsMeasuresView *self)
{
  if (self->display && ms_fold_get_open(self->fold) && !is_known(self) && !self->cancellable)
    start(self);
  show(self);
}

static void
give_up(MsMeasuresView *self)
{
  g_cancellable_cancel(self->cancellable);
  g_clear_object(&self->cancellable);
}

static void
forget(MsMeasuresView *self)
{
  give_up(self);
  g_clear_pointer(&self->measures, ms_example_measures_free);
  g_clear_pointer(&self->failure, g_free);
}

static gboolean
has_measures(const MsDisplay *display)
{
  return display && display->confusion && !ms_set_get_labels(display->frame->set);
}

void
ms_measures_view_set_display(MsMeasuresView *self, MsDisplay *display)
{
  MsDisplay *next = has_measures(display) ? ms_display_ref(display) : NULL;

  if (!next || !self->display || next->frame != self->display->frame ||
      next->rules != self->display->rules)
    forget(self);
  g_clear_pointer(&self->display, ms_display_unref);
  self->display = next;
  gtk_widget_set_visible(GTK_WIDGET(self), next != NULL);
  update(self);
}

void
ms_measures_view_set_tolerance(MsMeasuresView *self, guint pixels)
{
  if (pixels == self->tolerance)
    return;
  self->tolerance = pixels;
  give_up(self);
  update(self);
}

gboolean
ms_measures_view_is_busy(MsMeasuresView *self)
{
  return self->cancellable != NULL;
}

/* Given up when it is folded away. */
static void
open_changed(MsFold *fold, GParamSpec *pspec, MsMeasuresView *self)
{
  if (!ms_fold_get_open(fold) && self->cancellable)
    forget(self);
  update(self);
}

/* --- the object ------------------------------------------------------------------------------- */

static char *
describe_name(MsMeasure measure)
{
  const MsMetricInfo *info = ms_measure_info(measure);

  return info->name ? g_strdup_printf("%s (%s)", info->name, info->label) : g_strdup(info->label);
}

static char *
describe_definition(MsMeasure measure)
{
  const MsMetricInfo *info = ms_measure_info(measure);

  return g_strdup_printf("%s\n%s\n%s", info->formula, info->on_empty, info->source);
}

static void
add_row(MsMeasuresView *self, MsMeasure measure)
{
  g_autofree char *full = describe_name(measure);
  g_autofree char *definition = describe_definition(measure);
  g_autofree char *tooltip = g_strdup_printf("%s\n%s", full, definition);
  GtkWidget *value = gtk_label_new(NULL);
  GtkWidget *label = gtk_label_new(ms_measure_info(measure)->label);

  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand(label, TRUE);
  gtk_label_set_xalign(GTK_LABEL(value), 1);
  gtk_widget_add_css_class(value, "numeric");
  ms_tip_set(label, tooltip);
  ms_tip_set(value, tooltip);
  ms_definition_add(self->definition, NULL, full, definition);
  gtk_grid_attach(self->grid, label, 0, (int)measure, 1, 1);
  gtk_grid_attach(self->grid, value, 1, (int)measure, 1, 1);
  self->names[measure] = GTK_LABEL(label);
  self->values[measure] = GTK_LABEL(value);
  gtk_accessible_update_relation(GTK_ACCESSIBLE(value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                 NULL, -1);
}

static void
ms_measures_view_dispose(GObject *object)
{
  MsMeasuresView *self = MS_MEASURES_VIEW(object);

  forget(self);
  g_clear_pointer(&self->display, ms_display_unref);
  if (self->fold)
    gtk_widget_unparent(GTK_WIDGET(self->fold));
  self->fold = NULL;
  G_OBJECT_CLASS(ms_measures_view_parent_class)->dispose(object);
}

static void
ms_measures_view_init(MsMeasuresView *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  for (int i = 0; i < MS_N_MEASURES; i++)
    add_row(self, (MsMeasure)i);
  show(self);
}

static void
ms_measures_view_class_init(MsMeasuresViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_measures_view_dispose;
  g_type_ensure(MS_TYPE_DEFINITION);
  g_type_ensure(MS_TYPE_FOLD);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/measures-view.ui");
  gtk_widget_class_bind_template_child(widget_class, MsMeasuresView, fold);
  gtk_widget_class_bind_template_child(widget_class, MsMeasuresView, definition);
  gtk_widget_class_bind_template_child(widget_class, MsMeasuresView, subject);
  gtk_widget_class_bind_template_child(widget_class, MsMeasuresView, spinner);
  gtk_widget_class_bind_template_child(widget_class, MsMeasuresView, busy);
  gtk_widget_class_bind_template_child(widget_class, MsMeasuresView, grid);
  gtk_widget_class_bind_template_child(widget_class, MsMeasuresView, note);
  gtk_widget_class_bind_template_callback(widget_class, open_changed);
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
}
