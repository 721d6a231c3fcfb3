/* SPDX-License-Identifier: MIT
 *
 * PNG, as masks are read.
 */
#include <stdint.h>

#include "io/png.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_png_decode(bytes, "input", NULL, &error);

  g_assert_true((samples != NULL) == (error == NULL));

  return 0;
}
