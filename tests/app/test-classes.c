/* SPDX-License-Identifier: MIT
 *
 * Classes on screen: their colours over the image and in the legend; one that is looked at alone or
 * hidden shows in picture, counts and formula and changes no score; a list of many of them is
 * sorted, searched and walked with the keyboard.
 */
#include "viewer-test.h"

#include "app/class-row.h"
#include "app/class-table-view.h"
#include "app/settings.h"
#include "io/file.h"
#include "io/png.h"
#include "set/describe.h"

#define SIDE 48

static const char table[] = "id,name,r,g,b\n0,background,0,0,0\n1,cat,200,10,20\n2,dog,10,20,200\n";

/* --- sets --- */

static void
write_mask(const TestFolder *folder, const char *name, guint8 (*sample)(int x, int y))
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(SIDE, SIDE, MS_COLOR_GREY, 8, name, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error(error);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      samples->pixels[(gsize)y * samples->stride + (gsize)x] = sample(x, y);
  bytes = ms_png_encode(samples, 1, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

static guint8
grey(int x, int y)
{
  return (guint8)(60 + 2 * x + y);
}

/* Quarters: cat, dog, background, background. */
static guint8
quarters(int x, int y)
{
  return y >= SIDE / 2 ? 0 : x < SIDE / 2 ? 1 : 2;
}

/* The same two pixels further to the right. */
static guint8
shifted(int x, int y)
{
  return quarters(MAX(x - 2, 0), y);
}

static guint8
all_dogs(int x, int y)
{
  return 2;
}

/* "a": some errors; "b": no cat at all. */
static MsWindow *
open_pets(const TestFolder *folder)
{
  g_free(test_file(folder, "classes.csv", table, strlen(table)));
  write_mask(folder, "images/a.png", grey);
  write_mask(folder, "images/b.png", grey);
  write_mask(folder, "actual/a.png", quarters);
  write_mask(folder, "actual/b.png", all_dogs);
  write_mask(folder, "predictions/a.png", shifted);
  write_mask(folder, "predictions/b.png", all_dogs);
  return viewer_test_open(folder->path);
}

/* Stripes of 150 classes, one more row of each than of the one before. */
static void
fill_stripes(MsSamples *samples, int shift)
{
  for (int y = 0; y < samples->height; y++)
    for (int x = 0; x < samples->width; x++)
      samples->pixels[(gsize)y * samples->stride + (gsize)x] =
          (guint8)(MIN(y + (x < shift), 149) + 1);
}

static void
write_stripes(const TestFolder *folder, const char *name, int shift)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(40, 300, MS_COLOR_GREY, 8, name, &error);
  g_autoptr(GBytes) bytes = NULL;

  fill_stripes(samples, shift);
  bytes = ms_png_encode(samples, 1, NULL, &error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

static MsWindow *
open_many(const TestFolder *folder)
{
  GString *names = g_string_new("background\n");

  for (int i = 1; i <= 150; i++)
    g_string_append_printf(names, "class %03d\n", i);
  g_free(test_file(folder, "classes.txt", names->str, names->len));
  g_string_free(names, TRUE);
  write_stripes(folder, "actual/a.png", 0);
  write_stripes(folder, "predictions/a.png", 10);
  return viewer_test_open(folder->path);
}

/* --- looks --- */

static void
settle(MsWindow *window)
{
  test_until(viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
}

static void
activate(MsWindow *window, const char *action, GVariant *target)
{
  g_autoptr(GVariant) sunk = target ? g_variant_ref_sink(target) : NULL;

  gtk_widget_activate_action_variant(GTK_WIDGET(window), action, sunk);
  settle(window);
}

static void
paint(MsWindow *window, const char *what)
{
  activate(window, "win.look", g_variant_new_string(what));
}

static gpointer
legend_child(MsWindow *window, const char *name)
{
  return viewer_test_child(window->legend, name);
}

static gboolean
is_shown(gpointer widget)
{
  return gtk_widget_get_mapped(widget);
}

/* The colour of the canvas in the middle of an image pixel. */
static guint32
canvas_pixel(MsWindow *window, int x, int y)
{
  cairo_surface_t *drawn = test_display_draw(GTK_WIDGET(window->canvas));
  double view_x, view_y;
  guint32 pixel;

  ms_view_from_image(ms_canvas_get_view(window->canvas), x + 0.5, y + 0.5, &view_x, &view_y);
  pixel = test_display_pixel(drawn, (int)view_x, (int)view_y);
  cairo_surface_destroy(drawn);
  return pixel;
}

/* With the overlay opaque. */
static void
assert_pixel(MsWindow *window, int x, int y, guint32 expected)
{
  g_assert_cmphex(canvas_pixel(window, x, y), ==, expected);
}

#define CAT 0xc80a14u
#define DOG 0x0a14c8u
#define TP  0x009e73u
#define FP  0xd55e00u
#define FN  0x0072b2u

/* --- colours --- */

static void
test_paint(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_pets(&folder);

  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), 1);
  g_assert_true(is_shown(legend_child(window, "chip_0")));
  g_assert_false(is_shown(legend_child(window, "class_0")));
  paint(window, "actual");
  assert_pixel(window, SIDE / 2 - 1, 3, CAT);
  assert_pixel(window, SIDE / 2, 3, DOG);
  assert_pixel(window, 3, SIDE - 3, viewer_test_image_pixel(window, 3, SIDE - 3));
  g_assert_false(is_shown(legend_child(window, "chip_0")));
  g_assert_cmpstr(viewer_test_text(window->legend, "name_0"), ==, "cat");
  g_assert_cmpstr(viewer_test_text(window->legend, "name_1"), ==, "dog");
  g_assert_true(is_shown(legend_child(window, "class_1")));
  g_assert_false(is_shown(legend_child(window, "class_2")));
  paint(window, "predicted");
  assert_pixel(window, SIDE / 2 + 1, 3, CAT);
  assert_pixel(window, SIDE / 2 + 2, 3, DOG);
  viewer_test_step(window, "Right", 1);
  assert_pixel(window, 3, SIDE - 3, DOG);
  g_assert_false(is_shown(legend_child(window, "class_1")));
  paint(window, "errors");
  g_assert_true(is_shown(legend_child(window, "chip_0")));
  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), 0.5);
  viewer_test_close(window);
}

