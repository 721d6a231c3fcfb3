/* SPDX-License-Identifier: MIT
 *
 * Results that tests write themselves.
 */
#pragma once

#include "set/results-private.h"

/* With a heap of their own. */
static inline MsResults *
test_results_new(guint n_examples)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);

  return ms_results_new_in(n_examples, heap);
}

/* packed and message may be NULL. */
static inline void
test_results_put(MsResults *results, guint example, const MsRecord *record, const MsPacked *packed,
                 const char *message)
{
  MsResultsHeap *heap = ms_results_get_heap(results);

  ms_results_put_placed(results, example, record, ms_results_heap_add(heap, packed),
                        ms_results_heap_add_text(heap, message));
}
