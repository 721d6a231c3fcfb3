/* SPDX-License-Identifier: MIT
 *
 * One row of the list: thumbnail, name, what the list is sorted by, IoU and whether it is an exact
 * match. Shows an example for as long as it is bound to it; keeps nothing of its own.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/common-name.h"
#include "app/thumbnails.h"
#include "set/diagnoses.h"
#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_EXAMPLE_ROW (ms_example_row_get_type())
G_DECLARE_FINAL_TYPE(MsExampleRow, ms_example_row, MS, EXAMPLE_ROW, GtkWidget)

/* Where rows take what they show from. */
typedef struct {
  MsEvaluation *evaluation;
  MsDiagnoses *diagnoses; /* NULL: none */
  MsThumbnails *thumbnails;
  guint model;
  MsSort sort;
  int error; /* of that, an MsError; MS_ANY_ERROR */
  MsCommonName common;
} MsRowSource;

GtkWidget *ms_example_row_new(void);
/* Nothing of it is shown before the next update. The source is borrowed until the row is unbound.
 */
void ms_example_row_bind(MsExampleRow *self, guint example, const MsRowSource *source);
void ms_example_row_unbind(MsExampleRow *self);

/* The example it shows, or G_MAXUINT. */
guint ms_example_row_get_example(MsExampleRow *self);
/* Shows the example, its score and its picture as they are now. */
void ms_example_row_update(MsExampleRow *self);
/* What it shows may be out of date; whoever has time updates it. */
void ms_example_row_set_stale(MsExampleRow *self);
gboolean ms_example_row_is_stale(MsExampleRow *self);

G_END_DECLS
