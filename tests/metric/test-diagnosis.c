/* SPDX-License-Identifier: MIT
 *
 * The parts of a diagnosis are those that are found one by one, and speak of the same pixels; it
 * stops wherever it is asked, and leaves nothing behind.
 */
#include "metric/diagnosis.h"

#include "metric/confusion.h"
#include "stack-cases.h"

static MsDiagnosis
diagnosis_of(const MsKindsSource *source, bool with_map)
{
  MsDiagnosis diagnosis = {0};

  g_assert_cmpint(ms_diagnosis_init(&diagnosis, source, with_map, NULL), ==, MS_STATUS_OK);
  return diagnosis;
}

/* By hand: 3 of a missed object, 1 beside the object that was found, 1 far off. */
static void
test_drawn(void)
{
  MsRaster actual = ascii_raster("###.......\n"
                                 "###....###\n",
                                 8);
  MsRaster predicted = ascii_raster("####..#...\n"
                                    "###.......\n",
                                    8);
  MsRules rules;
  MsDiagnosis diagnosis;

  ms_rules_init(&rules);
  diagnosis = diagnosis_of(
      &(MsKindsSource){.rules = &rules, .actual = &actual, .predicted = &predicted}, true);
  g_assert_cmpint(ms_regions_find(diagnosis.regions, 8, 1), ==, 0);
  g_assert_cmpint(ms_regions_find(diagnosis.regions, 3, 0), ==, 1);
  g_assert_cmpint(ms_regions_find(diagnosis.regions, 6, 0), ==, 2);
  g_assert_cmpuint(diagnosis.anatomy.errors[MS_ERROR_MISSED].pixels, ==, 3);
  g_assert_cmpuint(diagnosis.anatomy.errors[MS_ERROR_BOUNDARY].pixels, ==, 1);
  g_assert_cmpuint(diagnosis.anatomy.errors[MS_ERROR_SPURIOUS].pixels, ==, 1);
  g_assert_cmpuint(diagnosis.reach.within[0].pixels, ==, 0);
  g_assert_cmpint(ms_raster_get(&diagnosis.map, 0, 0), ==, 0);
  g_assert_cmpint(MS_MAP_ERROR(ms_raster_get(&diagnosis.map, 8, 1)), ==, MS_ERROR_MISSED);
  g_assert_cmpint(MS_MAP_REACH(ms_raster_get(&diagnosis.map, 8, 1)), ==, 1);
  g_assert_cmpint(MS_MAP_ERROR(ms_raster_get(&diagnosis.map, 3, 0)), ==, MS_ERROR_BOUNDARY);
  g_assert_cmpint(MS_MAP_REACH(ms_raster_get(&diagnosis.map, 3, 0)), ==, 1);
  g_assert_cmpint(MS_MAP_ERROR(ms_raster_get(&diagnosis.map, 6, 0)), ==, MS_ERROR_SPURIOUS);
  g_assert_cmpint(MS_MAP_REACH(ms_raster_get(&diagnosis.map, 6, 0)), ==, 2);
  ms_diagnosis_clear(&diagnosis);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
assert_mends_equal(const MsMend *got, const MsMend *want)
{
  g_assert_cmpuint(got->pixels, ==, want->pixels);
  g_assert_cmpuint(got->fp, ==, want->fp);
  g_assert_cmpuint(got->fn, ==, want->fn);
}

/* Regions and kinds of error sum to the same, and what is forgiven grows no further than that. */
static void
assert_sums(const MsDiagnosis *diagnosis)
{
  MsMend regions = {0}, errors = {0};
  size_t n_regions;
  const MsRegion *list = ms_regions_get(diagnosis->regions, &n_regions);

  for (size_t i = 0; i < n_regions; i++)
    ms_mend_add(&regions, &list[i].mend);
  for (int error = 0; error < MS_N_ERRORS; error++)
    ms_mend_add(&errors, &diagnosis->anatomy.errors[error]);
  assert_mends_equal(&errors, &regions);
  for (int k = 1; k <= MS_REACH_MAX; k++)
    g_assert_cmpuint(diagnosis->reach.within[k].pixels, >=, diagnosis->reach.within[k - 1].pixels);
  g_assert_cmpuint(diagnosis->reach.within[MS_REACH_MAX].pixels, <=, regions.pixels);
}

/* The map holds for each wrong pixel, and no other, what was counted. */
static void
assert_map(const MsDiagnosis *diagnosis)
{
  uint64_t errors[MS_N_ERRORS] = {0}, within[MS_REACH_MAX + 1] = {0};
  const MsRaster *map = &diagnosis->map;

  for (int y = 0; y < map->height; y++) {
    for (int x = 0; x < map->width; x++) {
      uint32_t byte = ms_raster_get(map, x, y);

      g_assert_cmpint(byte != 0, ==, ms_regions_find(diagnosis->regions, x, y) >= 0);
      if (byte == 0)
        continue;
      errors[MS_MAP_ERROR(byte)]++;
      for (uint32_t k = MS_MAP_REACH(byte); k <= MS_REACH_MAX; k++)
        within[k]++;
    }
  }
  for (int error = 0; error < MS_N_ERRORS; error++)
    g_assert_cmpuint(errors[error], ==, diagnosis->anatomy.errors[error].pixels);
  for (int k = 0; k <= MS_REACH_MAX; k++)
    g_assert_cmpuint(within[k], ==, diagnosis->reach.within[k].pixels);
}

/* With and without a map it is the same. */
static void
assert_consistent(const MsKindsSource *source)
{
  MsDiagnosis with = diagnosis_of(source, true), without = diagnosis_of(source, false);

  assert_sums(&with);
  assert_map(&with);
  g_assert_null(without.map.owned);
  g_assert_cmpmem(&with.anatomy, sizeof with.anatomy, &without.anatomy, sizeof without.anatomy);
  g_assert_cmpmem(&with.reach, sizeof with.reach, &without.reach, sizeof without.reach);
  g_assert_cmpuint(ms_diagnosis_bytes(&with), >, ms_diagnosis_bytes(&without));
  ms_diagnosis_clear(&with);
  ms_diagnosis_clear(&without);
  ms_diagnosis_clear(&without);
}

static void
test_random_pairs(void)
{
  static const uint32_t hidden[] = {1, 3};
  static const MsFocus focuses[] = {
      {.solo = -1}, {.solo = 1}, {.solo = -1, .hidden = hidden, .n_hidden = 2}};
  TestRandom random = {.state = 605};

  for (size_t i = 0; i < 300; i++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random);

    assert_consistent(&(MsKindsSource){.rules = &rules,
                                       .actual = &pair.actual,
                                       .predicted = &pair.predicted,
                                       .focus = focuses[i % G_N_ELEMENTS(focuses)]});
    case_pair_clear(&pair);
  }
}

