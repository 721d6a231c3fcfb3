/* SPDX-License-Identifier: MIT
 *
 * What the actual masks of a set are called: by it the folders above a predicted mask are told
 * apart, those that belong to its id from those that name its model.
 */
#pragma once

#include "set/roles.h"

G_BEGIN_DECLS

typedef struct MsKnownIds MsKnownIds;

/* Of the first role of actual masks; borrows the roles. NULL: there is none. */
MsKnownIds *ms_known_ids_new(const MsRoles *roles);
void ms_known_ids_free(MsKnownIds *ids);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsKnownIds, ms_known_ids_free)

/* Whether a stem of a role may be called like one of them (set/stems.h). */
gboolean ms_known_ids_has(MsKnownIds *ids, const char *stem, MsRoleKind kind);

/* Where the one lies that a stem is called like but for its split, and but for a folder that its
 * name begins with ("munster/munster_000000_000019"): the folders of its stem. Lent; NULL: there
 * is none. *several: there is more than one, so that it cannot be told. */
const char *ms_known_ids_home(MsKnownIds *ids, const char *stem, MsRoleKind kind,
                              gboolean *several);

/* The normal name of the split that a folder is called after, where the masks have it. Lent. */
const char *ms_known_ids_split(const MsKnownIds *ids, const char *name);

/* Whether masks lie in that folder ("val/munster") or below it. */
gboolean ms_known_ids_has_folder(const MsKnownIds *ids, const char *folder);

G_END_DECLS
