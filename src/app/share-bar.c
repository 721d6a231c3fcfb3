/* SPDX-License-Identifier: MIT
 *
 * Parts keep their order and colours. One that is not nothing has a least width, taken from what
 * the others share, and one that is nothing has none. Where one is chosen the others are pale, so
 * that colour is not all that tells them apart.
 */
#include "app/share-bar.h"

#include "app/compat.h"

#define HEIGHT 12
#define GAP    1
#define LEAST  3 /* width of a part that hardly is */
#define RADIUS 3
#define PALE   0.3f

struct _MsShareBar {
  GtkWidget parent_instance;

  guint64 parts[MS_SHARE_BAR_MAX_PARTS];
  MsColor colors[MS_SHARE_BAR_MAX_PARTS];
  guint n_parts;
  int chosen;
};

G_DEFINE_FINAL_TYPE(MsShareBar, ms_share_bar, GTK_TYPE_WIDGET)

void
ms_share_bar_show(MsShareBar *self, const guint64 *parts, const MsColor *colors, guint n_parts,
                  int chosen)
{
  self->n_parts = MIN(n_parts, MS_SHARE_BAR_MAX_PARTS);
  for (guint i = 0; i < self->n_parts; i++) {
    self->parts[i] = parts[i];
    self->colors[i] = colors[i];
  }
  self->chosen = chosen;
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

/* What is there for parts beside the least width that each has. */
static double
measure_parts(MsShareBar *self, int width, double *sum)
{
  guint n_seen = 0;

  *sum = 0;
  for (guint i = 0; i < self->n_parts; i++) {
    *sum += (double)self->parts[i];
    n_seen += self->parts[i] > 0;
  }
  return n_seen ? MAX(width - (double)n_seen * LEAST - (n_seen - 1.0) * GAP, 0) : 0;
}

static void
append_parts(MsShareBar *self, GtkSnapshot *snapshot, int width)
{
  double sum, room = measure_parts(self, width, &sum), x = 0;

  for (guint i = 0; i < self->n_parts; i++) {
    double length = LEAST + room * (double)self->parts[i] / sum;
    MsColor color = self->colors[i];
    float alpha = self->chosen < 0 || self->chosen == (int)i ? 1 : PALE;

    if (self->parts[i] == 0)
      continue;
    gtk_snapshot_append_color(
        snapshot, &(GdkRGBA){color.red / 255.0f, color.green / 255.0f, color.blue / 255.0f, alpha},
        &GRAPHENE_RECT_INIT((float)x, 0, (float)length, HEIGHT));
    x += length + GAP;
  }
}

/* Of nothing, an empty place. */
static void
ms_share_bar_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsShareBar *self = MS_SHARE_BAR(widget);
  int width = gtk_widget_get_width(widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT(0, 0, (float)width, HEIGHT);
  GskRoundedRect outline;
  GdkRGBA ground;
  double sum;

  ms_compat_get_color(widget, &ground);
  ground.alpha = 0.08f;
  gsk_rounded_rect_init_from_rect(&outline, &bounds, RADIUS);
  gtk_snapshot_push_rounded_clip(snapshot, &outline);
  measure_parts(self, width, &sum);
  if (sum > 0)
    append_parts(self, snapshot, width);
  else
    gtk_snapshot_append_color(snapshot, &ground, &bounds);
  gtk_snapshot_pop(snapshot);
}

static void
ms_share_bar_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural =
      orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : MS_SHARE_BAR_MAX_PARTS * (LEAST + GAP);
}

static void
ms_share_bar_class_init(MsShareBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  widget_class->snapshot = ms_share_bar_snapshot;
  widget_class->measure = ms_share_bar_measure;
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ms_share_bar_init(MsShareBar *self)
{
  self->chosen = -1;
}

GtkWidget *
ms_share_bar_new(void)
{
  return g_object_new(MS_TYPE_SHARE_BAR, NULL);
}
