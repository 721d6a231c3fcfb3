/* SPDX-License-Identifier: MIT
 *
 * NIfTI files written field by field, for the tests of their reader.
 */
#pragma once

#include <string.h>

#include "io/nifti.h"

typedef struct {
  int version;      /* 1 or 2 */
  gboolean swapped; /* not this machine's byte order */
  int datatype;
  gint64 dims[8]; /* their number first; 0: 1 */
  double spacing[3];
  int units; /* 2: mm */
  double slope;
  double intercept;
  double offset;        /* 0: right behind the header */
  const char *magic;    /* NULL: the usual one */
  double rows[12];      /* of the sform; all 0: none */
  double quaternion[6]; /* and the offset, of the qform; all 0: none */
  double handed;        /* -1: the last axis is reversed in the qform */
} TestNifti;

static inline void
test_nifti_put(const TestNifti *spec, guint8 *to, guint64 bits, guint size)
{
  gboolean big = (G_BYTE_ORDER == G_BIG_ENDIAN) != spec->swapped;

  for (guint i = 0; i < size; i++)
    to[i] = (guint8)(bits >> 8 * (big ? size - 1 - i : i));
}

static inline guint64
test_nifti_real_bits(double value, guint size)
{
  float single = (float)value;
  guint32 bits_32;
  guint64 bits_64;

  memcpy(&bits_32, &single, 4);
  memcpy(&bits_64, &value, 8);
  return size == 4 ? bits_32 : bits_64;
}

/* As many reals; a code says that they are there. */
static inline void
test_nifti_put_form(const TestNifti *spec, guint8 *code, guint8 *to, const double *values, guint n)
{
  gboolean two = spec->version == 2;
  guint real = two ? 8 : 4;

  for (guint i = 0; i < n; i++) {
    test_nifti_put(spec, to + i * real, test_nifti_real_bits(values[i], real), real);
    if (values[i] != 0)
      test_nifti_put(spec, code, 1, two ? 4 : 2);
  }
}

static inline void
test_nifti_put_header(const TestNifti *spec, guint8 *to, double offset)
{
  gboolean two = spec->version == 2;
  guint real = two ? 8 : 4, whole = two ? 8 : 2;
  guint dim = two ? 16 : 40, pixdim = two ? 104 : 76, slope = two ? 176 : 112;

  test_nifti_put(spec, to, two ? 540 : 348, 4);
  memcpy(to + (two ? 4 : 344), spec->magic ? spec->magic : two ? "n+2" : "n+1", 4);
  test_nifti_put(spec, to + (two ? 12 : 70), (guint64)spec->datatype, 2);
  for (guint i = 0; i < 8; i++)
    test_nifti_put(spec, to + dim + i * whole,
                   (guint64)(spec->dims[i] == 0 && i > 0 ? 1 : spec->dims[i]), whole);
  for (guint i = 0; i < 3; i++)
    test_nifti_put(spec, to + pixdim + (i + 1) * real, test_nifti_real_bits(spec->spacing[i], real),
                   real);
  test_nifti_put(spec, to + slope, test_nifti_real_bits(spec->slope, real), real);
  test_nifti_put(spec, to + slope + real, test_nifti_real_bits(spec->intercept, real), real);
  test_nifti_put(spec, to + (two ? 168 : 108),
                 two ? (guint64)(gint64)offset : test_nifti_real_bits(offset, 4), real);
  test_nifti_put(spec, to + (two ? 500 : 123), (guint64)spec->units, two ? 4 : 1);
  test_nifti_put(spec, to + pixdim, test_nifti_real_bits(spec->handed, real), real);
  test_nifti_put_form(spec, to + (two ? 344 : 252), to + (two ? 352 : 256), spec->quaternion, 6);
  test_nifti_put_form(spec, to + (two ? 348 : 254), to + (two ? 400 : 280), spec->rows, 12);
}

/* The data are put behind the header as they are, or at the offset where that lies behind. */
static inline GBytes *
test_nifti(const TestNifti *spec, const void *data, gsize size)
{
  gsize start = spec->version == 2 ? 544 : 352;
  double offset = spec->offset == 0 ? (double)start : spec->offset;
  gsize begin = offset > (double)start && offset < 100000 ? (gsize)offset : start;
  guint8 *file = g_malloc0(begin + size);

  test_nifti_put_header(spec, file, offset);
  memcpy(file + begin, data, size);
  return g_bytes_new_take(file, begin + size);
}
