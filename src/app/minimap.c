/* SPDX-License-Identifier: MIT */
#include "app/minimap.h"

#include "app/canvas-private.h"
#include "app/texture.h"
#include "app/tip.h"

#include <math.h>

#define SIDE          180 /* view pixels at most, */
#define SIDE_SHARE    0.4 /* and so much of the canvas */
#define LEAST_SIDE    24
#define LEAST_FRAME   6
#define LEAST_OPACITY 0.6 /* so small, errors are painted no paler */

struct _MsMinimap {
  GtkWidget parent_instance;

  gboolean wanted;
  MsView view; /* of the whole image in the widget */
  double side; /* of the square that it fits into, view pixels */

  /* What is painted */
  MsScene scene;
  cairo_rectangle_int_t place; /* device pixels */
  GdkTexture *picture;         /* NULL: nothing */

  /* Owned */
  MsCanvas *canvas;
  MsDisplay *display; /* whose pyramids `scene` has */
};

G_DEFINE_FINAL_TYPE(MsMinimap, ms_minimap, GTK_TYPE_WIDGET)

static gboolean
is_all_seen(const MsView *view)
{
  double width = view->view_width * view->device_scale;
  double height = view->view_height * view->device_scale;

  return view->image_width * view->zoom <= width + 1 &&
         view->image_height * view->zoom <= height + 1;
}

static MsScene
scene_of(MsCanvas *canvas)
{
  MsScene scene = ms_canvas_overview(canvas);

  scene.opacity = MAX(scene.opacity, LEAST_OPACITY);
  return scene;
}

static void
paint(MsMinimap *self)
{
  cairo_surface_t *surface;

  g_clear_object(&self->picture);
  if (!ms_compose_visible(&self->view, &self->place))
    return;
  surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, self->place.width, self->place.height);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(surface);
    return;
  }
  cairo_surface_flush(surface);
  ms_scene_paint(&self->scene, &self->view, &self->place, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
  cairo_surface_mark_dirty(surface);
  self->picture = ms_texture_wrap(surface);
}

static double
wanted_side(MsMinimap *self)
{
  return MIN(SIDE, floor(SIDE_SHARE * MIN(self->canvas->width, self->canvas->height)));
}

/* The whole image, as large as it fits into the square; the widget is as large as that. */
static void
measure_image(MsMinimap *self)
{
  const MsView *of = &self->canvas->view;
  double side = wanted_side(self);
  MsView view;

  ms_view_init(&view);
  ms_view_set_size(&view, side, side, of->device_scale);
  ms_view_set_image(&view, of->image_width, of->image_height);
  ms_view_set_size(&view,
                   CLAMP(ceil(of->image_width * view.zoom / of->device_scale), LEAST_SIDE,
                         MAX(side, LEAST_SIDE)),
                   CLAMP(ceil(of->image_height * view.zoom / of->device_scale), LEAST_SIDE,
                         MAX(side, LEAST_SIDE)),
                   of->device_scale);
  if (view.view_width != self->view.view_width || view.view_height != self->view.view_height)
    gtk_widget_queue_resize(GTK_WIDGET(self));
  self->view = view;
  self->side = side;
}

static gboolean
is_painted(MsMinimap *self, const MsScene *scene)
{
  const MsView *of = &self->canvas->view;

  return self->picture && self->display == self->canvas->display &&
         ms_scene_equal(&self->scene, scene) && self->view.device_scale == of->device_scale &&
         self->side == wanted_side(self);
}

