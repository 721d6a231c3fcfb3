/* SPDX-License-Identifier: MIT
 *
 * Everything can be reached and is named: every action that a key, a menu or a button names exists
 * and takes what it is given; what has no text has a name for a screen reader; the keyboard gets
 * everywhere.
 */
#include "viewer-test.h"

#include "app/keys.h"
#include "mask-file.h"
#include "render/palette.h"
#include "set/describe.h"

static char *lesions;

/* --- actions --- */

typedef struct {
  MsWindow *window;
  guint n_seen;
} Check;

/* Actions that the class of a widget or of one above it installs. */
static gboolean
query_class(GtkWidget *widget, const char *wanted, const GVariantType **type)
{
  for (; widget; widget = gtk_widget_get_parent(widget)) {
    const char *name, *property;
    GType owner;

    for (guint i = 0; gtk_widget_class_query_action(GTK_WIDGET_GET_CLASS(widget), i, &owner, &name,
                                                    type, &property);
         i++)
      if (g_str_equal(name, wanted))
        return TRUE;
  }
  return FALSE;
}

static gboolean
query_group(GActionGroup *group, const char *prefix, const char *wanted, const GVariantType **type)
{
  gsize length = strlen(prefix);

  return strncmp(wanted, prefix, length) == 0 &&
         g_action_group_query_action(group, wanted + length, NULL, type, NULL, NULL, NULL);
}

static gboolean
find_action(Check *check, GtkWidget *widget, const char *name, const GVariantType **type)
{
  MsWindow *window = check->window;
  GtkApplication *application = gtk_window_get_application(GTK_WINDOW(window));

  return query_class(widget, name, type) ||
         query_group(G_ACTION_GROUP(window), "win.", name, type) ||
         query_group(G_ACTION_GROUP(application), "app.", name, type);
}

/* `target` NULL: none is given. */
static void
assert_action(Check *check, GtkWidget *widget, const char *name, GVariant *target)
{
  const GVariantType *type = NULL;

  if (!find_action(check, widget, name, &type))
    g_error("there is no action %s", name);
  if (!!target != !!type || (target && !g_variant_is_of_type(target, type)))
    g_error("%s is given %s", name, target ? g_variant_get_type_string(target) : "nothing");
  check->n_seen++;
}

static void
test_key_actions(void)
{
  Check check = {viewer_test_open(NULL), 0};
  guint n;
  const MsKeyBinding *bindings = ms_keys_get_bindings(&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = NULL;
    g_autoptr(GVariant) target = NULL;

    if (!bindings[i].action)
      continue;
    g_action_parse_detailed_name(bindings[i].action, &name, &target, NULL);
    assert_action(&check, GTK_WIDGET(check.window), name, target);
  }
  g_assert_cmpuint(check.n_seen, >, 20);
  viewer_test_close(check.window);
}

static void
check_menu(Check *check, GtkWidget *widget, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items(menu); i++) {
    g_autofree char *name = NULL;
    g_autoptr(GVariant) target = g_menu_model_get_item_attribute_value(menu, i, "target", NULL);
    g_autoptr(GMenuModel) section = g_menu_model_get_item_link(menu, i, G_MENU_LINK_SECTION);
    g_autoptr(GMenuModel) submenu = g_menu_model_get_item_link(menu, i, G_MENU_LINK_SUBMENU);

    if (g_menu_model_get_item_attribute(menu, i, "action", "s", &name))
      assert_action(check, widget, name, target);
    else
      g_assert_true(section || submenu);
    if (section)
      check_menu(check, widget, section);
    if (submenu)
      check_menu(check, widget, submenu);
  }
}

