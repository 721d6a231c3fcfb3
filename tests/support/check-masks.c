/* SPDX-License-Identifier: MIT
 *
 * Pixels are classes until they are written; a form says what becomes of each.
 */
#include "support/check-masks.h"

#include "io/png.h"
#include "support/random.h"

#define N_WRONG 14 /* single pixels of a prediction */
#define RAGGED  30 /* of 100 pixels at a border, so many are taken for the other side's */

void
test_drawn_clear(TestDrawn *mask)
{
  g_clear_pointer(&mask->pixels, g_free);
}

TestDrawn
test_drawn_new(int width, int height)
{
  return (TestDrawn){width, height, g_new0(guint16, (gsize)width * height)};
}

guint16 *
test_drawn_at(const TestDrawn *mask, int x, int y)
{
  return &mask->pixels[y * mask->width + x];
}

/* Outside there is background. */
static guint16
mask_get(const TestDrawn *mask, int x, int y)
{
  return x < 0 || y < 0 || x >= mask->width || y >= mask->height ? 0 : *test_drawn_at(mask, x, y);
}

/* ---- objects ---- */

/* Where the objects of an example lie. */
typedef struct {
  int disc_x, disc_y, radius;
  int wedge_x, wedge_y, leg;
  int hook_x, hook_y, length;
} Objects;

static Objects
place_objects(guint example)
{
  TestRandom random = {1000 + example};
  Objects objects;

  objects.disc_x = 12 + (int)test_random_below(&random, 4);
  objects.disc_y = 12 + (int)test_random_below(&random, 3);
  objects.radius = 6 + (int)test_random_below(&random, 3);
  objects.wedge_x = 28 + (int)test_random_below(&random, 3);
  objects.wedge_y = 6 + (int)test_random_below(&random, 4);
  objects.leg = 10 + (int)test_random_below(&random, 4);
  objects.hook_x = 5 + (int)test_random_below(&random, 6);
  objects.hook_y = 24 + (int)test_random_below(&random, 2);
  objects.length = 16 + (int)test_random_below(&random, 8);
  return objects;
}

/* A disc with a bite, a right triangle, an L. */
static guint16
object_at(const Objects *objects, int x, int y)
{
  int dx = x - objects->disc_x, dy = y - objects->disc_y;
  int wx = x - objects->wedge_x, wy = y - objects->wedge_y;
  int hx = x - objects->hook_x, hy = y - objects->hook_y;

  if (dx * dx + dy * dy <= objects->radius * objects->radius && !(dx > 0 && dy > 1))
    return 1;
  if (wx >= 0 && wy >= 0 && 3 * wx + 2 * wy <= 2 * objects->leg)
    return 2;
  if (hx >= 0 && hy >= 0 && hx < objects->length && hy < 12 && (hx < 4 || hy >= 8))
    return 3;
  return 0;
}

TestDrawn
test_draw_actual(guint example)
{
  Objects objects = place_objects(example);
  TestDrawn mask = test_drawn_new(TEST_CHECK_WIDTH, TEST_CHECK_HEIGHT);

  for (int y = 0; y < TEST_CHECK_HEIGHT; y++)
    for (int x = 0; x < TEST_CHECK_WIDTH; x++)
      *test_drawn_at(&mask, x, y) = object_at(&objects, x, y);
  return mask;
}

