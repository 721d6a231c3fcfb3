/* SPDX-License-Identifier: MIT
 *
 * One thing that a check found: what, how sure it is, of how many examples, what it does to the
 * score, what mends it. Its buttons are actions of the window, which are given the finding's
 * number.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/check.h"

G_BEGIN_DECLS

#define MS_TYPE_CHECK_ROW (ms_check_row_get_type())
G_DECLARE_FINAL_TYPE(MsCheckRow, ms_check_row, MS, CHECK_ROW, GtkWidget)

/* Of findings[number]; nothing of it is kept. */
GtkWidget *ms_check_row_new(const MsCheck *check, guint number);

/* The next (step 1) or the one before (-1) of the finding's examples to look at, of `check`'s set,
 * from the first on and round; the button says how far that has come. G_MAXUINT: there is none. */
guint ms_check_row_step(MsCheckRow *self, const MsCheckFinding *finding, int step);

/* The keyboard goes to the first of its buttons; FALSE: it has none. */
gboolean ms_check_row_focus(MsCheckRow *self);

G_END_DECLS
