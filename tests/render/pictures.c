/* SPDX-License-Identifier: MIT
 *
 * Pictures of differences go to the folder of the build's tests, or to the temporary one.
 */
#include "render/pictures.h"

uint32_t
test_surface_pixel(cairo_surface_t *surface, int x, int y)
{
  const unsigned char *data = cairo_image_surface_get_data(surface);
  int stride = cairo_image_surface_get_stride(surface);

  g_assert_cmpint(x, >=, 0);
  g_assert_cmpint(y, >=, 0);
  g_assert_cmpint(x, <, cairo_image_surface_get_width(surface));
  g_assert_cmpint(y, <, cairo_image_surface_get_height(surface));
  return ((const uint32_t *)(data + (ptrdiff_t)y * stride))[x];
}

uint32_t *
test_image_at(const MsPyramid *image, int x, int y)
{
  return (uint32_t *)(image->levels[0].pixels + y * image->levels[0].stride) + x;
}

uint8_t *
test_kinds_at(const MsPyramid *kinds, int x, int y)
{
  return kinds->levels[0].pixels + y * kinds->levels[0].stride + x;
}

MsPyramid *
test_image_new(int width, int height, uint32_t rgb)
{
  MsPyramid *image = ms_pyramid_new(width, height, MS_PYRAMID_IMAGE);

  g_assert_nonnull(image);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      *test_image_at(image, x, y) = 0xff000000u | rgb;
  }
  return image;
}

MsPyramid *
test_kinds_new(int width, int height, uint8_t kinds)
{
  MsPyramid *pyramid = ms_pyramid_new(width, height, MS_PYRAMID_KINDS);

  g_assert_nonnull(pyramid);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      *test_kinds_at(pyramid, x, y) = kinds;
  }
  return pyramid;
}

void
test_pyramid_reduce(MsPyramid *pyramid)
{
  g_assert_cmpint(ms_pyramid_reduce(pyramid, NULL), ==, MS_STATUS_OK);
}

static gboolean
pixel_differs(cairo_surface_t *got, cairo_surface_t *expected, int x, int y)
{
  return ((test_surface_pixel(got, x, y) ^ test_surface_pixel(expected, x, y)) & RGB_MASK) != 0;
}

static int
count_pixels(cairo_surface_t *got, cairo_surface_t *expected)
{
  int width = cairo_image_surface_get_width(got);
  int height = cairo_image_surface_get_height(got);
  int n = 0;

  if (width != cairo_image_surface_get_width(expected) ||
      height != cairo_image_surface_get_height(expected))
    return -1;
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      n += pixel_differs(got, expected, x, y);
  }
  return n;
}

static void
paint_at(cairo_t *cr, cairo_surface_t *surface, int x, int y)
{
  cairo_set_source_surface(cr, surface, x, y);
  cairo_paint(cr);
}

static char *
write_diff(cairo_surface_t *got, cairo_surface_t *expected, const char *name, gboolean same_size)
{
  int width = MAX(cairo_image_surface_get_width(got), cairo_image_surface_get_width(expected));
  int height = MAX(cairo_image_surface_get_height(got), cairo_image_surface_get_height(expected));
  const char *folder = g_getenv("G_TEST_BUILDDIR");
  g_autofree char *file = g_strdup_printf("diff-%s.png", name);
  char *path = g_build_filename(folder ? folder : g_get_tmp_dir(), file, NULL);
  cairo_surface_t *diff =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, 2 * width + 1, 2 * height + 1);
  cairo_t *cr = cairo_create(diff);

  paint_at(cr, got, 0, 0);
  paint_at(cr, expected, width + 1, 0);
  cairo_set_source_rgb(cr, 1, 0, 0);
  for (int y = 0; same_size && y < height; y++) {
    for (int x = 0; x < width; x++) {
      if (pixel_differs(got, expected, x, y))
        cairo_rectangle(cr, x, height + 1 + y, 1, 1);
    }
  }
  cairo_fill(cr);
  cairo_destroy(cr);
  g_assert_cmpint(cairo_surface_write_to_png(diff, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy(diff);
  return path;
}

int
test_count_different(cairo_surface_t *got, cairo_surface_t *expected, const char *name,
                     char **diff_path)
{
  int n = count_pixels(got, expected);

  *diff_path = n == 0 ? NULL : write_diff(got, expected, name, n > 0);
  return n;
}

void
test_assert_same_picture(cairo_surface_t *got, cairo_surface_t *expected, const char *name)
{
  g_autofree char *diff_path = NULL;

  if (test_count_different(got, expected, name, &diff_path) != 0)
    g_error("%s differs from what was expected: see %s", name, diff_path);
}
