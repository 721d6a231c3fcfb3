/* SPDX-License-Identifier: MIT
 *
 * Files of little sets in a test's folder: empty ones where only names matter, and masks of a few
 * pixels.
 */
#pragma once

#include "io/png.h"
#include "support/files.h"

/* Empty files, names separated by blanks. */
static inline void
test_touch(const TestFolder *folder, const char *names)
{
  g_auto(GStrv) list = g_strsplit(names, " ", -1);
  for (guint i = 0; list[i]; i++)
    g_free(test_file(folder, list[i], "", 0));
}

static inline void
test_text(const TestFolder *folder, const char *name, const char *text)
{
  g_free(test_file(folder, name, text, strlen(text)));
}

/* A grey PNG of 8 bits, one row, with these samples. */
static inline void
test_mask_row(const TestFolder *folder, const char *name, const guint8 *samples, int n_samples)
{
  GError *error = NULL;
  g_autoptr(MsSamples) mask = ms_samples_new(n_samples, 1, MS_COLOR_GREY, 8, name, &error);
  g_assert_no_error(error);
  memcpy(mask->pixels, samples, (gsize)n_samples);
  g_autoptr(GBytes) bytes = ms_png_encode(mask, 1, NULL, &error);
  g_assert_no_error(error);
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  g_free(test_file(folder, name, data, size));
}

#define TEST_MASK(folder, name, ...)                                                               \
  test_mask_row(folder, name, (const guint8[]){__VA_ARGS__},                                       \
                (int)sizeof((const guint8[]){__VA_ARGS__}))
