/* SPDX-License-Identifier: MIT
 *
 * A label set: which of n labels an example has, as bits. To classification what a mask is to
 * segmentation; counted by the same accumulator (metric/confusion.h), label = class.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MS_LABEL_WORD_BITS 64

typedef struct {
  size_t n_labels;
  uint64_t *words; /* owned; label i is bit i % 64 of word i / 64; bits past n_labels are 0 */
} MsLabelSet;

/* An empty set over n_labels labels (0 is allowed). Errors: TOO_LARGE, NO_MEMORY. */
MsStatus ms_label_set_init(MsLabelSet *set, size_t n_labels);
void ms_label_set_clear(MsLabelSet *set);

/* label < n_labels in both. */
void ms_label_set_add(MsLabelSet *set, size_t label);
bool ms_label_set_has(const MsLabelSet *set, size_t label);
size_t ms_label_set_count(const MsLabelSet *set);

#ifdef __cplusplus
}
#endif
