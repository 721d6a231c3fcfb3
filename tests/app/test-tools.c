/* SPDX-License-Identifier: MIT
 *
 * What is done on the canvas: values in the pixels, the rectangle that is counted, the overview,
 * gliding zoom, and the chosen region. By real pointer and key events; counts are held to those of
 * the painted kinds, counted here one by one.
 */
#include <math.h>

#include "app/canvas-private.h"
#include "set/describe.h"
#include "viewer-test.h"

static MsWindow *
open_lesions(void)
{
  g_autofree char *path = viewer_test_sample("lesions");

  return viewer_test_open(path);
}

static void
zoom_to(MsWindow *window, double zoom)
{
  ms_canvas_zoom_to(window->canvas, zoom, FALSE);
  test_display_settle(GTK_WIDGET(window));
}

/* Middle of an image pixel, in the canvas. */
static void
point_at_pixel(MsWindow *window, int x, int y)
{
  double view_x, view_y;

  ms_view_from_image(ms_canvas_get_view(window->canvas), x + 0.5, y + 0.5, &view_x, &view_y);
  test_display_point_at(GTK_WIDGET(window->canvas), view_x, view_y);
  test_display_settle(GTK_WIDGET(window));
}

static void
press(MsWindow *window, gboolean down)
{
  test_display_button(1, down);
  test_display_settle(GTK_WIDGET(window));
}

static void
drag(MsWindow *window, int from_x, int from_y, int to_x, int to_y)
{
  point_at_pixel(window, from_x, from_y);
  press(window, TRUE);
  point_at_pixel(window, (from_x + to_x) / 2, (from_y + to_y) / 2);
  point_at_pixel(window, to_x, to_y);
  press(window, FALSE);
}

/* --- values --- */

/* Whether a pixel of the image is of one colour on screen, its edges aside. */
static gboolean
is_plain(MsWindow *window, int x, int y)
{
  cairo_surface_t *drawn = test_display_draw(GTK_WIDGET(window->canvas));
  const MsView *view = ms_canvas_get_view(window->canvas);
  gboolean plain = TRUE;
  double left, top;
  guint32 color;

  ms_view_from_image(view, x, y, &left, &top);
  color = test_display_pixel(drawn, (int)left + 3, (int)top + 3);
  for (int dy = 3; dy < (int)view->zoom - 3; dy++)
    for (int dx = 3; dx < (int)view->zoom - 3; dx++)
      plain &= test_display_pixel(drawn, (int)left + dx, (int)top + dy) == color;
  cairo_surface_destroy(drawn);
  return plain;
}

static void
test_values(void)
{
  MsWindow *window = open_lesions();
  const MsView *view = ms_canvas_get_view(window->canvas);
  int x, y;

  zoom_to(window, 39.9);
  x = (int)view->centre_x;
  y = (int)view->centre_y;
  g_assert_true(is_plain(window, x, y));
  zoom_to(window, 40);
  g_assert_false(is_plain(window, x, y));
  zoom_to(window, MS_VIEW_ZOOM_MAX);
  g_assert_false(is_plain(window, x, y));
  test_display_press("Shift_L"); /* under the overlay they would be in the way */
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(is_plain(window, x, y));
  test_display_release("Shift_L");
  viewer_test_close(window);
}

/* --- the rectangle --- */

static void
assert_mark(MsWindow *window, int x, int y, int width, int height)
{
  const cairo_rectangle_int_t *mark = ms_canvas_get_mark(window->canvas);

  g_assert_nonnull(mark);
  g_assert_cmpint(mark->x, ==, x);
  g_assert_cmpint(mark->y, ==, y);
  g_assert_cmpint(mark->width, ==, width);
  g_assert_cmpint(mark->height, ==, height);
}

static guint64
count_kind(MsWindow *window, MsKind kind)
{
  const MsLevel *kinds = &ms_display_layer(window->shown, MS_LAYER_ERRORS)->levels[0];
  const cairo_rectangle_int_t *mark = ms_canvas_get_mark(window->canvas);
  guint64 n = 0;

  for (int y = mark->y; y < mark->y + mark->height; y++)
    for (int x = mark->x; x < mark->x + mark->width; x++)
      n += kinds->pixels[y * kinds->stride + x] == kind;
  return n;
}

