/* SPDX-License-Identifier: MIT
 *
 * Small masks drawn as text, written as PNG files, for tests of reports and of the command.
 */
#pragma once

#include "io/png.h"
#include "support/files.h"

/* '.' is 0, '#' is 255, '+' is 128, a digit is itself. Rows are separated by '\n'. Returns the
 * bytes of an 8-bit grey PNG. */
static inline GBytes *
test_mask_png(const char *art)
{
  size_t length = strlen(art);
  int width = (int)strcspn(art, "\n");
  int height = (int)((length + 1) / ((size_t)width + 1));
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(width, height, MS_COLOR_GREY, 8, "art", &error);
  GBytes *png;

  g_assert_no_error(error);
  g_assert_cmpuint(length + 1, ==, (size_t)height * ((size_t)width + 1));
  for (int y = 0; y < height; y++) {
    const char *row = art + (size_t)y * ((size_t)width + 1);

    g_assert_cmpuint(strcspn(row, "\n"), ==, width);
    for (int x = 0; x < width; x++) {
      char c = row[x];
      samples->pixels[y * samples->stride + x] = (guint8)(c == '.'   ? 0
                                                          : c == '#' ? 255
                                                          : c == '+' ? 128
                                                                     : c - '0');
    }
  }
  png = ms_png_encode(samples, 6, NULL, &error);
  g_assert_no_error(error);
  return png;
}

static inline void
test_write_mask(const TestFolder *folder, const char *name, const char *art)
{
  g_autoptr(GBytes) png = test_mask_png(art);

  g_free(test_file(folder, name, g_bytes_get_data(png, NULL), g_bytes_get_size(png)));
}

/* A mask of width x height whose first n_positive pixels, after n_skipped ones, are 255. */
static inline void
test_write_run(const TestFolder *folder, const char *name, int width, int height, int n_skipped,
               int n_positive)
{
  g_autoptr(GString) art = g_string_new(NULL);

  for (int i = 0; i < width * height; i++) {
    if (i > 0 && i % width == 0)
      g_string_append_c(art, '\n');
    g_string_append_c(art, i >= n_skipped && i < n_skipped + n_positive ? '#' : '.');
  }
  test_write_mask(folder, name, art->str);
}

/* The worked example: TP 416, FP 73, FN 39 in 32 x 32 pixels. */
static inline void
test_write_worked_pair(const TestFolder *folder, const char *actual, const char *predicted)
{
  test_write_run(folder, actual, 32, 32, 0, 416 + 39);
  test_write_run(folder, predicted, 32, 32, 39, 416 + 73);
}

/* A set with the cases a report must tell apart: two models, splits, an id with a comma, an empty
 * mask, a missing, a broken and a mismatched file.
 *
 *   train/a,b   steady: TP 3 FN 1 TN 4     wild: exact
 *   train/empty steady: exact, both empty  wild: FP 1
 *   val/bad     steady: truncated          wild: missing
 *   val/size    steady: FP 1               wild: another size
 */
static inline void
test_write_tiny_set(const TestFolder *folder)
{
  g_autoptr(GBytes) whole = test_mask_png("##..\n##..");

  test_write_mask(folder, "images/train/a,b.png", "8888\n8888");
  test_write_mask(folder, "actual/train/a,b.png", "##..\n##..");
  test_write_mask(folder, "actual/train/empty.png", "....\n....");
  test_write_mask(folder, "actual/val/bad.png", "##..\n##..");
  test_write_mask(folder, "actual/val/size.png", "#...\n....");
  test_write_mask(folder, "predictions/steady/train/a,b.png", "##..\n#...");
  test_write_mask(folder, "predictions/steady/train/empty.png", "....\n....");
  g_free(test_file(folder, "predictions/steady/val/bad.png", g_bytes_get_data(whole, NULL),
                   g_bytes_get_size(whole) - 20));
  test_write_mask(folder, "predictions/steady/val/size.png", "##..\n....");
  test_write_mask(folder, "predictions/wild/train/a,b.png", "##..\n##..");
  test_write_mask(folder, "predictions/wild/train/empty.png", "...#\n....");
  test_write_mask(folder, "predictions/wild/val/size.png", "#....\n.....");
}

/* Three classes (0 background), one model. one: a confused and a missed pixel; two: exact. */
static inline void
test_write_class_set(const TestFolder *folder)
{
  g_free(test_file(folder, "classes.txt", "background\ncat\ndog\n", 19));
  test_write_mask(folder, "actual/one.png", "1122\n1100");
  test_write_mask(folder, "predictions/one.png", "1112\n1000");
  test_write_mask(folder, "actual/two.png", "0022\n0022");
  test_write_mask(folder, "predictions/two.png", "0022\n0022");
}
