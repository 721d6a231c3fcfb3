/* SPDX-License-Identifier: MIT
 *
 * The arithmetic of zoom and place. After every call the state is settled: the zoom lies in its
 * range and the centre where the image cannot leave the view. While there is no image the centre is
 * kept as a fraction of one, so that stepping over a broken example does not lose the place.
 *
 * What is painted starts at a whole device pixel, so all that asks "what lies here?" goes through
 * that rounded origin too: the pixel under the pointer is the one that is seen there.
 */
#include "render/view.h"

#include <math.h>

#define ZOOM_OUT_LIMIT   (1.0 / 32)
#define MAX_VIEW_SIDE    1e6
#define MAX_DEVICE_SCALE 16.0
/* Far above rounding errors, far below anything seen. */
#define SLACK 1e-6

typedef struct {
  double width, height;
} DeviceSize;

static double
clamp(double value, double low, double high)
{
  return value > low ? fmin(value, high) : low; /* NaN: low */
}

static bool
has_image(const MsView *view)
{
  return view->image_width > 0 && view->image_height > 0;
}

/* A view of no size counts as one pixel, so that no zoom is ever 0. */
static DeviceSize
device_size(const MsView *view)
{
  return (DeviceSize){fmax(view->view_width * view->device_scale, 1.0),
                      fmax(view->view_height * view->device_scale, 1.0)};
}

double
ms_view_fit_zoom(const MsView *view)
{
  DeviceSize device = device_size(view);
  double zoom;

  if (!has_image(view))
    return 1.0;
  zoom = fmin(device.width / view->image_width, device.height / view->image_height);
  return zoom < 2.0 ? zoom : fmin(floor(zoom + SLACK), MS_VIEW_ZOOM_MAX);
}

static double
clamp_zoom(const MsView *view, double zoom)
{
  return clamp(zoom, fmin(ms_view_fit_zoom(view) / 2, ZOOM_OUT_LIMIT), MS_VIEW_ZOOM_MAX);
}

static double
clamp_centre(double centre, int image_side, double device_side, double zoom)
{
  double half = device_side / 2 / zoom;

  if (image_side * zoom <= device_side + SLACK)
    return image_side / 2.0;
  return clamp(centre, half, image_side - half);
}

static void
settle(MsView *view)
{
  DeviceSize device = device_size(view);

  if (!has_image(view))
    return;
  view->zoom = view->fit ? ms_view_fit_zoom(view) : clamp_zoom(view, view->zoom);
  view->centre_x = clamp_centre(view->centre_x, view->image_width, device.width, view->zoom);
  view->centre_y = clamp_centre(view->centre_y, view->image_height, device.height, view->zoom);
}

void
ms_view_init(MsView *view)
{
  *view = (MsView){.device_scale = 1.0, .fit = true, .zoom = 1.0, .centre_x = 0.5, .centre_y = 0.5};
}

void
ms_view_set_image(MsView *view, int image_width, int image_height)
{
  bool some = image_width > 0 && image_height > 0;
  int width = some ? image_width : 0;
  int height = some ? image_height : 0;

  if (width != view->image_width || height != view->image_height) {
    view->centre_x *= fmax(width, 1) / fmax(view->image_width, 1);
    view->centre_y *= fmax(height, 1) / fmax(view->image_height, 1);
  }
  view->image_width = width;
  view->image_height = height;
  settle(view);
}

void
ms_view_set_size(MsView *view, double view_width, double view_height, double device_scale)
{
  view->view_width = clamp(view_width, 0.0, MAX_VIEW_SIDE);
  view->view_height = clamp(view_height, 0.0, MAX_VIEW_SIDE);
  view->device_scale = clamp(device_scale, 1.0, MAX_DEVICE_SCALE);
  settle(view);
}

void
ms_view_fit(MsView *view)
{
  view->fit = true;
  settle(view);
}

void
ms_view_zoom_at(MsView *view, double zoom, double view_x, double view_y)
{
  DeviceSize device = device_size(view);
  double image_x, image_y;

  if (!has_image(view) || !isfinite(view_x) || !isfinite(view_y) || !(zoom > 0))
    return;
  ms_view_to_image(view, view_x, view_y, &image_x, &image_y);
  view->fit = false;
  view->zoom = clamp_zoom(view, zoom);
  view->centre_x = image_x + (device.width / 2 - view_x * view->device_scale) / view->zoom;
  view->centre_y = image_y + (device.height / 2 - view_y * view->device_scale) / view->zoom;
  settle(view);
}

