/* SPDX-License-Identifier: MIT
 *
 * The pictures on the stage. All cells have one size and share one view, so that zoom and place are
 * those of each. Side by side they stand in the grid that gives the image the most room; swiped,
 * both fill the canvas and each is seen on its side of the handle.
 */
#include "app/canvas-private.h"

#include <math.h>

#define GAP          6 /* between cells, view pixels */
#define LABEL_MARGIN 8
#define CROSS        7 /* from its middle to its ends */

/* ---- which ones ---- */

static gboolean
is_swiped(MsCanvas *self)
{
  return self->n_cells == 2;
}

static void
clear_cell(MsStageCell *cell)
{
  g_clear_pointer(&cell->pane, ms_pane_free);
  g_clear_pointer(&cell->values, ms_pixel_values_free);
  *cell = (MsStageCell){0};
}

void
ms_canvas_clear_cells(MsCanvas *self)
{
  for (guint i = 0; i < MS_LOOK_MAX_CELLS; i++)
    clear_cell(&self->cells[i]);
  self->n_cells = 0;
}

void
ms_canvas_forget_pictures(MsCanvas *self)
{
  for (guint i = 0; i < self->n_cells; i++) {
    self->cells[i].picture = NULL;
    ms_pane_forget(self->cells[i].pane);
  }
}

static void
make_cells(MsCanvas *self)
{
  MsLookCell wanted[MS_LOOK_MAX_CELLS];

  self->n_cells = ms_look_cells(&self->look, wanted);
  for (guint i = 0; i < MS_LOOK_MAX_CELLS; i++) {
    MsStageCell *cell = &self->cells[i];

    if (i >= self->n_cells) {
      clear_cell(cell);
      continue;
    }
    if (!cell->pane)
      cell->pane = ms_pane_new();
    cell->layer = wanted[i].layer;
    cell->label = wanted[i].label;
  }
}

/* ---- where ---- */

/* Four cells: in one row, two rows, or one column. */
static int
choose_columns(MsCanvas *self)
{
  static const int columns[] = {2, 4, 1};
  double best = -1;
  int chosen = 2;

  for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
    int n = columns[i], rows = 4 / n;
    double zoom = fmin((double)(self->width - (n - 1) * GAP) / n / self->view.image_width,
                       (double)(self->height - (rows - 1) * GAP) / rows / self->view.image_height);

    if (zoom > best * 1.05) {
      best = zoom;
      chosen = n;
    }
  }
  return chosen;
}

static void
place_grid(MsCanvas *self)
{
  int columns = self->view.image_width > 0 ? choose_columns(self) : 2;
  int rows = (int)self->n_cells / columns;
  int width = MAX(1, (self->width - (columns - 1) * GAP) / columns);
  int height = MAX(1, (self->height - (rows - 1) * GAP) / rows);

  for (guint i = 0; i < self->n_cells; i++) {
    int column = (int)i % columns, row = (int)i / columns;

    self->cells[i].place =
        (GdkRectangle){column * (width + GAP), row * (height + GAP), width, height};
    self->cells[i].clip = self->cells[i].place;
  }
}

static void
place_swiped(MsCanvas *self)
{
  int divider = (int)floor(self->swipe * self->width + 0.5);

  for (guint i = 0; i < 2; i++)
    self->cells[i].place = (GdkRectangle){0, 0, self->width, self->height};
  self->cells[0].clip = (GdkRectangle){0, 0, divider, self->height};
  self->cells[1].clip = (GdkRectangle){divider, 0, self->width - divider, self->height};
}

static void
place_cells(MsCanvas *self)
{
  if (is_swiped(self)) {
    place_swiped(self);
  } else if (self->n_cells > 1) {
    place_grid(self);
  } else {
    self->cells[0].place = (GdkRectangle){0, 0, self->width, self->height};
    self->cells[0].clip = self->cells[0].place;
  }
}

void
ms_canvas_lay_out(MsCanvas *self)
{
  make_cells(self);
  place_cells(self);
  ms_view_set_size(&self->view, self->cells[0].place.width, self->cells[0].place.height,
                   gtk_widget_get_scale_factor(GTK_WIDGET(self)));
  self->goal = self->view;
  gtk_widget_set_child_visible(GTK_WIDGET(self->handle), is_swiped(self));
}

