/* SPDX-License-Identifier: MIT
 *
 * The list of examples: what search and filters leave in it, and the thumbnails in its rows.
 */
#include "viewer-test.h"

#include <math.h>

#include "app/appearance.h"
#include "app/example-place.h"
#include "app/example-row.h"
#include "app/name-label.h"
#include "app/settings.h"
#include "mask-file.h"
#include "report/thumbnail.h"

static char *lesions;

/* "a b c", as they stand in the list. Caller frees. */
static char *
shown_ids(MsWindow *window)
{
  GtkListView *view = viewer_test_child(window->list, "view");
  GListModel *model = G_LIST_MODEL(gtk_list_view_get_model(view));
  GString *ids = g_string_new(NULL);

  for (guint i = 0; i < g_list_model_get_n_items(model); i++) {
    g_autoptr(MsExamplePlace) place = g_list_model_get_item(model, i);

    g_string_append_printf(ids, "%s%s", i > 0 ? " " : "",
                           ms_set_get_id(window->set, ms_example_place_get_example(place)));
  }
  return g_string_free(ids, FALSE);
}

static gboolean
shows(MsWindow *window, const char *expected)
{
  g_autofree char *ids = shown_ids(window);

  return g_str_equal(ids, expected);
}

/* Exact: Moth, ant. Not exact: moss. Problems: a file that is none (bee), one that is missing
 * (cat). */
static MsWindow *
open_mixed(TestFolder *folder)
{
  static const char *const actual[] = {"Moth", "ant", "bee", "cat", "moss"};
  MsWindow *window;

  *folder = test_folder_new();
  for (guint i = 0; i < G_N_ELEMENTS(actual); i++) {
    g_autofree char *name = g_strdup_printf("actual/%s.png", actual[i]);

    test_write_columns(folder, name, 16, 8, 8, 255);
  }
  test_write_columns(folder, "predicted/Moth.png", 16, 8, 8, 255);
  test_write_columns(folder, "predicted/ant.png", 16, 8, 8, 255);
  test_write_columns(folder, "predicted/moss.png", 16, 8, 7, 255);
  g_free(test_file(folder, "predicted/bee.png", "not a picture", 13));
  window = viewer_test_open(folder->path);
  test_until(viewer_test_is_scored(window));
  return window;
}

static void
type(const char *const *keys)
{
  test_display_key("Control_L+f");
  for (guint i = 0; keys[i]; i++)
    test_display_key(keys[i]);
}

/* Neither the case of what is typed nor that of the names matters. */
static void
test_search(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_mixed(&folder);

  g_assert_true(shows(window, "Moth ant bee cat moss"));
  type((const char *[]){"Shift_L+m", "Shift_L+o", NULL});
  test_until(shows(window, "Moth moss"));
  type((const char *[]){"End", "t", NULL});
  test_until(shows(window, "Moth"));
  type((const char *[]){"End", "z", NULL});
  test_until(shows(window, ""));
  g_assert_cmpstr(gtk_stack_get_visible_child_name(viewer_test_child(window->list, "stack")), ==,
                  "empty");
  g_assert_cmpstr(viewer_test_text(window->list, "empty"), ==, "No example has a name with “MOtz”");
  test_display_key("Escape");
  test_until(shows(window, "Moth ant bee cat moss"));
  viewer_test_close(window);
}

static void
assert_counts(MsWindow *window, const char *all, const char *exact, const char *not_exact,
              const char *problems)
{
  test_until(g_str_equal(viewer_test_text(window->list, "count_3"), problems));
  g_assert_cmpstr(viewer_test_text(window->list, "count_0"), ==, all);
  g_assert_cmpstr(viewer_test_text(window->list, "count_1"), ==, exact);
  g_assert_cmpstr(viewer_test_text(window->list, "count_2"), ==, not_exact);
}

/* Presses the button that asks for those. */
static void
choose(MsWindow *window, const char *wanted)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(window->list);

  for (guint i = 0; i < all->len; i++) {
    GtkWidget *widget = g_ptr_array_index(all, i);
    GVariant *target = GTK_IS_TOGGLE_BUTTON(widget)
                           ? gtk_actionable_get_action_target_value(GTK_ACTIONABLE(widget))
                           : NULL;

    if (target && g_str_equal(g_variant_get_string(target, NULL), wanted))
      g_signal_emit_by_name(widget, "clicked");
  }
}

