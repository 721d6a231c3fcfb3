/* SPDX-License-Identifier: MIT
 *
 * The range is kept in bars, first to behind the last: what is painted strong is what is wanted.
 * One more bar is reached by an arrow key, five by a page. The keyboard comes to a handle only by
 * Tab: who drags with the pointer goes on browsing with the keys.
 */
#include "app/iou-histogram.h"

#include "app/compat.h"

#include <math.h>

#define WIDTH       (2 * MS_N_IOU_BARS)
#define BARS_HEIGHT 44
#define FOOT        9   /* below the bars: the mark */
#define MARK        4   /* half the width of it, and its height */
#define HANDLE      9   /* as wide as it can be taken hold of */
#define PAGE        5   /* bars */
#define NEAR        7   /* pixels: a press so near to a handle takes it */
#define LEAST       1.5 /* pixels: where there is any example there is a bar */

#define STRONG 0.55
#define WEAK   0.16
#define BASE   0.22

enum { LOW, HIGH, N_ENDS };

struct _MsIouHistogram {
  GtkWidget parent_instance;

  guint bars[MS_N_IOU_BARS];
  guint most;         /* in one bar */
  guint ends[N_ENDS]; /* first bar, and that behind the last */
  guint marked;

  /* A drag */
  gboolean moves; /* the end below; else a range that began at `start` */
  guint moved;
  double start_x;
  gboolean dragged; /* the pointer has moved */

  /* Children */
  GtkWidget *handles[N_ENDS];
};

G_DEFINE_FINAL_TYPE(MsIouHistogram, ms_iou_histogram, GTK_TYPE_WIDGET)

static guint range_signal;

/* --- the range --- */

static double
iou_of(guint bar)
{
  return bar / (double)MS_N_IOU_BARS;
}