static void
update(MsMinimap *self)
{
  MsCanvas *canvas = self->canvas;
  gboolean shown = self->wanted && canvas->display && !is_all_seen(&canvas->view);
  MsScene scene;

  gtk_widget_set_visible(GTK_WIDGET(self), shown);
  if (!shown)
    return;
  scene = scene_of(canvas);
  if (!is_painted(self, &scene)) {
    g_clear_pointer(&self->display, ms_display_unref);
    self->display = ms_display_ref(canvas->display);
    self->scene = scene;
    measure_image(self);
    paint(self);
  }
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

void
ms_minimap_set_canvas(MsMinimap *self, MsCanvas *canvas)
{
  self->canvas = g_object_ref(canvas);
  g_signal_connect_object(canvas, "view-changed", G_CALLBACK(update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(canvas, "composed", G_CALLBACK(update), self, G_CONNECT_SWAPPED);
  update(self);
}

void
ms_minimap_set_wanted(MsMinimap *self, gboolean wanted)
{
  self->wanted = !!wanted;
  if (self->canvas)
    update(self);
}

/* --- drawing --- */

/* What the canvas shows, in the widget. */
static graphene_rect_t
find_frame(MsMinimap *self)
{
  const MsView *of = &self->canvas->view;
  double left, top, right, bottom;

  ms_view_to_image(of, 0, 0, &left, &top);
  ms_view_to_image(of, of->view_width, of->view_height, &right, &bottom);
  ms_view_from_image(&self->view, MAX(left, 0), MAX(top, 0), &left, &top);
  ms_view_from_image(&self->view, MIN(right, of->image_width), MIN(bottom, of->image_height),
                     &right, &bottom);
  return GRAPHENE_RECT_INIT(round(MIN(left, self->view.view_width - LEAST_FRAME)),
                            round(MIN(top, self->view.view_height - LEAST_FRAME)),
                            MAX(round(right - left), LEAST_FRAME),
                            MAX(round(bottom - top), LEAST_FRAME));
}

static void
append_frame(GtkSnapshot *snapshot, const graphene_rect_t *frame, float inset, float width,
             const GdkRGBA *color)
{
  GskRoundedRect outline;
  graphene_rect_t rect = *frame;
  const float widths[] = {width, width, width, width};
  const GdkRGBA colors[] = {*color, *color, *color, *color};

  graphene_rect_inset(&rect, inset, inset);
  gsk_rounded_rect_init_from_rect(&outline, &rect, 0);
  gtk_snapshot_append_border(snapshot, &outline, widths, colors);
}

static void
ms_minimap_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA light = {1, 1, 1, 1}, dark = {0, 0, 0, 0.8};
  MsMinimap *self = MS_MINIMAP(widget);
  double scale = self->view.device_scale;
  graphene_rect_t frame;

  if (!self->picture)
    return;
  gtk_snapshot_append_texture(snapshot, self->picture,
                              &GRAPHENE_RECT_INIT(self->place.x / scale, self->place.y / scale,
                                                  self->place.width / scale,
                                                  self->place.height / scale));
  frame = find_frame(self);
  append_frame(snapshot, &frame, -1, 4, &dark);
  append_frame(snapshot, &frame, 0, 2, &light);
}

static void
ms_minimap_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
  MsMinimap *self = MS_MINIMAP(widget);
  double side =
      orientation == GTK_ORIENTATION_HORIZONTAL ? self->view.view_width : self->view.view_height;

  *minimum = *natural = (int)side;
}

/* --- pointer --- */

static void
move_to(MsMinimap *self, double x, double y)
{
  double image_x, image_y;

  ms_view_to_image(&self->view, x, y, &image_x, &image_y);
  ms_canvas_centre_on(self->canvas, image_x, image_y);
}

static void
drag_begin(GtkGestureDrag *gesture, double x, double y, MsMinimap *self)
{
  gtk_gesture_set_state(GTK_GESTURE(gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  move_to(self, x, y);
}

static void
drag_update(GtkGestureDrag *gesture, double x, double y, MsMinimap *self)
{
  double begin_x, begin_y;

  if (gtk_gesture_drag_get_start_point(gesture, &begin_x, &begin_y))
    move_to(self, begin_x + x, begin_y + y);
}

static void
ms_minimap_dispose(GObject *object)
{
  MsMinimap *self = MS_MINIMAP(object);

  g_clear_object(&self->picture);
  g_clear_pointer(&self->display, ms_display_unref);
  g_clear_object(&self->canvas);
  G_OBJECT_CLASS(ms_minimap_parent_class)->dispose(object);
}

static void
ms_minimap_class_init(MsMinimapClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_minimap_dispose;
  widget_class->snapshot = ms_minimap_snapshot;
  widget_class->measure = ms_minimap_measure;
  gtk_widget_class_set_css_name(widget_class, "minimap");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ms_minimap_init(MsMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new();

  ms_view_init(&self->view);
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
  gtk_widget_set_overflow(GTK_WIDGET(self), GTK_OVERFLOW_HIDDEN);
  ms_tip_set(GTK_WIDGET(self), "Overview: press or drag to move there");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 "Overview of the whole image", -1);
  g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begin), self);
  g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), self);
  gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(drag));
}
