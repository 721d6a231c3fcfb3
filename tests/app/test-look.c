/* SPDX-License-Identifier: MIT
 *
 * The ways to look at an example, by their keys and by their buttons: what is on the stage is what
 * was chosen, in every cell, and stays chosen.
 */
#include "app/canvas-private.h"
#include "app/settings.h"
#include "viewer-test.h"

static char *lesions;

static gboolean
is_looked_at(MsWindow *window, MsLookMode mode)
{
  const MsLook *look = ms_canvas_get_look(window->canvas);

  return look->mode == mode && look->flip == MS_FLIP_NONE && ms_window_is_up_to_date(window);
}

static void
press(MsWindow *window, const char *key, MsLookMode mode)
{
  test_display_key(key);
  test_until(is_looked_at(window, mode));
  test_display_settle(GTK_WIDGET(window));
}

/* What lies over a pixel: the colour of a layer there; 0: nothing. */
static guint32
layer_color(MsWindow *window, MsLayer layer, int x, int y)
{
  const MsLevel *level = &ms_display_layer(window->shown, layer)->levels[0];

  if (layer == MS_LAYER_ERRORS)
    return ms_compose_kinds_color(&window->style, level->pixels[y * level->stride + x]);
  return ((const guint32 *)(const void *)(level->pixels + y * level->stride))[x];
}

static guint32
half(guint32 below, guint32 above)
{
  guint32 mixed = 0;

  for (int shift = 0; shift < 24; shift += 8)
    mixed |= (((below >> shift & 0xff) + (above >> shift & 0xff) + 1) / 2) << shift;
  return above ? mixed : below;
}

static int
difference(guint32 a, guint32 b)
{
  int largest = 0;

  for (int shift = 0; shift < 24; shift += 8)
    largest = MAX(largest, abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)));
  return largest;
}

/* Every ninth pixel of the image in a cell, as far as it is seen there and nothing is written on
 * it. */
static void
check_cell(MsWindow *window, guint i)
{
  MsCanvas *canvas = window->canvas;
  const MsStageCell *cell = &canvas->cells[i];
  cairo_surface_t *drawn = test_display_draw(GTK_WIDGET(canvas));
  guint seen = 0;

  for (int y = 40; y < canvas->view.image_height; y += 9)
    for (int x = 4; x < canvas->view.image_width; x += 9) {
      double view_x, view_y;
      guint32 expected = viewer_test_image_pixel(window, x, y);

      if (cell->layer >= 0)
        expected = half(expected, layer_color(window, cell->layer, x, y) & 0xffffff);
      ms_view_from_image(&canvas->view, x + 0.5, y + 0.5, &view_x, &view_y);
      view_x += cell->place.x;
      view_y += cell->place.y;
      if (view_x < cell->clip.x + 60 || view_y < cell->clip.y + 40 ||
          view_x > cell->clip.x + cell->clip.width - 100 ||
          view_y > cell->clip.y + cell->clip.height - 20)
        continue;
      seen++;
      g_assert_cmpint(difference(test_display_pixel(drawn, (int)view_x, (int)view_y), expected), <=,
                      2);
    }
  g_assert_cmpuint(seen, >, 50);
  cairo_surface_destroy(drawn);
}

static void
check_cells(MsWindow *window, guint n)
{
  static const int layers[] = {-1, MS_LAYER_ACTUAL, MS_LAYER_PREDICTED, MS_LAYER_ERRORS};

  g_assert_cmpuint(window->canvas->n_cells, ==, n);
  for (guint i = 0; n > 1 && i < n; i++)
    g_assert_cmpint(window->canvas->cells[i].layer, ==, layers[n == 2 ? i + 1 : i]);
  for (guint i = 0; i < n; i++)
    check_cell(window, i);
}

static MsWindow *
open_lesions(void)
{
  MsWindow *window = viewer_test_open(lesions);

  test_display_point(NULL);
  ms_window_focus_example(window);
  return window;
}

