/* SPDX-License-Identifier: MIT
 *
 * Files gathered in groups, one to an example, while a set is paired. Items keep the order in which
 * they were added; a group without items is dead.
 */
#pragma once

#include "set/roles.h"

G_BEGIN_DECLS

typedef struct MsGroupItem {
  struct MsGroupItem *next; /* in its group */
  const MsRoleFile *file;
  guint role;
} MsGroupItem;

typedef struct {
  MsGroupItem *items;
  guint order;      /* by its first role and file; later ones as they are made */
  guint n_roles;    /* distinct ones */
  const char *stem; /* of the first step; NULL: of a later one */
  const char *name; /* the stem, or the key that merged it */
  gboolean merged;
} MsGroup;

typedef struct {
  const MsRoles *roles;
  guint n_roles;
  MsGroupItem *item_block;
  GPtrArray *groups;     /* MsGroup */
  GPtrArray *by_stem;    /* those of the first step, in byte order of their stems */
  GStringChunk *strings; /* names that are no stems; they live as long as the inventory */
  GCancellable *cancellable;
} MsPairing;

static inline const MsRole *
ms_pairing_role(const MsPairing *pairing, guint role)
{
  return g_ptr_array_index(pairing->roles->roles, role);
}

MsGroup *ms_group_new(MsPairing *pairing, const char *name);

/* The first step: a group of the files of each stem. FALSE when cancelled. */
gboolean ms_pairing_group_by_stem(MsPairing *pairing, GError **error);
/* The group that the first step made of a stem; NULL: none. */
const MsGroup *ms_pairing_find(const MsPairing *pairing, const char *stem);

void ms_group_add(MsGroup *group, MsGroupItem *item);
/* Takes the items of a role (G_MAXUINT: all) out of one group into another. */
void ms_group_move(MsGroup *from, MsGroup *to, guint role);

gboolean ms_group_has_role(const MsGroup *group, guint role);
gboolean ms_group_is_complete(const MsPairing *pairing, const MsGroup *group);
/* Whether it has an actual mask and a predicted one. */
gboolean ms_group_is_scoreable(const MsPairing *pairing, const MsGroup *group);
gboolean ms_groups_overlap(const MsGroup *a, const MsGroup *b);

/* Makes an entry of every living group. The inventory's models are the predicted roles. FALSE when
 * cancelled. */
gboolean ms_pairing_make_entries(const MsPairing *pairing, MsInventory *inventory, GError **error);

G_END_DECLS