static void
test_menu_actions(void)
{
  Check check = {viewer_test_open(lesions), 0};
  g_autoptr(GPtrArray) all = viewer_test_tree(check.window);

  for (guint i = 0; i < all->len; i++) {
    GtkWidget *widget = g_ptr_array_index(all, i);
    GMenuModel *menu =
        GTK_IS_MENU_BUTTON(widget) ? gtk_menu_button_get_menu_model(GTK_MENU_BUTTON(widget)) : NULL;

    if (menu)
      check_menu(&check, widget, menu);
  }
  g_assert_cmpuint(check.n_seen, >, 20);
  viewer_test_close(check.window);
}

static void
test_button_actions(void)
{
  Check check = {viewer_test_open(lesions), 0};
  g_autoptr(GPtrArray) all = viewer_test_tree(check.window);

  for (guint i = 0; i < all->len; i++) {
    GtkWidget *widget = g_ptr_array_index(all, i);
    GtkActionable *actionable = GTK_IS_ACTIONABLE(widget) ? GTK_ACTIONABLE(widget) : NULL;

    if (actionable && gtk_actionable_get_action_name(actionable))
      assert_action(&check, widget, gtk_actionable_get_action_name(actionable),
                    gtk_actionable_get_action_target_value(actionable));
  }
  g_assert_cmpuint(check.n_seen, >, 10);
  viewer_test_close(check.window);
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
  MsWindow *window = viewer_test_open(lesions);

  assert_named(window->model_choice, "Model");
  assert_named(window->split_choice, "Split");
  assert_named(viewer_test_child(window->list, "search"), "Search names");
  assert_named(viewer_test_child(window->list, "order"), "Order");
  assert_named(viewer_test_child(window->list, "view"), "Examples");
  assert_named(viewer_test_child(window->inspector, "threshold"), "Threshold");
  assert_named(viewer_test_find(window->legend, GTK_TYPE_SCALE), "Opacity of the overlay");
  assert_named(viewer_test_find(window->legend, GTK_TYPE_MENU_BUTTON), "Zoom");
  viewer_test_close(window);
}

/* A chip says its kind in words and its count. */
static void
test_chips(void)
{
  static const MsKind chips[] = {MS_KIND_TP, MS_KIND_FP, MS_KIND_FN};
  MsWindow *window = viewer_test_open(lesions);
  MsKindCounts kinds = ms_confusion_kinds(window->shown->confusion);
  guint64 counts[] = {kinds.tp, kinds.fp, kinds.fn};

  for (guint i = 0; i < G_N_ELEMENTS(chips); i++) {
    g_autofree char *name = g_strdup_printf("chip_%u", i);
    g_autofree char *count = ms_describe_count(counts[i]);
    g_autofree char *spoken = g_strdup_printf("%s, %s: %s pixels", ms_kind_label(chips[i]),
                                              ms_kind_description(chips[i]), count);

    assert_named(viewer_test_child(window->legend, name), spoken);
  }
  viewer_test_close(window);
}

/* Inside of these, GTK names what needs a name. */
static gboolean
is_composite(GtkWidget *widget)
{
  return GTK_IS_DROP_DOWN(widget) || GTK_IS_MENU_BUTTON(widget) || GTK_IS_WINDOW_CONTROLS(widget) ||
         GTK_IS_SEARCH_ENTRY(widget);
}

static gboolean
needs_name(GtkWidget *widget)
{
  return GTK_IS_BUTTON(widget) || GTK_IS_DROP_DOWN(widget) || GTK_IS_MENU_BUTTON(widget) ||
         GTK_IS_SCALE(widget) || GTK_IS_SEARCH_ENTRY(widget) || GTK_IS_LIST_VIEW(widget) ||
         MS_IS_CANVAS(widget);
}

/* Text is a name; a picture is none. */
static gboolean
has_name(GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON(widget) && gtk_menu_button_get_label(GTK_MENU_BUTTON(widget)))
    return TRUE;
  if (GTK_IS_BUTTON(widget) && gtk_button_get_label(GTK_BUTTON(widget)))
    return TRUE;
  return gtk_test_accessible_has_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* Counts the controls and lists the nameless ones. */
