/* SPDX-License-Identifier: MIT
 *
 * A line with an arrow that reveals what is below it. Further words and tables of the inspector
 * stand behind such lines.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_FOLD (ms_fold_get_type())
G_DECLARE_FINAL_TYPE(MsFold, ms_fold, MS, FOLD, GtkWidget)

/* Properties: "title" (string), "child" (GtkWidget), "open" (gboolean, notified). */

void ms_fold_set_title(MsFold *self, const char *title);
void ms_fold_set_open(MsFold *self, gboolean open);
gboolean ms_fold_get_open(MsFold *self);

G_END_DECLS
