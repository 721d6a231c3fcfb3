/* SPDX-License-Identifier: MIT
 *
 * The ways to look at an example, by their keys and by their buttons: what is on the stage is what
 * was chosen, in every cell, and stays chosen.
 */
#include "app/canvas-private.h"
#include "app/settings.h"
#include "set/describe.h"
#include "support/masks.h"
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

/* A way to compare both masks ends with its own key, in the look before. */
static void
test_again(void)
{
  MsWindow *window = open_lesions();

  press(window, "a", MS_LOOK_ACTUAL);
  press(window, "w", MS_LOOK_SWIPE);
  press(window, "s", MS_LOOK_SIDE_BY_SIDE);
  press(window, "s", MS_LOOK_ACTUAL);
  press(window, "w", MS_LOOK_SWIPE);
  test_display_key("space");
  test_until(ms_canvas_get_look(window->canvas)->flip == MS_FLIP_ACTUAL);
  press(window, "w", MS_LOOK_SWIPE);
  press(window, "w", MS_LOOK_ACTUAL);
  press(window, "e", MS_LOOK_ERRORS);
  press(window, "e", MS_LOOK_ERRORS);
  viewer_test_close(window);
}

static void
assert_same_place(MsWindow *window, const graphene_rect_t *before)
{
  graphene_rect_t now;

  test_display_settle(GTK_WIDGET(window));
  g_assert_true(gtk_widget_compute_bounds(GTK_WIDGET(window->canvas), GTK_WIDGET(window), &now));
  g_assert_cmpfloat(now.origin.x, ==, before->origin.x);
  g_assert_cmpfloat(now.origin.y, ==, before->origin.y);
  g_assert_cmpfloat(now.size.width, ==, before->size.width);
  g_assert_cmpfloat(now.size.height, ==, before->size.height);
}

/* Whatever is looked at, the picture stays where it is. */
static void
test_still(void)
{
  static const struct {
    const char *key;
    MsLookMode mode;
  } looks[] = {{"h", MS_LOOK_HEAT},
               {"s", MS_LOOK_SIDE_BY_SIDE},
               {"w", MS_LOOK_SWIPE},
               {"a", MS_LOOK_ACTUAL},
               {"e", MS_LOOK_ERRORS}};
  MsWindow *window = open_lesions();
  graphene_rect_t place;

  gtk_window_set_default_size(GTK_WINDOW(window), 1280, 840);
  test_until(gtk_widget_get_width(GTK_WIDGET(window)) >= 1240);
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(gtk_widget_compute_bounds(GTK_WIDGET(window->canvas), GTK_WIDGET(window), &place));
  ms_window_set_model(window, viewer_test_model(window, "steady"));
  test_until(viewer_test_is_painted(window) && window->analysis);
  assert_same_place(window, &place);
  for (guint i = 0; i < G_N_ELEMENTS(looks); i++) {
    press(window, looks[i].key, looks[i].mode);
    assert_same_place(window, &place);
  }
  test_display_key("o");
  test_until(ms_canvas_get_look(window->canvas)->outlines && ms_window_is_up_to_date(window));
  test_display_key("t");
  test_until(window->dim.tolerance == 1 && viewer_test_is_painted(window));
  assert_same_place(window, &place);
  g_action_group_change_action_state(G_ACTION_GROUP(window), "sort",
                                     g_variant_new_string("region"));
  test_until(ms_example_list_is_settled(window->list));
  assert_same_place(window, &place);
  g_settings_reset(ms_settings_get(), "sort");
  test_display_key("o");
  test_until(!ms_canvas_get_look(window->canvas)->outlines);
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

/* --- from one example, model and set to the next --- */

static const struct {
  const char *key;
  MsLookMode mode;
  guint n_cells;
} modes[] = {
    {"a", MS_LOOK_ACTUAL, 1}, {"p", MS_LOOK_PREDICTED, 1}, {"s", MS_LOOK_SIDE_BY_SIDE, 4},
    {"w", MS_LOOK_SWIPE, 2},  {"e", MS_LOOK_ERRORS, 1},
};

/* Whatever is drawn, at any moment: every layer on the stage is of the pair that is named. */
static void
check_composed(MsCanvas *canvas, MsWindow *window)
{
  const MsDisplay *display = canvas->display;

  if (!display)
    return;
  g_assert_true(display == window->shown);
  for (guint i = 0; i < canvas->n_cells; i++) {
    const MsPyramid *layer =
        canvas->cells[i].layer < 0 ? NULL : ms_display_layer(display, canvas->cells[i].layer);

    g_assert_true(!layer || (layer->levels[0].width == display->frame->actual.width &&
                             layer->levels[0].height == display->frame->actual.height));
  }
}

static void
test_stepping(void)
{
  MsWindow *window = open_lesions();

  g_signal_connect(window->canvas, "composed", G_CALLBACK(check_composed), window);
  ms_canvas_zoom_to(window->canvas, 2, FALSE);
  test_until(!window->canvas->gliding);
  for (guint i = 0; i < G_N_ELEMENTS(modes); i++) {
    press(window, modes[i].key, modes[i].mode);
    for (guint step = 1; step <= 2; step++) {
      viewer_test_step(window, "Right", step);
      check_cells(window, modes[i].n_cells);
    }
    viewer_test_step(window, "Home", 0);
    check_cells(window, modes[i].n_cells);
  }
  viewer_test_close(window);
}

/* Repaints that are under way when the next mode is chosen do not come after it. */
static void
test_quick(void)
{
  MsWindow *window = open_lesions();

  ms_canvas_zoom_to(window->canvas, 2, FALSE);
  test_until(!window->canvas->gliding);
  g_signal_connect(window->canvas, "composed", G_CALLBACK(check_composed), window);
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < G_N_ELEMENTS(modes); i++) {
      for (guint j = 0; j <= i; j++)
        test_display_key(modes[j].key);
      test_display_key("Right");
      test_display_key("Left");
      test_until(is_looked_at(window, modes[i].mode));
      test_display_settle(GTK_WIDGET(window));
      test_until(is_looked_at(window, modes[i].mode) && window->example == 0);
      check_cells(window, modes[i].n_cells);
    }
  viewer_test_close(window);
}

