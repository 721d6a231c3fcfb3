/* SPDX-License-Identifier: MIT
 *
 * What GTK draws its windows with. Where OpenGL is a program on the processor (no graphics card, a
 * remote desktop), Cairo draws the same window in a tenth of the time.
 */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Before the first window. Whoever has chosen by GSK_RENDERER is obeyed. */
void ms_renderer_choose(GdkDisplay *display);

G_END_DECLS
