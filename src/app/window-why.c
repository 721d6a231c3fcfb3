/* SPDX-License-Identifier: MIT
 *
 * Why what is shown is wrong. It is analysed once its frame has been drawn, never before, and
 * another example, other rules or another focus take its place: what inspector and canvas show is
 * always of the very pixels on the screen, or nothing. One of the error regions may be chosen.
 */
#include "app/settings.h"
#include "app/window-private.h"

#define HURRY_MS     120 /* whoever steps on within that wants pictures, not reasons */
#define BUSY_MS      150 /* an analysis that takes longer says so, and is no longer alone */
#define MEMORY_SHARE 4   /* of the pictures' memory a part may be kept analyses */

static gboolean
can_be_analysed(MsWindow *self)
{
  return self->shown && self->shown->confusion && !ms_set_get_labels(self->shown->frame->set);
}

/* --- the chosen region --- */

/* Bounds of what is chosen, and its place among the others. */
static void
show_region(MsWindow *self, gboolean go_there)
{
  const MsRegion *region;
  size_t n_regions;

  if (self->region < 0) {
    ms_canvas_show_region(self->canvas, NULL, 0);
    return;
  }
  region = &ms_regions_get(self->analysis->diagnosis.regions, &n_regions)[self->region];
  ms_canvas_show_region(self->canvas, self->analysis, (gsize)self->region);
  if (go_there)
    ms_canvas_go_to(self->canvas,
                    &(cairo_rectangle_int_t){region->x, region->y, region->width, region->height});
}

void
ms_window_choose_region(MsWindow *self, gssize region, gboolean go_there)
{
  size_t n_regions = 0;

  if (self->analysis)
    ms_regions_get(self->analysis->diagnosis.regions, &n_regions);
  self->region = region >= 0 && (size_t)region < n_regions ? region : -1;
  ms_region_view_choose(ms_inspector_get_regions(self->inspector), self->region);
  show_region(self, go_there);
  ms_window_update_region_actions(self);
}

void
ms_window_update_region_kinds(MsWindow *self)
{
  MsRegionView *view = ms_inspector_get_regions(self->inspector);
  gssize region = self->region;

  ms_region_view_set_kinds(view, self->style.shown);
  ms_region_view_choose(view, region);
  ms_window_choose_region(
      self, ms_region_view_get_row(view) == GTK_INVALID_LIST_POSITION ? -1 : region, FALSE);
}

static void
region_chosen(MsRegionView *view, gint64 region, MsWindow *self)
{
  ms_window_choose_region(self, (gssize)region, TRUE);
}

/* A wrong pixel chooses its region, any other none. The picture stays where it is. */
static void
canvas_clicked(MsCanvas *canvas, int image_x, int image_y, MsWindow *self)
{
  if (self->analysis && ms_window_is_shown(self))
    ms_window_choose_region(
        self, ms_regions_find(self->analysis->diagnosis.regions, image_x, image_y), FALSE);
}

/* --- the analysis --- */

static void
stop_waiting(MsWindow *self)
{
  g_clear_handle_id(&self->analysis_timeout, g_source_remove);
  ms_why_view_set_busy(ms_inspector_get_why(self->inspector), FALSE);
}

static gboolean
show_waiting(gpointer user)
{
  MsWindow *self = user;

  g_autofree char *text = g_strdup_printf("Looking … %d %%", ms_analyst_get_percent(self->analyst));

  ms_why_view_set_busy(ms_inspector_get_why(self->inspector), TRUE);
  ms_region_view_set_place(ms_inspector_get_regions(self->inspector), text,
                           "Errors are being looked for");
  ms_window_look_ahead(self);
  return G_SOURCE_CONTINUE;
}

static void
await_analysis(MsWindow *self)
{
  if (!self->analysis_timeout)
    self->analysis_timeout = g_timeout_add(BUSY_MS, show_waiting, self);
}

/* The set's side keeps those of every class. */
static void
put_diagnosis(MsWindow *self)
{
  const MsFrame *frame = self->analysis->frame;
  MsFindings findings;

  if (!self->diagnoses || self->analysis->focus || frame->set != self->set)
    return;
  ms_analysis_get_findings(self->analysis, &findings);
  ms_diagnoses_put(self->diagnoses, frame->example, frame->model, self->analysis->rules,
                   frame->result, &findings);
}

static void
show_analysis(MsWindow *self)
{
  if (!self->analysis && can_be_analysed(self) && !ms_analyst_get_error(self->analyst))
    ms_inspector_await_analysis(self->inspector);
  else
    ms_inspector_set_analysis(self->inspector, self->analysis);
}

