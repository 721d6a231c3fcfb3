/* SPDX-License-Identifier: MIT */
#include "viewer-test.h"

#include "app/application.h"

#include <math.h>

static GtkApplication *application;

char *
viewer_test_sample(const char *name)
{
  return g_build_filename(g_test_get_dir(G_TEST_DIST), "..", "data", name, NULL);
}

gboolean
viewer_test_is_painted(MsWindow *window)
{
  return ms_window_is_up_to_date(window);
}

gboolean
viewer_test_is_scored(MsWindow *window)
{
  for (guint i = 0; i < ms_set_get_n_examples(window->set); i++)
    if (ms_evaluation_get_score(window->evaluation, i, window->model).status == MS_RESULT_WAITING)
      return FALSE;
  return TRUE;
}

const char *
viewer_test_message(MsWindow *window)
{
  return gtk_revealer_get_reveal_child(window->message_revealer)
             ? gtk_label_get_text(window->message_text)
             : NULL;
}

MsWindow *
viewer_test_open(const char *path)
{
  MsWindow *window;

  if (!application) {
    g_autoptr(GError) error = NULL;

    application = GTK_APPLICATION(ms_application_new(ms_options_new()));
    g_application_register(G_APPLICATION(application), NULL, &error);
    g_assert_no_error(error);
  }
  window = ms_window_new(application);
  gtk_window_set_default_size(GTK_WINDOW(window), 1200, 850);
  test_display_focus(GTK_WINDOW(window));
  if (path) {
    ms_window_open_path(window, path);
    test_until(window->set && viewer_test_is_painted(window));
    test_display_settle(GTK_WIDGET(window));
  }
  return window;
}

MsWindow *
viewer_test_open_scores(const TestFolder *folder, const char *actual, const char *scores)
{
  g_autofree char *actual_path = test_file(folder, "actual.csv", actual, strlen(actual));
  g_autofree char *scores_path = test_file(folder, "scores.csv", scores, strlen(scores));
  g_autofree char *predicted = g_strdup_printf("net=%s", scores_path);
  g_auto(GStrv) arguments =
      g_strdupv((GStrv)(const char *[]){"--actual", actual_path, "--predicted", predicted, NULL});
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsWindow *window = viewer_test_open(NULL);

  ms_options_parse(options, &arguments, NULL, &error);
  g_assert_no_error(error);
  ms_window_open(window, options);
  test_until(window->set && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  return window;
}

void
viewer_test_close(MsWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer(G_OBJECT(window), &weak);
  gtk_window_destroy(GTK_WINDOW(window));
  test_until(weak == NULL);
}

void
viewer_test_step(MsWindow *window, const char *key, guint expected_example)
{
  test_display_key(key);
  test_until(window->example == expected_example && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
}

guint
viewer_test_model(MsWindow *window, const char *name)
{
  guint model = 0;

  while (!g_str_equal(ms_set_get_model_name(window->set, model), name))
    model++;
  return model;
}

/* --- widgets --- */

gpointer
viewer_test_child(gpointer widget, const char *name)
{
  GObject *child = gtk_widget_get_template_child(widget, G_OBJECT_TYPE(widget), name);

  if (!child)
    g_error("%s has no child named %s", G_OBJECT_TYPE_NAME(widget), name);
  return child;
}

const char *
viewer_test_text(gpointer widget, const char *name)
{
  return gtk_label_get_text(GTK_LABEL(viewer_test_child(widget, name)));
}

GPtrArray *
viewer_test_tree(gpointer widget)
{
  GPtrArray *all = g_ptr_array_new();

  g_ptr_array_add(all, widget);
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child)) {
    g_autoptr(GPtrArray) below = viewer_test_tree(child);

    g_ptr_array_extend(all, below, NULL, NULL);
  }
  return all;
}

gpointer
viewer_test_find(gpointer widget, GType type)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(widget);

  for (guint i = 0; i < all->len; i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE(g_ptr_array_index(all, i), type))
      return g_ptr_array_index(all, i);
  g_error("%s has no %s in it", G_OBJECT_TYPE_NAME(widget), g_type_name(type));
}

/* --- pixels --- */

/* What a pixel of the image with a kind of error over it must be on screen. */
static guint32
blend(guint32 image, MsColor color, double opacity)
{
  guint8 channels[3] = {color.red, color.green, color.blue};
  guint32 result = 0;

  for (int i = 0; i < 3; i++) {
    guint below = (image >> (16 - 8 * i)) & 0xff;

    result = result << 8 | (guint)lround(below * (1 - opacity) + channels[i] * opacity);
  }
  return result;
}

static gboolean
is_near(guint32 a, guint32 b)
{
  for (int shift = 0; shift < 24; shift += 8)
    if (abs((int)((a >> shift) & 0xff) - (int)((b >> shift) & 0xff)) > 2)
      return FALSE;
  return TRUE;
}

guint32
viewer_test_image_pixel(MsWindow *window, int x, int y)
{
  const MsPyramid *image = window->shown->image;
  const guint8 *row = image->levels[0].pixels + y * image->levels[0].stride;

  if (image->content == MS_PYRAMID_GREY)
    return row[x] * 0x010101u;
  return ((const guint32 *)(const void *)row)[x] & 0xffffff;
}

guint
viewer_test_count_wrong_pixels(MsWindow *window, gboolean with_overlay)
{
  cairo_surface_t *drawn = test_display_draw(GTK_WIDGET(window->canvas));
  const MsView *view = ms_canvas_get_view(window->canvas);
  const MsLevel *kinds = &ms_display_layer(window->shown, MS_LAYER_ERRORS)->levels[0];
  double opacity = gtk_adjustment_get_value(ms_legend_get_opacity(window->legend));
  guint wrong = 0, seen = 0;

  for (int y = 0; y < kinds->height; y += 7)
    for (int x = 0; x < kinds->width; x += 7) {
      double view_x, view_y;
      MsKind kind = kinds->pixels[y * kinds->stride + x];
      guint32 below = viewer_test_image_pixel(window, x, y);
      guint32 expected = kind && with_overlay
                             ? blend(below, ms_palette_kind_color(MS_PALETTE_SAFE, kind), opacity)
                             : below;

      ms_view_from_image(view, x + 0.5, y + 0.5, &view_x, &view_y);
      if (view_x < 0 || view_y < 0 || view_x >= cairo_image_surface_get_width(drawn) ||
          view_y >= cairo_image_surface_get_height(drawn))
        continue;
      seen++;
      wrong += !is_near(test_display_pixel(drawn, (int)view_x, (int)view_y), expected);
    }
  g_assert_cmpuint(seen, >, 500);
  cairo_surface_destroy(drawn);
  return wrong;
}

gboolean
viewer_test_is_heading(gpointer widget, const char *title)
{
  const char *text = GTK_IS_LABEL(widget) ? gtk_label_get_text(widget) : "";
  const char *rest = text + strlen(title);

  return g_str_has_prefix(text, title) &&
         (*rest == '\0' || g_str_equal(rest, "\xe2\x86\x93") || g_str_equal(rest, "\xe2\x86\x91"));
}