/* `stop` if it is the nearest so far on the wanted side of the present zoom. */
static void
consider_stop(double now, int direction, double stop, double *best)
{
  bool beyond = direction > 0 ? stop > now * (1 + SLACK) : stop < now * (1 - SLACK);

  if (beyond && fabs(stop - now) < fabs(*best - now))
    *best = stop;
}

double
ms_view_next_zoom(const MsView *view, int direction)
{
  double best = direction > 0 ? HUGE_VAL : -HUGE_VAL;

  if (direction == 0)
    return view->zoom;
  for (double power = MS_VIEW_ZOOM_MAX / 1.5; power > 1e-7; power /= 2) {
    consider_stop(view->zoom, direction, power * 1.5, &best);
    consider_stop(view->zoom, direction, power, &best);
  }
  consider_stop(view->zoom, direction, ms_view_fit_zoom(view), &best);
  return clamp_zoom(view, best);
}

/* While one point of the screen stays on one of the image, the centre moves with 1 / zoom. */
static double
share_of_way(const MsView *from, const MsView *to, double share, double zoom)
{
  double whole = 1 / from->zoom - 1 / to->zoom;

  return fabs(whole) * fmin(from->zoom, to->zoom) < SLACK ? share
                                                          : (1 / from->zoom - 1 / zoom) / whole;
}

void
ms_view_between(const MsView *from, const MsView *to, double share, MsView *view)
{
  double way;

  if (!(share < 1)) {
    *view = *to;
    return;
  }
  share = clamp(share, 0.0, 1.0);
  *view = *from;
  view->fit = false;
  view->zoom = from->zoom * pow(to->zoom / from->zoom, share);
  way = share_of_way(from, to, share, view->zoom);
  view->centre_x += (to->centre_x - from->centre_x) * way;
  view->centre_y += (to->centre_y - from->centre_y) * way;
  settle(view);
}

/* --- an area --- */

#define AREA_SHARE (1.0 / 3) /* of the view that it fills */
#define AREA_ZOOM  16.0
#define AREA_LEAST 24.0 /* image pixels: a smaller one is seen with what lies around it */
#define AREA_SLACK 2.5  /* times more or less is left as it is */

void
ms_view_show_area(MsView *view, double image_x, double image_y, double image_width,
                  double image_height)
{
  DeviceSize device = device_size(view);
  double width = fmax(image_width, 1), height = fmax(image_height, 1);
  double filling =
      fmin(device.width / fmax(width, AREA_LEAST), device.height / fmax(height, AREA_LEAST));
  double wanted = fmax(fmin(filling * AREA_SHARE, AREA_ZOOM), ms_view_fit_zoom(view));

  if (!has_image(view))
    return;
  if (view->zoom * AREA_SLACK < wanted || view->zoom > wanted * AREA_SLACK)
    view->zoom = wanted;
  view->fit = view->zoom == ms_view_fit_zoom(view);
  view->centre_x = image_x + width / 2;
  view->centre_y = image_y + height / 2;
  settle(view);
}

void
ms_view_pan(MsView *view, double dx, double dy)
{
  MsView moved = *view;

  if (!has_image(view) || !isfinite(dx) || !isfinite(dy))
    return;
  moved.centre_x -= dx * view->device_scale / view->zoom;
  moved.centre_y -= dy * view->device_scale / view->zoom;
  settle(&moved);
  if (moved.centre_x == view->centre_x && moved.centre_y == view->centre_y)
    return;
  moved.fit = false;
  *view = moved;
}

void
ms_view_to_image(const MsView *view, double view_x, double view_y, double *image_x, double *image_y)
{
  double device_x, device_y;

  ms_view_device_origin(view, &device_x, &device_y);
  *image_x = (view_x * view->device_scale - device_x) / view->zoom;
  *image_y = (view_y * view->device_scale - device_y) / view->zoom;
}

void
ms_view_from_image(const MsView *view, double image_x, double image_y, double *view_x,
                   double *view_y)
{
  double device_x, device_y;

  ms_view_device_origin(view, &device_x, &device_y);
  *view_x = (device_x + image_x * view->zoom) / view->device_scale;
  *view_y = (device_y + image_y * view->zoom) / view->device_scale;
}

/* Halves are common (an odd view, an even image): the slack keeps them from flickering between the
 * two neighbours while the image is dragged by whole pixels. */
static double
whole_pixel(double device)
{
  return floor(device + 0.5 + SLACK);
}

void
ms_view_device_origin(const MsView *view, double *device_x, double *device_y)
{
  DeviceSize device = device_size(view);

  *device_x = whole_pixel(device.width / 2 - view->centre_x * view->zoom);
  *device_y = whole_pixel(device.height / 2 - view->centre_y * view->zoom);
}
