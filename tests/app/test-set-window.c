/* SPDX-License-Identifier: MIT
 *
 * The window in which a set is put together: what was recognised is shown, what the user says is
 * paired at once, saved and opened.
 */
#include "viewer-test.h"

#include "app/set-window-private.h"
#include "mask-file.h"
#include "set/maskset.h"

static char *lesions;

/* --- the window ------------------------------------------------------------------------------ */

static MsSetWindow *
find_set_window(void)
{
  GListModel *all = gtk_window_get_toplevels();

  for (guint i = 0; i < g_list_model_get_n_items(all); i++) {
    g_autoptr(GtkWindow) window = g_list_model_get_item(all, i);

    if (MS_IS_SET_WINDOW(window))
      return MS_SET_WINDOW(window);
  }
  return NULL;
}

static MsSetWindow *
set_up(MsWindow *window, const char *action)
{
  MsSetWindow *self;

  gtk_widget_activate_action(GTK_WIDGET(window), action, NULL);
  self = find_set_window();
  g_assert_nonnull(self);
  test_until(ms_set_window_get_preview(self));
  return self;
}

static GtkEditable *
entry(MsSetRow *row, const char *name)
{
  return GTK_EDITABLE(viewer_test_child(row, name));
}

static void
assert_path(MsSetRow *row, const char *text)
{
  g_assert_cmpstr(gtk_editable_get_text(entry(row, "path")), ==, text);
}

static void
assert_words(MsSetRow *row, const char *words)
{
  g_assert_cmpstr(viewer_test_text(row, "words"), ==, words);
}

/* As if it had been typed, with all that comes of it. */
static void
type(MsSetWindow *self, MsSetRow *row, const char *text)
{
  gtk_editable_set_text(entry(row, "path"), text);
  g_assert_null(ms_set_window_get_preview(self));
  test_until(ms_set_window_get_preview(self));
}

static MsSetRow *
model(MsSetWindow *self, guint index)
{
  MsSetRow *row = ms_set_window_first_model(self);

  while (index-- > 0)
    row = ms_set_window_next_model(row);
  return row;
}

static void
assert_cell(MsSetWindow *self, guint line, const char *title, const char *text)
{
  g_autofree char *cell = ms_pair_table_get_text(self->pairs, line, title);

  g_assert_cmpstr(cell, ==, text);
}

static void
write_pair(const TestFolder *folder, const char *actual, const char *predicted, const char *name)
{
  g_autofree char *first = g_strdup_printf("%s/%s.png", actual, name);
  g_autofree char *second = g_strdup_printf("%s/%s.png", predicted, name);

  test_write_columns(folder, first, 16, 8, 8, 255);
  test_write_columns(folder, second, 16, 8, 6, 255);
}

/* A folder that nothing is told by. */
static TestFolder
odd_folder(void)
{
  TestFolder folder = test_folder_new();

  write_pair(&folder, "gold", "netz_a", "x");
  write_pair(&folder, "gold", "netz_a", "y");
  test_write_columns(&folder, "gold/z.png", 16, 8, 8, 255);
  return folder;
}

/* --- tests ----------------------------------------------------------------------------------- */

static void
test_empty(void)
{
  MsWindow *window = viewer_test_open(NULL);
  MsSetWindow *self = set_up(window, "win.set-up");

  g_assert_cmpstr(gtk_stack_get_visible_child_name(self->result), ==, "message");
  g_assert_false(gtk_widget_is_sensitive(self->open));
  assert_path(self->set, "");
  g_assert_nonnull(model(self, 0));
  g_assert_null(model(self, 1));
  viewer_test_close(window);
  g_assert_null(find_set_window());
}

static void
test_recognised(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");

  assert_words(self->set, "recognised");
  assert_path(self->images, "images");
  assert_path(self->actual, "actual");
  assert_path(model(self, 0), "predicted/overfit");
  assert_path(model(self, 1), "predicted/steady");
  g_assert_cmpstr(gtk_editable_get_text(entry(model(self, 1), "name")), ==, "steady");
  assert_words(self->actual, "24 files");
  assert_words(model(self, 1), "24 files");
  assert_words(self->classes, "2 classes");
  g_assert_cmpstr(gtk_label_get_text(self->counts), ==,
                  "24 examples: 24 with image, 24 actual, overfit 24, steady 24");
  g_assert_cmpstr(gtk_label_get_text(self->more), ==, "Splits: train 14, val 10");
  g_assert_cmpuint(ms_pair_table_get_n_lines(self->pairs), ==, 24);
  assert_cell(self, 0, "Example", "train/lesion_01");
  assert_cell(self, 0, "Actual", "lesion_01.png");
  assert_cell(self, 0, "steady", "lesion_01.png");
  assert_cell(self, 0, "Problem", NULL);
  viewer_test_close(window);
}

