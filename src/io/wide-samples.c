/* SPDX-License-Identifier: MIT
 *
 * Everything goes through doubles, which hold all numbers that samples can be, so that ids that
 * were saved as float64 stay exact. Floats are read as whole numbers until one is none.
 */
#include "io/wide-samples.h"

#include <math.h>

#include "io/error.h"

static void
read_row(const MsNpy *rows, const MsScale *scale, gsize y, double *values)
{
  ms_npy_read_row(rows, y, values);
  for (gsize x = 0; scale && x < rows->shape[1]; x++)
    values[x] = values[x] * scale->slope + scale->intercept;
}

static gboolean
is_number(double value)
{
  return value >= G_MININT32 && value <= G_MAXUINT32 && value == trunc(value);
}

/* The first x whose value is no number that samples can be; the width: there is none. */
static gsize
put_numbers(const double *values, gsize width, guint32 *numbers)
{
  for (gsize x = 0; x < width; x++) {
    if (!is_number(values[x]))
      return x;
    numbers[x] = values[x] < 0 ? (guint32)(gint32)values[x] : (guint32)values[x];
  }
  return width;
}

static gboolean
fail_at(gsize x, gsize y, double value, const char *name, GError **error)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: the value at x %" G_GSIZE_FORMAT ", y %" G_GSIZE_FORMAT
              " is %s; whole numbers from %d to %u are read",
              name, x, y, g_ascii_dtostr(digits, sizeof digits, value), G_MININT32, G_MAXUINT32);
  return FALSE;
}

/* FALSE without an error: there are floats that are no whole numbers. */
static gboolean
fill_numbers(MsSamples *samples, const MsNpy *rows, const MsScale *scale, gboolean must_be,
             double *values, const char *name, GError **error)
{
  gsize width = rows->shape[1];

  for (gsize y = 0; y < rows->shape[0]; y++) {
    gsize x;

    read_row(rows, scale, y, values);
    x = put_numbers(values, width, (guint32 *)(void *)(samples->pixels + y * samples->stride));
    if (x < width)
      return must_be && fail_at(x, y, values[x], name, error);
  }
  return TRUE;
}

static void
fill_floats(MsSamples *samples, const MsNpy *rows, const MsScale *scale, double *values)
{
  for (gsize y = 0; y < rows->shape[0]; y++) {
    float *row = (float *)(void *)(samples->pixels + y * samples->stride);

    read_row(rows, scale, y, values);
    for (gsize x = 0; x < rows->shape[1]; x++)
      row[x] = (float)values[x];
  }
}

static gboolean
are_integers(const MsNpy *rows, const MsScale *scale)
{
  return rows->type != MS_NPY_FLOAT && (!scale || (scale->slope == trunc(scale->slope) &&
                                                   scale->intercept == trunc(scale->intercept)));
}

MsSamples *
ms_wide_samples_new(const MsNpy *rows, const MsScale *scale, const char *name, GError **error)
{
  int width = (int)rows->shape[1], height = (int)rows->shape[0];
  g_autoptr(MsSamples) samples = ms_samples_new_numbers(width, height, name, error);
  g_autofree double *values = NULL;
  g_autoptr(GError) cause = NULL;

  if (!samples)
    return NULL;
  values = g_new(double, width);
  if (!fill_numbers(samples, rows, scale, are_integers(rows, scale), values, name, &cause)) {
    if (cause) {
      g_propagate_error(error, g_steal_pointer(&cause));
      return NULL;
    }
    ms_samples_free(samples);
    samples = ms_samples_new_floats(width, height, name, error);
    if (!samples)
      return NULL;
    fill_floats(samples, rows, scale, values);
  }
  return ms_samples_settle(samples, name, error) ? g_steal_pointer(&samples) : NULL;
}