/* More than there is room for are counted. */
static void
test_many_in_legend(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_many(&folder);

  paint(window, "actual");
  g_assert_true(is_shown(legend_child(window, "class_7")));
  g_assert_cmpstr(viewer_test_text(window->legend, "more"), ==, "+142");
  g_assert_cmpstr(viewer_test_text(window->legend, "name_0"), ==, "class 150");
  paint(window, "errors");
  viewer_test_close(window);
}

/* --- one class alone --- */

static guint64
count_kind(MsWindow *window, MsKind kind)
{
  const MsLevel *kinds = &ms_display_layer(window->shown, MS_LAYER_ERRORS)->levels[0];
  guint64 n = 0;

  for (int y = 0; y < kinds->height; y++)
    for (int x = 0; x < kinds->width; x++)
      n += kinds->pixels[y * kinds->stride + x] == kind;
  return n;
}

static void
assert_count(MsWindow *window, guint chip, guint64 expected)
{
  g_autofree char *name = g_strdup_printf("count_%u", chip);
  g_autofree char *text = ms_describe_count(expected);

  g_assert_cmpstr(viewer_test_text(window->legend, name), ==, text);
}

static char *
set_score(MsWindow *window)
{
  MsScore score = ms_evaluation_get_score(window->evaluation, 0, 0);

  return ms_describe_ratio(score.iou, 3);
}

