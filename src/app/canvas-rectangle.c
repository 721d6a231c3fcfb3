/* SPDX-License-Identifier: MIT
 *
 * The marked rectangle: whole pixels of the image, drawn by hand with Ctrl, taken at its edges to
 * change it. What it holds is counted elsewhere; here it has a place and a frame.
 */
#include "app/canvas-private.h"

#include <math.h>

#define REACH 5 /* view pixels: so near, an edge is taken */
/* What the keys move it by: view pixels, and at least one of the image. */
#define STEP 16

static const GdkRGBA light = {1, 0.89, 0.45, 1};
static const GdkRGBA dark = {0, 0, 0, 0.75};

const cairo_rectangle_int_t *
ms_canvas_get_mark(MsCanvas *self)
{
  return self->mark.width > 0 ? &self->mark : NULL;
}

static gboolean
is_equal(const cairo_rectangle_int_t *a, const cairo_rectangle_int_t *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/* Inside the image, of at least a pixel. */
static cairo_rectangle_int_t
clamped(MsCanvas *self, const cairo_rectangle_int_t *mark)
{
  int width = CLAMP(mark->width, 1, self->view.image_width);
  int height = CLAMP(mark->height, 1, self->view.image_height);

  return (cairo_rectangle_int_t){CLAMP(mark->x, 0, self->view.image_width - width),
                                 CLAMP(mark->y, 0, self->view.image_height - height), width,
                                 height};
}

void
ms_canvas_set_mark(MsCanvas *self, const cairo_rectangle_int_t *mark)
{
  cairo_rectangle_int_t next = {0};

  if (mark && self->display && self->view.image_width > 0)
    next = clamped(self, mark);
  if (is_equal(&next, &self->mark))
    return;
  self->mark = next;
  gtk_widget_queue_draw(GTK_WIDGET(self));
  ms_canvas_report_mark(self);
}

void
ms_canvas_mark_middle(MsCanvas *self)
{
  const MsView *view = &self->goal;
  double left, top, right, bottom;

  ms_view_to_image(view, view->view_width / 4, view->view_height / 4, &left, &top);
  ms_view_to_image(view, view->view_width * 3 / 4, view->view_height * 3 / 4, &right, &bottom);
  left = CLAMP(floor(left), 0, view->image_width - 1);
  top = CLAMP(floor(top), 0, view->image_height - 1);
  ms_canvas_set_mark(self,
                     &(cairo_rectangle_int_t){(int)left, (int)top,
                                              (int)(MIN(ceil(right), view->image_width) - left),
                                              (int)(MIN(ceil(bottom), view->image_height) - top)});
}

void
ms_canvas_move_mark(MsCanvas *self, int dx, int dy)
{
  int step = MAX(1, (int)(STEP * self->goal.device_scale / self->goal.zoom));
  cairo_rectangle_int_t mark = self->mark;

  if (!ms_canvas_get_mark(self))
    return;
  mark.x += dx * step;
  mark.y += dy * step;
  ms_canvas_set_mark(self, &mark);
}

/* --- by hand --- */

static void
find_near_pixel(MsCanvas *self, double view_x, double view_y, int *x, int *y)
{
  double image_x, image_y;

  ms_view_to_image(&self->view, view_x, view_y, &image_x, &image_y);
  *x = (int)CLAMP(floor(image_x), 0, self->view.image_width - 1);
  *y = (int)CLAMP(floor(image_y), 0, self->view.image_height - 1);
}

/* -1: near the first edge, 1: near the second, 0: near none. */
static int
find_edge(double at, double first, double second)
{
  if (fabs(at - second) <= REACH)
    return 1;
  return fabs(at - first) <= REACH ? -1 : 0;
}

/* Which edges of the mark lie at a place; FALSE: none. */
static gboolean
find_grip(MsCanvas *self, double view_x, double view_y, int *across, int *down)
{
  const cairo_rectangle_int_t *mark = &self->mark;
  double left, top, right, bottom;

  if (!ms_canvas_get_mark(self))
    return FALSE;
  ms_view_from_image(&self->view, mark->x, mark->y, &left, &top);
  ms_view_from_image(&self->view, mark->x + mark->width, mark->y + mark->height, &right, &bottom);
  if (view_x < left - REACH || view_x > right + REACH || view_y < top - REACH ||
      view_y > bottom + REACH)
    return FALSE;
  *across = find_edge(view_x, left, right);
  *down = find_edge(view_y, top, bottom);
  return *across || *down;
}

const char *
ms_canvas_mark_cursor(MsCanvas *self, double view_x, double view_y)
{
  static const char *const names[3][3] = {{"nw-resize", "n-resize", "ne-resize"},
                                          {"w-resize", NULL, "e-resize"},
                                          {"sw-resize", "s-resize", "se-resize"}};
  int across, down;

  return find_grip(self, view_x, view_y, &across, &down) ? names[down + 1][across + 1] : NULL;
}

gboolean
ms_canvas_begin_marking(MsCanvas *self, double view_x, double view_y, gboolean new_one)
{
  const cairo_rectangle_int_t *mark = &self->mark;
  int across, down;

  self->marking = self->display && self->view.image_width > 0;
  if (!self->marking)
    return FALSE;
  if (find_grip(self, view_x, view_y, &across, &down)) {
    self->mark_fixed_x = across < 0 ? mark->x + mark->width - 1 : mark->x;
    self->mark_fixed_y = down < 0 ? mark->y + mark->height - 1 : mark->y;
    self->mark_along_x = across != 0;
    self->mark_along_y = down != 0;
  } else if (new_one) {
    find_near_pixel(self, view_x, view_y, &self->mark_fixed_x, &self->mark_fixed_y);
    self->mark_along_x = self->mark_along_y = TRUE;
  } else {
    self->marking = FALSE;
  }
  return self->marking;
}

void
ms_canvas_mark_to(MsCanvas *self, double view_x, double view_y)
{
  cairo_rectangle_int_t mark = self->mark;
  int x, y;

  find_near_pixel(self, view_x, view_y, &x, &y);
  if (self->mark_along_x) {
    mark.x = MIN(x, self->mark_fixed_x);
    mark.width = ABS(x - self->mark_fixed_x) + 1;
  }
  if (self->mark_along_y) {
    mark.y = MIN(y, self->mark_fixed_y);
    mark.height = ABS(y - self->mark_fixed_y) + 1;
  }
  ms_canvas_set_mark(self, &mark);
}

/* --- the frame --- */

gboolean
ms_canvas_find_mark(MsCanvas *self, graphene_rect_t *area)
{
  const cairo_rectangle_int_t *mark = &self->mark;
  double left, top, right, bottom, scale = self->view.device_scale;

  if (!ms_canvas_get_mark(self))
    return FALSE;
  ms_view_from_image(&self->view, mark->x, mark->y, &left, &top);
  ms_view_from_image(&self->view, mark->x + mark->width, mark->y + mark->height, &right, &bottom);
  left = round(left * scale) / scale;
  top = round(top * scale) / scale;
  *area = GRAPHENE_RECT_INIT(left, top, MAX(round(right * scale) / scale - left, 1),
                             MAX(round(bottom * scale) / scale - top, 1));
  return TRUE;
}

/* `thick` wide, around what lies `away` beyond the area. */
static void
append_frame(GtkSnapshot *snapshot, const graphene_rect_t *area, float away, float thick,
             const GdkRGBA *color)
{
  float far = away + thick;
  float x = area->origin.x, y = area->origin.y;
  float width = area->size.width, height = area->size.height;

  gtk_snapshot_append_color(snapshot, color,
                            &GRAPHENE_RECT_INIT(x - far, y - far, width + 2 * far, thick));
  gtk_snapshot_append_color(
      snapshot, color, &GRAPHENE_RECT_INIT(x - far, y + height + away, width + 2 * far, thick));
  gtk_snapshot_append_color(snapshot, color,
                            &GRAPHENE_RECT_INIT(x - far, y - away, thick, height + 2 * away));
  gtk_snapshot_append_color(
      snapshot, color, &GRAPHENE_RECT_INIT(x + width + away, y - away, thick, height + 2 * away));
}

void
ms_canvas_snapshot_mark(MsCanvas *self, GtkSnapshot *snapshot)
{
  graphene_rect_t area;

  if (!ms_canvas_find_mark(self, &area))
    return;
  append_frame(snapshot, &area, 0, 1, &dark);
  append_frame(snapshot, &area, 1, 1, &light);
  append_frame(snapshot, &area, 2, 1, &dark);
}
