/* SPDX-License-Identifier: MIT
 *
 * What the masks hold, written into the pixels of the canvas where these are large: ids,
 * probabilities, or the ids of all that lies on a pixel.
 */
#include "app/canvas-private.h"
#include "set/describe.h"

static void
write_ids(char *text, gsize size, const MsStacks *stacks, guint32 stack, guint32 cut)
{
  const MsStackItem *items = NULL;
  gsize n_items = 0, length = 0;

  if (stacks && stack < ms_stacks_count(stacks))
    items = ms_stacks_items(stacks, stack, &n_items);
  for (gsize i = 0; i < n_items; i++)
    if (items[i].score > cut && length + 1 < size)
      length += (gsize)g_snprintf(text + length, size - length, "%s%u", length > 0 ? "," : "",
                                  items[i].class_id);
  if (length == 0)
    g_strlcpy(text, "-", size);
}

static void
write_probability(char *text, gsize size, const MsRuleset *rules, guint32 sample)
{
  g_autofree char *number =
      ms_describe_ratio((MsValue){.defined = true, .value = (double)sample / rules->maximum}, 2);

  g_strlcpy(text, number, size);
}

static void
write_sample(char *text, gsize size, MsDisplay *display, guint32 sample, gboolean predicted)
{
  const MsRules *rules = &display->rules->rules;
  const MsResult *result = display->frame->result;

  if (rules->comparison == MS_COMPARE_STACKS)
    write_ids(text, size, predicted ? result->predicted_stacks : result->actual_stacks, sample,
              predicted ? rules->threshold : 0);
  else if (rules->comparison == MS_COMPARE_THRESHOLD && predicted)
    write_probability(text, size, display->rules, sample);
  else
    g_snprintf(text, size, "%u", sample);
}

static gboolean
is_inside(const MsRaster *raster, int x, int y)
{
  return x < raster->width && y < raster->height;
}

static void
text_of(void *user, int x, int y, MsPixelText *text)
{
  MsDisplay *display = user;
  const MsFrame *frame = display->frame;

  if (frame->has_actual && is_inside(&frame->actual, x, y))
    write_sample(text->actual, sizeof text->actual, display, ms_raster_get(&frame->actual, x, y),
                 FALSE);
  if (frame->has_predicted && is_inside(&frame->predicted, x, y))
    write_sample(text->predicted, sizeof text->predicted, display,
                 ms_raster_get(&frame->predicted, x, y), TRUE);
}

static gboolean
are_wanted(MsCanvas *self, const MsStageCell *cell)
{
  const MsFrame *frame = self->display ? self->display->frame : NULL;

  return frame && cell->picture && !self->peek && ms_pixel_values_fit(&self->view) &&
         (frame->has_actual || frame->has_predicted);
}

void
ms_canvas_compose_values(MsCanvas *self)
{
  for (guint i = 0; i < self->n_cells; i++) {
    MsStageCell *cell = &self->cells[i];

    cell->values_shown = are_wanted(self, cell);
    if (!cell->values_shown)
      continue;
    if (!cell->values)
      cell->values = ms_pixel_values_new();
    ms_pixel_values_lay_out(cell->values, &self->view, cell->picture, &cell->visible, text_of,
                            self->display);
  }
}

void
ms_canvas_snapshot_values(MsCanvas *self, const MsStageCell *cell, GtkSnapshot *snapshot)
{
  double scale = self->view.device_scale;
  const cairo_rectangle_int_t *visible = &cell->visible;
  cairo_t *cr;

  if (!cell->values_shown)
    return;
  cr = gtk_snapshot_append_cairo(
      snapshot, &GRAPHENE_RECT_INIT(visible->x / scale, visible->y / scale, visible->width / scale,
                                    visible->height / scale));
  cairo_scale(cr, 1 / scale, 1 / scale);
  ms_pixel_values_draw(cell->values, cr);
  cairo_destroy(cr);
}
