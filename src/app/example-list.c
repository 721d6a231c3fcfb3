/* SPDX-License-Identifier: MIT */
#include "app/example-list.h"

#include "app/arrangement.h"
#include "app/bound-rows.h"
#include "app/scoring-progress.h"
#include "app/template.h"
#include "set/describe.h"

/* Scores come in bursts: order, filter and counts follow at most this often. */
#define REFRESH_MS 250

struct _MsExampleList {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkSearchEntry *search;
  GtkDropDown *order;
  GtkToggleButton *show_buttons[MS_N_SHOWS];
  GtkLabel *show_counts[MS_N_SHOWS];
  GtkListView *view;
  GtkStack *stack;
  GtkLabel *empty;
  MsScoringProgress *progress;

  guint model;
  guint chosen; /* the example chosen last, shown or not; G_MAXUINT: none */
  guint refresh;

  /* Owned */
  MsEvaluation *evaluation;
  MsArrangement *arrangement;
  MsBoundRows *rows;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE(MsExampleList, ms_example_list, GTK_TYPE_WIDGET)

enum { SELECTED, REARRANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- what is shown besides the rows --- */

static void
update_counts(MsExampleList *self)
{
  guint counts[MS_N_SHOWS];

  ms_arrangement_count(self->arrangement, counts);
  for (MsShow show = 0; show < MS_N_SHOWS; show++) {
    g_autofree char *text = ms_describe_count(counts[show]);

    gtk_label_set_text(self->show_counts[show], text);
  }
}

static void
update_empty(MsExampleList *self)
{
  gboolean any = g_list_model_get_n_items(G_LIST_MODEL(self->selection)) > 0;

  gtk_stack_set_visible_child_name(self->stack, any ? "list" : "empty");
  gtk_label_set_text(self->empty, ms_arrangement_is_searching(self->arrangement)
                                      ? "No name matches the search"
                                      : "No example of this kind");
}

static void
scroll_to_selected(MsExampleList *self)
{
  guint position = gtk_single_selection_get_selected(self->selection);

  if (position != GTK_INVALID_LIST_POSITION && gtk_widget_get_height(GTK_WIDGET(self->view)) > 0)
    gtk_widget_activate_action(GTK_WIDGET(self->view), "list.scroll-to-item", "u", position);
}

/* The chosen example was filtered out and is there again. */
static void
reselect(MsExampleList *self)
{
  if (self->chosen != G_MAXUINT &&
      gtk_single_selection_get_selected(self->selection) == GTK_INVALID_LIST_POSITION)
    ms_example_list_select(self, self->chosen);
}

static void
rearranged(MsExampleList *self)
{
  update_empty(self);
  reselect(self);
  ms_bound_rows_moved(self->rows);
  g_signal_emit(self, signals[REARRANGED], 0);
}

static void
update(MsExampleList *self)
{
  update_counts(self);
  if (ms_arrangement_refresh(self->arrangement))
    rearranged(self);
}

static gboolean
refresh(gpointer user)
{
  MsExampleList *self = user;

  self->refresh = 0;
  update(self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh(MsExampleList *self)
{
  if (!self->refresh)
    self->refresh = g_timeout_add(REFRESH_MS, refresh, self);
}

static void
refiltered(MsExampleList *self)
{
  if (!self->evaluation)
    return;
  update_counts(self);
  rearranged(self);
  scroll_to_selected(self);
}

/* --- evaluation --- */

static void
scored(MsEvaluation *evaluation, guint example, guint model, MsExampleList *self)
{
  if (model != self->model)
    return;
  ms_bound_rows_update(self->rows, example);
  queue_refresh(self);
}

static void
scores_changed(MsEvaluation *evaluation, MsExampleList *self)
{
  ms_bound_rows_update_all(self->rows);
  queue_refresh(self);
}

/* --- selection, search and choices --- */

static void
selection_changed(GtkSingleSelection *selection, GParamSpec *pspec, MsExampleList *self)
{
  guint example = ms_example_list_get_selected(self);

  if (example == G_MAXUINT)
    return;
  self->chosen = example;
  g_signal_emit(self, signals[SELECTED], 0, example);
}

static void
search_changed(GtkSearchEntry *search, MsExampleList *self)
{
  ms_arrangement_set_search(self->arrangement, gtk_editable_get_text(GTK_EDITABLE(search)));
  refiltered(self);
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
order_changed(GtkDropDown *order, GParamSpec *pspec, MsExampleList *self)
{
  const char *name = gtk_drop_down_get_selected(order) == 1 ? "worst" : "id";

  gtk_widget_activate_action(GTK_WIDGET(self), "win.sort", "s", name);
}

static void
show_toggled(GtkToggleButton *button, MsExampleList *self)
{
  if (!gtk_toggle_button_get_active(button))
    return;
  for (MsShow show = 0; show < MS_N_SHOWS; show++)
    if (self->show_buttons[show] == button)
      ms_arrangement_set_show(self->arrangement, show);
  refiltered(self);
}

/* --- construction --- */

static void
unset_evaluation(MsExampleList *self)
{
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  if (self->selection) {
    g_signal_handlers_disconnect_by_data(self->selection, self);
    gtk_list_view_set_model(self->view, NULL);
  }
  g_clear_object(&self->selection);
  if (self->progress)
    ms_scoring_progress_set_evaluation(self->progress, NULL);
  ms_bound_rows_set_source(self->rows, NULL, NULL, 0);
  ms_arrangement_set_evaluation(self->arrangement, NULL, 0);
  g_clear_object(&self->evaluation);
  g_clear_handle_id(&self->refresh, g_source_remove);
}

static void
build_selection(MsExampleList *self)
{
  self->selection = gtk_single_selection_new(
      ms_arrangement_set_evaluation(self->arrangement, self->evaluation, self->model));
  gtk_single_selection_set_autoselect(self->selection, FALSE);
  gtk_single_selection_set_can_unselect(self->selection, TRUE);
  gtk_single_selection_set_selected(self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect(self->selection, "notify::selected-item", G_CALLBACK(selection_changed), self);
  gtk_list_view_set_model(self->view, GTK_SELECTION_MODEL(self->selection));
}

void
ms_example_list_set_evaluation(MsExampleList *self, MsEvaluation *evaluation,
                               MsThumbnails *thumbnails, guint model)
{
  unset_evaluation(self);
  self->model = model;
  self->chosen = G_MAXUINT;
  if (!evaluation)
    return;
  self->evaluation = g_object_ref(evaluation);
  g_signal_connect(evaluation, "scored", G_CALLBACK(scored), self);
  g_signal_connect(evaluation, "scored-many", G_CALLBACK(scores_changed), self);
  g_signal_connect(evaluation, "changed", G_CALLBACK(scores_changed), self);
  ms_scoring_progress_set_evaluation(self->progress, evaluation);
  ms_bound_rows_set_source(self->rows, evaluation, thumbnails, model);
  build_selection(self);
  refiltered(self);
}

void
ms_example_list_set_model(MsExampleList *self, guint model)
{
  self->model = model;
  if (!self->evaluation)
    return;
  ms_arrangement_set_model(self->arrangement, model);
  ms_bound_rows_set_model(self->rows, model);
  update(self);
}

void
ms_example_list_set_split(MsExampleList *self, const char *split)
{
  ms_arrangement_set_split(self->arrangement, split);
  refiltered(self);
}

void
ms_example_list_set_worst_first(MsExampleList *self, gboolean worst_first)
{
  ms_arrangement_set_worst_first(self->arrangement, worst_first);
  gtk_drop_down_set_selected(self->order, worst_first ? 1 : 0);
  if (!self->evaluation)
    return;
  if (worst_first)
    ms_example_list_jump(self, FALSE);
  rearranged(self);
  scroll_to_selected(self);
}

guint
ms_example_list_get_selected(MsExampleList *self)
{
  MsExample *example =
      self->selection ? gtk_single_selection_get_selected_item(self->selection) : NULL;

  return example ? ms_example_get_index(example) : G_MAXUINT;
}

static void
select_position(MsExampleList *self, guint position)
{
  gtk_single_selection_set_selected(self->selection, position);
  scroll_to_selected(self);
}

void
ms_example_list_select(MsExampleList *self, guint example)
{
  guint n = ms_example_list_get_n_shown(self);

  for (guint i = 0; i < n; i++) {
    g_autoptr(MsExample) item = g_list_model_get_item(G_LIST_MODEL(self->selection), i);

    if (ms_example_get_index(item) == example) {
      select_position(self, i);
      return;
    }
  }
}

guint
ms_example_list_peek(MsExampleList *self, int delta)
{
  guint n = ms_example_list_get_n_shown(self);
  guint position = ms_example_list_get_position(self);
  gint64 target = position == GTK_INVALID_LIST_POSITION ? 0 : (gint64)position + delta;

  if (target < 0 || target >= n)
    return G_MAXUINT;

  g_autoptr(MsExample) item = g_list_model_get_item(G_LIST_MODEL(self->selection), (guint)target);

  return ms_example_get_index(item);
}

gboolean
ms_example_list_step(MsExampleList *self, int delta)
{
  guint position = ms_example_list_get_position(self);

  if (ms_example_list_peek(self, delta) == G_MAXUINT)
    return FALSE;
  select_position(self, position == GTK_INVALID_LIST_POSITION ? 0 : position + delta);
  return TRUE;
}

void
ms_example_list_jump(MsExampleList *self, gboolean end)
{
  guint n = ms_example_list_get_n_shown(self);

  if (n > 0)
    select_position(self, end ? n - 1 : 0);
}

guint
ms_example_list_get_position(MsExampleList *self)
{
  return self->selection ? gtk_single_selection_get_selected(self->selection)
                         : GTK_INVALID_LIST_POSITION;
}

guint
ms_example_list_get_n_shown(MsExampleList *self)
{
  return self->selection ? g_list_model_get_n_items(G_LIST_MODEL(self->selection)) : 0;
}

void
ms_example_list_focus_search(MsExampleList *self)
{
  gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

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
  ms_arrangement_free(self->arrangement);
  G_OBJECT_CLASS(ms_example_list_parent_class)->finalize(object);
}

static void
bind_template(GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, box);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, search);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, order);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, view);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, stack);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, empty);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, progress);
  ms_template_bind_array(widget_class, "show", MS_N_SHOWS,
                         G_STRUCT_OFFSET(MsExampleList, show_buttons));
  ms_template_bind_array(widget_class, "count", MS_N_SHOWS,
                         G_STRUCT_OFFSET(MsExampleList, show_counts));
  gtk_widget_class_bind_template_callback(widget_class, search_changed);
  gtk_widget_class_bind_template_callback(widget_class, search_done);
  gtk_widget_class_bind_template_callback(widget_class, search_stopped);
  gtk_widget_class_bind_template_callback(widget_class, order_changed);
  gtk_widget_class_bind_template_callback(widget_class, show_toggled);
}

static void
ms_example_list_class_init(MsExampleListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

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
  self->chosen = G_MAXUINT;
  self->arrangement = ms_arrangement_new();
  gtk_widget_init_template(GTK_WIDGET(self));
  self->rows = ms_bound_rows_new(self->view);
}
