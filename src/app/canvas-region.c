/* SPDX-License-Identifier: MIT
 *
 * The chosen error region on the canvas: a line around it, painted anew when the view has changed.
 * The region stays that of the analysis, which is held: it can have as many runs as pixels.
 */
#include "app/canvas-private.h"

struct _MsChosenRegion {
  MsAnalysis *analysis;
  gsize region;
  MsView view; /* what `line` was painted for */
  cairo_surface_t *line;
  cairo_rectangle_int_t place;
};

void
ms_chosen_region_free(MsChosenRegion *chosen)
{
  ms_analysis_unref(chosen->analysis);
  g_clear_pointer(&chosen->line, cairo_surface_destroy);
  g_free(chosen);
}

void
ms_canvas_show_region(MsCanvas *self, MsAnalysis *analysis, gsize region)
{
  g_clear_pointer(&self->chosen, ms_chosen_region_free);
  if (analysis) {
    self->chosen = g_new0(MsChosenRegion, 1);
    self->chosen->analysis = ms_analysis_ref(analysis);
    self->chosen->region = region;
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

static void
paint_line(MsChosenRegion *chosen)
{
  const MsRegions *regions = chosen->analysis->diagnosis.regions;
  size_t n_regions, n_runs;
  const MsRegion *region = &ms_regions_get(regions, &n_regions)[chosen->region];
  const MsRun *runs = ms_regions_runs(regions, chosen->region, &n_runs);

  chosen->line = ms_region_outline_paint(&chosen->view, region, runs, n_runs, &chosen->place);
}

void
ms_canvas_compose_region(MsCanvas *self)
{
  MsChosenRegion *chosen = self->chosen;

  if (!chosen || (chosen->line && is_same_view(&chosen->view, &self->view)))
    return;
  g_clear_pointer(&chosen->line, cairo_surface_destroy);
  chosen->view = self->view;
  paint_line(chosen);
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
  const MsRegion *region;
  size_t n_regions;
  double x, y;

  if (!self->chosen)
    return FALSE;
  region =
      &ms_regions_get(self->chosen->analysis->diagnosis.regions, &n_regions)[self->chosen->region];
  ms_view_from_image(&self->view, region->x + region->width / 2.0, region->y + region->height / 2.0,
                     &x, &y);
  if (x < 0 || y < 0 || x >= self->view.view_width || y >= self->view.view_height)
    return FALSE;
  *view_x = x;
  *view_y = y;
  return TRUE;
}
