/* SPDX-License-Identifier: MIT */
#include "app/example-list.h"

#include "app/example-row.h"
#include "app/template.h"
#include "set/describe.h"

/* Scores come in bursts: order, filter and counts follow at most this often. */
#define REFRESH_MS 250

typedef enum { SHOW_ALL, SHOW_EXACT, SHOW_NOT_EXACT, SHOW_PROBLEMS, N_SHOWS } Show;

struct _MsExampleList {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkSearchEntry *search;
  GtkDropDown *order;
  GtkToggleButton *show_buttons[N_SHOWS];
  GtkLabel *show_counts[N_SHOWS];
  GtkListView *view;
  GtkStack *stack;
  GtkLabel *empty;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
  GtkLabel *progress_label;

  guint model;
  guint chosen; /* the example chosen last, shown or not; G_MAXUINT: none */
  Show show;
  gboolean worst_first;
  guint refresh;
  gint64 started; /* monotonic time of the running evaluation */

  /* Owned */
  MsEvaluation *evaluation;
  MsThumbnails *thumbnails;
  GtkSingleSelection *selection;
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  GHashTable *rows; /* MsExampleRow that are bound; borrowed */
  char *needle;     /* case-folded search text */
  char *split;
};

G_DEFINE_FINAL_TYPE(MsExampleList, ms_example_list, GTK_TYPE_WIDGET)

enum { SELECTED, REARRANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- order and filter --- */

static gboolean
passes_show(const MsScore *score, Show show)
{
  switch (show) {
  case SHOW_EXACT:
    return score && score->status == MS_RESULT_OK && score->exact;
  case SHOW_NOT_EXACT:
    return score && score->status == MS_RESULT_OK && !score->exact;
  case SHOW_PROBLEMS:
    return score && score->status != MS_RESULT_OK;
  default:
    return TRUE;
  }
}

static gboolean
matches(gpointer item, gpointer user)
{
  MsExampleList *self = user;
  MsExample *example = item;
  const MsScore *score =
      ms_evaluation_get_score(self->evaluation, ms_example_get_index(example), self->model);

  if (!ms_example_is_in_split(example, self->split) || !passes_show(score, self->show))
    return FALSE;
  if (!self->needle || !*self->needle)
    return TRUE;

  g_autofree char *folded = g_utf8_casefold(ms_example_get_id(example), -1);

  return strstr(folded, self->needle) != NULL;
}

/* By IoU; then what has none, what is not scored yet, and what cannot be scored. */
static double
badness(MsExampleList *self, MsExample *example)
{
  const MsScore *score =
      ms_evaluation_get_score(self->evaluation, ms_example_get_index(example), self->model);

  if (!score)
    return 3;
  if (score->status != MS_RESULT_OK)
    return 4;
  return score->iou.defined ? score->iou.value : 2;
}

static int
compare(gconstpointer a, gconstpointer b, gpointer user)
{
  MsExampleList *self = user;
  MsExample *first = (MsExample *)a, *second = (MsExample *)b;
  guint first_index = ms_example_get_index(first), second_index = ms_example_get_index(second);

  if (self->worst_first) {
    double first_badness = badness(self, first), second_badness = badness(self, second);

    if (first_badness != second_badness)
      return first_badness < second_badness ? -1 : 1;
  }
  return first_index < second_index ? -1 : first_index > second_index;
}

/* --- what is shown besides the rows --- */

static void
update_counts(MsExampleList *self)
{
  guint counts[N_SHOWS] = {0};
  MsSet *set = ms_evaluation_get_set(self->evaluation);

  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    const MsScore *score;

    if (!ms_example_is_in_split(ms_set_get_example(set, i), self->split))
      continue;
    score = ms_evaluation_get_score(self->evaluation, i, self->model);
    for (Show show = 0; show < N_SHOWS; show++)
      counts[show] += passes_show(score, show);
  }
  for (Show show = 0; show < N_SHOWS; show++) {
    g_autofree char *text = ms_describe_count(counts[show]);

    gtk_label_set_text(self->show_counts[show], text);
  }
}

static void
update_empty(MsExampleList *self)
{
  gboolean any = g_list_model_get_n_items(G_LIST_MODEL(self->selection)) > 0;

  gtk_stack_set_visible_child_name(self->stack, any ? "list" : "empty");
  gtk_label_set_text(self->empty, self->needle && *self->needle ? "No name matches the search"
                                                                : "No example of this kind");
}

static void
update_rows(MsExampleList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init(&iter, self->rows);
  while (g_hash_table_iter_next(&iter, &row, NULL))
    ms_example_row_update(row, self->model);
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
  g_signal_emit(self, signals[REARRANGED], 0);
}

