/* SPDX-License-Identifier: MIT
 *
 * A line of the list of error regions: swatch and word of its kind, its class, its two classes or
 * its place, its pixels, and what IoU would be if it were right.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/region-model.h"

G_BEGIN_DECLS

#define MS_TYPE_REGION_ROW (ms_region_row_get_type())
G_DECLARE_FINAL_TYPE(MsRegionRow, ms_region_row, MS, REGION_ROW, GtkWidget)

GtkWidget *ms_region_row_new(void);
/* NULL empties it. */
void ms_region_row_set_item(MsRegionRow *self, MsRegionItem *item);

G_END_DECLS
