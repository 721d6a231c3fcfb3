/* SPDX-License-Identifier: MIT
 *
 * Panoptic quality: segments drawn by hand under both rules of zero, with classes and without,
 * against every pair of segments, and what always holds.
 */
#include "metric/panoptic.h"

#include "number-cases.h"

static MsPanoptic
panoptic_of(const MsRaster *actual, const MsRaster *predicted, MsZeroRule zero, uint32_t divisor,
            int64_t class_id)
{
  const MsPanopticRules rules = {.zero = zero, .divisor = divisor};
  MsPanoptic panoptic;
  MsJoint *joint;

  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, actual, predicted, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_panoptic_count(joint, &rules, class_id, &panoptic), ==, MS_STATUS_OK);
  ms_joint_free(joint);
  return panoptic;
}

static void
assert_panoptic(MsPanoptic panoptic, uint64_t tp, uint64_t fp, uint64_t fn, double iou)
{
  g_assert_cmpuint(panoptic.tp, ==, tp);
  g_assert_cmpuint(panoptic.fp, ==, fp);
  g_assert_cmpuint(panoptic.fn, ==, fn);
  g_assert_cmpfloat_with_epsilon(panoptic.iou, iou, 1e-12);
}

/* 1: IoU 4/6. 2: exactly 1/2, no match. 3 is missed; 8 lies on nothing. */
static void
test_drawn(void)
{
  MsPlanes planes = numbers_of_ascii("1 1 1 1 1 . 2 2 . 3\n"
                                     ". . . . . . . . . 3\n"
                                     ". . . . . . . . . .\n",
                                     ". 9 9 9 9 9 7 . . .\n"
                                     ". . . . . . . . . .\n"
                                     "8 8 8 . . . . . . .\n",
                                     8);
  MsPanoptic background =
      panoptic_of(&planes.actual, &planes.predicted, MS_ZERO_IS_BACKGROUND, 0, -1);
  MsPanoptic unlabelled = panoptic_of(&planes.actual, &planes.predicted, MS_ZERO_IS_VOID, 0, -1);

  assert_panoptic(background, 1, 2, 2, 4 / 6.0);
  assert_value(ms_score_sq(&background), 4 / 6.0);
  assert_value(ms_score_rq(&background), 1 / 3.0);
  assert_value(ms_score_pq(&background), 4 / 18.0);
  /* The pixel right of 1 is unlabelled; 8 is more than half unlabelled, 7 is not. */
  assert_panoptic(unlabelled, 1, 1, 2, 4 / 5.0);
  numbers_clear(&planes);
}

/* Divisor 10: 1 and 2 are stuff, 30 and 31 things of class 3, which class 4 does not match. */
static void
test_classes(void)
{
  MsPlanes planes = numbers_of_ascii("1 1 1 . u u v v\n", "1 1 2 2 v v z z\n", 8);
  MsRaster *actual = &planes.actual, *predicted = &planes.predicted;

  for (int x = 0; x < 8; x++) {
    if (x >= 4)
      ascii_set(actual, x, 0, x < 6 ? 30 : 31);
    if (x >= 4)
      ascii_set(predicted, x, 0, x < 6 ? 31 : 40);
  }
  assert_panoptic(panoptic_of(actual, predicted, MS_ZERO_IS_BACKGROUND, 10, -1), 2, 2, 1,
                  2 / 3.0 + 1);
  assert_panoptic(panoptic_of(actual, predicted, MS_ZERO_IS_BACKGROUND, 10, 1), 1, 0, 0, 2 / 3.0);
  assert_panoptic(panoptic_of(actual, predicted, MS_ZERO_IS_BACKGROUND, 10, 2), 0, 1, 0, 0);
  assert_panoptic(panoptic_of(actual, predicted, MS_ZERO_IS_BACKGROUND, 10, 3), 1, 0, 1, 1);
  assert_panoptic(panoptic_of(actual, predicted, MS_ZERO_IS_BACKGROUND, 10, 4), 0, 1, 0, 0);
  numbers_clear(&planes);
}

/* 11 is a crowd of class 1: not missed, and 19 mostly on it is no false positive; 29 of class 2 is
 * one. */
