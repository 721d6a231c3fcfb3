/* SPDX-License-Identifier: MIT */
#include "app/canvas.h"

#include "app/canvas-private.h"
#include "app/texture.h"

#include <math.h>

G_DEFINE_FINAL_TYPE(MsCanvas, ms_canvas, GTK_TYPE_WIDGET)

enum { VIEW_CHANGED, POINTED, CLICKED, MARKED, COMPOSED, SWIPED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
compose(MsCanvas *self)
{
  if (self->display)
    ms_canvas_compose_cells(self);
  ms_canvas_compose_values(self);
  ms_canvas_compose_region(self);
  self->stale = FALSE;
}

/* The pixel at a place of the widget; FALSE: beside the picture. */
static gboolean
find_pixel(MsCanvas *self, double canvas_x, double canvas_y, int *image_x, int *image_y)
{
  double view_x, view_y, x, y;

  if (!self->display)
    return FALSE;
  ms_canvas_to_view(self, canvas_x, canvas_y, &view_x, &view_y);
  ms_view_to_image(&self->view, view_x, view_y, &x, &y);
  *image_x = (int)floor(x);
  *image_y = (int)floor(y);
  return x >= 0 && y >= 0 && x < self->view.image_width && y < self->view.image_height;
}

void
ms_canvas_report_click(MsCanvas *self, double canvas_x, double canvas_y)
{
  int x, y;

  if (find_pixel(self, canvas_x, canvas_y, &x, &y))
    g_signal_emit(self, signals[CLICKED], 0, x, y);
}

void
ms_canvas_report_mark(MsCanvas *self)
{
  g_signal_emit(self, signals[MARKED], 0);
}

void
ms_canvas_report_pointer(MsCanvas *self)
{
  int x = 0, y = 0;
  gboolean inside =
      self->pointer_inside && find_pixel(self, self->pointer_x, self->pointer_y, &x, &y);

  g_signal_emit(self, signals[POINTED], 0, inside, x, y);
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

  if (ms_canvas_advance(self))
    self->stale = self->view_untold = TRUE;
  if (self->stale) {
    compose(self);
    gtk_widget_queue_draw(widget);
    g_signal_emit(self, signals[COMPOSED], 0);
  }
  if (self->view_untold)
    tell_view(self);
  if (self->gliding)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

void
ms_canvas_invalidate(MsCanvas *self)
{
  self->stale = TRUE;
  if (!self->tick)
    self->tick = gtk_widget_add_tick_callback(GTK_WIDGET(self), tick, NULL, NULL);
}

void
ms_canvas_view_changed(MsCanvas *self)
{
  ms_canvas_invalidate(self);
  tell_view(self);
}

/* Cairo paints from the surface as it is; others keep a copy on the graphics card anyway. */
void
ms_canvas_append_surface(MsCanvas *self, GtkSnapshot *snapshot, cairo_surface_t *surface,
                         const cairo_rectangle_int_t *device)
{
  GskRenderer *renderer = gtk_native_get_renderer(gtk_widget_get_native(GTK_WIDGET(self)));
  double scale = self->view.device_scale;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT(device->x / scale, device->y / scale,
                                              device->width / scale, device->height / scale);

  if (renderer && !GSK_IS_CAIRO_RENDERER(renderer)) {
    g_autoptr(GdkTexture) texture = ms_texture_wrap(cairo_surface_reference(surface));

    gtk_snapshot_append_texture(snapshot, texture, &bounds);
  } else {
    cairo_t *cr = gtk_snapshot_append_cairo(snapshot, &bounds);

    cairo_scale(cr, 1 / scale, 1 / scale);
    cairo_set_source_surface(cr, surface, device->x, device->y);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_paint(cr);
    cairo_destroy(cr);
  }
}

static void
ms_canvas_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsCanvas *self = MS_CANVAS(widget);

  ms_canvas_snapshot_cells(self, snapshot);
}

static void
ms_canvas_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  MsCanvas *self = MS_CANVAS(widget);

  gboolean resized = width != self->width || height != self->height ||
                     gtk_widget_get_scale_factor(widget) != self->view.device_scale;

  ms_canvas_allocate_handle(self);
  if (!resized)
    return;
  ms_canvas_arrive(self);
  self->width = width;
  self->height = height;
  ms_canvas_lay_out(self);
  ms_canvas_allocate_handle(self);
  self->view_untold = TRUE;
  ms_canvas_invalidate(self);
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

  ms_canvas_clear_cells(self);
  if (self->handle)
    gtk_widget_unparent(GTK_WIDGET(self->handle));
  self->handle = NULL;
  g_clear_pointer(&self->display, ms_display_unref);
  g_clear_pointer(&self->chosen, ms_chosen_region_free);
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
  signals[MARKED] = g_signal_new("marked", MS_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[COMPOSED] = g_signal_new("composed", MS_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CLICKED] = g_signal_new("clicked", MS_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[SWIPED] = g_signal_new("swiped", MS_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
handle_moved(MsCanvas *self, double value)
{
  ms_canvas_set_swipe(self, value);
  g_signal_emit(self, signals[SWIPED], 0);
}

static void
ms_canvas_init(MsCanvas *self)
{
  ms_view_init(&self->view);
  self->swipe = 0.5;
  self->handle = ms_swipe_handle_new();
  gtk_widget_set_parent(GTK_WIDGET(self->handle), GTK_WIDGET(self));
  g_signal_connect_swapped(self->handle, "moved", G_CALLBACK(handle_moved), self);
  ms_canvas_lay_out(self);
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
  if (!display || !self->display || display->frame != self->display->frame)
    g_clear_pointer(&self->chosen, ms_chosen_region_free);
  if (display)
    ms_display_ref(display);
  g_clear_pointer(&self->display, ms_display_unref);
  self->display = display;
  ms_canvas_forget_pictures(self);
  if (display)
    ms_frame_get_size(display->frame, &width, &height);
  ms_canvas_arrive(self);
  if (width != self->view.image_width || height != self->view.image_height)
    ms_canvas_set_mark(self, NULL);
  if (width > 0) {
    ms_view_set_image(&self->view, width, height);
    ms_canvas_lay_out(self);
  }
  ms_canvas_moved(self);
  if (display) {
    compose(self);
    gtk_widget_queue_draw(GTK_WIDGET(self));
  }
}

void
ms_canvas_set_look(MsCanvas *self, const MsLook *look)
{
  if (ms_look_equal(look, &self->look))
    return;
  self->look = *look;
  ms_canvas_arrive(self);
  ms_canvas_lay_out(self);
  gtk_widget_queue_allocate(GTK_WIDGET(self));
  ms_canvas_moved(self);
}

const MsLook *
ms_canvas_get_look(MsCanvas *self)
{
  return &self->look;
}

void
ms_canvas_set_style(MsCanvas *self, const MsOverlayStyle *style)
{
  self->style = *style;
  ms_canvas_invalidate(self);
}

void
ms_canvas_set_opacity(MsCanvas *self, double opacity)
{
  self->opacity = CLAMP(opacity, 0, 1);
  ms_canvas_invalidate(self);
}

void
ms_canvas_set_peek(MsCanvas *self, gboolean peek)
{
  if (self->peek == !!peek)
    return;
  self->peek = !!peek;
  ms_canvas_invalidate(self);
}

void
ms_canvas_set_description(MsCanvas *self, const char *description)
{
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                 -1);
}
