/* SPDX-License-Identifier: MIT
 *
 * Writing the sets through the program's own writers.
 */
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "io/png.h"

static void G_GNUC_NORETURN
stop(const GError *error)
{
  fprintf(stderr, "maskscope-generate-samples: %s\n", error->message);
  exit(EXIT_FAILURE);
}

static void
write_file(const char *path, const void *data, gsize size)
{
  g_autofree char *folder = g_path_get_dirname(path);
  g_autoptr(GError) error = NULL;

  if (!ms_folder_make(folder, &error) || !ms_file_write(path, data, size, &error))
    stop(error);
}

static MsSamples *
samples_of(const char *path, const guint8 *pixels, int width, int height, MsColorType color)
{
  g_autoptr(GError) error = NULL;
  MsSamples *samples = ms_samples_new(width, height, color, 8, path, &error);

  if (samples == NULL)
    stop(error);
  memcpy(samples->pixels, pixels, samples->stride * height);
  return samples;
}

static void
write_png(const char *path, const MsSamples *samples)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_png_encode(samples, 9, NULL, &error);

  if (bytes == NULL)
    stop(error);
  write_file(path, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

void
output_png(const char *path, const guint8 *pixels, int width, int height, int channels)
{
  MsColorType color = channels == 1 ? MS_COLOR_GREY : MS_COLOR_RGB;
  g_autoptr(MsSamples) samples = samples_of(path, pixels, width, height, color);

  write_png(path, samples);
}

void
output_palette_png(const char *path, const guint8 *indices, int width, int height,
                   const guint8 (*colors)[3], int n_colors)
{
  g_autoptr(MsSamples) samples = samples_of(path, indices, width, height, MS_COLOR_PALETTE);

  samples->n_palette = n_colors;
  for (int i = 0; i < n_colors; i++) {
    memcpy(samples->palette[i], colors[i], 3);
    samples->palette[i][3] = 255;
  }
  write_png(path, samples);
}

void
output_text(const char *path, const char *text)
{
  write_file(path, text, strlen(text));
}
