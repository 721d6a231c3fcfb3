/* SPDX-License-Identifier: MIT */
#include "render/pane.h"

#include <glib.h>
#include <string.h>

/* What a surface holds. */
typedef struct {
  cairo_surface_t *surface; /* NULL: nothing */
  bool valid;               /* and it is what stands below */
  MsView view;
  MsScene scene;
  cairo_rectangle_int_t device;
} Picture;

struct MsPane {
  Picture pictures[2];
  int last; /* the one painted last */
};

MsPane *
ms_pane_new(void)
{
  return g_new0(MsPane, 1);
}

void
ms_pane_free(MsPane *pane)
{
  if (!pane)
    return;
  for (int i = 0; i < 2; i++)
    g_clear_pointer(&pane->pictures[i].surface, cairo_surface_destroy);
  g_free(pane);
}

void
ms_pane_forget(MsPane *pane)
{
  for (int i = 0; i < 2; i++)
    pane->pictures[i].valid = false;
}

/* A surface that others still hold is theirs. */
static bool
can_reuse(const Picture *picture, const cairo_rectangle_int_t *device)
{
  return picture->surface && cairo_surface_get_reference_count(picture->surface) == 1 &&
         cairo_image_surface_get_width(picture->surface) == device->width &&
         cairo_image_surface_get_height(picture->surface) == device->height;
}

static bool
make_surface(Picture *picture, const cairo_rectangle_int_t *device)
{
  picture->valid = false;
  if (!can_reuse(picture, device)) {
    g_clear_pointer(&picture->surface, cairo_surface_destroy);
    picture->surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, device->width, device->height);
  }
  if (cairo_surface_status(picture->surface) == CAIRO_STATUS_SUCCESS)
    return true;
  g_clear_pointer(&picture->surface, cairo_surface_destroy);
  return false;
}

/* The place in a picture's surface of a device pixel of the view. */
static uint8_t *
pixel_at(const Picture *picture, int device_x, int device_y)
{
  return cairo_image_surface_get_data(picture->surface) +
         (ptrdiff_t)(device_y - picture->device.y) *
             cairo_image_surface_get_stride(picture->surface) +
         (ptrdiff_t)(device_x - picture->device.x) * 4;
}

static void
paint_part(Picture *picture, const cairo_rectangle_int_t *part)
{
  if (part->width > 0 && part->height > 0)
    ms_scene_paint(&picture->scene, &picture->view, part, pixel_at(picture, part->x, part->y),
                   cairo_image_surface_get_stride(picture->surface));
}

/* How far the picture has moved since the last one; false when it is another one. */
static bool
find_shift(const Picture *last, const Picture *next, int *dx, int *dy)
{
  double old_x, old_y, new_x, new_y;

  if (!last->valid || !ms_scene_equal(&last->scene, &next->scene) ||
      last->view.zoom != next->view.zoom || last->view.image_width != next->view.image_width ||
      last->view.image_height != next->view.image_height)
    return false;
  ms_view_device_origin(&last->view, &old_x, &old_y);
  ms_view_device_origin(&next->view, &new_x, &new_y);
  if (ABS(new_x - old_x) >= last->device.width || ABS(new_y - old_y) >= last->device.height)
    return false;
  *dx = (int)(new_x - old_x);
  *dy = (int)(new_y - old_y);
  return true;
}

static cairo_rectangle_int_t
intersect(const cairo_rectangle_int_t *a, const cairo_rectangle_int_t *b)
{
  int x = MAX(a->x, b->x), y = MAX(a->y, b->y);

  return (cairo_rectangle_int_t){x, y, MIN(a->x + a->width, b->x + b->width) - x,
                                 MIN(a->y + a->height, b->y + b->height) - y};
}

static void
copy_rows(const Picture *last, Picture *next, const cairo_rectangle_int_t *kept, int dx, int dy)
{
  for (int y = kept->y; y < kept->y + kept->height; y++)
    memcpy(pixel_at(next, kept->x, y), pixel_at(last, kept->x - dx, y - dy),
           4 * (gsize)kept->width);
}

/* The strips above and below what was kept, over the whole width, then those beside it. */
static void
paint_strips(Picture *next, const cairo_rectangle_int_t *kept)
{
  const cairo_rectangle_int_t *all = &next->device;
  int right = kept->x + kept->width, bottom = kept->y + kept->height;

  paint_part(next, &(cairo_rectangle_int_t){all->x, all->y, all->width, kept->y - all->y});
  paint_part(next,
             &(cairo_rectangle_int_t){all->x, bottom, all->width, all->y + all->height - bottom});
  paint_part(next, &(cairo_rectangle_int_t){all->x, kept->y, kept->x - all->x, kept->height});
  paint_part(next,
             &(cairo_rectangle_int_t){right, kept->y, all->x + all->width - right, kept->height});
}

static void
paint_picture(const Picture *last, Picture *next)
{
  cairo_rectangle_int_t moved = last->device, kept;
  int dx, dy;

  if (!find_shift(last, next, &dx, &dy)) {
    paint_part(next, &next->device);
    return;
  }
  moved.x += dx;
  moved.y += dy;
  kept = intersect(&moved, &next->device);
  if (kept.width <= 0 || kept.height <= 0) {
    paint_part(next, &next->device);
    return;
  }
  copy_rows(last, next, &kept, dx, dy);
  paint_strips(next, &kept);
}

cairo_surface_t *
ms_pane_paint(MsPane *pane, const MsView *view, const MsScene *scene, cairo_rectangle_int_t *device)
{
  Picture *last = &pane->pictures[pane->last], *next = &pane->pictures[!pane->last];

  if (!ms_compose_visible(view, device) || !make_surface(next, device))
    return NULL;
  next->view = *view;
  next->scene = *scene;
  next->device = *device;
  cairo_surface_flush(next->surface);
  paint_picture(last, next);
  cairo_surface_mark_dirty(next->surface);
  next->valid = true;
  pane->last = !pane->last;
  return next->surface;
}
