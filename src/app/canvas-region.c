/* SPDX-License-Identifier: MIT
 *
 * The chosen error region on the canvas: a line around it, painted anew when the view has changed.
 */
#include "app/canvas-private.h"

struct _MsChosenRegion {
  MsRegion region;
  MsRun *runs;
  gsize n_runs;
  MsView view; /* what `line` was painted for */
  cairo_surface_t *line;
  cairo_rectangle_int_t place;
};

void
ms_chosen_region_free(MsChosenRegion *chosen)
{
  g_free(chosen->runs);
  g_clear_pointer(&chosen->line, cairo_surface_destroy);
  g_free(chosen);
}

void
ms_canvas_show_region(MsCanvas *self, const MsRegion *region, const MsRun *runs, gsize n_runs)
{
  g_clear_pointer(&self->chosen, ms_chosen_region_free);
  if (region) {
    self->chosen = g_new0(MsChosenRegion, 1);
    self->chosen->region = *region;
    self->chosen->runs = g_memdup2(runs, n_runs * sizeof *runs);
    self->chosen->n_runs = n_runs;
  }
  ms_canvas_invalidate(self);
}

static gboolean
is_same_view(const MsView *a, const MsView *b)
{
  double ax, ay, bx, by;

  ms_view_device_origin(a, &ax, &ay);
  ms_view_device_origin(b, &bx, &by);
  return ax == bx && ay == by && a->zoom == b->zoom && a->device_scale == b->device_scale &&
         a->view_width == b->view_width && a->view_height == b->view_height;
}

void
ms_canvas_compose_region(MsCanvas *self)
{
  MsChosenRegion *chosen = self->chosen;

  if (!chosen || (chosen->line && is_same_view(&chosen->view, &self->view)))
    return;
  g_clear_pointer(&chosen->line, cairo_surface_destroy);
  chosen->view = self->view;
  chosen->line = ms_region_outline_paint(&self->view, &chosen->region, chosen->runs, chosen->n_runs,
                                         &chosen->place);
}

void
ms_canvas_snapshot_region(MsCanvas *self, GtkSnapshot *snapshot)
{
  if (self->chosen && self->chosen->line)
    ms_canvas_append_surface(self, snapshot, self->chosen->line, &self->chosen->place);
}

gboolean
ms_canvas_find_region(MsCanvas *self, double *view_x, double *view_y)
{
  const MsRegion *region = self->chosen ? &self->chosen->region : NULL;
  double x, y;

  if (!region)
    return FALSE;
  ms_view_from_image(&self->view, region->x + region->width / 2.0, region->y + region->height / 2.0,
                     &x, &y);
  if (x < 0 || y < 0 || x >= self->view.view_width || y >= self->view.view_height)
    return FALSE;
  *view_x = x;
  *view_y = y;
  return TRUE;
}
