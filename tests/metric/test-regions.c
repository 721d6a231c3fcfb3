/* SPDX-License-Identifier: MIT
 *
 * Error regions: drawn by hand, against a flood fill of random masks, and what holds of any.
 */
#include "metric/regions.h"

#include "metric/confusion.h"
#include "stack-cases.h"

typedef struct {
  MsPlanes planes;
  MsRegions *regions;
  const MsRegion *list;
  size_t n_regions;
} Found;

static Found
find(const MsKindsSource *source)
{
  Found found;

  g_assert_cmpint(ms_planes_init(&found.planes, source, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_regions_new(&found.planes, NULL, &found.regions), ==, MS_STATUS_OK);
  found.list = ms_regions_get(found.regions, &found.n_regions);
  return found;
}

static void
found_clear(Found *found)
{
  ms_regions_free(found->regions);
  ms_planes_clear(&found->planes);
}

/* Regions as letters, the largest one 'a'; '.' is right. */
static char *
draw(const Found *found)
{
  GString *text = g_string_new(NULL);

  for (int y = 0; y < found->planes.height; y++) {
    for (int x = 0; x < found->planes.width; x++) {
      ptrdiff_t region = ms_regions_find(found->regions, x, y);

      g_string_append_c(text, region < 0 ? '.' : (char)('a' + region));
    }
    g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}

static Found
find_drawn(const MsRules *rules, const MsFocus *focus, const char *actual_text,
           const char *predicted_text, const char *want)
{
  MsRaster actual = ascii_raster(actual_text, 8), predicted = ascii_raster(predicted_text, 8);
  Found found = find(&(MsKindsSource){
      .rules = rules, .actual = &actual, .predicted = &predicted, .focus = *focus});
  g_autofree char *got = draw(&found);

  g_assert_cmpstr(got, ==, want);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return found;
}

static void
assert_drawn(const MsRules *rules, const MsFocus *focus, const char *actual_text,
             const char *predicted_text, const char *want)
{
  Found found = find_drawn(rules, focus, actual_text, predicted_text, want);

  found_clear(&found);
}

static void
assert_region(const MsRegion *region, MsKind kind, uint32_t actual, uint32_t predicted, MsMend mend)
{
  g_assert_cmpint(region->kind, ==, kind);
  g_assert_cmpuint(region->actual, ==, actual);
  g_assert_cmpuint(region->predicted, ==, predicted);
  g_assert_cmpuint(region->mend.pixels, ==, mend.pixels);
  g_assert_cmpuint(region->mend.fp, ==, mend.fp);
  g_assert_cmpuint(region->mend.fn, ==, mend.fn);
}

static void
assert_place(const MsRegion *region, int x, int y, int width, int height, int inside_x,
             int inside_y)
{
  g_assert_cmpint(region->x, ==, x);
  g_assert_cmpint(region->y, ==, y);
  g_assert_cmpint(region->width, ==, width);
  g_assert_cmpint(region->height, ==, height);
  g_assert_cmpint(region->inside_x, ==, inside_x);
  g_assert_cmpint(region->inside_y, ==, inside_y);
}

/* Corners touch; FN beside FP is another region; of like ones the first goes first. */
static void
test_binary(void)
{
  MsRules rules;
  Found found;

  ms_rules_init(&rules);
  found = find_drawn(&rules, &MS_FOCUS_ALL,
                     "..#....\n"
                     "..#....\n"
                     ".......\n"
                     "#......\n",
                     "##..###\n"
                     "#.....#\n"
                     "......#\n"
                     ".#....#\n",
                     "bbc.aaa\n"
                     "b.c...a\n"
                     "......a\n"
                     "de....a\n");
  g_assert_cmpuint(found.n_regions, ==, 5);
  assert_region(&found.list[0], MS_KIND_FP, MS_NO_CLASS, MS_FOREGROUND_ID, (MsMend){6, 6, 0});
  assert_place(&found.list[0], 4, 0, 3, 4, 5, 0);
  assert_region(&found.list[2], MS_KIND_FN, MS_FOREGROUND_ID, MS_NO_CLASS, (MsMend){2, 0, 2});
  assert_place(&found.list[2], 2, 0, 1, 2, 2, 0);
  found_clear(&found);
}

/* A hole, a region in it, and diagonals. */
static void
test_shapes(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  assert_drawn(&rules, &MS_FOCUS_ALL,
               ".......\n"
               ".......\n"
               ".......\n"
               ".......\n"
               ".......\n",
               "#####.#\n"
               "#...#.#\n"
               "#.#.#.#\n"
               "#...#..\n"
               "#####..\n",
               "aaaaa.b\n"
               "a...a.b\n"
               "a.c.a.b\n"
               "a...a..\n"
               "aaaaa..\n");
  assert_drawn(&rules, &MS_FOCUS_ALL,
               ".......\n"
               ".......\n"
               ".......\n",
               "#.#.#.#\n"
               ".#.#.#.\n"
               "......#\n",
               "a.a.a.a\n"
               ".a.a.a.\n"
               "......a\n");
}

/* Arms that meet only in the last row, over several runs a row. */
static void
test_late_meeting(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  assert_drawn(&rules, &MS_FOCUS_ALL,
               ".........\n"
               ".........\n"
               ".........\n",
               "#.#.#.#.#\n"
               "#.#.#.#.#\n"
               "####.####\n",
               "a.a.a.a.a\n"
               "a.a.a.a.a\n"
               "aaaa.aaaa\n");
}

static const uint32_t class_ids[] = {0, 1, 2, 3}, void_id[] = {255};

static MsRules
class_rules(void)
{
  return (MsRules){.comparison = MS_COMPARE_CLASSES,
                   .ignored = void_id,
                   .n_ignored = 1,
                   .classes = class_ids,
                   .n_classes = G_N_ELEMENTS(class_ids)};
}

/* Confused beside FP and FN, one of several pairs; ignored pixels are none, and part. */
static void
test_classes(void)
{
  MsRules rules = class_rules();
  Found found = find_drawn(&rules, &MS_FOCUS_ALL,
                           "00112\n"
                           "00132\n"
                           "?0000\n"
                           "03?00\n",
                           "22233\n"
                           "00310\n"
                           "10000\n"
                           "29229\n",
                           "bbaaa\n"
                           "..aac\n"
                           ".....\n"
                           "de.fg\n");

  assert_region(&found.list[0], MS_KIND_CONFUSED, 1, 3, (MsMend){5, 5, 5});
  g_assert_cmpuint(found.list[0].n_of_pair, ==, 2);
  g_assert_cmpuint(found.list[1].n_of_pair, ==, 2);
  assert_place(&found.list[0], 2, 0, 3, 2, 3, 0);
  assert_region(&found.list[1], MS_KIND_FP, MS_NO_CLASS, 2, (MsMend){2, 2, 0});
  assert_region(&found.list[2], MS_KIND_FN, 2, MS_NO_CLASS, (MsMend){1, 0, 1});
  assert_region(&found.list[4], MS_KIND_FN, 3, MS_NO_CLASS, (MsMend){1, 0, 1});
  assert_region(&found.list[6], MS_KIND_FN, MS_NO_CLASS, MS_NO_CLASS, (MsMend){1, 0, 0});
  found_clear(&found);
}

/* Of pairs that are as frequent, that with the lowest numbers. */
static void
test_like_pairs(void)
{
  MsRules rules = class_rules();
  Found found = find_drawn(&rules, &MS_FOCUS_ALL, "2231\n", "3112\n", "aaaa\n");

  assert_region(&found.list[0], MS_KIND_CONFUSED, 1, 2, (MsMend){4, 4, 4});
  found_clear(&found);
}

/* What is hidden is not wrong; alone, a class has regions of its own. */
static void
test_focus(void)
{
  static const uint32_t hidden[] = {2};
  MsRules rules = class_rules();
  MsFocus hides = {.solo = -1, .hidden = hidden, .n_hidden = 1}, solo = {.solo = 2};
  Found found;

  assert_drawn(&rules, &hides, "00112\n00111\n", "22233\n00310\n", "...a.\n..a.b\n");
  found = find_drawn(&rules, &solo, "00112\n00112\n", "22233\n00310\n", "aaa.b\n....b\n");
  assert_region(&found.list[0], MS_KIND_FP, MS_NO_CLASS, 2, (MsMend){3, 3, 0});
  assert_region(&found.list[1], MS_KIND_FN, 2, MS_NO_CLASS, (MsMend){2, 0, 2});
  found_clear(&found);
}

/* Classes that lie together; mending counts each of them. */
static void
test_stacks(void)
{
  MsRules rules = {.comparison = MS_COMPARE_STACKS, .threshold = 50, .background = -1};
  StackScene scenes[2] = {{.n_objects = 0}, {.n_objects = 0}};
  StackSide actual, predicted;
  Found found;
  char *got;

  stack_scene_add(&scenes[0], "####..\n", 5, 60);
  stack_scene_add(&scenes[0], "..##..\n", 8, 90);
  stack_scene_add(&scenes[1], "###.##\n", 5, 60);
  stack_scene_add(&scenes[1], "....##\n", 8, 51);
  stack_scene_add(&scenes[1], "##....\n", 8, 50);
  actual = stack_side(&scenes[0]);
  predicted = stack_side(&scenes[1]);
  found = find(&(MsKindsSource){.rules = &rules,
                                .actual = &actual.raster,
                                .predicted = &predicted.raster,
                                .actual_stacks = actual.stacks,
                                .predicted_stacks = predicted.stacks,
                                .focus = MS_FOCUS_ALL});
  got = draw(&found);
  g_assert_cmpstr(got, ==, "..aabb\n");
  assert_region(&found.list[0], MS_KIND_FN, 8, MS_NO_CLASS, (MsMend){2, 0, 3});
  assert_region(&found.list[1], MS_KIND_FP, MS_NO_CLASS, 8, (MsMend){2, 4, 0});
  g_free(got);
  found_clear(&found);
  for (int i = 0; i < 2; i++)
    stack_scene_clear(&scenes[i]);
  stack_side_clear(&actual);
  stack_side_clear(&predicted);
}

static void
test_nothing_wrong(void)
{
  MsRules rules;
  Found found;

  ms_rules_init(&rules);
  found = find_drawn(&rules, &MS_FOCUS_ALL, "..##\n", "..##\n", "....\n");
  g_assert_cmpuint(found.n_regions, ==, 0);
  g_assert_cmpuint(ms_regions_bytes(found.regions), >, 0);
  found_clear(&found);
}

/* Gives every wrong pixel that can be reached from (x, y) over pixels of its kind this label. */
static uint64_t
flood(const MsRaster *kinds, int *labels, int x, int y, int label)
{
  g_autoptr(GArray) todo = g_array_new(FALSE, FALSE, sizeof(int));
  uint32_t kind = ms_raster_get(kinds, x, y);
  uint64_t n_pixels = 0;
  int start = y * kinds->width + x;

  labels[start] = label;
  g_array_append_val(todo, start);
  while (todo->len > 0) {
    int at = g_array_index(todo, int, todo->len - 1);

    g_array_set_size(todo, todo->len - 1);
    n_pixels++;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int near_x = at % kinds->width + dx, near_y = at / kinds->width + dy;
        int near = near_y * kinds->width + near_x;

        if (near_x < 0 || near_y < 0 || near_x >= kinds->width || near_y >= kinds->height ||
            labels[near] >= 0 || ms_raster_get(kinds, near_x, near_y) != kind)
          continue;
        labels[near] = label;
        g_array_append_val(todo, near);
      }
    }
  }
  return n_pixels;
}

