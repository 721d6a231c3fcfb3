/* SPDX-License-Identifier: MIT
 *
 * The bytes decide which decoder is asked, never the file's ending.
 */
#include "set/load.h"

#include "io/file.h"
#include "io/picture.h"
#include "io/png.h"

MsSamples *
ms_load_samples(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, cancellable, error);
  if (!bytes)
    return NULL;
  g_autofree char *name = ms_path_display(path);
  if (ms_png_sniff(bytes))
    return ms_png_decode(bytes, name, cancellable, error);
  return ms_picture_decode_samples(bytes, name, cancellable, error);
}
