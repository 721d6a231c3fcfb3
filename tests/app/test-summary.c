/* SPDX-License-Identifier: MIT
 *
 * The set's part of the inspector: every split's scores side by side, intervals that stand beside
 * the values they belong to and beside no others, advice where there is evidence, labels in the
 * words of labels. What is on screen is held to a scoreboard computed anew.
 */
#include "app/tip.h"
#include "viewer-test.h"

#include <math.h>

#include "app/board-keeper.h"
#include "app/class-table-view.h"
#include "app/score-table.h"
#include "set/describe.h"
#include "support/masks.h"
#include "support/totals.h"

static char *lesions;
static char *songs;

static MsWindow *
open_model(const char *path, const char *model)
{
  MsWindow *window = viewer_test_open(path);

  ms_window_set_model(window, viewer_test_model(window, model));
  test_until(viewer_test_is_painted(window));
  return window;
}

static gpointer
summary_of(MsWindow *window)
{
  return viewer_test_child(window->inspector, "summary");
}

/* --- the table --- */

static gboolean
is_label(gpointer widget, const char *text)
{
  return GTK_IS_LABEL(widget) && g_str_equal(gtk_label_get_text(widget), text);
}

/* A label of the table by its text; NULL: none is shown. */
static GtkWidget *
find_label(MsWindow *window, const char *text)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(viewer_test_child(summary_of(window), "scores"));

  for (guint i = 0; i < all->len; i++)
    if (is_label(g_ptr_array_index(all, i), text) &&
        gtk_widget_get_mapped(g_ptr_array_index(all, i)))
      return g_ptr_array_index(all, i);
  return NULL;
}

/* The cell of a metric in a column: a box of the value and of a box with interval and count. */
static GtkWidget *
cell_of(MsWindow *window, MsSetMetric metric, guint column)
{
  MsComparison comparison =
      ms_evaluation_get_rules(window->evaluation, window->model)->rules.comparison;
  GtkWidget *name = find_label(window, ms_set_metric_info(metric, comparison)->label);
  GtkWidget *cell;

  g_assert_nonnull(name);
  cell = gtk_widget_get_first_child(gtk_widget_get_next_sibling(gtk_widget_get_parent(name)));
  for (guint i = 0; i < column; i++)
    cell = gtk_widget_get_next_sibling(cell);
  return cell;
}

static GtkWidget *
value_of(MsWindow *window, MsSetMetric metric, guint column)
{
  return gtk_widget_get_first_child(cell_of(window, metric, column));
}

static GtkWidget *
interval_of(MsWindow *window, MsSetMetric metric, guint column)
{
  return gtk_widget_get_first_child(gtk_widget_get_next_sibling(value_of(window, metric, column)));
}

static const char *
text_of(GtkWidget *label)
{
  return gtk_label_get_text(GTK_LABEL(label));
}

static gboolean
has_intervals(MsWindow *window)
{
  return *text_of(interval_of(window, MS_SET_METRIC_IOU_MEAN, 0)) != '\0';
}

static MsScoreboard *
compute_board(MsWindow *window)
{
  g_autoptr(MsScoreboardJob) job = ms_scoreboard_prepare(window->evaluation, window->model, TRUE);
  g_autoptr(GError) error = NULL;
  MsScoreboard *board = ms_scoreboard_compute(job, NULL, &error);

  g_assert_no_error(error);
  return board;
}

static char *
join_interval(const MsInterval *interval, guint digits)
{
  g_autofree char *low =
      ms_describe_ratio((MsValue){.value = interval->low, .defined = TRUE}, digits);
  g_autofree char *high =
      ms_describe_ratio((MsValue){.value = interval->high, .defined = TRUE}, digits);

  return interval->high > interval->low && (interval->high - interval->low) * pow(10, digits) < 1.5
             ? g_strdup("±") /* and half its width */
             : g_strdup_printf("%s–%s", low, high);
}

static void
assert_cell(MsWindow *window, const MsStanding *standing, MsSetMetric metric, guint column,
            guint digits)
{
  g_autofree char *value = ms_describe_ratio(standing->values[metric], 3);
  g_autofree char *interval = join_interval(&standing->intervals[metric], digits);

  g_assert_cmpint(standing->intervals[metric].method, !=, MS_INTERVAL_NONE);
  g_assert_cmpstr(text_of(value_of(window, metric, column)), ==, value);
  g_assert_true(g_str_has_prefix(text_of(interval_of(window, metric, column)), interval));
}

/* Values that are not of the rules in force are dimmed, and busy for the screen reader. */
static gboolean
is_busy(MsWindow *window, const char *part)
{
  gpointer widget = viewer_test_child(summary_of(window), part);
  gboolean busy = gtk_widget_has_css_class(widget, "outdated");

  gtk_test_accessible_assert_state(widget, GTK_ACCESSIBLE_STATE_BUSY, busy);
  return busy;
}

