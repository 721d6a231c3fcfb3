/* SPDX-License-Identifier: MIT */
#include "app/set-summary.h"

#include "app/template.h"
#include "set/describe.h"

/* Totals follow a burst of results at most this often. */
#define REFRESH_MS 200
/* Notices shown; the rest is counted. */
#define MAX_NOTICES 50

struct _MsSetSummary {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkLabel *heading;
  GtkLabel *tally;
  GtkLabel *names[MS_N_SET_METRICS];
  GtkLabel *values[MS_N_SET_METRICS];
  GtkLabel *exact_count;
  GtkLabel *rule;
  GtkLabel *reading;
  GtkWidget *notices;
  GtkLabel *notices_title;
  GtkLabel *notices_text;

  guint model;
  guint refresh;

  /* Owned */
  MsEvaluation *evaluation;
  char *split;
};

G_DEFINE_FINAL_TYPE(MsSetSummary, ms_set_summary, GTK_TYPE_WIDGET)

static void
show_values(MsSetSummary *self, const MsTotals *totals, gboolean several_classes)
{
  g_autofree char *exact = ms_describe_count(ms_totals_exact(totals));
  g_autofree char *scored = ms_describe_count(ms_totals_scored(totals));
  g_autofree char *ratio = g_strdup_printf("%s of %s", exact, scored);

  for (guint i = 0; i < MS_N_SET_METRICS; i++) {
    g_autofree char *value = ms_describe_ratio(ms_totals_value(totals, i), 3);
    gboolean shown = i != MS_SET_METRIC_MIOU || several_classes;

    gtk_label_set_text(self->values[i], value);
    gtk_widget_set_visible(GTK_WIDGET(self->names[i]), shown);
    gtk_widget_set_visible(GTK_WIDGET(self->values[i]), shown);
  }
  gtk_label_set_text(self->exact_count, ratio);
}

/* " · 2 skipped", or nothing. */
static void
append_some(GString *text, guint n, const char *what)
{
  g_autofree char *count = ms_describe_count(n);

  if (n > 0)
    g_string_append_printf(text, " · %s %s", count, what);
}

/* "24 scored", "18 of 24 scored · 2 skipped · 1 resized" */
static void
show_tally(MsSetSummary *self, const MsTally *tally)
{
  g_autofree char *scored = ms_describe_count(tally->scored);
  g_autofree char *examples = ms_describe_count(tally->examples);
  GString *text = g_string_new(scored);

  if (tally->scored < tally->examples)
    g_string_append_printf(text, " of %s", examples);
  g_string_append(text, " scored");
  append_some(text, tally->skipped, "skipped");
  append_some(text, tally->resized, "resized");
  gtk_label_set_text(self->tally, text->str);
  g_string_free(text, TRUE);
}

/* The rule behind the means, and how many examples it leaves out of them. */
static void
show_rule(MsSetSummary *self, const MsTotals *totals, const MsRules *rules)
{
  guint64 left_out = ms_totals_scored(totals) - ms_totals_in_mean(totals);
  GString *text = g_string_new("Means: ");

  g_string_append(text, ms_describe_empty_rule(rules));
  if (left_out > 0) {
    g_autofree char *count = ms_describe_count(left_out);

    g_string_append_printf(text, ": %s without IoU", count);
  }
  gtk_label_set_text(self->rule, text->str);
  g_string_free(text, TRUE);
}

static void
show_heading(MsSetSummary *self, MsSet *set)
{
  const char *model = ms_set_get_model_name(set, self->model);
  g_autofree char *text = self->split ? g_strdup_printf("%s · %s", model, self->split)
                                      : g_strdup_printf("%s · whole set", model);

  gtk_label_set_text(self->heading, text);
}

static void
update(MsSetSummary *self)
{
  MsTally tally;
  MsRuleset *rules = ms_evaluation_get_rules(self->evaluation, self->model);
  g_autoptr(MsTotals) totals =
      ms_evaluation_totals(self->evaluation, self->model, self->split, &tally);

  show_heading(self, ms_evaluation_get_set(self->evaluation));
  show_values(self, totals, ms_comparison_has_classes(rules->rules.comparison));
  show_tally(self, &tally);
  show_rule(self, totals, &rules->rules);
}

