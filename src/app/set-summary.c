/* SPDX-License-Identifier: MIT */
#include "app/set-summary.h"

#include "app/advice-view.h"
#include "app/board-keeper.h"
#include "app/class-table-view.h"
#include "app/fold.h"
#include "app/score-table.h"
#include "app/set-anatomy.h"
#include "app/settings.h"
#include "set/describe.h"

/* Notices shown; the rest is counted. */
#define MAX_NOTICES 50

/* More classes than these are shown anew no more often than that, unless scores rest. */
#define MANY_CLASSES 200
#define CLASSES_MS   500

struct _MsSetSummary {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkLabel *heading;
  GtkLabel *tally;
  GtkWidget *partial; /* in place of numbers, while the set is a part of one */
  MsAdviceView *advice;
  MsScoreTable *scores;
  GtkLabel *rule;
  MsFold *classes_fold;
  MsClassTableView *classes;
  MsFold *anatomy_fold;
  MsSetAnatomy *anatomy;
  MsFold *method_fold;
  GtkLabel *method;
  MsFold *absence_fold;
  GtkLabel *absence;
  MsFold *reading_fold;
  GtkLabel *reading;
  MsFold *notices;
  GtkLabel *notices_text;

  guint model;
  guint classes_timer;     /* while it runs, many classes are not shown anew */
  gboolean classes_behind; /* and there are others than those on screen */

  /* Owned */
  MsEvaluation *evaluation;
  MsDiagnoses *diagnoses;
  MsBoardKeeper *keeper;
  char *split;
};

G_DEFINE_FINAL_TYPE(MsSetSummary, ms_set_summary, GTK_TYPE_WIDGET)

/* --- scores --- */

/* Splits that have something to say beside the whole set. */
static guint
count_splits(MsSet *set)
{
  const char *const *splits = ms_set_get_splits(set);
  guint n = g_strv_length((char **)splits);
  guint n_examples;

  if (n != 1)
    return n;
  ms_set_get_split_examples(set, splits[0], &n_examples);
  return n_examples < ms_set_get_n_examples(set);
}

/* The whole set (NULL), then the splits that stand beside it: the first ones, but in any case the
 * chosen one. */
static GPtrArray *
list_columns(MsSetSummary *self, guint *n_more)
{
  MsSet *set = ms_evaluation_get_set(self->evaluation);
  const char *const *splits = ms_set_get_splits(set);
  guint n_splits = count_splits(set);
  guint n_shown = MIN(n_splits, MS_SCORE_TABLE_MAX_COLUMNS - 1);
  GPtrArray *columns = g_ptr_array_new();

  g_ptr_array_add(columns, NULL);
  for (guint i = 0; i < n_shown; i++)
    g_ptr_array_add(columns, (gpointer)splits[i]);
  for (guint i = n_shown; self->split && i < n_splits; i++)
    if (g_str_equal(splits[i], self->split))
      columns->pdata[n_shown] = (gpointer)splits[i];
  *n_more = n_splits - n_shown;
  return columns;
}

/* What is shown of a part before there is a board: how many examples wait. */
static MsStanding *
standing_new(MsSet *set, const char *split)
{
  MsStanding *standing = g_new0(MsStanding, 1);

  standing->split = (char *)split;
  ms_set_get_split_examples(set, split, &standing->tally.examples);
  standing->tally.waiting = standing->tally.examples;
  return standing;
}

/* The numbers of a part; before there is a board it is kept in `blank`. */
static const MsStanding *
get_standing(MsSetSummary *self, GPtrArray *blank, const char *split)
{
  const MsScoreboard *board = ms_board_keeper_get(self->keeper);

  if (board)
    return ms_scoreboard_find(board, split);
  g_ptr_array_add(blank, standing_new(ms_evaluation_get_set(self->evaluation), split));
  return g_ptr_array_index(blank, blank->len - 1);
}

/* Values that are not those of the rules in force stay to be seen, but as such. */
static void
mark_outdated(gpointer widget, gboolean outdated)
{
  if (outdated)
    gtk_widget_add_css_class(widget, "outdated");
  else
    gtk_widget_remove_css_class(widget, "outdated");
  gtk_accessible_update_state(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_STATE_BUSY, outdated, -1);
}

/* What follows from intervals, and nothing without them. */
static void
show_findings(MsSetSummary *self, const MsScoreboard *board)
{
  g_autofree char *method = board ? ms_scoreboard_describe_method(board) : NULL;
  g_autofree char *absence = board ? ms_advice_view_describe_absence(board->advice) : NULL;

  ms_advice_view_show(self->advice, board ? board->advice : NULL);
  gtk_label_set_text(self->method, method ? method : "");
  gtk_widget_set_visible(GTK_WIDGET(self->method_fold), method != NULL);
  ms_fold_set_title(self->absence_fold, gtk_widget_get_visible(GTK_WIDGET(self->advice))
                                            ? "Why is there no other advice?"
                                            : "Why is there no advice?");
  gtk_label_set_text(self->absence, absence ? absence : "");
  gtk_widget_set_visible(GTK_WIDGET(self->absence_fold), absence != NULL);
}

