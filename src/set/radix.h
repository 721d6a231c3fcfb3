/* SPDX-License-Identifier: MIT
 *
 * Sorts numbered things by 64-bit keys in a time that grows with their number alone. Shaped for a
 * million of them whose keys differ in a few digits: digits that all keys share cost nothing.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  guint64 key;
  guint index;
} MsKeyed;

/* A double's place among the others that are not negative, nor NaN, as a key. */
static inline guint64
ms_radix_key(double value)
{
  union {
    double value;
    guint64 bits;
  } both = {.value = value};

  return both.bits;
}

/* Ascending by key; of like keys, those that came first stay first. scratch: room for n more.
 * Answers where the result is, in `items` or in `scratch`; NULL: cancelled. */
MsKeyed *ms_radix_sort(MsKeyed *items, MsKeyed *scratch, gsize n, GCancellable *cancellable);

G_END_DECLS
