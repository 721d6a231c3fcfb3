/* SPDX-License-Identifier: MIT
 *
 * Children one after the other at their natural size, in as many lines as the width needs; one that
 * is wider than that is cut to it, as far as it can be. One that expands takes what its line has
 * left, and the one before gives way to it. One that is aligned to the end stands at the end of its
 * line, or of the last one where its own has no room for it.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_FLOW_LAYOUT (ms_flow_layout_get_type())
G_DECLARE_FINAL_TYPE(MsFlowLayout, ms_flow_layout, MS, FLOW_LAYOUT, GtkLayoutManager)

G_END_DECLS