/* What is changed is said by the rows, and the rules stay. */
static void
test_changed(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");
  g_autofree char *actual = g_build_filename(lesions, "actual", NULL);
  g_autofree char *canonical = g_canonicalize_filename(actual, NULL);

  type(self, self->images, "nowhere");
  assert_words(self->images, "not found");
  g_assert_cmpstr(gtk_stack_get_visible_child_name(self->result), ==, "message");
  g_assert_nonnull(strstr(gtk_label_get_text(self->message), "nowhere"));
  g_assert_false(gtk_widget_is_sensitive(self->open));
  type(self, self->images, "");
  assert_words(self->set, "changed below");
  g_assert_true(gtk_widget_is_sensitive(self->open));
  gtk_editable_set_text(entry(model(self, 0), "name"), "first");
  test_until(ms_set_window_get_preview(self));
  g_assert_cmpstr(gtk_label_get_text(self->counts), ==,
                  "24 examples: 0 with image, 24 actual, first 24, steady 24");

  g_autoptr(MsOptions) options = ms_set_window_get_options(self);

  g_assert_null(options->set);
  g_assert_null(options->images);
  g_assert_cmpstr(options->actual, ==, canonical);
  viewer_test_close(window);
}

/* Only the last of several changes counts. */
static void
test_quick_changes(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");
  const char *const texts[] = {"a", "imag", "images/tr", "images/{id}.png"};

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    gtk_editable_set_text(entry(self->images, "path"), texts[i]);
    test_display_settle(GTK_WIDGET(self));
  }
  test_until(ms_set_window_get_preview(self));
  assert_words(self->images, "24 files fit");
  viewer_test_close(window);
}

/* From the message that a folder is not recognised to the set in the viewer. */
static void
test_refused(void)
{
  g_auto(TestFolder) folder = odd_folder();
  MsWindow *window = viewer_test_open(NULL);
  MsSetWindow *self;

  ms_window_open_path(window, folder.path);
  test_until(viewer_test_message(window));
  g_assert_true(gtk_widget_get_visible(window->message_set_up));
  self = set_up(window, "win.set-up-refused");
  g_assert_null(viewer_test_message(window));
  assert_path(self->set, folder.path);
  assert_words(self->set, "not recognised");
  gtk_widget_activate_action(GTK_WIDGET(self->actual), "row.choose", "s", "gold");
  test_until(ms_set_window_get_preview(self));
  assert_words(self->actual, "3 files");
  gtk_widget_activate_action(GTK_WIDGET(model(self, 0)), "row.choose", "s", "netz_a");
  test_until(ms_set_window_get_preview(self));
  assert_path(model(self, 0), "netz_a");
  g_assert_cmpstr(gtk_label_get_text(self->counts), ==,
                  "3 examples: 0 with image, 3 actual, netz_a 2, 1 unpaired");
  assert_cell(self, 0, "Example", "z");
  assert_cell(self, 0, "netz_a", "–");
  assert_cell(self, 1, "Example", "x");
  assert_cell(self, 1, "Problem", "");
  gtk_widget_activate_action(GTK_WIDGET(self), "set.open", NULL);
  test_until(window->set && viewer_test_is_painted(window));
  g_assert_null(find_set_window());
  g_assert_cmpuint(ms_set_get_n_examples(window->set), ==, 3);
  viewer_test_close(window);
}

/* An error that no choice of folders mends offers none. */
static void
test_other_error(void)
{
  MsWindow *window = viewer_test_open(NULL);

  ms_window_open_path(window, "/nowhere/at/all");
  test_until(viewer_test_message(window));
  g_assert_false(gtk_widget_get_visible(window->message_set_up));
  viewer_test_close(window);
}