/* --- words --- */

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

/* The rule behind the means, and how many examples it leaves out of them; why there are no newer
 * values where they failed. */
static void
show_rule(MsSetSummary *self, const MsStanding *standing, const MsRules *rules)
{
  const char *error = ms_board_keeper_get_error(self->keeper);
  guint64 left_out = standing->tally.scored - standing->n_in_mean;
  GString *text = g_string_new("Means: ");

  g_string_append(text, ms_describe_empty_rule(rules));
  if (left_out > 0) {
    g_autofree char *count = ms_describe_count(left_out);

    g_string_append_printf(text, ": %s without IoU", count);
  }
  if (error)
    g_string_append_printf(text, "\nNot computed: %s", error);
  gtk_label_set_text(self->rule, text->str);
  g_string_free(text, TRUE);
}

static void
show_heading(MsSetSummary *self, MsSet *set)
{
  const char *model = ms_set_get_model_name(set, self->model);
  const char *given = ms_set_get_options(set)->split; /* the set was cut to this one */
  const char *split = self->split ? self->split : given;
  const char *whole = ms_set_is_partial(set) ? "first examples" : "whole set";
  g_autofree char *text = g_strdup_printf("%s · %s", model, split ? split : whole);

  gtk_label_set_text(self->heading, text);
}

static void update(MsSetSummary *self);

static gboolean
classes_due(gpointer user)
{
  MsSetSummary *self = user;

  self->classes_timer = 0;
  if (self->classes_behind)
    update(self);
  return G_SOURCE_REMOVE;
}

/* A board with intervals that hold; NULL: there is none, or not yet. */
static const MsScoreboard *
get_drawn(MsSetSummary *self)
{
  const MsScoreboard *board = ms_board_keeper_get(self->keeper);

  return ms_board_keeper_is_current(self->keeper) && board->drawn ? board : NULL;
}

/* pooled NULL: there is nothing yet. */
static void
show_classes(MsSetSummary *self, const MsConfusion *pooled, MsEmptyRule empty)
{
  gsize n_classes = 0;

  self->classes_behind = self->classes_timer && !get_drawn(self);
  if (self->classes_behind)
    return;
  if (pooled)
    ms_confusion_classes(pooled, &n_classes);
  ms_class_table_view_show(self->classes, ms_evaluation_get_set(self->evaluation), self->model,
                           pooled, empty);
  if (n_classes > MANY_CLASSES && !self->classes_timer)
    self->classes_timer = g_timeout_add(CLASSES_MS, classes_due, self);
}

static void
show_scores(MsSetSummary *self, GPtrArray *blank, MsComparison comparison)
{
  guint n_more;
  g_autoptr(GPtrArray) columns = list_columns(self, &n_more);
  g_autoptr(GPtrArray) standings = g_ptr_array_new();

  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add(standings, (gpointer)get_standing(self, blank, g_ptr_array_index(columns, i)));
  ms_score_table_show(self->scores, comparison, standings, ms_board_keeper_is_current(self->keeper),
                      self->split, n_more);
}

/* The set's numbers, of a set that is whole. */
static void
show_numbers(MsSetSummary *self)
{
  const MsRules *rules = &ms_evaluation_get_rules(self->evaluation, self->model)->rules;
  gboolean outdated = ms_board_keeper_is_outdated(self->keeper);
  g_autoptr(GPtrArray) blank = g_ptr_array_new_with_free_func(g_free);
  const MsStanding *standing = get_standing(self, blank, self->split);

  show_tally(self, &standing->tally);
  show_scores(self, blank, rules->comparison);
  mark_outdated(self->scores, outdated);
  show_findings(self, get_drawn(self));
  show_rule(self, standing, rules);
  mark_outdated(self->rule, outdated);
  if (ms_comparison_has_classes(rules->comparison) && ms_fold_get_open(self->classes_fold))
    show_classes(self, standing->pooled, rules->empty);
  mark_outdated(self->classes, outdated || self->classes_behind);
}

static void
update(MsSetSummary *self)
{
  show_heading(self, ms_evaluation_get_set(self->evaluation));
  if (self->keeper)
    show_numbers(self);
}

static void
classes_opened(MsSetSummary *self)
{
  if (self->evaluation)
    update(self);
}

/* Of a part no number of the set is shown, and that is said. */
static void
show_places(MsSetSummary *self, gboolean partial)
{
  gtk_widget_set_visible(self->partial, partial);
  gtk_widget_set_visible(GTK_WIDGET(self->tally), !partial);
  gtk_widget_set_visible(GTK_WIDGET(self->scores), !partial);
  gtk_widget_set_visible(GTK_WIDGET(self->rule), !partial);
  if (partial)
    show_findings(self, NULL);
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
  ms_fold_set_title(self->notices, title);
  gtk_label_set_text(self->notices_text, g_strchomp(text->str));
  gtk_widget_set_visible(GTK_WIDGET(self->notices), notices->len > 0);
  g_string_free(text, TRUE);
}