static void
assert_count(MsWindow *window, const char *name, guint64 count)
{
  g_autofree char *text = ms_describe_count(count);

  g_assert_cmpstr(viewer_test_text(window->area_card, name), ==, text);
}

static void
assert_counted(MsWindow *window)
{
  guint64 tp, fp, fn;
  g_autofree char *iou = NULL;
  g_autofree char *shown = NULL;

  test_until(!ms_area_counter_is_busy(window->area_counter));
  g_assert_true(gtk_widget_get_mapped(GTK_WIDGET(window->area_card)));
  tp = count_kind(window, MS_KIND_TP);
  fp = count_kind(window, MS_KIND_FP);
  fn = count_kind(window, MS_KIND_FN);
  assert_count(window, "tp", tp);
  assert_count(window, "fp", fp);
  assert_count(window, "fn", fn);
  iou = ms_describe_ratio(
      (MsValue){.defined = true, .value = tp + fp + fn ? (double)tp / (double)(tp + fp + fn) : 1},
      3);
  shown = g_strdup_printf("IoU %s", iou);
  g_assert_cmpstr(viewer_test_text(window->area_card, "iou"), ==, shown);
  g_assert_cmpint(g_str_has_prefix(viewer_test_text(window->area_card, "verdict"), "not exact"), ==,
                  fp + fn > 0);
}

static void
test_rectangle(void)
{
  MsWindow *window = open_lesions();
  double zoom;

  g_assert_false(gtk_widget_get_visible(GTK_WIDGET(window->area_card)));
  zoom_to(window, 2);
  zoom = ms_canvas_get_view(window->canvas)->zoom;
  test_display_press("Control_L");
  drag(window, 240, 200, 111, 60);
  test_display_release("Control_L");
  assert_mark(window, 111, 60, 130, 141);
  g_assert_cmpuint(count_kind(window, MS_KIND_FP), >, 0);
  g_assert_cmpuint(count_kind(window, MS_KIND_FN), >, 0);
  assert_counted(window);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, zoom);

  viewer_test_step(window, "Right", 1); /* of the same size: it stays */
  assert_mark(window, 111, 60, 130, 141);
  assert_counted(window);
  g_assert_cmpstr(viewer_test_text(window->area_card, "verdict"), ==, "exact");
  viewer_test_step(window, "Left", 0);
  assert_counted(window);

  drag(window, 241, 130, 150, 130); /* its right edge, without Ctrl */
  assert_mark(window, 111, 60, 40, 141);
  assert_counted(window);

  test_display_press("Control_L");
  point_at_pixel(window, 60, 20);
  press(window, TRUE);
  press(window, FALSE);
  test_display_release("Control_L");
  test_until(!ms_canvas_get_mark(window->canvas));
  test_display_settle(GTK_WIDGET(window));
  g_assert_false(gtk_widget_get_visible(GTK_WIDGET(window->area_card)));
  viewer_test_close(window);
}

/* A count that is under way holds nothing of the window. */
static void
test_closed_while_counting(void)
{
  MsWindow *window = open_lesions();
  gpointer weak = window;

  test_until(!ms_evaluation_is_running(window->evaluation) && window->analysis);
  test_display_settle(GTK_WIDGET(window));
  ms_canvas_mark_middle(window->canvas);
  g_assert_true(ms_area_counter_is_busy(window->area_counter));
  g_object_add_weak_pointer(G_OBJECT(window), &weak);
  gtk_window_destroy(GTK_WINDOW(window));
  g_assert_null(weak);
}

static void
test_rectangle_by_keys(void)
{
  MsWindow *window = open_lesions();
  cairo_rectangle_int_t before;

  ms_window_focus_example(window);
  zoom_to(window, 4);
  test_display_key("r");
  test_until(ms_canvas_get_mark(window->canvas));
  before = *ms_canvas_get_mark(window->canvas);
  g_assert_cmpint(before.width, >, 20);
  assert_counted(window);
  test_display_key("Control_L+Shift_L+Right");
  test_until(ms_canvas_get_mark(window->canvas)->x != before.x);
  assert_mark(window, before.x + 4, before.y, before.width, before.height);
  assert_counted(window);
  test_display_key("Escape");
  test_until(!ms_canvas_get_mark(window->canvas));
  g_assert_true(ms_window_is_shown(window));
  viewer_test_close(window);
}

