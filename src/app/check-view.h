/* SPDX-License-Identifier: MIT
 *
 * The page that shows what a check of the set found, in the inspector's place: a row for each
 * finding, the remedies that were applied, what was looked at, and how far a check under way has
 * come. Everything on it is an action of the window.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/check-row.h"
#include "app/checker.h"

G_BEGIN_DECLS

#define MS_TYPE_CHECK_VIEW (ms_check_view_get_type())
G_DECLARE_FINAL_TYPE(MsCheckView, ms_check_view, MS, CHECK_VIEW, GtkWidget)

/* Whose checks are shown; once. */
void ms_check_view_set_checker(MsCheckView *self, MsChecker *checker);

/* The titles of the findings whose remedies are in force, the last one last; only that one can be
 * taken back. */
void ms_check_view_set_applied(MsCheckView *self, GStrv titles);

/* Of a finding that is shown; NULL: there is no such one. */
MsCheckRow *ms_check_view_get_row(MsCheckView *self, guint number);

/* The keyboard goes to the first thing that can be done here. */
void ms_check_view_focus(MsCheckView *self);

G_END_DECLS
