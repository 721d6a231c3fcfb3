/* SPDX-License-Identifier: MIT
 *
 * A file is read with pread, so that readers on several threads share one descriptor.
 */
#include "io/json-source.h"

#include <errno.h>
#include <unistd.h>

#include "io/error.h"

#define WINDOW_BYTES (256u << 10)

void
ms_json_source_init_bytes(MsJsonSource *source, GBytes *bytes)
{
  gsize size;

  source->fd = -1;
  source->line = 1;
  source->bytes = g_bytes_ref(bytes);
  source->at = g_bytes_get_data(bytes, &size);
  source->end = source->at + size;
  source->end_offset = source->limit = size;
}

void
ms_json_source_init_fd(MsJsonSource *source, int fd, guint64 offset, guint64 size,
                       GCancellable *cancellable)
{
  source->fd = fd;
  source->line = 1;
  source->line_offset = offset;
  source->end_offset = offset;
  source->limit = offset + MIN(size, G_MAXINT64 - offset);
  source->window = g_malloc(CLAMP(size, 1, WINDOW_BYTES));
  source->at = source->end = source->window;
  g_set_object(&source->cancellable, cancellable);
}

void
ms_json_source_clear(MsJsonSource *source)
{
  g_clear_pointer(&source->bytes, g_bytes_unref);
  g_clear_pointer(&source->window, g_free);
  g_clear_object(&source->cancellable);
  g_clear_error(&source->failure);
}

gboolean
ms_json_source_refill(MsJsonSource *source, const char *name)
{
  gsize wanted = (gsize)MIN(source->limit - source->end_offset, WINDOW_BYTES);
  gssize n;

  if (wanted == 0 || source->failure ||
      g_cancellable_set_error_if_cancelled(source->cancellable, &source->failure))
    return FALSE;
  do
    n = pread(source->fd, source->window, wanted, (off_t)source->end_offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    source->failure = g_error_new(MS_IO_ERROR, MS_IO_ERROR_OPEN, "%s: could not be read: %s", name,
                                  g_strerror(errno));
  if (n <= 0)
    return FALSE;
  source->at = source->window;
  source->end = source->window + n;
  source->end_offset += (guint64)n;
  return TRUE;
}
