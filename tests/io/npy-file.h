/* SPDX-License-Identifier: MIT
 *
 * .npy files written by hand, for the tests of their reader.
 */
#pragma once

#include <string.h>

#include "io/npy.h"

/* A whole file of that format version (1 to 3). */
static inline GBytes *
test_npy_file(int version, const char *header, const void *data, gsize size)
{
  GByteArray *file = g_byte_array_new();
  guint32 length = strlen(header);
  guint8 start[12] = "\x93NUMPY";

  start[6] = (guint8)version;
  for (guint i = 0; i < 4; i++)
    start[8 + i] = (guint8)(length >> 8 * i);
  g_byte_array_append(file, start, version == 1 ? 10 : 12);
  g_byte_array_append(file, (const guint8 *)header, length);
  g_byte_array_append(file, data, size);
  return g_byte_array_free_to_bytes(file);
}

static inline MsNpy *
test_npy_parse(GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  MsNpy *npy = ms_npy_parse(bytes, "a.npy", &error);

  g_assert_no_error(error);
  return npy;
}

/* The index of the i-th item in C order. */
static inline void
test_npy_unravel(gsize i, guint n, const gsize *shape, gsize *index)
{
  for (guint axis = n; axis-- > 0; i /= shape[axis])
    index[axis] = i % shape[axis];
}
