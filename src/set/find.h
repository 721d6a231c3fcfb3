/* SPDX-License-Identifier: MIT
 *
 * From options to an inventory: whichever way the set was named.
 */
#pragma once

#include "set/inventory.h"
#include "set/set.h"

G_BEGIN_DECLS

/* Finds and pairs what the options name, finished but with every split and model still in it.
 * Rules that a .maskset file gives are added to the options. Large annotation files tell their
 * progress (may be NULL). Errors: those of ms_set_open(). */
MsInventory *ms_find_set(MsOptions *options, MsSetProgress progress, gpointer user,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
