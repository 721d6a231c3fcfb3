/* SPDX-License-Identifier: MIT
 *
 * What canvas.c and canvas-input.c share.
 */
#pragma once

#include "app/canvas.h"
#include "render/pane.h"

G_BEGIN_DECLS

struct _MsCanvas {
  GtkWidget parent_instance;

  MsView view;
  MsOverlayStyle style;
  double opacity;
  gboolean peek;

  /* The picture made for `view`: device pixels, placed at `visible`. */
  MsPane *pane;
  cairo_surface_t *picture; /* the pane's; NULL: there is none */
  cairo_rectangle_int_t visible;
  gboolean stale;
  guint tick;
  gboolean view_untold; /* the widget was resized: tell, but not during layout */

  /* Pointer, view pixels; inside only while it is over the widget. */
  gboolean pointer_inside;
  double pointer_x, pointer_y;
  double drag_x, drag_y; /* how much of the running drag was already applied */
  double pinch_zoom;     /* zoom at the beginning of a pinch */

  /* Owned */
  MsDisplay *display;
};

/* The view changed: compose and draw in the next frame, and tell. */
void ms_canvas_view_changed(MsCanvas *self);
/* The same place shows another pixel: tell where the pointer is. */
void ms_canvas_report_pointer(MsCanvas *self);

void ms_canvas_init_input(MsCanvas *self);

G_END_DECLS
