/* SPDX-License-Identifier: MIT
 *
 * Predictions that are all moved the same way, by models whose edges are so imprecise that hardly
 * two pairs lie best at the same place; their twins, which are not moved; and what looks like a
 * move and is none.
 */
#include "set/check-evidence.h"
#include "set/check-scene.h"

#define N_EXAMPLES 20
/* More than are compared with each other. */
#define N_MANY (MS_CHECK_N_CLOSE * 3 / 2)

typedef struct {
  guint n_classes;
  int error;              /* of the model's edges */
  int grown;              /* it draws everything larger by so much all around */
  int astray;             /* it moves each prediction by up to so much, another way each */
  int dx, dy;             /* somebody moved them all */
  int shadow_x, shadow_y; /* it takes what lies there from an object for a part of it */
  int missing_x;          /* it misses so much of objects on their left */
  gboolean sunken;        /* class 1 is a sky that it takes for lower than it is */
  gboolean many;          /* N_MANY examples, else N_EXAMPLES */
} Model;

static Scene
grow(const Scene *scene, int by)
{
  Scene grown = scene_new(scene->width, scene->height);

  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      for (int dy = -by; dy <= by; dy++)
        for (int dx = -by; dx <= by; dx++)
          grown.pixels[y * grown.width + x] =
              MAX(grown.pixels[y * grown.width + x], scene_get(scene, x + dx, y + dy));
  return grown;
}

/* As it is, with what is seen of it at every step of a move: the most, or the least. */
static Scene
smear(const Scene *scene, int by_x, int by_y, gboolean most)
{
  Scene smeared = scene_new(scene->width, scene->height);
  int n = MAX(MAX(ABS(by_x), ABS(by_y)), 1);

  memcpy(smeared.pixels, scene->pixels, (gsize)scene->width * scene->height);
  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      for (int i = 1; i <= n; i++) {
        guint8 *pixel = &smeared.pixels[y * smeared.width + x];
        guint8 id = scene_get(scene, x - by_x * i / n, y - by_y * i / n);

        *pixel = most ? MAX(*pixel, id) : MIN(*pixel, id);
      }
  return smeared;
}

static Scene
move(const Scene *scene, int dx, int dy)
{
  Scene moved = scene_new(scene->width, scene->height);

  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      moved.pixels[y * moved.width + x] = scene_get(scene, x - dx, y - dy);
  return moved;
}

/* A sky down to a line that wanders, over ground. */
static Scene
draw_sky(TestRandom *random, int lower)
{
  Scene scene = scene_new(SCENE_WIDTH, SCENE_HEIGHT);
  int height = 0;

  for (int x = 0; x < scene.width; x++) {
    if (x % 12 == 0)
      height = 20 + (int)test_random_below(random, 20);
    for (int y = 0; y < scene.height; y++)
      scene.pixels[y * scene.width + x] = y < height + lower ? 1 : 2;
  }
  return scene;
}

static int
any(TestRandom *random, int most)
{
  return (int)test_random_below(random, 2 * (guint)most + 1) - most;
}

static void
write_example(const TestFolder *folder, const Model *model, TestRandom *random, guint number)
{
  TestRandom again = *random;
  g_auto(Scene) actual =
      model->sunken ? draw_sky(random, 0) : scene_random(random, model->n_classes);
  g_auto(Scene) seen = model->sunken ? draw_sky(&again, 5) : move(&actual, 0, 0);
  g_auto(Scene) edged = scene_predict(&seen, random, model->error);
  g_auto(Scene) shadowed = smear(&edged, model->shadow_x, model->shadow_y, TRUE);
  g_auto(Scene) left = smear(&shadowed, model->missing_x, 0, FALSE);
  g_auto(Scene) grown = grow(&left, model->grown);
  g_auto(Scene) predicted =
      move(&grown, model->dx + any(random, model->astray), model->dy + any(random, model->astray));

  scene_write(&actual, folder, "actual", number);
  scene_write(&predicted, folder, "predicted", number);
}

static guint
n_examples_of(const Model *model)
{
  return model->many ? N_MANY : N_EXAMPLES;
}

