/* SPDX-License-Identifier: MIT
 *
 * Numbers as few bytes: 7 bits a byte, lowest first, the top bit set on all but the last. What is
 * read back may be anything.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes at `bytes`, or only measures where that is NULL. */
typedef struct {
  guint8 *bytes;
  gsize size;
} MsSink;

static inline void
ms_sink_put(MsSink *sink, guint64 value)
{
  do {
    guint8 byte = (guint8)(value & 0x7f);

    value >>= 7;
    if (sink->bytes)
      sink->bytes[sink->size] = value ? byte | 0x80 : byte;
    sink->size++;
  } while (value);
}

/* Takes from the front. Once something is wrong it gives 0 for ever, and is_broken says so. */
typedef struct {
  const guint8 *at;
  const guint8 *end;
  gboolean is_broken;
} MsCursor;

static inline guint64
ms_cursor_take_long(MsCursor *cursor)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && cursor->at < cursor->end; shift += 7) {
    guint64 byte = *cursor->at++;

    if (shift == 63 && byte > 1)
      break;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80)
      return value;
  }
  cursor->is_broken = TRUE;
  cursor->at = cursor->end;
  return 0;
}

static inline guint64
ms_cursor_take(MsCursor *cursor)
{
  if (cursor->at < cursor->end && *cursor->at < 0x80)
    return *cursor->at++;
  return ms_cursor_take_long(cursor);
}

/* At most so much, or it is broken. */
static inline guint64
ms_cursor_take_up_to(MsCursor *cursor, guint64 most)
{
  guint64 value = ms_cursor_take(cursor);

  if (value <= most)
    return value;
  cursor->is_broken = TRUE;
  return 0;
}

static inline gboolean
ms_cursor_is_at_end(const MsCursor *cursor)
{
  return !cursor->is_broken && cursor->at == cursor->end;
}

G_END_DECLS
