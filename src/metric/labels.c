/* SPDX-License-Identifier: MIT
 *
 * Bit sets of labels. Bits past n_labels stay 0, so that whole words can be compared and counted.
 */
#include "metric/labels.h"

#include <stdlib.h>
#include <string.h>

static size_t
n_words(size_t n_labels)
{
  return n_labels / MS_LABEL_WORD_BITS + (n_labels % MS_LABEL_WORD_BITS != 0);
}

MsStatus
ms_label_set_init(MsLabelSet *set, size_t n_labels)
{
  uint64_t *words = NULL;

  /* Labels are classes, and class ids have 32 bits. */
  if (n_labels > UINT32_MAX)
    return MS_STATUS_TOO_LARGE;
  if (n_labels > 0) {
    words = calloc(n_words(n_labels), sizeof *words);
    if (!words)
      return MS_STATUS_NO_MEMORY;
  }
  *set = (MsLabelSet){.n_labels = n_labels, .words = words};
  return MS_STATUS_OK;
}

void
ms_label_set_clear(MsLabelSet *set)
{
  free(set->words);
  memset(set, 0, sizeof *set);
}

void
ms_label_set_add(MsLabelSet *set, size_t label)
{
  set->words[label / MS_LABEL_WORD_BITS] |= UINT64_C(1) << label % MS_LABEL_WORD_BITS;
}

bool
ms_label_set_has(const MsLabelSet *set, size_t label)
{
  return set->words[label / MS_LABEL_WORD_BITS] >> label % MS_LABEL_WORD_BITS & 1;
}

size_t
ms_label_set_count(const MsLabelSet *set)
{
  size_t count = 0;

  for (size_t i = 0; i < n_words(set->n_labels); i++)
    count += (size_t)__builtin_popcountll(set->words[i]);
  return count;
}