static void
update(MsExampleList *self)
{
  update_counts(self);
  if (self->worst_first)
    gtk_sorter_changed(GTK_SORTER(self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  if (self->show != SHOW_ALL)
    gtk_filter_changed(GTK_FILTER(self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  if (self->worst_first || self->show != SHOW_ALL)
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
refilter(MsExampleList *self)
{
  if (!self->evaluation)
    return;
  gtk_filter_changed(GTK_FILTER(self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_counts(self);
  rearranged(self);
  scroll_to_selected(self);
}

/* --- evaluation --- */

static void
scored(MsEvaluation *evaluation, guint example, guint model, MsExampleList *self)
{
  GHashTableIter iter;
  gpointer row;

  if (model != self->model)
    return;
  g_hash_table_iter_init(&iter, self->rows);
  while (g_hash_table_iter_next(&iter, &row, NULL)) {
    MsExample *bound = ms_example_row_get_example(row);

    if (bound && ms_example_get_index(bound) == example)
      ms_example_row_update(row, self->model);
  }
  queue_refresh(self);
}

static void
scores_changed(MsEvaluation *evaluation, MsExampleList *self)
{
  update_rows(self);
  queue_refresh(self);
}

/* "Scoring 312 of 1,000 · 8 s left" */
static char *
describe_progress(MsExampleList *self, guint done, guint total)
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
progress_changed(MsEvaluation *evaluation, GParamSpec *pspec, MsExampleList *self)
{
  gboolean running = ms_evaluation_is_running(evaluation);
  guint done = ms_evaluation_get_done(evaluation), total = ms_evaluation_get_total(evaluation);
  g_autofree char *text = NULL;

  if (!running || !gtk_widget_get_visible(self->progress_box))
    self->started = g_get_monotonic_time();
  text = describe_progress(self, done, total);
  gtk_widget_set_visible(self->progress_box, running && total > 0);
  gtk_progress_bar_set_fraction(self->progress, total > 0 ? (double)done / total : 0);
  gtk_label_set_text(self->progress_label, text);
}

static void
thumbnail_ready(MsThumbnails *thumbnails, guint example, MsExampleList *self)
{
  scored(self->evaluation, example, self->model, self);
}

/* --- rows and selection --- */

static void
row_setup(GtkSignalListItemFactory *factory, GtkListItem *item, MsExampleList *self)
{
  gtk_list_item_set_child(item, ms_example_row_new());
}

static void
row_bind(GtkSignalListItemFactory *factory, GtkListItem *item, MsExampleList *self)
{
  MsExampleRow *row = MS_EXAMPLE_ROW(gtk_list_item_get_child(item));

  ms_example_row_bind(row, gtk_list_item_get_item(item), self->evaluation, self->thumbnails,
                      self->model);
  g_hash_table_add(self->rows, row);
}

static void
row_unbind(GtkSignalListItemFactory *factory, GtkListItem *item, MsExampleList *self)
{
  MsExampleRow *row = MS_EXAMPLE_ROW(gtk_list_item_get_child(item));

  ms_example_row_unbind(row);
  g_hash_table_remove(self->rows, row);
}

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
  g_free(self->needle);
  self->needle = g_utf8_casefold(gtk_editable_get_text(GTK_EDITABLE(search)), -1);
  refilter(self);
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
  for (Show show = 0; show < N_SHOWS; show++)
    if (self->show_buttons[show] == button)
      self->show = show;
  refilter(self);
}

/* --- construction --- */

static void
unset_evaluation(MsExampleList *self)
{
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  if (self->thumbnails)
    g_signal_handlers_disconnect_by_data(self->thumbnails, self);
  if (self->selection) {
    g_signal_handlers_disconnect_by_data(self->selection, self);
    gtk_list_view_set_model(self->view, NULL);
  }
  g_clear_object(&self->selection);
  g_clear_object(&self->filter);
  g_clear_object(&self->sorter);
  g_clear_object(&self->evaluation);
  g_clear_object(&self->thumbnails);
  g_clear_handle_id(&self->refresh, g_source_remove);
}

static void
build_models(MsExampleList *self)
{
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  self->filter = gtk_custom_filter_new(matches, self, NULL);
  self->sorter = gtk_custom_sorter_new(compare, self, NULL);
  filtered =
      gtk_filter_list_model_new(G_LIST_MODEL(g_object_ref(ms_evaluation_get_set(self->evaluation))),
                                GTK_FILTER(g_object_ref(self->filter)));
  sorted = gtk_sort_list_model_new(G_LIST_MODEL(filtered), GTK_SORTER(g_object_ref(self->sorter)));
  self->selection = gtk_single_selection_new(G_LIST_MODEL(sorted));
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
  self->thumbnails = g_object_ref(thumbnails);
  g_signal_connect(evaluation, "scored", G_CALLBACK(scored), self);
  g_signal_connect(evaluation, "changed", G_CALLBACK(scores_changed), self);
  g_signal_connect(evaluation, "notify", G_CALLBACK(progress_changed), self);
  g_signal_connect(thumbnails, "ready", G_CALLBACK(thumbnail_ready), self);
  build_models(self);
  refilter(self);
}

void
ms_example_list_set_model(MsExampleList *self, guint model)
{
  self->model = model;
  if (!self->evaluation)
    return;
  update_rows(self);
  update(self);
}

void
ms_example_list_set_split(MsExampleList *self, const char *split)
{
  g_free(self->split);
  self->split = g_strdup(split);
  refilter(self);
}

void
ms_example_list_set_worst_first(MsExampleList *self, gboolean worst_first)
{
  self->worst_first = worst_first;
  gtk_drop_down_set_selected(self->order, worst_first ? 1 : 0);
  if (!self->evaluation)
    return;
  gtk_sorter_changed(GTK_SORTER(self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
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

  g_hash_table_unref(self->rows);
  g_free(self->needle);
  g_free(self->split);
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
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, progress_box);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, progress);
  gtk_widget_class_bind_template_child(widget_class, MsExampleList, progress_label);
  ms_template_bind_array(widget_class, "show", N_SHOWS,
                         G_STRUCT_OFFSET(MsExampleList, show_buttons));
  ms_template_bind_array(widget_class, "count", N_SHOWS,
                         G_STRUCT_OFFSET(MsExampleList, show_counts));
  gtk_widget_class_bind_template_callback(widget_class, row_setup);
  gtk_widget_class_bind_template_callback(widget_class, row_bind);
  gtk_widget_class_bind_template_callback(widget_class, row_unbind);
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
  self->rows = g_hash_table_new(NULL, NULL);
  gtk_widget_init_template(GTK_WIDGET(self));
}
