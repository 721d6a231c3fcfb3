/* SPDX-License-Identifier: MIT */
#include "app/canvas.h"

#include "app/canvas-private.h"
#include "app/texture.h"

#include <math.h>

G_DEFINE_FINAL_TYPE(MsCanvas, ms_canvas, GTK_TYPE_WIDGET)

enum { VIEW_CHANGED, POINTED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
compose(MsCanvas *self)
{
  if (self->display) {
    MsScene scene = {
        .image = self->display->image,
        .overlay = self->peek ? NULL : ms_display_overlay(self->display),
        .style = self->style,
        .opacity = self->opacity,
    };

    self->picture = ms_pane_paint(self->pane, &self->view, &scene, &self->visible);
  }
  self->stale = FALSE;
}

void
ms_canvas_report_pointer(MsCanvas *self)
{
  double x = 0, y = 0;
  gboolean inside = self->display && self->pointer_inside;

  if (inside) {
    ms_view_to_image(&self->view, self->pointer_x, self->pointer_y, &x, &y);
    inside = x >= 0 && y >= 0 && x < self->view.image_width && y < self->view.image_height;
  }
  g_signal_emit(self, signals[POINTED], 0, inside, (int)floor(x), (int)floor(y));
}

static void
tell_view(MsCanvas *self)
{
  self->view_untold = FALSE;
  g_signal_emit(self, signals[VIEW_CHANGED], 0);
  ms_canvas_report_pointer(self);
}

/* Composing happens in the frame clock's update phase, so that a burst of events costs one picture
 * a frame and snapshot only reads. */
static gboolean
tick(GtkWidget *widget, GdkFrameClock *clock, gpointer user)
{
  MsCanvas *self = MS_CANVAS(widget);

  self->tick = 0;
  if (self->stale) {
    compose(self);
    gtk_widget_queue_draw(widget);
  }
  if (self->view_untold)
    tell_view(self);
  return G_SOURCE_REMOVE;
}

static void
invalidate(MsCanvas *self)
{
  self->stale = TRUE;
  if (!self->tick)
    self->tick = gtk_widget_add_tick_callback(GTK_WIDGET(self), tick, NULL, NULL);
}

void
ms_canvas_view_changed(MsCanvas *self)
{
  invalidate(self);
  tell_view(self);
}

/* Cairo paints from the surface as it is; others keep a copy on the graphics card anyway. */
static void
append_picture(MsCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  GskRenderer *renderer = gtk_native_get_renderer(gtk_widget_get_native(GTK_WIDGET(self)));

  if (renderer && !GSK_IS_CAIRO_RENDERER(renderer)) {
    g_autoptr(GdkTexture) texture = ms_texture_wrap(cairo_surface_reference(self->picture));

    gtk_snapshot_append_texture(snapshot, texture, bounds);
  } else {
    double scale = self->view.device_scale;
    cairo_t *cr = gtk_snapshot_append_cairo(snapshot, bounds);

    cairo_scale(cr, 1 / scale, 1 / scale);
    cairo_set_source_surface(cr, self->picture, self->visible.x, self->visible.y);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_paint(cr);
    cairo_destroy(cr);
  }
}

static void
ms_canvas_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsCanvas *self = MS_CANVAS(widget);
  double scale = self->view.device_scale;

  if (self->picture)
    append_picture(self, snapshot,
                   &GRAPHENE_RECT_INIT(self->visible.x / scale, self->visible.y / scale,
                                       self->visible.width / scale, self->visible.height / scale));
}

static void
ms_canvas_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  MsCanvas *self = MS_CANVAS(widget);

  ms_view_set_size(&self->view, width, height, gtk_widget_get_scale_factor(widget));
  self->view_untold = TRUE;
  invalidate(self);
  compose(self);
}

static void
scale_factor_changed(MsCanvas *self)
{
  gtk_widget_queue_resize(GTK_WIDGET(self));
}

static void
ms_canvas_dispose(GObject *object)
{
  MsCanvas *self = MS_CANVAS(object);

  self->picture = NULL;
  g_clear_pointer(&self->pane, ms_pane_free);
  g_clear_pointer(&self->display, ms_display_unref);
  G_OBJECT_CLASS(ms_canvas_parent_class)->dispose(object);
}

static void
ms_canvas_class_init(MsCanvasClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_canvas_dispose;
  widget_class->snapshot = ms_canvas_snapshot;
  widget_class->size_allocate = ms_canvas_size_allocate;
  gtk_widget_class_set_css_name(widget_class, "canvas");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  signals[VIEW_CHANGED] = g_signal_new("view-changed", MS_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[POINTED] = g_signal_new("pointed", MS_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_BOOLEAN, G_TYPE_INT, G_TYPE_INT);
}

static void
ms_canvas_init(MsCanvas *self)
{
  ms_view_init(&self->view);
  self->pane = ms_pane_new();
  self->opacity = 0.5;
  self->style.shown = MS_KIND_ALL;
  gtk_widget_set_focusable(GTK_WIDGET(self), TRUE);
  gtk_widget_set_overflow(GTK_WIDGET(self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect(self, "notify::scale-factor", G_CALLBACK(scale_factor_changed), NULL);
  ms_canvas_init_input(self);
}

/* Another example is composed at once: the frame clock may rest for most of a frame yet. */
void
ms_canvas_set_display(MsCanvas *self, MsDisplay *display)
{
  int width = 0, height = 0;

  if (display == self->display)
    return;
  if (display)
    ms_display_ref(display);
  g_clear_pointer(&self->display, ms_display_unref);
  self->display = display;
  self->picture = NULL;
  ms_pane_forget(self->pane);
  if (display)
    ms_frame_get_size(display->frame, &width, &height);
  if (width > 0)
    ms_view_set_image(&self->view, width, height);
  ms_canvas_view_changed(self);
  if (display) {
    compose(self);
    gtk_widget_queue_draw(GTK_WIDGET(self));
  }
}

void
ms_canvas_set_style(MsCanvas *self, const MsOverlayStyle *style)
{
  self->style = *style;
  invalidate(self);
}

void
ms_canvas_set_opacity(MsCanvas *self, double opacity)
{
  self->opacity = CLAMP(opacity, 0, 1);
  invalidate(self);
}

void
ms_canvas_set_peek(MsCanvas *self, gboolean peek)
{
  if (self->peek == !!peek)
    return;
  self->peek = !!peek;
  invalidate(self);
}

void
ms_canvas_set_description(MsCanvas *self, const char *description)
{
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                 -1);
}

const MsView *
ms_canvas_get_view(MsCanvas *self)
{
  return &self->view;
}

void
ms_canvas_fit(MsCanvas *self)
{
  ms_view_fit(&self->view);
  ms_canvas_view_changed(self);
}

void
ms_canvas_zoom_to(MsCanvas *self, double zoom, gboolean at_pointer)
{
  gboolean pointed = at_pointer && self->pointer_inside;
  double x = pointed ? self->pointer_x : self->view.view_width / 2;
  double y = pointed ? self->pointer_y : self->view.view_height / 2;

  ms_view_zoom_at(&self->view, zoom, x, y);
  ms_canvas_view_changed(self);
}

void
ms_canvas_zoom_step(MsCanvas *self, int direction, gboolean at_pointer)
{
  ms_canvas_zoom_to(self, ms_view_next_zoom(&self->view, direction), at_pointer);
}

void
ms_canvas_pan(MsCanvas *self, double dx, double dy)
{
  ms_view_pan(&self->view, dx, dy);
  ms_canvas_view_changed(self);
}