/* The mean IoU of the whole set as it must read. Caller frees. */
static char *
compute_iou(MsWindow *window)
{
  g_autoptr(MsTotals) totals =
      test_evaluation_totals(window->evaluation, window->model, NULL, NULL);

  return ms_describe_ratio(ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN), 3);
}

static const char *
iou_text(MsWindow *window)
{
  return text_of(value_of(window, MS_SET_METRIC_IOU_MEAN, 0));
}

static const MsSetMetric binary_metrics[] = {MS_SET_METRIC_IOU_MEAN, MS_SET_METRIC_IOU_POOLED,
                                             MS_SET_METRIC_EXACT_RATIO, MS_SET_METRIC_DICE_MEAN,
                                             MS_SET_METRIC_DICE_POOLED};

static void
assert_column(MsWindow *window, const MsScoreboard *board, const char *split, guint column,
              guint digits)
{
  for (guint i = 0; i < G_N_ELEMENTS(binary_metrics); i++)
    assert_cell(window, ms_scoreboard_find(board, split), binary_metrics[i], column, digits);
}

static void
assert_table(MsWindow *window)
{
  g_autoptr(MsScoreboard) board = compute_board(window);

  assert_column(window, board, NULL, 0, 3);
  assert_column(window, board, "train", 1, 3);
  assert_column(window, board, "val", 2, 3);
}

