/* SPDX-License-Identifier: MIT
 *
 * One child whose content changes and that shall not move for it: the height that it once needed
 * stays reserved, as long as the width is the same. It lies at the top, as wide as there is room,
 * or in the middle, no wider than is good to read.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_COLUMN_LAYOUT (ms_column_layout_get_type())
G_DECLARE_FINAL_TYPE(MsColumnLayout, ms_column_layout, MS, COLUMN_LAYOUT, GtkLayoutManager)

/* In the middle, as wide as that at most; 0 (so at first): at the top, as wide as there is room. */
void ms_column_layout_set_middle(MsColumnLayout *self, int width);

/* Reserves nothing any more. */
void ms_column_layout_forget(MsColumnLayout *self);

G_END_DECLS
