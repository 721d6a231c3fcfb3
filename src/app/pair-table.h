/* SPDX-License-Identifier: MIT
 *
 * Which files were paired: the first examples of a preview, a line each, with a column for each
 * model.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/preview.h"

G_BEGIN_DECLS

#define MS_TYPE_PAIR_TABLE (ms_pair_table_get_type())
G_DECLARE_FINAL_TYPE(MsPairTable, ms_pair_table, MS, PAIR_TABLE, GtkWidget)

/* NULL: none. */
void ms_pair_table_set_preview(MsPairTable *self, MsPreview *preview);

/* Lines, and what stands in one under a title; NULL: there is no such column. Caller frees. */
guint ms_pair_table_get_n_lines(MsPairTable *self);
char *ms_pair_table_get_text(MsPairTable *self, guint line, const char *title);

G_END_DECLS
