/* SPDX-License-Identifier: MIT
 *
 * Drawn, not styled: colours come from tables of classes, and a style sheet a class would be many.
 */
#include "app/swatch.h"

#include "app/compat.h"

#define SIDE    10
#define RADIUS  2.5
#define OUTLINE 2
#define EDGE_STRESS                                                                                \
  0.3 /* of the line around a filled one, which stands out on light and on dark                    \
       */

struct _MsSwatch {
  GtkWidget parent_instance;

  GdkRGBA color;
  gboolean filled;
};

G_DEFINE_FINAL_TYPE(MsSwatch, ms_swatch, GTK_TYPE_WIDGET)

static void
append_border(GtkSnapshot *snapshot, const GskRoundedRect *outline, float width, GdkRGBA color)
{
  const float widths[] = {width, width, width, width};
  const GdkRGBA colors[] = {color, color, color, color};

  gtk_snapshot_append_border(snapshot, outline, widths, colors);
}

static void
ms_swatch_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsSwatch *self = MS_SWATCH(widget);
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT((gtk_widget_get_width(widget) - SIDE) / 2,
                         (gtk_widget_get_height(widget) - SIDE) / 2, SIDE, SIDE);
  GskRoundedRect outline;
  GdkRGBA edge;

  gsk_rounded_rect_init_from_rect(&outline, &bounds, RADIUS);
  if (!self->filled) {
    append_border(snapshot, &outline, OUTLINE, self->color);
    return;
  }
  gtk_snapshot_push_rounded_clip(snapshot, &outline);
  gtk_snapshot_append_color(snapshot, &self->color, &bounds);
  gtk_snapshot_pop(snapshot);
  ms_compat_get_color(widget, &edge);
  edge.alpha = EDGE_STRESS;
  append_border(snapshot, &outline, 1, edge);
}

static void
ms_swatch_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIDE;
}

static void
ms_swatch_class_init(MsSwatchClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  widget_class->snapshot = ms_swatch_snapshot;
  widget_class->measure = ms_swatch_measure;
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ms_swatch_init(MsSwatch *self)
{
  self->filled = TRUE;
  gtk_widget_set_valign(GTK_WIDGET(self), GTK_ALIGN_CENTER);
}

GtkWidget *
ms_swatch_new(void)
{
  return g_object_new(MS_TYPE_SWATCH, NULL);
}

void
ms_swatch_show(MsSwatch *self, MsColor color, gboolean filled)
{
  self->color = (GdkRGBA){color.red / 255.0f, color.green / 255.0f, color.blue / 255.0f, 1};
  self->filled = filled;
  gtk_widget_queue_draw(GTK_WIDGET(self));
}
