/* SPDX-License-Identifier: MIT
 *
 * What a check found, in the window: the line that says so, the page that shows it, and what can be
 * done about a finding. Findings are made by hand, so that no detector matters here.
 */
#include "viewer-test.h"

#include "mask-file.h"

static char *lesions;

/* --- findings --- */

static MsCheck *
check_new(MsSet *set)
{
  MsCheck *check = g_new0(MsCheck, 1);

  g_atomic_ref_count_init(&check->ref_count);
  check->set = g_object_ref(set);
  check->findings = g_ptr_array_new_with_free_func((GDestroyNotify)ms_check_finding_free);
  check->n_examples = ms_set_get_n_examples(set);
  check->sampling = g_strdup("every example was looked at");
  return check;
}

static MsCheckFinding *
add_finding(MsCheck *check, MsCheckKind kind, MsSureness sureness, const char *title)
{
  MsCheckFinding *finding = g_new0(MsCheckFinding, 1);

  finding->kind = kind;
  finding->sureness = sureness;
  finding->model = G_MAXUINT;
  finding->examples = g_array_new(FALSE, FALSE, sizeof(guint));
  finding->title = g_strdup(title);
  finding->detail = g_strdup("What was seen.");
  g_ptr_array_add(check->findings, finding);
  return finding;
}

/* Its remedy is an option that every set takes. */
static MsCheckFinding *
add_turned(MsCheck *check, MsSet *set)
{
  static const guint examples[] = {2, 5, 7};
  MsCheckFinding *finding = add_finding(check, MS_CHECK_TURNED, MS_SURENESS_LIKELY,
                                        "Predictions are flipped left to right");

  finding->model = 1;
  finding->n_examples = G_N_ELEMENTS(examples);
  finding->n_looked = 24;
  g_array_append_vals(finding->examples, examples, G_N_ELEMENTS(examples));
  finding->before = (MsValue){.value = 0.1234, .defined = true};
  finding->after = (MsValue){.value = 0.876, .defined = true};
  finding->n_scored = 24;
  finding->remedy = g_strdup("Flip them.");
  finding->line = g_strdup("[Adjust]\nsteady=flip-x");
  finding->options = ms_options_copy(ms_set_get_options(set));
  finding->options->has_size_mismatch = finding->options->resize_predicted = TRUE;
  return finding;
}

/* Nothing measured, nothing to look at, nothing to do. */
static void
add_bare(MsCheck *check)
{
  MsCheckFinding *finding =
      add_finding(check, MS_CHECK_UNPAIRED, MS_SURENESS_CERTAIN, "3 files belong to no example");

  finding->remedy = g_strdup("Rename them.");
}

static void
take(MsWindow *window, MsCheck *check)
{
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  ms_checker_take(window->checker, check);
  ms_check_unref(check);
  test_display_settle(GTK_WIDGET(window));
}

static void
find_two(MsWindow *window)
{
  MsCheck *check = check_new(window->set);

  add_turned(check, window->set);
  add_bare(check);
  take(window, check);
}

/* --- the window --- */

static void
activate(MsWindow *window, const char *action)
{
  gtk_widget_activate_action(GTK_WIDGET(window), action, NULL);
  test_display_settle(GTK_WIDGET(window));
}

static MsWindow *
open_with_two(void)
{
  MsWindow *window = viewer_test_open(lesions);

  find_two(window);
  return window;
}

static MsWindow *
open_page(void)
{
  MsWindow *window = open_with_two();

  activate(window, "win.check");
  return window;
}

static gboolean
has_line(MsWindow *window)
{
  return gtk_revealer_get_reveal_child(window->check_line);
}

static gboolean
has_page(MsWindow *window)
{
  return gtk_widget_get_mapped(GTK_WIDGET(window->check_view));
}

static gpointer
row_child(MsWindow *window, guint number, const char *name)
{
  return viewer_test_child(ms_check_view_get_row(window->check_view, number), name);
}

static void
assert_row(MsWindow *window, guint number, const char *name, const char *text)
{
  g_assert_cmpstr(gtk_label_get_text(row_child(window, number, name)), ==, text);
}

static gboolean
is_seen(MsWindow *window, const char *name)
{
  return gtk_widget_get_mapped(viewer_test_child(window->check_view, name));
}

static void
click(gpointer button)
{
  g_assert_true(gtk_widget_is_sensitive(button));
  g_signal_emit_by_name(button, "clicked");
}

/* --- the line --- */

