/* SPDX-License-Identifier: MIT
 *
 * COCO's string holds each run in groups of five bits from the lowest up, a character a group from
 * '0' on: 32 says that another follows, 16 of the last one that the number is negative. From the
 * fourth run on it is the difference to the run two before.
 */
#include "io/run-length-private.h"

#include <string.h>

#include "io/error.h"
#include "metric/raster.h"
#include "metric/size.h"

#define FIRST_CHARACTER '0'
#define LAST_CHARACTER  'o'
#define GROUP_BITS      5
#define MAX_GROUPS      7 /* 35 bits: differences of runs below 2^31, with their sign */

void
ms_run_length_clear(MsRunLength *mask)
{
  g_free(mask->runs);
  *mask = (MsRunLength){0};
}

gboolean
ms_run_length_check_size(int width, int height, const char *where, GError **error)
{
  if (width >= 1 && height >= 1 && width <= MS_RASTER_MAX_SIDE && height <= MS_RASTER_MAX_SIDE &&
      (gint64)width * height <= G_MAXINT32)
    return TRUE;
  g_set_error(error, MS_IO_ERROR,
              width < 1 || height < 1 ? MS_IO_ERROR_PARSE : MS_IO_ERROR_TOO_LARGE,
              "%s: a mask of %d x %d pixels; sides of 1 to %d and up to %d pixels are read", where,
              width, height, MS_RASTER_MAX_SIDE, G_MAXINT32);
  return FALSE;
}

guint32 *
ms_run_length_alloc(gsize n_runs, const char *where, GError **error)
{
  gsize size;
  guint32 *runs = ms_size_mul(n_runs, sizeof *runs, &size) ? g_try_malloc(size) : NULL;

  if (!runs)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: not enough memory for %" G_GSIZE_FORMAT " runs", where, n_runs);
  return runs;
}

static gboolean
fail_sum(guint64 sum, int width, int height, const char *where, GError **error)
{
  gint64 n_pixels = (gint64)width * height;

  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: the runs hold %s%" G_GUINT64_FORMAT
              " pixels, the mask of %d x %d has %" G_GINT64_FORMAT,
              where, sum > (guint64)n_pixels ? "at least " : "", sum, width, height, n_pixels);
  return FALSE;
}

/* Takes the runs over into mask, or frees them. */
static gboolean
take_runs(guint32 *runs, gsize n_runs, int width, int height, const char *where, MsRunLength *mask,
          GError **error)
{
  guint64 n_pixels = (guint64)width * (guint64)height;
  guint64 sum = 0;

  for (gsize i = 0; i < n_runs && sum <= n_pixels; i++)
    sum += runs[i];
  if (sum != n_pixels || n_runs > G_MAXUINT) {
    g_free(runs);
    return fail_sum(sum, width, height, where, error);
  }
  *mask = (MsRunLength){width, height, (guint)n_runs, runs};
  return TRUE;
}

gboolean
ms_run_length_from_counts(const guint32 *counts, gsize n_counts, int width, int height,
                          const char *where, MsRunLength *mask, GError **error)
{
  guint32 *runs;

  *mask = (MsRunLength){0};
  if (!ms_run_length_check_size(width, height, where, error))
    return FALSE;
  runs = ms_run_length_alloc(MAX(n_counts, 1), where, error);
  if (!runs)
    return FALSE;
  if (n_counts > 0)
    memcpy(runs, counts, n_counts * sizeof *runs);
  return take_runs(runs, n_counts, width, height, where, mask, error);
}

/* How many numbers the string holds, which end where no further group is said to follow. */
static gsize
count_numbers(const char *text, gsize length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += ((text[i] - FIRST_CHARACTER) & 32) == 0;
  return n;
}

static gboolean
fail_character(gsize place, const char *cause, const char *where, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: compressed run lengths, character %" G_GSIZE_FORMAT ": %s", where, place + 1,
              cause);
  return FALSE;
}

/* The number at *place, which is moved behind it. */
static gboolean
decode_number(const char *text, gsize length, gsize *place, gint64 *number, const char *where,
              GError **error)
{
  int group = 32;
  gint64 value = 0;
  guint n = 0;

  for (; group & 32; n++) {
    if (*place == length)
      return fail_character(*place, "the text ends within a number", where, error);
    if (text[*place] < FIRST_CHARACTER || text[*place] > LAST_CHARACTER)
      return fail_character(*place, "is none of those that encode runs", where, error);
    if (n == MAX_GROUPS)
      return fail_character(*place, "a number is too large", where, error);
    group = text[(*place)++] - FIRST_CHARACTER;
    value |= (gint64)(group & 31) << (GROUP_BITS * n);
  }
  if (group & 16)
    value -= G_GINT64_CONSTANT(1) << (GROUP_BITS * n);
  *number = value;
  return TRUE;
}

/* Every number ends in one of the groups that were counted, so there is room for all. */
static gboolean
decode_runs(const char *text, gsize length, guint32 *runs, const char *where, GError **error)
{
  gsize place = 0;

  for (gsize i = 0; place < length; i++) {
    gsize start = place;
    gint64 number;

    if (!decode_number(text, length, &place, &number, where, error))
      return FALSE;
    if (i > 2)
      number += runs[i - 2];
    if (number < 0 || number > G_MAXINT32)
      return fail_character(start, "a run is negative or too long", where, error);
    runs[i] = (guint32)number;
  }
  return TRUE;
}

gboolean
ms_run_length_from_string(const char *text, gsize length, int width, int height, const char *where,
                          MsRunLength *mask, GError **error)
{
  gsize n_runs = count_numbers(text, length);
  guint32 *runs;

  *mask = (MsRunLength){0};
  if (!ms_run_length_check_size(width, height, where, error))
    return FALSE;
  runs = ms_run_length_alloc(MAX(n_runs, 1), where, error);
  if (!runs)
    return FALSE;
  if (decode_runs(text, length, runs, where, error))
    return take_runs(runs, n_runs, width, height, where, mask, error);
  g_free(runs);
  return FALSE;
}

void
ms_run_length_visit(const MsRunLength *mask, MsRunVisitor visit, gpointer user)
{
  guint height = (guint)mask->height;
  guint start = 0;

  for (guint i = 0; i < mask->n_runs; start += mask->runs[i++]) {
    guint at = start, left = i % 2 == 1 ? mask->runs[i] : 0;

    while (left > 0) {
      guint length = MIN(left, height - at % height);

      visit((int)(at / height), (int)(at % height), (int)length, user);
      at += length;
      left -= length;
    }
  }
}
