/* SPDX-License-Identifier: MIT
 *
 * 128 bits that tell apart what was mixed into them, in order. Made for speed, a few ns a word: it
 * guards against change and decay, not against somebody who looks for two things with one hash. The
 * same on every machine; part of what the results store holds.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct {
  guint64 words[2];
} MsHash;

#define MS_HASH_INIT ((MsHash){{1, 2}})

/* Every bit of the word changes half of the bits of the result. */
static inline guint64
ms_hash_scramble(guint64 word)
{
  word = (word ^ word >> 30) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
  word = (word ^ word >> 27) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
  return word ^ word >> 31;
}

static inline void
ms_hash_mix(MsHash *hash, guint64 word)
{
  hash->words[0] = ms_hash_scramble(hash->words[0] ^ word);
  hash->words[1] = ms_hash_scramble(hash->words[1] * 3 + word + hash->words[0]);
}

/* Its length goes in too, so that pieces cannot run into each other. */
static inline void
ms_hash_mix_bytes(MsHash *hash, gconstpointer bytes, gsize size)
{
  const guint8 *at = bytes;

  ms_hash_mix(hash, size);
  for (; size >= 8; at += 8, size -= 8) {
    guint64 word;

    memcpy(&word, at, 8);
    ms_hash_mix(hash, GUINT64_FROM_LE(word));
  }
  if (size > 0) {
    guint64 word = 0;

    memcpy(&word, at, size);
    ms_hash_mix(hash, GUINT64_FROM_LE(word));
  }
}

/* NULL differs from "". */
static inline void
ms_hash_mix_text(MsHash *hash, const char *text)
{
  if (text)
    ms_hash_mix_bytes(hash, text, strlen(text));
  else
    ms_hash_mix(hash, G_MAXUINT64);
}

static inline gboolean
ms_hash_equal(const MsHash *a, const MsHash *b)
{
  return a->words[0] == b->words[0] && a->words[1] == b->words[1];
}

/* What a GHashTable of MsHash takes. */
static inline guint
ms_hash_key(gconstpointer hash)
{
  return (guint)((const MsHash *)hash)->words[0];
}

static inline gboolean
ms_hash_keys_equal(gconstpointer a, gconstpointer b)
{
  return ms_hash_equal((const MsHash *)a, (const MsHash *)b);
}

G_END_DECLS
