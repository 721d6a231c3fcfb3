/* SPDX-License-Identifier: MIT
 *
 * Tolerance: reaches drawn by hand, random scenes against the nearest pixel looked for in all of
 * the image, and what turning an image must not change.
 */
#include "metric/reach.h"

#include <math.h>

#include "plane-cases.h"

/* What other parts have written into the map, which stays. */
#define LOW_BITS 5

static MsReach
reach_of(const MsPlanes *planes, MsRaster *map)
{
  MsReach reach;

  *map = case_new_raster(planes->width, planes->height, 8);
  for (int y = 0; y < map->height; y++) {
    for (int x = 0; x < map->width; x++)
      ascii_set(map, x, y, LOW_BITS);
  }
  g_assert_cmpint(ms_reach_find(planes, map, NULL, &reach), ==, MS_STATUS_OK);
  return reach;
}

/* '.' right, '1' to '9', 'a' to 'k' for 10 to 20, '*' never. */
static char
reach_letter(uint32_t byte)
{
  uint32_t reach = byte >> 3;

  g_assert_cmpuint(byte & 7, ==, LOW_BITS);
  if (reach == 0)
    return '.';
  if (reach == MS_REACH_NONE)
    return '*';
  g_assert_cmpuint(reach, <=, MS_REACH_MAX);
  return (char)(reach < 10 ? '0' + reach : 'a' + reach - 10);
}

