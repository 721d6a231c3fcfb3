/* SPDX-License-Identifier: MIT
 *
 * The order of ids, and of examples by their numbers, in arrays: g_array_sort(),
 * g_array_binary_search(). For elements that are guint32 or guint, or begin with one.
 */
#pragma once

#include <glib.h>

G_STATIC_ASSERT(sizeof(guint) == sizeof(guint32));

static inline gint
ms_compare_ids(gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;

  return (one > other) - (one < other);
}
