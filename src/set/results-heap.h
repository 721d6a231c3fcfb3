/* SPDX-License-Identifier: MIT
 *
 * Where the histograms and messages of many results lie, side by side: in blocks of memory up to a
 * bound, beyond it in one temporary file that has no name. It only grows, so that what lies in it
 * stays where it is; for any thread.
 */
#pragma once

#include "set/packed.h"

G_BEGIN_DECLS

#define MS_RESULTS_HEAP_BYTES (G_GUINT64_CONSTANT(256) << 20)

typedef struct MsResultsHeap MsResultsHeap;

/* Where a histogram lies; 0: nowhere, there is none. */
typedef guint64 MsResultsPlace;

/* max_bytes: of histograms in memory. */
MsResultsHeap *ms_results_heap_new(guint64 max_bytes);
MsResultsHeap *ms_results_heap_ref(MsResultsHeap *heap);
void ms_results_heap_unref(MsResultsHeap *heap); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsResultsHeap, ms_results_heap_unref)

/* Copies the bytes. NULL: 0. What the file does not take (a full disk) stays in memory. May write
 * that file: not for the main thread of a viewer, unless there is room. */
MsResultsPlace ms_results_heap_add(MsResultsHeap *heap, const MsPacked *packed);

/* Whether so many bytes would lie in memory now. */
gboolean ms_results_heap_has_room(MsResultsHeap *heap, gsize size);

/* The caller's. NULL: there is none, or the file cannot be read. */
MsPacked *ms_results_heap_dup(MsResultsHeap *heap, MsResultsPlace place);

/* A copy that is lent as long as the heap lives. NULL: NULL. */
const char *ms_results_heap_add_text(MsResultsHeap *heap, const char *text);

/* What is held in memory, and what lies in the file. */
guint64 ms_results_heap_bytes(MsResultsHeap *heap);
guint64 ms_results_heap_file_bytes(MsResultsHeap *heap);

G_END_DECLS