static void
test_columns(void)
{
  MsWindow *window = open_model(lesions, "overfit");

  test_until(has_intervals(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_nonnull(find_label(window, "All"));
  g_assert_nonnull(find_label(window, "train"));
  g_assert_nonnull(find_label(window, "val"));
  assert_table(window);
  g_assert_nonnull(find_label(window, "4 of 14"));
  g_assert_nonnull(find_label(window, "0 of 10"));
  g_assert_null(find_label(window, "Mean IoU over classes"));
  g_assert_null(find_label(window, "Pooled pixel accuracy"));
  viewer_test_close(window);
}

/* --- the chosen split --- */

static gboolean
is_marked(MsWindow *window, const char *heading, guint column)
{
  gboolean marked = gtk_widget_has_css_class(find_label(window, heading), "chosen");

  g_assert_cmpint(
      gtk_widget_has_css_class(cell_of(window, MS_SET_METRIC_IOU_MEAN, column), "chosen"), ==,
      marked);
  return marked;
}

static void
assert_spoken(GtkWidget *widget, const char *words)
{
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words);
}

static void
test_chosen(void)
{
  MsWindow *window = open_model(lesions, "overfit");

  test_until(has_intervals(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(is_marked(window, "All", 0));
  g_assert_false(is_marked(window, "val", 2));
  assert_spoken(find_label(window, "All"), "All, chosen");
  gtk_drop_down_set_selected(window->split_choice, 2);
  g_assert_true(has_intervals(window)); /* the values are the same */
  g_assert_false(is_marked(window, "All", 0));
  g_assert_false(is_marked(window, "train", 1));
  g_assert_true(is_marked(window, "val", 2));
  assert_spoken(find_label(window, "All"), "All");
  assert_spoken(find_label(window, "val"), "val, chosen");
  assert_table(window);
  viewer_test_close(window);
}

/* Six examples in splits a to f. */
static char *
write_many_splits(const TestFolder *folder)
{
  static const char table[] = "example,split,actual,predicted\n"
                              "1,a,x,x\n2,b,x;y,x\n3,c,y,x;y\n"
                              "4,d,x,x\n5,e,y,x\n6,f,x;y,x;y\n";

  return test_file(folder, "many.csv", table, sizeof table - 1);
}

static void
test_many_splits(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = write_many_splits(&folder);
  MsWindow *window = viewer_test_open(path);

  g_assert_nonnull(find_label(window, "c"));
  g_assert_null(find_label(window, "e"));
  g_assert_nonnull(find_label(window, "and 3 more splits: choose one above"));
  gtk_drop_down_set_selected(window->split_choice, 5);
  test_display_settle(GTK_WIDGET(window));
  g_assert_null(find_label(window, "c"));
  g_assert_true(is_marked(window, "e", 3));
  test_until(g_str_equal(text_of(value_of(window, MS_SET_METRIC_IOU_MEAN, 3)), "0.000"));
  viewer_test_close(window);
}

/* An interval of a million examples is narrower than the digits that there is room for. */
static void
test_narrow_interval(void)
{
  MsScoreTable *table = g_object_new(MS_TYPE_SCORE_TABLE, NULL);
  g_autoptr(GPtrArray) standings = g_ptr_array_new();
  g_autoptr(GPtrArray) shown = NULL;
  guint n_found = 0;
  MsStanding standing = {.tally = {.examples = 1000000, .scored = 1000000}};

  g_object_ref_sink(table);
  standing.intervals[MS_SET_METRIC_IOU_MEAN] = (MsInterval){MS_INTERVAL_NORMAL, 0.76061, 0.76139};
  standing.intervals[MS_SET_METRIC_IOU_POOLED] = (MsInterval){MS_INTERVAL_NORMAL, 0.75, 0.77};
  g_ptr_array_add(standings, &standing);
  ms_score_table_show(table, MS_COMPARE_BINARY, standings, TRUE, NULL, 0);
  shown = viewer_test_tree(table);
  for (guint i = 0; i < shown->len; i++)
    n_found += is_label(g_ptr_array_index(shown, i), "±0.0004") ||
               is_label(g_ptr_array_index(shown, i), "0.75–0.77");
  g_assert_cmpuint(n_found, ==, 2);
  g_object_unref(table);
}

/* --- intervals come and go with their values --- */

/* Asked again and again while the main loop runs: an interval is shown only beside its value. */
static gboolean
is_table_of(MsWindow *window, const MsScoreboard *board)
{
  const MsStanding *whole = ms_scoreboard_find(board, NULL);

  if (!has_intervals(window))
    return FALSE;
  assert_cell(window, whole, MS_SET_METRIC_IOU_MEAN, 0, 3);
  return TRUE;
}

static void
test_threshold(void)
{
  MsWindow *window = open_model(lesions, "steady");
  g_autoptr(MsScoreboard) after = NULL;
  g_autofree char *before = NULL;

  test_until(!ms_evaluation_is_running(window->evaluation) && has_intervals(window));
  before = g_strdup(text_of(interval_of(window, MS_SET_METRIC_IOU_MEAN, 2)));
  g_assert_true(gtk_widget_get_visible(viewer_test_child(summary_of(window), "method_fold")));
  ms_window_set_threshold(window, 0.8);
  g_assert_false(has_intervals(window));
  g_assert_false(gtk_widget_get_visible(viewer_test_child(summary_of(window), "method_fold")));
  after = compute_board(window);
  test_until(is_table_of(window, after));
  assert_table(window);
  g_assert_cmpstr(text_of(interval_of(window, MS_SET_METRIC_IOU_MEAN, 2)), !=, before);
  ms_window_set_threshold(window, 0.5);
  g_assert_false(has_intervals(window));
  test_until(has_intervals(window));
  g_assert_cmpstr(text_of(interval_of(window, MS_SET_METRIC_IOU_MEAN, 2)), ==, before);
  viewer_test_close(window);
}

/* Every step of the slider has its values, before anything else happens. */
static void
test_dragging(void)
{
  MsWindow *window = open_model(lesions, "steady");
  g_autofree char *before = NULL;

  test_until(!ms_evaluation_is_running(window->evaluation) && has_intervals(window));
  before = g_strdup(iou_text(window));
  for (guint i = 1; i < 10; i++) {
    g_autofree char *expected = NULL;

    gtk_range_set_value(viewer_test_child(window->inspector, "threshold"), 0.55 + 0.04 * i);
    expected = compute_iou(window);
    g_assert_cmpstr(iou_text(window), ==, expected);
    g_assert_false(is_busy(window, "scores"));
    g_assert_false(has_intervals(window));
  }
  g_assert_cmpstr(iou_text(window), !=, before);
  test_until(has_intervals(window));
  assert_table(window);
  viewer_test_close(window);
}

static void
assert_board_holds(MsBoardKeeper *keeper, MsEvaluation *evaluation, guint model)
{
  g_autoptr(MsTotals) totals = test_evaluation_totals(evaluation, model, "val", NULL);
  const MsStanding *val = ms_scoreboard_find(ms_board_keeper_get(keeper), "val");

  g_assert_true(ms_board_keeper_is_current(keeper));
  g_assert_false(ms_board_keeper_is_outdated(keeper));
  g_assert_cmpuint(ms_board_keeper_get(keeper)->model, ==, model);
  g_assert_cmpfloat(val->values[MS_SET_METRIC_IOU_MEAN].value, ==,
                    ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN).value);
}

static gboolean
is_drawn(MsBoardKeeper *keeper)
{
  return ms_board_keeper_is_current(keeper) && ms_board_keeper_get(keeper)->drawn;
}

/* All scores of the model steady are there; no window keeps their boards. */
static MsEvaluation *
evaluate_steady(guint *model)
{
  MsWindow *window = open_model(lesions, "steady");
  MsEvaluation *evaluation;

  test_until(!ms_evaluation_is_running(window->evaluation));
  evaluation = g_object_ref(window->evaluation);
  *model = window->model;
  viewer_test_close(window);
  return evaluation;
}

/* A board that is being drawn when the rules change is never kept, however late they do so: some
 * steps of the main loop after the change before, all of which are the keeper's. */
static void
test_overtaken(void)
{
  guint model;
  g_autoptr(MsEvaluation) evaluation = evaluate_steady(&model);
  g_autoptr(MsBoardKeeper) keeper = ms_board_keeper_for(evaluation);

  ms_board_keeper_set_model(keeper, model);
  test_until(is_drawn(keeper));
  for (guint n_steps = 1; n_steps < 6; n_steps++) {
    ms_evaluation_set_threshold(evaluation, model, 0.1 * n_steps);
    g_assert_false(is_drawn(keeper));
    for (guint i = 0; i < n_steps && !is_drawn(keeper); i++)
      g_main_context_iteration(NULL, TRUE);
    ms_evaluation_set_threshold(evaluation, model, 0.1 * n_steps + 0.25);
    g_assert_false(is_drawn(keeper));
    assert_board_holds(keeper, evaluation, model);
    test_until(is_drawn(keeper));
    assert_board_holds(keeper, evaluation, model);
  }
}

static void
let_go(MsBoardKeeper *keeper, MsBoardKeeper **held)
{
  g_clear_object(held);
}

/* Whoever is told of a change may let go of the keeper there and then. */
static void
test_let_go(void)
{
  guint model;
  g_autoptr(MsEvaluation) evaluation = evaluate_steady(&model);
  g_autoptr(MsBoardKeeper) other = ms_board_keeper_for(evaluation);

  for (guint way = 0; way < 3; way++) {
    MsBoardKeeper *held = ms_board_keeper_for(evaluation);
    gpointer weak = held;

    g_assert_true(!other || held == other);
    g_clear_object(&other);
    g_object_add_weak_pointer(G_OBJECT(held), &weak);
    if (way > 0)
      ms_board_keeper_set_model(held, model);
    g_signal_connect(held, "changed", G_CALLBACK(let_go), &held);
    if (way == 0)
      ms_board_keeper_set_model(held, model);
    if (way == 1)
      ms_evaluation_set_threshold(evaluation, model, 0.9);
    test_until(!weak);
  }
}

static void
close_set(MsBoardKeeper *keeper, MsWindow *window)
{
  ms_inspector_set_evaluation(window->inspector, NULL, 0);
}

static void
test_closed_by_handler(void)
{
  MsWindow *window = open_model(lesions, "steady");
  g_autoptr(MsBoardKeeper) keeper = ms_board_keeper_for(window->evaluation);

  test_until(!ms_evaluation_is_running(window->evaluation) && has_intervals(window));
  g_signal_connect(keeper, "changed", G_CALLBACK(close_set), window);
  g_clear_object(&keeper);
  ms_window_set_threshold(window, 0.8);
  g_assert_false(gtk_widget_get_visible(summary_of(window)));
  viewer_test_close(window);
}

/* --- a large set --- */

#define N_LARGE 50000

/* Four labels with scores of two decimals. */
static MsWindow *
open_large(const TestFolder *folder)
{
  g_autoptr(GString) actual = g_string_new("example,a,b,c,d\n");
  g_autoptr(GString) scores = g_string_new("example,a,b,c,d\n");
  g_autoptr(GRand) random = g_rand_new_with_seed(7);

  for (guint i = 0; i < N_LARGE; i++) {
    g_string_append_printf(actual, "%05u", i);
    g_string_append_printf(scores, "%05u", i);
    for (guint label = 0; label < 4; label++) {
      g_string_append_printf(actual, ",%d", g_rand_int_range(random, 0, 2));
      g_string_append_printf(scores, ",0.%02d", g_rand_int_range(random, 0, 100));
    }
    g_string_append_c(actual, '\n');
    g_string_append_c(scores, '\n');
  }
  return viewer_test_open_scores(folder, actual->str, scores->str);
}

/* What is summed elsewhere: old values stay, and are marked, until the latest are there. */
static void
test_large(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_large(&folder);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(MsScoreboard) board = NULL;

  test_until(viewer_test_is_scored(window) && !ms_evaluation_is_running(window->evaluation));
  test_until(has_intervals(window));
  g_assert_false(is_busy(window, "scores"));
  before = g_strdup(iou_text(window));
  for (guint i = 1; i <= 4; i++) {
    ms_window_set_threshold(window, 0.5 + 0.1 * i);
    g_assert_true(is_busy(window, "scores") && is_busy(window, "classes"));
    g_assert_false(has_intervals(window));
    g_assert_cmpstr(iou_text(window), ==, before);
  }
  test_until(!is_busy(window, "scores"));
  after = g_strdup(iou_text(window));
  g_assert_cmpstr(after, !=, before);
  test_until(has_intervals(window) && !is_busy(window, "classes"));
  g_assert_cmpstr(iou_text(window), ==, after);
  board = compute_board(window);
  assert_column(window, board, NULL, 0, 2);
  viewer_test_close(window);
}

/* Maps by the thousand follow the slider all the same, though their scores are counted elsewhere.
 */
static void
test_large_maps(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) manifest = g_string_new("example,actual,predicted\n");
  g_autoptr(MsScoreboard) board = NULL;
  g_autofree char *path = NULL;
  MsWindow *window;

  test_write_mask(&folder, "actual.png", "####....");
  test_write_mask(&folder, "0.png", "##+++...");
  test_write_mask(&folder, "1.png", "####.+..");
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf(manifest, "e%04u,actual.png,%u.png\n", i, i % 2);
  path = test_file(&folder, "maps.csv", manifest->str, manifest->len);
  window = viewer_test_open(path);
  test_until(viewer_test_is_scored(window) && has_intervals(window));
  g_assert_cmpstr(iou_text(window), ==, "0.800");
  for (guint i = 0; i < 6; i++) {
    ms_window_set_threshold(window, i % 2 ? 0.3 + 0.01 * i : 0.6 + 0.01 * i);
    g_assert_true(ms_evaluation_is_counting(window->evaluation, 0));
    g_assert_cmpstr(iou_text(window), ==, i % 2 ? "0.800" : "0.750");
    g_assert_false(is_busy(window, "scores"));
    g_assert_false(has_intervals(window));
  }
  ms_window_set_threshold(window, 0.7);
  test_until(has_intervals(window));
  g_assert_cmpstr(iou_text(window), ==, "0.750");
  board = compute_board(window);
  assert_column(window, board, NULL, 0, 2);
  viewer_test_close(window);
}

/* Nor under another model. */
static void
test_model_changes(void)
{
  MsWindow *window = open_model(lesions, "steady");
  guint steady = window->model, overfit = viewer_test_model(window, "overfit");

  test_until(!ms_evaluation_is_running(window->evaluation) && has_intervals(window));
  for (guint i = 0; i < 4; i++) {
    ms_window_set_model(window, i % 2 ? steady : overfit);
    if (has_intervals(window))
      assert_table(window);
    test_until(has_intervals(window));
    assert_table(window);
  }
  viewer_test_close(window);
}

/* --- advice --- */

static const MsAdvice *
find_advice(const MsScoreboard *board, MsAdviceKind kind)
{
  for (guint i = 0; i < board->advice->len; i++) {
    const MsAdvice *advice = g_ptr_array_index(board->advice, i);

    if (advice->kind == kind)
      return advice;
  }
  return NULL;
}

static gboolean
is_said(gpointer widget, const char *text)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(widget);

  for (guint i = 0; i < all->len; i++)
    if (is_label(g_ptr_array_index(all, i), text) &&
        gtk_widget_get_mapped(g_ptr_array_index(all, i)))
      return TRUE;
  return FALSE;
}