/* The first neighbour of a pixel that is another class; the pixel's own where there is none. */
static guint16
neighbour_of(const TestDrawn *mask, int x, int y)
{
  static const int steps[4][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
  guint16 own = *test_drawn_at(mask, x, y);

  for (int i = 0; i < 4; i++) {
    guint16 other = mask_get(mask, x + steps[i][0], y + steps[i][1]);

    if (other != own)
      return other;
  }
  return own;
}

/* Borders are ragged both ways, and some pixels are wrong. */
TestDrawn
test_draw_predicted(guint example, guint model)
{
  g_auto(TestDrawn) actual = test_draw_actual(example);
  TestDrawn mask = test_drawn_new(actual.width, actual.height);
  TestRandom random = {5000 + 100 * model + example};

  for (int y = 0; y < mask.height; y++)
    for (int x = 0; x < mask.width; x++)
      *test_drawn_at(&mask, x, y) = test_random_below(&random, 100) < RAGGED
                                        ? neighbour_of(&actual, x, y)
                                        : *test_drawn_at(&actual, x, y);
  for (int i = 0; i < N_WRONG; i++) {
    int x = (int)test_random_below(&random, (guint)mask.width);
    int y = (int)test_random_below(&random, (guint)mask.height);

    *test_drawn_at(&mask, x, y) = (guint16)test_random_below(&random, TEST_N_CLASSES);
  }
  return mask;
}

/* ---- what goes wrong with a whole mask ---- */

TestDrawn
test_drawn_turn(const TestDrawn *mask, MsTurn how)
{
  gboolean swaps = how == MS_TURN_TRANSPOSE || how == MS_TURN_ANTI_TRANSPOSE || how == MS_TURN_90 ||
                   how == MS_TURN_270;
  TestDrawn turned =
      swaps ? test_drawn_new(mask->height, mask->width) : test_drawn_new(mask->width, mask->height);
  int right = mask->width - 1, bottom = mask->height - 1;

  for (int y = 0; y <= bottom; y++)
    for (int x = 0; x <= right; x++) {
      const int places[MS_N_TURNS][2] = {
          [MS_TURN_NONE] = {x, y},
          [MS_TURN_FLIP_X] = {right - x, y},
          [MS_TURN_FLIP_Y] = {x, bottom - y},
          [MS_TURN_180] = {right - x, bottom - y},
          [MS_TURN_TRANSPOSE] = {y, x},
          [MS_TURN_90] = {bottom - y, x},
          [MS_TURN_270] = {y, right - x},
          [MS_TURN_ANTI_TRANSPOSE] = {bottom - y, right - x},
      };

      *test_drawn_at(&turned, places[how][0], places[how][1]) = *test_drawn_at(mask, x, y);
    }
  return turned;
}

TestDrawn
test_drawn_crop(const TestDrawn *mask, int left, int top, int width, int height)
{
  TestDrawn cut = test_drawn_new(width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      *test_drawn_at(&cut, x, y) = mask_get(mask, x + left, y + top);
  return cut;
}

/* ---- files ---- */

static const guint8 colors[TEST_N_CLASSES][3] = {
    {0, 0, 0}, {128, 0, 0}, {0, 128, 0}, {128, 128, 0}};

const TestForm test_form_binary = {TEST_WRITE_GREY, {0, 255, 255, 255}};
const TestForm test_form_classes = {TEST_WRITE_GREY, {0, 1, 2, 3}};

static void
put_pixel(MsSamples *samples, int x, int y, guint16 class, const TestForm *form)
{
  guint8 *pixel =
      samples->pixels + (gsize)y * samples->stride + (gsize)x * samples->channels * samples->bytes;

  if (form->writing == TEST_WRITE_RGB)
    memcpy(pixel, colors[class], 3);
  else if (form->writing == TEST_WRITE_SIXTEEN)
    memcpy(pixel, &form->samples[class], sizeof(guint16));
  else
    *pixel = (guint8)form->samples[class];
}

static void
set_palette(MsSamples *samples)
{
  samples->n_palette = TEST_N_CLASSES;
  for (int i = 0; i < TEST_N_CLASSES; i++) {
    memcpy(samples->palette[i], colors[i], 3);
    samples->palette[i][3] = 255;
  }
}

static GBytes *
encode(const MsSamples *samples)
{
  g_autoptr(GError) error = NULL;
  GBytes *png = ms_png_encode(samples, 6, NULL, &error);

  g_assert_no_error(error);
  return png;
}

GBytes *
test_encode_drawn(const TestDrawn *mask, const TestForm *form)
{
  static const MsColorType color_types[] = {MS_COLOR_GREY, MS_COLOR_PALETTE, MS_COLOR_RGB,
                                            MS_COLOR_GREY};
  g_autoptr(MsSamples) samples =
      ms_samples_new(mask->width, mask->height, color_types[form->writing],
                     form->writing == TEST_WRITE_SIXTEEN ? 16 : 8, "mask", NULL);

  g_assert_nonnull(samples);
  if (form->writing == TEST_WRITE_PALETTE)
    set_palette(samples);
  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++)
      put_pixel(samples, x, y, *test_drawn_at(mask, x, y), form);
  return encode(samples);
}

void
test_write_bytes(const TestFolder *folder, const char *role, guint example, GBytes *bytes)
{
  g_autofree char *name = g_strdup_printf("%s/%02u.png", role, example);

  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

void
test_write_drawn(const TestFolder *folder, const char *role, guint example, const TestDrawn *mask,
                 const TestForm *form)
{
  g_autoptr(GBytes) png = test_encode_drawn(mask, form);

  test_write_bytes(folder, role, example, png);
}

static void
write_actual(const TestFolder *folder, guint example, const TestForm *form)
{
  g_auto(TestDrawn) mask = test_draw_actual(example);

  test_write_drawn(folder, "actual", example, &mask, form);
}

void
test_write_predicted(const TestFolder *folder, guint example, const TestForm *form)
{
  g_auto(TestDrawn) mask = test_draw_predicted(example, 0);

  test_write_drawn(folder, "predictions", example, &mask, form);
}

void
test_write_pairs(const TestFolder *folder, const TestForm *actual, const TestForm *predicted)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    write_actual(folder, i, actual);
    test_write_predicted(folder, i, predicted);
  }
}

