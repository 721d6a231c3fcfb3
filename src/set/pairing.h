/* SPDX-License-Identifier: MIT
 *
 * Which image, actual mask and predicted masks belong together. Whole ids are compared, with their
 * sub-folders: first as they are, then without known suffixes, then case-folded; never by prefix,
 * never by position. More than one candidate is reported, never picked. Every id is an entry.
 */
#pragma once

#include "set/roles.h"

G_BEGIN_DECLS

/* Adds an entry for every id of the roles to an inventory whose models are the predicted roles, in
 * their order. FALSE only when cancelled. */
gboolean ms_pair_roles(const MsRoles *roles, MsInventory *inventory, GCancellable *cancellable,
                       GError **error);

G_END_DECLS