/* Labels are what a label set is about; of masks the classes are a further look. */
static void
name_things(MsSetSummary *self, gboolean labels, gboolean classes)
{
  ms_fold_set_title(self->classes_fold, labels ? "Labels" : "Classes of the set");
  ms_fold_set_open(self->classes_fold, labels);
  gtk_widget_set_visible(GTK_WIDGET(self->classes_fold), classes);
  ms_fold_set_title(self->reading_fold,
                    labels ? "How the labels are read" : "How the masks are read");
}

/* --- what it is of --- */

static void
unset_evaluation(MsSetSummary *self)
{
  if (self->keeper)
    g_signal_handlers_disconnect_by_data(self->keeper, self);
  g_clear_handle_id(&self->classes_timer, g_source_remove);
  self->classes_behind = FALSE;
  g_clear_object(&self->keeper);
  g_clear_object(&self->evaluation);
}

void
ms_set_summary_set_evaluation(MsSetSummary *self, MsEvaluation *evaluation, guint model)
{
  unset_evaluation(self);
  self->model = model;
  g_clear_pointer(&self->split, g_free);
  gtk_widget_set_visible(GTK_WIDGET(self), evaluation != NULL);
  ms_class_table_view_empty(self->classes);
  if (!evaluation)
    return;

  MsSet *set = ms_evaluation_get_set(evaluation);
  MsComparison comparison = ms_evaluation_get_rules(evaluation, model)->rules.comparison;
  gboolean partial = ms_set_is_partial(set);

  name_things(self, ms_set_get_labels(set) != NULL,
              ms_comparison_has_classes(comparison) && !partial);
  show_notices(self, set);
  show_places(self, partial);
  self->evaluation = g_object_ref(evaluation);
  if (partial)
    return;
  self->keeper = ms_board_keeper_for(evaluation);
  ms_board_keeper_set_model(self->keeper, model);
  g_signal_connect_object(self->keeper, "changed", G_CALLBACK(update), self, G_CONNECT_SWAPPED);
}

static void
show_anatomy(MsSetSummary *self)
{
  MsSet *set = self->evaluation ? ms_evaluation_get_set(self->evaluation) : NULL;
  gboolean wanted = self->diagnoses && set && !ms_set_get_labels(set) && !ms_set_is_partial(set);

  gtk_widget_set_visible(GTK_WIDGET(self->anatomy_fold), wanted);
  ms_set_anatomy_show(self->anatomy, wanted ? self->diagnoses : NULL, self->model, self->split);
}

void
ms_set_summary_set_diagnoses(MsSetSummary *self, MsDiagnoses *diagnoses)
{
  g_set_object(&self->diagnoses, diagnoses);
  show_anatomy(self);
}

void
ms_set_summary_set_error(MsSetSummary *self, int error)
{
  ms_set_anatomy_set_chosen(self->anatomy, error);
}

void
ms_set_summary_set_scope(MsSetSummary *self, guint model, const char *split)
{
  g_autofree char *copy = g_strdup(split);

  self->model = model;
  g_free(self->split);
  self->split = g_steal_pointer(&copy);
  show_anatomy(self);
  if (!self->evaluation)
    return;
  show_reading(self, ms_evaluation_get_set(self->evaluation));
  if (self->keeper)
    ms_board_keeper_set_model(self->keeper, model);
  update(self);
}

void
ms_set_summary_set_focus(MsSetSummary *self, MsClassFocus *focus)
{
  ms_class_table_view_set_focus(self->classes, focus);
}

void
ms_set_summary_update_rules(MsSetSummary *self)
{
  if (self->keeper)
    ms_board_keeper_update_rules(self->keeper);
}

static void
ms_set_summary_dispose(GObject *object)
{
  MsSetSummary *self = MS_SET_SUMMARY(object);

  unset_evaluation(self);
  g_clear_object(&self->diagnoses);
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

  g_type_ensure(MS_TYPE_ADVICE_VIEW);
  g_type_ensure(MS_TYPE_CLASS_TABLE_VIEW);
  g_type_ensure(MS_TYPE_FOLD);
  g_type_ensure(MS_TYPE_SCORE_TABLE);
  g_type_ensure(MS_TYPE_SET_ANATOMY);
  G_OBJECT_CLASS(class)->dispose = ms_set_summary_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_set_summary_finalize;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/set-summary.ui");
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, box);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, heading);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, tally);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, partial);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, advice);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, scores);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, rule);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, classes_fold);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, classes);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, anatomy_fold);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, anatomy);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, method_fold);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, method);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, absence_fold);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, absence);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, reading_fold);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, reading);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, notices);
  gtk_widget_class_bind_template_child(widget_class, MsSetSummary, notices_text);
  gtk_widget_class_bind_template_callback(widget_class, classes_opened);
}

static void
ms_set_summary_init(MsSetSummary *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  g_settings_bind(ms_settings_get(), "fold-set-anatomy", self->anatomy_fold, "open",
                  G_SETTINGS_BIND_DEFAULT);
}