GBytes *
test_encode_image(guint example, int scale)
{
  g_auto(TestDrawn) mask = test_draw_actual(example);
  TestRandom random = {9000 + example};
  g_autoptr(MsSamples) samples = ms_samples_new(scale * TEST_CHECK_WIDTH, scale * TEST_CHECK_HEIGHT,
                                                MS_COLOR_RGB, 8, "image", NULL);

  for (int y = 0; y < samples->height; y++)
    for (int x = 0; x < samples->width; x++)
      for (int c = 0; c < 3; c++)
        samples->pixels[y * (int)samples->stride + 3 * x + c] =
            (guint8)(60 + 40 * (*test_drawn_at(&mask, x / scale, y / scale) == c + 1) +
                     test_random_below(&random, 64));
  return encode(samples);
}

void
test_write_images(const TestFolder *folder, int scale)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_autoptr(GBytes) png = test_encode_image(i, scale);

    test_write_bytes(folder, "images", i, png);
  }
}

static guint32
png_crc(const guint8 *bytes, gsize size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

#define HEADER_END 33 /* of a PNG: signature and IHDR */

GBytes *
test_add_orientation(GBytes *png, guint8 orientation)
{
  guint8 chunk[] = {0, 0,           0, 26, 'e', 'X', 'I',  'f', 'M', 'M', 0, '*', 0,
                    0, 0,           8, 0,  1,   1,   0x12, 0,   3,   0,   0, 0,   1,
                    0, orientation, 0, 0,  0,   0,   0,    0,   0,   0,   0, 0};
  guint32 crc = GUINT32_TO_BE(png_crc(chunk + 4, sizeof chunk - 8));
  GByteArray *bytes = g_byte_array_new();
  gsize size;
  const guint8 *data = g_bytes_get_data(png, &size);

  memcpy(chunk + sizeof chunk - 4, &crc, 4);
  g_byte_array_append(bytes, data, HEADER_END);
  g_byte_array_append(bytes, chunk, sizeof chunk);
  g_byte_array_append(bytes, data + HEADER_END, (guint)(size - HEADER_END));
  return g_byte_array_free_to_bytes(bytes);
}

GBytes *
test_encode_smooth(const TestDrawn *mask)
{
  g_autoptr(MsSamples) samples =
      ms_samples_new(mask->width, mask->height, MS_COLOR_GREY, 8, "mask", NULL);

  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++) {
      gboolean inside = *test_drawn_at(mask, x, y) != 0;
      gboolean at_border = inside != (neighbour_of(mask, x, y) != 0);
      int step = at_border ? 10 * (1 + (x + 2 * y) % 5) : 0;

      samples->pixels[y * (int)samples->stride + x] = (guint8)(inside ? 255 - step : step);
    }
  return encode(samples);
}
