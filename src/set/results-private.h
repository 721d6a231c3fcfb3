/* SPDX-License-Identifier: MIT
 *
 * A door for the tests: where results lie, and how much they take.
 */
#pragma once

#include "set/results.h"

G_BEGIN_DECLS

MsResultsHeap *ms_results_get_heap(const MsResults *results); /* lent */

/* Bytes held in memory, the heap and what is shared included. */
guint64 ms_results_bytes(const MsResults *results);

G_END_DECLS