static guint
check_names(GtkWidget *widget, GString *nameless)
{
  guint n = needs_name(widget);

  if (needs_name(widget) && !has_name(widget))
    g_string_append_printf(nameless, "a %s in a %s\n", G_OBJECT_TYPE_NAME(widget),
                           G_OBJECT_TYPE_NAME(gtk_widget_get_parent(widget)));
  if (is_composite(widget))
    return n;
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child))
    n += check_names(child, nameless);
  return n;
}

/* A control without a name is spoken as the name of its type. */
static void
test_nothing_nameless(void)
{
  MsWindow *window = viewer_test_open(lesions);
  g_autoptr(GString) nameless = g_string_new(NULL);

  g_assert_cmpuint(check_names(GTK_WIDGET(window), nameless), >, 20);
  g_assert_cmpstr(nameless->str, ==, "");
  viewer_test_close(window);
}

/* --- keyboard --- */

/* Presses Tab until the focus is on, or inside of, a widget. */
static gboolean
tab_to(MsWindow *window, gpointer wanted)
{
  for (int i = 0; i < 60; i++) {
    GtkWidget *focus;

    test_display_key("Tab");
    test_display_settle(GTK_WIDGET(window));
    focus = gtk_window_get_focus(GTK_WINDOW(window));
    if (focus == wanted || (focus && gtk_widget_is_ancestor(focus, wanted)))
      return TRUE;
  }
  return FALSE;
}

static void
test_tab(void)
{
  MsWindow *window = viewer_test_open(lesions);

  g_assert_true(tab_to(window, viewer_test_child(window->list, "search")));
  g_assert_true(tab_to(window, viewer_test_child(window->list, "view")));
  g_assert_true(tab_to(window, window->canvas));
  g_assert_true(tab_to(window, viewer_test_child(window->legend, "chip_0")));
  g_assert_true(tab_to(window, viewer_test_find(window->legend, GTK_TYPE_SCALE)));
  g_assert_true(tab_to(window, viewer_test_child(window->inspector, "unfold")));
  viewer_test_close(window);
}

/* Past labels that nothing can be pressed on. */
static gboolean
is_in_list(MsWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(window));

  return focus && gtk_widget_is_ancestor(focus, viewer_test_child(window->list, "view"));
}

/* The list is one stop, however many rows it has, and going there chooses nothing. */
static void
test_tab_past_list(void)
{
  MsWindow *window = viewer_test_open(lesions);
  guint example;

  test_display_key("End");
  test_until(window->example > 20 && viewer_test_is_painted(window));
  example = window->example;
  g_assert_true(tab_to(window, viewer_test_child(window->list, "view")));
  test_display_key("Tab");
  test_display_settle(GTK_WIDGET(window));
  g_assert_false(is_in_list(window));
  test_display_key("Shift_L+Tab");
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(is_in_list(window));
  test_display_key("Shift_L+Tab");
  test_display_settle(GTK_WIDGET(window));
  g_assert_false(is_in_list(window));
  g_assert_cmpuint(window->example, ==, example);
  test_display_key("Tab");
  test_display_settle(GTK_WIDGET(window));
  test_display_key("Up");
  test_until(window->example == example - 1);
  viewer_test_close(window);
}

static void
test_tab_labels(void)
{
  g_autofree char *songs = viewer_test_sample("songs");
  MsWindow *window = viewer_test_open(songs);

  g_assert_true(tab_to(window, window->label_view));
  g_assert_true(tab_to(window, viewer_test_child(window->inspector, "unfold")));
  viewer_test_close(window);
}

/* A message over the picture does not catch the focus. */
static void
test_tab_past_message(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  test_write_columns(&folder, "actual/a.png", 16, 8, 8, 255);
  test_write_columns(&folder, "predicted/a.png", 16, 8, 8, 255);
  test_write_columns(&folder, "actual/b.png", 16, 8, 8, 255);
  window = viewer_test_open(folder.path);
  viewer_test_step(window, "Right", 1);
  g_assert_true(gtk_widget_get_visible(window->canvas_message));
  g_assert_true(tab_to(window, window->canvas));
  g_assert_true(tab_to(window, viewer_test_child(window->legend, "chip_0")));
  g_assert_true(tab_to(window, window->canvas));
  viewer_test_close(window);
}

