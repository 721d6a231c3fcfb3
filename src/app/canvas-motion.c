/* SPDX-License-Identifier: MIT
 *
 * Zoom and place of the canvas. A wish to zoom glides to its goal by the frame clock; `goal` is
 * where it ends, known at once, and `view` what is drawn until then. A new wish goes on from what
 * is drawn; what moves the picture by hand takes it over as it stands.
 */
#include "app/canvas-private.h"

#include <math.h>

#define GLIDE_US 120000
#define FRAME_US 8000 /* the first frame already moves */

void
ms_canvas_arrive(MsCanvas *self)
{
  if (self->gliding)
    self->view = self->goal;
  self->gliding = self->anchored = FALSE;
}

void
ms_canvas_moved(MsCanvas *self)
{
  self->gliding = self->anchored = FALSE;
  self->goal = self->view;
  ms_canvas_view_changed(self);
}

static gboolean
can_glide(MsCanvas *self)
{
  gboolean wanted = FALSE;

  g_object_get(gtk_widget_get_settings(GTK_WIDGET(self)), "gtk-enable-animations", &wanted, NULL);
  return wanted && self->display && gtk_widget_get_mapped(GTK_WIDGET(self));
}

static gint64
frame_time(MsCanvas *self)
{
  return gdk_frame_clock_get_frame_time(gtk_widget_get_frame_clock(GTK_WIDGET(self)));
}

/* To self->goal. */
static void
glide(MsCanvas *self)
{
  self->gliding = can_glide(self);
  if (self->gliding) {
    self->glide_from = self->view;
    self->glide_begun = frame_time(self);
  } else {
    self->view = self->goal;
  }
  ms_canvas_view_changed(self);
}

/* Fast at first, so that the answer to a wish is seen at once. */
static double
ease(double share)
{
  double left = 1 - share;

  return share < 1 ? 1 - left * left * left : 1;
}

gboolean
ms_canvas_advance(MsCanvas *self)
{
  gint64 passed;

  if (!self->gliding)
    return FALSE;
  passed = MAX(frame_time(self) - self->glide_begun, FRAME_US);
  ms_view_between(&self->glide_from, &self->goal, ease((double)passed / GLIDE_US), &self->view);
  self->gliding = passed < GLIDE_US;
  return TRUE;
}

const MsView *
ms_canvas_get_view(MsCanvas *self)
{
  return &self->goal;
}

void
ms_canvas_fit(MsCanvas *self)
{
  self->anchored = self->away = FALSE;
  ms_view_fit(&self->goal);
  glide(self);
}

/* Whether a point of the screen shows the same place of the image in both. */
static gboolean
keeps_point(const MsView *a, const MsView *b, double view_x, double view_y)
{
  double ax, ay, bx, by;

  ms_view_to_image(a, view_x, view_y, &ax, &ay);
  ms_view_to_image(b, view_x, view_y, &bx, &by);
  return hypot(ax - bx, ay - by) * MIN(a->zoom, b->zoom) <= 1;
}

/* What is drawn begins at a whole device pixel. Wish upon wish at one place starts out from the
 * first of them, so that these roundings do not add up. */
void
ms_canvas_zoom_at(MsCanvas *self, double zoom, double view_x, double view_y)
{
  if (!self->anchored || view_x != self->anchor_x || view_y != self->anchor_y)
    self->anchor = self->view;
  self->away = FALSE;
  self->anchor_x = view_x;
  self->anchor_y = view_y;
  self->goal = self->anchor;
  ms_view_zoom_at(&self->goal, zoom, view_x, view_y);
  self->anchored = keeps_point(&self->anchor, &self->goal, view_x, view_y);
  glide(self);
}

void
ms_canvas_zoom_to(MsCanvas *self, double zoom, gboolean at_pointer)
{
  double x = self->view.view_width / 2, y = self->view.view_height / 2;

  if (at_pointer && self->pointer_inside)
    ms_canvas_to_view(self, self->pointer_x, self->pointer_y, &x, &y);
  else
    ms_canvas_find_region(self, &x, &y);
  ms_canvas_zoom_at(self, zoom, x, y);
}

void
ms_canvas_zoom_step(MsCanvas *self, int direction, gboolean at_pointer)
{
  ms_canvas_zoom_to(self, ms_view_next_zoom(&self->goal, direction), at_pointer);
}

void
ms_canvas_zoom_by_hand(MsCanvas *self, double zoom, double view_x, double view_y)
{
  self->away = FALSE;
  ms_view_zoom_at(&self->view, zoom, view_x, view_y);
  ms_canvas_moved(self);
}

void
ms_canvas_pan(MsCanvas *self, double dx, double dy)
{
  self->away = FALSE;
  ms_view_pan(&self->view, dx, dy);
  ms_canvas_moved(self);
}

void
ms_canvas_centre_on(MsCanvas *self, double image_x, double image_y)
{
  double scale = self->view.zoom / self->view.device_scale;

  ms_canvas_pan(self, (self->view.centre_x - image_x) * scale,
                (self->view.centre_y - image_y) * scale);
}

void
ms_canvas_go_to(MsCanvas *self, const cairo_rectangle_int_t *image_area)
{
  if (!self->away)
    self->home = self->goal;
  self->away = TRUE;
  self->anchored = FALSE;
  ms_view_show_area(&self->goal, image_area->x, image_area->y, image_area->width,
                    image_area->height);
  glide(self);
}

void
ms_canvas_go_home(MsCanvas *self)
{
  const MsView *home = &self->home;

  if (!self->away)
    return;
  self->away = FALSE;
  ms_canvas_arrive(self);
  self->view.fit = home->fit;
  self->view.zoom = home->zoom;
  self->view.centre_x = home->centre_x * self->view.image_width / MAX(home->image_width, 1);
  self->view.centre_y = home->centre_y * self->view.image_height / MAX(home->image_height, 1);
  ms_view_set_size(&self->view, self->view.view_width, self->view.view_height,
                   self->view.device_scale); /* within its limits */
  ms_canvas_moved(self);
}
