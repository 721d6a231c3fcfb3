/* SPDX-License-Identifier: MIT
 *
 * Whether a class occurs in an example, for a million of them. A record has a bit for each class of
 * 64; where several classes share a bit, or may, the histogram behind the record decides.
 */
#pragma once

#include "set/results.h"
#include "set/set.h"

G_BEGIN_DECLS

typedef struct MsClassPresence MsClassPresence;

/* Of records of `model` under `rules`; borrows all of them. */
MsClassPresence *ms_class_presence_new(MsSet *set, guint model, const MsResults *results,
                                       const MsRuleset *rules, guint32 class_id);
void ms_class_presence_free(MsClassPresence *presence); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsClassPresence, ms_class_presence_free)

/* FALSE: it does not occur. */
gboolean ms_class_presence_may_occur(const MsClassPresence *presence, const MsRecord *record);
/* Of a record that says so; may read a file (ms_results_dup_packed()). */
gboolean ms_class_presence_occurs(MsClassPresence *presence, guint example);

G_END_DECLS
