/* SPDX-License-Identifier: MIT
 *
 * Masks drawn as text, for cases that a reader can count by eye. Rows end with '\n'; '.' is 0, '#'
 * is 1, a digit itself, 'a' to 'z' are 10 to 35, '?' is 255. Blanks are left out.
 */
#pragma once

#include <string.h>

#include <glib.h>

#include "metric/raster.h"

static inline uint32_t
ascii_sample(char c)
{
  if (c == '.')
    return 0;
  if (c == '#')
    return 1;
  if (c == '?')
    return 255;
  if (g_ascii_isdigit(c))
    return (uint32_t)(c - '0');
  g_assert_true(g_ascii_islower(c));
  return (uint32_t)(c - 'a') + 10;
}

static inline void
ascii_set(MsRaster *raster, int x, int y, uint32_t sample)
{
  void *row = ms_raster_row_writable(raster, y);

  if (raster->bits == 8)
    ((uint8_t *)row)[x] = (uint8_t)sample;
  else if (raster->bits == 16)
    ((uint16_t *)row)[x] = (uint16_t)sample;
  else
    ((uint32_t *)row)[x] = sample;
}

/* Owned by the caller: ms_raster_clear(). All rows must be equally long. */
static inline MsRaster
ascii_raster(const char *text, int bits)
{
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  g_autofree char *dense = g_strjoinv("", words);
  int width = (int)strcspn(dense, "\n");
  int height = (int)strlen(dense) / (width + 1);
  MsRaster raster;

  g_assert_cmpint((int)strlen(dense), ==, (width + 1) * height);
  g_assert_cmpint(ms_raster_init(&raster, width, height, bits), ==, MS_STATUS_OK);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      ascii_set(&raster, x, y, ascii_sample(dense[y * (width + 1) + x]));
  }
  return raster;
}
