/* SPDX-License-Identifier: MIT
 *
 * The largest error regions of a whole set, in order: by pixels, then example, then rank within the
 * example. Made from a snapshot of findings on any thread; does not change afterwards. Bounded, so
 * it tells down to which size it holds every region.
 */
#pragma once

#include <gio/gio.h>

#include "set/findings-table.h"

G_BEGIN_DECLS

#define MS_WALK_MAX 100000

typedef struct {
  guint64 pixels;
  guint example;
  guint rank; /* in MsFindings.regions */
} MsStep;

typedef struct {
  gatomicrefcount ref_count;
  MsStep *steps;
  guint n_steps;
  guint64 exact_down_to; /* every region of at least so many pixels is a step; 1: all are */
  guint n_examples;      /* whose findings were there */
  guint n_waiting;       /* whose were not yet */
} MsWalk;

/* max_steps: at most so many, at least 1; the largest. Errors: G_IO_ERROR_CANCELLED. */
MsWalk *ms_walk_new(const MsFindingsTable *table, guint max_steps, GCancellable *cancellable,
                    GError **error);
MsWalk *ms_walk_ref(MsWalk *walk);
void ms_walk_unref(MsWalk *walk); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsWalk, ms_walk_unref)

/* Every region of every example is a step. */
gboolean ms_walk_is_whole(const MsWalk *walk);
/* What the steps are: "the 4 regions of the set"; "the 100,000 largest regions of the set, all of
 * at least 12 px among them; 3 examples are not looked through yet". Caller frees. */
char *ms_walk_describe(const MsWalk *walk);

/* The step of a region, or where it would stand. */
guint ms_walk_find(const MsWalk *walk, guint64 pixels, guint example, guint rank);

G_END_DECLS
