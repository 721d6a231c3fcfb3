/* SPDX-License-Identifier: MIT
 *
 * What becomes of the ids in masks before anything else looks at them: ids of instances become
 * those of their classes, then ranges of ids become other ids, all at once: 1=2 and 2=1 change
 * places. Ids in no range stay. Does not change once it is in use.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An id that no class has. Actual pixels of it are ignored; predicted ones are of no class. -1 and
 * every other negative id become it. */
#define MS_ID_NONE G_MAXUINT32

#define MS_ID_MAP_MAX_RANGES 65536u

typedef struct MsIdMap MsIdMap;

MsIdMap *ms_id_map_new(void);
MsIdMap *ms_id_map_copy(const MsIdMap *map); /* NULL gives NULL */
void ms_id_map_free(MsIdMap *map);           /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsIdMap, ms_id_map_free)

/* from: an id ("7", "-1") or a range ("11-20"); to: an id or "ignore" (MS_ID_NONE). Errors
 * (MS_OPTIONS_ERROR_USAGE) say what is wrong with which of them; an id that is mapped already is
 * one. */
gboolean ms_id_map_add(MsIdMap *map, const char *from, const char *to, GError **error);
/* "11-20=3,255=ignore" */
gboolean ms_id_map_parse(MsIdMap *map, const char *list, GError **error);

/* From `divisor` up, an id becomes id / divisor, before the ranges are looked at. 0: none does. */
void ms_id_map_set_divisor(MsIdMap *map, guint32 divisor);
guint32 ms_id_map_divisor(const MsIdMap *map);

guint ms_id_map_n_ranges(const MsIdMap *map);
gboolean ms_id_map_ignores(const MsIdMap *map); /* whether some id becomes MS_ID_NONE */

guint32 ms_id_map_get(const MsIdMap *map, guint32 id);

/* What becomes of ids that go through `first` and then through `then` (either may be NULL), without
 * divisors; the caller's. */
MsIdMap *ms_id_map_compose(const MsIdMap *first, const MsIdMap *then);

/* "11-20=3", ascending: lines of a .maskset file, without the divisor. */
GStrv ms_id_map_to_lines(const MsIdMap *map);

G_END_DECLS