static void
test_advice(void)
{
  MsWindow *window = open_model(lesions, "overfit");
  gpointer view = viewer_test_child(summary_of(window), "advice");
  g_autoptr(MsScoreboard) board = NULL;
  const MsAdvice *gap;
  g_autofree char *spoken = NULL;

  test_until(has_intervals(window));
  test_display_settle(GTK_WIDGET(window));
  board = compute_board(window);
  gap = find_advice(board, MS_ADVICE_GAP);
  g_assert_true(gap->given);
  g_assert_true(is_said(view, gap->headline));
  g_assert_true(is_said(view, gap->evidence));
  g_assert_true(is_said(view, gap->remedy));
  spoken = g_strconcat("Advice: ", gap->headline, NULL);
  assert_spoken(gtk_widget_get_first_child(gtk_widget_get_first_child(view)), spoken);
  viewer_test_close(window);
}

/* No card, no room for one, and the reason for who asks. */
static void
test_no_advice(void)
{
  MsWindow *window = open_model(lesions, "steady");
  gpointer fold = viewer_test_child(summary_of(window), "absence_fold");
  gpointer button = viewer_test_child(fold, "button");
  g_autoptr(MsScoreboard) board = NULL;

  test_until(has_intervals(window));
  board = compute_board(window);
  g_assert_false(find_advice(board, MS_ADVICE_GAP)->given);
  g_assert_false(gtk_widget_get_visible(viewer_test_child(summary_of(window), "advice")));
  assert_spoken(button, "Why is there no advice?");
  gtk_widget_activate(button);
  test_until(gtk_revealer_get_reveal_child(viewer_test_child(fold, "revealer")));
  for (guint i = 0; i < board->advice->len; i++) {
    const MsAdvice *advice = g_ptr_array_index(board->advice, i);

    g_assert_nonnull(strstr(viewer_test_text(summary_of(window), "absence"), advice->evidence));
  }
  viewer_test_close(window);
}