static MsCheck *
check_model(const Model *model)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  const MsCheckLimits limits = {.max_examples = N_MANY, .seconds = 1000, .jobs = 2};
  TestRandom random = {77};
  MsCheck *check;

  for (guint i = 0; i < n_examples_of(model); i++)
    write_example(&folder, model, &random, i);
  options->set = g_strdup(folder.path);
  options->no_cache = TRUE;
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  check = ms_check_run(set, &limits, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return check;
}

static const MsCheckFinding *
find_shifted(const MsCheck *check)
{
  for (guint i = 0; i < check->findings->len; i++) {
    const MsCheckFinding *finding = check->findings->pdata[i];

    g_test_message("%s: %s. %s (%.4f, %.4f)", ms_check_kind_id(finding->kind), finding->title,
                   finding->detail, finding->before.value, finding->after.value);
    if (finding->kind == MS_CHECK_SHIFTED)
      return finding;
  }
  return NULL;
}

/* --- moved ---------------------------------------------------------------------------------- */

static const struct {
  const char *name;
  Model model;
} moved[] = {
    {"/check-moves/told/edges", {.n_classes = 1, .error = 4, .dx = 3}},
    {"/check-moves/told/classes", {.n_classes = 4, .error = 4, .dx = -2, .dy = 3}},
    {"/check-moves/told/far", {.n_classes = 2, .error = 3, .dx = 1, .dy = -6}},
    /* Within what is drawn too large nothing is gained. */
    {"/check-moves/told/grown", {.n_classes = 1, .error = 1, .grown = 1, .dx = 1, .dy = 1}},
    {"/check-moves/told/astray", {.n_classes = 1, .error = 2, .astray = 1, .dx = -2}},
    {"/check-moves/told/many", {.n_classes = 1, .error = 4, .dx = 3, .many = TRUE}},
};

static void
test_told(gconstpointer data)
{
  const Model *model = data;
  Model healthy = *model;
  guint n_looked = n_examples_of(model);
  g_autoptr(MsCheck) check = check_model(model), twin = NULL;
  const MsCheckFinding *finding = find_shifted(check);

  g_assert_nonnull(finding);
  g_assert_nonnull(finding->adjustment);
  g_assert_cmpint(finding->adjustment->shift_x, ==, -model->dx);
  g_assert_cmpint(finding->adjustment->shift_y, ==, -model->dy);
  g_assert_cmpuint(finding->n_examples, >=, n_looked * 8 / 10);
  g_assert_cmpuint(finding->n_looked, ==, n_looked);
  g_assert_cmpuint(finding->n_scored, ==, n_looked);
  g_assert_cmpfloat(finding->after.value, >=, finding->before.value - 0.001);
  healthy.dx = healthy.dy = 0;
  twin = check_model(&healthy);
  g_assert_null(find_shifted(twin));
}

/* --- not moved ------------------------------------------------------------------------------ */

static const struct {
  const char *name;
  Model model;
} calm[] = {
    {"/check-moves/calm/edges", {.n_classes = 3, .error = 8}},
    {"/check-moves/calm/grown", {.n_classes = 1, .error = 1, .grown = 3}},
    {"/check-moves/calm/astray", {.n_classes = 1, .error = 1, .astray = 6}},
    {"/check-moves/calm/sunken", {.error = 2, .sunken = TRUE}},
    /* Errors on one side: the middle is no place where they were moved from. */
    {"/check-moves/calm/larger", {.n_classes = 1, .error = 1, .shadow_x = 7}},
    {"/check-moves/calm/shadow", {.n_classes = 1, .error = 3, .shadow_x = 6, .shadow_y = 4}},
    {"/check-moves/calm/missing", {.n_classes = 1, .error = 2, .missing_x = 6}},
};

static void
test_calm(gconstpointer data)
{
  g_autoptr(MsCheck) check = check_model(data);

  g_assert_null(find_shifted(check));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(moved); i++)
    g_test_add_data_func(moved[i].name, &moved[i].model, test_told);
  for (gsize i = 0; i < G_N_ELEMENTS(calm); i++)
    g_test_add_data_func(calm[i].name, &calm[i].model, test_calm);
  return g_test_run();
}
