/* SPDX-License-Identifier: MIT
 *
 * Which classes someone looks at: one alone, or all but some. Nothing here changes a score.
 * Immutable and counted, so that painting threads may share it; NULL is every class, and whatever
 * makes a focus of every class gives NULL.
 */
#pragma once

#include "metric/confusion.h"
#include "set/set.h"

G_BEGIN_DECLS

typedef struct _MsClassFocus MsClassFocus;

/* The same with this class alone; without that where it was alone already. */
MsClassFocus *ms_class_focus_toggle_solo(const MsClassFocus *focus, guint32 id);
/* No class alone any more, and this one hidden, or shown where it was not seen. */
MsClassFocus *ms_class_focus_toggle_hidden(const MsClassFocus *focus, guint32 id);

MsClassFocus *ms_class_focus_ref(MsClassFocus *focus); /* NULL is fine */
void ms_class_focus_unref(MsClassFocus *focus);        /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsClassFocus, ms_class_focus_unref)

/* As the metric module takes it; borrows. */
MsFocus ms_class_focus_get(const MsClassFocus *focus);
gint64 ms_class_focus_get_solo(const MsClassFocus *focus); /* -1: none */
gboolean ms_class_focus_hides(const MsClassFocus *focus, guint32 id);
/* Whether it is looked at: a class alone goes before hidden ones. */
gboolean ms_class_focus_sees(const MsClassFocus *focus, guint32 id);

/* The counts of the class that is looked at alone, in an example that may have none of it. FALSE:
 * no class is. */
gboolean ms_class_focus_find_counts(const MsClassFocus *focus, const MsConfusion *confusion,
                                    MsClassCounts *counts);
/* Its score; a class that neither mask has got no overlap. */
MsValue ms_class_focus_score(const MsClassCounts *counts, MsMetric metric, MsEmptyRule empty);

/* "Only: road"; "Hidden: sky, tree and 3 more"; NULL: every class is looked at. Caller frees. */
char *ms_class_focus_describe(const MsClassFocus *focus, MsSet *set, guint model);

G_END_DECLS
