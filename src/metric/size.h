/* SPDX-License-Identifier: MIT
 *
 * Checked size arithmetic. Every size that depends on input is computed here and nowhere else, so
 * that no product can wrap before memory is taken.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* a * b into *out; false, with *out untouched, when it does not fit. */
static inline bool
ms_size_mul(size_t a, size_t b, size_t *out)
{
  size_t product;

  if (__builtin_mul_overflow(a, b, &product))
    return false;
  *out = product;
  return true;
}

/* a + b into *out; false, with *out untouched, when it does not fit. */
static inline bool
ms_size_add(size_t a, size_t b, size_t *out)
{
  size_t sum;

  if (__builtin_add_overflow(a, b, &sum))
    return false;
  *out = sum;
  return true;
}
