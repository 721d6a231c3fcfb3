/* SPDX-License-Identifier: MIT
 *
 * The picture and, below it, a strip that takes the height it would like to have, but no more than
 * a third. The strip alone fills the stage. The picture is the first child, the strip the last.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_STAGE_LAYOUT (ms_stage_layout_get_type())
G_DECLARE_FINAL_TYPE(MsStageLayout, ms_stage_layout, MS, STAGE_LAYOUT, GtkLayoutManager)

G_END_DECLS