static void
test_save(void)
{
  g_auto(TestFolder) folder = odd_folder();
  g_autofree char *without_ending = test_path(&folder, "mine");
  g_autofree char *path = test_path(&folder, "mine.maskset");
  g_autofree char *text = NULL;
  MsWindow *window = viewer_test_open(NULL);
  MsSetWindow *self = set_up(window, "win.set-up");

  type(self, self->set, folder.path);
  type(self, self->actual, "gold");
  type(self, model(self, 0), "netz_a");
  gtk_editable_set_text(entry(model(self, 0), "name"), "net a");
  ms_set_window_save_to(self, without_ending); /* though the preview is not there yet */
  test_until(self->whole && ms_set_window_get_preview(self));
  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  g_assert_nonnull(strstr(text, "Actual=gold\n"));
  g_assert_nonnull(strstr(text, "net a=netz_a\n"));
  g_assert_cmpstr(gtk_label_get_text(self->note), ==, "Saved as mine.maskset");
  assert_path(self->set, path);
  assert_words(self->set, "recognised");
  assert_path(self->actual, "gold");
  gtk_widget_activate_action(GTK_WIDGET(self), "set.open", NULL);
  test_until(window->set && viewer_test_is_painted(window));
  g_assert_cmpstr(ms_set_get_path(window->set), ==, path);
  g_assert_cmpstr(ms_set_get_model_name(window->set, 0), ==, "net a");
  viewer_test_close(window);
}

static void
test_save_fails(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");

  ms_set_window_save_to(self, "/nowhere/x.maskset");
  test_until(*gtk_label_get_text(self->note));
  g_assert_nonnull(strstr(gtk_label_get_text(self->note), "/nowhere"));
  assert_words(self->set, "recognised");
  viewer_test_close(window);
}

/* Splits above the folders, which no paths say: saved as the folder that it is. */
static void
test_not_exact(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;
  MsSetWindow *self;

  write_pair(&folder, "train/masks", "train/predictions", "x");
  write_pair(&folder, "val/masks", "val/predictions", "x");
  window = viewer_test_open(folder.path);
  self = set_up(window, "win.set-up");
  assert_path(self->actual, "train/masks, val/masks");
  assert_words(self->actual, "2 found");
  g_assert_cmpint(*gtk_label_get_text(self->note), !=, '\0');
  g_assert_true(gtk_widget_is_sensitive(self->open));
  g_autofree char *path = test_path(&folder, "both.maskset");
  g_autofree char *text = NULL;
  ms_set_window_save_to(self, path);
  test_until(g_str_has_prefix(gtk_label_get_text(self->note), "Saved as") &&
             ms_set_window_get_preview(self));
  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  g_assert_nonnull(strstr(text, "Folder=.\n"));
  g_assert_cmpuint(ms_set_window_get_preview(self)->n_examples, ==, 2);
  viewer_test_close(window);
}

/* A change keeps what the other rows can still say, and can be taken back. */
static void
test_back(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;
  MsSetWindow *self;

  write_pair(&folder, "train/masks", "train/predictions", "x");
  write_pair(&folder, "val/masks", "val/predictions", "x");
  window = viewer_test_open(folder.path);
  self = set_up(window, "win.set-up");
  g_assert_false(gtk_widget_get_visible(self->restore));
  type(self, self->actual, "val/masks");
  assert_path(model(self, 0), "val/predictions");
  g_assert_cmpuint(ms_set_window_get_preview(self)->n_examples, ==, 1);
  g_assert_true(gtk_widget_get_visible(self->restore));
  gtk_widget_activate_action(GTK_WIDGET(self), "set.restore", NULL);
  test_until(ms_set_window_get_preview(self));
  assert_path(self->actual, "train/masks, val/masks");
  g_assert_cmpuint(ms_set_window_get_preview(self)->n_examples, ==, 2);
  g_assert_false(gtk_widget_get_visible(self->restore));
  viewer_test_close(window);
}

