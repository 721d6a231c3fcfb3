/* SPDX-License-Identifier: MIT
 *
 * Files that hold several masks: a volume's slices, a TIFF's pages, the arrays of an archive. Once
 * files are paired by their names, an entry of such files becomes one for each part, and the entry
 * that it was their group.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"
#include "set/set.h"

G_BEGIN_DECLS

/* Replaces such entries: "case_01" by "case_01/z000", "case_01/z001" and so on (slices, numbered
 * along the options' axis), "case_01/p0", ... (pages), "case_01/NAME" (arrays). Of an archive whose
 * arrays are called after roles ("image", "mask", "pred") the one of the role is taken, and the
 * entry stays. What has another number of parts than the actual mask is a problem of the examples
 * that lack theirs. Only headers and directories are read, by as many threads as the options
 * say; TIFF images only where the masks have parts. A file that cannot be read stays whole: whoever
 * reads it says why; so does a volume whose header promises more slices than its file can hold, or
 * more than MS_PARTS_MAX_SLICES, with a notice. progress may be NULL. FALSE only when cancelled. */
gboolean ms_inventory_expand(MsInventory *inventory, const MsOptions *options,
                             MsSetProgress progress, gpointer user, GCancellable *cancellable,
                             GError **error);

G_END_DECLS