static void
test_line(void)
{
  MsWindow *window = open_with_two();

  g_assert_true(has_line(window));
  g_assert_false(has_page(window));
  g_assert_cmpstr(gtk_label_get_text(window->check_words), ==,
                  "2 things about this set deserve a look");
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == GTK_WIDGET(window->canvas));
  activate(window, "win.check");
  g_assert_true(has_page(window));
  g_assert_false(has_line(window));
  activate(window, "win.check");
  g_assert_false(has_page(window));
  g_assert_false(has_line(window)); /* it was seen */
  viewer_test_close(window);
}

/* Where there is little room the line is short, and what is painted can be seen whole. */
static void
test_narrow_line(void)
{
  MsWindow *window = open_with_two();
  GtkWidget *chip = viewer_test_child(window->legend, "chip_0");
  GtkWidget *scrolled = gtk_widget_get_ancestor(chip, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment(GTK_SCROLLED_WINDOW(scrolled));

  gtk_window_set_default_size(GTK_WINDOW(window), 800, 600);
  test_until(window->narrow);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpstr(gtk_label_get_text(window->check_words), ==, "2 findings");
  g_assert_cmpfloat(gtk_adjustment_get_upper(across), <=, gtk_adjustment_get_page_size(across));
  viewer_test_close(window);
}

/* The same findings are not told of again, another one is. */
static void
test_dismissed(void)
{
  MsWindow *window = open_with_two();
  MsCheck *check;

  activate(window, "win.dismiss-check");
  g_assert_false(has_line(window));
  find_two(window);
  g_assert_false(has_line(window));
  check = check_new(window->set);
  add_bare(check);
  take(window, check);
  g_assert_true(has_line(window));
  g_assert_cmpstr(gtk_label_get_text(window->check_words), ==,
                  "1 thing about this set deserves a look");
  viewer_test_close(window);
}

/* A clean set says nothing by itself, and one line when it is asked. */
static void
test_clean(void)
{
  MsWindow *window = viewer_test_open(lesions);

  take(window, check_new(window->set));
  g_assert_false(has_line(window));
  test_display_key("c");
  test_until(has_page(window));
  g_assert_cmpstr(viewer_test_text(window->check_view, "words"), ==,
                  "Nothing was found that deserves a look.");
  g_assert_cmpstr(viewer_test_text(window->check_view, "sampling"), ==,
                  "Every example was looked at");
  g_assert_null(ms_check_view_get_row(window->check_view, 0));
  viewer_test_close(window);
}

/* What is only worth knowing is no reason for a line; it is on the page, apart. */
static void
test_notes(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsCheck *check = check_new(window->set);

  add_bare(check);
  add_bare(check);
  ((MsCheckFinding *)check->findings->pdata[1])->is_note = TRUE;
  check->n_notes = 1;
  take(window, check);
  g_assert_cmpstr(gtk_label_get_text(window->check_words), ==,
                  "1 thing about this set deserves a look");
  activate(window, "win.check");
  g_assert_true(is_seen(window, "notes_title"));
  g_assert_true(gtk_widget_is_ancestor(GTK_WIDGET(ms_check_view_get_row(window->check_view, 1)),
                                       viewer_test_child(window->check_view, "notes")));
  activate(window, "win.check");
  check = check_new(window->set);
  add_bare(check);
  ((MsCheckFinding *)check->findings->pdata[0])->is_note = TRUE;
  check->n_notes = 1;
  take(window, check);
  g_assert_false(has_line(window));
  activate(window, "win.check");
  g_assert_cmpstr(viewer_test_text(window->check_view, "words"), ==,
                  "Nothing was found that deserves a look.");
  g_assert_true(is_seen(window, "notes_title"));
  viewer_test_close(window);
}

static MsCheckScore *
scores_of(MsSet *set, double value)
{
  MsCheckScore *scores = g_new0(MsCheckScore, ms_set_get_n_models(set));

  for (guint model = 0; model < ms_set_get_n_models(set); model++)
    scores[model] = (MsCheckScore){{value, .defined = TRUE}, 24};
  return scores;
}

/* How the set scores is said where nothing speaks against it, and beside what does. */
static void
test_scores(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsCheck *check = check_new(window->set);

  check->scores = scores_of(window->set, 0.75);
  take(window, check);
  activate(window, "win.check");
  g_assert_true(g_str_has_prefix(viewer_test_text(window->check_view, "words"),
                                 "Nothing was found that deserves a look. Mean IoU: "));
  g_assert_cmpstr(viewer_test_text(window->check_view, "sampling"), ==,
                  "Every example was looked at");
  check = check_new(window->set);
  check->scores = scores_of(window->set, 0.01);
  take(window, check);
  g_assert_nonnull(strstr(viewer_test_text(window->check_view, "words"), " Next to nothing of "));
  check = check_new(window->set);
  check->scores = scores_of(window->set, 0.75);
  add_bare(check);
  take(window, check);
  g_assert_true(g_str_has_prefix(viewer_test_text(window->check_view, "sampling"),
                                 "Every example was looked at; mean IoU: "));
  viewer_test_close(window);
}

/* --- the page --- */

static void
test_page(void)
{
  MsWindow *window = open_page();

  g_assert_cmpstr(viewer_test_text(window->check_view, "summary"), ==, "2 things deserve a look");
  assert_row(window, 0, "title", "Predictions are flipped left to right");
  assert_row(window, 0, "sureness", "Likely");
  assert_row(window, 0, "extent", "3 of 24 examples · steady");
  assert_row(window, 0, "before", "0.123");
  assert_row(window, 0, "after", "0.876");
  assert_row(window, 0, "scored", "24 scored");
  assert_row(window, 0, "detail", "What was seen.");
  assert_row(window, 0, "remedy", "Flip them.");
  assert_row(window, 0, "line", "[Adjust]\nsteady=flip-x");
  assert_row(window, 1, "sureness", "Certain");
  g_assert_false(is_seen(window, "message"));
  g_assert_null(ms_check_view_get_row(window->check_view, 2));
  viewer_test_close(window);
}

static gboolean
row_has_focus(MsWindow *window, guint number)
{
  MsCheckRow *row = ms_check_view_get_row(window->check_view, number);

  return gtk_widget_is_ancestor(gtk_window_get_focus(GTK_WINDOW(window)), GTK_WIDGET(row));
}

/* Another check is there: the keyboard stays with what it was at, wherever that stands now. */
static void
test_focus_follows(void)
{
  MsWindow *window = open_page();
  MsCheck *check = check_new(window->set);

  g_assert_true(row_has_focus(window, 0));
  add_turned(check, window->set)->model = 0;
  add_turned(check, window->set);
  take(window, check);
  g_assert_true(row_has_focus(window, 1));
  check = check_new(window->set);
  add_turned(check, window->set)->model = 0;
  take(window, check);
  g_assert_true(row_has_focus(window, 0));
  viewer_test_close(window);
}

/* What a finding does not have takes no room, and cannot be pressed. */
static void
test_bare(void)
{
  MsWindow *window = open_page();
  static const char *const absent[] = {"extent", "score", "line_box", "buttons"};

  for (guint i = 0; i < G_N_ELEMENTS(absent); i++) {
    g_assert_true(gtk_widget_get_visible(row_child(window, 0, absent[i])));
    g_assert_false(gtk_widget_get_visible(row_child(window, 1, absent[i])));
  }
  viewer_test_close(window);
}

static void
test_keys(void)
{
  MsWindow *window = open_with_two();
  GtkWidget *look;

  test_display_key("c");
  test_until(has_page(window));
  look = row_child(window, 0, "look");
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == look);
  test_display_key("space");
  test_until(window->example == 2 && viewer_test_is_painted(window));
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == look);
  viewer_test_step(window, "Right", 3);
  test_display_key("Escape");
  test_until(!has_page(window));
  g_assert_true(gtk_widget_get_mapped(GTK_WIDGET(window->inspector)));
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == GTK_WIDGET(window->canvas));
  viewer_test_close(window);
}

