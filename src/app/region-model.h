/* SPDX-License-Identifier: MIT
 *
 * The error regions of an analysis as a list, largest first, of the kinds that are shown. An item
 * is a row, made when it is asked for: a million regions cost nothing until then, where all kinds
 * are shown, and four bytes each where some are not. With another analysis a row holds another
 * region, which its item tells; the list only becomes longer or shorter, so that the widgets of its
 * rows stay.
 */
#pragma once

#include <gio/gio.h>

#include "report/analysis.h"

G_BEGIN_DECLS

/* A row. Signal "changed": it holds another region. */
#define MS_TYPE_REGION_ITEM (ms_region_item_get_type())
G_DECLARE_FINAL_TYPE(MsRegionItem, ms_region_item, MS, REGION_ITEM, GObject)

/* Lent; NULL once its row is gone. */
const MsRegion *ms_region_item_get(MsRegionItem *self);
MsAnalysis *ms_region_item_get_analysis(MsRegionItem *self);

#define MS_TYPE_REGION_MODEL (ms_region_model_get_type())
G_DECLARE_FINAL_TYPE(MsRegionModel, ms_region_model, MS, REGION_MODEL, GObject)

MsRegionModel *ms_region_model_new(void);

/* NULL: none. kinds: flags of those that are shown. */
void ms_region_model_show(MsRegionModel *self, MsAnalysis *analysis, MsKind kinds);

/* The row of a region, G_MAXUINT: it is not shown; and the region of a row. */
guint ms_region_model_find(MsRegionModel *self, gsize region);
gsize ms_region_model_get_region(MsRegionModel *self, guint row);

G_END_DECLS