static void
test_filters(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_mixed(&folder);

  assert_counts(window, "5", "2", "1", "2");
  choose(window, "exact");
  test_until(shows(window, "Moth ant"));
  choose(window, "not-exact");
  test_until(shows(window, "moss"));
  choose(window, "problems");
  test_until(shows(window, "bee cat"));
  choose(window, "all");
  test_until(shows(window, "Moth ant bee cat moss"));
  viewer_test_close(window);
}

/* The buttons count what is in the split. */
static void
test_counts_of_split(void)
{
  MsWindow *window = viewer_test_open(lesions);

  test_until(g_str_equal(viewer_test_text(window->list, "count_0"), "24"));
  ms_window_set_split(window, "val");
  test_until(g_str_equal(viewer_test_text(window->list, "count_0"), "10"));
  viewer_test_close(window);
}

/* --- thumbnails --- */

static GBytes *
texture_bytes(GdkTexture *texture)
{
  gsize stride = 4 * (gsize)gdk_texture_get_width(texture);
  gsize size = stride * (gsize)gdk_texture_get_height(texture);
  guint8 *pixels = g_malloc(size);

  gdk_texture_download(texture, pixels, stride);
  return g_bytes_new_take(pixels, size);
}

/* What the thumbnail of the first example must be, made here. */
static GBytes *
expected_bytes(MsWindow *window)
{
  g_autoptr(MsFrame) frame = ms_frame_load(window->set, 0, window->model, NULL, NULL);
  MsThumbnailLook look = {window->style, window->ground, MS_THUMBNAIL_WIDTH, MS_THUMBNAIL_HEIGHT};
  cairo_surface_t *surface =
      ms_thumbnail_new(frame, ms_evaluation_get_rules(window->evaluation, window->model), &look);
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GBytes) bytes =
      g_bytes_new(cairo_image_surface_get_data(surface),
                  (gsize)cairo_image_surface_get_stride(surface) * MS_THUMBNAIL_HEIGHT);

  texture = gdk_memory_texture_new(MS_THUMBNAIL_WIDTH, MS_THUMBNAIL_HEIGHT,
                                   G_BYTE_ORDER == G_LITTLE_ENDIAN ? GDK_MEMORY_B8G8R8A8
                                                                   : GDK_MEMORY_A8R8G8B8,
                                   bytes, (gsize)cairo_image_surface_get_stride(surface));
  cairo_surface_destroy(surface);
  return texture_bytes(texture);
}

/* RGB only: a thumbnail is opaque. */
static gboolean
same_colours(GBytes *a, GBytes *b)
{
  const guint32 *first = g_bytes_get_data(a, NULL), *second = g_bytes_get_data(b, NULL);

  if (g_bytes_get_size(a) != g_bytes_get_size(b))
    return FALSE;
  for (gsize i = 0; i < g_bytes_get_size(a) / 4; i++)
    if ((first[i] ^ second[i]) & 0xffffff)
      return FALSE;
  return TRUE;
}

/* What the row of the first example shows; NULL: nothing yet. */
static GdkTexture *
row_texture(MsWindow *window)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(viewer_test_child(window->list, "view"));

  for (guint i = 0; i < all->len; i++) {
    gpointer widget = g_ptr_array_index(all, i);

    if (MS_IS_EXAMPLE_ROW(widget) && ms_example_row_get_example(widget) == 0)
      return GDK_TEXTURE(gtk_picture_get_paintable(viewer_test_child(widget, "picture")));
  }
  return NULL;
}

/* Waits until the row shows the present model, look and threshold, which must not look as
 * `before`. Caller frees. */
