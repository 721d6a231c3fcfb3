/* SPDX-License-Identifier: MIT
 *
 * Small pictures kept in the user's cache folder, so that a list that was seen before is there at
 * once: one PNG file each, named by a key that says what it was made of. Bounded: those that were
 * used longest ago go first. Nothing depends on it: what is damaged, foreign or cannot be written
 * is as if it were not there. Any thread; several programs may use the folder at once.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define MS_THUMBNAIL_CACHE_BYTES (64u << 20)

typedef struct MsThumbnailCache MsThumbnailCache;

/* Looks at no file: the folder is made when it is first needed. */
MsThumbnailCache *ms_thumbnail_cache_new(guint64 max_bytes);
MsThumbnailCache *ms_thumbnail_cache_ref(MsThumbnailCache *cache);
void ms_thumbnail_cache_unref(MsThumbnailCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsThumbnailCache, ms_thumbnail_cache_unref)

/* The picture of a key, RGB24, if it is of that size; the caller's. NULL: there is none. */
cairo_surface_t *ms_thumbnail_cache_get(MsThumbnailCache *cache, const char *key, int width,
                                        int height);

/* Keeps a picture, an RGB24 surface. */
void ms_thumbnail_cache_put(MsThumbnailCache *cache, const char *key, cairo_surface_t *surface);

G_END_DECLS
