/* SPDX-License-Identifier: MIT
 *
 * Every level against a naive version on random pixels and sizes, odd and one-sided ones included;
 * then stopping half-way, limits and sizes.
 */
#include <string.h>

#include "metric/kinds.h"
#include "metric/raster.h"
#include "render/pictures.h"
#include "support/random.h"

/* Average of the pixels that exist, each channel rounded to nearest, halves up. */
#define N_CONTENTS (MS_PYRAMID_COLORS + 1)

static void
check_image_pixel(const MsLevel *from, const MsLevel *to, int x, int y)
{
  const uint8_t *out = to->pixels + y * to->stride + 4 * x;

  for (int channel = 0; channel < 4; channel++) {
    int sum = 0, n = 0;

    for (int fy = 2 * y; fy < MIN(2 * y + 2, from->height); fy++) {
      for (int fx = 2 * x; fx < MIN(2 * x + 2, from->width); fx++) {
        sum += from->pixels[fy * from->stride + 4 * fx + channel];
        n++;
      }
    }
    g_assert_cmpint(out[channel], ==, (2 * sum + n) / (2 * n));
  }
}

static void
check_kinds_pixel(const MsLevel *from, const MsLevel *to, int x, int y)
{
  int kinds = 0;

  for (int fy = 2 * y; fy < MIN(2 * y + 2, from->height); fy++) {
    for (int fx = 2 * x; fx < MIN(2 * x + 2, from->width); fx++)
      kinds |= from->pixels[fy * from->stride + fx];
  }
  g_assert_cmpint(to->pixels[y * to->stride + x], ==, kinds);
}

/* Of the painted colours among those that exist the most frequent one, the first of equals; none
 * where nothing is painted. */
static uint32_t
most_frequent(const MsLevel *from, int x, int y)
{
  uint32_t best = 0;
  int most = 0;

  for (int i = 0; i < 4; i++) {
    uint32_t color =
        *(uint32_t *)(from->pixels + MIN(2 * y + i / 2, from->height - 1) * from->stride +
                      4 * MIN(2 * x + i % 2, from->width - 1));
    int count = 0;

    for (int j = 0; j < 4; j++)
      count += *(uint32_t *)(from->pixels + MIN(2 * y + j / 2, from->height - 1) * from->stride +
                             4 * MIN(2 * x + j % 2, from->width - 1)) == color;
    if (color != 0 && count > most) {
      most = count;
      best = color;
    }
  }
  return best;
}

static void
check_colors_pixel(const MsLevel *from, const MsLevel *to, int x, int y)
{
  g_assert_cmphex(*(uint32_t *)(to->pixels + y * to->stride + 4 * x), ==,
                  most_frequent(from, x, y));
}

static void
check_grey_pixel(const MsLevel *from, const MsLevel *to, int x, int y)
{
  unsigned sum = 2;

  for (int i = 0; i < 4; i++)
    sum += from->pixels[MIN(2 * y + i / 2, from->height - 1) * from->stride +
                        MIN(2 * x + i % 2, from->width - 1)];
  g_assert_cmpint(to->pixels[y * to->stride + x], ==, sum / 4);
}

static void
check_levels(const MsPyramid *pyramid)
{
  const MsLevel *last = &pyramid->levels[pyramid->n_levels - 1];

  g_assert_cmpint(last->width, <=, 64);
  g_assert_cmpint(last->height, <=, 64);
  for (int i = 1; i < pyramid->n_levels; i++) {
    const MsLevel *from = &pyramid->levels[i - 1], *to = &pyramid->levels[i];

    g_assert_true(from->width > 64 || from->height > 64);
    g_assert_cmpint(to->width, ==, (from->width + 1) / 2);
    g_assert_cmpint(to->height, ==, (from->height + 1) / 2);
    for (int y = 0; y < to->height; y++) {
      for (int x = 0; x < to->width; x++) {
        if (pyramid->content == MS_PYRAMID_IMAGE)
          check_image_pixel(from, to, x, y);
        else if (pyramid->content == MS_PYRAMID_GREY)
          check_grey_pixel(from, to, x, y);
        else if (pyramid->content == MS_PYRAMID_COLORS)
          check_colors_pixel(from, to, x, y);
        else
          check_kinds_pixel(from, to, x, y);
      }
    }
  }
}

static uint32_t
random_pixel(MsPyramidContent content, TestRandom *random)
{
  static const uint32_t colors[] = {0, 0, 0xffff0000u, 0xff00ff00u, 0xff0000ffu};

  if (content == MS_PYRAMID_COLORS)
    return colors[test_random_below(random, G_N_ELEMENTS(colors))];
  if (content == MS_PYRAMID_KINDS)
    return 1u << test_random_below(random, 5);
  return test_random(random);
}

