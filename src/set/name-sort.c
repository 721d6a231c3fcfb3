/* SPDX-License-Identifier: MIT */
#include "set/name-sort.h"

#include <string.h>

typedef struct {
  guint64 key; /* the bytes after what all names begin with, the first the highest */
  MsNamed named;
} Keyed;

/* Zeros after the name's end: shorter names come first. */
static guint64
key_at(const char *text)
{
  guint64 key = 0;
  guint i = 0;

  for (; i < 8 && text[i]; i++)
    key = key << 8 | (guint8)text[i];
  return i == 0 ? 0 : key << (8 * (8 - i));
}

static gboolean
are_sorted(const MsNamed *names, guint n_names)
{
  for (guint i = 1; i < n_names; i++)
    if (strcmp(names[i - 1].name, names[i].name) > 0)
      return FALSE;
  return TRUE;
}

static gsize
common_length(const MsNamed *names, guint n_names)
{
  const char *first = names[0].name;
  gsize length = strlen(first);

  for (guint i = 1; i < n_names && length > 0; i++) {
    gsize same = 0;

    while (same < length && names[i].name[same] == first[same])
      same++;
    length = same;
  }
  return length;
}

static int
compare_keyed(const Keyed *a, const Keyed *b, gsize skip)
{
  if (a->key != b->key)
    return a->key < b->key ? -1 : 1;
  return strcmp(a->named.name + skip, b->named.name + skip);
}

static int
compare_with_skip(gconstpointer a, gconstpointer b, gpointer skip)
{
  return compare_keyed(a, b, *(const gsize *)skip);
}

void
ms_names_sort(MsNamed *names, guint n_names)
{
  g_autofree Keyed *keyed = NULL;
  gsize skip;

  if (are_sorted(names, n_names))
    return;
  skip = common_length(names, n_names);
  keyed = g_new(Keyed, n_names);
  for (guint i = 0; i < n_names; i++)
    keyed[i] = (Keyed){key_at(names[i].name + skip), names[i]};
  /* A stable sort. */
  g_qsort_with_data(keyed, (int)n_names, sizeof(Keyed), compare_with_skip, &skip);
  for (guint i = 0; i < n_names; i++)
    names[i] = keyed[i].named;
}

void
ms_names_sort_strings(GPtrArray *names)
{
  g_autofree MsNamed *named = g_new(MsNamed, names->len);

  for (guint i = 0; i < names->len; i++)
    named[i] = (MsNamed){g_ptr_array_index(names, i), NULL};
  ms_names_sort(named, names->len);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_index(names, i) = (gpointer)named[i].name;
}
