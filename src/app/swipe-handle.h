/* SPDX-License-Identifier: MIT
 *
 * The line between the two pictures of a swipe: dragged, or moved by the arrow keys when it has the
 * focus. Its parent puts it where its value is, from the left edge (0) to the right one (1).
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_SWIPE_HANDLE (ms_swipe_handle_get_type())
G_DECLARE_FINAL_TYPE(MsSwipeHandle, ms_swipe_handle, MS, SWIPE_HANDLE, GtkWidget)

/* Signal "moved" (double value): the user wants it there. */
MsSwipeHandle *ms_swipe_handle_new(void);

void ms_swipe_handle_set_value(MsSwipeHandle *self, double value);

G_END_DECLS