/* It is there also where the panels are not, and goes with them. */
static void
test_panels(void)
{
  MsWindow *window = open_with_two();

  activate(window, "win.toggle-panels");
  g_assert_false(gtk_widget_get_mapped(GTK_WIDGET(window->side)));
  activate(window, "win.check");
  g_assert_true(has_page(window));
  activate(window, "win.leave-check");
  g_assert_false(gtk_widget_get_mapped(GTK_WIDGET(window->side)));
  activate(window, "win.toggle-panels");
  activate(window, "win.check");
  activate(window, "win.toggle-panels");
  g_assert_false(has_page(window));
  g_assert_false(gtk_widget_get_mapped(GTK_WIDGET(window->side)));
  activate(window, "win.toggle-panels");
  g_assert_true(gtk_widget_get_mapped(GTK_WIDGET(window->inspector)));
  viewer_test_close(window);
}

static void
test_narrow(void)
{
  MsWindow *window = open_page();
  int width;

  gtk_window_set_default_size(GTK_WINDOW(window), 800, 600);
  test_until(window->narrow);
  ms_reading_progress_show(ms_example_list_get_reading(window->list), "Looking for examples");
  gtk_widget_measure(GTK_WIDGET(window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint(width, <=, 800);
  viewer_test_close(window);
}

/* --- look --- */

static void
test_look(void)
{
  static const guint examples[] = {2, 5, 7, 2};
  MsWindow *window = open_page();
  GtkButton *look = row_child(window, 0, "look");

  g_assert_cmpstr(gtk_button_get_label(look), ==, "Look");
  g_assert_false(gtk_widget_get_visible(row_child(window, 0, "back")));
  for (guint i = 0; i < G_N_ELEMENTS(examples); i++) {
    g_autofree char *label = g_strdup_printf("Look at Next (%u of 3)", i % 3 + 1);

    click(look);
    test_until(window->example == examples[i] && viewer_test_is_painted(window));
    g_assert_cmpuint(window->model, ==, 1);
    g_assert_cmpstr(gtk_button_get_label(look), ==, label);
  }
  for (guint i = G_N_ELEMENTS(examples) - 1; i-- > 0;) {
    click(row_child(window, 0, "back"));
    test_until(window->example == examples[i] && viewer_test_is_painted(window));
  }
  g_assert_cmpstr(gtk_button_get_label(look), ==, "Look at Next (1 of 3)");
  g_assert_true(has_page(window));
  viewer_test_close(window);
}

/* What the list does not show is shown. */
static void
test_look_past_filter(void)
{
  MsWindow *window = open_page();

  gtk_widget_activate_action(GTK_WIDGET(window), "win.filter-text", "s", "lesion_01");
  test_until(ms_example_list_get_n_shown(window->list) == 1);
  click(row_child(window, 0, "look"));
  test_until(window->example == 2 && viewer_test_is_painted(window));
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, 24);
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, 2);
  viewer_test_close(window);
}

