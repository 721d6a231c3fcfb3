/* SPDX-License-Identifier: MIT
 *
 * Predicted masks that are records of a file, beside actual ones that lie in a set's folder.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"
#include "set/search.h"

G_BEGIN_DECLS

/* FALSE: a file was named as actual or predicted masks that is no annotation file; the error says
 * what it is instead. */
gboolean ms_records_check_files(const MsOptions *options, GCancellable *cancellable,
                                GError **error);

/* The folder of the actual masks, and that of the images, are told by their names; pictures of a
 * set without folders are the actual masks. `predicted` holds MsModelOption. Errors:
 * MS_SET_ERROR_LAYOUT where none or several fit, those of ms_annotations_find(). */
MsInventory *ms_records_find_beside(const char *set, const GPtrArray *predicted, MsSearch *search,
                                    GError **error);

G_END_DECLS