static void
take_analysis(MsWindow *self, MsAnalysis *analysis)
{
  if (analysis == self->analysis)
    return;
  ms_analysis_ref(analysis);
  ms_analysis_unref(self->analysis);
  self->analysis = analysis;
  ms_analysis_ref(analysis);
  ms_analysis_unref(self->dim.analysis);
  self->dim.analysis = analysis;
  self->region = -1;
  show_analysis(self);
  ms_canvas_show_region(self->canvas, NULL, 0);
  if (analysis)
    put_diagnosis(self);
  ms_window_update_region_actions(self);
}

static MsAnalysis *
find_analysis(MsWindow *self)
{
  MsDisplay *shown = self->shown;

  return can_be_analysed(self)
             ? ms_analyst_find(self->analyst, shown->frame, shown->rules, shown->focus)
             : NULL;
}

static void
analysis_ready(MsAnalyst *analyst, MsWindow *self)
{
  const char *error = ms_analyst_get_error(analyst);

  stop_waiting(self);
  if (error) {
    ms_window_say(self, TRUE, "%s", error);
    show_analysis(self);
  }
  take_analysis(self, find_analysis(self));
  if (ms_window_is_shown(self) && !ms_window_is_up_to_date(self))
    ms_window_repaint(self);
  ms_window_update_region_actions(self);
  ms_window_follow_analysis(self);
  ms_window_look_ahead(self);
}

void
ms_window_stop_analysing(MsWindow *self)
{
  ms_analyst_cancel(self->analyst);
  stop_waiting(self);
}

/* Painted in another way it is still the same pair. */
static gboolean
is_being_analysed(MsWindow *self)
{
  MsDisplay *shown = self->shown;

  return can_be_analysed(self) &&
         ms_analyst_wants(self->analyst, shown->frame, shown->rules, shown->focus);
}

void
ms_window_analysis_follows(MsWindow *self)
{
  MsAnalysis *analysis = find_analysis(self);

  if (!is_being_analysed(self))
    ms_analyst_cancel(self->analyst);
  take_analysis(self, analysis);
  if (ms_why_view_is_old(ms_inspector_get_why(self->inspector)))
    await_analysis(self);
  else if (!is_being_analysed(self))
    stop_waiting(self);
  if (analysis || !can_be_analysed(self))
    ms_window_follow_analysis(self);
}

gboolean
ms_window_is_analysing(MsWindow *self)
{
  return ms_analyst_is_busy(self->analyst);
}

void
ms_window_note_step(MsWindow *self)
{
  gint64 now = g_get_monotonic_time();

  self->hurried = now - self->stepped < HURRY_MS * G_TIME_SPAN_MILLISECOND;
  self->stepped = now;
  g_clear_handle_id(&self->hurry_timeout, g_source_remove);
}

static gboolean
rested(gpointer user)
{
  MsWindow *self = user;

  self->hurry_timeout = 0;
  self->hurried = FALSE;
  if (ms_window_is_on_screen(self))
    ms_window_analyse(self);
  return G_SOURCE_REMOVE;
}

/* Examples run by: a key is held, or pressed again and again. */
static gboolean
runs_by(MsWindow *self)
{
  if (self->search || self->wanted_region >= 0)
    return FALSE;
  if (self->hurried && !self->hurry_timeout)
    self->hurry_timeout = g_timeout_add(HURRY_MS, rested, self);
  return self->repeating || self->hurried;
}

/* Not of what is about to be painted in another way, nor while examples run by. */
void
ms_window_analyse(MsWindow *self)
{
  MsDisplay *shown = self->shown;

  if (!can_be_analysed(self) || self->analysis || !ms_window_is_up_to_date(self) || runs_by(self))
    return;
  await_analysis(self);
  ms_analyst_want(self->analyst, shown->frame, shown->rules, shown->focus);
}

/* --- construction --- */

static void
memory_changed(MsWindow *self)
{
  ms_analyst_set_bytes(self->analyst, ms_settings_picture_bytes() / MEMORY_SHARE);
}

void
ms_window_init_why(MsWindow *self)
{
  MsRegionView *regions = ms_inspector_get_regions(self->inspector);

  self->region = -1;
  self->analyst = ms_analyst_new();
  memory_changed(self);
  g_signal_connect_object(ms_settings_get(), "changed::picture-memory", G_CALLBACK(memory_changed),
                          self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->analyst, "ready", G_CALLBACK(analysis_ready), self, 0);
  g_signal_connect_object(regions, "chosen", G_CALLBACK(region_chosen), self, 0);
  g_signal_connect_object(self->canvas, "clicked", G_CALLBACK(canvas_clicked), self, 0);
}

void
ms_window_dispose_why(MsWindow *self)
{
  g_clear_handle_id(&self->hurry_timeout, g_source_remove);
  g_clear_handle_id(&self->analysis_timeout, g_source_remove);
  g_clear_pointer(&self->analysis, ms_analysis_unref);
  if (self->analyst)
    g_object_run_dispose(G_OBJECT(self->analyst));
  g_clear_object(&self->analyst);
  g_clear_pointer(&self->walk, ms_walk_unref);
}
