/* SPDX-License-Identifier: MIT
 *
 * The wheel over a list that scrolls inside a panel that scrolls too. Who scrolls the panel does
 * not stop at the list that comes along under the pointer: the wheel is the list's once the focus
 * is in it, as after a press on a line, and the panel's again at the ends of the list.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ms_list_wheel_add(GtkScrolledWindow *scroller);

G_END_DECLS
