/* SPDX-License-Identifier: MIT
 *
 * Which folders of a set hold images, actual masks and predicted masks: told by their names, or by
 * the user. The names are a table; a layout of its own is another entry there.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"

G_BEGIN_DECLS

/* Recognises a folder. Errors: MS_SET_ERROR_NOT_FOUND, _EMPTY, _LAYOUT (which says what was found
 * and which options tell). */
MsInventory *ms_layout_recognize(const char *folder, GCancellable *cancellable, GError **error);

/* From folders, patterns or single files named one by one; images may be NULL. `predicted` holds
 * MsModelOption. */
MsInventory *ms_layout_from_paths(const char *images, const char *actual,
                                  const GPtrArray *predicted, GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
