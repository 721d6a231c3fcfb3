/* SPDX-License-Identifier: MIT
 *
 * What is said of the pixel under the pointer, by what the masks hold: names, a probability, or all
 * classes of the pixel with their scores.
 */
#include "app/readout.h"

#include "support/masks.h"

typedef struct {
  TestFolder folder;
  MsSet *set;
  MsFrame frame;
  MsResult result;
  MsRuleset *rules;
} Scene;

static MsSet *
open_set(const TestFolder *folder)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsSet *set;

  test_write_class_set(folder);
  options->set = g_strdup(folder->path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

static void
scene_init(Scene *scene)
{
  *scene = (Scene){.folder = test_folder_new()};
  scene->set = open_set(&scene->folder);
  scene->frame = (MsFrame){.set = scene->set, .result = &scene->result};
}

static void
scene_clear(Scene *scene)
{
  ms_raster_clear(&scene->frame.actual);
  ms_raster_clear(&scene->frame.predicted);
  ms_stacks_free(scene->result.actual_stacks);
  ms_stacks_free(scene->result.predicted_stacks);
  g_clear_pointer(&scene->rules, ms_ruleset_unref);
  g_object_unref(scene->set);
  test_folder_clear(&scene->folder);
}

static void
assert_readout(Scene *scene, int x, const char *expected)
{
  MsDisplay display = {.frame = &scene->frame, .rules = scene->rules};
  g_autofree char *text = ms_readout_at(&display, x, 0);

  g_assert_cmpstr(text, ==, expected);
}

static void
fill(MsRaster *raster, const guint16 *samples, int n)
{
  g_assert_cmpint(ms_raster_init(raster, n, 1, 16), ==, MS_STATUS_OK);
  memcpy(ms_raster_row_writable(raster, 0), samples, sizeof *samples * (gsize)n);
}

static void
test_classes(void)
{
  static const guint16 actual[] = {1, 0, 255}, predicted[] = {2, 1, 9};
  static const guint32 ignored[] = {255};
  Scene scene;
  MsRules rules = {.comparison = MS_COMPARE_CLASSES, .ignored = ignored, .n_ignored = 1};

  scene_init(&scene);
  fill(&scene.frame.actual, actual, 3);
  fill(&scene.frame.predicted, predicted, 3);
  scene.frame.has_actual = scene.frame.has_predicted = TRUE;
  scene.rules = ms_ruleset_new(&rules, 0.5);
  assert_readout(&scene, 0, "x 0  y 0  ·  actual cat  ·  predicted dog");
  assert_readout(&scene, 1, "x 1  y 0  ·  actual background  ·  predicted cat");
  assert_readout(&scene, 2, "x 2  y 0  ·  actual ignored  ·  predicted 9");
  assert_readout(&scene, 3, "x 3  y 0");
  scene_clear(&scene);
}

/* Of 8 bits, and of floats, whose largest sample is another. */
static void
test_values(void)
{
  static const guint16 actual[] = {1, 0}, bytes[] = {204, 127}, floats[] = {3001, 12};
  Scene scene;
  MsRules rules;

  scene_init(&scene);
  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_THRESHOLD;
  fill(&scene.frame.actual, actual, 2);
  fill(&scene.frame.predicted, bytes, 2);
  scene.frame.has_actual = scene.frame.has_predicted = TRUE;
  scene.rules = ms_ruleset_new_of_values(&rules, 0.5, 255);
  assert_readout(&scene, 0, "x 0  y 0  ·  actual cat  ·  predicted cat  ·  p 0.800");
  ms_raster_clear(&scene.frame.predicted);
  ms_ruleset_unref(scene.rules);
  fill(&scene.frame.predicted, floats, 2);
  scene.rules = ms_ruleset_new_of_values(&rules, 0.5, 4000);
  assert_readout(&scene, 0, "x 0  y 0  ·  actual cat  ·  predicted cat  ·  p 0.750");
  assert_readout(&scene, 1, "x 1  y 0  ·  actual background  ·  predicted background  ·  p 0.003");
  scene_clear(&scene);
}

static void
paint_object(MsStackPainter *painter, guint32 id, double score, int x)
{
  ms_stack_painter_begin(painter, id, ms_stack_score(score));
  g_assert_cmpint(ms_stack_painter_column(painter, x, 0, 1), ==, MS_STATUS_OK);
}

/* x 0 a cat and a dog; 1 a cat that the threshold leaves out; 2 nothing; 3 a dog for sure. */
static void
test_stacks(void)
{
  MsRules rules = {.comparison = MS_COMPARE_STACKS, .background = -1};
  MsStackPainter *painter;
  Scene scene;

  scene_init(&scene);
  g_assert_cmpint(ms_stack_painter_new(4, 1, &painter), ==, MS_STATUS_OK);
  paint_object(painter, 2, 0.87, 0);
  paint_object(painter, 1, 0.61, 0);
  paint_object(painter, 1, 0.31, 1);
  paint_object(painter, 1, 0.9, 3);
  paint_object(painter, 2, 0.2, 3);
  g_assert_cmpint(
      ms_stack_painter_finish(painter, &scene.frame.predicted, &scene.result.predicted_stacks), ==,
      MS_STATUS_OK);
  g_assert_cmpint(ms_stack_painter_new(4, 1, &painter), ==, MS_STATUS_OK);
  paint_object(painter, 1, 1, 0);
  paint_object(painter, 2, 1, 0);
  g_assert_cmpint(
      ms_stack_painter_finish(painter, &scene.frame.actual, &scene.result.actual_stacks), ==,
      MS_STATUS_OK);
  scene.frame.has_actual = scene.frame.has_predicted = TRUE;
  scene.rules = ms_ruleset_new_of_values(&rules, 0.5, MS_STACK_MAXIMUM);
  assert_readout(&scene, 0, "x 0  y 0  ·  actual cat, dog  ·  predicted cat 0.61, dog 0.87");
  assert_readout(&scene, 1, "x 1  y 0  ·  actual nothing  ·  predicted nothing (cat 0.31)");
  assert_readout(&scene, 2, "x 2  y 0  ·  actual nothing  ·  predicted nothing");
  assert_readout(&scene, 3, "x 3  y 0  ·  actual nothing  ·  predicted cat 0.90 (dog 0.20)");
  scene_clear(&scene);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/app/readout/classes", test_classes);
  g_test_add_func("/app/readout/values", test_values);
  g_test_add_func("/app/readout/stacks", test_stacks);
  return g_test_run();
}