/* Advice goes with the values that called for it. */
static void
test_advice_of_model(void)
{
  MsWindow *window = open_model(lesions, "overfit");
  gpointer view = viewer_test_child(summary_of(window), "advice");

  test_until(gtk_widget_get_visible(view));
  ms_window_set_model(window, viewer_test_model(window, "steady"));
  g_assert_false(gtk_widget_get_visible(view));
  test_until(has_intervals(window));
  g_assert_false(gtk_widget_get_visible(view));
  ms_window_set_model(window, viewer_test_model(window, "overfit"));
  test_until(gtk_widget_get_visible(view));
  viewer_test_close(window);
}

static void
test_method(void)
{
  MsWindow *window = open_model(lesions, "overfit");
  gpointer fold = viewer_test_child(summary_of(window), "method_fold");
  g_autofree char *sentence = NULL;
  g_autoptr(MsScoreboard) board = NULL;

  test_until(has_intervals(window));
  board = compute_board(window);
  sentence = ms_scoreboard_describe_method(board);
  g_assert_cmpstr(viewer_test_text(summary_of(window), "method"), ==, sentence);
  assert_spoken(viewer_test_child(fold, "button"), "How the intervals are made");
  viewer_test_close(window);
}

/* --- label sets --- */

static void
test_songs_example(void)
{
  MsWindow *window = viewer_test_open(songs);

  g_assert_cmpstr(viewer_test_text(window->inspector, "iou"), ==, "0.500");
  g_assert_cmpstr(viewer_test_text(window->inspector, "formula"), ==, "2 / (2 + 1 + 1)");
  g_assert_cmpstr(viewer_test_text(window->inspector, "verdict"), ==, "Not exact");
  g_assert_cmpstr(viewer_test_text(window->inspector, "reason"), ==, "missed Melodic, extra Slow");
  g_assert_cmpstr(viewer_test_text(window->inspector, "wrong_name_0"), ==, "False positives");
  g_assert_cmpstr(viewer_test_text(window->inspector, "count_0"), ==, "2");
  g_assert_cmpstr(viewer_test_text(window->inspector, "count_1"), ==, "1");
  g_assert_cmpstr(viewer_test_text(window->inspector, "count_2"), ==, "1");
  g_assert_cmpstr(viewer_test_text(window->inspector, "count_3"), ==, "1");
  g_assert_cmpstr(viewer_test_text(window->inspector, "minor_name_3"), ==, "Hamming accuracy");
  g_assert_cmpstr(viewer_test_text(window->inspector, "minor_value_3"), ==, "0.600");
  g_assert_nonnull(
      strstr(viewer_test_text(window->inspector, "rules"), "Counts are summed over all labels."));
  g_assert_false(gtk_widget_get_visible(viewer_test_child(window->inspector, "classes_box")));
  g_assert_false(gtk_widget_get_visible(viewer_test_child(window->inspector, "ignored_name")));
  viewer_test_close(window);
}

