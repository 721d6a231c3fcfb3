/* SPDX-License-Identifier: MIT
 *
 * The error regions of an example, largest first: a line each, one of which is chosen with pointer
 * or arrow keys. Kinds whose chips are off are not listed, and not stepped through.
 */
#pragma once

#include <gtk/gtk.h>

#include "report/analysis.h"

G_BEGIN_DECLS

#define MS_TYPE_REGION_VIEW (ms_region_view_get_type())
G_DECLARE_FINAL_TYPE(MsRegionView, ms_region_view, MS, REGION_VIEW, GtkWidget)

/* Signal "chosen" (gint64 region): the user chose that one, perhaps again. */

/* NULL: none. */
void ms_region_view_set_analysis(MsRegionView *self, MsAnalysis *analysis);
/* Another one will be set: until then nothing is listed, and what is below keeps its place. */
void ms_region_view_await_analysis(MsRegionView *self);
/* Flags of the kinds that are listed. */
void ms_region_view_set_kinds(MsRegionView *self, MsKind kinds);

/* -1: none. Emits nothing. */
void ms_region_view_choose(MsRegionView *self, gssize region);

guint ms_region_view_get_n_rows(MsRegionView *self);
/* Of the chosen one; G_MAXUINT: none is. */
guint ms_region_view_get_row(MsRegionView *self);
/* What the list is, while steps go elsewhere too. */
void ms_region_view_set_heading(MsRegionView *self, const char *heading);
/* Where the chosen one stands: "3 of 7"; and among what. */
void ms_region_view_set_place(MsRegionView *self, const char *place, const char *among);
/* The region that comes after (1) or before (-1) another one in the list; after and before -1 the
 * first and the last one. -1: there is none. */
gssize ms_region_view_peek(MsRegionView *self, gssize region, int delta);

G_END_DECLS