/* The rows of the list are walked with the arrows. */
static void
test_rows(void)
{
  MsWindow *window = viewer_test_open(lesions);

  g_assert_true(tab_to(window, viewer_test_child(window->list, "view")));
  viewer_test_step(window, "Down", 1);
  viewer_test_step(window, "Down", 2);
  viewer_test_step(window, "Up", 1);
  viewer_test_close(window);
}

/* A slider that has the focus keeps its keys. */
static void
assert_slider_keeps_keys(MsWindow *window, GtkWidget *slider)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment(GTK_RANGE(slider));
  double before = gtk_adjustment_get_value(adjustment);
  double step = gtk_adjustment_get_step_increment(adjustment);
  guint example = window->example;

  gtk_widget_grab_focus(slider);
  test_display_key("Right");
  test_until(gtk_adjustment_get_value(adjustment) > before + step / 2);
  test_display_key("Left");
  test_until(gtk_adjustment_get_value(adjustment) < before + step / 2);
  test_display_key("Home");
  test_until(gtk_adjustment_get_value(adjustment) == gtk_adjustment_get_lower(adjustment));
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(window->example, ==, example);
  gtk_adjustment_set_value(adjustment, before);
}

/* Moved by the pointer, from its thumb to the left end: the picture keeps the keyboard. */
static void
assert_pointer_leaves_keys(MsWindow *window, GtkWidget *slider)
{
  GtkRange *range = GTK_RANGE(slider);
  GdkRectangle trough;
  double before = gtk_range_get_value(range);
  double y;
  int from, to;

  ms_window_focus_example(window);
  gtk_range_get_range_rect(range, &trough);
  gtk_range_get_slider_range(range, &from, &to);
  y = trough.y + trough.height / 2.0;
  test_display_point_at(slider, (from + to) / 2.0, y);
  test_display_button(1, TRUE);
  test_until(gtk_widget_get_state_flags(slider) & GTK_STATE_FLAG_ACTIVE ||
             gtk_window_get_focus(GTK_WINDOW(window)) == slider);
  test_display_point_at(slider, trough.x + 1, y);
  test_until(gtk_range_get_value(range) < before);
  test_display_button(1, FALSE);
  test_until(gtk_window_get_focus(GTK_WINDOW(window)) != slider);
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == GTK_WIDGET(window->canvas));
}

static void
test_sliders(void)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_window_set_model(window, viewer_test_model(window, "steady"));
  test_until(viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  viewer_test_step(window, "Right", 1);
  assert_slider_keeps_keys(window, viewer_test_find(window->legend, GTK_TYPE_SCALE));
  assert_slider_keeps_keys(window, viewer_test_child(window->inspector, "threshold"));
  assert_pointer_leaves_keys(window, viewer_test_find(window->legend, GTK_TYPE_SCALE));
  assert_pointer_leaves_keys(window, viewer_test_child(window->inspector, "threshold"));
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/access/key-actions", test_key_actions);
  g_test_add_func("/app/access/menu-actions", test_menu_actions);
  g_test_add_func("/app/access/button-actions", test_button_actions);
  g_test_add_func("/app/access/names", test_names);
  g_test_add_func("/app/access/chips", test_chips);
  g_test_add_func("/app/access/nothing-nameless", test_nothing_nameless);
  g_test_add_func("/app/access/tab", test_tab);
  g_test_add_func("/app/access/tab-past-list", test_tab_past_list);
  g_test_add_func("/app/access/tab-labels", test_tab_labels);
  g_test_add_func("/app/access/tab-past-message", test_tab_past_message);
  g_test_add_func("/app/access/rows", test_rows);
  g_test_add_func("/app/access/sliders", test_sliders);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