/* Without splits there is one column, and its values stand beside the names. */
static void
test_songs_set(void)
{
  MsWindow *window = viewer_test_open(songs);
  g_autoptr(MsScoreboard) board = NULL;

  test_until(has_intervals(window));
  test_display_settle(GTK_WIDGET(window));
  board = compute_board(window);
  g_assert_null(find_label(window, "All"));
  assert_column(window, board, NULL, 0, 2);
  assert_cell(window, ms_scoreboard_find(board, NULL), MS_SET_METRIC_HAMMING, 0, 2);
  assert_cell(window, ms_scoreboard_find(board, NULL), MS_SET_METRIC_MIOU, 0, 2);
  g_assert_nonnull(find_label(window, "Hamming accuracy"));
  g_assert_nonnull(find_label(window, "Mean IoU over labels"));
  g_assert_cmpstr(viewer_test_text(viewer_test_child(summary_of(window), "reading_fold"), "title"),
                  ==, "How the labels are read");
  viewer_test_close(window);
}

/* The texts of a list's lines, "Happy 0.500 3 2 1", from top to bottom. */
static GPtrArray *
read_lines(gpointer list)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(list);
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

  for (guint i = 0; i < all->len; i++) {
    GtkWidget *line = g_ptr_array_index(all, i);
    GString *text = g_string_new(NULL);

    if (!gtk_widget_has_css_class(line, "line") || !gtk_widget_get_mapped(line)) {
      g_string_free(text, TRUE);
      continue;
    }
    for (GtkWidget *cell = gtk_widget_get_first_child(line); cell;
         cell = gtk_widget_get_next_sibling(cell))
      if (gtk_widget_get_visible(cell) && GTK_IS_LABEL(cell))
        g_string_append_printf(text, "%s%s", text->len ? " " : "", text_of(cell));
    g_ptr_array_add(lines, g_string_free(text, FALSE));
  }
  return lines;
}

