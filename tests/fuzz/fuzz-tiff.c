/* SPDX-License-Identifier: MIT
 *
 * TIFF, its first two pages, as masks are read.
 */
#include <stdint.h>

#include "io/tiff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(MsSamples) first = ms_tiff_decode(bytes, 0, "input", NULL, NULL);
  g_autoptr(MsSamples) second = ms_tiff_decode(bytes, 1, "input", NULL, NULL);

  g_assert(!first || first->stride * (gsize)first->height > 0);
  g_assert(!second || second->stride * (gsize)second->height > 0);
  return 0;
}