static void
test_model_and_set(void)
{
  MsWindow *window = open_lesions();
  g_autofree char *cells = viewer_test_sample("cells");

  ms_canvas_zoom_to(window->canvas, 2, FALSE);
  test_until(!window->canvas->gliding);
  for (guint i = 0; i < G_N_ELEMENTS(modes); i++) {
    press(window, modes[i].key, modes[i].mode);
    ms_window_set_model(window, viewer_test_model(window, i % 2 ? "steady" : "overfit"));
    test_until(viewer_test_is_painted(window) && is_looked_at(window, modes[i].mode));
    test_display_settle(GTK_WIDGET(window));
    check_cells(window, modes[i].n_cells);
  }
  press(window, "s", MS_LOOK_SIDE_BY_SIDE);
  ms_window_open_path(window, cells);
  test_until(window->set && g_str_has_suffix(ms_set_get_title(window->set), "cells") &&
             viewer_test_is_painted(window));
  g_assert_true(is_looked_at(window, MS_LOOK_SIDE_BY_SIDE));
  g_assert_cmpuint(window->canvas->n_cells, ==, 4);
  press(window, "e", MS_LOOK_ERRORS);
  viewer_test_close(window);
}

/* Without a predicted mask, or with one of another size, each mode shows what there is. */
static void
test_incomplete(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  test_write_mask(&folder, "actual/a.png", "##..\n##..");
  test_write_mask(&folder, "predictions/a.png", "###.\n##..");
  test_write_mask(&folder, "actual/b.png", "##..\n##..");
  test_write_mask(&folder, "actual/c.png", "##..\n##..");
  test_write_mask(&folder, "predictions/c.png", "#.\n#.\n#.");
  window = viewer_test_open(folder.path);
  ms_window_focus_example(window);
  for (guint i = 0; i < G_N_ELEMENTS(modes); i++) {
    press(window, modes[i].key, modes[i].mode);
    for (guint step = 1; step <= 2; step++) {
      viewer_test_step(window, "Right", step);
      g_assert_true(is_looked_at(window, modes[i].mode));
      g_assert_null(window->shown->image);
      g_assert_null(ms_display_layer(window->shown, MS_LAYER_ERRORS));
      g_assert_true(gtk_widget_get_visible(window->canvas_message));
      if (modes[i].mode == MS_LOOK_ACTUAL || modes[i].mode == MS_LOOK_SIDE_BY_SIDE)
        g_assert_nonnull(ms_display_layer(window->shown, MS_LAYER_ACTUAL));
      if (step == 1)
        g_assert_null(ms_display_layer(window->shown, MS_LAYER_PREDICTED));
    }
    viewer_test_step(window, "Home", 0);
    g_assert_false(gtk_widget_get_visible(window->canvas_message));
  }
  viewer_test_close(window);
}

