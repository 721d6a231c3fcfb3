/* SPDX-License-Identifier: MIT
 *
 * The bytes under a JSON reader: of memory, or of an open file a window at a time. Counts lines.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  const guint8 *at;  /* the next byte */
  const guint8 *end; /* of what is in memory */
  /* Where in the file `end` lies, and where nothing more is read. */
  guint64 end_offset;
  guint64 limit;
  guint64 line; /* from 1, of the next byte */
  guint64 line_offset;
  GError *failure; /* what ended the reading */

  GBytes *bytes;
  int fd;
  guint8 *window;
  GCancellable *cancellable;
} MsJsonSource;

void ms_json_source_init_bytes(MsJsonSource *source, GBytes *bytes);
void ms_json_source_init_fd(MsJsonSource *source, int fd, guint64 offset, guint64 size,
                            GCancellable *cancellable);
void ms_json_source_clear(MsJsonSource *source);

/* Once at == end: more bytes. FALSE: there are none, or they could not be read, which is a failure
 * that begins with `name`. */
gboolean ms_json_source_refill(MsJsonSource *source, const char *name);

/* Of the next byte. */
static inline guint64
ms_json_source_offset(const MsJsonSource *source)
{
  return source->end_offset - (guint64)(source->end - source->at);
}

/* Steps over a line feed, which comes next. */
static inline void
ms_json_source_take_line_feed(MsJsonSource *source)
{
  source->at++;
  source->line++;
  source->line_offset = ms_json_source_offset(source);
}

G_END_DECLS
