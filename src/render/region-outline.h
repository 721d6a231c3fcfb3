/* SPDX-License-Identifier: MIT
 *
 * A line around an error region, one light band in a dark one, which shows on any ground. It hugs
 * what a scene paints of the region at the same view: its device pixels stay free, the line lies on
 * those around them. A region that is tiny on screen has brackets around it, too, so that one pixel
 * can be found in a large image.
 */
#pragma once

#include <cairo.h>

#include "metric/regions.h"
#include "render/view.h"

/* The part of the line that the view shows, ARGB32 at device resolution; *device: its place in the
 * view. NULL: none of it can be seen, or memory is short. */
cairo_surface_t *ms_region_outline_paint(const MsView *view, const MsRegion *region,
                                         const MsRun *runs, size_t n_runs,
                                         cairo_rectangle_int_t *device);
