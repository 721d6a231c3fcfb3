/* SPDX-License-Identifier: MIT
 *
 * A slider that the pointer moves without taking the keyboard: GtkRange takes the focus whatever
 * its property focus-on-click says, and the keys that step through a set would move the slider
 * then. By Tab it is reached as any other.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_POINTER_SLIDER (ms_pointer_slider_get_type())
G_DECLARE_FINAL_TYPE(MsPointerSlider, ms_pointer_slider, MS, POINTER_SLIDER, GtkScale)

G_END_DECLS
