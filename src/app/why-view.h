/* SPDX-License-Identifier: MIT
 *
 * Why the example that is shown is wrong: its error regions, kinds of error and tolerance, in folds
 * that stay as they were left. All of it is of one analysis. Where that of the same example under
 * other rules is on its way, the old one stays, greyed when it takes a while; another example's
 * never does.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display.h"
#include "app/region-view.h"
#include "app/tolerance-view.h"
#include "set/diagnoses.h"

G_BEGIN_DECLS

#define MS_TYPE_WHY_VIEW (ms_why_view_get_type())
G_DECLARE_FINAL_TYPE(MsWhyView, ms_why_view, MS, WHY_VIEW, GtkWidget)

/* What is shown; NULL, or what has no masks to compare: nothing. */
void ms_why_view_set_display(MsWhyView *self, MsDisplay *display);

/* Of what is shown; NULL: there is none. */
void ms_why_view_set_analysis(MsWhyView *self, MsAnalysis *analysis);
/* There is none yet. */
void ms_why_view_await_analysis(MsWhyView *self);
/* That of what is shown; NULL: not known, or not yet. Lent. */
MsAnalysis *ms_why_view_get_analysis(MsWhyView *self);
/* Whether numbers are shown that await those of the present rules. */
gboolean ms_why_view_is_old(MsWhyView *self);
/* It takes a while. */
void ms_why_view_set_busy(MsWhyView *self, gboolean busy);

/* The set's scores under a tolerance: diagnoses may be NULL, split NULL is the whole set. */
void ms_why_view_set_diagnoses(MsWhyView *self, MsDiagnoses *diagnoses, guint model,
                               const char *split);
void ms_why_view_set_tolerance(MsWhyView *self, guint pixels);
void ms_why_view_unfold_tolerance(MsWhyView *self);
/* The MsError that is looked at alone; -1: none. */
void ms_why_view_set_error(MsWhyView *self, int error);

/* Lent. */
MsRegionView *ms_why_view_get_regions(MsWhyView *self);
MsToleranceView *ms_why_view_get_tolerance(MsWhyView *self);

G_END_DECLS
