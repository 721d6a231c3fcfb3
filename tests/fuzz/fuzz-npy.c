/* SPDX-License-Identifier: MIT
 *
 * NumPy's arrays, as masks are read.
 */
#include <stdint.h>

#include "io/array-samples.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(MsNpy) npy = ms_npy_parse(bytes, "input", NULL);
  g_autoptr(MsSamples) samples = npy ? ms_npy_to_samples(npy, "input", NULL) : NULL;

  g_assert(!samples || samples->stride * (gsize)samples->height > 0);
  return 0;
}
