/* SPDX-License-Identifier: MIT
 *
 * The fold "Boundary and instance metrics": nothing is worked out until it is opened; of the class
 * that is looked at alone; given up when another example comes; infinite distances in words; at
 * the tolerance that is set.
 */
#include "viewer-test.h"

#include "app/fold.h"
#include "app/measures-view.h"
#include "support/masks.h"

enum { BOUNDARY_IOU, HAUSDORFF, HD95, ASSD, MASD, SURFACE_DICE, PQ };

/* --- sets --- */

static void
write_binary_set(const TestFolder *folder)
{
  test_write_mask(folder, "actual/a.png", "##......\n##......");
  test_write_mask(folder, "predictions/a.png", "##..#...\n##......");
  test_write_mask(folder, "actual/b.png", "........\n........");
  test_write_mask(folder, "predictions/b.png", "#.......\n........");
  test_write_mask(folder, "actual/c.png", "##......\n........");
  test_write_mask(folder, "predictions/c.png", "........\n........");
}

static MsWindow *
open_folder(const TestFolder *folder)
{
  MsWindow *window = viewer_test_open(folder->path);

  test_until(viewer_test_is_scored(window) && viewer_test_is_painted(window));
  return window;
}

/* --- looks --- */

static MsMeasuresView *
view_of(MsWindow *window)
{
  return viewer_test_find(window->inspector, MS_TYPE_MEASURES_VIEW);
}

static void
set_open(MsWindow *window, gboolean open)
{
  ms_fold_set_open(viewer_test_child(view_of(window), "fold"), open);
}

static gboolean
is_shown(MsWindow *window)
{
  return gtk_widget_get_visible(viewer_test_child(view_of(window), "grid")) &&
         !ms_measures_view_is_busy(view_of(window));
}

static const char *
cell(MsWindow *window, int column, int row)
{
  GtkGrid *grid = viewer_test_child(view_of(window), "grid");

  return gtk_label_get_text(GTK_LABEL(gtk_grid_get_child_at(grid, column, row)));
}

static const char *
note(MsWindow *window)
{
  return viewer_test_text(view_of(window), "note");
}

static void
assert_noted(MsWindow *window, const char *part)
{
  if (!strstr(note(window), part))
    g_error("'%s' is not in: %s", part, note(window));
}

/* --- tests --- */

static void
test_on_demand(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  write_binary_set(&folder);
  window = open_folder(&folder);
  set_open(window, FALSE);
  viewer_test_step(window, "Right", 1);
  viewer_test_step(window, "Left", 0);
  g_assert_false(ms_measures_view_is_busy(view_of(window)));
  g_assert_false(is_shown(window));
  set_open(window, TRUE);
  test_until(is_shown(window));
  g_assert_cmpstr(cell(window, 0, HAUSDORFF), ==, "Hausdorff distance");
  g_assert_cmpstr(cell(window, 1, HAUSDORFF), ==, "3.000 px");
  g_assert_cmpstr(cell(window, 1, BOUNDARY_IOU), ==, "0.800");
  g_assert_cmpstr(cell(window, 1, PQ), ==, "n/a");
  assert_noted(window, "needs instance maps on both sides");
  viewer_test_close(window);
}

static void
test_infinite(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  write_binary_set(&folder);
  window = open_folder(&folder);
  set_open(window, TRUE);
  viewer_test_step(window, "Right", 1);
  test_until(is_shown(window));
  g_assert_cmpstr(cell(window, 1, HD95), ==, "infinite");
  assert_noted(window, "the actual mask is empty");
  viewer_test_step(window, "Right", 2);
  test_until(is_shown(window) && strstr(note(window), "the predicted mask is empty"));
  g_assert_cmpstr(cell(window, 1, ASSD), ==, "infinite");
  viewer_test_close(window);
}

/* However fast examples come, what is shown is of the last one. */
static void
test_another_example(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  write_binary_set(&folder);
  window = open_folder(&folder);
  set_open(window, TRUE);
  g_assert_true(ms_measures_view_is_busy(view_of(window)));
  set_open(window, FALSE);
  g_assert_false(ms_measures_view_is_busy(view_of(window)));
  set_open(window, TRUE);
  viewer_test_step(window, "End", 2);
  g_assert_true(ms_measures_view_is_busy(view_of(window)) ||
                strstr(note(window), "predicted mask is empty"));
  ms_example_list_select(window->list, 0);
  test_until(viewer_test_is_painted(window) && window->example == 0 && is_shown(window));
  g_assert_cmpstr(cell(window, 1, HAUSDORFF), ==, "3.000 px");
  viewer_test_close(window);
}

/* Of a class alone, without measuring again. */
static void
test_class_alone(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  test_write_class_set(&folder);
  window = open_folder(&folder);
  set_open(window, TRUE);
  test_until(is_shown(window));
  g_assert_cmpstr(cell(window, 1, BOUNDARY_IOU), ==, "0.550");
  assert_noted(window, "Means over the classes other than background");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.solo-class", "u", 2u);
  test_until(viewer_test_is_painted(window) && is_shown(window) &&
             strcmp(cell(window, 1, BOUNDARY_IOU), "0.500") == 0);
  g_assert_cmpstr(viewer_test_text(view_of(window), "subject"), ==, "dog against the rest");
  viewer_test_close(window);
}

/* At 2 px without a tolerance, else at that. The pixel that is wrong is 3 away. */
static void
test_tolerance(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  write_binary_set(&folder);
  window = open_folder(&folder);
  set_open(window, TRUE);
  test_until(is_shown(window));
  g_assert_cmpstr(cell(window, 0, SURFACE_DICE), ==, "Surface Dice at 2 px");
  g_assert_cmpstr(cell(window, 1, SURFACE_DICE), ==, "0.889");
  assert_noted(window, "as none is set");
  g_action_group_change_action_state(G_ACTION_GROUP(window), "tolerance", g_variant_new_int32(3));
  test_until(is_shown(window) && strstr(cell(window, 0, SURFACE_DICE), "3 px"));
  g_assert_cmpstr(cell(window, 1, SURFACE_DICE), ==, "1.000");
  assert_noted(window, "the tolerance that is set");
  g_action_group_change_action_state(G_ACTION_GROUP(window), "tolerance", g_variant_new_int32(0));
  test_until(is_shown(window) && strstr(cell(window, 0, SURFACE_DICE), "2 px"));
  viewer_test_close(window);
}

static void
add_tests(void)
{
  g_test_add_func("/measures/on-demand", test_on_demand);
  g_test_add_func("/measures/infinite", test_infinite);
  g_test_add_func("/measures/another-example", test_another_example);
  g_test_add_func("/measures/class-alone", test_class_alone);
  g_test_add_func("/measures/tolerance", test_tolerance);
}

int
main(int argc, char **argv)
{
  return test_display_main(argc, argv, add_tests);
}
