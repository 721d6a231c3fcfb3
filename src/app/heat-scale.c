/* SPDX-License-Identifier: MIT */
#include "app/heat-scale.h"

#include "app/compat.h"
#include "app/tip.h"
#include "render/heat.h"

#define BAR_WIDTH  168
#define BAR_HEIGHT 12
#define N_STOPS    17
#define SPACE      6
#define TICK       4 /* how far the mark stands out, above and below */

struct _MsHeatScale {
  GtkWidget parent_instance;

  double threshold;
  PangoLayout *ends[2]; /* "0" and "1" */
};

G_DEFINE_FINAL_TYPE(MsHeatScale, ms_heat_scale, GTK_TYPE_WIDGET)

void
ms_heat_scale_set_threshold(MsHeatScale *self, double threshold)
{
  char number[16];
  g_autofree char *text = NULL;

  self->threshold = threshold;
  g_ascii_formatd(number, sizeof number, "%.3g", threshold);
  text = threshold < 0
             ? g_strdup("Probability from 0 to 1")
             : g_strdup_printf("Probability from 0 to 1; the mark is the threshold, %s", number);
  ms_tip_set(GTK_WIDGET(self), text);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

static int
text_width(MsHeatScale *self, guint end)
{
  int width, height;

  pango_layout_get_pixel_size(self->ends[end], &width, &height);
  return width;
}

static void
ms_heat_scale_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  MsHeatScale *self = MS_HEAT_SCALE(widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? BAR_WIDTH + 2 * SPACE + text_width(self, 0) + text_width(self, 1)
                            : BAR_HEIGHT + 2 * TICK;
}

static void
append_text(MsHeatScale *self, GtkSnapshot *snapshot, guint end, float x)
{
  GdkRGBA color;
  int width, height;

  ms_compat_get_color(GTK_WIDGET(self), &color);
  pango_layout_get_pixel_size(self->ends[end], &width, &height);
  gtk_snapshot_save(snapshot);
  gtk_snapshot_translate(
      snapshot,
      &GRAPHENE_POINT_INIT(x, (float)(gtk_widget_get_height(GTK_WIDGET(self)) - height) / 2));
  gtk_snapshot_append_layout(snapshot, self->ends[end], &color);
  gtk_snapshot_restore(snapshot);
}

static void
append_bar(GtkSnapshot *snapshot, const graphene_rect_t *bar)
{
  GskColorStop stops[N_STOPS];
  GskRoundedRect round;

  for (int i = 0; i < N_STOPS; i++) {
    MsColor color = ms_heat_color(i * (MS_HEAT_STEPS - 1) / (N_STOPS - 1));

    stops[i] = (GskColorStop){(float)i / (N_STOPS - 1),
                              {color.red / 255.0f, color.green / 255.0f, color.blue / 255.0f, 1}};
  }
  gsk_rounded_rect_init_from_rect(&round, bar, 3);
  gtk_snapshot_push_rounded_clip(snapshot, &round);
  gtk_snapshot_append_linear_gradient(snapshot, bar, &GRAPHENE_POINT_INIT(bar->origin.x, 0),
                                      &GRAPHENE_POINT_INIT(bar->origin.x + bar->size.width, 0),
                                      stops, N_STOPS);
  gtk_snapshot_pop(snapshot);
}

static void
append_mark(MsHeatScale *self, GtkSnapshot *snapshot, const graphene_rect_t *bar)
{
  float x = bar->origin.x + (float)(self->threshold * (bar->size.width - 2)) + 1;
  graphene_rect_t mark = GRAPHENE_RECT_INIT(x - 1, bar->origin.y - TICK, 2, BAR_HEIGHT + 2 * TICK);
  graphene_rect_t around = GRAPHENE_RECT_INIT(x - 2, bar->origin.y, 4, BAR_HEIGHT);
  GdkRGBA color;

  ms_compat_get_color(GTK_WIDGET(self), &color);
  gtk_snapshot_append_color(snapshot, &(GdkRGBA){1 - color.red, 1 - color.green, 1 - color.blue, 1},
                            &around);
  gtk_snapshot_append_color(snapshot, &color, &mark);
}

static void
ms_heat_scale_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsHeatScale *self = MS_HEAT_SCALE(widget);
  float left = (float)(text_width(self, 0) + SPACE);
  float top = (float)((gtk_widget_get_height(widget) - BAR_HEIGHT) / 2);
  graphene_rect_t bar = GRAPHENE_RECT_INIT(left, top, BAR_WIDTH, BAR_HEIGHT);

  append_text(self, snapshot, 0, 0);
  append_bar(snapshot, &bar);
  append_text(self, snapshot, 1, left + BAR_WIDTH + SPACE);
  if (self->threshold >= 0)
    append_mark(self, snapshot, &bar);
}

static void
ms_heat_scale_dispose(GObject *object)
{
  MsHeatScale *self = MS_HEAT_SCALE(object);

  g_clear_object(&self->ends[0]);
  g_clear_object(&self->ends[1]);
  G_OBJECT_CLASS(ms_heat_scale_parent_class)->dispose(object);
}

static void
ms_heat_scale_class_init(MsHeatScaleClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_heat_scale_dispose;
  widget_class->measure = ms_heat_scale_measure;
  widget_class->snapshot = ms_heat_scale_snapshot;
  gtk_widget_class_set_css_name(widget_class, "heatscale");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ms_heat_scale_init(MsHeatScale *self)
{
  self->threshold = -1;
  self->ends[0] = gtk_widget_create_pango_layout(GTK_WIDGET(self), "0");
  self->ends[1] = gtk_widget_create_pango_layout(GTK_WIDGET(self), "1");
}
