/* SPDX-License-Identifier: MIT */
#include "pictures.h"

#include <unistd.h>

#include "io/png.h"
#include "support/random.h"

#define TILE    256
#define N_DISCS 40
#define GROUND  0x60
#define FASTEST 1 /* of the PNG writer's levels */

const double bench_patches[BENCH_N_PATCHES][2] = {
    {0.1, 0.1}, {0.9, 0.1}, {0.1, 0.9}, {0.9, 0.9}, {0.5, 0.5}};

guint32
bench_patch_color(guint example)
{
  guint red = 30 + example * 67 % 200, green = 30 + example * 101 % 200;
  guint blue = 30 + example * 41 % 200;

  return red << 16 | green << 8 | blue;
}

guint32
bench_half_over(guint32 rgb, MsColor over)
{
  guint32 other = (guint32)over.red << 16 | (guint32)over.green << 8 | over.blue;

  return ((rgb >> 1) & 0x7f7f7f) + ((other >> 1) & 0x7f7f7f);
}

static MsSamples *
samples_new(int side, MsColorType color)
{
  g_autoptr(GError) error = NULL;
  MsSamples *samples = ms_samples_new(side, side, color, 8, "picture", &error);

  g_assert_no_error(error);
  return samples;
}

static void
write_samples(const TestFolder *folder, const char *set, const char *role, guint example,
              MsSamples *samples)
{
  g_autofree char *name = g_strdup_printf("%s/%s/%03u.png", set, role, example);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_png_encode(samples, FASTEST, NULL, &error);

  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
  ms_samples_free(samples);
}

/* Soft noise, the same in every tile. */
static void
fill_ground(MsSamples *samples)
{
  TestRandom random = {67};
  guint8 tile[TILE * 3];

  for (int y = 0; y < samples->height; y++) {
    guint8 *row = samples->pixels + (gsize)y * samples->stride;

    if (y % TILE == 0)
      random.state = 67;
    for (int i = 0; i < TILE * 3; i++)
      tile[i] = (guint8)(GROUND + y % TILE / 2 + (int)test_random_below(&random, 24));
    for (gsize x = 0; x < samples->stride; x += sizeof tile)
      memcpy(row + x, tile, MIN(sizeof tile, samples->stride - x));
  }
}

/* Fills a rectangle, clipped to the picture, with a pixel of `channels` samples. */
static void
fill_rectangle(MsSamples *samples, double x0, double y0, double x1, double y1, const guint8 *pixel)
{
  int left = (int)MAX(x0, 0), right = (int)MIN(x1, samples->width);
  int top = (int)MAX(y0, 0), bottom = (int)MIN(y1, samples->height);

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      memcpy(samples->pixels + (gsize)y * samples->stride + (gsize)(x * samples->channels), pixel,
             (gsize)samples->channels);
}

static void
fill_patch(MsSamples *samples, guint patch, const guint8 *pixel)
{
  double side = samples->width;
  double x = bench_patches[patch][0] * side, y = bench_patches[patch][1] * side;
  double half = BENCH_PATCH * side;

  fill_rectangle(samples, x - half, y - half, x + half, y + half, pixel);
}

static void
write_image(const TestFolder *folder, const char *set, guint example, int side)
{
  guint32 rgb = bench_patch_color(example);
  const guint8 pixel[] = {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
  MsSamples *samples = samples_new(side, MS_COLOR_RGB);

  fill_ground(samples);
  for (guint i = 0; i < BENCH_N_PATCHES; i++)
    fill_patch(samples, i, pixel);
  write_samples(folder, set, "images", example, samples);
}

static void
fill_disc(MsSamples *samples, int centre_x, int centre_y, int radius, guint8 value)
{
  for (int dy = -radius, dx = 0; dy <= radius; dy++) {
    while (dx * dx + dy * dy < radius * radius)
      dx++;
    while (dx > 0 && dx * dx + dy * dy > radius * radius)
      dx--;
    fill_rectangle(samples, centre_x - dx, centre_y + dy, centre_x + dx, centre_y + dy + 1, &value);
  }
}

/* shift: of the predicted discs. The patches stay free. */
static MsSamples *
mask_new(guint example, int side, int shift)
{
  MsSamples *samples = samples_new(side, MS_COLOR_GREY);
  TestRandom random = {1 + example};

  for (int i = 0; i < N_DISCS; i++) {
    int x = (int)test_random_below(&random, (guint)side);
    int y = (int)test_random_below(&random, (guint)side);
    int radius = side / 100 + (int)test_random_below(&random, (guint)side / 20);

    fill_disc(samples, x + shift, y + shift, radius - shift, 255);
  }
  for (guint i = 0; i < BENCH_N_PATCHES; i++)
    fill_patch(samples, i, &(guint8){0});
  return samples;
}

static void
write_example(const TestFolder *folder, const char *set, guint example, int side)
{
  MsSamples *predicted = mask_new(example, side, side / 300);

  fill_patch(predicted, BENCH_N_PATCHES - 1, &(guint8){255});
  write_image(folder, set, example, side);
  write_samples(folder, set, "actual", example, mask_new(example, side, 0));
  write_samples(folder, set, "predicted", example, predicted);
}

static void
link_example(const TestFolder *folder, const char *set, guint example, guint to)
{
  static const char *const roles[] = {"images", "actual", "predicted"};

  for (guint i = 0; i < G_N_ELEMENTS(roles); i++) {
    g_autofree char *old = g_strdup_printf("%s/%s/%s/%03u.png", folder->path, set, roles[i], to);
    g_autofree char *new =
        g_strdup_printf("%s/%s/%s/%03u.png", folder->path, set, roles[i], example);

    g_assert_no_errno(link(old, new));
  }
}

void
bench_write_set(const TestFolder *folder, const char *name, guint n_examples, guint n_different,
                int side)
{
  for (guint i = 0; i < n_examples; i++) {
    if (i < n_different)
      write_example(folder, name, i, side);
    else
      link_example(folder, name, i, i % n_different);
  }
}

void
bench_write_map(const TestFolder *folder, const char *name, int side)
{
  MsSamples *map = samples_new(side, MS_COLOR_GREY), *actual = samples_new(side, MS_COLOR_GREY);
  MsSamples *image = samples_new(side, MS_COLOR_GREY);
  double width = (double)side / BENCH_N_COLUMNS;

  for (int i = 0; i < BENCH_N_COLUMNS; i++) {
    guint8 value = (guint8)(i * 255 / (BENCH_N_COLUMNS - 1));

    fill_rectangle(map, i * width, 0, (i + 1) * width, side, &value);
  }
  fill_rectangle(image, 0, 0, side, side, &(guint8){BENCH_MAP_GREY});
  fill_disc(actual, side / 2, side / 4, side / 8, 255);
  write_samples(folder, name, "images", 0, image);
  write_samples(folder, name, "actual", 0, actual);
  write_samples(folder, name, "predicted", 0, map);
}
