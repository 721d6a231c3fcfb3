/* SPDX-License-Identifier: MIT
 *
 * What a marked rectangle holds, in a few lines: size and place, the pixels of each kind, IoU, and
 * whether it is exact.
 */
#pragma once

#include <gtk/gtk.h>

#include "report/area.h"

G_BEGIN_DECLS

#define MS_TYPE_AREA_CARD (ms_area_card_get_type())
G_DECLARE_FINAL_TYPE(MsAreaCard, ms_area_card, MS, AREA_CARD, GtkWidget)

/* Where the rectangle is, before it is counted. */
void ms_area_card_set_area(MsAreaCard *self, const MsArea *area);
/* confused: whether there are several classes to confuse. */
void ms_area_card_set_counts(MsAreaCard *self, const MsAreaCounts *counts, gboolean confused);
/* Why there are no counts. */
void ms_area_card_set_message(MsAreaCard *self, const char *message);

G_END_DECLS
