/* SPDX-License-Identifier: MIT
 *
 * The list on the left: search, order, filter, the examples themselves, and the progress of the
 * scoring. What is shown in which order is in arrangement.h, the rows on screen in bound-rows.h.
 * Knows nothing of the canvas: it says which example was chosen, and steps in the order that it
 * shows.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thumbnails.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_TYPE_EXAMPLE_LIST (ms_example_list_get_type())
G_DECLARE_FINAL_TYPE(MsExampleList, ms_example_list, MS, EXAMPLE_LIST, GtkWidget)

/* Signals:
 *   "selected" (guint example): the user, or one of the functions below, chose an example
 *   "rearranged": other rows are shown, or in another order */

/* Shows the scores of `model`. A NULL evaluation empties it. */
void ms_example_list_set_evaluation(MsExampleList *self, MsEvaluation *evaluation,
                                    MsThumbnails *thumbnails, guint model);
void ms_example_list_set_model(MsExampleList *self, guint model);
/* NULL: every split. */
void ms_example_list_set_split(MsExampleList *self, const char *split);
/* TRUE: worst first, and the worst is chosen. */
void ms_example_list_set_worst_first(MsExampleList *self, gboolean worst_first);

/* The chosen example, or G_MAXUINT. */
guint ms_example_list_get_selected(MsExampleList *self);
void ms_example_list_select(MsExampleList *self, guint example);

/* Steps by rows as they are shown; FALSE when there is none that way. */
gboolean ms_example_list_step(MsExampleList *self, int delta);
/* First (end FALSE) or last row. */
void ms_example_list_jump(MsExampleList *self, gboolean end);
/* The example `delta` rows away from the chosen one, or G_MAXUINT. */
guint ms_example_list_peek(MsExampleList *self, int delta);

/* Row of the chosen example (from 0) and rows shown. */
guint ms_example_list_get_position(MsExampleList *self);
guint ms_example_list_get_n_shown(MsExampleList *self);

void ms_example_list_focus_search(MsExampleList *self);

G_END_DECLS
