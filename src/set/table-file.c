/* SPDX-License-Identifier: MIT */
#include "set/table-file.h"

#include "io/file.h"

MsTable *
ms_table_file_read(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_TABLE_MAX_BYTES, cancellable, error);
  g_autofree char *name = ms_path_display(path);
  return bytes ? ms_table_parse(bytes, name, error) : NULL;
}
