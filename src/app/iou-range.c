/* SPDX-License-Identifier: MIT */
#include "app/iou-range.h"

#include "app/iou-histogram.h"
#include "set/describe.h"

struct _MsIouRange {
  GtkWidget parent_instance;

  double lowest, highest;
  guint n_shown;
  guint n_scored; /* in all bars */

  /* Template */
  GtkWidget *box;
  MsIouHistogram *histogram;
  GtkLabel *text;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE(MsIouRange, ms_iou_range, GTK_TYPE_WIDGET)

static gboolean
is_whole(MsIouRange *self)
{
  return self->lowest <= 0 && self->highest >= 1;
}

static void
update_text(MsIouRange *self)
{
  guint n = is_whole(self) ? self->n_scored : self->n_shown;
  g_autofree char *count = ms_describe_count(n);
  const char *noun = n == 1 ? "example" : "examples";
  g_autofree char *range = is_whole(self)
                               ? g_strdup("0 to 1")
                               : g_strdup_printf("%.2f to %.2f", self->lowest, self->highest);
  g_autofree char *text = g_strdup_printf("IoU %s: %s %s", range, count, noun);

  gtk_label_set_text(self->text, text);
  gtk_widget_set_opacity(self->clear, is_whole(self) ? 0 : 1);
  gtk_widget_set_sensitive(self->clear, !is_whole(self));
}

void
ms_iou_range_set_wish(MsIouRange *self, const MsWish *wish)
{
  self->lowest = wish->lowest_iou;
  self->highest = wish->highest_iou;
  ms_iou_histogram_set_range(self->histogram, self->lowest, self->highest);
  update_text(self);
}

void
ms_iou_range_set_order(MsIouRange *self, const MsOrder *order)
{
  static const guint none[MS_N_IOU_BARS];
  const guint *bars = order ? order->bars : none;

  self->n_shown = order ? order->rows->n_shown : 0;
  self->n_scored = 0;
  for (guint i = 0; i < MS_N_IOU_BARS; i++)
    self->n_scored += bars[i];
  ms_iou_histogram_set_bars(self->histogram, bars);
  update_text(self);
}

void
ms_iou_range_set_marked(MsIouRange *self, MsValue iou)
{
  ms_iou_histogram_set_marked(self->histogram,
                              iou.defined ? ms_order_bar_of(iou.value) : MS_N_IOU_BARS);
}

static void
range_wanted(MsIouHistogram *histogram, double lowest, double highest, MsIouRange *self)
{
  gtk_widget_activate_action(GTK_WIDGET(self), "win.filter-iou", "(dd)", lowest, highest);
}

static void
ms_iou_range_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_IOU_RANGE);
  G_OBJECT_CLASS(ms_iou_range_parent_class)->dispose(object);
}

static void
ms_iou_range_class_init(MsIouRangeClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_IOU_HISTOGRAM);
  G_OBJECT_CLASS(class)->dispose = ms_iou_range_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/iou-range.ui");
  gtk_widget_class_bind_template_child(widget_class, MsIouRange, box);
  gtk_widget_class_bind_template_child(widget_class, MsIouRange, histogram);
  gtk_widget_class_bind_template_child(widget_class, MsIouRange, text);
  gtk_widget_class_bind_template_child(widget_class, MsIouRange, clear);
  gtk_widget_class_bind_template_callback(widget_class, range_wanted);
}

static void
ms_iou_range_init(MsIouRange *self)
{
  self->highest = 1;
  gtk_widget_init_template(GTK_WIDGET(self));
  update_text(self);
}