/* Regions are what the flood fill finds, and in the order of size and first pixel. */
static void
assert_flooded(const Found *found)
{
  const MsRaster *kinds = &found->planes.kinds;
  int n_pixels = kinds->width * kinds->height, n_labels = 0;
  g_autofree int *labels = g_new(int, n_pixels);
  g_autofree ptrdiff_t *region_of = g_new(ptrdiff_t, n_pixels);

  for (int i = 0; i < n_pixels; i++)
    labels[i] = -1;
  for (int i = 0; i < n_pixels; i++) {
    int x = i % kinds->width, y = i / kinds->width;
    ptrdiff_t region = ms_regions_find(found->regions, x, y);

    if (!(ms_raster_get(kinds, x, y) & MS_KIND_WRONG)) {
      g_assert_cmpint(region, ==, -1);
      continue;
    }
    if (labels[i] < 0) {
      g_assert_cmpuint(flood(kinds, labels, x, y, n_labels), ==, found->list[region].mend.pixels);
      region_of[n_labels++] = region;
    }
    g_assert_cmpint(region_of[labels[i]], ==, region);
  }
  g_assert_cmpint(n_labels, ==, (int)found->n_regions);
  for (int i = 0; i < n_labels; i++) {
    for (int j = i + 1; j < MIN(n_labels, i + 20); j++)
      g_assert_true((found->list[region_of[i]].mend.pixels >=
                     found->list[region_of[j]].mend.pixels) == (region_of[i] < region_of[j]));
  }
}

