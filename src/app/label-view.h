/* SPDX-License-Identifier: MIT
 *
 * An example with label sets: its labels by what became of them, row by row, and why nothing can be
 * said where a side is missing. Below an image it is a strip; without one it is all there is to see
 * and then large, under the example's name. The rows and their order are the same for every
 * example.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_TYPE_LABEL_VIEW (ms_label_view_get_type())
G_DECLARE_FINAL_TYPE(MsLabelView, ms_label_view, MS, LABEL_VIEW, GtkWidget)

/* A display of a set with label sets; NULL empties it. */
void ms_label_view_set_display(MsLabelView *self, MsDisplay *display);

/* There is little width. */
void ms_label_view_set_narrow(MsLabelView *self, gboolean narrow);

/* Where tooltips find what became of a label over the whole set; NULL: they do not say it. */
void ms_label_view_set_evaluation(MsLabelView *self, MsEvaluation *evaluation);

G_END_DECLS