static void
test_same_name(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");

  gtk_editable_set_text(entry(model(self, 1), "name"), "overfit");
  assert_words(model(self, 1), "Another model has this name");
  g_assert_false(gtk_widget_is_sensitive(self->open));
  test_until(ms_set_window_get_preview(self));
  g_assert_false(gtk_widget_is_sensitive(self->open));
  ms_set_window_save_to(self, "/nowhere/x.maskset");
  g_assert_true(g_str_has_prefix(gtk_label_get_text(self->note), "Not saved: "));
  gtk_editable_set_text(entry(model(self, 1), "name"), "a=b");
  assert_words(model(self, 1), "A name that a .maskset file cannot hold");
  test_until(ms_set_window_get_preview(self));
  g_assert_true(gtk_widget_is_sensitive(self->open));
  viewer_test_close(window);
}

static void
test_models(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");

  gtk_widget_activate_action(GTK_WIDGET(self), "set.add-model", NULL);
  g_assert_nonnull(model(self, 2));
  type(self, model(self, 2), "actual");
  gtk_editable_set_text(entry(model(self, 2), "name"), "perfect");
  test_until(ms_set_window_get_preview(self));
  g_assert_cmpuint(ms_set_window_get_preview(self)->models->len, ==, 3);
  g_signal_emit_by_name(viewer_test_child(model(self, 0), "remove"), "clicked");
  test_until(ms_set_window_get_preview(self));
  g_assert_cmpuint(ms_set_window_get_preview(self)->models->len, ==, 2);
  assert_cell(self, 0, "perfect", "lesion_01.png");
  viewer_test_close(window);
}

static void
drop(MsSetRow *row, const char *path)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(GTK_WIDGET(row));
  g_autoptr(GFile) file = g_file_new_for_path(path);
  GSList files = {file, NULL};
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init(&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed(&value, &files);
  for (guint i = 0; i < g_list_model_get_n_items(controllers); i++) {
    g_autoptr(GtkEventController) controller = g_list_model_get_item(controllers, i);

    if (GTK_IS_DROP_TARGET(controller))
      g_signal_emit_by_name(controller, "drop", &value, 0.0, 0.0, &taken);
  }
  g_assert_true(taken);
}

static void
test_drop(void)
{
  g_auto(TestFolder) folder = odd_folder();
  g_autofree char *gold = test_path(&folder, "gold");
  MsWindow *window = viewer_test_open(NULL);
  MsSetWindow *self = set_up(window, "win.set-up");

  drop(self->actual, gold);
  test_until(ms_set_window_get_preview(self));
  assert_path(self->actual, gold);
  assert_words(self->actual, "3 files");
  viewer_test_close(window);
}

/* The folders that there are can be chosen from a menu. */
static void
test_offered(void)
{
  g_auto(TestFolder) folder = odd_folder();
  MsWindow *window = viewer_test_open(NULL);
  MsSetWindow *self = set_up(window, "win.set-up");
  g_autoptr(GMenuModel) section = NULL;
  g_autofree char *label = NULL;
  GMenuModel *menu;

  type(self, self->set, folder.path);
  gtk_widget_activate_action(GTK_WIDGET(self), "set.add-model", NULL);
  menu = gtk_menu_button_get_menu_model(viewer_test_child(model(self, 1), "choose"));
  section = g_menu_model_get_item_link(menu, 0, G_MENU_LINK_SECTION);
  g_assert_cmpint(g_menu_model_get_n_items(section), ==, 2);
  g_menu_model_get_item_attribute(section, 1, "label", "s", &label);
  g_assert_cmpstr(label, ==, "netz__a   (2)");
  viewer_test_close(window);
}

static void
test_manifest(void)
{
  g_auto(TestFolder) folder = odd_folder();
  static const char text[] = "example,actual,predicted\nx,gold/x.png,netz_a/x.png\n";
  g_autofree char *path = test_file(&folder, "set.csv", text, strlen(text));
  MsWindow *window = viewer_test_open(path);
  MsSetWindow *self = set_up(window, "win.set-up");

  g_assert_false(gtk_widget_get_visible(self->places));
  g_assert_true(gtk_widget_get_visible(GTK_WIDGET(self->manifest)));
  assert_path(self->manifest, "set.csv");
  g_assert_cmpuint(ms_pair_table_get_n_lines(self->pairs), ==, 1);
  viewer_test_close(window);
}

/* --- keyboard, names, size ------------------------------------------------------------------- */

