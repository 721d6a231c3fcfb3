/* SPDX-License-Identifier: MIT
 *
 * Items of an array as doubles. Made for tables of a million rows and masks of many megapixels: one
 * loop for each type and size, which reads bytes at any alignment.
 */
#include "io/npy.h"

#include <math.h>
#include <string.h>

/* IEEE 754 binary16: 1 bit sign, 5 bits exponent (biased by 15), 10 bits fraction. */
static double
half_to_double(guint bits)
{
  int exponent = bits >> 10 & 0x1f;
  double fraction = bits & 0x3ff;
  double magnitude;

  if (exponent == 0x1f)
    magnitude = fraction > 0 ? (double)NAN : (double)INFINITY;
  else if (exponent == 0)
    magnitude = ldexp(fraction, -24);
  else
    magnitude = ldexp(1024 + fraction, exponent - 25);
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

static inline guint64
load_bits(const guint8 *at, guint size, gboolean swapped)
{
  guint16 bits_16;
  guint32 bits_32;
  guint64 bits_64;

  switch (size) {
  case 1:
    return *at;
  case 2:
    memcpy(&bits_16, at, 2);
    return swapped ? GUINT16_SWAP_LE_BE(bits_16) : bits_16;
  case 4:
    memcpy(&bits_32, at, 4);
    return swapped ? GUINT32_SWAP_LE_BE(bits_32) : bits_32;
  default:
    memcpy(&bits_64, at, 8);
    return swapped ? GUINT64_SWAP_LE_BE(bits_64) : bits_64;
  }
}

static inline double
bits_to_float(guint64 bits, guint size)
{
  guint32 bits_32 = (guint32)bits;
  double value;
  float single;

  if (size == 2)
    return half_to_double((guint)bits);
  if (size == 4) {
    memcpy(&single, &bits_32, 4);
    return (double)single;
  }
  memcpy(&value, &bits, 8);
  return value;
}

/* Called with constants for type and size, so that the compiler makes a loop for each. */
G_ALWAYS_INLINE static inline void
read_items(const MsNpy *npy, const guint8 *at, gsize stride, gsize n, double *values,
           MsNpyType type, guint size)
{
  for (gsize i = 0; i < n; i++, at += stride) {
    guint64 bits = load_bits(at, size, npy->swapped);

    if (type == MS_NPY_FLOAT)
      values[i] = bits_to_float(bits, size);
    else if (type == MS_NPY_INT)
      values[i] = (double)((gint64)(bits << (64 - 8 * size)) >> (64 - 8 * size));
    else
      values[i] = type == MS_NPY_BOOL ? bits != 0 : (double)bits;
  }
}

/* n values, `stride` bytes from one to the next. */
static void
read_run(const MsNpy *npy, const guint8 *at, gsize stride, gsize n, double *values)
{
#define READ_IF(is_type, is_size)                                                                  \
  if (npy->type == is_type && npy->item_size == is_size) {                                         \
    read_items(npy, at, stride, n, values, is_type, is_size);                                      \
    return;                                                                                        \
  }
  READ_IF(MS_NPY_BOOL, 1)
  READ_IF(MS_NPY_UINT, 1)
  READ_IF(MS_NPY_UINT, 2)
  READ_IF(MS_NPY_UINT, 4)
  READ_IF(MS_NPY_UINT, 8)
  READ_IF(MS_NPY_INT, 1)
  READ_IF(MS_NPY_INT, 2)
  READ_IF(MS_NPY_INT, 4)
  READ_IF(MS_NPY_INT, 8)
  READ_IF(MS_NPY_FLOAT, 2)
  READ_IF(MS_NPY_FLOAT, 4)
  READ_IF(MS_NPY_FLOAT, 8)
#undef READ_IF
}

double
ms_npy_get(const MsNpy *npy, const gsize *index)
{
  const guint8 *at = npy->data;
  double value = 0;

  g_return_val_if_fail(npy->n_items > 0, 0);
  for (guint i = 0; i < npy->n_dimensions; i++) {
    g_return_val_if_fail(index[i] < npy->shape[i], 0);
    at += index[i] * npy->strides[i];
  }
  read_run(npy, at, 0, 1, &value);
  return value;
}

void
ms_npy_read_row(const MsNpy *npy, gsize row, double *values)
{
  g_return_if_fail(npy->n_dimensions == 2 && row < npy->shape[0]);
  if (npy->n_items > 0)
    read_run(npy, npy->data + row * npy->strides[0], npy->strides[1], npy->shape[1], values);
}
