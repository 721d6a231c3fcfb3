/* SPDX-License-Identifier: MIT
 *
 * Which class a colour means, by the colours of a class table: exactly, never the nearest one.
 * Immutable and counted.
 */
#pragma once

#include "io/samples.h"
#include "set/classes.h"
#include "set/id-map.h"

G_BEGIN_DECLS

/* A colour of 16 bits a channel, red highest; samples of fewer bits are scaled to it exactly. */
typedef guint64 MsColorKey;

typedef struct MsColorIds MsColorIds;

typedef enum {
  MS_COLOR_KNOWN,
  MS_COLOR_SHARED, /* two classes have it */
  MS_COLOR_UNKNOWN,
} MsColorMeaning;

/* ids (may be NULL) tells what becomes of the table's ids. What the table ignores gives way to a
 * class of the same colour. */
MsColorIds *ms_color_ids_new(const MsClassTable *table, const MsIdMap *ids);
MsColorIds *ms_color_ids_ref(MsColorIds *colors);
void ms_color_ids_unref(MsColorIds *colors); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsColorIds, ms_color_ids_unref)

/* The class table's name, for messages. */
const char *ms_color_ids_source(const MsColorIds *colors);
/* The largest id that a colour means, but for MS_ID_NONE; whether one means that. */
guint32 ms_color_ids_largest(const MsColorIds *colors);
gboolean ms_color_ids_have_none(const MsColorIds *colors);
/* Whether they mean other ids than the table's. */
gboolean ms_color_ids_are_mapped(const MsColorIds *colors);

/* Tells apart colours that mean other ids. */
guint64 ms_color_ids_hash(const MsColorIds *colors);

MsColorMeaning ms_color_ids_find(const MsColorIds *colors, MsColorKey key, guint32 *id);

/* Of a pixel's first sample; grey stands for all three channels, a palette for its entry. */
MsColorKey ms_color_key_at(const MsSamples *samples, const guint8 *pixel);
MsColorKey ms_color_key_of_palette(const MsSamples *samples, guint index);

/* "#804000"; with four digits a channel where it takes them. Caller frees. */
char *ms_color_key_describe(MsColorKey key);

static inline MsColorKey
ms_color_key(guint red, guint green, guint blue)
{
  return (MsColorKey)red << 32 | (MsColorKey)green << 16 | blue;
}

static inline MsColorKey
ms_color_key_of_bytes(guint red, guint green, guint blue)
{
  return ms_color_key(red * 257, green * 257, blue * 257);
}

G_END_DECLS
