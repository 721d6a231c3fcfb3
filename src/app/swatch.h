/* SPDX-License-Identifier: MIT
 *
 * A small square in the colour of a class: filled, or its outline alone.
 */
#pragma once

#include <gtk/gtk.h>

#include "render/palette.h"

G_BEGIN_DECLS

#define MS_TYPE_SWATCH (ms_swatch_get_type())
G_DECLARE_FINAL_TYPE(MsSwatch, ms_swatch, MS, SWATCH, GtkWidget)

GtkWidget *ms_swatch_new(void);
void ms_swatch_show(MsSwatch *self, MsColor color, gboolean filled);

G_END_DECLS