static void
test_keys(void)
{
  MsWindow *window = open_lesions();

  check_cells(window, 1);
  press(window, "a", MS_LOOK_ACTUAL);
  g_assert_cmpint(window->canvas->cells[0].layer, ==, MS_LAYER_ACTUAL);
  check_cells(window, 1);
  press(window, "p", MS_LOOK_PREDICTED);
  check_cells(window, 1);
  press(window, "s", MS_LOOK_SIDE_BY_SIDE);
  ms_canvas_zoom_to(window->canvas, 2, FALSE);
  test_until(!window->canvas->gliding);
  test_display_settle(GTK_WIDGET(window));
  check_cells(window, 4);
  press(window, "w", MS_LOOK_SWIPE);
  check_cells(window, 2);
  press(window, "e", MS_LOOK_ERRORS);
  check_cells(window, 1);
  viewer_test_close(window);
}

/* What was chosen is there in the next window. */
static void
test_kept(void)
{
  MsWindow *window = open_lesions();

  press(window, "s", MS_LOOK_SIDE_BY_SIDE);
  test_display_key("o");
  test_until(ms_canvas_get_look(window->canvas)->outlines && ms_window_is_up_to_date(window));
  viewer_test_close(window);
  window = open_lesions();
  g_assert_true(is_looked_at(window, MS_LOOK_SIDE_BY_SIDE));
  g_assert_true(ms_canvas_get_look(window->canvas)->outlines);
  g_assert_nonnull(ms_display_layer(window->shown, MS_LAYER_EDGES));
  test_display_key("o");
  press(window, "e", MS_LOOK_ERRORS);
  viewer_test_close(window);
}

static void
test_flip(void)
{
  MsWindow *window = open_lesions();
  const MsLook *look = ms_canvas_get_look(window->canvas);

  test_display_key("space");
  test_until(look->flip == MS_FLIP_ACTUAL);
  test_display_settle(GTK_WIDGET(window));
  check_cells(window, 1);
  g_assert_cmpstr(window->canvas->cells[0].label, ==, "Actual");
  g_assert_nonnull(ms_display_layer(window->shown, MS_LAYER_PREDICTED));
  test_display_key("space");
  test_until(look->flip == MS_FLIP_PREDICTED);
  test_display_settle(GTK_WIDGET(window));
  check_cells(window, 1);
  test_display_key("Escape");
  test_until(is_looked_at(window, MS_LOOK_ERRORS));
  gtk_widget_grab_focus(viewer_test_child(window->list, "view"));
  test_display_key("space");
  test_until(look->flip == MS_FLIP_ACTUAL);
  press(window, "e", MS_LOOK_ERRORS);
  viewer_test_close(window);
}

/* The image is grey, and right pixels bare. */
static void
test_only_errors(void)
{
  MsWindow *window = open_lesions();
  const MsLevel *kinds = &ms_display_layer(window->shown, MS_LAYER_ERRORS)->levels[0];
  cairo_surface_t *drawn;
  guint n_right = 0;

  press(window, "a", MS_LOOK_ACTUAL);
  test_display_key("x");
  test_until(is_looked_at(window, MS_LOOK_ERRORS));
  g_assert_true(ms_canvas_get_look(window->canvas)->only_errors);
  g_assert_false(gtk_widget_get_visible(viewer_test_child(window->legend, "chip_0")));
  test_display_settle(GTK_WIDGET(window));
  drawn = test_display_draw(GTK_WIDGET(window->canvas));
  for (int y = 0; y < kinds->height; y += 9)
    for (int x = 0; x < kinds->width; x += 9) {
      double view_x, view_y;
      guint32 pixel;

      ms_view_from_image(&window->canvas->view, x + 0.5, y + 0.5, &view_x, &view_y);
      pixel = test_display_pixel(drawn, (int)view_x, (int)view_y);
      if (kinds->pixels[y * kinds->stride + x] == MS_KIND_TP) {
        n_right++;
        g_assert_cmphex(pixel, ==, (pixel & 0xff) * 0x010101u);
      }
    }
  g_assert_cmpuint(n_right, >, 50);
  cairo_surface_destroy(drawn);
  test_display_key("x");
  test_until(!ms_canvas_get_look(window->canvas)->only_errors);
  viewer_test_close(window);
}

/* All cells show the same place; a place under the pointer is that of its cell. */
static void
test_linked(void)
{
  MsWindow *window = open_lesions();
  MsCanvas *canvas = window->canvas;
  const MsStageCell *last;
  double x, y;

  press(window, "s", MS_LOOK_SIDE_BY_SIDE);
  last = &canvas->cells[3];
  for (guint i = 1; i < 4; i++) {
    g_assert_cmpint(canvas->cells[i].place.width, ==, canvas->cells[0].place.width);
    g_assert_cmpint(canvas->cells[i].place.height, ==, canvas->cells[0].place.height);
  }
  g_assert_true(ms_canvas_cell_at(canvas, last->place.x + 5, last->place.y + 5) == last);
  ms_canvas_to_view(canvas, last->place.x + 5, last->place.y + 7, &x, &y);
  g_assert_cmpfloat(x, ==, 5);
  g_assert_cmpfloat(y, ==, 7);
  press(window, "e", MS_LOOK_ERRORS);
  viewer_test_close(window);
}

