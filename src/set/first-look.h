/* SPDX-License-Identifier: MIT
 *
 * What is certain of an inventory whose folders were listed in part.
 */
#pragma once

#include "set/inventory.h"
#include "set/search.h"

G_BEGIN_DECLS

/* Leaves the entries, which are in byte order of their ids, up to where the first of the folders
 * that were cut ends: so far all files that the set has are known. */
void ms_inventory_keep_certain(MsInventory *inventory, const MsSearch *search);

G_END_DECLS