/* Runs hold the region's pixels and no others, bounds are theirs, the point is inside. */
static void
assert_runs(const Found *found, size_t index)
{
  const MsRegion *region = &found->list[index];
  int left = G_MAXINT, right = -1, longest = 0, length_inside = 0;
  uint64_t n_pixels = 0;
  size_t n_runs;
  const MsRun *runs = ms_regions_runs(found->regions, index, &n_runs);

  g_assert_cmpint(runs[0].y, ==, region->y);
  g_assert_cmpint(runs[n_runs - 1].y, ==, region->y + region->height - 1);
  for (size_t i = 0; i < n_runs; i++) {
    g_assert_true(i == 0 || runs[i].y > runs[i - 1].y ||
                  (runs[i].y == runs[i - 1].y && runs[i].x > runs[i - 1].x + runs[i - 1].length));
    left = MIN(left, runs[i].x);
    right = MAX(right, runs[i].x + runs[i].length);
    longest = MAX(longest, runs[i].length);
    if (runs[i].y == region->inside_y && runs[i].x <= region->inside_x &&
        region->inside_x < runs[i].x + runs[i].length)
      length_inside = runs[i].length;
    for (int x = runs[i].x; x < runs[i].x + runs[i].length; x++) {
      g_assert_cmpint(ms_regions_find(found->regions, x, runs[i].y), ==, (ptrdiff_t)index);
      g_assert_cmpint(ms_raster_get(&found->planes.kinds, x, runs[i].y), ==, region->kind);
    }
    n_pixels += (uint64_t)runs[i].length;
  }
  g_assert_cmpuint(n_pixels, ==, region->mend.pixels);
  g_assert_cmpint(left, ==, region->x);
  g_assert_cmpint(right, ==, region->x + region->width);
  g_assert_cmpint(length_inside, ==, longest);
}

