/* SPDX-License-Identifier: MIT
 *
 * The list on the left: search, order, filters, the examples themselves, how their IoU is spread,
 * and the progress of the scoring. What is shown in which order is made by arrangement.h, held by
 * example-model.h, and bound to the rows on screen by bound-rows.h. Knows nothing of the canvas: it
 * says which example was chosen, and steps in the order that it shows. No call takes longer with
 * more examples: another order is worked out elsewhere, and the present one stands until then.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/reading-progress.h"
#include "app/thumbnails.h"
#include "set/diagnoses.h"
#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_EXAMPLE_LIST (ms_example_list_get_type())
G_DECLARE_FINAL_TYPE(MsExampleList, ms_example_list, MS, EXAMPLE_LIST, GtkWidget)

/* Signals:
 *   "selected" (guint example): the user, or one of the functions below, chose an example
 *   "rearranged": other rows are shown, or in another order */

/* Shows the scores of `model`; all examples by id, until the first order is there. A NULL
 * evaluation empties it. */
void ms_example_list_set_evaluation(MsExampleList *self, MsEvaluation *evaluation,
                                    MsThumbnails *thumbnails, guint model);
/* The set that is listed was read again, or to its end: rows stay in their places, and another one
 * is chosen only if `chosen` is not the example that was. */
void ms_example_list_replace_evaluation(MsExampleList *self, MsEvaluation *evaluation,
                                        MsThumbnails *thumbnails, guint model, guint chosen);
/* What is known of errors, beside the evaluation and until the next one. */
void ms_example_list_set_diagnoses(MsExampleList *self, MsDiagnoses *diagnoses);
void ms_example_list_set_model(MsExampleList *self, guint model);

/* What is listed, and in which order; other rows follow. They outlive the evaluation, but for a
 * class that the next set has not. */
void ms_example_list_set_sort(MsExampleList *self, MsSort sort, gboolean reverse);
void ms_example_list_set_show(MsExampleList *self, MsShow show);
void ms_example_list_set_iou_range(MsExampleList *self, double lowest, double highest);
/* MS_ANY_CLASS: any. */
void ms_example_list_set_class(MsExampleList *self, gint64 class_id);
/* An MsError, or MS_ANY_ERROR. */
void ms_example_list_set_error(MsExampleList *self, int error);
/* Whether what is listed, or its order, depends on error regions or kinds of errors. */
gboolean ms_example_list_needs_findings(MsExampleList *self);
void ms_example_list_set_text(MsExampleList *self, const char *text);
/* NULL: every split. Where the chosen example is in another, the first row is chosen. */
void ms_example_list_set_split(MsExampleList *self, const char *split);

/* The chosen example; G_MAXUINT: there is none, or it is not shown. */
guint ms_example_list_get_selected(MsExampleList *self);
/* One that is not shown is not selected. */
void ms_example_list_select(MsExampleList *self, guint example);

/* Steps by rows as they are shown; FALSE when there is none that way. */
gboolean ms_example_list_step(MsExampleList *self, int delta);
/* First (end FALSE) or last row. */
void ms_example_list_jump(MsExampleList *self, gboolean end);
/* To the first row, but not by the user's choice: until there is one, another sort begins with its
 * first example, while a chosen one keeps its place. */
void ms_example_list_begin(MsExampleList *self);
/* The example `delta` rows away from the chosen one, or G_MAXUINT. */
guint ms_example_list_peek(MsExampleList *self, int delta);

/* The example of a row, or G_MAXUINT; whether an example has a row. */
guint ms_example_list_get_example(MsExampleList *self, guint position);
gboolean ms_example_list_shows(MsExampleList *self, guint example);

/* Row of the chosen example (from 0) and rows shown. */
guint ms_example_list_get_position(MsExampleList *self);
guint ms_example_list_get_n_shown(MsExampleList *self);

/* Whether the rows are those that were asked for last. */
gboolean ms_example_list_is_settled(MsExampleList *self);

/* How far the reading of the set has come; lent. */
MsReadingProgress *ms_example_list_get_reading(MsExampleList *self);

/* Moves the keyboard in the window as Tab does, forward or backward, with the list as one stop:
 * from it, to what is beside it; to it, to the chosen example. Nothing is chosen by that. */
gboolean ms_example_list_move_focus(MsExampleList *self, GtkDirectionType direction);
void ms_example_list_focus_search(MsExampleList *self);

G_END_DECLS