static void
fill_random(MsPyramid *pyramid, TestRandom *random)
{
  const MsLevel *level = &pyramid->levels[0];

  for (int y = 0; y < level->height; y++) {
    for (int x = 0; x < level->width; x++) {
      uint32_t pixel = random_pixel(pyramid->content, random);

      memcpy(level->pixels + y * level->stride + x * pyramid->pixel_bytes, &pixel,
             (size_t)pyramid->pixel_bytes);
    }
  }
}

static void
check_size(int width, int height, MsPyramidContent content, TestRandom *random)
{
  MsPyramid *pyramid = ms_pyramid_new(width, height, content);

  g_assert_nonnull(pyramid);
  fill_random(pyramid, random);
  test_pyramid_reduce(pyramid);
  check_levels(pyramid);
  ms_pyramid_free(pyramid);
}

static void
test_random_sizes(void)
{
  TestRandom random = {7};

  for (int i = 0; i < 60; i++) {
    int width = 1 + (int)test_random_below(&random, 300);
    int height = 1 + (int)test_random_below(&random, 300);

    check_size(width, height, (MsPyramidContent)(i % N_CONTENTS), &random);
  }
}

static void
test_edge_sizes(void)
{
  static const int sizes[][2] = {{1, 1},   {64, 64}, {65, 64}, {64, 65},  {1, 5000},  {5000, 1},
                                 {65, 65}, {127, 2}, {2, 129}, {1000, 3}, {100000, 1}};
  TestRandom random = {11};

  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    for (int content = 0; content < N_CONTENTS; content++)
      check_size(sizes[i][0], sizes[i][1], (MsPyramidContent)content, &random);
  }
}

/* A pixel of a class on bare ground is there on every level. */
static void
test_class_on_ground_stays(void)
{
  MsPyramid *colors = ms_pyramid_new(3001, 2003, MS_PYRAMID_COLORS);

  for (int y = 0; y < 2003; y++)
    memset(colors->levels[0].pixels + y * colors->levels[0].stride, 0, 4 * 3001);
  *(uint32_t *)(colors->levels[0].pixels + 777 * colors->levels[0].stride + 4 * 1234) = 0xff123456u;
  test_pyramid_reduce(colors);
  for (int i = 0; i < colors->n_levels; i++) {
    const MsLevel *level = &colors->levels[i];

    g_assert_cmphex(*(uint32_t *)(level->pixels + (777 >> i) * level->stride + 4 * (1234 >> i)), ==,
                    0xff123456u);
  }
  ms_pyramid_free(colors);
}

static void
test_wrong_pixel_stays(void)
{
  MsPyramid *kinds = test_kinds_new(3001, 2003, MS_KIND_TP);
  TestRandom random = {13};
  int x = (int)test_random_below(&random, 3001), y = (int)test_random_below(&random, 2003);

  *test_kinds_at(kinds, x, y) = MS_KIND_FN;
  test_pyramid_reduce(kinds);
  for (int i = 0; i < kinds->n_levels; i++) {
    const MsLevel *level = &kinds->levels[i];
    int n = 0;

    for (int ly = 0; ly < level->height; ly++) {
      for (int lx = 0; lx < level->width; lx++)
        n += (level->pixels[ly * level->stride + lx] & MS_KIND_FN) != 0;
    }
    g_assert_cmpint(n, ==, 1);
    g_assert_true(level->pixels[(y >> i) * level->stride + (x >> i)] & MS_KIND_FN);
  }
  ms_pyramid_free(kinds);
}

typedef struct {
  int calls_left;
  double fraction;
} Budget;

static bool
spend(void *user, double fraction)
{
  Budget *budget = user;

  g_assert_cmpfloat(fraction, >=, budget->fraction);
  g_assert_cmpfloat(fraction, <=, 1.0);
  budget->fraction = fraction;
  return budget->calls_left-- > 0;
}

static void
test_cancel(void)
{
  TestRandom random = {17};

  /* Levels of 450, 225, 113 and 57 rows ask 8 + 4 + 2 + 1 times. */
  for (int calls = 0; calls <= 15; calls++) {
    MsPyramid *pyramid = ms_pyramid_new(700, 900, MS_PYRAMID_IMAGE);
    Budget budget = {calls, 0};
    MsControl control = {spend, &budget};

    fill_random(pyramid, &random);
    g_assert_cmpint(ms_pyramid_reduce(pyramid, &control), ==,
                    calls < 15 ? MS_STATUS_CANCELLED : MS_STATUS_OK);
    test_pyramid_reduce(pyramid);
    check_levels(pyramid);
    ms_pyramid_free(pyramid);
  }
}

/* ---- filled in bands ---- */

