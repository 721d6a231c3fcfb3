/* SPDX-License-Identifier: MIT
 *
 * A set and files that change: where they lie, which example's they are, and whether a set that was
 * opened again is the same one. Synchronous, for worker threads.
 */
#pragma once

#include "set/results.h"
#include "set/set.h"

G_BEGIN_DECLS

/* The folders that hold what the set is made of: masks, images, tables; NULL-terminated paths, the
 * caller's. Costs nothing by the number of examples. */
GStrv ms_set_list_folders(MsSet *set);

/* A file of an example: role as MsFileRole has it. */
typedef struct {
  guint example;
  guint role;
} MsChangedFile;

/* Finds what is at these paths (char *): files of examples are appended to `found`
 * (MsChangedFile). TRUE: there are others that may belong to the set, or whose change may make it
 * another one; only opening it again can tell. */
gboolean ms_set_find_files(MsSet *set, const GPtrArray *paths, GArray *found);

/* Whether both hold the same examples with the same files, read alike, and what a set keeps of
 * files that it read when it was opened (label tables, annotations, class tables) is the same: one
 * can stand for the other, but for what is in the files of its examples. */
gboolean ms_set_is_like(MsSet *before, MsSet *now);

/* Appends the examples (guint) whose results for a model are of files that have changed since. */
void ms_set_find_changed(MsSet *set, guint model, MsResults *results, GArray *changed,
                         GCancellable *cancellable);

G_END_DECLS
