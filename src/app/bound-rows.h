/* SPDX-License-Identifier: MIT
 *
 * The rows that a list view has bound: some two hundred, of which a dozen are in sight. They are
 * found by example, since the results of a whole set come in one by one. Says which pictures are
 * wanted whenever rows have moved: of those in sight from top to bottom, then of the others, the
 * nearest first.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thumbnails.h"
#include "set/diagnoses.h"
#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_BOUND_ROWS (ms_bound_rows_get_type())
G_DECLARE_FINAL_TYPE(MsBoundRows, ms_bound_rows, MS, BOUND_ROWS, GObject)

/* Makes the rows of the view, whose model lists MsExamplePlace. The view is borrowed until
 * the source is NULL again. */
MsBoundRows *ms_bound_rows_new(GtkListView *view);

/* Where scores and pictures come from, before the view has a model of their examples; NULL after
 * it has none any more. */
void ms_bound_rows_set_source(MsBoundRows *self, MsEvaluation *evaluation, MsThumbnails *thumbnails,
                              guint model);
/* Scores and pictures are those of another model. */
void ms_bound_rows_set_model(MsBoundRows *self, guint model);
/* Rows show what the list is sorted by. */
void ms_bound_rows_set_sort(MsBoundRows *self, MsSort sort, int error);
/* What is known of errors; NULL: nothing. */
void ms_bound_rows_set_diagnoses(MsBoundRows *self, MsDiagnoses *diagnoses);

/* The score of an example, or of any, is another. */
void ms_bound_rows_update(MsBoundRows *self, guint example);
void ms_bound_rows_update_all(MsBoundRows *self);

/* The row of an example, or NULL: it is not bound. */
GtkWidget *ms_bound_rows_find(MsBoundRows *self, guint example);

/* Rows may stand elsewhere after the next frame. Scrolling and binding are noticed without it. */
void ms_bound_rows_moved(MsBoundRows *self);

G_END_DECLS