/* --- the bar --- */

static void
test_dimmed_chip(void)
{
  MsWindow *window = open_lesions();
  GtkWidget *chip = viewer_test_child(window->legend, "dimmed");
  MsKindCounts dimmed;
  g_autofree char *count = NULL;

  test_until(window->analysis);
  g_assert_false(gtk_widget_get_visible(chip));
  g_action_group_change_action_state(G_ACTION_GROUP(window), "tolerance", g_variant_new_int32(3));
  test_until(window->shown->dim.tolerance == 3 && viewer_test_is_painted(window));
  dimmed = ms_display_dimmed(window->shown);
  count = ms_describe_count(dimmed.fp + dimmed.fn + dimmed.confused);
  g_assert_cmpuint(dimmed.fp + dimmed.fn, >, 0);
  g_assert_true(gtk_widget_get_visible(chip));
  g_assert_cmpstr(viewer_test_text(window->legend, "dimmed_name"), ==, "Forgiven");
  g_assert_cmpstr(viewer_test_text(window->legend, "dimmed_count"), ==, count);
  g_action_group_activate_action(G_ACTION_GROUP(window), "look-at-error",
                                 g_variant_new_string("missed"));
  test_until(window->shown->dim.error == MS_ERROR_MISSED && viewer_test_is_painted(window));
  g_assert_cmpstr(viewer_test_text(window->legend, "dimmed_name"), ==, "Not missed");
  press(window, "a", MS_LOOK_ACTUAL);
  g_assert_false(gtk_widget_get_visible(chip));
  press(window, "e", MS_LOOK_ERRORS);
  g_action_group_activate_action(G_ACTION_GROUP(window), "look-at-error",
                                 g_variant_new_string("missed"));
  g_action_group_change_action_state(G_ACTION_GROUP(window), "tolerance", g_variant_new_int32(0));
  test_until(window->shown->dim.error < 0 && viewer_test_is_painted(window));
  g_assert_false(gtk_widget_get_visible(chip));
  viewer_test_close(window);
}