static gboolean
tab_to(MsSetWindow *self, gpointer wanted)
{
  for (int i = 0; i < 40; i++) {
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(self));

    if (focus == wanted || (focus && gtk_widget_is_ancestor(focus, wanted)))
      return TRUE;
    test_display_key("Tab");
    test_display_settle(GTK_WIDGET(self));
  }
  return FALSE;
}

static void
test_keyboard(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self;
  gpointer weak;

  test_display_key("Control_L+Shift_L+f");
  test_until(find_set_window());
  self = find_set_window();
  test_display_focus(GTK_WINDOW(self));
  test_until(ms_set_window_get_preview(self));
  g_assert_true(tab_to(self, entry(self->images, "path")));
  g_assert_true(tab_to(self, viewer_test_child(self->actual, "choose")));
  g_assert_true(tab_to(self, entry(model(self, 0), "name")));
  g_assert_true(tab_to(self, viewer_test_child(model(self, 0), "remove")));
  g_assert_true(tab_to(self, self->add));
  g_assert_true(tab_to(self, entry(self->classes, "path")));
  g_assert_true(tab_to(self, self->open));
  weak = self;
  g_object_add_weak_pointer(G_OBJECT(self), &weak);
  test_display_key("Escape");
  test_until(!weak);
  viewer_test_close(window);
}

static void
assert_named(gpointer widget, const char *label)
{
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

static void
test_names(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");

  assert_named(entry(self->actual, "path"), "Actual masks: folder, pattern or file");
  assert_named(viewer_test_child(self->actual, "choose"), "Choose for Actual masks");
  assert_named(entry(model(self, 1), "name"), "Name of the model");
  assert_named(entry(model(self, 1), "path"), "steady: folder, pattern or file");
  assert_named(viewer_test_child(model(self, 1), "remove"), "Remove steady");
  assert_named(self->add, "Add a model");
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(entry(self->actual, "path")),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "24 files");
  viewer_test_close(window);
}

static void
test_small(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSetWindow *self = set_up(window, "win.set-up");
  int width, height;

  for (int i = 0; i < 6; i++)
    gtk_widget_activate_action(GTK_WIDGET(self), "set.add-model", NULL);
  gtk_widget_measure(GTK_WIDGET(self), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure(GTK_WIDGET(self), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint(width, <=, 800);
  g_assert_cmpint(height, <=, 600);
  viewer_test_close(window);
}

/* Closed while it looks and saves: nothing crashes, nothing is left. */
static void
test_close_at_once(void)
{
  MsWindow *window = viewer_test_open(lesions);

  for (int i = 0; i < 4; i++) {
    MsSetWindow *self;
    gpointer weak;

    gtk_widget_activate_action(GTK_WIDGET(window), "win.set-up", NULL);
    weak = self = find_set_window();
    g_object_add_weak_pointer(G_OBJECT(self), &weak);
    if (i % 2)
      test_until(self->cancellable);
    if (i == 3) {
      test_until(ms_set_window_get_preview(self));
      ms_set_window_save_to(self, "/nowhere/x.maskset");
    }
    gtk_window_close(GTK_WINDOW(self));
    test_until(!weak);
  }
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/set-window/empty", test_empty);
  g_test_add_func("/app/set-window/recognised", test_recognised);
  g_test_add_func("/app/set-window/changed", test_changed);
  g_test_add_func("/app/set-window/quick-changes", test_quick_changes);
  g_test_add_func("/app/set-window/refused", test_refused);
  g_test_add_func("/app/set-window/other-error", test_other_error);
  g_test_add_func("/app/set-window/save", test_save);
  g_test_add_func("/app/set-window/save-fails", test_save_fails);
  g_test_add_func("/app/set-window/not-exact", test_not_exact);
  g_test_add_func("/app/set-window/back", test_back);
  g_test_add_func("/app/set-window/same-name", test_same_name);
  g_test_add_func("/app/set-window/models", test_models);
  g_test_add_func("/app/set-window/drop", test_drop);
  g_test_add_func("/app/set-window/offered", test_offered);
  g_test_add_func("/app/set-window/manifest", test_manifest);
  g_test_add_func("/app/set-window/keyboard", test_keyboard);
  g_test_add_func("/app/set-window/names", test_names);
  g_test_add_func("/app/set-window/small", test_small);
  g_test_add_func("/app/set-window/close-at-once", test_close_at_once);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
