/* SPDX-License-Identifier: MIT
 *
 * Pictures of any form, as images are shown and as masks are read.
 */
#include <stdint.h>

#include "io/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(MsPicture) picture = ms_picture_decode(bytes, "input", NULL, NULL);
  g_autoptr(MsSamples) samples = ms_picture_decode_samples(bytes, "input", NULL, NULL);

  g_assert(!picture || picture->stride * (gsize)picture->height > 0);
  g_assert(!samples || samples->stride * (gsize)samples->height > 0);
  return 0;
}