/* --- remedies --- */

static gboolean
is_mended(MsWindow *window)
{
  return ms_set_get_options(window->set)->resize_predicted;
}

/* The set is opened again; what is looked at stays where it is. */
static void
test_apply(void)
{
  MsWindow *window = open_page();
  MsView view;

  viewer_test_step(window, "Right", 1);
  activate(window, "win.zoom-100");
  view = *ms_canvas_get_view(window->canvas);
  g_assert_false(is_seen(window, "applied"));
  g_assert_false(is_mended(window));
  gtk_widget_grab_focus(row_child(window, 0, "apply"));
  test_display_key("space");
  test_until(is_mended(window) && viewer_test_is_painted(window));
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(ms_checker_get_check(window->checker)->set == window->set);
  g_assert_cmpuint(window->example, ==, 1);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, view.zoom);
  g_assert_true(has_page(window));
  g_assert_true(is_seen(window, "applied"));
  g_assert_true(gtk_widget_is_ancestor(gtk_window_get_focus(GTK_WINDOW(window)),
                                       GTK_WIDGET(window->check_view)));
  click(viewer_test_child(window->check_view, "undo"));
  test_until(!is_mended(window) && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_false(is_seen(window, "applied"));
  g_assert_cmpuint(window->example, ==, 1);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, view.zoom);
  viewer_test_close(window);
}

/* A second remedy, the last one taken back alone; a set that is read again keeps what is left. */
static void
test_apply_two(void)
{
  MsWindow *window = open_page();
  MsCheck *check;
  MsCheckFinding *finding;
  MsSet *before;

  click(row_child(window, 0, "apply"));
  test_until(is_mended(window) && viewer_test_is_painted(window));
  check = check_new(window->set);
  finding = add_finding(check, MS_CHECK_EMPTY_ACTUAL, MS_SURENESS_POSSIBLE, "Masks are empty");
  finding->options = ms_options_copy(ms_set_get_options(window->set));
  finding->options->has_empty = TRUE;
  finding->options->empty = MS_EMPTY_ZERO;
  take(window, check);
  click(row_child(window, 0, "apply"));
  test_until(ms_set_get_options(window->set)->has_empty);
  g_assert_true(is_mended(window));
  g_assert_cmpstr(gtk_button_get_label(viewer_test_child(window->check_view, "undo")), ==,
                  "Undo the Last");
  activate(window, "win.undo-remedy");
  test_until(!ms_set_get_options(window->set)->has_empty);
  g_assert_true(is_mended(window));
  before = window->set;
  activate(window, "win.reload");
  test_until(window->set != before);
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(is_mended(window));
  g_assert_true(is_seen(window, "applied"));
  viewer_test_close(window);
}

