/* SPDX-License-Identifier: MIT */
#include "mask-file.h"

#include "io/png.h"

void
test_write_columns(const TestFolder *folder, const char *name, int width, int height, int columns,
                   guint8 value)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(width, height, MS_COLOR_GREY, 8, name, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error(error);
  for (int y = 0; y < height; y++)
    memset(samples->pixels + (gsize)y * samples->stride, value, (gsize)columns);
  bytes = ms_png_encode(samples, 1, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}