/* The cat lacks nothing, and is predicted on two columns of the dog. */
static void
assert_cat_alone(MsWindow *window)
{
  guint64 half = SIDE / 2;

  g_assert_cmpstr(viewer_test_text(window->legend, "focus_text"), ==, "Only: cat");
  g_assert_true(is_shown(legend_child(window, "focus")));
  g_assert_cmpuint(count_kind(window, MS_KIND_TP), ==, half * half);
  g_assert_cmpuint(count_kind(window, MS_KIND_FP), ==, 2 * half);
  g_assert_cmpuint(count_kind(window, MS_KIND_FN) + count_kind(window, MS_KIND_CONFUSED), ==, 0);
  assert_count(window, 0, half * half);
  assert_count(window, 1, 2 * half);
  assert_count(window, 2, 0);
  g_assert_cmpstr(viewer_test_text(window->inspector, "iou_name"), ==, "IoU of cat");
  g_assert_cmpstr(viewer_test_text(window->inspector, "iou"), ==, "0.923");
  g_assert_cmpstr(viewer_test_text(window->inspector, "formula"), ==, "576 / (576 + 48 + 0)");
  g_assert_cmpstr(viewer_test_text(window->inspector, "count_1"), ==, "48");
  g_assert_cmpstr(viewer_test_text(window->inspector, "count_3"), ==, "1,680");
  g_assert_cmpstr(viewer_test_text(window->inspector, "minor_value_1"), ==, "0.923");
  g_assert_cmpstr(viewer_test_text(window->inspector, "minor_value_2"), ==, "1.000");
}

static void
test_solo(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_pets(&folder);
  g_autofree char *before = NULL, *after = NULL;
  GdkTexture *thumbnail;

  test_until(viewer_test_is_scored(window) && ms_thumbnails_get(window->thumbnails, 0));
  before = set_score(window);
  thumbnail = ms_thumbnails_get(window->thumbnails, 0);
  g_assert_false(is_shown(legend_child(window, "focus")));
  activate(window, "win.solo-class", g_variant_new_uint32(1));
  assert_cat_alone(window);
  g_assert_false(is_shown(legend_child(window, "chip_3")));
  after = set_score(window);
  g_assert_cmpstr(before, ==, after);
  g_assert_true(ms_thumbnails_get(window->thumbnails, 0) == thumbnail);

  /* It stays where there is none of it, and back again. */
  viewer_test_step(window, "Right", 1);
  g_assert_cmpstr(viewer_test_text(window->inspector, "iou"), ==, "n/a");
  g_assert_cmpstr(viewer_test_text(window->inspector, "formula"), ==, "in neither mask");
  g_assert_cmpstr(viewer_test_text(window->inspector, "count_3"), ==, "2,304");
  viewer_test_step(window, "Left", 0);
  settle(window);
  assert_cat_alone(window);

  activate(window, "win.show-all-classes", NULL);
  g_assert_false(is_shown(legend_child(window, "focus")));
  g_assert_true(is_shown(legend_child(window, "chip_3")));
  g_assert_cmpstr(viewer_test_text(window->inspector, "iou_name"), ==, "IoU");
  g_assert_cmpuint(count_kind(window, MS_KIND_CONFUSED), ==, 48);
  viewer_test_close(window);
}

static void
test_hide(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_pets(&folder);

  activate(window, "win.hide-class", g_variant_new_uint32(1));
  g_assert_cmpstr(viewer_test_text(window->legend, "focus_text"), ==, "Hidden: cat");
  g_assert_cmpuint(count_kind(window, MS_KIND_FN), ==, 0);
  g_assert_cmpuint(count_kind(window, MS_KIND_TP), ==, (SIDE / 2 - 2) * SIDE / 2);
  assert_count(window, 2, 0);
  g_assert_cmpstr(viewer_test_text(window->inspector, "iou_name"), ==, "IoU");
  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), 1);
  paint(window, "actual");
  assert_pixel(window, 3, 3, viewer_test_image_pixel(window, 3, 3));
  assert_pixel(window, SIDE - 3, 3, DOG);
  g_assert_cmpstr(viewer_test_text(window->legend, "name_0"), ==, "dog");
  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), 0.5);
  paint(window, "errors");
  activate(window, "win.hide-class", g_variant_new_uint32(1));
  g_assert_null(window->focus);
  activate(window, "win.solo-class", g_variant_new_uint32(1));
  activate(window, "win.hide-class", g_variant_new_uint32(2));
  g_assert_null(window->focus);
  viewer_test_close(window);
}