static double
first_iou(MsWindow *window)
{
  test_until(viewer_test_is_scored(window));
  return ms_evaluation_get_score(window->evaluation, 0, 0).iou.value;
}

/* What is done to masks before they are compared is said beside the score, in the title, on the
 * page and where the set can be saved; taken back, nowhere. */
static void
test_adjusted(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsCheck *check = check_new(window->set);
  MsCheckFinding *finding =
      add_finding(check, MS_CHECK_TURNED, MS_SURENESS_LIKELY, "They are flipped");
  GtkWidget *adjusted = viewer_test_child(window->inspector, "adjusted");
  double before = first_iou(window);

  finding->model = 0;
  finding->adjustment = ms_adjustment_new("overfit");
  finding->adjustment->turn = MS_TURN_FLIP_X;
  finding->options = ms_options_copy(ms_set_get_options(window->set));
  g_assert_true(ms_options_adjust(finding->options, finding->adjustment));
  take(window, check);
  activate(window, "win.check");
  click(row_child(window, 0, "apply"));
  test_until(ms_set_get_options(window->set)->adjustments->len > 0 &&
             viewer_test_is_painted(window));
  g_assert_cmpfloat(first_iou(window), <, before - 0.1);
  g_assert_cmpstr(viewer_test_text(window->check_view, "remedies"), ==,
                  "overfit: flipped left to right");
  g_assert_cmpstr(gtk_label_get_text(GTK_LABEL(adjusted)), ==,
                  "Predicted mask compared flipped left to right");
  g_assert_true(g_str_has_suffix(gtk_label_get_text(window->subtitle), " · adjusted"));
  activate(window, "win.set-up");
  test_until(ms_set_window_get_preview(window->set_window));
  g_assert_cmpstr(viewer_test_text(window->set_window, "rules"), ==,
                  "With these options: --adjust=overfit:flip-x");
  gtk_window_close(GTK_WINDOW(window->set_window));
  activate(window, "win.undo-remedy");
  test_until(ms_set_get_options(window->set)->adjustments->len == 0 &&
             viewer_test_is_painted(window));
  g_assert_cmpfloat(first_iou(window), ==, before);
  g_assert_false(gtk_widget_get_visible(adjusted));
  g_assert_false(g_str_has_suffix(gtk_label_get_text(window->subtitle), " · adjusted"));
  viewer_test_close(window);
}

/* Another set has nothing to do with it. */
static void
test_other_set(void)
{
  g_autofree char *songs = viewer_test_sample("songs");
  MsWindow *window = open_page();

  click(row_child(window, 0, "apply"));
  test_until(is_mended(window));
  ms_window_open_path(window, songs);
  test_until(ms_set_get_labels(window->set) && viewer_test_is_painted(window));
  g_assert_false(has_page(window));
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  activate(window, "win.check");
  g_assert_false(is_seen(window, "applied"));
  viewer_test_close(window);
}

static void
text_read(GObject *clipboard, GAsyncResult *result, gpointer user)
{
  char **text = user;

  *text = gdk_clipboard_read_text_finish(GDK_CLIPBOARD(clipboard), result, NULL);
}

static void
test_copy(void)
{
  MsWindow *window = open_page();
  g_autofree char *text = NULL;

  click(row_child(window, 0, "copy"));
  g_assert_nonnull(viewer_test_message(window));
  gdk_clipboard_read_text_async(gtk_widget_get_clipboard(GTK_WIDGET(window)), NULL, text_read,
                                &text);
  test_until(text);
  g_assert_cmpstr(text, ==, "[Adjust]\nsteady=flip-x");
  viewer_test_close(window);
}

/* --- running --- */

/* Whatever else waits for an example, until it is released. */
static MsWindow *
open_held(void)
{
  MsWindow *window = viewer_test_open(lesions);

  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  ms_checker_hold(window->checker, TRUE);
  activate(window, "win.check-again");
  g_assert_cmpint(ms_checker_get_state(window->checker), ==, MS_CHECKER_RUNNING);
  return window;
}

static void
note_failure(MsChecker *checker, gboolean *failed)
{
  *failed |= ms_checker_get_state(checker) == MS_CHECKER_FAILED;
}