static GBytes *
await_row(MsWindow *window, GBytes *before)
{
  g_autoptr(GBytes) expected = expected_bytes(window);

  g_assert_false(before && same_colours(before, expected));
  for (;;) {
    g_autoptr(GdkTexture) texture = NULL;
    g_autoptr(GBytes) shown = NULL;

    test_until(row_texture(window));
    texture = g_object_ref(row_texture(window));
    shown = texture_bytes(texture);
    if (same_colours(shown, expected))
      return g_steal_pointer(&shown);
    test_until(row_texture(window) != texture);
  }
}

static void
test_thumbnails(void)
{
  MsWindow *window = viewer_test_open(lesions);
  g_autoptr(GBytes) first = NULL, second = NULL, third = NULL;

  ms_window_set_model(window, viewer_test_model(window, "overfit"));
  first = await_row(window, NULL);
  ms_window_set_model(window, viewer_test_model(window, "steady"));
  second = await_row(window, first);
  ms_window_set_threshold(window, 0.95);
  third = await_row(window, second);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.palette", "s", "classic");
  g_bytes_unref(await_row(window, third));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.palette", "s", "safe");
  viewer_test_close(window);
}

/* --- appearance --- */

/* As the user's own choice; the theme that the tests ask for would have none. */
static void
choose_appearance(MsWindow *window, const char *scheme)
{
  if (g_str_equal(scheme, "system"))
    g_setenv("GTK_THEME", "Default", TRUE);
  else
    g_unsetenv("GTK_THEME");
  g_settings_set_string(ms_settings_get(), "color-scheme", scheme);
  test_display_settle(GTK_WIDGET(window));
}

static guint
lightness(GBytes *picture)
{
  return ((const guint8 *)g_bytes_get_data(picture, NULL))[1];
}

/* Tiles are as dark as the list, and follow it. */
static void
test_dark_tiles(void)
{
  g_autofree char *songs = viewer_test_sample("songs");
  MsWindow *window = viewer_test_open(songs);
  g_autoptr(GBytes) light = await_row(window, NULL), dark = NULL;

  g_assert_cmpuint(lightness(light), >, 0xe0);
  choose_appearance(window, "dark");
  test_until(window->ground == MS_GROUND_DARK);
  dark = await_row(window, light);
  g_assert_cmpuint(lightness(dark), <, 0x48);
  choose_appearance(window, "system");
  test_until(window->ground == MS_GROUND_LIGHT);
  g_bytes_unref(await_row(window, dark));
  viewer_test_close(window);
}

/* Pictures have no ground, and are not made again for it. */
static void
test_dark_pictures(void)
{
  MsWindow *window = viewer_test_open(lesions);
  gpointer before;

  test_until(row_texture(window));
  before = row_texture(window);
  choose_appearance(window, "dark");
  g_assert_true(ms_appearance_is_dark(GTK_WIDGET(window)));
  g_assert_true(row_texture(window) == before);
  choose_appearance(window, "system");
  g_assert_false(ms_appearance_is_dark(GTK_WIDGET(window)));
  viewer_test_close(window);
}

/* --- a list longer than the window --- */

#define N_SONGS 300

/* Label sets, which are scored and drawn at once: what takes time here is only the list. */
static MsWindow *
open_songs(TestFolder *folder)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted:first,predicted:second\n");
  g_autofree char *path = NULL;

  *folder = test_folder_new();
  for (guint i = 0; i < N_SONGS; i++)
    g_string_append_printf(text, "song_%03u,Happy;Fast,Happy;Slow,%s\n", i,
                           i % 3 ? "Happy;Fast" : "Slow");
  path = test_file(folder, "labels.csv", text->str, text->len);
  return viewer_test_open(path);
}

/* Whether any of the row's height is in sight. Rows far from that keep the place they had last. */
static gboolean
is_in_sight(GtkWidget *row, GtkWidget *view)
{
  graphene_rect_t box;

  return gtk_widget_get_mapped(row) && gtk_widget_compute_bounds(row, view, &box) &&
         box.size.height > 0 && box.origin.y < gtk_widget_get_height(view) &&
         box.origin.y + box.size.height > 0;
}

typedef struct {
  guint rows; /* that are bound */
  guint in_sight;
  guint blank; /* without a picture */
  guint blank_in_sight;
  guint first, last; /* examples in sight */
} Rows;

