/* SPDX-License-Identifier: MIT
 *
 * The bytes decide what is looked up, never the file's ending.
 */
#include "set/content.h"

#include "io/file.h"
#include "io/gzip.h"
#include "io/nifti.h"

static GBytes *
read_bytes(const char *path, const char *name, MsScratch *scratch, GCancellable *cancellable,
           GError **error)
{
  g_autoptr(GBytes) bytes =
      ms_file_read_using(path, MS_FILE_MAX_BYTES, scratch, cancellable, error);

  if (!bytes || !ms_gzip_sniff(bytes))
    return g_steal_pointer(&bytes);
  return ms_nifti_inflate(bytes, name, cancellable, error);
}

MsContent *
ms_content_read(const char *path, GCancellable *cancellable, GError **error)
{
  return ms_content_read_using(path, NULL, cancellable, error);
}

MsContent *
ms_content_read_using(const char *path, MsScratch *scratch, GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *name = ms_path_display(path);
  GBytes *bytes = read_bytes(path, name, scratch, cancellable, error);
  MsContent *content;

  if (!bytes)
    return NULL;
  content = g_new0(MsContent, 1);
  g_atomic_ref_count_init(&content->references);
  content->bytes = bytes;
  if (ms_tiff_sniff(bytes))
    content->pages = ms_tiff_pages_new(bytes, name, NULL);
  else if (ms_npz_sniff(bytes))
    content->archive = ms_npz_archive_new(bytes, name, &content->broken);
  content->name = g_steal_pointer(&name);
  return content;
}

MsContent *
ms_content_ref(MsContent *content)
{
  g_atomic_ref_count_inc(&content->references);
  return content;
}

void
ms_content_unref(MsContent *content)
{
  if (!g_atomic_ref_count_dec(&content->references))
    return;
  ms_tiff_pages_free(content->pages);
  ms_npz_archive_free(content->archive);
  g_clear_error(&content->broken);
  g_bytes_unref(content->bytes);
  g_free(content->name);
  g_free(content);
}