static void
test_crowd(void)
{
  static const uint32_t crowds[] = {11};
  const MsPanopticRules rules = {
      .zero = MS_ZERO_IS_VOID, .divisor = 10, .crowds = crowds, .n_crowds = G_N_ELEMENTS(crowds)};
  const MsCell cells[] = {{11, 0, 5}, {11, 19, 3}, {11, 29, 4}, {12, 12, 6}, {12, 19, 2}};
  MsPanoptic panoptic;
  MsJoint *joint;

  g_assert_cmpint(ms_joint_new_of_cells(cells, G_N_ELEMENTS(cells), &joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_panoptic_count(joint, &rules, -1, &panoptic), ==, MS_STATUS_OK);
  assert_panoptic(panoptic, 1, 1, 0, 6 / 8.0);
  ms_joint_free(joint);
}

static void
test_nothing(void)
{
  static const MsPanoptic nothing = {0}, missed = {.fn = 3};

  assert_undefined(ms_score_pq(&nothing));
  assert_undefined(ms_score_sq(&nothing));
  assert_undefined(ms_score_rq(&nothing));
  assert_value(ms_score_pq(&missed), 0);
  assert_value(ms_score_sq(&missed), 0);
  assert_value(ms_score_rq(&missed), 0);
}

static uint64_t
naive_count(const MsPlanes *planes, int64_t actual, int64_t predicted)
{
  uint64_t n = 0;

  for (int y = 0; y < planes->height; y++)
    for (int x = 0; x < planes->width; x++)
      n += (actual < 0 || ms_raster_get(&planes->actual, x, y) == actual) &&
           (predicted < 0 || ms_raster_get(&planes->predicted, x, y) == predicted);
  return n;
}

static uint32_t
naive_class(uint32_t id, uint32_t divisor)
{
  return divisor == 0 ? 0 : id < divisor ? id : id / divisor;
}

static MsPanoptic
naive_panoptic(const MsPlanes *planes, MsZeroRule zero, uint32_t divisor)
{
  bool actual_matched[32] = {false}, predicted_matched[32] = {false};
  MsPanoptic panoptic = {0};

  for (uint32_t a = 1; a < planes->n_numbers; a++) {
    for (uint32_t p = 1; p < planes->n_numbers; p++) {
      double both = (double)naive_count(planes, a, p), all;

      all = (double)naive_count(planes, a, -1) + (double)naive_count(planes, -1, p) - both;
      if (zero == MS_ZERO_IS_VOID)
        all -= (double)naive_count(planes, 0, p);
      if (naive_class(a, divisor) != naive_class(p, divisor) || both == 0 || both / all <= 0.5)
        continue;
      actual_matched[a] = predicted_matched[p] = true;
      panoptic.tp++;
      panoptic.iou += both / all;
    }
  }
  for (uint32_t id = 1; id < planes->n_numbers; id++) {
    uint64_t area = naive_count(planes, -1, id), on_void = naive_count(planes, 0, id);

    panoptic.fn += !actual_matched[id] && naive_count(planes, id, -1) > 0;
    panoptic.fp += !predicted_matched[id] && area > 0 &&
                   !(zero == MS_ZERO_IS_VOID && (double)on_void / (double)area > 0.5);
  }
  return panoptic;
}

static void
test_random_pairs(void)
{
  TestRandom random = {31};

  for (int i = 0; i < 300; i++) {
    MsPlanes planes = numbers_random_pair(&random, 24, 2 + test_random_below(&random, 9));
    uint32_t divisor = i % 2 ? 3 : 0;

    for (int zero = MS_ZERO_IS_BACKGROUND; zero <= MS_ZERO_IS_VOID; zero++) {
      MsPanoptic want = naive_panoptic(&planes, (MsZeroRule)zero, divisor);

      assert_panoptic(panoptic_of(&planes.actual, &planes.predicted, (MsZeroRule)zero, divisor, -1),
                      want.tp, want.fp, want.fn, want.iou);
    }
    numbers_clear(&planes);
  }
}

/* Classes sum to the whole; background is symmetric; a map matches itself. */
static void
test_invariants(void)
{
  TestRandom random = {32};

  for (int i = 0; i < 60; i++) {
    MsPlanes planes = numbers_random_pair(&random, 40, 20);
    MsPanoptic all = panoptic_of(&planes.actual, &planes.predicted, MS_ZERO_IS_BACKGROUND, 4, -1);
    MsPanoptic back = panoptic_of(&planes.predicted, &planes.actual, MS_ZERO_IS_BACKGROUND, 4, -1);
    MsPanoptic same = panoptic_of(&planes.actual, &planes.actual, MS_ZERO_IS_VOID, 0, -1);
    MsPanoptic sum = {0};

    for (int64_t id = 0; id < 20; id++) {
      MsPanoptic one = panoptic_of(&planes.actual, &planes.predicted, MS_ZERO_IS_BACKGROUND, 4, id);

      sum.tp += one.tp;
      sum.fp += one.fp;
      sum.fn += one.fn;
      sum.iou += one.iou;
    }
    assert_panoptic(sum, all.tp, all.fp, all.fn, all.iou);
    assert_panoptic(back, all.tp, all.fn, all.fp, all.iou);
    assert_panoptic(same, same.tp, 0, 0, (double)same.tp);
    numbers_clear(&planes);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/panoptic/drawn", test_drawn);
  g_test_add_func("/metric/panoptic/classes", test_classes);
  g_test_add_func("/metric/panoptic/crowd", test_crowd);
  g_test_add_func("/metric/panoptic/nothing", test_nothing);
  g_test_add_func("/metric/panoptic/random", test_random_pairs);
  g_test_add_func("/metric/panoptic/invariants", test_invariants);
  return g_test_run();
}
