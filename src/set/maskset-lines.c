/* SPDX-License-Identifier: MIT
 *
 * Lines are cut as GKeyFile cuts them: blanks around a line and around a key do not count.
 */
#include "set/maskset-lines.h"

#include <string.h>

/* The key before the '=' of a line; NULL: there is none. Caller frees. */
static char *
key_of(const char *line)
{
  const char *equals = strchr(line, '=');
  return equals && equals > line ? g_strchomp(g_strndup(line, (gsize)(equals - line))) : NULL;
}

/* The name of a line's group; NULL: it begins none. Caller frees. */
static char *
group_of(const char *line)
{
  gsize length = strlen(line);
  return length >= 2 && line[0] == '[' && line[length - 1] == ']' ? g_strndup(line + 1, length - 2)
                                                                  : NULL;
}

guint
ms_maskset_find_line(const char *text, const char *group, const char *key)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  gboolean inside = FALSE;
  guint found = 0;
  for (guint i = 0; lines[i]; i++) {
    const char *line = g_strstrip(lines[i]);
    g_autofree char *begun = group_of(line);
    g_autofree char *name = begun ? NULL : key_of(line);
    if (begun)
      inside = g_str_equal(begun, group);
    if (inside && (key ? g_strcmp0(name, key) == 0 : begun != NULL))
      found = i + 1;
  }
  return found;
}

/* What is wrong with one line. *group is the one it stands in; keys: "group\nkey" to the line. */
static char *
check_line(const char *line, guint number, char **group, GHashTable *keys)
{
  if (*line == '\0' || *line == '#')
    return NULL;
  char *begun = group_of(line);
  if (begun) {
    g_free(*group);
    *group = begun;
    return NULL;
  }
  g_autofree char *key = key_of(line);
  if (!key)
    return g_strdup("neither [Group] nor KEY=VALUE");
  if (!*group)
    return g_strdup_printf("the key %s stands before any [Group]", key);
  char *place = g_strconcat(*group, "\n", key, NULL);
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(keys, place));
  g_hash_table_insert(keys, place, GUINT_TO_POINTER(number));
  return before ? g_strdup_printf("the key %s stands on line %u already", key, before) : NULL;
}

static guint
line_at(const char *text, const char *place)
{
  guint line = 1;
  for (const char *c = text; c < place; c++)
    line += *c == '\n';
  return line;
}

char *
ms_maskset_find_fault(const char *text, gsize length, guint *line)
{
  const char *end;
  if (!g_utf8_validate(text, (gssize)length, &end)) {
    *line = line_at(text, end);
    return g_strdup("not UTF-8 text");
  }
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *group = NULL;
  for (guint i = 0; lines[i]; i++) {
    char *fault = check_line(g_strstrip(lines[i]), i + 1, &group, keys);
    *line = i + 1;
    if (fault)
      return fault;
  }
  return NULL;
}