static MsStatus
copy_rows(void *pixels, const MsLevel *level, int first_row, int n_rows)
{
  ptrdiff_t from = first_row * level->stride;

  memcpy(level->pixels + from, (const uint8_t *)pixels + from, (size_t)(n_rows * level->stride));
  return MS_STATUS_OK;
}

static void
assert_same_levels(const MsPyramid *a, const MsPyramid *b)
{
  g_assert_cmpint(a->n_levels, ==, b->n_levels);
  for (int i = 0; i < a->n_levels; i++)
    for (int y = 0; y < a->levels[i].height; y++)
      g_assert_cmpmem(a->levels[i].pixels + y * a->levels[i].stride,
                      (size_t)(a->levels[i].width * a->pixel_bytes),
                      b->levels[i].pixels + y * b->levels[i].stride,
                      (size_t)(b->levels[i].width * b->pixel_bytes));
}

/* The levels of a pyramid that is filled band by band are those of one that is reduced. */
static void
test_filled(void)
{
  static const int sizes[][2] = {{1, 1},     {64, 64},  {65, 64},   {300, 128}, {300, 129},
                                 {301, 255}, {3, 5000}, {5000, 3},  {700, 901}, {257, 1024},
                                 {33, 2047}, {1, 9001}, {20000, 1}, {511, 513}};
  TestRandom random = {19};

  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
    for (int content = 0; content < N_CONTENTS; content++) {
      MsPyramid *reduced = ms_pyramid_new(sizes[i][0], sizes[i][1], (MsPyramidContent)content);
      MsPyramid *filled = ms_pyramid_new(sizes[i][0], sizes[i][1], (MsPyramidContent)content);

      fill_random(reduced, &random);
      test_pyramid_reduce(reduced);
      g_assert_cmpint(ms_pyramid_fill(filled, copy_rows, reduced->levels[0].pixels, NULL), ==,
                      MS_STATUS_OK);
      assert_same_levels(filled, reduced);
      ms_pyramid_free(reduced);
      ms_pyramid_free(filled);
    }
}

static MsStatus
fail_below(void *row, const MsLevel *level, int first_row, int n_rows)
{
  return first_row + n_rows > *(const int *)row ? MS_STATUS_INVALID : MS_STATUS_OK;
}

static bool
never(void *user, double fraction)
{
  return false;
}

static void
test_filling_fails(void)
{
  MsControl control = {never, NULL};
  int row = 300;

  for (int i = 0; i < 2; i++) {
    MsPyramid *pyramid = ms_pyramid_new(100, 1000, MS_PYRAMID_KINDS);

    g_assert_cmpint(ms_pyramid_fill(pyramid, fail_below, &row, i ? &control : NULL), ==,
                    i ? MS_STATUS_CANCELLED : MS_STATUS_INVALID);
    ms_pyramid_free(pyramid);
  }
}

static void
test_refused(void)
{
  g_assert_null(ms_pyramid_new(0, 5, MS_PYRAMID_IMAGE));
  g_assert_null(ms_pyramid_new(5, 0, MS_PYRAMID_IMAGE));
  g_assert_null(ms_pyramid_new(-1, 5, MS_PYRAMID_IMAGE));
  g_assert_null(ms_pyramid_new(MS_RASTER_MAX_SIDE + 1, 1, MS_PYRAMID_IMAGE));
  g_assert_null(ms_pyramid_new(1, MS_RASTER_MAX_SIDE + 1, MS_PYRAMID_IMAGE));
  ms_pyramid_free(NULL);
}

static void
test_bytes(void)
{
  MsPyramid *pyramid = test_image_new(640, 480, 0);
  size_t alone = ms_pyramid_bytes(pyramid);

  g_assert_cmpuint(alone, >=, 640 * 480 * 4);
  test_pyramid_reduce(pyramid);
  g_assert_cmpuint(ms_pyramid_bytes(pyramid), >, alone + alone / 4);
  g_assert_cmpuint(ms_pyramid_bytes(pyramid), <, alone + alone / 2);
  ms_pyramid_free(pyramid);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/pyramid/random-sizes", test_random_sizes);
  g_test_add_func("/render/pyramid/edge-sizes", test_edge_sizes);
  g_test_add_func("/render/pyramid/class-on-ground-stays", test_class_on_ground_stays);
  g_test_add_func("/render/pyramid/wrong-pixel-stays", test_wrong_pixel_stays);
  g_test_add_func("/render/pyramid/cancel", test_cancel);
  g_test_add_func("/render/pyramid/filled", test_filled);
  g_test_add_func("/render/pyramid/filling-fails", test_filling_fails);
  g_test_add_func("/render/pyramid/refused", test_refused);
  g_test_add_func("/render/pyramid/bytes", test_bytes);
  return g_test_run();
}