/* Of binary masks there is one class: nothing to look at alone. */
static void
test_binary(void)
{
  g_autofree char *lesions = viewer_test_sample("lesions");
  MsWindow *window = viewer_test_open(lesions);

  gtk_widget_activate_action(GTK_WIDGET(window), "win.solo-class", "u", 1);
  g_assert_null(window->focus);
  paint(window, "predicted");
  g_assert_cmpstr(viewer_test_text(window->legend, "name_0"), ==, "lesion");
  g_assert_false(is_shown(legend_child(window, "class_1")));
  paint(window, "errors");
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, TRUE), ==, 0);
  viewer_test_close(window);
}

/* Read again, a set keeps the focus; another one begins anew. */
static void
test_sets(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *lesions = viewer_test_sample("lesions");
  MsWindow *window = open_pets(&folder);
  MsSet *before = window->set;

  activate(window, "win.solo-class", g_variant_new_uint32(1));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
  test_until(window->set && window->set != before);
  settle(window);
  assert_cat_alone(window);
  ms_window_open_path(window, lesions);
  test_until(window->set && g_str_equal(ms_set_get_title(window->set), "lesions"));
  settle(window);
  g_assert_null(window->focus);
  viewer_test_close(window);
}

static void
test_export(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "out.png");
  MsWindow *window = open_pets(&folder);
  g_autoptr(GBytes) png = NULL;
  g_autofree char *text = NULL;
  gsize size;

  activate(window, "win.solo-class", g_variant_new_uint32(1));
  paint(window, "predicted");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(viewer_test_message(window) != NULL);
  png = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, NULL);
  size = g_bytes_get_size(png);
  text = g_memdup2(g_bytes_get_data(png, NULL), size);
  for (gsize i = 0; i < size; i++)
    text[i] = text[i] ? text[i] : ' ';
  text[size - 1] = '\0';
  g_assert_nonnull(strstr(text, "predicted mask; Only: cat; "));
  g_assert_nonnull(strstr(text, "cat: IoU 0.923 = 576 / (576 + 48 + 0)"));
  paint(window, "errors");
  viewer_test_close(window);
}

/* --- the list --- */

static MsClassTableView *
list_of(MsWindow *window)
{
  return viewer_test_child(window->inspector, "classes");
}

static GtkListView *
view_of(MsWindow *window)
{
  return viewer_test_find(list_of(window), GTK_TYPE_LIST_VIEW);
}

static char *
name_at(MsWindow *window, guint position)
{
  g_autoptr(MsClassItem) item =
      g_list_model_get_item(G_LIST_MODEL(gtk_list_view_get_model(view_of(window))), position);

  return item ? g_strdup(item->name) : NULL;
}

static void
assert_name_at(MsWindow *window, guint position, const char *expected)
{
  g_autofree char *name = name_at(window, position);

  g_assert_cmpstr(name, ==, expected);
}

static guint
count_found(MsWindow *window)
{
  return g_list_model_get_n_items(G_LIST_MODEL(gtk_list_view_get_model(view_of(window))));
}

static void
press_heading(MsWindow *window, const char *title)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(list_of(window));

  for (guint i = 0; i < all->len; i++) {
    GtkWidget *widget = g_ptr_array_index(all, i);

    if (GTK_IS_BUTTON(widget) && GTK_IS_LABEL(gtk_button_get_child(GTK_BUTTON(widget))) &&
        viewer_test_is_heading(gtk_button_get_child(GTK_BUTTON(widget)), title)) {
      g_signal_emit_by_name(widget, "clicked");
      test_display_settle(GTK_WIDGET(window));
      return;
    }
  }
  g_error("no heading %s", title);
}