static Rows
survey_rows(MsWindow *window)
{
  GtkWidget *view = viewer_test_child(window->list, "view");
  g_autoptr(GPtrArray) all = viewer_test_tree(view);
  Rows rows = {.first = G_MAXUINT};

  for (guint i = 0; i < all->len; i++) {
    gpointer row = g_ptr_array_index(all, i);
    guint example = MS_IS_EXAMPLE_ROW(row) ? ms_example_row_get_example(row) : G_MAXUINT;
    gboolean blank;

    if (example == G_MAXUINT)
      continue;
    blank = !gtk_picture_get_paintable(viewer_test_child(row, "picture"));
    rows.rows++;
    rows.blank += blank;
    if (!is_in_sight(row, view))
      continue;
    rows.in_sight++;
    rows.blank_in_sight += blank;
    rows.first = MIN(rows.first, example);
    rows.last = MAX(rows.last, example);
  }
  return rows;
}

static gboolean
is_complete(MsWindow *window)
{
  return survey_rows(window).blank == 0;
}

/* Many more rows are bound than are in sight, and every one gets its picture. */
static void
test_every_row(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_songs(&folder);
  Rows rows = survey_rows(window);

  g_assert_cmpuint(rows.in_sight, >, 8);
  g_assert_cmpuint(rows.rows, >, 100);
  test_until(is_complete(window));
  ms_window_set_model(window, 1);
  g_assert_cmpuint(survey_rows(window).blank_in_sight, ==, survey_rows(window).in_sight);
  test_until(survey_rows(window).blank_in_sight == 0);
  test_until(is_complete(window));
  ms_example_list_jump(window->list, TRUE);
  test_until(survey_rows(window).last == N_SONGS - 1);
  test_until(survey_rows(window).blank_in_sight == 0);
  test_until(is_complete(window));
  ms_window_set_model(window, 0);
  test_until(survey_rows(window).blank_in_sight == 0);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "worst");
  ms_window_set_model(window, 1);
  test_until(is_complete(window));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "id");
  test_until(is_complete(window));
  viewer_test_close(window);
}

/* Pictures that came while a row in sight still had none, and belong to none in sight. */
static void
count_out_of_turn(MsThumbnails *thumbnails, guint example, MsWindow *window)
{
  guint *out_of_turn = g_object_get_data(G_OBJECT(window), "out-of-turn");
  Rows rows = survey_rows(window);

  if (rows.blank_in_sight > 0 && (example < rows.first || example > rows.last))
    ++*out_of_turn;
}

static void
test_rows_in_sight_first(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_songs(&folder);
  guint out_of_turn = 0;

  ms_example_list_select(window->list, N_SONGS / 2);
  test_until(survey_rows(window).first <= N_SONGS / 2 && survey_rows(window).last >= N_SONGS / 2);
  test_display_settle(GTK_WIDGET(window));
  test_until(is_complete(window));
  g_object_set_data(G_OBJECT(window), "out-of-turn", &out_of_turn);
  g_signal_connect(window->thumbnails, "ready", G_CALLBACK(count_out_of_turn), window);
  ms_window_set_model(window, 1);
  test_until(is_complete(window));
  g_assert_cmpuint(out_of_turn, ==, 0);
  viewer_test_close(window);
}

static MsExampleRow *
find_row(MsWindow *window, guint example)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(viewer_test_child(window->list, "view"));

  for (guint i = 0; i < all->len; i++) {
    gpointer widget = g_ptr_array_index(all, i);

    if (MS_IS_EXAMPLE_ROW(widget) && ms_example_row_get_example(widget) == example)
      return widget;
  }
  return NULL;
}

static const char *
name_in_row(MsWindow *window, guint example)
{
  return ms_name_label_get_shown(viewer_test_child(find_row(window, example), "name"));
}

