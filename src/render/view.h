/* SPDX-License-Identifier: MIT
 *
 * Where an image lies in a viewport: zoom and position, as pure arithmetic. Three spaces: image
 * (one unit a pixel of the mask), view (logical pixels of the widget, origin top left), device
 * (view times the scale factor). The state is kept relative to the image, so that it survives the
 * step to an example of another size.
 */
#pragma once

#include <stdbool.h>

#define MS_VIEW_ZOOM_MAX 96.0

typedef struct {
  int image_width, image_height;  /* image pixels; 0 when there is none */
  double view_width, view_height; /* view pixels */
  double device_scale;            /* device pixels a view pixel, >= 1 */
  bool fit;                       /* follow the window; zoom and centre are then derived */
  double zoom;                    /* device pixels an image pixel: 1 is 100 % */
  double centre_x, centre_y;      /* image point in the middle of the view, image pixels */
} MsView;

void ms_view_init(MsView *view);

/* New image or window size; keeps zoom and centre (or fit), clamped. An image of the same size
 * keeps the exact place, one of another size the same relative place. */
void ms_view_set_image(MsView *view, int image_width, int image_height);
void ms_view_set_size(MsView *view, double view_width, double view_height, double device_scale);

/* The whole image visible and as large as it can be; from 200 % on by a whole factor, so that all
 * pixels are of one size. */
void ms_view_fit(MsView *view);
double ms_view_fit_zoom(const MsView *view);

/* Sets the zoom, keeping the image point under (view_x, view_y) where it is. Clamped to
 * [min(fit / 2, 1/32), MS_VIEW_ZOOM_MAX]. Ends fit. */
void ms_view_zoom_at(MsView *view, double zoom, double view_x, double view_y);

/* The next stop up or down from the present zoom: powers of two and their 1.5 multiples, and 1. */
double ms_view_next_zoom(const MsView *view, int direction);

/* A view on the way from one to another, `share` (0 to 1) of it done: zoom by equal factors, and
 * what lies under one point of both stays there. At 1 it is `to` exactly. Both are of one image and
 * one window. */
void ms_view_between(const MsView *from, const MsView *to, double share, MsView *view);

/* The view in which an area of the image (image pixels) is seen with what lies around it: in the
 * middle, filling a third (a small one as if it were 24 pixels wide), magnified at most 16 times,
 * never smaller than fit. A zoom that is not far from that stays as it is. */
void ms_view_show_area(MsView *view, double image_x, double image_y, double image_width,
                       double image_height);

/* Moves the image by view pixels. Ends fit unless nothing can move. Clamped so that the image
 * cannot leave the view; a side smaller than the view stays centred. */
void ms_view_pan(MsView *view, double dx, double dy);

/* Image point (may lie outside the image) of a view point, and back. */
void ms_view_to_image(const MsView *view, double view_x, double view_y, double *image_x,
                      double *image_y);
void ms_view_from_image(const MsView *view, double image_x, double image_y, double *view_x,
                        double *view_y);

/* The image's top left corner in device pixels, whole, so that pixels are crisp: device x of image
 * x is origin + x * zoom. */
void ms_view_device_origin(const MsView *view, double *device_x, double *device_y);
