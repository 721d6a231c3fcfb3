/* SPDX-License-Identifier: MIT
 *
 * Opening what people open: nothing, an empty folder, a set with a broken file, one without images,
 * one with several classes; each is said in the window and nothing stops.
 */
#include "viewer-test.h"

#include "mask-file.h"

static char *lesions;
static TestFolder test_folder; /* of each test alone */
#define folder (test_folder.path)

static void
write_mask(const char *name, int width, int height, int columns, guint8 value)
{
  test_write_columns(&test_folder, name, width, height, columns, value);
}

static void
setup(gpointer fixture, gconstpointer data)
{
  test_folder = test_folder_new();
}

static void
teardown(gpointer fixture, gconstpointer data)
{
  test_folder_clear(&test_folder);
}

static const char *
page(MsWindow *window)
{
  return gtk_stack_get_visible_child_name(window->stack);
}

static void
test_welcome(gpointer fixture, gconstpointer data)
{
  MsWindow *window = viewer_test_open(NULL);

  g_assert_cmpstr(page(window), ==, "welcome");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.open-sample", "s", "lesions");
  test_until(window->set && viewer_test_is_painted(window));
  g_assert_cmpstr(page(window), ==, "viewer");
  g_assert_cmpstr(ms_set_get_title(window->set), ==, "lesions");
  viewer_test_close(window);
}

static GtkWidget *
button_labelled(MsWindow *window, const char *label)
{
  g_autoptr(GPtrArray) tree = viewer_test_tree(window);

  for (guint i = 0; i < tree->len; i++) {
    const char *text = GTK_IS_BUTTON(tree->pdata[i]) ? gtk_button_get_label(tree->pdata[i]) : NULL;

    if (text != NULL && g_str_equal(text, label))
      return tree->pdata[i];
  }
  g_error("there is no button %s", label);
}

static void
test_welcome_buttons(gpointer fixture, gconstpointer data)
{
  static const char *const sets[][2] = {{"Try the Sample Masks", "lesions"},
                                        {"Try the Sample Probabilities", "cells"},
                                        {"Try the Sample Labels", "songs"}};

  for (guint i = 0; i < G_N_ELEMENTS(sets); i++) {
    MsWindow *window = viewer_test_open(NULL);

    g_signal_emit_by_name(button_labelled(window, sets[i][0]), "clicked");
    test_until(window->set && viewer_test_is_painted(window));
    g_assert_cmpstr(ms_set_get_title(window->set), ==, sets[i][1]);
    viewer_test_close(window);
  }
}

static void
assert_refused(const char *path, const char *words)
{
  MsWindow *window = viewer_test_open(NULL);

  ms_window_open_path(window, path);
  test_until(viewer_test_message(window));
  g_assert_nonnull(strstr(viewer_test_message(window), words));
  g_assert_cmpstr(page(window), ==, "welcome");
  viewer_test_close(window);
}

static void
test_empty_folder(gpointer fixture, gconstpointer data)
{
  g_autofree char *name = g_path_get_basename(folder);

  assert_refused(folder, name);
}

static void
test_no_such_folder(gpointer fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename(folder, "nowhere", NULL);

  assert_refused(path, "nowhere");
}

static void
test_images_only(gpointer fixture, gconstpointer data)
{
  write_mask("images/a.png", 8, 8, 3, 200);
  assert_refused(folder, "mask");
}

/* A set that is open stays when another cannot be opened. */
static void
test_refusal_keeps_set(gpointer fixture, gconstpointer data)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSet *before = window->set;

  ms_window_open_path(window, folder);
  test_until(viewer_test_message(window));
  g_assert_true(window->set == before);
  g_assert_cmpstr(page(window), ==, "viewer");
  viewer_test_close(window);
}

/* What was asked for in vain does not end the reading of the set that is open. */
static void
test_refusal_keeps_reading(gpointer fixture, gconstpointer data)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSet *before = window->set;

  ms_window_reload(window);
  ms_window_open_path(window, folder);
  test_until(viewer_test_message(window));
  test_until(window->set != before);
  g_assert_nonnull(viewer_test_message(window));
  viewer_test_close(window);
}

/* Bad files show their message in their place; the good ones are scored. */
static void
test_bad_files(gpointer fixture, gconstpointer data)
{
  MsWindow *window;
  g_autofree char *path = NULL;

  write_mask("actual/a.png", 16, 8, 8, 255);
  write_mask("predicted/a.png", 16, 8, 8, 255);
  write_mask("actual/b.png", 16, 8, 8, 255);
  path = test_file(&test_folder, "predicted/b.png", "not a picture", 13);
  write_mask("actual/c.png", 16, 8, 8, 255);
  write_mask("predicted/c.png", 20, 8, 8, 255);
  write_mask("actual/d.png", 16, 8, 8, 255);

  window = viewer_test_open(folder);
  g_assert_true(ms_confusion_exact(window->shown->confusion));
  test_display_key("Right");
  test_until(window->example == 1 && viewer_test_is_painted(window));
  g_assert_true(gtk_widget_get_visible(window->canvas_message));
  g_assert_nonnull(strstr(gtk_label_get_text(window->canvas_message_text), "b.png"));
  test_display_key("Right");
  test_until(window->example == 2 && viewer_test_is_painted(window));
  g_assert_nonnull(strstr(gtk_label_get_text(window->canvas_message_text), "20"));
  test_display_key("Right");
  test_until(window->example == 3 && viewer_test_is_painted(window));
  g_assert_true(gtk_widget_get_visible(window->canvas_message));
  test_until(viewer_test_is_scored(window));
  test_display_key("Home");
  test_until(window->example == 0 && viewer_test_is_painted(window));
  g_assert_false(gtk_widget_get_visible(window->canvas_message));
  viewer_test_close(window);
}

