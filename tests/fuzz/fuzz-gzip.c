/* SPDX-License-Identifier: MIT
 *
 * gzip: whole streams, under a limit, and the beginning of one.
 */
#include <stdint.h>

#include "io/gzip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(GBytes) whole = ms_gzip_inflate(bytes, 1 << 22, "input", NULL, NULL);
  g_autoptr(GBytes) start = ms_gzip_inflate_start(bytes, 540, "input", NULL);

  g_assert(!whole || g_bytes_get_size(whole) <= 1 << 22);
  g_assert(!start || g_bytes_get_size(start) <= 540);
  return 0;
}
