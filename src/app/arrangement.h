/* SPDX-License-Identifier: MIT
 *
 * What the list is to show, and who works it out: wishes come in on the main thread, orders are
 * made on a worker, one at a time, and handed over when they are there. Until then the last one
 * stands. Wishes outlive the set that they were made for.
 */
#pragma once

#include "set/diagnoses.h"
#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_ARRANGEMENT (ms_arrangement_get_type())
G_DECLARE_FINAL_TYPE(MsArrangement, ms_arrangement, MS, ARRANGEMENT, GObject)

/* Signal "arranged" (gboolean wished): there is a new order; wished: for a wish, not only because
 * scores have changed. */
MsArrangement *ms_arrangement_new(void);

/* Orders are of the examples of its set by the scores of `model`, and the order is NULL until the
 * first is made. NULL: none. */
void ms_arrangement_set_evaluation(MsArrangement *self, MsEvaluation *evaluation, guint model);
/* What is known of errors, beside the evaluation; NULL: nothing. */
void ms_arrangement_set_diagnoses(MsArrangement *self, MsDiagnoses *diagnoses);
/* Scores of another model. */
void ms_arrangement_set_model(MsArrangement *self, guint model);
/* Scores have come or changed: a new order follows soon, the later the longer orders take. */
void ms_arrangement_refresh(MsArrangement *self);

/* Wishes: a new order follows. */
void ms_arrangement_set_sort(MsArrangement *self, MsSort sort, gboolean reverse);
void ms_arrangement_set_show(MsArrangement *self, MsShow show);
void ms_arrangement_set_split(MsArrangement *self, const char *split);
void ms_arrangement_set_text(MsArrangement *self, const char *text);
/* May come many times a second: orders follow as fast as they are made. */
void ms_arrangement_set_iou_range(MsArrangement *self, double lowest, double highest);
void ms_arrangement_set_class(MsArrangement *self, gint64 class_id);
/* An MsError, or MS_ANY_ERROR. */
void ms_arrangement_set_error(MsArrangement *self, int error);

const MsWish *ms_arrangement_get_wish(MsArrangement *self);   /* lent */
const MsOrder *ms_arrangement_get_order(MsArrangement *self); /* lent until "arranged" */
/* How it is sorted: as wished for, unless the set has nothing of the kind. */
MsSort ms_arrangement_get_sort(MsArrangement *self);
/* Whether orders depend on error regions or kinds of errors. */
gboolean ms_arrangement_needs_findings(MsArrangement *self);
/* Whether the order is that of the wish. */
gboolean ms_arrangement_is_settled(MsArrangement *self);

G_END_DECLS
