/* SPDX-License-Identifier: MIT
 *
 * The first step of pairing: the roles' files in byte order of their stems, merged. Listings are in
 * that order already, or nearly.
 */
#include "set/name-sort.h"
#include "set/pairing-groups.h"

/* Between two looks at whether to go on. */
#define INTERVAL 4096u

/* How far a role's files are merged. */
typedef struct {
  MsNamed *files; /* data is the MsGroupItem */
  guint n_files;
  guint next;
} Cursor;

/* Items stand in the order of their roles, and of the files in these. */
static void
cursor_init(Cursor *cursor, const GArray *files, MsGroupItem *items, guint role)
{
  *cursor = (Cursor){.files = g_new(MsNamed, files->len), .n_files = files->len};
  for (guint i = 0; i < files->len; i++) {
    items[i].file = &g_array_index(files, MsRoleFile, i);
    items[i].role = role;
    cursor->files[i] = (MsNamed){items[i].file->stem, &items[i]};
  }
  ms_names_sort(cursor->files, cursor->n_files);
}

static Cursor *
cursors_new(MsPairing *pairing)
{
  Cursor *cursors = g_new(Cursor, pairing->n_roles);
  gsize n_files = 0;
  for (guint role = 0; role < pairing->n_roles; role++)
    n_files += ms_pairing_role(pairing, role)->files->len;
  pairing->item_block = g_new0(MsGroupItem, n_files);
  MsGroupItem *items = pairing->item_block;
  for (guint role = 0; role < pairing->n_roles; role++) {
    const GArray *files = ms_pairing_role(pairing, role)->files;
    cursor_init(&cursors[role], files, items, role);
    items += files->len;
  }
  return cursors;
}

static void
cursors_free(Cursor *cursors, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free(cursors[i].files);
  g_free(cursors);
}

/* The first stem that is left; NULL: none is. */
static const char *
first_stem(const Cursor *cursors, guint n)
{
  const char *first = NULL;
  for (guint i = 0; i < n; i++) {
    const char *stem =
        cursors[i].next < cursors[i].n_files ? cursors[i].files[cursors[i].next].name : NULL;
    if (stem && (!first || strcmp(stem, first) < 0))
      first = stem;
  }
  return first;
}

static void
take_stem(MsPairing *pairing, Cursor *cursors, const char *stem)
{
  MsGroup *group = g_new0(MsGroup, 1);
  group->stem = group->name = stem;
  g_ptr_array_add(pairing->by_stem, group);
  for (guint i = 0; i < pairing->n_roles; i++)
    while (cursors[i].next < cursors[i].n_files &&
           strcmp(cursors[i].files[cursors[i].next].name, stem) == 0)
      ms_group_add(group, cursors[i].files[cursors[i].next++].data);
}

/* Where a group's first item stands says by which role and file it is known. */
static int
compare_first_items(gconstpointer a, gconstpointer b)
{
  const MsGroup *left = *(const MsGroup *const *)a, *right = *(const MsGroup *const *)b;
  return (left->items > right->items) - (left->items < right->items);
}

static void
order_groups(MsPairing *pairing)
{
  gboolean in_order = TRUE;
  for (guint i = 0; i < pairing->by_stem->len; i++) {
    g_ptr_array_add(pairing->groups, g_ptr_array_index(pairing->by_stem, i));
    in_order &= i == 0 ||
                compare_first_items(&pairing->groups->pdata[i - 1], &pairing->groups->pdata[i]) < 0;
  }
  if (!in_order)
    g_ptr_array_sort(pairing->groups, compare_first_items);
  for (guint i = 0; i < pairing->groups->len; i++)
    ((MsGroup *)g_ptr_array_index(pairing->groups, i))->order = i;
}

gboolean
ms_pairing_group_by_stem(MsPairing *pairing, GError **error)
{
  Cursor *cursors = cursors_new(pairing);
  gboolean fine = !g_cancellable_set_error_if_cancelled(pairing->cancellable, error);
  const char *stem;
  while (fine && (stem = first_stem(cursors, pairing->n_roles))) {
    take_stem(pairing, cursors, stem);
    if (pairing->by_stem->len % INTERVAL == 0)
      fine = !g_cancellable_set_error_if_cancelled(pairing->cancellable, error);
  }
  cursors_free(cursors, pairing->n_roles);
  order_groups(pairing);
  return fine;
}

const MsGroup *
ms_pairing_find(const MsPairing *pairing, const char *stem)
{
  guint low = 0, high = pairing->by_stem->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    const MsGroup *group = g_ptr_array_index(pairing->by_stem, middle);
    int order = strcmp(group->stem, stem);
    if (order == 0)
      return group;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}
