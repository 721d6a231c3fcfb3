/* SPDX-License-Identifier: MIT
 *
 * Images for the examples of label tables, from a folder.
 */
#pragma once

#include "set/inventory.h"

G_BEGIN_DECLS

/* Gives every entry without an image the one whose path inside the folder, with or without its
 * ending, is the entry's id; of a pattern, the one whose {id} is. Where two fit, none is taken.
 * What fits nothing and what is not taken is told in notices. Errors: those of ms_listing_new(). */
gboolean ms_label_images_add(MsInventory *inventory, const char *images, GCancellable *cancellable,
                             GError **error);

G_END_DECLS
