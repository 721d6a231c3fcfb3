/* SPDX-License-Identifier: MIT
 *
 * The part under the list that shows how IoU is spread and filters by it: the histogram, what is
 * wanted of it in words, and the button that wants everything again. Choices are the action
 * win.filter-iou's.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_IOU_RANGE (ms_iou_range_get_type())
G_DECLARE_FINAL_TYPE(MsIouRange, ms_iou_range, MS, IOU_RANGE, GtkWidget)

void ms_iou_range_set_wish(MsIouRange *self, const MsWish *wish);
/* NULL: none yet. */
void ms_iou_range_set_order(MsIouRange *self, const MsOrder *order);
/* That of the chosen example. */
void ms_iou_range_set_marked(MsIouRange *self, MsValue iou);

G_END_DECLS