static gboolean
refresh(gpointer user)
{
  MsSetSummary *self = user;

  self->refresh = 0;
  update(self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh(MsSetSummary *self)
{
  if (!self->refresh)
    self->refresh = g_timeout_add(REFRESH_MS, refresh, self);
}

static void
scored(MsEvaluation *evaluation, guint example, guint model, MsSetSummary *self)
{
  if (model == self->model)
    queue_refresh(self);
}

static void
show_reading(MsSetSummary *self, MsSet *set)
{
  const MsReading *actual = ms_set_get_actual_reading(set);
  const MsReading *predicted = ms_set_get_predicted_reading(set, self->model);
  g_autofree char *text =
      g_strdup_printf("Actual: %s\nPredicted: %s", actual ? actual->description : "none",
                      predicted ? predicted->description : "none");

  gtk_label_set_text(self->reading, text);
}

static void
show_notices(MsSetSummary *self, MsSet *set)
{
  const GPtrArray *notices = ms_set_get_notices(set);
  g_autofree char *title = g_strdup_printf("Notices (%u)", notices->len);
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < notices->len && i < MAX_NOTICES; i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);

    if (notice->path)
      g_string_append_printf(text, "%s: ", notice->path);
    g_string_append_printf(text, "%s\n", notice->message);
  }
  if (notices->len > MAX_NOTICES)
    g_string_append_printf(text, "and %u more\n", notices->len - MAX_NOTICES);
  gtk_label_set_text(self->notices_title, title);
  gtk_label_set_text(self->notices_text, g_strchomp(text->str));
  gtk_widget_set_visible(self->notices, notices->len > 0);
  g_string_free(text, TRUE);
}

static void
unset_evaluation(MsSetSummary *self)
{
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  g_clear_object(&self->evaluation);
  g_clear_handle_id(&self->refresh, g_source_remove);
}

void
ms_set_summary_set_evaluation(MsSetSummary *self, MsEvaluation *evaluation, guint model)
{
  unset_evaluation(self);
  self->model = model;
  g_clear_pointer(&self->split, g_free);
  gtk_widget_set_visible(GTK_WIDGET(self), evaluation != NULL);
  if (!evaluation)
    return;
  self->evaluation = g_object_ref(evaluation);
  g_signal_connect(evaluation, "scored", G_CALLBACK(scored), self);
  g_signal_connect_swapped(evaluation, "changed", G_CALLBACK(queue_refresh), self);
  show_notices(self, ms_evaluation_get_set(evaluation));
}

void
ms_set_summary_set_scope(MsSetSummary *self, guint model, const char *split)
{
  g_autofree char *copy = g_strdup(split);

  self->model = model;
  g_free(self->split);
  self->split = g_steal_pointer(&copy);
  if (!self->evaluation)
    return;
  show_reading(self, ms_evaluation_get_set(self->evaluation));
  update(self);
}

static void
ms_set_summary_dispose(GObject *object)
{
  MsSetSummary *self = MS_SET_SUMMARY(object);

  unset_evaluation(self);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_SET_SUMMARY);
  G_OBJECT_CLASS(ms_set_summary_parent_class)->dispose(object);
}

static void
ms_set_summary_finalize(GObject *object)
{
  g_free(MS_SET_SUMMARY(object)->split);
  G_OBJECT_CLASS(ms_set_summary_parent_class)->finalize(object);
}

static void
ms_set_summary_class_init(MsSetSummaryClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_set_summary_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_set_summary_finalize;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/set-summary.ui");
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, box);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, heading);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, tally);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, exact_count);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, rule);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, reading);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, notices);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, notices_title);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, notices_text);
  ms_template_bind_array(widget_class, "name", MS_N_SET_METRICS,
                         G_STRUCT_OFFSET(MsSetSummary, names));
  ms_template_bind_array(widget_class, "value", MS_N_SET_METRICS,
                         G_STRUCT_OFFSET(MsSetSummary, values));
}

static void
ms_set_summary_init(MsSetSummary *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  for (guint i = 0; i < MS_N_SET_METRICS; i++) {
    const MsMetricInfo *info = ms_set_metric_info(i, MS_COMPARE_BINARY);

    gtk_label_set_text(self->names[i], info->label);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->names[i]), info->formula);
  }
}
