/* SPDX-License-Identifier: MIT
 *
 * A backtracking matcher with a budget: a pattern full of stars may come with a file that a
 * stranger sent, and must not hang the program.
 */
#include "set/pattern.h"

#include <string.h>

#define ID        "{id}"
#define ID_LENGTH (sizeof ID - 1)
#define MAX_STEPS 50000

typedef struct {
  GPtrArray *ids;
  const char *id; /* what {id} stands for at the moment; NULL: not met yet */
  gsize id_length;
  guint steps;
} Matcher;

gboolean
ms_pattern_is(const char *text)
{
  return strstr(text, ID) != NULL;
}

MsPattern *
ms_pattern_new(const char *text)
{
  const char *varies = strstr(text, ID);
  const char *star = strchr(text, '*');
  if (star && star < varies)
    varies = star;
  while (varies > text && varies[-1] != '/')
    varies--;
  MsPattern *pattern = g_new0(MsPattern, 1);
  pattern->rest = g_strdup(varies);
  pattern->stars = star != NULL;
  if (varies == text)
    pattern->folder = g_strdup(".");
  else if (varies == text + 1)
    pattern->folder = g_strdup("/");
  else
    pattern->folder = g_strndup(text, (gsize)(varies - text - 1));
  return pattern;
}

void
ms_pattern_free(MsPattern *pattern)
{
  if (!pattern)
    return;
  g_free(pattern->folder);
  g_free(pattern->rest);
  g_free(pattern);
}

static void match(Matcher *matcher, const char *pattern, const char *name);

static void
add_id(Matcher *matcher)
{
  for (guint i = 0; i < matcher->ids->len; i++) {
    const char *other = g_ptr_array_index(matcher->ids, i);
    if (strlen(other) == matcher->id_length && memcmp(other, matcher->id, matcher->id_length) == 0)
      return;
  }
  g_ptr_array_add(matcher->ids, g_strndup(matcher->id, matcher->id_length));
}

static void
match_id(Matcher *matcher, const char *pattern, const char *name)
{
  const char *after = pattern + ID_LENGTH;
  if (matcher->id) {
    if (strncmp(name, matcher->id, matcher->id_length) == 0)
      match(matcher, after, name + matcher->id_length);
    return;
  }
  gboolean literal = *after != '*' && strncmp(after, ID, ID_LENGTH) != 0;
  for (gsize length = strlen(name); length > 0; length--) {
    if (literal && name[length] != *after)
      continue;
    matcher->id = name;
    matcher->id_length = length;
    match(matcher, after, name + length);
  }
  matcher->id = NULL;
}

static void
match(Matcher *matcher, const char *pattern, const char *name)
{
  for (;; pattern++, name++) {
    if (matcher->steps++ >= MAX_STEPS)
      return;
    if (strncmp(pattern, ID, ID_LENGTH) == 0) {
      match_id(matcher, pattern, name);
      return;
    }
    if (*pattern == '*')
      break;
    if (*pattern != *name)
      return;
    if (*pattern == '\0') {
      add_id(matcher);
      return;
    }
  }
  for (;; name++) {
    match(matcher, pattern + 1, name);
    if (*name == '\0' || *name == '/')
      return;
  }
}

static int
compare_lengths(gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *)a, *right = *(const char *const *)b;
  gsize left_length = strlen(left), right_length = strlen(right);
  if (left_length != right_length)
    return left_length < right_length ? 1 : -1;
  return strcmp(left, right);
}

GPtrArray *
ms_pattern_match(const MsPattern *pattern, const char *name)
{
  Matcher matcher = {.ids = g_ptr_array_new_with_free_func(g_free)};
  match(&matcher, pattern->rest, name);
  g_ptr_array_sort(matcher.ids, compare_lengths);
  return matcher.ids;
}
