/* SPDX-License-Identifier: MIT
 *
 * Which files of a set are images, actual masks and predicted masks: told by how its folder is laid
 * out (layout-table.h), or by the user.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"
#include "set/search.h"

G_BEGIN_DECLS

/* The sentence that ends the message of an error of recognition, for those who type. */
#define MS_LAYOUT_HOW_TO_TELL                                                                      \
  "Name the folders one by one: --images DIR --actual DIR --predicted [NAME=]DIR"

/* Recognises a folder. `predicted` (may be NULL) holds MsModelOption, folders of predicted masks
 * that lie elsewhere; without any, they are in the folder. search may be NULL. Errors:
 * MS_SET_ERROR_NOT_FOUND, _EMPTY, _LAYOUT (whose first sentence says what was found, and the second
 * which options tell). */
MsInventory *ms_layout_recognize_with(const char *folder, const GPtrArray *predicted,
                                      MsSearch *search, GError **error);

/* From folders, patterns or single files named one by one; images may be NULL. `predicted` holds
 * MsModelOption, and search may be NULL. */
MsInventory *ms_layout_from_paths(const char *images, const char *actual,
                                  const GPtrArray *predicted, MsSearch *search, GError **error);

G_END_DECLS
