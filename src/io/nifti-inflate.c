/* SPDX-License-Identifier: MIT
 *
 * The header, which is at the start of the compressed data, says how much memory the rest may take.
 */
#include "io/nifti.h"

#include "io/error.h"
#include "io/gzip.h"
#include "io/magic.h"

#define HEADER_BYTES  540u  /* the longer one */
#define MAX_INFLATION 1032u /* deflate's best */

/* Deflated data become at most 1032 times as large. */
static gboolean
check_promise(GBytes *packed, const MsNiftiHeader *header, const char *name, GError **error)
{
  gsize size = g_bytes_get_size(packed);

  if (header->n_bytes / MAX_INFLATION <= size)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
              "%s: cut short: %" G_GSIZE_FORMAT
              " compressed bytes cannot hold the %" G_GUINT64_FORMAT " that its header promises",
              name, size, header->n_bytes);
  return FALSE;
}

GBytes *
ms_nifti_inflate(GBytes *packed, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) start = ms_gzip_inflate_start(packed, HEADER_BYTES, name, error);
  g_autoptr(GBytes) bytes = NULL;
  MsNiftiHeader header;

  if (!start)
    return NULL;
  if (!ms_nifti_sniff(start)) {
    g_autofree char *found = ms_magic_describe(start);

    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: gzip data that are no NIfTI volume (inflated they begin with %s), the only "
                "form that is read compressed so; inflate the file with gunzip",
                name, found);
    return NULL;
  }
  if (!ms_nifti_read_header(start, TRUE, name, &header, error) ||
      !check_promise(packed, &header, name, error))
    return NULL;
  bytes = ms_gzip_inflate_promised(packed, (gsize)header.n_bytes, name, cancellable, error);
  if (!bytes || !ms_nifti_read_header(bytes, FALSE, name, &header, error))
    return NULL;
  return g_steal_pointer(&bytes);
}
