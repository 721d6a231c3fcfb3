/* SPDX-License-Identifier: MIT
 *
 * Parts of a whole, side by side in one bar. A part that is not nothing is always seen.
 */
#pragma once

#include <gtk/gtk.h>

#include "render/palette.h"

G_BEGIN_DECLS

#define MS_SHARE_BAR_MAX_PARTS 8

#define MS_TYPE_SHARE_BAR (ms_share_bar_get_type())
G_DECLARE_FINAL_TYPE(MsShareBar, ms_share_bar, MS, SHARE_BAR, GtkWidget)

GtkWidget *ms_share_bar_new(void);
/* chosen: the others are pale; -1: none is. */
void ms_share_bar_show(MsShareBar *self, const guint64 *parts, const MsColor *colors, guint n_parts,
                       int chosen);

G_END_DECLS
