/* SPDX-License-Identifier: MIT
 *
 * Where in a path the example's id begins.
 */
#include "set/models-private.h"

#include <string.h>

#include "set/text.h"

const char *
ms_model_find_split(const MsModelFinder *self, const MsModelWalk *walk, guint cut)
{
  if (walk->place->split)
    return walk->place->split;
  for (guint i = 0; i < cut; i++) {
    const char *part = g_ptr_array_index(walk->parts, i);
    if (ms_known_ids_split(self->ids, part))
      return part;
  }
  return NULL;
}

char *
ms_model_make_prefix(const MsModelWalk *walk, guint cut, const char *split)
{
  g_autoptr(GString) path = g_string_new(NULL);
  if (split)
    g_string_append_printf(path, "%s/", split);
  for (guint i = cut; i < walk->parts->len; i++)
    g_string_append_printf(path, "%s/", (const char *)g_ptr_array_index(walk->parts, i));
  gsize length = 0;
  const char *normal = ms_split_of_path(path->str, &length);
  return normal ? g_strconcat(normal, path->str + length, NULL) : g_strdup(path->str);
}

static gboolean
fits(MsModelFinder *self, const char *stem)
{
  gboolean several;
  return ms_known_ids_has(self->ids, stem, MS_ROLE_PREDICTED) ||
         ms_known_ids_home(self->ids, stem, MS_ROLE_PREDICTED, &several) != NULL;
}

static gboolean
fits_cut(MsModelFinder *self, const MsModelWalk *walk, guint cut)
{
  g_autofree char *prefix = ms_model_make_prefix(walk, cut, ms_model_find_split(self, walk, cut));
  g_autoptr(GString) stem = g_string_new(prefix);
  for (guint i = 0; i < walk->folder->pictures->len; i++) {
    const char *name = g_ptr_array_index(walk->folder->pictures, i);
    g_string_truncate(stem, strlen(prefix));
    g_string_append_len(stem, name, (gssize)ms_text_stem_length(name));
    if (fits(self, stem->str))
      return TRUE;
  }
  return FALSE;
}

guint
ms_model_find_cut(MsModelFinder *self, const MsModelWalk *walk)
{
  for (guint cut = 1; self->ids && cut <= walk->parts->len; cut++)
    if (fits_cut(self, walk, cut))
      return cut;
  return 0;
}
