/* SPDX-License-Identifier: MIT
 *
 * What the two ways to tell folders apart have in common: from roles to an inventory.
 */
#pragma once

#include "set/roles.h"

G_BEGIN_DECLS

/* Names the models, says what was recognised, and pairs. FALSE only when cancelled. */
gboolean ms_layout_pair(MsInventory *inventory, MsRoles *roles, GCancellable *cancellable,
                        GError **error);

/* A notice about the files of a listing that are no pictures. */
void ms_layout_note_others(MsInventory *inventory, const MsListing *listing);

G_END_DECLS
