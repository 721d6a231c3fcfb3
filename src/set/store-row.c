/* SPDX-License-Identifier: MIT
 *
 * All numbers lowest byte first:
 *
 *    0  check, of all that follows, the signature and the example's id
 *    4  stamp
 *   20  width, height
 *   28  flags
 *   29  the packed histogram; where sizes differ, the predicted mask's width and height
 *
 * What a survey noted of a file begins with the same check and stamp, and follows at 20.
 */
#include "set/store-row.h"

#include "metric/raster.h"

#define STAMP_AT  4
#define SIZE_AT   20
#define FACTS_AT  20
#define FLAGS_AT  28
#define PACKED_AT 29

#define RESIZED      1u
#define SIZES_DIFFER 2u

void
ms_store_row_clear(MsStoreRow *row)
{
  g_clear_pointer(&row->packed, ms_packed_unref);
}

static void
append_word(GByteArray *bytes, guint32 word)
{
  word = GUINT32_TO_LE(word);
  g_byte_array_append(bytes, (const guint8 *)&word, sizeof word);
}

static void
append_long(GByteArray *bytes, guint64 word)
{
  word = GUINT64_TO_LE(word);
  g_byte_array_append(bytes, (const guint8 *)&word, sizeof word);
}

static guint32
word_at(const guint8 *bytes)
{
  guint32 word;

  memcpy(&word, bytes, sizeof word);
  return GUINT32_FROM_LE(word);
}

static guint64
long_at(const guint8 *bytes)
{
  guint64 word;

  memcpy(&word, bytes, sizeof word);
  return GUINT64_FROM_LE(word);
}

static guint32
check_of(const guint8 *bytes, gsize size, const MsHash *signature, const char *id)
{
  MsHash hash = *signature;

  ms_hash_mix_text(&hash, id);
  ms_hash_mix_bytes(&hash, bytes + STAMP_AT, size - STAMP_AT);
  return (guint32)hash.words[1];
}

static guint8
flags_of(const MsStoreRow *row)
{
  return (guint8)((row->resized ? RESIZED : 0) | (row->packed ? 0 : SIZES_DIFFER));
}

GByteArray *
ms_store_row_write(const MsStoreRow *row, const MsHash *signature, const char *id)
{
  GByteArray *bytes;
  gconstpointer packed = NULL;
  gsize size = 8;
  guint8 flags = flags_of(row);
  guint32 check;

  if (row->packed)
    packed = ms_packed_bytes(row->packed, &size);
  if (size > MS_STORE_ROW_MAX_BYTES - PACKED_AT)
    return NULL;
  bytes = g_byte_array_sized_new((guint)(PACKED_AT + size));
  append_word(bytes, 0);
  append_long(bytes, row->stamp.words[0]);
  append_long(bytes, row->stamp.words[1]);
  append_word(bytes, (guint32)row->width);
  append_word(bytes, (guint32)row->height);
  g_byte_array_append(bytes, &flags, 1);
  if (packed) {
    g_byte_array_append(bytes, packed, (guint)size);
  } else {
    append_word(bytes, (guint32)row->predicted_width);
    append_word(bytes, (guint32)row->predicted_height);
  }
  check = GUINT32_TO_LE(check_of(bytes->data, bytes->len, signature, id));
  memcpy(bytes->data, &check, sizeof check);
  return bytes;
}

gboolean
ms_store_row_read_stamp(gconstpointer bytes, gsize size, MsStamp *stamp)
{
  const guint8 *at = bytes;

  if (size < PACKED_AT)
    return FALSE;
  *stamp = (MsStamp){{long_at(at + STAMP_AT), long_at(at + STAMP_AT + 8)}};
  return TRUE;
}

static gboolean
is_side(guint32 side)
{
  return side >= 1 && side <= MS_RASTER_MAX_SIDE;
}

static gboolean
read_sizes(const guint8 *at, int *width, int *height)
{
  if (!is_side(word_at(at)) || !is_side(word_at(at + 4)))
    return FALSE;
  *width = (int)word_at(at);
  *height = (int)word_at(at + 4);
  return TRUE;
}

gboolean
ms_store_row_read(MsStoreRow *row, gconstpointer bytes, gsize size, const MsHash *signature,
                  const char *id)
{
  const guint8 *at = bytes;
  MsStoreRow read = {0};

  if (!ms_store_row_read_stamp(bytes, size, &read.stamp) || size > MS_STORE_ROW_MAX_BYTES ||
      word_at(at) != check_of(at, size, signature, id) || at[FLAGS_AT] > (RESIZED | SIZES_DIFFER) ||
      !read_sizes(at + SIZE_AT, &read.width, &read.height))
    return FALSE;
  read.resized = (at[FLAGS_AT] & RESIZED) != 0;
  if (at[FLAGS_AT] & SIZES_DIFFER) {
    if (size != PACKED_AT + 8 ||
        !read_sizes(at + PACKED_AT, &read.predicted_width, &read.predicted_height))
      return FALSE;
  } else {
    read.packed = ms_packed_new_from_bytes(at + PACKED_AT, size - PACKED_AT);
    if (!read.packed)
      return FALSE;
  }
  *row = read;
  return TRUE;
}

GByteArray *
ms_store_facts_write(GBytes *facts, const MsHash *key, const MsStamp *stamp)
{
  gsize size;
  gconstpointer data = g_bytes_get_data(facts, &size);
  GByteArray *bytes;
  guint32 check;

  if (size > MS_STORE_FACTS_MAX_BYTES)
    return NULL;
  bytes = g_byte_array_sized_new((guint)(FACTS_AT + size));
  append_word(bytes, 0);
  append_long(bytes, stamp->words[0]);
  append_long(bytes, stamp->words[1]);
  g_byte_array_append(bytes, data, (guint)size);
  check = GUINT32_TO_LE(check_of(bytes->data, bytes->len, key, NULL));
  memcpy(bytes->data, &check, sizeof check);
  return bytes;
}

GBytes *
ms_store_facts_read(GBytes *row, const MsHash *key, const MsStamp *stamp)
{
  gsize size;
  const guint8 *at = g_bytes_get_data(row, &size);

  if (size < FACTS_AT || size > FACTS_AT + MS_STORE_FACTS_MAX_BYTES ||
      long_at(at + STAMP_AT) != stamp->words[0] || long_at(at + STAMP_AT + 8) != stamp->words[1] ||
      word_at(at) != check_of(at, size, key, NULL))
    return NULL;
  return g_bytes_new_from_bytes(row, FACTS_AT, size - FACTS_AT);
}