/* --- the overview --- */

static void
test_minimap(void)
{
  MsWindow *window = open_lesions();
  GtkWidget *map = GTK_WIDGET(window->minimap);
  const MsView *view = ms_canvas_get_view(window->canvas);
  cairo_surface_t *with, *without;
  int different = 0;

  ms_window_focus_example(window);
  g_assert_false(gtk_widget_get_visible(map));
  zoom_to(window, 12);
  test_until(gtk_widget_get_mapped(map));
  test_display_settle(map);
  g_assert_cmpint(gtk_widget_get_width(map), ==, 180);
  test_display_point_at(map, 60, 90);
  press(window, TRUE);
  press(window, FALSE);
  g_assert_cmpfloat(fabs(view->centre_x - 60.0 / 180 * view->image_width), <, 3);
  g_assert_cmpfloat(view->zoom, ==, 12);

  with = test_display_draw(map);
  g_action_group_change_action_state(G_ACTION_GROUP(window), "show-fp",
                                     g_variant_new_boolean(FALSE));
  test_display_settle(map);
  without = test_display_draw(map);
  for (int y = 0; y < gtk_widget_get_height(map); y++)
    for (int x = 0; x < gtk_widget_get_width(map); x++)
      different += test_display_pixel(with, x, y) != test_display_pixel(without, x, y);
  g_assert_cmpint(different, >, 10);
  cairo_surface_destroy(with);
  cairo_surface_destroy(without);

  test_display_key("i");
  test_until(!gtk_widget_get_visible(map));
  test_display_key("i");
  test_until(gtk_widget_get_visible(map));
  test_display_key("0");
  test_until(!gtk_widget_get_visible(map));
  viewer_test_close(window);
}

/* --- gliding --- */

typedef struct {
  double view_x, view_y;
  double image_x, image_y; /* what has to stay there */
  double last_zoom;
  guint n_frames;
} Glide;

static void
frame_on_the_way(MsCanvas *canvas, Glide *glide)
{
  double x, y;

  ms_view_to_image(&canvas->view, glide->view_x, glide->view_y, &x, &y);
  g_assert_cmpfloat(fabs(x - glide->image_x) * canvas->view.zoom, <=, 1.001);
  g_assert_cmpfloat(fabs(y - glide->image_y) * canvas->view.zoom, <=, 1.001);
  g_assert_cmpfloat(canvas->view.zoom, >=, glide->last_zoom);
  glide->last_zoom = canvas->view.zoom;
  glide->n_frames++;
}

static void
set_animations(gboolean wanted)
{
  g_object_set(gtk_settings_get_default(), "gtk-enable-animations", wanted, NULL);
}

static void
test_glide(void)
{
  MsWindow *window = open_lesions();
  MsCanvas *canvas = window->canvas;
  const MsView *view = ms_canvas_get_view(canvas);
  Glide glide = {0};

  zoom_to(window, 3);
  set_animations(TRUE);
  glide.view_x = 100.5;
  glide.view_y = 60.5;
  ms_view_to_image(view, glide.view_x, glide.view_y, &glide.image_x, &glide.image_y);
  g_signal_connect(canvas, "view-changed", G_CALLBACK(frame_on_the_way), &glide);
  ms_canvas_zoom_at(canvas, 6, glide.view_x, glide.view_y);
  g_assert_cmpfloat(view->zoom, ==, 6); /* known at once */
  g_assert_cmpfloat(canvas->view.zoom, ==, 3);
  g_assert_cmpstr(viewer_test_text(viewer_test_find(window->legend, MS_TYPE_ZOOM_BUTTON), "zoom"),
                  ==, "600 %");
  test_until(canvas->view.zoom > 3);
  ms_canvas_zoom_at(canvas, 9, glide.view_x, glide.view_y); /* goes on from there */
  g_assert_cmpfloat(canvas->view.zoom, >, 3);
  test_until(!canvas->gliding);
  g_assert_cmpfloat(canvas->view.zoom, ==, 9);
  g_assert_cmpmem(&canvas->view, sizeof(MsView), view, sizeof(MsView));
  g_assert_cmpuint(glide.n_frames, >=, 3);
  g_signal_handlers_disconnect_by_data(canvas, &glide);

  ms_canvas_fit(canvas);
  g_assert_true(canvas->gliding);
  ms_canvas_pan(canvas, 1, 0); /* taken over as it stands */
  g_assert_false(canvas->gliding);
  g_assert_cmpfloat(view->zoom, ==, canvas->view.zoom);
  ms_canvas_fit(canvas);
  viewer_test_step(window, "Right", 1); /* another example is there at once */
  g_assert_true(view->fit);
  g_assert_false(canvas->gliding);
  set_animations(FALSE);
  viewer_test_close(window);
}