static void
test_order(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_many(&folder);

  g_assert_cmpuint(count_found(window), ==, 150);
  assert_name_at(window, 0, "class 150");
  assert_name_at(window, 1, "class 001");
  press_heading(window, "");
  assert_name_at(window, 0, "class 001");
  press_heading(window, "");
  assert_name_at(window, 0, "class 150");
  press_heading(window, "Class");
  assert_name_at(window, 149, "class 150");
  press_heading(window, "IoU");
  assert_name_at(window, 149, "class 150");
  press_heading(window, "px");
  assert_name_at(window, 0, "class 150");
  viewer_test_close(window);
}

static void
test_search(void)
{
  g_auto(TestFolder) pets = test_folder_new();
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *few = open_pets(&pets);
  MsWindow *window;
  GtkEditable *search;

  g_assert_false(is_shown(viewer_test_find(list_of(few), GTK_TYPE_SEARCH_ENTRY)));
  viewer_test_close(few);
  window = open_many(&folder);
  search = viewer_test_find(list_of(window), GTK_TYPE_SEARCH_ENTRY);
  g_assert_true(is_shown(search));
  gtk_editable_set_text(search, "CLASS 04");
  test_until(count_found(window) == 10);
  assert_name_at(window, 0, "class 040");
  gtk_editable_set_text(search, "7");
  test_until(count_found(window) == 24);
  gtk_editable_set_text(search, "no such");
  test_until(count_found(window) == 0);
  gtk_editable_set_text(search, "");
  test_until(count_found(window) == 150);
  viewer_test_close(window);
}

static MsClassRow *
row_of(MsWindow *window, guint32 id)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(view_of(window));

  for (guint i = 0; i < all->len; i++)
    if (MS_IS_CLASS_ROW(g_ptr_array_index(all, i)) &&
        gtk_widget_get_mapped(g_ptr_array_index(all, i)) &&
        ms_class_row_get_item(g_ptr_array_index(all, i))->id == id)
      return g_ptr_array_index(all, i);
  g_error("no line of class %u", id);
}

/* A line in sight says what its item is. */
static void
assert_line(MsWindow *window, guint32 id, const char *name)
{
  GtkWidget *cell = gtk_widget_get_first_child(GTK_WIDGET(row_of(window, id)));

  g_assert_cmpstr(gtk_label_get_text(GTK_LABEL(gtk_widget_get_next_sibling(cell))), ==, name);
}

static void
count_change(GListModel *model, guint position, guint removed, guint added, guint *n)
{
  ++*n;
}

/* Another example, order or focus makes no line anew; what comes into sight is up to date. */
static void
test_lines_stay(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_many(&folder);
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view_of(window)));
  guint n = 0;

  g_signal_connect(gtk_list_view_get_model(view_of(window)), "items-changed",
                   G_CALLBACK(count_change), &n);
  press_heading(window, "");
  activate(window, "win.solo-class", g_variant_new_uint32(149));
  g_assert_cmpuint(n, ==, 0);
  assert_line(window, 1, "class 001");
  gtk_adjustment_set_value(scroll, gtk_adjustment_get_upper(scroll));
  test_display_settle(GTK_WIDGET(window));
  assert_line(window, 149, "class 149");
  g_assert_true(gtk_widget_has_css_class(GTK_WIDGET(row_of(window, 149)), "alone"));
  g_assert_true(gtk_widget_has_css_class(GTK_WIDGET(row_of(window, 150)), "unseen"));
  viewer_test_close(window);
}

static void
press_eye(MsWindow *window, guint32 id)
{
  g_signal_emit_by_name(viewer_test_find(row_of(window, id), GTK_TYPE_BUTTON), "clicked");
  settle(window);
}

