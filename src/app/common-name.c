/* SPDX-License-Identifier: MIT */
#include "app/common-name.h"

#include <string.h>

/* Less than this is not worth an ellipsis. */
#define LEAST 3

static gsize
common_start(const char *a, const char *b)
{
  gsize n = 0;

  while (a[n] && a[n] == b[n])
    n++;
  return n;
}

static gsize
common_end(const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize n = 0;

  while (n < a_length && n < b_length && a[a_length - 1 - n] == b[b_length - 1 - n])
    n++;
  return n;
}

void
ms_common_name_add(MsCommonName *self, const char *name)
{
  gsize length = strlen(name), end_length, end;

  if (!self->start) {
    self->start = g_strdup(name);
    self->end = g_strdup(name);
    return;
  }
  self->start[common_start(self->start, name)] = '\0';
  end_length = strlen(self->end);
  end = common_end(self->end, end_length, name, length);
  memmove(self->end, self->end + end_length - end, end + 1);
}

void
ms_common_name_clear(MsCommonName *self)
{
  g_clear_pointer(&self->start, g_free);
  g_clear_pointer(&self->end, g_free);
}

static gboolean
is_separator(char c)
{
  return c != '\0' && strchr("_-. +()[]", c) != NULL;
}

/* Bytes of whole words at the beginning; of one word alone, what stands before its number. */
static gsize
start_length(const char *start)
{
  gsize length = strlen(start), n = length;

  while (n > 0 && !is_separator(start[n - 1]))
    n--;
  if (n > 0)
    return n;
  while (length > 0 && g_ascii_isdigit(start[length - 1]))
    length--;
  while (length > 0 && !g_utf8_validate(start, (gssize)length, NULL))
    length--; /* names may differ in the middle of a character */
  return length;
}

static gsize
end_length(const char *end)
{
  const char *first = end;

  while (*first && !is_separator(*first))
    first++;
  return strlen(first);
}

char *
ms_common_name_shorten(const MsCommonName *self, const char *name)
{
  gsize length = strlen(name), start, end;

  if (!self->start || !g_str_has_prefix(name, self->start) || !g_str_has_suffix(name, self->end))
    return NULL;
  start = start_length(self->start);
  end = end_length(self->end);
  start = start < LEAST ? 0 : start;
  end = end < LEAST ? 0 : end;
  if (start + end == 0 || start + end >= length)
    return NULL;
  return g_strdup_printf("%s%.*s%s", start ? "…" : "", (int)(length - start - end), name + start,
                         end ? "…" : "");
}
