/* SPDX-License-Identifier: MIT
 *
 * Planes for the tests of what is found in them: of drawings, and of random scenes (rectangles and
 * noise on one side, much the same moved a little on the other), upright and turned.
 */
#pragma once

#include "metric/planes.h"
#include "stack-cases.h"

static inline MsPlanes
case_planes(const MsRules *rules, const MsFocus *focus, const MsRaster *actual,
            const MsRaster *predicted)
{
  MsKindsSource source = {
      .rules = rules, .actual = actual, .predicted = predicted, .focus = *focus};
  MsPlanes planes;

  g_assert_cmpint(ms_planes_init(&planes, &source, NULL), ==, MS_STATUS_OK);
  return planes;
}

/* Of stacks. */
static inline MsPlanes
case_stack_planes(TestRandom *random)
{
  int width = 1 + (int)test_random_below(random, 40);
  int height = 1 + (int)test_random_below(random, 30);
  StackScene actual = stack_scene_random(random, width, height);
  StackScene predicted = stack_scene_random(random, width, height);
  StackSide actual_side = stack_side(&actual), predicted_side = stack_side(&predicted);
  MsRules rules = stack_rules_random(random);
  MsKindsSource source = {.rules = &rules,
                          .actual = &actual_side.raster,
                          .predicted = &predicted_side.raster,
                          .actual_stacks = actual_side.stacks,
                          .predicted_stacks = predicted_side.stacks,
                          .focus = MS_FOCUS_ALL};
  MsPlanes planes;

  g_assert_cmpint(ms_planes_init(&planes, &source, NULL), ==, MS_STATUS_OK);
  stack_side_clear(&actual_side);
  stack_side_clear(&predicted_side);
  stack_scene_clear(&actual);
  stack_scene_clear(&predicted);
  return planes;
}

static inline MsPlanes
case_planes_of_ascii(const MsRules *rules, const MsFocus *focus, const char *actual_text,
                     const char *predicted_text)
{
  MsRaster actual = ascii_raster(actual_text, 8), predicted = ascii_raster(predicted_text, 8);
  MsPlanes planes = case_planes(rules, focus, &actual, &predicted);

  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return planes;
}

static inline MsKind
case_kind(const MsPlanes *planes, int x, int y)
{
  return (MsKind)ms_raster_get(&planes->kinds, x, y);
}

static inline bool
case_is_wrong(const MsPlanes *planes, int x, int y)
{
  return case_kind(planes, x, y) & MS_KIND_WRONG;
}

/* Mended pixel by pixel. */
static inline void
case_mend_pixel(const MsPlanes *planes, int x, int y, MsMend *mend)
{
  ms_planes_mend(planes, case_kind(planes, x, y), ms_raster_get(&planes->actual, x, y),
                 ms_raster_get(&planes->predicted, x, y), 1, mend);
}

static inline void
assert_mend(const MsMend *got, const MsMend *want)
{
  g_assert_cmpuint(got->pixels, ==, want->pixels);
  g_assert_cmpuint(got->fp, ==, want->fp);
  g_assert_cmpuint(got->fn, ==, want->fn);
}

static inline MsRaster
case_new_raster(int width, int height, int bits)
{
  MsRaster raster;

  g_assert_cmpint(ms_raster_init(&raster, width, height, bits), ==, MS_STATUS_OK);
  return raster;
}

static inline void
case_paint_rectangle(TestRandom *random, uint32_t n_values, MsRaster *raster)
{
  int x_begin = (int)test_random_below(random, (uint32_t)raster->width);
  int y_begin = (int)test_random_below(random, (uint32_t)raster->height);
  int width = 1 + (int)test_random_below(random, (uint32_t)raster->width);
  int height = 1 + (int)test_random_below(random, (uint32_t)raster->height);
  uint32_t value = test_random_below(random, n_values);

  for (int y = y_begin; y < y_begin + height / 2 + 1 && y < raster->height; y++) {
    for (int x = x_begin; x < x_begin + width / 2 + 1 && x < raster->width; x++)
      ascii_set(raster, x, y, value);
  }
}

static inline void
case_add_noise(TestRandom *random, uint32_t n_values, MsRaster *raster)
{
  uint32_t every = test_random_below(random, 2) ? 20 : 2000;

  for (int y = 0; y < raster->height; y++) {
    for (int x = 0; x < raster->width; x++) {
      if (test_random_below(random, every) == 0)
        ascii_set(raster, x, y,
                  test_random_below(random, 8) ? test_random_below(random, n_values) : 255);
    }
  }
}

