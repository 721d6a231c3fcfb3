/* SPDX-License-Identifier: MIT
 *
 * While scores come in, a chosen row that is in sight stays where it is on screen; when the user
 * arranges the list anew, it is brought into sight as well.
 */
#include "app/example-list-private.h"

#include "app/drop-down.h"
#include "app/sort-names.h"
#include "app/template.h"

G_DEFINE_FINAL_TYPE(MsExampleList, ms_example_list, GTK_TYPE_WIDGET)

enum { SELECTED, REARRANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- another order --- */

/* Scrolls to where the example is in these rows. A chosen one that nobody chose is not followed:
 * the top is what one looks at in a list that is sorted. */
static void
keep_place(MsExampleList *self, MsRows *rows, guint example, gboolean wished)
{
  gboolean by_user = self->by_user || example != ms_example_model_get_chosen(self->list);
  guint position = ms_rows_position(rows, example);

  if (!self->by_user && self->replaced) {
    ms_list_place_to_top(self->place);
    return;
  }
  if (!by_user && !wished)
    return;
  if (position != GTK_INVALID_LIST_POSITION)
    ms_list_place_restore(self->place, position, rows->n_shown, wished);
  else if (wished)
    ms_list_place_to_top(self->place);
}

static void
swap_rows(MsExampleList *self, MsRows *rows, guint kept, gboolean wished)
{
  guint n_before = ms_example_list_get_n_shown(self);
  gboolean shorter = rows->n_shown < n_before;
  gboolean focused = ms_example_list_has_focus(self);

  if (shorter)
    keep_place(self, rows, kept, wished);
  ms_example_model_set_rows(self->list, rows);
  if (n_before != rows->n_shown)
    ms_list_place_rows_changed(self->place, MIN(n_before, rows->n_shown));
  if (!shorter)
    keep_place(self, rows, kept, wished);
  if (focused)
    ms_example_list_focus_chosen(self);
  ms_bound_rows_moved(self->rows);
}

/* Who has scrolled away from the chosen example reads on where they are while scores come in. */
static guint
note_place(MsExampleList *self, gboolean wished)
{
  guint position = ms_example_model_get_position(self->list);
  guint top = ms_list_place_get_top(self->place);

  ms_list_place_note(self->place, position);
  if (wished || top == 0 || position == GTK_INVALID_LIST_POSITION ||
      ms_list_place_is_in_sight(self->place))
    return ms_example_model_get_chosen(self->list);
  ms_list_place_note(self->place, top);
  return ms_rows_example(ms_example_model_get_rows(self->list), top);
}

static void
take_rows(MsExampleList *self, MsRows *rows, gboolean wished)
{
  swap_rows(self, rows, note_place(self, wished), wished);
}

/* Where the rows that were wished for are to begin with their first. */
static void
choose_first(MsExampleList *self)
{
  if (self->first && !self->by_user) {
    ms_example_list_begin(self);
    ms_list_place_to_top(self->place);
  } else if (self->first_if_hidden && ms_example_list_get_selected(self) == G_MAXUINT) {
    ms_example_list_begin(self);
  }
  self->first = self->first_if_hidden = FALSE;
}

static void
arranged(MsArrangement *arrangement, gboolean wished, MsExampleList *self)
{
  const MsOrder *order = ms_arrangement_get_order(arrangement);
  gboolean other = order->rows != ms_example_model_get_rows(self->list);
  MsSet *set = ms_evaluation_get_set(self->evaluation);

  ms_class_choice_set_set(self->classes, set, self->model, order->classes);
  ms_class_choice_set_chosen(self->classes, ms_arrangement_get_wish(arrangement)->class_id);
  ms_example_list_update_counts(self, order);
  ms_iou_range_set_order(self->range, order);
  ms_example_list_update_marked(self);
  if (other)
    take_rows(self, order->rows, wished);
  self->replaced = FALSE;
  ms_example_list_update_empty(self);
  if (wished && ms_arrangement_is_settled(arrangement))
    choose_first(self);
  if (other)
    g_signal_emit(self, signals[REARRANGED], 0);
}

/* --- evaluation --- */

static void
scored(MsEvaluation *evaluation, guint example, guint model, MsExampleList *self)
{
  if (model != self->model)
    return;
  ms_bound_rows_update(self->rows, example);
  ms_arrangement_refresh(self->arrangement);
}

static void
scores_changed(MsEvaluation *evaluation, MsExampleList *self)
{
  ms_bound_rows_update_all(self->rows);
  ms_arrangement_refresh(self->arrangement);
}

static void
findings_changed(MsDiagnoses *diagnoses, guint model, MsExampleList *self)
{
  if (model != self->model || !ms_arrangement_needs_findings(self->arrangement))
    return;
  ms_bound_rows_update_all(self->rows);
  ms_arrangement_refresh(self->arrangement);
}

/* --- selection, search and choices --- */

static void
chosen_changed(MsExampleModel *list, GParamSpec *pspec, MsExampleList *self)
{
  guint example = ms_example_model_get_chosen(list);

  if (!self->by_itself)
    self->by_user = TRUE;
  ms_example_list_update_marked(self);
  if (example != G_MAXUINT)
    g_signal_emit(self, signals[SELECTED], 0, example);
}

static void
search_changed(GtkSearchEntry *search, MsExampleList *self)
{
  ms_arrangement_set_text(self->arrangement, gtk_editable_get_text(GTK_EDITABLE(search)));
}

static void
search_done(GtkSearchEntry *search, MsExampleList *self)
{
  gtk_widget_grab_focus(GTK_WIDGET(self->view));
}

static void
search_stopped(GtkSearchEntry *search, MsExampleList *self)
{
  gtk_editable_set_text(GTK_EDITABLE(search), "");
  gtk_widget_grab_focus(GTK_WIDGET(self->view));
}

static void
update_sort(MsExampleList *self)
{
  const MsWish *wish = ms_arrangement_get_wish(self->arrangement);
  MsSort sort = self->by_error ? MS_SORT_ERROR : self->sort;

  self->first = wish->sort != sort || wish->reverse != self->reverse;
  ms_bound_rows_set_sort(self->rows, sort, wish->error);
  ms_arrangement_set_sort(self->arrangement, sort, self->reverse);
  ms_example_list_update_wish(self);
}

static void
order_changed(GtkDropDown *order, GParamSpec *pspec, MsExampleList *self)
{
  guint sort = gtk_drop_down_get_selected(order);

  const MsWish *wish = ms_arrangement_get_wish(self->arrangement);

  if (!self->named || sort >= MS_N_SORTS || sort == wish->sort)
    return;
  self->by_error = sort == MS_SORT_ERROR && wish->error != MS_ANY_ERROR;
  if (self->by_error || sort == self->sort)
    update_sort(self);
  else
    gtk_widget_activate_action(GTK_WIDGET(self), "win.sort", "s", ms_sort_get_name(sort));
}

void
ms_example_list_set_sort(MsExampleList *self, MsSort sort, gboolean reverse)
{
  self->by_error = self->by_error && sort == self->sort;
  self->sort = sort;
  self->reverse = reverse;
  update_sort(self);
}

void
ms_example_list_set_show(MsExampleList *self, MsShow show)
{
  ms_arrangement_set_show(self->arrangement, show);
}

void
ms_example_list_set_iou_range(MsExampleList *self, double lowest, double highest)
{
  ms_arrangement_set_iou_range(self->arrangement, lowest, highest);
  ms_example_list_update_wish(self);
}

void
ms_example_list_set_class(MsExampleList *self, gint64 class_id)
{
  ms_arrangement_set_class(self->arrangement, class_id);
  ms_example_list_update_wish(self);
}

void
ms_example_list_set_error(MsExampleList *self, int error)
{
  ms_arrangement_set_error(self->arrangement, error);
  self->by_error = error != MS_ANY_ERROR;
  update_sort(self);
}

gboolean
ms_example_list_needs_findings(MsExampleList *self)
{
  return ms_arrangement_needs_findings(self->arrangement);
}

void
ms_example_list_set_text(MsExampleList *self, const char *text)
{
  gtk_editable_set_text(GTK_EDITABLE(self->search), text);
  ms_arrangement_set_text(self->arrangement, text);
}

void
ms_example_list_set_split(MsExampleList *self, const char *split)
{
  const MsWish *wish = ms_arrangement_get_wish(self->arrangement);

  if (self->evaluation && g_strcmp0(wish->split, split) != 0)
    self->first_if_hidden = TRUE;
  ms_arrangement_set_split(self->arrangement, split);
}

/* --- evaluation comes and goes --- */

static void
unset_diagnoses(MsExampleList *self)
{
  if (self->diagnoses)
    g_signal_handlers_disconnect_by_data(self->diagnoses, self);
  if (self->progress)
    ms_scoring_progress_set_diagnoses(self->progress, NULL);
  ms_bound_rows_set_diagnoses(self->rows, NULL);
  g_clear_object(&self->diagnoses);
}

void
ms_example_list_set_diagnoses(MsExampleList *self, MsDiagnoses *diagnoses)
{
  unset_diagnoses(self);
  self->diagnoses = g_object_ref(diagnoses);
  g_signal_connect(diagnoses, "changed", G_CALLBACK(findings_changed), self);
  ms_scoring_progress_set_diagnoses(self->progress, diagnoses);
  ms_bound_rows_set_diagnoses(self->rows, diagnoses);
  ms_arrangement_set_diagnoses(self->arrangement, diagnoses);
}

static void
unset_evaluation(MsExampleList *self)
{
  unset_diagnoses(self);
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  if (self->list) {
    g_signal_handlers_disconnect_by_data(self->list, self);
    gtk_list_view_set_model(self->view, NULL);
  }
  g_clear_object(&self->list);
  if (self->progress)
    ms_scoring_progress_set_evaluation(self->progress, NULL);
  ms_bound_rows_set_source(self->rows, NULL, NULL, 0);
  ms_arrangement_set_evaluation(self->arrangement, NULL, 0);
  self->first = self->first_if_hidden = self->by_user = FALSE;
  g_clear_object(&self->evaluation);
}

/* A class of the set before, which this one has not, is no wish any more. */
static void
take_classes(MsExampleList *self)
{
  gint64 wished = ms_arrangement_get_wish(self->arrangement)->class_id;
  MsSet *set = ms_evaluation_get_set(self->evaluation);

  ms_class_choice_set_set(self->classes, set, self->model, 0);
  if (wished != MS_ANY_CLASS && !ms_class_choice_has(self->classes, wished))
    gtk_widget_activate_action(GTK_WIDGET(self), "win.filter-class", "x", (gint64)MS_ANY_CLASS);
  ms_class_choice_set_chosen(self->classes, ms_arrangement_get_wish(self->arrangement)->class_id);
}

static MsRows *
all_rows(MsExampleList *self)
{
  return ms_rows_new_all(ms_set_get_n_examples(ms_evaluation_get_set(self->evaluation)));
}

static void
make_list(MsExampleList *self)
{
  g_autoptr(MsRows) all = all_rows(self);

  self->list = ms_example_model_new(all);
  g_signal_connect(self->list, "notify::chosen", G_CALLBACK(chosen_changed), self);
  gtk_list_view_set_model(self->view, GTK_SELECTION_MODEL(self->list));
}

static void
take_evaluation(MsExampleList *self, MsEvaluation *evaluation, MsThumbnails *thumbnails,
                guint model)
{
  self->model = model;
  self->evaluation = g_object_ref(evaluation);
  g_signal_connect(evaluation, "scored", G_CALLBACK(scored), self);
  g_signal_connect(evaluation, "scored-many", G_CALLBACK(scores_changed), self);
  g_signal_connect(evaluation, "changed", G_CALLBACK(scores_changed), self);
  ms_scoring_progress_set_evaluation(self->progress, evaluation);
  ms_bound_rows_set_source(self->rows, evaluation, thumbnails, model);
}

static void
arrange(MsExampleList *self)
{
  take_classes(self);
  ms_arrangement_set_evaluation(self->arrangement, self->evaluation, self->model);
  ms_iou_range_set_order(self->range, NULL);
  ms_example_list_update_wish(self);
  ms_example_list_update_marked(self);
  ms_example_list_update_empty(self);
}

void
ms_example_list_set_evaluation(MsExampleList *self, MsEvaluation *evaluation,
                               MsThumbnails *thumbnails, guint model)
{
  unset_evaluation(self);
  self->model = model;
  if (!evaluation)
    return;
  take_evaluation(self, evaluation, thumbnails, model);
  make_list(self);
  arrange(self);
}

void
ms_example_list_replace_evaluation(MsExampleList *self, MsEvaluation *evaluation,
                                   MsThumbnails *thumbnails, guint model, guint chosen)
{
  g_autoptr(MsRows) all = NULL;

  unset_diagnoses(self);
  g_signal_handlers_disconnect_by_data(self->evaluation, self);
  g_clear_object(&self->evaluation);
  take_evaluation(self, evaluation, thumbnails, model);
  all = all_rows(self);
  self->by_itself = TRUE;
  ms_list_place_note(self->place, ms_example_model_get_position(self->list));
  ms_example_model_choose(self->list, G_MAXUINT);
  swap_rows(self, all, G_MAXUINT, FALSE);
  arrange(self);
  ms_bound_rows_update_all(self->rows);
  ms_example_model_choose(self->list, chosen);
  self->by_itself = FALSE;
  keep_place(self, all, chosen, FALSE);
  self->replaced = TRUE;
}

void
ms_example_list_set_model(MsExampleList *self, guint model)
{
  self->model = model;
  if (!self->evaluation)
    return;
  ms_bound_rows_set_model(self->rows, model);
  ms_arrangement_set_model(self->arrangement, model);
  ms_example_list_update_marked(self);
}

gboolean
ms_example_list_is_settled(MsExampleList *self)
{
  return ms_arrangement_is_settled(self->arrangement);
}

MsReadingProgress *
ms_example_list_get_reading(MsExampleList *self)
{
  return self->reading;
}

void
ms_example_list_focus_search(MsExampleList *self)
{
  gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

/* --- construction --- */

static void
ms_example_list_dispose(GObject *object)
{
  MsExampleList *self = MS_EXAMPLE_LIST(object);

  unset_evaluation(self);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_EXAMPLE_LIST);
  G_OBJECT_CLASS(ms_example_list_parent_class)->dispose(object);
}

static void
ms_example_list_finalize(GObject *object)
{
  MsExampleList *self = MS_EXAMPLE_LIST(object);

  g_object_unref(self->rows);
  g_object_unref(self->place);
  g_object_unref(self->arrangement);
  G_OBJECT_CLASS(ms_example_list_parent_class)->finalize(object);
}

static void
bind_template(GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, box);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, search);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, order);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, direction);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, classes);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, error);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, error_name);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, view);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, stack);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, empty);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, clear);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, range);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, reading);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, progress);
  ms_template_bind_array(widget_class, "show", MS_N_SHOWS, G_STRUCT_OFFSET(MsExampleList, shows));
  ms_template_bind_array(widget_class, "count", MS_N_SHOWS,
                         G_STRUCT_OFFSET(MsExampleList, show_counts));
  gtk_widget_class_bind_template_callback(widget_class, search_changed);
  gtk_widget_class_bind_template_callback(widget_class, search_done);
  gtk_widget_class_bind_template_callback(widget_class, search_stopped);
  gtk_widget_class_bind_template_callback(widget_class, order_changed);
}

static void
ms_example_list_class_init(MsExampleListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_CLASS_CHOICE);
  g_type_ensure(MS_TYPE_IOU_RANGE);
  g_type_ensure(MS_TYPE_READING_PROGRESS);
  g_type_ensure(MS_TYPE_SCORING_PROGRESS);
  G_OBJECT_CLASS(class)->dispose = ms_example_list_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_example_list_finalize;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/example-list.ui");
  bind_template(widget_class);
  signals[REARRANGED] = g_signal_new("rearranged", MS_TYPE_EXAMPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTED] = g_signal_new("selected", MS_TYPE_EXAMPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ms_example_list_init(MsExampleList *self)
{
  self->arrangement = ms_arrangement_new();
  g_signal_connect_object(self->arrangement, "arranged", G_CALLBACK(arranged), self, 0);
  gtk_widget_init_template(GTK_WIDGET(self));
  ms_drop_down_cut(self->order);
  self->rows = ms_bound_rows_new(self->view);
  self->place = ms_list_place_new(self->view);
  ms_example_list_update_wish(self);
}
