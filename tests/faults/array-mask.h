/* SPDX-License-Identifier: MIT
 *
 * A mask in a form that has no check sums: were half of one file and half of another read as one,
 * nothing but the number would tell.
 */
#pragma once

#include "io/npy-file.h"
#include "support/files.h"

/* 48 x 64 pixels of which the first are 1. */
static inline void
test_write_array(const TestFolder *folder, const char *name, gsize n_positive)
{
  static const char header[] =
      "{'descr': '|u1', 'fortran_order': False, 'shape': (48, 64), }               \n";
  guint8 pixels[48 * 64] = {0};
  g_autoptr(GBytes) bytes = NULL;

  memset(pixels, 1, n_positive);
  bytes = test_npy_file(1, header, pixels, sizeof pixels);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}