/* The raster, so far to the right and down; what comes in is 0. */
static inline MsRaster
case_moved(const MsRaster *raster, int right, int down)
{
  MsRaster moved = case_new_raster(raster->width, raster->height, raster->bits);

  for (int y = down; y < raster->height; y++) {
    for (int x = right; x < raster->width; x++)
      ascii_set(&moved, x, y, ms_raster_get(raster, x - right, y - down));
  }
  return moved;
}

static inline CasePair
case_scene(TestRandom *random, int max_width, int max_height)
{
  static const int depths[] = {8, 16, 32};
  int width = 1 + (int)test_random_below(random, (uint32_t)max_width);
  int height = 1 + (int)test_random_below(random, (uint32_t)max_height);
  uint32_t n_values = 2 + test_random_below(random, 4);
  CasePair pair;

  pair.actual = case_new_raster(width, height, depths[test_random_below(random, 3)]);
  for (uint32_t i = test_random_below(random, 12); i > 0; i--)
    case_paint_rectangle(random, n_values, &pair.actual);
  pair.predicted = case_moved(&pair.actual, (int)test_random_below(random, 4) % width,
                              (int)test_random_below(random, 4) % height);
  for (uint32_t i = test_random_below(random, 4); i > 0; i--)
    case_paint_rectangle(random, n_values, &pair.predicted);
  if (test_random_below(random, 2))
    case_add_noise(random, n_values, &pair.actual);
  if (test_random_below(random, 2))
    case_add_noise(random, n_values, &pair.predicted);
  return pair;
}

/* Of classes 0 to 4, or binary; 255 is ignored, or a class in places. */
static inline MsRules
case_scene_rules(TestRandom *random)
{
  static const uint32_t ignored[] = {255}, classes[] = {0, 1, 2, 3, 4};
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = test_random_below(random, 3) ? MS_COMPARE_CLASSES : MS_COMPARE_BINARY;
  if (test_random_below(random, 2)) {
    rules.ignored = ignored;
    rules.n_ignored = G_N_ELEMENTS(ignored);
  }
  if (test_random_below(random, 2)) {
    rules.classes = classes;
    rules.n_classes = G_N_ELEMENTS(classes);
    rules.ignore_unlisted = true;
  }
  return rules;
}

static inline MsFocus
case_scene_focus(TestRandom *random)
{
  static const uint32_t hidden[] = {2};
  MsFocus focus = MS_FOCUS_ALL;

  if (test_random_below(random, 4) == 0)
    focus.solo = test_random_below(random, 5);
  if (test_random_below(random, 4) == 0) {
    focus.hidden = hidden;
    focus.n_hidden = G_N_ELEMENTS(hidden);
  }
  return focus;
}

/* Rows become columns, and what was first is last. */
static inline MsRaster
case_turned(const MsRaster *raster)
{
  MsRaster turned = case_new_raster(raster->height, raster->width, raster->bits);

  for (int y = 0; y < raster->height; y++) {
    for (int x = 0; x < raster->width; x++)
      ascii_set(&turned, raster->height - 1 - y, x, ms_raster_get(raster, x, y));
  }
  return turned;
}

static inline bool
case_rasters_equal(const MsRaster *one, const MsRaster *two)
{
  for (int y = 0; y < one->height; y++) {
    for (int x = 0; x < one->width; x++) {
      if (ms_raster_get(one, x, y) != ms_raster_get(two, x, y))
        return false;
    }
  }
  return one->width == two->width && one->height == two->height;
}

static inline MsRaster
case_widened(const MsRaster *raster, int bits)
{
  MsRaster wide = case_new_raster(raster->width, raster->height, bits);

  for (int y = 0; y < raster->height; y++) {
    for (int x = 0; x < raster->width; x++)
      ascii_set(&wide, x, y, ms_raster_get(raster, x, y));
  }
  return wide;
}

/* The same with numbers of so many bits, as where there are many classes. Borrows the rest. */
static inline MsPlanes
case_widen(const MsPlanes *planes, int bits)
{
  MsPlanes wide = *planes;

  wide.actual = case_widened(&planes->actual, bits);
  wide.predicted = case_widened(&planes->predicted, bits);
  return wide;
}

static inline void
case_clear_widened(MsPlanes *wide)
{
  ms_raster_clear(&wide->actual);
  ms_raster_clear(&wide->predicted);
}

/* Stops at the call that brings the count to 0. */
static inline bool
case_go_on_for(void *user, double fraction)
{
  int *n_left = user;

  g_assert_cmpfloat(fraction, >=, 0);
  g_assert_cmpfloat(fraction, <=, 1);
  return --*n_left > 0;
}
