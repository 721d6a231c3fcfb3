/* SPDX-License-Identifier: MIT
 *
 * What the files of the list share: example-list.c arranges it, example-list-head.c says what is
 * listed, example-list-chosen.c steps from example to example.
 */
#pragma once

#include "app/arrangement.h"
#include "app/bound-rows.h"
#include "app/class-choice.h"
#include "app/example-list.h"
#include "app/example-model.h"
#include "app/iou-range.h"
#include "app/list-place.h"
#include "app/scoring-progress.h"

G_BEGIN_DECLS

struct _MsExampleList {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkSearchEntry *search;
  GtkDropDown *order;
  GtkButton *direction;
  MsClassChoice *classes;
  GtkWidget *error; /* clears the kind of error */
  GtkLabel *error_name;
  GtkWidget *shows[MS_N_SHOWS];
  GtkLabel *show_counts[MS_N_SHOWS];
  GtkListView *view;
  GtkStack *stack;
  GtkLabel *empty;
  GtkWidget *clear;
  MsIouRange *range;
  MsReadingProgress *reading;
  MsScoringProgress *progress;

  guint model;
  MsSort sort; /* the user's */
  gboolean reverse;
  gboolean by_error; /* instead, as long as a kind of error is wished for: by that */
  gboolean named;    /* the orders have their names */
  gboolean named_reverse;
  int named_error;
  MsSort n_named;
  gboolean first_if_hidden; /* choose the first row if the chosen one is not in the next order */
  gboolean first;           /* choose the first row of the next order */
  gboolean by_user;         /* the chosen example, or one before it, is the user's choice */
  gboolean by_itself;       /* what is being chosen is not */
  gboolean replaced;        /* the set is another form of the one before, and not yet in order */

  /* Owned */
  MsEvaluation *evaluation; /* NULL: none; then there is no list either */
  MsDiagnoses *diagnoses;   /* NULL: none */
  MsExampleModel *list;
  MsArrangement *arrangement;
  MsBoundRows *rows;
  MsListPlace *place;
};

/* example-list-head.c: what is shown besides the rows. */
void ms_example_list_update_counts(MsExampleList *self, const MsOrder *order);
/* Why there are no rows, where there are none. */
void ms_example_list_update_empty(MsExampleList *self);
/* The chosen example on the histogram. */
void ms_example_list_update_marked(MsExampleList *self);
void ms_example_list_update_wish(MsExampleList *self);

/* example-list-chosen.c */
gboolean ms_example_list_has_focus(MsExampleList *self); /* a row has */
/* The keyboard goes with the chosen example, where its row is in sight. */
void ms_example_list_focus_chosen(MsExampleList *self);

G_END_DECLS