void
ms_canvas_allocate_handle(MsCanvas *self)
{
  GtkWidget *handle = GTK_WIDGET(self->handle);
  int width;

  gtk_widget_measure(handle, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_size_allocate(handle,
                           &(GtkAllocation){(int)floor(self->swipe * self->width + 0.5) - width / 2,
                                            0, width, self->height},
                           -1);
}

void
ms_canvas_set_swipe(MsCanvas *self, double swipe)
{
  self->swipe = CLAMP(swipe, 0, 1);
  ms_swipe_handle_set_value(self->handle, self->swipe);
  if (!is_swiped(self))
    return;
  place_swiped(self);
  gtk_widget_queue_allocate(GTK_WIDGET(self));
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

double
ms_canvas_get_swipe(MsCanvas *self)
{
  return self->swipe;
}

/* ---- places ---- */

static double
distance(const GdkRectangle *place, double x, double y)
{
  double dx = fmax(fmax(place->x - x, x - (place->x + place->width)), 0);
  double dy = fmax(fmax(place->y - y, y - (place->y + place->height)), 0);

  return dx * dx + dy * dy;
}

const MsStageCell *
ms_canvas_cell_at(MsCanvas *self, double canvas_x, double canvas_y)
{
  const MsStageCell *nearest = &self->cells[0];

  for (guint i = 1; i < self->n_cells; i++)
    if (distance(&self->cells[i].clip, canvas_x, canvas_y) <
        distance(&nearest->clip, canvas_x, canvas_y))
      nearest = &self->cells[i];
  return nearest;
}

void
ms_canvas_to_view(MsCanvas *self, double canvas_x, double canvas_y, double *view_x, double *view_y)
{
  const MsStageCell *cell = ms_canvas_cell_at(self, canvas_x, canvas_y);

  *view_x = canvas_x - cell->place.x;
  *view_y = canvas_y - cell->place.y;
}

/* ---- painting ---- */

static MsScene
scene_of(MsCanvas *self, const MsStageCell *cell)
{
  gboolean only_errors = self->look.only_errors && cell->layer == MS_LAYER_ERRORS;
  MsScene scene = {
      .image = self->display->image,
      .faded = only_errors,
      .style = self->style,
      .opacity = self->opacity,
  };

  if (only_errors)
    scene.style.shown &= ~(unsigned)MS_KIND_TP;
  if (self->peek)
    return scene;
  if (cell->layer >= 0)
    scene.overlay = ms_display_layer(self->display, (MsLayer)cell->layer);
  if (self->look.outlines)
    scene.edges = ms_display_layer(self->display, MS_LAYER_EDGES);
  return scene;
}

MsScene
ms_canvas_overview(MsCanvas *self)
{
  MsScene scene = scene_of(self, &self->cells[self->n_cells - 1]);

  scene.edges = NULL;
  return scene;
}

void
ms_canvas_compose_cells(MsCanvas *self)
{
  for (guint i = 0; i < self->n_cells; i++) {
    MsStageCell *cell = &self->cells[i];
    MsScene scene = scene_of(self, cell);

    cell->picture = ms_pane_paint(cell->pane, &self->view, &scene, &cell->visible);
  }
}

/* ---- what is written on them ---- */

/* What is seen of a cell's picture; canvas. */
static graphene_rect_t
seen_picture(MsCanvas *self, const MsStageCell *cell)
{
  double scale = self->view.device_scale;
  const cairo_rectangle_int_t *visible = &cell->visible;
  graphene_rect_t picture = GRAPHENE_RECT_INIT(
      (float)(cell->place.x + visible->x / scale), (float)(cell->place.y + visible->y / scale),
      (float)(visible->width / scale), (float)(visible->height / scale));
  graphene_rect_t clip = GRAPHENE_RECT_INIT((float)cell->clip.x, (float)cell->clip.y,
                                            (float)cell->clip.width, (float)cell->clip.height);

  return graphene_rect_intersection(&picture, &clip, &picture) ? picture : clip;
}

static PangoLayout *
label_layout(MsCanvas *self, const MsStageCell *cell, gboolean strong)
{
  PangoLayout *layout = gtk_widget_create_pango_layout(GTK_WIDGET(self), cell->label);
  PangoAttrList *attributes = pango_attr_list_new();

  pango_attr_list_insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD));
  pango_attr_list_insert(attributes, pango_attr_scale_new(strong ? 1.25 : 0.92));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  return layout;
}

