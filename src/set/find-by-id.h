/* SPDX-License-Identifier: MIT
 *
 * Looking up what begins with an id of 32 bits in an array that ascends by it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL: there is none; lent. */
static inline gconstpointer
ms_find_by_id(const GArray *items, guint32 id)
{
  gsize size = g_array_get_element_size((GArray *)items);
  guint low = 0, high = items->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    const guint32 *found = (gconstpointer)(items->data + middle * size);

    if (*found == id)
      return found;
    if (*found < id)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

G_END_DECLS