/* All regions together are what is wrong, and mending them all leaves nothing wrong. */
static void
assert_sums(const Found *found, const MsConfusion *confusion)
{
  MsCounts counts = ms_confusion_counts(confusion);
  MsKindCounts kinds = ms_confusion_kinds(confusion);
  uint64_t fp = 0, fn = 0, confused = 0;
  MsMend sum = {0};

  for (size_t i = 0; i < found->n_regions; i++) {
    const MsRegion *region = &found->list[i];

    fp += region->kind == MS_KIND_FP ? region->mend.pixels : 0;
    fn += region->kind == MS_KIND_FN ? region->mend.pixels : 0;
    confused += region->kind == MS_KIND_CONFUSED ? region->mend.pixels : 0;
    ms_mend_add(&sum, &region->mend);
  }
  g_assert_cmpuint(fp, ==, kinds.fp);
  g_assert_cmpuint(fn, ==, kinds.fn);
  g_assert_cmpuint(confused, ==, kinds.confused);
  g_assert_cmpuint(sum.pixels, ==, ms_confusion_wrong(confusion));
  counts = ms_mend_apply(&counts, &sum, ms_confusion_has_tn(confusion));
  g_assert_cmpuint(counts.fp, ==, 0);
  g_assert_cmpuint(counts.fn, ==, 0);
}

static MsRaster
transposed(const MsRaster *raster)
{
  MsRaster made;

  g_assert_cmpint(ms_raster_init(&made, raster->height, raster->width, raster->bits), ==,
                  MS_STATUS_OK);
  for (int y = 0; y < raster->height; y++) {
    for (int x = 0; x < raster->width; x++)
      ascii_set(&made, y, x, ms_raster_get(raster, x, y));
  }
  return made;
}