/* In the upper left corner of what is seen, or in the right one: beside the handle of a swipe. */
static void
append_label(MsCanvas *self, GtkSnapshot *snapshot, const MsStageCell *cell, gboolean strong,
             gboolean at_right)
{
  g_autoptr(PangoLayout) layout = label_layout(self, cell, strong);
  int width, height, across = strong ? 14 : 9, down = strong ? 7 : 4;
  graphene_rect_t bounds, seen = seen_picture(self, cell);
  GskRoundedRect pill;

  pango_layout_get_pixel_size(layout, &width, &height);
  bounds =
      GRAPHENE_RECT_INIT(floorf(seen.origin.x) + LABEL_MARGIN, floorf(seen.origin.y) + LABEL_MARGIN,
                         (float)(width + 2 * across), (float)(height + 2 * down));
  if (at_right)
    bounds.origin.x = floorf(seen.origin.x + seen.size.width) - bounds.size.width - LABEL_MARGIN;
  gsk_rounded_rect_init_from_rect(&pill, &bounds, bounds.size.height / 2);
  gtk_snapshot_push_rounded_clip(snapshot, &pill);
  gtk_snapshot_append_color(snapshot, &(GdkRGBA){0.08f, 0.08f, 0.08f, 0.78f}, &bounds);
  gtk_snapshot_pop(snapshot);
  gtk_snapshot_save(snapshot);
  gtk_snapshot_translate(snapshot, &GRAPHENE_POINT_INIT(bounds.origin.x + (float)across,
                                                        bounds.origin.y + (float)down));
  gtk_snapshot_append_layout(snapshot, layout, &(GdkRGBA){1, 1, 1, 1});
  gtk_snapshot_restore(snapshot);
}

static void
append_bars(GtkSnapshot *snapshot, float x, float y, float half, float thick, const GdkRGBA *color)
{
  gtk_snapshot_append_color(snapshot, color,
                            &GRAPHENE_RECT_INIT(x - half, y - thick / 2, 2 * half, thick));
  gtk_snapshot_append_color(snapshot, color,
                            &GRAPHENE_RECT_INIT(x - thick / 2, y - half, thick, 2 * half));
}

/* Where the pointer is, in the cells where it is not. */
static void
append_pointer(MsCanvas *self, GtkSnapshot *snapshot, const MsStageCell *cell)
{
  double x, y;

  if (!self->pointer_inside || is_swiped(self) || self->n_cells < 2 ||
      cell == ms_canvas_cell_at(self, self->pointer_x, self->pointer_y))
    return;
  ms_canvas_to_view(self, self->pointer_x, self->pointer_y, &x, &y);
  x = floor(x) + 0.5;
  y = floor(y) + 0.5;
  append_bars(snapshot, (float)x, (float)y, CROSS + 1, 3, &(GdkRGBA){0, 0, 0, 0.75f});
  append_bars(snapshot, (float)x, (float)y, CROSS, 1, &(GdkRGBA){1, 1, 1, 1});
}

static void
snapshot_cell(MsCanvas *self, const MsStageCell *cell, GtkSnapshot *snapshot)
{
  graphene_point_t origin = GRAPHENE_POINT_INIT((float)cell->place.x, (float)cell->place.y);
  gboolean strong = self->look.flip != MS_FLIP_NONE;

  gtk_snapshot_push_clip(snapshot,
                         &GRAPHENE_RECT_INIT((float)cell->clip.x, (float)cell->clip.y,
                                             (float)cell->clip.width, (float)cell->clip.height));
  gtk_snapshot_save(snapshot);
  gtk_snapshot_translate(snapshot, &origin);
  if (cell->picture)
    ms_canvas_append_surface(self, snapshot, cell->picture, &cell->visible);
  ms_canvas_snapshot_values(self, cell, snapshot);
  ms_canvas_snapshot_region(self, snapshot);
  ms_canvas_snapshot_mark(self, snapshot);
  append_pointer(self, snapshot, cell);
  gtk_snapshot_restore(snapshot);
  if (cell->label && cell->picture)
    append_label(self, snapshot, cell, strong, is_swiped(self) && cell == &self->cells[0]);
  gtk_snapshot_pop(snapshot);
}

void
ms_canvas_snapshot_cells(MsCanvas *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->n_cells; i++)
    snapshot_cell(self, &self->cells[i], snapshot);
  gtk_widget_snapshot_child(GTK_WIDGET(self), GTK_WIDGET(self->handle), snapshot);
}