/* Where there is room for the chips none is cut, whatever else is in the bar. */
static void
test_whole_chips(void)
{
  MsWindow *window = open_lesions();
  GtkWidget *chip = viewer_test_child(window->legend, "chip_0");
  GtkWidget *scroller = gtk_widget_get_ancestor(chip, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *along = gtk_scrolled_window_get_hadjustment(GTK_SCROLLED_WINDOW(scroller));

  gtk_window_set_default_size(GTK_WINDOW(window), 1000, 760);
  test_until(gtk_widget_get_width(GTK_WIDGET(window)) <= 1000);
  press(window, "s", MS_LOOK_SIDE_BY_SIDE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpint(gtk_widget_get_width(scroller), >, 200);
  g_assert_cmpfloat(gtk_adjustment_get_upper(along), <=, gtk_adjustment_get_page_size(along));
  viewer_test_close(window);
}

static gboolean
is_button(gpointer widget)
{
  return GTK_IS_BUTTON(widget) && gtk_widget_get_mapped(widget) && gtk_widget_is_sensitive(widget);
}

/* In a small window the bar takes more lines, none of it is cut (chips scroll), and Tab comes to
 * every button. */
static void
test_small_window(void)
{
  MsWindow *window = open_lesions();
  g_autoptr(GPtrArray) tree = viewer_test_tree(window->legend);
  g_autoptr(GHashTable) reached = g_hash_table_new(NULL, NULL);
  int height = gtk_widget_get_height(GTK_WIDGET(window->legend));
  guint n_buttons = 0;

  gtk_window_set_default_size(GTK_WINDOW(window), 800, 600);
  test_until(gtk_widget_get_width(GTK_WIDGET(window)) <= 800);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpint(gtk_widget_get_height(GTK_WIDGET(window)), <=, 600);
  g_assert_cmpint(gtk_widget_get_height(GTK_WIDGET(window->legend)), >, height);
  g_assert_cmpint(window->canvas->width, >, 100);
  for (guint i = 0; i < tree->len; i++) {
    graphene_rect_t bounds;

    if (!gtk_widget_get_mapped(tree->pdata[i]) ||
        gtk_widget_get_ancestor(tree->pdata[i], GTK_TYPE_VIEWPORT))
      continue;
    g_assert_true(gtk_widget_compute_bounds(tree->pdata[i], GTK_WIDGET(window->legend), &bounds));
    g_assert_cmpfloat(bounds.origin.x, >=, 0);
    g_assert_cmpfloat(bounds.origin.y, >=, 0);
    g_assert_cmpfloat(bounds.origin.x + bounds.size.width, <=,
                      gtk_widget_get_width(GTK_WIDGET(window->legend)));
    g_assert_cmpfloat(bounds.origin.y + bounds.size.height, <=,
                      gtk_widget_get_height(GTK_WIDGET(window->legend)));
  }
  for (guint i = 0; i < 100; i++) {
    gtk_widget_child_focus(GTK_WIDGET(window), GTK_DIR_TAB_FORWARD);
    g_hash_table_add(reached, gtk_window_get_focus(GTK_WINDOW(window)));
  }
  for (guint i = 0; i < tree->len; i++)
    if (is_button(tree->pdata[i]) && gtk_widget_get_focusable(tree->pdata[i])) {
      n_buttons++;
      g_assert_true(g_hash_table_contains(reached, tree->pdata[i]));
    }
  g_assert_cmpuint(n_buttons, >, 8);
  viewer_test_close(window);
}

/* Label sets have no pixels that are right or wrong: with a picture or without, there is no bar,
 * and its keys do nothing. */
static void
test_labels(void)
{
  static const char text[] = "example,image,actual,predicted\n"
                             "a,images/a.png,cat;tree,cat;dog\n"
                             "b,,dog,tree\n";
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "labels.csv", text, strlen(text));
  MsWindow *window;

  test_write_mask(&folder, "images/a.png", "##..\n##..");
  window = viewer_test_open(path);
  g_assert_nonnull(window->shown->image);
  for (guint example = 0; example < 2; example++) {
    if (example > 0)
      viewer_test_step(window, "Right", example);
    for (guint i = 0; i < G_N_ELEMENTS(modes); i++) {
      test_display_key(modes[i].key);
      test_display_settle(GTK_WIDGET(window));
      g_assert_false(gtk_widget_get_visible(GTK_WIDGET(window->legend)));
      g_assert_cmpuint(window->canvas->n_cells, ==, 1);
    }
  }
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/look/keys", test_keys);
  g_test_add_func("/app/look/again", test_again);
  g_test_add_func("/app/look/still", test_still);
  g_test_add_func("/app/look/kept", test_kept);
  g_test_add_func("/app/look/flip", test_flip);
  g_test_add_func("/app/look/only-errors", test_only_errors);
  g_test_add_func("/app/look/linked", test_linked);
  g_test_add_func("/app/look/swipe", test_swipe);
  g_test_add_func("/app/look/buttons", test_buttons);
  g_test_add_func("/app/look/heat", test_heat);
  g_test_add_func("/app/look/stepping", test_stepping);
  g_test_add_func("/app/look/quick", test_quick);
  g_test_add_func("/app/look/model-and-set", test_model_and_set);
  g_test_add_func("/app/look/incomplete", test_incomplete);
  g_test_add_func("/app/look/dimmed-chip", test_dimmed_chip);
  g_test_add_func("/app/look/whole-chips", test_whole_chips);
  g_test_add_func("/app/look/small-window", test_small_window);
  g_test_add_func("/app/look/labels", test_labels);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