static void
describe_handles(MsIouHistogram *self)
{
  for (guint end = 0; end < N_ENDS; end++) {
    g_autofree char *text = g_strdup_printf("%.2f", iou_of(self->ends[end]));

    gtk_accessible_update_property(GTK_ACCESSIBLE(self->handles[end]),
                                   GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, iou_of(self->ends[end]),
                                   GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  }
}

static gboolean
show_range(MsIouHistogram *self, guint low, guint high)
{
  if (self->ends[LOW] == low && self->ends[HIGH] == high)
    return FALSE;
  self->ends[LOW] = low;
  self->ends[HIGH] = high;
  describe_handles(self);
  gtk_widget_queue_allocate(GTK_WIDGET(self));
  gtk_widget_queue_draw(GTK_WIDGET(self));
  return TRUE;
}

static void
want_range(MsIouHistogram *self, guint low, guint high)
{
  if (show_range(self, low, high))
    g_signal_emit(self, range_signal, 0, iou_of(low), iou_of(high));
}

static gboolean
is_whole(MsIouHistogram *self)
{
  return self->ends[LOW] == 0 && self->ends[HIGH] == MS_N_IOU_BARS;
}

/* An end stops one bar before the other. */
static void
move_end(MsIouHistogram *self, guint end, int bar)
{
  if (end == LOW)
    want_range(self, (guint)CLAMP(bar, 0, (int)self->ends[HIGH] - 1), self->ends[HIGH]);
  else
    want_range(self, self->ends[LOW], (guint)CLAMP(bar, (int)self->ends[LOW] + 1, MS_N_IOU_BARS));
}

void
ms_iou_histogram_set_range(MsIouHistogram *self, double lowest, double highest)
{
  show_range(self, (guint)lround(lowest * MS_N_IOU_BARS), (guint)lround(highest * MS_N_IOU_BARS));
}

/* --- keys --- */

static guint
focused_end(MsIouHistogram *self)
{
  return gtk_widget_has_focus(self->handles[HIGH]) ? HIGH : LOW;
}

static gboolean
key_pressed(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            MsIouHistogram *self)
{
  guint end = focused_end(self);
  int bar = (int)self->ends[end];

  if (state & gtk_accelerator_get_default_mod_mask())
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Left:
  case GDK_KEY_Down:
    move_end(self, end, bar - 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
  case GDK_KEY_Up:
    move_end(self, end, bar + 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Down:
    move_end(self, end, bar - PAGE);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
    move_end(self, end, bar + PAGE);
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
    move_end(self, end, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
    move_end(self, end, MS_N_IOU_BARS);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (is_whole(self))
      return GDK_EVENT_PROPAGATE;
    want_range(self, 0, MS_N_IOU_BARS);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* --- the pointer --- */

/* Bars lie between the middles of the outermost handles. */
static double
inner_width(MsIouHistogram *self)
{
  return MAX(gtk_widget_get_width(GTK_WIDGET(self)) - HANDLE, 1);
}

static double
edge_x(MsIouHistogram *self, guint bar)
{
  return HANDLE / 2.0 + round(bar * inner_width(self) / MS_N_IOU_BARS);
}

static double
bar_at(MsIouHistogram *self, double x)
{
  return CLAMP((x - HANDLE / 2.0) / inner_width(self), 0, 1) * MS_N_IOU_BARS;
}

/* The end nearest to a place, and whether a press there takes it. */
static guint
end_at(MsIouHistogram *self, double x, gboolean *near)
{
  double distances[N_ENDS];
  guint end;

  for (end = 0; end < N_ENDS; end++)
    distances[end] = fabs(x - edge_x(self, self->ends[end]));
  end = distances[LOW] <= distances[HIGH] ? LOW : HIGH;
  *near = distances[end] <= NEAR;
  return end;
}

static void
pointed(GtkEventControllerMotion *motion, double x, double y, MsIouHistogram *self)
{
  gboolean near;

  end_at(self, x, &near);
  gtk_widget_set_cursor_from_name(GTK_WIDGET(self), near ? "ew-resize" : NULL);
}

static void
drag_begin(GtkGestureDrag *drag, double x, double y, MsIouHistogram *self)
{
  self->moved = end_at(self, x, &self->moves);
  self->start_x = x;
  self->dragged = FALSE;
}

/* Every bar that the pointer has touched. */
static void
want_span(MsIouHistogram *self, double x)
{
  double first = bar_at(self, MIN(x, self->start_x)), last = bar_at(self, MAX(x, self->start_x));
  guint low = MIN((guint)first, MS_N_IOU_BARS - 1);

  want_range(self, low, MAX((guint)ceil(last), low + 1));
}

static void
drag_update(GtkGestureDrag *drag, double dx, double dy, MsIouHistogram *self)
{
  double x = self->start_x + dx;

  if (!self->dragged && !gtk_drag_check_threshold(GTK_WIDGET(self), 0, 0, (int)dx, 0))
    return;
  self->dragged = TRUE;
  if (self->moves)
    move_end(self, self->moved, (int)lround(bar_at(self, x)));
  else
    want_span(self, x);
}

/* Where one bar alone is wanted, or everything is, the handles are as good as bars. */
static void
clicked(MsIouHistogram *self, double x)
{
  guint bar = MIN((guint)bar_at(self, x), MS_N_IOU_BARS - 1);
  gboolean chosen = self->ends[LOW] == bar && self->ends[HIGH] == bar + 1;

  if (chosen)
    want_range(self, 0, MS_N_IOU_BARS);
  else if (self->bars[bar] > 0 && (!self->moves || is_whole(self)))
    want_range(self, bar, bar + 1);
}

/* A press that moved nowhere chooses a bar that there is, or lets go of it; two of them list
 * everything. */
static void
released(GtkGestureClick *click, int n_press, double x, double y, MsIouHistogram *self)
{
  if (n_press == 2)
    want_range(self, 0, MS_N_IOU_BARS);
  else if (n_press == 1 && !self->dragged)
    clicked(self, x);
}

/* --- drawing --- */

static void
append_box(GtkSnapshot *snapshot, const GdkRGBA *color, float opacity, double left, double right,
           double top, double bottom)
{
  GdkRGBA faded = *color;

  faded.alpha *= opacity;
  gtk_snapshot_append_color(
      snapshot, &faded,
      &GRAPHENE_RECT_INIT((float)left, (float)top, (float)(right - left), (float)(bottom - top)));
}

static void
snapshot_bar(MsIouHistogram *self, GtkSnapshot *snapshot, const GdkRGBA *color, guint bar)
{
  double left = edge_x(self, bar), right = edge_x(self, bar + 1);
  gboolean wanted = bar >= self->ends[LOW] && bar < self->ends[HIGH];
  double height = self->most ? (double)BARS_HEIGHT * self->bars[bar] / self->most : 0;

  if (self->bars[bar] > 0)
    append_box(snapshot, color,
               bar == self->marked ? 1
               : wanted            ? STRONG
                                   : WEAK,
               left, MAX(right - 1, left + 1), BARS_HEIGHT - MAX(height, LEAST), BARS_HEIGHT);
}

/* A triangle under the bar: its colour alone would be no sign. */
static void
snapshot_mark(MsIouHistogram *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  double x = (edge_x(self, self->marked) + edge_x(self, self->marked + 1) - 1) / 2;
  cairo_t *cr = gtk_snapshot_append_cairo(
      snapshot, &GRAPHENE_RECT_INIT((float)(x - MARK), BARS_HEIGHT + 2, 2 * MARK, MARK + 1));

  gdk_cairo_set_source_rgba(cr, color);
  cairo_move_to(cr, x, BARS_HEIGHT + 2);
  cairo_line_to(cr, x + MARK, BARS_HEIGHT + 2 + MARK);
  cairo_line_to(cr, x - MARK, BARS_HEIGHT + 2 + MARK);
  cairo_fill(cr);
  cairo_destroy(cr);
}

static void
ms_iou_histogram_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsIouHistogram *self = MS_IOU_HISTOGRAM(widget);
  GdkRGBA color;

  ms_compat_get_color(widget, &color);
  append_box(snapshot, &color, BASE, edge_x(self, 0), edge_x(self, MS_N_IOU_BARS), BARS_HEIGHT,
             BARS_HEIGHT + 1);
  for (guint bar = 0; bar < MS_N_IOU_BARS; bar++)
    snapshot_bar(self, snapshot, &color, bar);
  if (self->marked < MS_N_IOU_BARS)
    snapshot_mark(self, snapshot, &color);
  for (guint end = 0; end < N_ENDS; end++)
    gtk_widget_snapshot_child(widget, self->handles[end], snapshot);
}

void
ms_iou_histogram_set_bars(MsIouHistogram *self, const guint bars[MS_N_IOU_BARS])
{
  self->most = 0;
  for (guint i = 0; i < MS_N_IOU_BARS; i++) {
    self->bars[i] = bars[i];
    self->most = MAX(self->most, bars[i]);
  }
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

void
ms_iou_histogram_set_marked(MsIouHistogram *self, guint bar)
{
  if (bar == self->marked)
    return;
  self->marked = bar;
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

/* --- layout --- */

static void
ms_iou_histogram_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH + HANDLE : BARS_HEIGHT + FOOT;
}

static void
ms_iou_histogram_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  MsIouHistogram *self = MS_IOU_HISTOGRAM(widget);

  for (guint end = 0; end < N_ENDS; end++) {
    int x = (int)(edge_x(self, self->ends[end]) - HANDLE / 2.0);
    GtkAllocation box = {x, 0, HANDLE, BARS_HEIGHT};

    gtk_widget_size_allocate(self->handles[end], &box, -1);
  }
}

/* --- construction --- */

/* Only drawn by the style sheet. */
static GtkWidget *
make_handle(MsIouHistogram *self, const char *name)
{
  GtkWidget *handle =
      g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_SLIDER, "css-name",
                   "handle", "focusable", TRUE, "content-width", HANDLE, NULL);

  gtk_widget_set_parent(handle, GTK_WIDGET(self));
  gtk_widget_set_can_target(handle, FALSE); /* else a double click would be one on two widgets */
  gtk_accessible_update_property(GTK_ACCESSIBLE(handle), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                 GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                 GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0, -1);
  return handle;
}

static void
add_controllers(MsIouHistogram *self)
{
  GtkEventController *keys = gtk_event_controller_key_new();
  GtkEventController *motion = gtk_event_controller_motion_new();
  GtkGesture *drag = gtk_gesture_drag_new(), *click = gtk_gesture_click_new();

  g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), self);
  g_signal_connect(motion, "motion", G_CALLBACK(pointed), self);
  g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begin), self);
  g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), self);
  g_signal_connect(click, "released", G_CALLBACK(released), self);
  gtk_gesture_group(drag, click);
  gtk_widget_add_controller(GTK_WIDGET(self), keys);
  gtk_widget_add_controller(GTK_WIDGET(self), motion);
  gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(drag));
  gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(click));
}

static void
ms_iou_histogram_dispose(GObject *object)
{
  MsIouHistogram *self = MS_IOU_HISTOGRAM(object);

  for (guint end = 0; end < N_ENDS; end++)
    g_clear_pointer(&self->handles[end], gtk_widget_unparent);
  G_OBJECT_CLASS(ms_iou_histogram_parent_class)->dispose(object);
}

static void
ms_iou_histogram_class_init(MsIouHistogramClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_iou_histogram_dispose;
  widget_class->snapshot = ms_iou_histogram_snapshot;
  widget_class->measure = ms_iou_histogram_measure;
  widget_class->size_allocate = ms_iou_histogram_size_allocate;
  gtk_widget_class_set_css_name(widget_class, "iouhistogram");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  range_signal = g_signal_new("range", MS_TYPE_IOU_HISTOGRAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
ms_iou_histogram_init(MsIouHistogram *self)
{
  self->marked = MS_N_IOU_BARS;
  self->ends[HIGH] = MS_N_IOU_BARS;
  self->handles[LOW] = make_handle(self, "Lowest IoU");
  self->handles[HIGH] = make_handle(self, "Highest IoU");
  describe_handles(self);
  add_controllers(self);
}