static void
test_lines(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_pets(&folder);

  press_eye(window, 1);
  g_assert_true(ms_class_focus_hides(window->focus, 1));
  g_assert_true(gtk_widget_has_css_class(GTK_WIDGET(row_of(window, 1)), "unseen"));
  gtk_test_accessible_assert_property(
      GTK_ACCESSIBLE(viewer_test_find(row_of(window, 1), GTK_TYPE_BUTTON)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Show cat");
  press_eye(window, 1);
  g_assert_null(window->focus);
  g_assert_false(gtk_widget_has_css_class(GTK_WIDGET(row_of(window, 1)), "unseen"));
  g_signal_emit_by_name(view_of(window), "activate", 0);
  settle(window);
  g_assert_cmpint(ms_class_focus_get_solo(window->focus), ==, 0);
  g_assert_true(gtk_widget_has_css_class(GTK_WIDGET(row_of(window, 0)), "alone"));
  g_signal_emit_by_name(view_of(window), "activate", 0);
  settle(window);
  g_assert_null(window->focus);
  viewer_test_close(window);
}

/* --- keyboard --- */

static gboolean
has_focus_in(MsWindow *window, gpointer widget)
{
  GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(window));

  return focus && (focus == widget || gtk_widget_is_ancestor(focus, widget));
}

static void
press(MsWindow *window, const char *key)
{
  test_display_key(key);
  test_display_settle(GTK_WIDGET(window));
}

/* Tab comes to the lines once and leaves them with the next press, both ways. */
static void
test_tab(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_many(&folder);
  guint n = 0;

  gtk_widget_grab_focus(viewer_test_find(list_of(window), GTK_TYPE_SEARCH_ENTRY));
  while (!has_focus_in(window, view_of(window)) && n++ < 10)
    press(window, "Tab");
  g_assert_true(has_focus_in(window, view_of(window)));
  press(window, "Down");
  press(window, "Down");
  g_assert_true(has_focus_in(window, view_of(window)));
  press(window, "Shift_L+Tab");
  g_assert_false(has_focus_in(window, view_of(window)));
  g_assert_true(has_focus_in(window, list_of(window)));
  press(window, "Tab");
  g_assert_true(has_focus_in(window, view_of(window)));
  press(window, "Tab");
  g_assert_false(has_focus_in(window, view_of(window)));
  viewer_test_close(window);
}

static void
test_keys(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_many(&folder);

  gtk_widget_grab_focus(viewer_test_find(list_of(window), GTK_TYPE_SEARCH_ENTRY));
  for (guint n = 0; !has_focus_in(window, view_of(window)) && n < 10; n++)
    press(window, "Tab");
  press(window, "Down");
  test_display_key("s");
  test_until(ms_class_focus_get_solo(window->focus) == 1);
  test_display_key("Return");
  test_until(window->focus == NULL);
  test_display_key("h");
  test_until(ms_class_focus_hides(window->focus, 1));
  test_display_key("h");
  test_until(window->focus == NULL);
  settle(window);
  viewer_test_close(window);
}

static void
add_tests(void)
{
  g_test_add_func("/app/classes/paint", test_paint);
  g_test_add_func("/app/classes/many-in-legend", test_many_in_legend);
  g_test_add_func("/app/classes/solo", test_solo);
  g_test_add_func("/app/classes/hide", test_hide);
  g_test_add_func("/app/classes/binary", test_binary);
  g_test_add_func("/app/classes/sets", test_sets);
  g_test_add_func("/app/classes/export", test_export);
  g_test_add_func("/app/classes/order", test_order);
  g_test_add_func("/app/classes/search", test_search);
  g_test_add_func("/app/classes/lines-stay", test_lines_stay);
  g_test_add_func("/app/classes/lines", test_lines);
  g_test_add_func("/app/classes/tab", test_tab);
  g_test_add_func("/app/classes/keys", test_keys);
}

int
main(int argc, char **argv)
{
  return test_display_main(argc, argv, add_tests);
}