/* The image on its side has regions of the same sizes and worths. */
static void
assert_transposed(const Found *found, const MsRules *rules, const CasePair *pair)
{
  MsRaster actual = transposed(&pair->actual), predicted = transposed(&pair->predicted);
  Found other = find(&(MsKindsSource){
      .rules = rules, .actual = &actual, .predicted = &predicted, .focus = MS_FOCUS_ALL});

  g_assert_cmpuint(other.n_regions, ==, found->n_regions);
  for (size_t i = 0; i < other.n_regions; i++)
    g_assert_cmpuint(other.list[i].mend.pixels, ==, found->list[i].mend.pixels);
  found_clear(&other);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
test_random_pairs(void)
{
  TestRandom random = {.state = 603};

  for (int i = 0; i < 400; i++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random);
    Found found = find(&(MsKindsSource){.rules = &rules,
                                        .actual = &pair.actual,
                                        .predicted = &pair.predicted,
                                        .focus = MS_FOCUS_ALL});

    assert_flooded(&found);
    for (size_t region = 0; region < found.n_regions; region++)
      assert_runs(&found, region);
    assert_transposed(&found, &rules, &pair);
    if (!rules.classes || rules.comparison != MS_COMPARE_CLASSES) {
      MsConfusion *confusion = confusion_of(&rules, &pair.actual, &pair.predicted);

      assert_sums(&found, confusion);
      ms_confusion_free(confusion);
    }
    found_clear(&found);
    case_pair_clear(&pair);
  }
}

/* The most frequent pair of each region, counted pixel by pixel. */
static void
assert_pairs(const Found *found, uint32_t n_numbers)
{
  g_autofree uint64_t *counts = g_new(uint64_t, n_numbers * n_numbers);

  for (size_t region = 0; region < found->n_regions; region++) {
    uint32_t most = 0;

    memset(counts, 0, n_numbers * n_numbers * sizeof *counts);
    for (int y = 0; y < found->planes.height; y++) {
      for (int x = 0; x < found->planes.width; x++) {
        if (ms_regions_find(found->regions, x, y) == (ptrdiff_t)region)
          counts[ms_raster_get(&found->planes.actual, x, y) * n_numbers +
                 ms_raster_get(&found->planes.predicted, x, y)]++;
      }
    }
    for (uint32_t pair = 1; pair < n_numbers * n_numbers; pair++)
      most = counts[pair] > counts[most] ? pair : most;
    g_assert_cmpuint(found->list[region].actual, ==,
                     ms_planes_id(&found->planes, most / n_numbers));
    g_assert_cmpuint(found->list[region].predicted, ==,
                     ms_planes_id(&found->planes, most % n_numbers));
  }
}

static void
test_random_classes(void)
{
  TestRandom random = {.state = 604};
  MsRules rules = {.comparison = MS_COMPARE_CLASSES, .background = 0};

  for (int i = 0; i < 100; i++) {
    static const int depths[] = {8, 16, 32};
    uint32_t n_classes = i % 5 == 0 ? 60 : 4;
    int width = 1 + (int)test_random_below(&random, 30), height = 1 + i % 13;
    MsRaster actual = case_raster(&random, width, height, depths[i % 3], n_classes, 3);
    MsRaster predicted = case_raster(&random, width, height, depths[i % 3], n_classes, 3);
    Found found = find(&(MsKindsSource){
        .rules = &rules, .actual = &actual, .predicted = &predicted, .focus = MS_FOCUS_ALL});

    assert_pairs(&found, found.planes.n_numbers);
    found_clear(&found);
    case_clear(&actual);
    case_clear(&predicted);
  }
}

static bool
lose_patience(void *user, double fraction)
{
  int *n_left = user;

  g_assert_cmpfloat(fraction, >=, 0);
  g_assert_cmpfloat(fraction, <=, 1);
  return (*n_left)-- > 0;
}