static char *
draw(const MsRaster *map)
{
  GString *text = g_string_new(NULL);

  for (int y = 0; y < map->height; y++) {
    for (int x = 0; x < map->width; x++)
      g_string_append_c(text, reach_letter(ms_raster_get(map, x, y)));
    g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}

/* The sums are those of the map. */
static void
check_sums(const MsPlanes *planes, const MsRaster *map, const MsReach *reach)
{
  MsReach want = {0};

  for (int y = 0; y < planes->height; y++) {
    for (int x = 0; x < planes->width; x++) {
      int pixel_reach = (int)(ms_raster_get(map, x, y) >> 3);

      g_assert_cmpint(pixel_reach != 0, ==, case_is_wrong(planes, x, y));
      for (int k = pixel_reach; k > 0 && k <= MS_REACH_MAX; k++)
        case_mend_pixel(planes, x, y, &want.within[k]);
    }
  }
  for (int k = 0; k <= MS_REACH_MAX; k++)
    assert_mend(&reach->within[k], &want.within[k]);
  g_assert_cmpuint(reach->within[0].pixels, ==, 0);
}

static void
assert_reach(const MsRules *rules, const MsFocus *focus, const char *actual, const char *predicted,
             const char *want)
{
  MsPlanes planes = case_planes_of_ascii(rules, focus, actual, predicted);
  MsRaster map;
  MsReach reach = reach_of(&planes, &map), unmapped;
  g_autofree char *got = draw(&map);

  g_assert_cmpstr(got, ==, want);
  check_sums(&planes, &map, &reach);
  g_assert_cmpint(ms_reach_find(&planes, NULL, NULL, &unmapped), ==, MS_STATUS_OK);
  g_assert_cmpmem(&unmapped, sizeof unmapped, &reach, sizeof reach);
  ms_raster_clear(&map);
  ms_planes_clear(&planes);
}

static MsRules
binary_rules(void)
{
  static const uint32_t ignored[] = {255};
  MsRules rules;

  ms_rules_init(&rules);
  rules.ignored = ignored;
  rules.n_ignored = G_N_ELEMENTS(ignored);
  return rules;
}

static void
assert_binary(const char *actual, const char *predicted, const char *want)
{
  MsRules rules = binary_rules();

  assert_reach(&rules, &MS_FOCUS_ALL, actual, predicted, want);
}

static void
assert_classes(const MsFocus *focus, const char *actual, const char *predicted, const char *want)
{
  static const uint32_t classes[] = {0, 1, 2, 3};
  MsRules rules = binary_rules();

  rules.comparison = MS_COMPARE_CLASSES;
  rules.classes = classes;
  rules.n_classes = G_N_ELEMENTS(classes);
  assert_reach(&rules, focus, actual, predicted, want);
}

static void
test_false_negatives(void)
{
  assert_binary(".......\n"
                ".#####.\n"
                ".#####.\n"
                ".#####.\n"
                ".#####.\n"
                ".#####.\n"
                ".......\n",
                ".......\n"
                ".......\n"
                ".......\n"
                ".......\n"
                ".......\n"
                ".......\n"
                ".......\n",
                ".......\n"
                ".11111.\n"
                ".12221.\n"
                ".12321.\n"
                ".12221.\n"
                ".11111.\n"
                ".......\n");
}

/* Straight lines: the root of 2 needs a tolerance of 2, of 5 of 3, of 18 of 5. */
static void
test_false_positives(void)
{
  assert_binary("#...\n"
                "....\n"
                "....\n"
                "....\n",
                "####\n"
                "####\n"
                "####\n"
                "####\n",
                ".123\n"
                "1234\n"
                "2334\n"
                "3445\n");
}

/* What lies outside of the image forgives nothing. */
static void
test_frame(void)
{
  assert_binary("#####.\n", "......\n", "54321.\n");
  assert_binary("###\n###\n", "...\n...\n", "***\n***\n");
  assert_binary("...\n...\n", "###\n###\n", "***\n***\n");
}

static void
test_maximum(void)
{
  assert_binary("#......................\n", "#######################\n",
                ".123456789abcdefghijk**\n");
  assert_binary("......................#\n", "#######################\n",
                "**kjihgfedcba987654321.\n");
}

/* Neither of the class nor not of it. */
static void
test_ignored(void)
{
  assert_binary("##??.\n", "...#.\n", "43...\n");
  assert_binary("##??\n", "....\n", "**..\n");
  assert_binary("..?#\n", "##..\n", "32.2\n");
}

static void
test_class_of_its_own(void)
{
  assert_classes(&MS_FOCUS_ALL, "1..2\n", "1112\n", ".12.\n");
  assert_classes(&MS_FOCUS_ALL, "1..2\n", "1222\n", ".21.\n");
  assert_classes(&MS_FOCUS_ALL, "1..2\n", "1332\n", ".**.\n");
}

/* As false positives; another class is as good as background to what was missed. */
static void
test_confused(void)
{
  assert_classes(&MS_FOCUS_ALL, "1112\n", "2222\n", "321.\n");
  assert_classes(&MS_FOCUS_ALL, "1112\n", "3333\n", "****\n");
  assert_classes(&MS_FOCUS_ALL, "1112\n", "0002\n", "321.\n");
  /* 9 is no class. */
  assert_classes(&MS_FOCUS_ALL, "1000\n", "9990\n", "1**.\n");
}

/* A hidden class is right, and still another one. */
static void
test_focus(void)
{
  static const uint32_t hidden[] = {2};

  assert_classes(&(MsFocus){.solo = -1, .hidden = hidden, .n_hidden = 1}, "1112\n", "0020\n",
                 "32..\n");
  assert_classes(&(MsFocus){.solo = 2}, "1112\n", "0220\n", ".211\n");
}

/* One pixel more all around is forgiven by 2, where corners are filled; by 1, where they are not.
 */
static void
test_dilated(void)
{
  const char *actual = "......\n"
                       "......\n"
                       "..##..\n"
                       "..##..\n"
                       "......\n"
                       "......\n";

  assert_binary(actual,
                "......\n"
                ".####.\n"
                ".####.\n"
                ".####.\n"
                ".####.\n"
                "......\n",
                "......\n"
                ".2112.\n"
                ".1..1.\n"
                ".1..1.\n"
                ".2112.\n"
                "......\n");
  assert_binary(actual,
                "......\n"
                "..##..\n"
                ".####.\n"
                ".####.\n"
                "..##..\n"
                "......\n",
                "......\n"
                "..11..\n"
                ".1..1.\n"
                ".1..1.\n"
                "..11..\n"
                "......\n");
}

static void
test_cancelled(void)
{
  MsRules rules = binary_rules();
  MsRaster actual = case_new_raster(300, 200, 8), predicted = case_new_raster(300, 200, 8);
  MsPlanes planes;
  MsStatus status = MS_STATUS_CANCELLED;
  int n_cancelled = 0;

  ascii_set(&actual, 299, 199, 1);
  planes = case_planes(&rules, &MS_FOCUS_ALL, &actual, &predicted);
  for (int n_calls = 1; status == MS_STATUS_CANCELLED; n_calls++) {
    int n_left = n_calls;
    MsReach reach = {.within = {{.pixels = 7}}};

    status = ms_reach_find(&planes, NULL, &(MsControl){.go_on = case_go_on_for, .user = &n_left},
                           &reach);
    n_cancelled += status == MS_STATUS_CANCELLED;
    g_assert_cmpuint(reach.within[0].pixels, ==, status == MS_STATUS_OK ? 0 : 7);
  }
  g_assert_cmpint(status, ==, MS_STATUS_OK);
  g_assert_cmpint(n_cancelled, >=, 3);
  ms_planes_clear(&planes);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static bool
naive_is_site(const MsPlanes *planes, int x, int y, MsKind kind, uint32_t number)
{
  bool is_number = ms_raster_get(&planes->actual, x, y) == number;

  if (number == 0 || case_kind(planes, x, y) == MS_KIND_IGNORED)
    return false;
  return kind == MS_KIND_FN ? !is_number : is_number;
}

static uint32_t
naive_reach(const MsPlanes *planes, int x, int y)
{
  MsKind kind = case_kind(planes, x, y);
  uint32_t number = ms_raster_get(kind == MS_KIND_FN ? &planes->actual : &planes->predicted, x, y);
  double nearest = INFINITY;

  for (int j = 0; j < planes->height; j++) {
    for (int i = 0; i < planes->width; i++) {
      if (naive_is_site(planes, i, j, kind, number))
        nearest = fmin(nearest, hypot(i - x, j - y));
    }
  }
  return nearest > MS_REACH_MAX ? MS_REACH_NONE : (uint32_t)ceil(nearest - 1e-9);
}

/* A few of the wrong pixels. */
static void
check_pixels(TestRandom *random, const MsPlanes *planes, const MsRaster *map)
{
  for (int round = 0; round < 300; round++) {
    int x = (int)test_random_below(random, (uint32_t)planes->width);
    int y = (int)test_random_below(random, (uint32_t)planes->height);

    if (case_is_wrong(planes, x, y))
      g_assert_cmpuint(ms_raster_get(map, x, y) >> 3, ==, naive_reach(planes, x, y));
  }
}

static void
check_turned(const MsRules *rules, const MsFocus *focus, const CasePair *pair, const MsRaster *map,
             const MsReach *reach)
{
  CasePair turned = {case_turned(&pair->actual), case_turned(&pair->predicted)};
  MsPlanes planes = case_planes(rules, focus, &turned.actual, &turned.predicted);
  MsRaster want = case_turned(map), got;
  MsReach same = reach_of(&planes, &got);

  g_assert_true(case_rasters_equal(&got, &want));
  g_assert_cmpmem(&same, sizeof same, reach, sizeof *reach);
  ms_planes_clear(&planes);
  ms_raster_clear(&want);
  ms_raster_clear(&got);
  ms_raster_clear(&turned.actual);
  ms_raster_clear(&turned.predicted);
}

static void
check_widened(const MsPlanes *planes, const MsRaster *map, const MsReach *reach)
{
  for (int bits = 16; bits <= 32; bits *= 2) {
    MsPlanes wide = case_widen(planes, bits);
    MsRaster got;
    MsReach same = reach_of(&wide, &got);

    g_assert_true(case_rasters_equal(&got, map));
    g_assert_cmpmem(&same, sizeof same, reach, sizeof *reach);
    ms_raster_clear(&got);
    case_clear_widened(&wide);
  }
}

static void
test_random_scenes(void)
{
  TestRandom random = {12};

  for (int round = 0; round < 200; round++) {
    bool is_large = round % 8 == 0;
    CasePair pair = case_scene(&random, is_large ? 220 : 70, is_large ? 150 : 40);
    MsRules rules = case_scene_rules(&random);
    MsFocus focus = case_scene_focus(&random);
    MsPlanes planes = case_planes(&rules, &focus, &pair.actual, &pair.predicted);
    MsRaster map;
    MsReach reach = reach_of(&planes, &map);

    check_sums(&planes, &map, &reach);
    check_pixels(&random, &planes, &map);
    check_turned(&rules, &focus, &pair, &map, &reach);
    check_widened(&planes, &map, &reach);
    ms_raster_clear(&map);
    ms_planes_clear(&planes);
    ms_raster_clear(&pair.actual);
    ms_raster_clear(&pair.predicted);
  }
}

/* Each class of all at once as it is alone. */
static void
check_each_class(const MsPlanes *planes, const MsRules *rules, const CasePair *pair)
{
  MsMend *forgiven = g_new(MsMend, planes->n_numbers);

  for (unsigned k = 0; k <= MS_REACH_MAX; k += 4) {
    g_assert_cmpint(ms_reach_find_classes(planes, k, NULL, forgiven), ==, MS_STATUS_OK);
    assert_mend(&forgiven[0], &(MsMend){0});
    for (uint32_t number = 1; number < planes->n_numbers; number++) {
      MsFocus focus = {.solo = ms_planes_id(planes, number)};
      MsPlanes alone = case_planes(rules, &focus, &pair->actual, &pair->predicted);
      MsReach reach;

      g_assert_cmpint(ms_reach_find(&alone, NULL, NULL, &reach), ==, MS_STATUS_OK);
      assert_mend(&forgiven[number], &reach.within[k]);
      ms_planes_clear(&alone);
    }
  }
  g_assert_cmpint(ms_reach_find_classes(planes, MS_REACH_MAX + 1, NULL, forgiven), ==,
                  MS_STATUS_INVALID);
  g_free(forgiven);
}

static void
test_each_class(void)
{
  TestRandom random = {14};

  for (int round = 0; round < 100; round++) {
    CasePair pair = case_scene(&random, 90, 80);
    MsRules rules = case_scene_rules(&random);
    MsPlanes planes = case_planes(&rules, &MS_FOCUS_ALL, &pair.actual, &pair.predicted);

    check_each_class(&planes, &rules, &pair);
    ms_planes_clear(&planes);
    ms_raster_clear(&pair.actual);
    ms_raster_clear(&pair.predicted);
  }
}

/* Every pixel of a tile is a run of its own, of two classes: as many as there can be. */
static void
test_all_confused(void)
{
  static const uint32_t classes[] = {0, 1, 2, 3};
  MsRaster actual = case_new_raster(200, 130, 8), predicted = case_new_raster(200, 130, 8);
  MsRules rules = binary_rules();
  CasePair pair = {actual, predicted};
  MsPlanes planes;

  rules.comparison = MS_COMPARE_CLASSES;
  rules.classes = classes;
  rules.n_classes = G_N_ELEMENTS(classes);
  for (int y = 0; y < 130; y++) {
    for (int x = 0; x < 200; x++) {
      ascii_set(&actual, x, y, 1 + (uint32_t)((x + y) % 3));
      ascii_set(&predicted, x, y, 1 + (uint32_t)((x + y + 1) % 3));
    }
  }
  planes = case_planes(&rules, &MS_FOCUS_ALL, &actual, &predicted);
  check_each_class(&planes, &rules, &pair);
  ms_planes_clear(&planes);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

/* What lies together on a pixel is a class. */
static void
test_random_stacks(void)
{
  TestRandom random = {13};

  for (int round = 0; round < 200; round++) {
    MsPlanes planes = case_stack_planes(&random);
    MsRaster map;
    MsReach reach = reach_of(&planes, &map);

    check_sums(&planes, &map, &reach);
    check_pixels(&random, &planes, &map);
    check_widened(&planes, &map, &reach);
    ms_raster_clear(&map);
    ms_planes_clear(&planes);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/reach/false-negatives", test_false_negatives);
  g_test_add_func("/metric/reach/false-positives", test_false_positives);
  g_test_add_func("/metric/reach/frame", test_frame);
  g_test_add_func("/metric/reach/maximum", test_maximum);
  g_test_add_func("/metric/reach/ignored", test_ignored);
  g_test_add_func("/metric/reach/class-of-its-own", test_class_of_its_own);
  g_test_add_func("/metric/reach/confused", test_confused);
  g_test_add_func("/metric/reach/focus", test_focus);
  g_test_add_func("/metric/reach/dilated", test_dilated);
  g_test_add_func("/metric/reach/cancelled", test_cancelled);
  g_test_add_func("/metric/reach/random", test_random_scenes);
  g_test_add_func("/metric/reach/each-class", test_each_class);
  g_test_add_func("/metric/reach/all-confused", test_all_confused);
  g_test_add_func("/metric/reach/random-stacks", test_random_stacks);
  return g_test_run();
}
