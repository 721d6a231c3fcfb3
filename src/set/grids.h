/* SPDX-License-Identifier: MIT
 *
 * Whether actual and predicted volumes lie in the same way in space, as their headers say.
 */
#pragma once

#include "set/inventory.h"

G_BEGIN_DECLS

/* A notice for each model whose volumes (.nii, .nii.gz) are on other grids than the actual ones, of
 * which it names the first: voxels are compared as they are stored. Of each file only the header is
 * read, once; one that cannot be read is passed over: whoever reads it says why. FALSE only when
 * cancelled. */
gboolean ms_inventory_check_grids(MsInventory *inventory, GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
