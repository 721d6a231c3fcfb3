/* SPDX-License-Identifier: MIT
 *
 * A group holds a handful of items, so that walking them is cheaper than any table.
 */
#include "set/pairing-groups.h"

MsGroup *
ms_group_new(MsPairing *pairing, const char *name)
{
  MsGroup *group = g_new0(MsGroup, 1);
  group->order = pairing->groups->len;
  group->name = name;
  g_ptr_array_add(pairing->groups, group);
  return group;
}

gboolean
ms_group_has_role(const MsGroup *group, guint role)
{
  for (const MsGroupItem *item = group->items; item; item = item->next)
    if (item->role == role)
      return TRUE;
  return FALSE;
}

void
ms_group_add(MsGroup *group, MsGroupItem *item)
{
  if (!ms_group_has_role(group, item->role))
    group->n_roles++;
  MsGroupItem **end = &group->items;
  while (*end)
    end = &(*end)->next;
  item->next = NULL;
  *end = item;
}

void
ms_group_move(MsGroup *from, MsGroup *to, guint role)
{
  MsGroupItem *items = g_steal_pointer(&from->items);
  from->n_roles = 0;
  while (items) {
    MsGroupItem *item = items;
    items = item->next;
    ms_group_add(role == G_MAXUINT || item->role == role ? to : from, item);
  }
}

gboolean
ms_group_is_complete(const MsPairing *pairing, const MsGroup *group)
{
  return group->n_roles == pairing->n_roles;
}

gboolean
ms_group_is_scoreable(const MsPairing *pairing, const MsGroup *group)
{
  gboolean actual = FALSE, predicted = FALSE;
  for (const MsGroupItem *item = group->items; item; item = item->next) {
    MsRoleKind kind = ms_pairing_role(pairing, item->role)->kind;
    actual |= kind == MS_ROLE_ACTUAL;
    predicted |= kind == MS_ROLE_PREDICTED;
  }
  return actual && predicted;
}

gboolean
ms_groups_overlap(const MsGroup *a, const MsGroup *b)
{
  for (const MsGroupItem *item = a->items; item; item = item->next)
    if (ms_group_has_role(b, item->role))
      return TRUE;
  return FALSE;
}
