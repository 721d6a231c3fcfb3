/* SPDX-License-Identifier: MIT
 *
 * The colour that stands for several cells of a layer of classes. Colours are never mixed: a mix
 * would be the colour of another class.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The most frequent of the colours that are painted (not 0); of equally frequent ones the first. An
 * unpainted cell counts for nothing, so that what lies on bare ground stays at every zoom. */
static inline uint32_t
ms_majority(const uint32_t *colors, int n)
{
  uint32_t best = 0;
  int most = 0;

  for (int i = 0; i < n && most < n - i; i++) {
    int count = 0;

    for (int j = i; colors[i] != 0 && j < n; j++)
      count += colors[j] == colors[i];
    if (count > most) {
      most = count;
      best = colors[i];
    }
  }
  return best;
}

static inline uint32_t
ms_majority_of_four(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
  const uint32_t colors[] = {a, b, c, d};

  return a == b && b == c && c == d ? a : ms_majority(colors, 4);
}
