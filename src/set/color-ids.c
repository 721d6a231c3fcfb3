/* SPDX-License-Identifier: MIT
 *
 * A sorted array: tables have tens of colours, and who looks pixels up asks only where the colour
 * changes.
 */
#include "set/color-ids.h"

#include "set/hash.h"

typedef struct {
  MsColorKey key;
  guint32 id;
  gboolean shared;
} Entry;

struct MsColorIds {
  gatomicrefcount ref_count;
  Entry *entries; /* ascending by key, each once */
  guint n_entries;
  guint32 largest;
  gboolean have_none;
  gboolean mapped; /* the table's ids became others */
  char *source;
};

/* Which came from what counts is found by its place: classes come before others. */
typedef struct {
  MsColorKey key;
  guint32 id;
  gboolean ignored;
} Claim;

static int
compare_claims(gconstpointer a, gconstpointer b)
{
  const Claim *left = a, *right = b;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  if (left->ignored != right->ignored)
    return left->ignored ? 1 : -1;
  return (left->id > right->id) - (left->id < right->id);
}

static void
add_claims(GArray *claims, const MsClass *classes, gsize n_classes, gboolean ignored,
           const MsIdMap *ids)
{
  for (gsize i = 0; i < n_classes; i++) {
    const MsClass *class = &classes[i];
    Claim claim = {.key = ms_color_key_of_bytes(class->red, class->green, class->blue),
                   .id = ids ? ms_id_map_get(ids, class->id) : class->id,
                   .ignored = ignored};

    if (class->has_color)
      g_array_append_val(claims, claim);
  }
}

/* The first claim on a colour holds; a second class that counts makes it a shared one. */
static void
settle_claims(MsColorIds *colors, const GArray *claims)
{
  colors->entries = g_new(Entry, claims->len);
  for (guint i = 0; i < claims->len; i++) {
    const Claim *claim = &g_array_index(claims, Claim, i);
    Entry *last = colors->n_entries ? &colors->entries[colors->n_entries - 1] : NULL;

    if (last && last->key == claim->key) {
      last->shared |= !claim->ignored && claim->id != last->id;
      continue;
    }
    colors->entries[colors->n_entries++] = (Entry){.key = claim->key, .id = claim->id};
    if (claim->id == MS_ID_NONE)
      colors->have_none = TRUE;
    else
      colors->largest = MAX(colors->largest, claim->id);
  }
}

MsColorIds *
ms_color_ids_new(const MsClassTable *table, const MsIdMap *ids)
{
  MsColorIds *colors = g_new0(MsColorIds, 1);
  g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(Claim));

  g_atomic_ref_count_init(&colors->ref_count);
  colors->source = g_strdup(table->source);
  colors->mapped = ids != NULL;
  add_claims(claims, table->classes, table->n_classes, FALSE, ids);
  add_claims(claims, table->others, table->n_others, TRUE, ids);
  g_array_sort(claims, compare_claims);
  settle_claims(colors, claims);
  return colors;
}

MsColorIds *
ms_color_ids_ref(MsColorIds *colors)
{
  g_atomic_ref_count_inc(&colors->ref_count);
  return colors;
}

void
ms_color_ids_unref(MsColorIds *colors)
{
  if (!colors || !g_atomic_ref_count_dec(&colors->ref_count))
    return;
  g_free(colors->entries);
  g_free(colors->source);
  g_free(colors);
}

const char *
ms_color_ids_source(const MsColorIds *colors)
{
  return colors->source;
}

guint32
ms_color_ids_largest(const MsColorIds *colors)
{
  return colors->largest;
}

gboolean
ms_color_ids_have_none(const MsColorIds *colors)
{
  return colors->have_none;
}

gboolean
ms_color_ids_are_mapped(const MsColorIds *colors)
{
  return colors->mapped;
}

guint64
ms_color_ids_hash(const MsColorIds *colors)
{
  MsHash hash = MS_HASH_INIT;

  ms_hash_mix(&hash, colors->mapped);
  for (guint i = 0; i < colors->n_entries; i++) {
    ms_hash_mix(&hash, colors->entries[i].key);
    ms_hash_mix(&hash, colors->entries[i].id);
    ms_hash_mix(&hash, colors->entries[i].shared);
  }
  return hash.words[1];
}

MsColorMeaning
ms_color_ids_find(const MsColorIds *colors, MsColorKey key, guint32 *id)
{
  guint low = 0, high = colors->n_entries;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (colors->entries[middle].key < key)
      low = middle + 1;
    else
      high = middle;
  }
  *id = MS_ID_NONE;
  if (low == colors->n_entries || colors->entries[low].key != key)
    return MS_COLOR_UNKNOWN;
  *id = colors->entries[low].id;
  return colors->entries[low].shared ? MS_COLOR_SHARED : MS_COLOR_KNOWN;
}

/* --- keys ----------------------------------------------------------------------------------- */

MsColorKey
ms_color_key_of_palette(const MsSamples *samples, guint index)
{
  const guint8 *entry = samples->palette[index];

  return ms_color_key_of_bytes(entry[0], entry[1], entry[2]);
}

MsColorKey
ms_color_key_at(const MsSamples *samples, const guint8 *pixel)
{
  const guint16 *words = (const void *)pixel;
  int step = samples->channels >= 3 ? 1 : 0;
  guint factor;

  if (samples->color == MS_COLOR_PALETTE)
    return ms_color_key_of_palette(samples, *pixel);
  if (samples->bytes == 2)
    return ms_color_key(words[0], words[step], words[2 * step]);
  factor = 65535 / ms_samples_maximum(samples);
  return ms_color_key(pixel[0] * factor, pixel[step] * factor, pixel[2 * step] * factor);
}

char *
ms_color_key_describe(MsColorKey key)
{
  guint channels[3] = {key >> 32 & 0xffff, key >> 16 & 0xffff, key & 0xffff};

  if (channels[0] % 257 || channels[1] % 257 || channels[2] % 257)
    return g_strdup_printf("#%04x%04x%04x", channels[0], channels[1], channels[2]);
  return g_strdup_printf("#%02x%02x%02x", channels[0] / 257, channels[1] / 257, channels[2] / 257);
}