/* Long names are told apart by what is their own. */
static void
test_long_names(void)
{
  g_auto(TestFolder) folder = {NULL};
  g_autoptr(GString) text = g_string_new("example,actual,predicted\n");
  g_autofree char *path = NULL;
  MsWindow *window;

  folder = test_folder_new();
  for (guint i = 0; i < 12; i++)
    g_string_append_printf(text, "patient_westside_hospital_%04u_chest_left_lateral,Happy,Sad\n",
                           i);
  path = test_file(&folder, "labels.csv", text->str, text->len);
  window = viewer_test_open(path);
  g_assert_cmpstr(name_in_row(window, 7), ==, "…0007…");
  gtk_paned_set_position(window->panels, 600);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpstr(name_in_row(window, 7), ==, "patient_westside_hospital_0007_chest_left_lateral");
  viewer_test_close(window);
}

static int
width_of_counts(MsWindow *window, const char *text)
{
  int minimum;

  for (guint i = 0; i < MS_N_SHOWS; i++) {
    g_autofree char *name = g_strdup_printf("count_%u", i);

    gtk_label_set_text(viewer_test_child(window->list, name), text);
  }
  gtk_widget_measure(GTK_WIDGET(window->list), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                     NULL);
  return minimum;
}

/* No count moves anything, and the least width is that of any. */
static void
test_width_of_counts(void)
{
  MsWindow *window = viewer_test_open(lesions);
  int width = width_of_counts(window, "0");

  g_assert_cmpint(width, <=, 272);
  g_assert_cmpint(width_of_counts(window, "88,888"), ==, width);
  g_assert_cmpint(width_of_counts(window, "888 k"), ==, width);
  g_assert_cmpint(width_of_counts(window, "88.8 M"), ==, width);
  viewer_test_close(window);
}

/* All at once, as from a wheel that is spun. */
static void
turn_wheel(MsWindow *window, guint button, guint n)
{
  for (guint i = 0; i < n; i++) {
    test_display_button(button, TRUE);
    test_display_button(button, FALSE);
  }
  for (guint i = 0; i < 4; i++)
    test_display_settle(GTK_WIDGET(window));
}

/* What is in sight is what the place in the list says, and that is so many notches from the top. */
static void
assert_scrolled(MsWindow *window, guint notches)
{
  GtkWidget *view = viewer_test_child(window->list, "view");
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));
  double notch = pow(gtk_adjustment_get_page_size(scroll), 2.0 / 3);
  double height = gtk_adjustment_get_upper(scroll) / N_SONGS;
  double value = gtk_adjustment_get_value(scroll);

  g_assert_cmpfloat_with_epsilon(value, notches * notch, 1 + notches / 2.0);
  g_assert_cmpuint(survey_rows(window).first, ==, (guint)((value + 0.5) / height));
}

/* GTK itself loses its place when the wheel turns quickly. A notch is as long as the list is high,
 * which the line of progress below it makes shorter until everything is scored. */
static void
test_wheel(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_songs(&folder);

  test_until(!ms_evaluation_is_running(window->evaluation) &&
             !gtk_widget_get_visible(viewer_test_child(window->list, "progress")));
  test_display_settle(GTK_WIDGET(window));
  test_display_point(viewer_test_child(window->list, "view"));
  turn_wheel(window, 5, 10);
  assert_scrolled(window, 10);
  turn_wheel(window, 5, 30);
  assert_scrolled(window, 40);
  turn_wheel(window, 4, 20);
  assert_scrolled(window, 20);
  turn_wheel(window, 4, 30);
  assert_scrolled(window, 0);
  test_display_point(NULL);
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/list/search", test_search);
  g_test_add_func("/app/list/filters", test_filters);
  g_test_add_func("/app/list/counts-of-split", test_counts_of_split);
  g_test_add_func("/app/list/thumbnails", test_thumbnails);
  g_test_add_func("/app/list/dark-tiles", test_dark_tiles);
  g_test_add_func("/app/list/dark-pictures", test_dark_pictures);
  g_test_add_func("/app/list/every-row", test_every_row);
  g_test_add_func("/app/list/rows-in-sight-first", test_rows_in_sight_first);
  g_test_add_func("/app/list/long-names", test_long_names);
  g_test_add_func("/app/list/width-of-counts", test_width_of_counts);
  g_test_add_func("/app/list/wheel", test_wheel);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
