/* SPDX-License-Identifier: MIT
 *
 * Ranges sorted by their first id, no two of which have an id in common.
 */
#include "set/id-map.h"

#include <string.h>

#include "set/option-values.h"

typedef struct {
  guint32 first, last, to;
} Range;

struct MsIdMap {
  GArray *ranges; /* Range */
  guint32 divisor;
};

MsIdMap *
ms_id_map_new(void)
{
  MsIdMap *map = g_new0(MsIdMap, 1);

  map->ranges = g_array_new(FALSE, FALSE, sizeof(Range));
  return map;
}

MsIdMap *
ms_id_map_copy(const MsIdMap *map)
{
  MsIdMap *copy = map ? g_memdup2(map, sizeof *map) : NULL;

  if (copy)
    copy->ranges = g_array_copy(map->ranges);
  return copy;
}

void
ms_id_map_free(MsIdMap *map)
{
  if (!map)
    return;
  g_array_unref(map->ranges);
  g_free(map);
}

static const Range *
range_at(const MsIdMap *map, guint index)
{
  return &g_array_index(map->ranges, Range, index);
}

/* --- text ----------------------------------------------------------------------------------- */

/* Of length bytes; a negative number is 2^32 more. */
static gboolean
read_id(const char *text, gsize length, guint32 *id)
{
  g_autofree char *number = g_strstrip(g_strndup(text, length));
  guint64 value;
  gint64 negative;

  if (g_ascii_string_to_unsigned(number, 10, 0, G_MAXUINT32, &value, NULL))
    *id = (guint32)value;
  else if (*number == '-' && g_ascii_string_to_signed(number, 10, G_MININT32, -1, &negative, NULL))
    *id = (guint32)negative;
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_from(const char *text, Range *range, GError **error)
{
  const char *dash = *text ? strchr(text + 1, '-') : NULL;
  g_autofree char *shown = NULL;

  if (dash ? read_id(text, (gsize)(dash - text), &range->first) &&
                 read_id(dash + 1, strlen(dash + 1), &range->last)
           : read_id(text, strlen(text), &range->first)) {
    if (!dash)
      range->last = range->first;
    if (range->first <= range->last)
      return TRUE;
  }
  shown = g_utf8_make_valid(text, -1);
  return ms_options_usage_error(error, "\"%s\" is neither an id nor a range of ids such as 11-20",
                                shown);
}

static gboolean
read_to(const char *text, Range *range, GError **error)
{
  g_autofree char *shown = NULL;

  if (strcmp(text, "ignore") == 0) {
    range->to = MS_ID_NONE;
    return TRUE;
  }
  if (read_id(text, strlen(text), &range->to))
    return TRUE;
  shown = g_utf8_make_valid(text, -1);
  return ms_options_usage_error(error, "\"%s\" is neither an id nor \"ignore\"", shown);
}

gboolean
ms_id_map_add(MsIdMap *map, const char *from, const char *to, GError **error)
{
  Range range;
  guint at = 0;

  if (!read_from(from, &range, error) || !read_to(to, &range, error))
    return FALSE;
  if (map->ranges->len >= MS_ID_MAP_MAX_RANGES)
    return ms_options_usage_error(error, "more than %u ranges of ids", MS_ID_MAP_MAX_RANGES);
  while (at < map->ranges->len && range_at(map, at)->last < range.first)
    at++;
  if (at < map->ranges->len && range_at(map, at)->first <= range.last)
    return ms_options_usage_error(error, "id %u is mapped twice",
                                  MAX(range.first, range_at(map, at)->first));
  g_array_insert_val(map->ranges, at, range);
  return TRUE;
}

gboolean
ms_id_map_parse(MsIdMap *map, const char *list, GError **error)
{
  g_auto(GStrv) items = g_strsplit(list, ",", -1);

  if (!items[0])
    return ms_options_usage_error(error, "\"\" is not FROM=TO");
  for (guint i = 0; items[i]; i++) {
    char *equals = strchr(items[i], '=');

    if (!equals) {
      g_autofree char *shown = g_utf8_make_valid(items[i], -1);

      return ms_options_usage_error(error, "\"%s\" is not FROM=TO", shown);
    }
    *equals = '\0';
    if (!ms_id_map_add(map, g_strstrip(items[i]), g_strstrip(equals + 1), error))
      return FALSE;
  }
  return TRUE;
}

static void
append_id(GString *text, guint32 id)
{
  if (id > G_MAXINT32)
    g_string_append_printf(text, "%d", (gint32)id);
  else
    g_string_append_printf(text, "%u", id);
}

GStrv
ms_id_map_to_lines(const MsIdMap *map)
{
  g_autoptr(GStrvBuilder) lines = g_strv_builder_new();

  for (guint i = 0; i < map->ranges->len; i++) {
    const Range *range = range_at(map, i);
    g_autoptr(GString) line = g_string_new(NULL);

    append_id(line, range->first);
    if (range->last != range->first) {
      g_string_append_c(line, '-');
      append_id(line, range->last);
    }
    g_string_append_c(line, '=');
    if (range->to == MS_ID_NONE)
      g_string_append(line, "ignore");
    else
      append_id(line, range->to);
    g_strv_builder_add(lines, line->str);
  }
  return g_strv_builder_end(lines);
}

/* --- ids ------------------------------------------------------------------------------------ */

void
ms_id_map_set_divisor(MsIdMap *map, guint32 divisor)
{
  map->divisor = divisor;
}

guint32
ms_id_map_divisor(const MsIdMap *map)
{
  return map->divisor;
}

guint
ms_id_map_n_ranges(const MsIdMap *map)
{
  return map->ranges->len;
}

gboolean
ms_id_map_ignores(const MsIdMap *map)
{
  for (guint i = 0; i < map->ranges->len; i++)
    if (range_at(map, i)->to == MS_ID_NONE)
      return TRUE;
  return FALSE;
}

/* The first range whose last id is not below this one; the number of ranges: there is none. */
static guint
find_range(const MsIdMap *map, guint32 id)
{
  guint low = 0, high = map->ranges->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (range_at(map, middle)->last < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static guint32
get_undivided(const MsIdMap *map, guint32 id)
{
  guint at = find_range(map, id);

  return at < map->ranges->len && range_at(map, at)->first <= id ? range_at(map, at)->to : id;
}

guint32
ms_id_map_get(const MsIdMap *map, guint32 id)
{
  if (map->divisor > 0 && id >= map->divisor && id <= G_MAXINT32)
    id /= map->divisor;
  return get_undivided(map, id);
}

/* --- one after the other -------------------------------------------------------------------- */

/* What a map does to ids from `first` to `last`. */
static void
append_within(MsIdMap *map, const MsIdMap *other, guint32 first, guint32 last)
{
  for (guint i = find_range(other, first);
       i < other->ranges->len && range_at(other, i)->first <= last; i++) {
    Range range = *range_at(other, i);

    range.first = MAX(range.first, first);
    range.last = MIN(range.last, last);
    g_array_append_val(map->ranges, range);
  }
}

MsIdMap *
ms_id_map_compose(const MsIdMap *first, const MsIdMap *then)
{
  g_autoptr(MsIdMap) none = ms_id_map_new();
  MsIdMap *map = ms_id_map_new();
  guint64 next = 0;

  if (!first)
    first = none;
  if (!then)
    then = none;
  for (guint i = 0; i < first->ranges->len; i++) {
    Range range = *range_at(first, i);

    if (range.first > next)
      append_within(map, then, (guint32)next, range.first - 1);
    range.to = get_undivided(then, range.to);
    g_array_append_val(map->ranges, range);
    next = (guint64)range.last + 1;
  }
  if (next <= G_MAXUINT32)
    append_within(map, then, (guint32)next, G_MAXUINT32);
  return map;
}