/* A file goes away while its set is open: its example says so and names it, the others go on. The
 * last example is too far away to have been decoded ahead. */
static void
test_vanished_file(gpointer fixture, gconstpointer data)
{
  MsWindow *window;
  g_autofree char *path = test_path(&test_folder, "predicted/l.png");

  for (char c = 'a'; c <= 'l'; c++) {
    g_autofree char *actual = g_strdup_printf("actual/%c.png", c);
    g_autofree char *predicted = g_strdup_printf("predicted/%c.png", c);

    write_mask(actual, 16, 8, 8, 255);
    write_mask(predicted, 16, 8, 7, 255);
  }
  window = viewer_test_open(folder);
  g_assert_cmpint(g_remove(path), ==, 0);
  test_display_key("End");
  test_until(window->example == 11 && viewer_test_is_painted(window));
  g_assert_true(gtk_widget_get_visible(window->canvas_message));
  g_assert_nonnull(strstr(gtk_label_get_text(window->canvas_message_text), "l.png"));
  g_assert_cmpstr(viewer_test_text(window->inspector, "verdict"), ==, "Not scored");
  g_assert_nonnull(strstr(viewer_test_text(window->inspector, "reason"), "l.png"));
  test_display_key("Left");
  test_until(window->example == 10 && viewer_test_is_painted(window));
  g_assert_false(gtk_widget_get_visible(window->canvas_message));
  g_assert_cmpstr(viewer_test_text(window->inspector, "verdict"), ==, "Not exact");
  g_assert_cmpuint(ms_confusion_counts(window->shown->confusion).fn, ==, 8);
  viewer_test_close(window);
}

/* Two classes that are taken for each other are painted as confused, and the chip says so. */
static void
test_classes(gpointer fixture, gconstpointer data)
{
  MsWindow *window;
  cairo_surface_t *drawn;
  guint32 middle;

  write_mask("actual/a.png", 64, 64, 64, 2);
  write_mask("predicted/a.png", 64, 64, 64, 3);
  write_mask("actual/b.png", 64, 64, 32, 1);
  write_mask("predicted/b.png", 64, 64, 32, 1);
  window = viewer_test_open(folder);
  g_assert_cmpuint(ms_confusion_kinds(window->shown->confusion).confused, ==, 64 * 64);
  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), 1);
  test_display_settle(GTK_WIDGET(window));
  drawn = test_display_draw(GTK_WIDGET(window->canvas));
  middle = test_display_pixel(drawn, cairo_image_surface_get_width(drawn) / 2,
                              cairo_image_surface_get_height(drawn) / 2);
  g_assert_cmphex(middle, ==, 0xCC79A7);
  cairo_surface_destroy(drawn);
  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), 0.5);
  viewer_test_close(window);
}

/* A set with fewer models than the one that was chosen before, and one that lost a model on disk.
 */
static void
test_fewer_models(gpointer fixture, gconstpointer data)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSet *before = window->set;

  ms_window_set_model(window, 1);
  test_until(viewer_test_is_painted(window));
  write_mask("actual/a.png", 16, 8, 8, 255);
  write_mask("predicted/a.png", 16, 8, 4, 255);
  ms_window_open_path(window, folder);
  test_until(window->set != before && viewer_test_is_painted(window));
  g_assert_cmpuint(window->model, ==, 0);
  g_assert_cmpuint(ms_confusion_counts(window->shown->confusion).fn, ==, 32);
  viewer_test_close(window);
}

/* Closing the window while sets are opened and scored neither crashes nor leaks it. */
static void
test_close_at_once(gpointer fixture, gconstpointer data)
{
  for (int i = 0; i < 5; i++) {
    MsWindow *window = viewer_test_open(NULL);

    ms_window_open_path(window, lesions);
    if (i % 2)
      test_until(window->set);
    viewer_test_close(window);
  }
}

static void
test_cancel(gpointer fixture, gconstpointer data)
{
  MsWindow *window = viewer_test_open(NULL);

  ms_window_open_path(window, lesions);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.cancel-open", NULL);
  test_until(!window->open_cancellable);
  g_assert_null(window->set);
  g_assert_cmpstr(page(window), ==, "welcome");
  viewer_test_close(window);
}

static void
add(const char *path, void (*function)(gpointer, gconstpointer))
{
  g_test_add_vtable(path, sizeof(gpointer), NULL, setup, function, teardown);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  add("/app/open/welcome", test_welcome);
  add("/app/open/welcome-buttons", test_welcome_buttons);
  add("/app/open/empty-folder", test_empty_folder);
  add("/app/open/no-such-folder", test_no_such_folder);
  add("/app/open/images-only", test_images_only);
  add("/app/open/refusal-keeps-set", test_refusal_keeps_set);
  add("/app/open/refusal-keeps-reading", test_refusal_keeps_reading);
  add("/app/open/bad-files", test_bad_files);
  add("/app/open/vanished-file", test_vanished_file);
  add("/app/open/classes", test_classes);
  add("/app/open/fewer-models", test_fewer_models);
  add("/app/open/close-at-once", test_close_at_once);
  add("/app/open/cancel", test_cancel);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
