/* SPDX-License-Identifier: MIT
 *
 * From options to an inventory: whichever way the set was named.
 */
#pragma once

#include "set/inventory.h"
#include "set/search.h"

G_BEGIN_DECLS

/* Finds and pairs what the options name, finished but with every split and model still in it.
 * Rules that a .maskset file gives are added to the options. search may be NULL; only folders are
 * listed in part. Errors: those of ms_set_open(). */
MsInventory *ms_find_set(MsOptions *options, MsSearch *search, GError **error);

G_END_DECLS
