/* SPDX-License-Identifier: MIT
 *
 * The joint histogram of a pair (and the stacks that its samples are numbers of), as few bytes:
 * what a million examples keep in memory and the store keeps on disk. Bytes from a store are
 * hostile input like any other. Immutable and counted; the layout is part of the store's version.
 */
#pragma once

#include <gio/gio.h>

#include "metric/confusion.h"
#include "metric/joint.h"
#include "metric/stacks.h"

G_BEGIN_DECLS

typedef struct MsPacked MsPacked;

/* joint: compacted. Stacks: both or none. Errors: NO_MEMORY (NULL). */
MsPacked *ms_packed_new(MsJoint *joint, const MsStacks *actual, const MsStacks *predicted);
/* Copies. What the bytes mean is looked at when they are unpacked. */
MsPacked *ms_packed_new_from_bytes(gconstpointer data, gsize size);
MsPacked *ms_packed_ref(MsPacked *packed);
void ms_packed_unref(MsPacked *packed); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPacked, ms_packed_unref)

/* Lent. */
gconstpointer ms_packed_bytes(const MsPacked *packed, gsize *size);

/* The cells, (actual, predicted) ascending, appended to an array of MsCell that is emptied first
 * and can be reused from call to call. Errors: INVALID (damaged bytes), NO_MEMORY. */
MsStatus ms_packed_cells(const MsPacked *packed, GArray *cells);

/* How many cells there are, by the first bytes alone; 0 where those are damaged. */
guint64 ms_packed_n_cells(const MsPacked *packed);

/* Counts under rules, as ms_confusion_add_joint() or ms_confusion_add_stacks() would. *confusion is
 * the caller's. Errors: theirs, and INVALID. */
MsStatus ms_packed_count(const MsPacked *packed, const MsRules *rules, MsConfusion **confusion,
                         guint32 *unknown_id);

G_END_DECLS
