/* SPDX-License-Identifier: MIT
 *
 * Run lengths: the first byte says which form, two and two more the sides; what follows is text, or
 * numbers of 32 bits, or coordinates in 64ths of a pixel. Whatever is accepted fills its size and
 * comes back from its own string.
 */
#include <stdint.h>
#include <string.h>

#include "../io/run-length-text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
add_length(int x, int y, int length, gpointer user)
{
  g_assert_true(x >= 0 && y >= 0 && length > 0);
  *(guint64 *)user += (guint64)length;
}

static void
check_mask(const MsRunLength *mask)
{
  g_autofree char *text = test_run_length_string(mask);
  g_auto(MsRunLength) back = {0};
  guint64 visited = 0, sum = 0;

  for (guint i = 0; i < mask->n_runs; i++)
    sum += mask->runs[i];
  g_assert_cmpuint(sum, ==, (guint64)mask->width * (guint64)mask->height);
  ms_run_length_visit(mask, add_length, &visited);
  g_assert_cmpuint(visited, ==, test_run_length_area(mask));
  g_assert_true(
      ms_run_length_from_string(text, strlen(text), mask->width, mask->height, "a", &back, NULL));
  g_assert_cmpmem(back.runs, back.n_runs * sizeof *back.runs, mask->runs,
                  mask->n_runs * sizeof *mask->runs);
}

static gboolean
read_starts(const uint8_t *data, size_t size, int width, int height, MsRunLength *mask)
{
  g_autofree char *text = g_strndup((const char *)data, size);

  return ms_run_length_from_starts(text, width, height, "input", mask, NULL);
}

static gboolean
read_counts(const uint8_t *data, size_t size, int width, int height, MsRunLength *mask)
{
  g_autofree guint32 *counts = g_malloc(size + 1);

  if (size > 0)
    memcpy(counts, data, size);
  return ms_run_length_from_counts(counts, size / sizeof *counts, width, height, "input", mask,
                                   NULL);
}

static gboolean
read_polygon(const uint8_t *data, size_t size, int width, int height, MsRunLength *mask)
{
  gsize n_points = size / 4;
  g_autofree double *points = g_new(double, 2 * n_points + 1);

  for (gsize i = 0; i < 2 * n_points; i++)
    points[i] = (gint16)(data[2 * i] | data[2 * i + 1] << 8) / 64.0;
  return ms_run_length_from_polygon(points, n_points, width, height, "input", mask, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_auto(MsRunLength) mask = {0};
  gboolean read;
  int width, height;

  if (size < 5)
    return 0;
  width = data[1] | data[2] << 8;
  height = data[3] | data[4] << 8;
  if (data[0] % 4 == 0)
    read = ms_run_length_from_string((const char *)data + 5, size - 5, width, height, "input",
                                     &mask, NULL);
  else if (data[0] % 4 == 1)
    read = read_starts(data + 5, size - 5, width, height, &mask);
  else if (data[0] % 4 == 2)
    read = read_counts(data + 5, size - 5, width, height, &mask);
  else
    read = read_polygon(data + 5, size - 5, width, height, &mask);
  if (read)
    check_mask(&mask);
  return 0;
}