/* --- regions --- */

static void
count_click(MsCanvas *canvas, int x, int y, cairo_rectangle_int_t *clicks)
{
  clicks->x = x;
  clicks->y = y;
  clicks->width++;
}

static void
test_click(void)
{
  MsWindow *window = open_lesions();
  cairo_rectangle_int_t clicks = {0};

  g_signal_connect(window->canvas, "clicked", G_CALLBACK(count_click), &clicks);
  zoom_to(window, 8);
  point_at_pixel(window, 190, 150);
  press(window, TRUE);
  press(window, FALSE);
  g_assert_cmpint(clicks.width, ==, 1);
  g_assert_cmpint(clicks.x, ==, 190);
  g_assert_cmpint(clicks.y, ==, 150);
  drag(window, 190, 150, 200, 150);
  test_display_press("Control_L");
  point_at_pixel(window, 190, 150);
  press(window, TRUE);
  press(window, FALSE);
  test_display_release("Control_L");
  g_assert_cmpint(clicks.width, ==, 1);
  viewer_test_close(window);
}

static guint32
pixel_beside(MsWindow *window, int image_x, int image_y, int dx)
{
  cairo_surface_t *drawn = test_display_draw(GTK_WIDGET(window->canvas));
  double x, y;
  guint32 pixel;

  ms_view_from_image(ms_canvas_get_view(window->canvas), image_x, image_y + 0.5, &x, &y);
  pixel = test_display_pixel(drawn, (int)ceil(x - 0.5) + dx, (int)y);
  cairo_surface_destroy(drawn);
  return pixel;
}

static void
test_region(void)
{
  static const cairo_rectangle_int_t area = {100, 80, 8, 2};
  MsWindow *window = open_lesions();
  const MsView *view = ms_canvas_get_view(window->canvas);
  const MsRun *run;
  size_t n_runs;
  guint32 inside;

  test_until(window->analysis);
  run = ms_regions_runs(window->analysis->diagnosis.regions, 0, &n_runs);
  ms_canvas_go_to(window->canvas, &area);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpfloat(view->zoom, >, 5);
  g_assert_cmpfloat(view->centre_x, ==, 104);
  ms_canvas_centre_on(window->canvas, run->x, run->y);
  test_display_settle(GTK_WIDGET(window));
  inside = pixel_beside(window, run->x, run->y, 0);
  ms_canvas_show_region(window->canvas, window->analysis, 0);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmphex(pixel_beside(window, run->x, run->y, 0), ==, inside);
  g_assert_cmphex(pixel_beside(window, run->x, run->y, -1), ==, 0xffffff);
  g_assert_cmphex(pixel_beside(window, run->x, run->y, -3), ==, 0x202020);
  g_assert_cmphex(pixel_beside(window, run[1].x, run[1].y, -1), ==, 0xffffff);
  ms_canvas_show_region(window->canvas, NULL, 0);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmphex(pixel_beside(window, run->x, run->y, -1), !=, 0xffffff);
  ms_canvas_show_region(window->canvas, window->analysis, 0);
  viewer_test_step(window, "Right", 1); /* another example has other regions */
  g_assert_null(window->canvas->chosen);
  viewer_test_close(window);
}

static void
add_tests(void)
{
  g_test_add_func("/app/tools/values", test_values);
  g_test_add_func("/app/tools/rectangle", test_rectangle);
  g_test_add_func("/app/tools/closed-while-counting", test_closed_while_counting);
  g_test_add_func("/app/tools/rectangle-by-keys", test_rectangle_by_keys);
  g_test_add_func("/app/tools/minimap", test_minimap);
  g_test_add_func("/app/tools/glide", test_glide);
  g_test_add_func("/app/tools/click", test_click);
  g_test_add_func("/app/tools/region", test_region);
}

int
main(int argc, char **argv)
{
  return test_display_main(argc, argv, add_tests);
}
