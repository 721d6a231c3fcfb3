/* SPDX-License-Identifier: MIT
 *
 * One row of the list: thumbnail, name, IoU and whether it is an exact match. Shows an example for
 * as long as it is bound to it; keeps nothing of its own.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thumbnails.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_TYPE_EXAMPLE_ROW (ms_example_row_get_type())
G_DECLARE_FINAL_TYPE(MsExampleRow, ms_example_row, MS, EXAMPLE_ROW, GtkWidget)

GtkWidget *ms_example_row_new(void);
void ms_example_row_bind(MsExampleRow *self, MsExample *example, MsEvaluation *evaluation,
                         MsThumbnails *thumbnails, guint model);
void ms_example_row_unbind(MsExampleRow *self);

/* The example it shows, or NULL. */
MsExample *ms_example_row_get_example(MsExampleRow *self);
/* Takes score and picture again. */
void ms_example_row_update(MsExampleRow *self, guint model);

G_END_DECLS