static void
test_random_stacks(void)
{
  TestRandom random = {.state = 606};

  for (int i = 0; i < 100; i++) {
    int width = 1 + (int)test_random_below(&random, 40), height = 1 + i % 19;
    StackScene scenes[2] = {stack_scene_random(&random, width, height),
                            stack_scene_random(&random, width, height)};
    StackSide actual = stack_side(&scenes[0]), predicted = stack_side(&scenes[1]);
    MsRules rules = stack_rules_random(&random);

    assert_consistent(&(MsKindsSource){.rules = &rules,
                                       .actual = &actual.raster,
                                       .predicted = &predicted.raster,
                                       .actual_stacks = actual.stacks,
                                       .predicted_stacks = predicted.stacks,
                                       .focus = MS_FOCUS_ALL});
    for (int side = 0; side < 2; side++)
      stack_scene_clear(&scenes[side]);
    stack_side_clear(&actual);
    stack_side_clear(&predicted);
  }
}

typedef struct {
  int n_left;
  double last;
} Patience;

static bool
lose_patience(void *user, double fraction)
{
  Patience *patience = user;

  g_assert_cmpfloat(fraction, >=, patience->last);
  g_assert_cmpfloat(fraction, <=, 1);
  patience->last = fraction;
  return patience->n_left-- > 0;
}

/* Wherever it is stopped, it is as if nothing had been; what is done only grows. */
static void
test_cancelled(void)
{
  MsRaster actual = ascii_raster("012?0\n", 8), predicted = ascii_raster("10210\n", 16);
  MsRules rules = {.comparison = MS_COMPARE_CLASSES};
  MsKindsSource source = {
      .rules = &rules, .actual = &actual, .predicted = &predicted, .focus = MS_FOCUS_ALL};
  MsStatus status = MS_STATUS_CANCELLED;
  MsDiagnosis diagnosis;
  int n_asked = 0;

  for (; status == MS_STATUS_CANCELLED; n_asked++) {
    Patience patience = {.n_left = n_asked};

    status = ms_diagnosis_init(&diagnosis, &source, true,
                               &(MsControl){.go_on = lose_patience, .user = &patience});
    if (status == MS_STATUS_CANCELLED)
      g_assert_true(!diagnosis.regions && !diagnosis.map.owned);
  }
  g_assert_cmpint(status, ==, MS_STATUS_OK);
  g_assert_cmpint(n_asked, >, 8);
  ms_diagnosis_clear(&diagnosis);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/diagnosis/drawn", test_drawn);
  g_test_add_func("/metric/diagnosis/random-pairs", test_random_pairs);
  g_test_add_func("/metric/diagnosis/random-stacks", test_random_stacks);
  g_test_add_func("/metric/diagnosis/cancelled", test_cancelled);
  return g_test_run();
}