static void
test_cancelled(void)
{
  MsRaster actual = ascii_raster("..##\n", 8), predicted = ascii_raster(".##.\n", 8);
  MsStatus status = MS_STATUS_CANCELLED;
  MsRegions *regions = NULL;
  MsPlanes planes;
  MsRules rules;
  int n_asked = 0;

  ms_rules_init(&rules);
  g_assert_cmpint(
      ms_planes_init(&planes,
                     &(MsKindsSource){.rules = &rules, .actual = &actual, .predicted = &predicted},
                     NULL),
      ==, MS_STATUS_OK);
  for (; status == MS_STATUS_CANCELLED; n_asked++) {
    int n_left = n_asked;

    g_assert_null(regions);
    status =
        ms_regions_new(&planes, &(MsControl){.go_on = lose_patience, .user = &n_left}, &regions);
  }
  g_assert_cmpint(status, ==, MS_STATUS_OK);
  g_assert_cmpint(n_asked, ==, 3);
  ms_regions_free(regions);
  ms_regions_free(NULL);
  ms_planes_clear(&planes);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static bool
count_questions(void *user, double fraction)
{
  int *n_asked = user;

  g_assert_cmpfloat(fraction, <=, 1);
  ++*n_asked;
  return true;
}

/* Questions until it is done; wherever it is stopped before, nothing is left of it. */
static int
assert_asks(const MsPlanes *planes)
{
  MsRegions *regions = NULL;
  int n_asked = 0;

  g_assert_cmpint(
      ms_regions_new(planes, &(MsControl){.go_on = count_questions, .user = &n_asked}, &regions),
      ==, MS_STATUS_OK);
  ms_regions_free(regions);
  regions = NULL;
  for (int n = 0; n < n_asked; n++) {
    int n_left = n;

    g_assert_cmpint(
        ms_regions_new(planes, &(MsControl){.go_on = lose_patience, .user = &n_left}, &regions), ==,
        MS_STATUS_CANCELLED);
    g_assert_null(regions);
  }
  return n_asked;
}

/* One region in which every pixel is of another pair; and as many regions as can be. Either asks
 * once in some thousand pixels or runs, whatever they are. */
static void
test_asks(void)
{
  const int side = 400;
  MsRaster numbers, zeros, dots;
  MsRules classes = {.comparison = MS_COMPARE_CLASSES, .background = 0}, binary;
  MsKindsSource one = {
      .rules = &classes, .actual = &numbers, .predicted = &zeros, .focus = MS_FOCUS_ALL};
  MsKindsSource many = {
      .rules = &binary, .actual = &dots, .predicted = &zeros, .focus = MS_FOCUS_ALL};
  MsPlanes planes;

  ms_rules_init(&binary);
  g_assert_cmpint(ms_raster_init(&numbers, side, side, 32), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&zeros, side, side, 32), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&dots, side, side, 32), ==, MS_STATUS_OK);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++) {
      ((uint32_t *)ms_raster_row_writable(&numbers, y))[x] = (uint32_t)(1 + y * side + x);
      ((uint32_t *)ms_raster_row_writable(&zeros, y))[x] = 0;
      ((uint32_t *)ms_raster_row_writable(&dots, y))[x] = x % 2 == 0 && y % 2 == 0;
    }
  g_assert_cmpint(ms_planes_init(&planes, &one, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(assert_asks(&planes), >=, side * side / 16384 + side * side / 32768);
  ms_planes_clear(&planes);
  g_assert_cmpint(ms_planes_init(&planes, &many, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(assert_asks(&planes), >=, side * side / 4 * 4 / 131072 + 4);
  ms_planes_clear(&planes);
  ms_raster_clear(&numbers);
  ms_raster_clear(&zeros);
  ms_raster_clear(&dots);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/regions/binary", test_binary);
  g_test_add_func("/metric/regions/shapes", test_shapes);
  g_test_add_func("/metric/regions/late-meeting", test_late_meeting);
  g_test_add_func("/metric/regions/classes", test_classes);
  g_test_add_func("/metric/regions/like-pairs", test_like_pairs);
  g_test_add_func("/metric/regions/focus", test_focus);
  g_test_add_func("/metric/regions/stacks", test_stacks);
  g_test_add_func("/metric/regions/nothing-wrong", test_nothing_wrong);
  g_test_add_func("/metric/regions/random-pairs", test_random_pairs);
  g_test_add_func("/metric/regions/random-classes", test_random_classes);
  g_test_add_func("/metric/regions/cancelled", test_cancelled);
  g_test_add_func("/metric/regions/asks", test_asks);
  return g_test_run();
}
