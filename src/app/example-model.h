/* SPDX-License-Identifier: MIT
 *
 * The rows of the list as GTK wants them: a list model of places (app/example-place.h), made only
 * for who asks, and a selection model in which an example is chosen, not a row: it stays chosen
 * wherever it goes, and while it is not shown. Shaped for a million rows: other rows cost what is
 * on screen, as places take other examples and items come and go at the end alone.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_EXAMPLE_MODEL (ms_example_model_get_type())
G_DECLARE_FINAL_TYPE(MsExampleModel, ms_example_model, MS, EXAMPLE_MODEL, GObject)

/* Property "chosen" (guint, notified): the chosen example. */
MsExampleModel *ms_example_model_new(MsRows *rows);

/* References them. */
void ms_example_model_set_rows(MsExampleModel *self, MsRows *rows);
MsRows *ms_example_model_get_rows(MsExampleModel *self); /* lent */

/* G_MAXUINT: none. */
void ms_example_model_choose(MsExampleModel *self, guint example);
guint ms_example_model_get_chosen(MsExampleModel *self);
/* While held, rows that get the keyboard are not chosen by that. */
void ms_example_model_set_held(MsExampleModel *self, gboolean held);
/* Its row; GTK_INVALID_LIST_POSITION: none is chosen, or it is not shown. */
guint ms_example_model_get_position(MsExampleModel *self);

G_END_DECLS
