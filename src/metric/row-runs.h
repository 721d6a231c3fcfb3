/* SPDX-License-Identifier: MIT
 *
 * How far a row stays as it is: masks have long runs, so eight bytes are compared at a time, each
 * sample with the one that follows it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#pragma GCC visibility push(hidden)

static inline bool
ms_row_words_alike(const void *one, const void *other)
{
  uint64_t words[2];

  memcpy(&words[0], one, sizeof words[0]);
  memcpy(&words[1], other, sizeof words[1]);
  return words[0] == words[1];
}

#define MS_DEFINE_RUN_END(name, type)                                                              \
  static inline int name(const type *row, int x, int end)                                          \
  {                                                                                                \
    const int step = (int)(sizeof(uint64_t) / sizeof *row);                                        \
                                                                                                   \
    while (x + step < end && ms_row_words_alike(row + x, row + x + 1))                             \
      x += step;                                                                                   \
    while (x + 1 < end && row[x + 1] == row[x])                                                    \
      x++;                                                                                         \
    return x + 1;                                                                                  \
  }

/* The end of the run of equal samples that pixel x is of, at most `end` > x. */
MS_DEFINE_RUN_END(ms_row_run_end_8, uint8_t)
MS_DEFINE_RUN_END(ms_row_run_end_16, uint16_t)
MS_DEFINE_RUN_END(ms_row_run_end_32, uint32_t)

#undef MS_DEFINE_RUN_END

static inline int
ms_row_run_end(const void *row, int bits, int x, int end)
{
  switch (bits) {
  case 8:
    return ms_row_run_end_8(row, x, end);
  case 16:
    return ms_row_run_end_16(row, x, end);
  default:
    return ms_row_run_end_32(row, x, end);
  }
}

#pragma GCC visibility pop
