/* SPDX-License-Identifier: MIT
 *
 * What the files of the canvas share.
 */
#pragma once

#include "app/canvas.h"
#include "app/swipe-handle.h"
#include "render/pane.h"
#include "render/pixel-values.h"
#include "render/region-outline.h"

G_BEGIN_DECLS

typedef struct _MsChosenRegion MsChosenRegion;

/* One picture on the stage. Its view is the canvas's, from the top left corner of its place. */
typedef struct {
  int layer;          /* MsLayer over the image; -1: none */
  const char *label;  /* NULL: none */
  GdkRectangle place; /* canvas: view pixels from the corner of the widget */
  GdkRectangle clip;  /* canvas: what of it is seen */

  /* The picture made for the view: device pixels, placed at `visible` of the view. */
  MsPane *pane;
  cairo_surface_t *picture; /* the pane's; NULL: there is none */
  cairo_rectangle_int_t visible;
  MsPixelValues *values; /* NULL: never needed yet */
  gboolean values_shown;
} MsStageCell;

struct _MsCanvas {
  GtkWidget parent_instance;

  int width, height; /* of the widget */
  MsView view;       /* what is drawn; its size is that of a cell */
  MsView goal;       /* where it is, or glides to */
  MsView glide_from;
  gboolean gliding;
  gint64 glide_begun; /* frame clock, us */
  MsView anchor;      /* what was drawn when zooming at (anchor_x, anchor_y) began, view pixels */
  double anchor_x, anchor_y;
  gboolean anchored; /* and `goal` shows the same there */
  MsView home;       /* where an area was gone to from */
  gboolean away;     /* and nobody moved the picture by hand since */
  MsOverlayStyle style;
  double opacity;
  gboolean peek;
  MsLook look;
  double swipe; /* where the handle is, 0 to 1 */

  MsStageCell cells[MS_LOOK_MAX_CELLS];
  guint n_cells; /* at least 1 */
  gboolean stale;
  guint tick;
  gboolean view_untold; /* the widget was resized: tell, but not during layout */

  /* Pointer, canvas (ms_canvas_to_view()); inside only while it is over the widget. */
  gboolean pointer_inside;
  double pointer_x, pointer_y;
  double drag_x, drag_y; /* how much of the running drag was already applied */
  GtkGesture *drag;      /* borrowed */
  const char *cursor;    /* of the pointer at rest; NULL: the usual one */
  gboolean dragged;      /* the press has become a drag */
  double pinch_zoom;     /* zoom at the beginning of a pinch */
  double pinch_x, pinch_y;

  /* The marked rectangle, image pixels; of no width: there is none. */
  cairo_rectangle_int_t mark;
  gboolean marking;               /* the drag draws it */
  int mark_fixed_x, mark_fixed_y; /* the pixel that stays while it does */
  gboolean mark_along_x, mark_along_y;

  /* Owned */
  MsSwipeHandle *handle; /* a child */
  MsDisplay *display;
  MsChosenRegion *chosen; /* NULL: none */
};

/* What is drawn has to be composed anew, in the next frame. */
void ms_canvas_invalidate(MsCanvas *self);

/* The view changed: compose and draw in the next frame, and tell. */
void ms_canvas_view_changed(MsCanvas *self);
/* The same place shows another pixel: tell where the pointer is. */
void ms_canvas_report_pointer(MsCanvas *self);
/* A plain click. */
void ms_canvas_report_click(MsCanvas *self, double canvas_x, double canvas_y);
/* The marked rectangle is another. */
void ms_canvas_report_mark(MsCanvas *self);

/* A surface of device pixels at its place in the view. Only while drawing; the surface is not
 * painted on any more as long as it can be on screen. */
void ms_canvas_append_surface(MsCanvas *self, GtkSnapshot *snapshot, cairo_surface_t *surface,
                              const cairo_rectangle_int_t *device);

/* canvas-cells.c */
void ms_canvas_clear_cells(MsCanvas *self);
/* They show another display. */
void ms_canvas_forget_pictures(MsCanvas *self);
/* Makes and places the cells for the look, the size of the widget and the image; the view gets
 * theirs, and rests. */
void ms_canvas_lay_out(MsCanvas *self);
void ms_canvas_allocate_handle(MsCanvas *self);
/* The cell at a place of the widget, or the nearest one; cells[0] to cells[n_cells - 1] are all. */
const MsStageCell *ms_canvas_cell_at(MsCanvas *self, double canvas_x, double canvas_y);
/* The place in the view of that cell. */
void ms_canvas_to_view(MsCanvas *self, double canvas_x, double canvas_y, double *view_x,
                       double *view_y);
/* There must be a display. */
void ms_canvas_compose_cells(MsCanvas *self);
void ms_canvas_snapshot_cells(MsCanvas *self, GtkSnapshot *snapshot);
/* What stands for all cells in one small picture. There must be a display. */
MsScene ms_canvas_overview(MsCanvas *self);

/* canvas-input.c */
void ms_canvas_init_input(MsCanvas *self);

/* canvas-motion.c */
/* Where it glides to, at once; for what changes image or window. */
void ms_canvas_arrive(MsCanvas *self);
/* `view` was changed: that is where it stays. */
void ms_canvas_moved(MsCanvas *self);
/* One frame on the way; FALSE: it rests. */
gboolean ms_canvas_advance(MsCanvas *self);
/* Gliding, or following the fingers. */
void ms_canvas_zoom_at(MsCanvas *self, double zoom, double view_x, double view_y);
void ms_canvas_zoom_by_hand(MsCanvas *self, double zoom, double view_x, double view_y);

/* canvas-rectangle.c */
/* A press: what it takes is an edge, or (new_one) begins another rectangle. FALSE: neither. */
gboolean ms_canvas_begin_marking(MsCanvas *self, double view_x, double view_y, gboolean new_one);
void ms_canvas_mark_to(MsCanvas *self, double view_x, double view_y);
/* The pointer over an edge; NULL: there is none. */
const char *ms_canvas_mark_cursor(MsCanvas *self, double view_x, double view_y);
void ms_canvas_snapshot_mark(MsCanvas *self, GtkSnapshot *snapshot);

/* canvas-region.c */
void ms_chosen_region_free(MsChosenRegion *chosen);
void ms_canvas_compose_region(MsCanvas *self);
void ms_canvas_snapshot_region(MsCanvas *self, GtkSnapshot *snapshot);
/* The middle of its bounds, view pixels; FALSE: there is none, or not in sight. */
gboolean ms_canvas_find_region(MsCanvas *self, double *view_x, double *view_y);

/* canvas-values.c */
void ms_canvas_compose_values(MsCanvas *self);
void ms_canvas_snapshot_values(MsCanvas *self, const MsStageCell *cell, GtkSnapshot *snapshot);

G_END_DECLS