static char *
describe_label(MsWindow *window, const MsClassCounts *label)
{
  g_autofree char *name = ms_set_class_name(window->set, window->model, label->id);
  g_autofree char *iou = ms_describe_ratio(ms_class_score(label, MS_METRIC_IOU, MS_EMPTY_ONE), 3);

  return g_strdup_printf("%s %s %d %d %d", name, iou, (int)label->counts.tp, (int)label->counts.fp,
                         (int)label->counts.fn);
}

static gpointer
heading_of(MsWindow *window, const char *title)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(viewer_test_child(summary_of(window), "classes"));

  for (guint i = 0; i < all->len; i++)
    if (viewer_test_is_heading(g_ptr_array_index(all, i), title))
      return gtk_widget_get_parent(g_ptr_array_index(all, i));
  g_error("no column is named %s", title);
}

/* Pooled counts of every label; worst first, then as its headings are pressed. */
static void
test_songs_labels(void)
{
  MsWindow *window = viewer_test_open(songs);
  g_autoptr(MsTotals) totals = NULL;
  const MsClassCounts *labels;
  gsize n_labels;
  gpointer list =
      viewer_test_find(viewer_test_child(summary_of(window), "classes"), GTK_TYPE_LIST_VIEW);
  g_autoptr(GPtrArray) lines = NULL, by_name = NULL, backwards = NULL;

  test_until(has_intervals(window));
  test_display_settle(GTK_WIDGET(window));
  totals = test_evaluation_totals(window->evaluation, window->model, NULL, NULL);
  labels = ms_confusion_classes(ms_totals_pooled(totals), &n_labels);
  lines = read_lines(list);
  g_assert_cmpuint(n_labels, ==, 5);
  g_assert_cmpuint(lines->len, ==, 5);
  for (gsize i = 0; i < n_labels; i++) {
    g_autofree char *expected = describe_label(window, &labels[i]);

    g_assert_true(g_ptr_array_find_with_equal_func(lines, expected, g_str_equal, NULL));
  }
  g_assert_true(g_str_has_prefix(g_ptr_array_index(lines, 0), "Sad 0.2"));
  assert_spoken(list, "Labels");

  g_signal_emit_by_name(heading_of(window, "Label"), "clicked");
  test_display_settle(GTK_WIDGET(window));
  by_name = read_lines(list);
  g_assert_true(g_str_has_prefix(g_ptr_array_index(by_name, 0), "Fast "));
  g_assert_true(g_str_has_prefix(g_ptr_array_index(by_name, 4), "Slow "));
  g_signal_emit_by_name(heading_of(window, "Label"), "clicked");
  test_display_settle(GTK_WIDGET(window));
  backwards = read_lines(list);
  g_assert_true(g_str_has_prefix(g_ptr_array_index(backwards, 0), "Slow "));
  viewer_test_close(window);
}

/* --- the list of classes --- */

static void
count_change(GListModel *model, guint position, guint removed, guint added, guint *n)
{
  ++*n;
}

static gpointer
labels_list(MsWindow *window)
{
  return viewer_test_find(viewer_test_child(summary_of(window), "classes"), GTK_TYPE_LIST_VIEW);
}

/* Lines come and go with the labels, not because they are shown again. */
static void
test_same_labels(void)
{
  MsWindow *window = viewer_test_open(songs);
  GListModel *model = G_LIST_MODEL(gtk_list_view_get_model(labels_list(window)));
  MsClassTableView *view = viewer_test_child(summary_of(window), "classes");
  g_autoptr(MsScoreboard) board = NULL;
  guint n_changes = 0;

  test_until(has_intervals(window));
  board = compute_board(window);
  g_signal_connect(model, "items-changed", G_CALLBACK(count_change), &n_changes);
  ms_class_table_view_show(view, window->set, 0, ms_scoreboard_find(board, NULL)->pooled,
                           MS_EMPTY_ONE);
  g_assert_cmpuint(n_changes, ==, 0);
  ms_class_table_view_show(view, window->set, 0, window->shown->confusion, MS_EMPTY_ONE);
  g_assert_cmpuint(n_changes, ==, 1);
  ms_class_table_view_empty(view);
  g_assert_cmpuint(n_changes, ==, 2);
  g_assert_cmpuint(g_list_model_get_n_items(model), ==, 0);
  viewer_test_close(window);
}

