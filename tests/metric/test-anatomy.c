/* SPDX-License-Identifier: MIT
 *
 * The anatomy of the error: each kind and each rule drawn by hand, random scenes against objects
 * filled pixel by pixel, and what turning an image must not change.
 */
#include "metric/anatomy.h"

#include "plane-cases.h"

static const char letters[] = {'.', 'b', 'e', 'm', 's', 'c'};

static MsAnatomy
anatomy_of(const MsPlanes *planes, MsRaster *map)
{
  MsAnatomy anatomy;

  *map = case_new_raster(planes->width, planes->height, 8);
  g_assert_cmpint(ms_anatomy_find(planes, map, NULL, &anatomy), ==, MS_STATUS_OK);
  return anatomy;
}

static char *
draw(const MsRaster *map)
{
  GString *text = g_string_new(NULL);

  for (int y = 0; y < map->height; y++) {
    for (int x = 0; x < map->width; x++) {
      uint32_t byte = ms_raster_get(map, x, y);

      g_assert_cmpuint(byte, <=, MS_N_ERRORS);
      g_string_append_c(text, letters[byte]);
    }
    g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}

/* The sums are those of the map. */
static void
check_sums(const MsPlanes *planes, const MsRaster *map, const MsAnatomy *anatomy)
{
  MsAnatomy want = {0};

  for (int y = 0; y < planes->height; y++) {
    for (int x = 0; x < planes->width; x++) {
      uint32_t byte = ms_raster_get(map, x, y);

      g_assert_cmpint(byte != 0, ==, case_is_wrong(planes, x, y));
      if (byte != 0)
        case_mend_pixel(planes, x, y, &want.errors[byte - 1]);
    }
  }
  for (int i = 0; i < MS_N_ERRORS; i++)
    assert_mend(&anatomy->errors[i], &want.errors[i]);
}

static void
assert_focused(const MsRules *rules, const MsFocus *focus, const char *actual,
               const char *predicted, const char *want)
{
  MsPlanes planes = case_planes_of_ascii(rules, focus, actual, predicted);
  MsRaster map;
  MsAnatomy anatomy = anatomy_of(&planes, &map), unmapped;
  g_autofree char *got = draw(&map);

  g_assert_cmpstr(got, ==, want);
  check_sums(&planes, &map, &anatomy);
  g_assert_cmpint(ms_anatomy_find(&planes, NULL, NULL, &unmapped), ==, MS_STATUS_OK);
  g_assert_cmpmem(&unmapped, sizeof unmapped, &anatomy, sizeof anatomy);
  ms_raster_clear(&map);
  ms_planes_clear(&planes);
}

static void
assert_anatomy(const MsRules *rules, const char *actual, const char *predicted, const char *want)
{
  assert_focused(rules, &MS_FOCUS_ALL, actual, predicted, want);
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

static MsRules
class_rules(void)
{
  static const uint32_t classes[] = {0, 1, 2, 3};
  MsRules rules = binary_rules();

  rules.comparison = MS_COMPARE_CLASSES;
  rules.classes = classes;
  rules.n_classes = G_N_ELEMENTS(classes);
  return rules;
}

static void
test_boundary_and_extent(void)
{
  const char *whole = ".........\n"
                      ".#######.\n"
                      ".#######.\n"
                      ".#######.\n"
                      ".#######.\n"
                      ".#######.\n"
                      ".........\n";
  const char *part = ".........\n"
                     ".####....\n"
                     ".####....\n"
                     ".####....\n"
                     ".####....\n"
                     ".####....\n"
                     ".........\n";
  const char *want = ".........\n"
                     ".....bbb.\n"
                     ".....eeb.\n"
                     ".....eeb.\n"
                     ".....eeb.\n"
                     ".....bbb.\n"
                     ".........\n";
  MsRules rules = binary_rules();

  /* To the actual object when it was not found, to the predicted one when it is too large. */
  assert_anatomy(&rules, whole, part, want);
  assert_anatomy(&rules, part, whole, want);
}

/* Outside of the image, and where it is ignored, nothing is of the object. */
static void
test_frame_and_ignored(void)
{
  MsRules rules = binary_rules();

  assert_anatomy(&rules,
                 "#######\n"
                 "#######\n"
                 "###?###\n"
                 "#######\n"
                 "#######\n",
                 "#......\n"
                 "#......\n"
                 "#......\n"
                 "#......\n"
                 "#......\n",
                 ".bbbbbb\n"
                 ".ebbbeb\n"
                 ".eb.beb\n"
                 ".ebbbeb\n"
                 ".bbbbbb\n");
}

static void
test_missed_and_spurious(void)
{
  const char *actual = "##...##.\n"
                       "##...##.\n"
                       "..#.....\n"
                       "........\n";
  MsRules rules = binary_rules();

  /* One pixel of the object at the right is found. */
  assert_anatomy(&rules, actual,
                 "........\n"
                 "......#.\n"
                 "........\n"
                 "...#....\n",
                 "mm...bb.\n"
                 "mm...b..\n"
                 "..m.....\n"
                 "...s....\n");
  /* One of the object at the left, which hangs together by a corner. */
  assert_anatomy(&rules, actual,
                 "........\n"
                 "........\n"
                 "..#.....\n"
                 "........\n",
                 "bb...mm.\n"
                 "bb...mm.\n"
                 "........\n"
                 "........\n");
}

static void
test_classes(void)
{
  MsRules rules = class_rules();

  /* Class 2 lies on class 1, never on class 2. */
  assert_anatomy(&rules,
                 "1111....\n"
                 "1111....\n"
                 "1111..22\n",
                 "111222..\n"
                 "111222..\n"
                 "111222..\n",
                 "...css..\n"
                 "...css..\n"
                 "...cssmm\n");
  /* Where another class begins, an object has its border. */
  assert_anatomy(&rules,
                 "11111222222\n"
                 "11111222222\n"
                 "11111222222\n"
                 "11111222222\n"
                 "11111222222\n",
                 "11111.....2\n"
                 "11111.....2\n"
                 "11111.....2\n"
                 "11111.....2\n"
                 "11111.....2\n",
                 ".....bbbbb.\n"
                 ".....beeee.\n"
                 ".....beeee.\n"
                 ".....beeee.\n"
                 ".....bbbbb.\n");
  /* 9 is no class: background is of no object, class 1 of one that was missed. */
  assert_anatomy(&rules, "0001\n", "0099\n", "..em\n");
}

/* A hidden class is right, and still what it is: class 1 ends where it begins. */
static void
test_focus(void)
{
  static const uint32_t hidden[] = {2};
  MsFocus hiding = {.solo = -1, .hidden = hidden, .n_hidden = 1};
  MsRules rules = class_rules();
  const char *actual = "11111\n"
                       "11111\n"
                       "11112\n"
                       "11111\n";
  const char *predicted = "1....\n"
                          "1....\n"
                          "1..2.\n"
                          "1...3\n";

  assert_anatomy(&rules, actual, predicted,
                 ".bbbb\n"
                 ".eebb\n"
                 ".eecm\n"
                 ".bbbc\n");
  assert_focused(&rules, &hiding, actual, predicted,
                 ".bbbb\n"
                 ".eebb\n"
                 ".ee..\n"
                 ".bbbc\n");
  assert_focused(&rules, &(MsFocus){.solo = 3}, actual, predicted,
                 ".....\n"
                 ".....\n"
                 ".....\n"
                 "....s\n");
}

static void
test_nothing_wrong(void)
{
  MsRules rules = binary_rules();

  assert_anatomy(&rules, "#.\n.?\n", "#.\n.#\n", "..\n..\n");
}

/* The example of Boundary IoU: 2 % of the diagonal. */
static void
test_width(void)
{
  g_assert_cmpint(ms_boundary_width(1, 1), ==, 1);
  g_assert_cmpint(ms_boundary_width(640, 480), ==, 16);
  g_assert_cmpint(ms_boundary_width(2048, 2048), ==, 58);
  g_assert_cmpint(ms_boundary_width(75, 100), ==, 2);  /* 2.5: to even */
  g_assert_cmpint(ms_boundary_width(105, 140), ==, 4); /* 3.5 */
  g_assert_cmpint(ms_boundary_width(1000000, 1000000), ==, 28284);
}

static void
test_infos(void)
{
  MsError error = MS_ERROR_MISSED;

  for (int i = 0; i < MS_N_ERRORS; i++) {
    const MsErrorInfo *info = ms_error_info((MsError)i);

    g_assert_true(info->id && info->label && info->definition && info->source);
    g_assert_true(g_str_has_suffix(info->definition, "."));
    g_assert_true(ms_error_from_id(info->id, &error));
    g_assert_cmpint(error, ==, i);
  }
  g_assert_false(ms_error_from_id("edge", &error));
  g_assert_cmpint(error, ==, MS_N_ERRORS - 1);
}

static void
test_cancelled(void)
{
  MsRules rules = binary_rules();
  MsPlanes planes = case_planes_of_ascii(&rules, &MS_FOCUS_ALL, "##..\n", ".##.\n");
  MsStatus status = MS_STATUS_CANCELLED;
  int n_cancelled = 0;

  for (int n_calls = 1; status == MS_STATUS_CANCELLED; n_calls++) {
    int n_left = n_calls;
    MsAnatomy anatomy = {.errors = {{.pixels = 7}}};

    status = ms_anatomy_find(&planes, NULL, &(MsControl){.go_on = case_go_on_for, .user = &n_left},
                             &anatomy);
    n_cancelled += status == MS_STATUS_CANCELLED;
    g_assert_cmpuint(anatomy.errors[0].pixels, ==, status == MS_STATUS_OK ? 2 : 7);
  }
  g_assert_cmpint(status, ==, MS_STATUS_OK);
  g_assert_cmpint(n_cancelled, >=, 3);
  ms_planes_clear(&planes);
}

/* Fills object after object; 0: none. */
static GArray *
naive_objects(const MsRaster *numbers)
{
  int width = numbers->width, height = numbers->height;
  GArray *objects = g_array_sized_new(FALSE, TRUE, sizeof(int), (guint)(width * height));
  g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(int));
  int n_objects = 0;

  g_array_set_size(objects, (guint)(width * height));
  for (int start = 0; start < width * height; start++) {
    uint32_t number = ms_raster_get(numbers, start % width, start / width);

    if (number == 0 || g_array_index(objects, int, start) != 0)
      continue;
    g_array_index(objects, int, start) = ++n_objects;
    g_array_append_val(stack, start);
    while (stack->len > 0) {
      int at = g_array_index(stack, int, stack->len - 1);

      g_array_set_size(stack, stack->len - 1);
      for (int y = MAX(at / width - 1, 0); y <= MIN(at / width + 1, height - 1); y++) {
        for (int x = MAX(at % width - 1, 0); x <= MIN(at % width + 1, width - 1); x++) {
          int next = y * width + x;

          if (g_array_index(objects, int, next) != 0 || ms_raster_get(numbers, x, y) != number)
            continue;
          g_array_index(objects, int, next) = n_objects;
          g_array_append_val(stack, next);
        }
      }
    }
  }
  return objects;
}

static bool
naive_is_at_border(const MsPlanes *planes, const GArray *objects, int x, int y)
{
  int d = ms_boundary_width(planes->width, planes->height), width = planes->width;
  int object = g_array_index(objects, int, y *width + x);

  for (int j = y - d; j <= y + d; j++) {
    for (int i = x - d; i <= x + d; i++) {
      if (i < 0 || j < 0 || i >= width || j >= planes->height ||
          g_array_index(objects, int, j *width + i) != object)
        return true;
    }
  }
  return false;
}

static bool
naive_is_met(const MsPlanes *planes, const GArray *objects, int object)
{
  for (int i = 0; i < (int)objects->len; i++) {
    int x = i % planes->width, y = i / planes->width;

    if (g_array_index(objects, int, i) == object &&
        ms_raster_get(&planes->actual, x, y) == ms_raster_get(&planes->predicted, x, y))
      return true;
  }
  return false;
}

static MsError
naive_error(const MsPlanes *planes, const GArray *actual, const GArray *predicted, int x, int y)
{
  MsKind kind = case_kind(planes, x, y);
  const GArray *objects = kind == MS_KIND_FN ? actual : predicted;
  int object = g_array_index(objects, int, y * planes->width + x);

  if (kind == MS_KIND_CONFUSED)
    return MS_ERROR_CONFUSED;
  if (object == 0)
    return MS_ERROR_EXTENT;
  if (!naive_is_met(planes, objects, object))
    return kind == MS_KIND_FN ? MS_ERROR_MISSED : MS_ERROR_SPURIOUS;
  return naive_is_at_border(planes, objects, x, y) ? MS_ERROR_BOUNDARY : MS_ERROR_EXTENT;
}

static void
check_pixels(const MsPlanes *planes, const MsRaster *map)
{
  g_autoptr(GArray) actual = naive_objects(&planes->actual);
  g_autoptr(GArray) predicted = naive_objects(&planes->predicted);

  for (int y = 0; y < planes->height; y++) {
    for (int x = 0; x < planes->width; x++) {
      if (case_is_wrong(planes, x, y))
        g_assert_cmpuint(ms_raster_get(map, x, y), ==,
                         1 + naive_error(planes, actual, predicted, x, y));
    }
  }
}

static void
check_turned(const MsRules *rules, const MsFocus *focus, const CasePair *pair, const MsRaster *map,
             const MsAnatomy *anatomy)
{
  CasePair turned = {case_turned(&pair->actual), case_turned(&pair->predicted)};
  MsPlanes planes = case_planes(rules, focus, &turned.actual, &turned.predicted);
  MsRaster want = case_turned(map), got;
  MsAnatomy same = anatomy_of(&planes, &got);

  g_assert_true(case_rasters_equal(&got, &want));
  g_assert_cmpmem(&same, sizeof same, anatomy, sizeof *anatomy);
  ms_planes_clear(&planes);
  ms_raster_clear(&want);
  ms_raster_clear(&got);
  ms_raster_clear(&turned.actual);
  ms_raster_clear(&turned.predicted);
}

static void
check_widened(const MsPlanes *planes, const MsRaster *map, const MsAnatomy *anatomy)
{
  for (int bits = 16; bits <= 32; bits *= 2) {
    MsPlanes wide = case_widen(planes, bits);
    MsRaster got;
    MsAnatomy same = anatomy_of(&wide, &got);

    g_assert_true(case_rasters_equal(&got, map));
    g_assert_cmpmem(&same, sizeof same, anatomy, sizeof *anatomy);
    ms_raster_clear(&got);
    case_clear_widened(&wide);
  }
}

static void
test_random_scenes(void)
{
  TestRandom random = {11};

  for (int round = 0; round < 400; round++) {
    bool is_large = round % 40 == 0; /* where d is more than 1 */
    CasePair pair = case_scene(&random, is_large ? 200 : 30, is_large ? 150 : 20);
    MsRules rules = case_scene_rules(&random);
    MsFocus focus = case_scene_focus(&random);
    MsPlanes planes = case_planes(&rules, &focus, &pair.actual, &pair.predicted);
    MsRaster map;
    MsAnatomy anatomy = anatomy_of(&planes, &map);

    check_sums(&planes, &map, &anatomy);
    check_pixels(&planes, &map);
    check_turned(&rules, &focus, &pair, &map, &anatomy);
    check_widened(&planes, &map, &anatomy);
    ms_raster_clear(&map);
    ms_planes_clear(&planes);
    ms_raster_clear(&pair.actual);
    ms_raster_clear(&pair.predicted);
  }
}

/* What lies together on a pixel is a class. */
static void
test_random_stacks(void)
{
  TestRandom random = {13};

  for (int round = 0; round < 200; round++) {
    MsPlanes planes = case_stack_planes(&random);
    MsRaster map;
    MsAnatomy anatomy = anatomy_of(&planes, &map);

    check_sums(&planes, &map, &anatomy);
    check_pixels(&planes, &map);
    check_widened(&planes, &map, &anatomy);
    ms_raster_clear(&map);
    ms_planes_clear(&planes);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/anatomy/boundary-and-extent", test_boundary_and_extent);
  g_test_add_func("/metric/anatomy/frame-and-ignored", test_frame_and_ignored);
  g_test_add_func("/metric/anatomy/missed-and-spurious", test_missed_and_spurious);
  g_test_add_func("/metric/anatomy/classes", test_classes);
  g_test_add_func("/metric/anatomy/focus", test_focus);
  g_test_add_func("/metric/anatomy/nothing-wrong", test_nothing_wrong);
  g_test_add_func("/metric/anatomy/width", test_width);
  g_test_add_func("/metric/anatomy/infos", test_infos);
  g_test_add_func("/metric/anatomy/cancelled", test_cancelled);
  g_test_add_func("/metric/anatomy/random", test_random_scenes);
  g_test_add_func("/metric/anatomy/random-stacks", test_random_stacks);
  return g_test_run();
}
