/* SPDX-License-Identifier: MIT
 *
 * The scores of a set, the whole and its splits in columns of equal width: each metric's name on a
 * line of its own, below it the values, below each value its 95 % interval. A set without splits
 * is one column, its values beside the names. Shows what it is given; computes nothing.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/scoreboard.h"

G_BEGIN_DECLS

#define MS_TYPE_SCORE_TABLE (ms_score_table_get_type())
G_DECLARE_FINAL_TYPE(MsScoreTable, ms_score_table, MS, SCORE_TABLE, GtkWidget)

/* As many stand side by side. */
#define MS_SCORE_TABLE_MAX_COLUMNS 4

/* standings: at most that many const MsStanding *, a column each; not kept. intervals FALSE: theirs
 * are not shown. chosen: the split (NULL: the whole set) that is marked where there are several.
 * n_more: splits that have no column, which is said. */
void ms_score_table_show(MsScoreTable *self, MsComparison comparison, const GPtrArray *standings,
                         gboolean intervals, const char *chosen, guint n_more);

G_END_DECLS
