/* SPDX-License-Identifier: MIT
 *
 * From a set that was found as a whole back to the folders, one by one, that give the same set.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"

G_BEGIN_DECLS

/* `options` are what the inventory was found by, as ms_find_set() left them. *paths: the same
 * options without `set`, with the set's folders, or with patterns where folders alone do not say
 * it; NULL: neither finds as many examples and files. *exact: opening them finds the very same
 * ones. Both are tried. FALSE only when cancelled; *paths is the caller's all the same. */
gboolean ms_preview_paths(const MsOptions *options, const MsInventory *inventory, MsOptions **paths,
                          gboolean *exact, GCancellable *cancellable, GError **error);

/* The same by folders alone, from the names of the files, and untried; '*' stands in a path where
 * there are several. The caller's. */
MsOptions *ms_preview_folders(const MsOptions *options, const MsInventory *inventory);

#define MS_PREVIEW_IMAGES (G_MAXUINT - 1)

/* The folders that hold a model's masks, the actual ones (MS_LABEL_ACTUAL) or the images, in words:
 * "testannot, valannot". Caller frees. */
char *ms_preview_where(const MsOptions *options, const MsInventory *inventory, guint model);

G_END_DECLS
