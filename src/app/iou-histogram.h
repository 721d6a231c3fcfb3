/* SPDX-License-Identifier: MIT
 *
 * How many examples have which IoU, as bars, and which range of it is wanted. Two handles, each a
 * slider to the keyboard and to screen readers, bound the range; they, or a new range anywhere, can
 * be dragged.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_IOU_HISTOGRAM (ms_iou_histogram_get_type())
G_DECLARE_FINAL_TYPE(MsIouHistogram, ms_iou_histogram, MS, IOU_HISTOGRAM, GtkWidget)

/* Signal "range" (double lowest, double highest): the user wants another range, always of whole
 * bars. It is shown already. */

void ms_iou_histogram_set_bars(MsIouHistogram *self, const guint bars[MS_N_IOU_BARS]);
/* 0 and 1: all. */
void ms_iou_histogram_set_range(MsIouHistogram *self, double lowest, double highest);
/* The bar of the chosen example is marked; MS_N_IOU_BARS: none. */
void ms_iou_histogram_set_marked(MsIouHistogram *self, guint bar);

G_END_DECLS
