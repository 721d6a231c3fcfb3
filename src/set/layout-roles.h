/* SPDX-License-Identifier: MIT
 *
 * What all ways to tell folders apart have in common: from roles to an inventory.
 */
#pragma once

#include "set/roles.h"

G_BEGIN_DECLS

/* "Cityscapes: leftImg8bit, gtFine, results": a layout and the folders of its roles; name NULL:
 * these alone. Caller frees. */
char *ms_layout_describe(const MsRoles *roles, const char *name);

/* Names the models, says what was recognised unless that is said already, and pairs. FALSE only
 * when cancelled. */
gboolean ms_layout_pair(MsInventory *inventory, MsRoles *roles, GCancellable *cancellable,
                        GError **error);

/* Makes a group of each folder of numbered frames, where folders hold frames of the same names;
 * `all`: of each folder. */
void ms_layout_group_sequences(MsInventory *inventory, gboolean all);

/* A notice about the files of a listing that are no pictures. */
void ms_layout_note_others(MsInventory *inventory, const MsListing *listing);

G_END_DECLS
