/* SPDX-License-Identifier: MIT
 *
 * NIfTI: the header alone, and the first, the middle and the last slice across each axis.
 */
#include <stdint.h>

#include "io/gzip.h"
#include "io/nifti.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
decode(GBytes *bytes, guint axis, gsize index)
{
  g_autoptr(MsSamples) samples = ms_nifti_decode_slice(bytes, axis, index, "input", NULL);

  g_assert(!samples || samples->stride * (gsize)samples->height > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) file = g_bytes_new_static(data, size);
  g_autoptr(GBytes) inflated =
      ms_gzip_sniff(file) ? ms_gzip_inflate(file, 1 << 20, "input", NULL, NULL) : NULL;
  GBytes *bytes = inflated ? inflated : file;
  MsNiftiHeader header;

  ms_nifti_read_header(bytes, TRUE, "input", &header, NULL);
  if (!ms_nifti_read_header(bytes, FALSE, "input", &header, NULL))
    return 0;
  g_assert(ms_nifti_sniff(bytes));
  for (guint axis = 0; axis < 3; axis++) {
    decode(bytes, axis, 0);
    decode(bytes, axis, header.size[axis] / 2);
    decode(bytes, axis, header.size[axis] - 1);
    decode(bytes, axis, header.size[axis]);
  }
  return 0;
}