static void
test_swipe(void)
{
  MsWindow *window = open_lesions();
  MsCanvas *canvas = window->canvas;

  press(window, "w", MS_LOOK_SWIPE);
  g_assert_cmpfloat(canvas->swipe, ==, 0.5);
  gtk_widget_grab_focus(GTK_WIDGET(canvas->handle));
  test_display_key("Left");
  test_until(canvas->swipe < 0.5);
  g_assert_cmpint(canvas->cells[1].clip.x, <, canvas->width / 2);
  g_assert_cmpuint(window->example, ==, 0);
  test_display_settle(GTK_WIDGET(window));
  check_cells(window, 2);
  g_assert_cmpfloat(g_settings_get_double(ms_settings_get(), "swipe"), ==, canvas->swipe);
  press(window, "e", MS_LOOK_ERRORS);
  viewer_test_close(window);
}

static gboolean
is_button_of(gpointer widget, const char *target)
{
  GVariant *value =
      GTK_IS_TOGGLE_BUTTON(widget) ? gtk_actionable_get_action_target_value(widget) : NULL;

  return value && g_variant_is_of_type(value, G_VARIANT_TYPE_STRING) &&
         g_str_equal(g_variant_get_string(value, NULL), target);
}

/* Each way has a button, which is pressed when it is chosen, and no other is. */
static void
test_buttons(void)
{
  MsWindow *window = open_lesions();
  g_autoptr(GPtrArray) tree = viewer_test_tree(window->legend);

  for (MsLookMode mode = MS_N_LOOKS; mode-- > 0;) {
    guint n_active = 0, n_found = 0;

    if (mode == MS_LOOK_HEAT)
      continue;
    for (guint i = 0; i < tree->len; i++)
      if (is_button_of(tree->pdata[i], ms_look_mode_name(mode))) {
        n_found++;
        g_signal_emit_by_name(tree->pdata[i], "clicked");
      }
    g_assert_cmpuint(n_found, ==, 1);
    test_until(is_looked_at(window, mode));
    for (MsLookMode other = 0; other < MS_N_LOOKS; other++)
      for (guint i = 0; i < tree->len; i++)
        if (is_button_of(tree->pdata[i], ms_look_mode_name(other)))
          n_active += gtk_toggle_button_get_active(tree->pdata[i]) == (other == mode);
    g_assert_cmpuint(n_active, ==, MS_N_LOOKS);
  }
  viewer_test_close(window);
}

/* A model with probabilities has heat; one with final masks says why it has none. */
static void
test_heat(void)
{
  MsWindow *window = open_lesions();

  g_assert_false(gtk_widget_get_visible(viewer_test_child(window->legend, "heat")));
  test_display_key("h");
  test_until(viewer_test_message(window));
  g_assert_true(is_looked_at(window, MS_LOOK_ERRORS));
  viewer_test_close(window);
  window = open_lesions();
  ms_window_set_model(window, viewer_test_model(window, "steady"));
  test_until(viewer_test_is_painted(window));
  g_assert_true(gtk_widget_get_visible(viewer_test_child(window->legend, "heat")));
  press(window, "h", MS_LOOK_HEAT);
  g_assert_nonnull(ms_display_layer(window->shown, MS_LAYER_HEAT));
  g_assert_true(gtk_widget_get_visible(viewer_test_child(window->legend, "heat_scale")));
  press(window, "e", MS_LOOK_ERRORS);
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/look/keys", test_keys);
  g_test_add_func("/app/look/kept", test_kept);
  g_test_add_func("/app/look/flip", test_flip);
  g_test_add_func("/app/look/only-errors", test_only_errors);
  g_test_add_func("/app/look/linked", test_linked);
  g_test_add_func("/app/look/swipe", test_swipe);
  g_test_add_func("/app/look/buttons", test_buttons);
  g_test_add_func("/app/look/heat", test_heat);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