/* Of many labels not every step of a slider is shown, and what is left behind is marked; in the end
 * they are those of the last one. */
static void
test_many_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) actual = g_string_new("example");
  g_autoptr(GString) scores = NULL;
  MsWindow *window;
  GListModel *model;
  guint n_changes = 0;
  g_autoptr(GPtrArray) lines = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf(actual, ",label_%03u", i);
  scores = g_string_new(actual->str);
  g_string_append(actual, "\na");
  g_string_append(scores, "\na");
  for (guint i = 0; i < 300; i++) {
    g_string_append(actual, ",1");
    g_string_append_printf(scores, ",0.%03u", 3 * i);
  }
  g_string_append_c(actual, '\n');
  g_string_append_c(scores, '\n');
  window = viewer_test_open_scores(&folder, actual->str, scores->str);
  model = G_LIST_MODEL(gtk_list_view_get_model(labels_list(window)));
  test_until(has_intervals(window) || viewer_test_is_scored(window));
  g_signal_connect(model, "items-changed", G_CALLBACK(count_change), &n_changes);
  for (guint i = 0; i < 20; i++)
    ms_window_set_threshold(window, 0.1 + 0.02 * i);
  g_assert_cmpuint(n_changes, <=, 1);
  g_assert_false(is_busy(window, "scores"));
  g_assert_true(is_busy(window, "classes"));
  test_until(!is_busy(window, "classes"));
  test_display_settle(GTK_WIDGET(window));
  lines = read_lines(labels_list(window));
  g_assert_cmpstr(g_ptr_array_index(lines, 0), ==, "label_000 0.000 0 0 1");
  g_assert_cmpuint(n_changes, <=, 3);
  viewer_test_close(window);
}

/* --- names --- */

static void
test_spoken(void)
{
  MsWindow *window = open_model(lesions, "overfit");
  g_autoptr(MsScoreboard) board = NULL;
  const MsStanding *val;
  g_autofree char *iou = NULL, *iou_interval = NULL, *spoken = NULL;

  test_until(has_intervals(window));
  test_display_settle(GTK_WIDGET(window));
  board = compute_board(window);
  val = ms_scoreboard_find(board, "val");
  iou = ms_describe_ratio(val->values[MS_SET_METRIC_IOU_MEAN], 3);
  iou_interval = ms_scoreboard_describe_interval(&val->intervals[MS_SET_METRIC_IOU_MEAN], 3);
  spoken = g_strdup_printf("Mean IoU, val: %s, 95 %% interval %s", iou, iou_interval);
  assert_spoken(value_of(window, MS_SET_METRIC_IOU_MEAN, 2), spoken);
  g_assert_cmpstr(ms_tip_get(find_label(window, "Mean IoU")), ==,
                  "Mean IoU = sum of the examples' IoU / examples with an IoU");
  assert_spoken(viewer_test_child(viewer_test_child(summary_of(window), "reading_fold"), "button"),
                "How the masks are read");
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  songs = viewer_test_sample("songs");
  g_test_add_func("/app/summary/columns", test_columns);
  g_test_add_func("/app/summary/chosen", test_chosen);
  g_test_add_func("/app/summary/narrow-interval", test_narrow_interval);
  g_test_add_func("/app/summary/many-splits", test_many_splits);
  g_test_add_func("/app/summary/threshold", test_threshold);
  g_test_add_func("/app/summary/dragging", test_dragging);
  g_test_add_func("/app/summary/overtaken", test_overtaken);
  g_test_add_func("/app/summary/let-go", test_let_go);
  g_test_add_func("/app/summary/closed-by-handler", test_closed_by_handler);
  g_test_add_func("/app/summary/large", test_large);
  g_test_add_func("/app/summary/large-maps", test_large_maps);
  g_test_add_func("/app/summary/same-labels", test_same_labels);
  g_test_add_func("/app/summary/many-labels", test_many_labels);
  g_test_add_func("/app/summary/model-changes", test_model_changes);
  g_test_add_func("/app/summary/advice", test_advice);
  g_test_add_func("/app/summary/no-advice", test_no_advice);
  g_test_add_func("/app/summary/advice-of-model", test_advice_of_model);
  g_test_add_func("/app/summary/method", test_method);
  g_test_add_func("/app/summary/songs-example", test_songs_example);
  g_test_add_func("/app/summary/songs-set", test_songs_set);
  g_test_add_func("/app/summary/songs-labels", test_songs_labels);
  g_test_add_func("/app/summary/spoken", test_spoken);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  g_free(songs);
  return status;
}