/* What waits is given up at once, and lets go of the set. */
static void
test_cancel(void)
{
  MsWindow *window = viewer_test_open(lesions);
  gint n_refs;

  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE &&
             viewer_test_is_scored(window));
  test_display_settle(GTK_WIDGET(window));
  n_refs = (gint)g_atomic_int_get(&G_OBJECT(window->set)->ref_count);
  ms_checker_hold(window->checker, TRUE);
  activate(window, "win.check-again");

  activate(window, "win.check");
  g_assert_true(is_seen(window, "busy"));
  g_assert_cmpstr(viewer_test_text(window->check_view, "progress"), ==, "Looking at the set…");
  activate(window, "win.stop-check");
  g_assert_false(is_seen(window, "busy"));
  g_assert_cmpint(ms_checker_get_state(window->checker), ==, MS_CHECKER_STOPPED);
  test_until((gint)g_atomic_int_get(&G_OBJECT(window->set)->ref_count) <= n_refs);
  ms_checker_hold(window->checker, FALSE);
  activate(window, "win.check-again");
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  viewer_test_close(window);
}

static void
test_cancel_first(void)
{
  MsWindow *window = open_held();

  ms_checker_forget(window->checker);
  activate(window, "win.check"); /* which was never checked, as far as it knows */
  test_until(is_seen(window, "busy"));
  activate(window, "win.stop-check");
  g_assert_cmpstr(viewer_test_text(window->check_view, "words"), ==, "The check was stopped.");
  viewer_test_close(window);
}

/* The check of a set that went is not that of the one that came. */
static void
test_swapped(void)
{
  g_autofree char *cells = viewer_test_sample("cells");
  MsWindow *window = open_held();
  MsSet *before = window->set;
  gboolean failed = FALSE;

  g_signal_connect(window->checker, "changed", G_CALLBACK(note_failure), &failed);
  ms_window_open_path(window, cells);
  test_until(window->set != before && viewer_test_is_painted(window));
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  g_assert_true(ms_checker_get_check(window->checker)->set == window->set);
  g_assert_false(failed);
  viewer_test_close(window);
}

/* Nothing waits on for ever. */
static void
test_close_while_checking(void)
{
  MsWindow *window = open_held();
  gpointer set = window->set;

  g_object_add_weak_pointer(G_OBJECT(set), &set);
  viewer_test_close(window);
  test_until(!set);
}

/* --- names --- */

static void
assert_named(gpointer widget, const char *label)
{
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

static void
test_names(void)
{
  MsWindow *window = open_page();

  assert_named(ms_check_view_get_row(window->check_view, 0),
               "Predictions are flipped left to right");
  assert_named(row_child(window, 0, "look"),
               "Look at an example: Predictions are flipped left to right");
  assert_named(row_child(window, 0, "apply"),
               "Apply the remedy: Predictions are flipped left to right");
  assert_named(row_child(window, 0, "copy"),
               "Copy for a .maskset file: Predictions are flipped left to right");
  assert_named(row_child(window, 0, "score"), "Mean IoU 0.123, with the remedy 0.876, 24 scored");
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/check-page/line", test_line);
  g_test_add_func("/app/check-page/narrow-line", test_narrow_line);
  g_test_add_func("/app/check-page/dismissed", test_dismissed);
  g_test_add_func("/app/check-page/clean", test_clean);
  g_test_add_func("/app/check-page/notes", test_notes);
  g_test_add_func("/app/check-page/scores", test_scores);
  g_test_add_func("/app/check-page/page", test_page);
  g_test_add_func("/app/check-page/bare", test_bare);
  g_test_add_func("/app/check-page/focus-follows", test_focus_follows);
  g_test_add_func("/app/check-page/keys", test_keys);
  g_test_add_func("/app/check-page/panels", test_panels);
  g_test_add_func("/app/check-page/narrow", test_narrow);
  g_test_add_func("/app/check-page/look", test_look);
  g_test_add_func("/app/check-page/look-past-filter", test_look_past_filter);
  g_test_add_func("/app/check-page/apply", test_apply);
  g_test_add_func("/app/check-page/apply-two", test_apply_two);
  g_test_add_func("/app/check-page/adjusted", test_adjusted);
  g_test_add_func("/app/check-page/other-set", test_other_set);
  g_test_add_func("/app/check-page/copy", test_copy);
  g_test_add_func("/app/check-page/cancel", test_cancel);
  g_test_add_func("/app/check-page/cancel-first", test_cancel_first);
  g_test_add_func("/app/check-page/swapped", test_swapped);
  g_test_add_func("/app/check-page/close-while-checking", test_close_while_checking);
  g_test_add_func("/app/check-page/names", test_names);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
