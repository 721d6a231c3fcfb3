/* SPDX-License-Identifier: MIT */
#include "app/legend.h"

#include "app/flow-layout.h"
#include "app/template.h"
#include "app/zoom-button.h"
#include "render/palette.h"
#include "set/describe.h"

/* The chips in the order of the bar. */
static const MsKind chips[] = {MS_KIND_TP, MS_KIND_FP, MS_KIND_FN, MS_KIND_CONFUSED,
                               MS_KIND_IGNORED};
#define N_CHIPS G_N_ELEMENTS(chips)

struct _MsLegend {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkWidget *chips[N_CHIPS];
  GtkLabel *counts[N_CHIPS];
  GtkAdjustment *opacity;
  MsZoomButton *zoom;
  GtkLabel *readout;
};

G_DEFINE_FINAL_TYPE(MsLegend, ms_legend, GTK_TYPE_WIDGET)

static guint64
count_of(const MsKindCounts *counts, MsKind kind)
{
  switch (kind) {
  case MS_KIND_TP:
    return counts->tp;
  case MS_KIND_FP:
    return counts->fp;
  case MS_KIND_FN:
    return counts->fn;
  case MS_KIND_CONFUSED:
    return counts->confused;
  default:
    return counts->ignored;
  }
}

void
ms_legend_set_counts(MsLegend *self, const MsKindCounts *counts, gboolean several_classes)
{
  for (guint i = 0; i < N_CHIPS; i++) {
    guint64 count = counts ? count_of(counts, chips[i]) : 0;
    g_autofree char *text = counts ? ms_describe_count(count) : g_strdup("");
    g_autofree char *spoken = g_strdup_printf("%s, %s: %s pixels", ms_kind_label(chips[i]),
                                              ms_kind_description(chips[i]), counts ? text : "no");

    gtk_label_set_text(self->counts[i], text);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->chips[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   spoken, -1);
    if (chips[i] == MS_KIND_CONFUSED)
      gtk_widget_set_visible(self->chips[i], several_classes);
    if (chips[i] == MS_KIND_IGNORED)
      gtk_widget_set_visible(self->chips[i], count > 0);
  }
}

void
ms_legend_set_zoom(MsLegend *self, double zoom)
{
  ms_zoom_button_set_zoom(self->zoom, zoom);
}

void
ms_legend_set_readout(MsLegend *self, const char *text)
{
  gtk_label_set_text(self->readout, text);
}

GtkAdjustment *
ms_legend_get_opacity(MsLegend *self)
{
  return self->opacity;
}

static void
ms_legend_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_LEGEND);
  G_OBJECT_CLASS(ms_legend_parent_class)->dispose(object);
}

static void
ms_legend_class_init(MsLegendClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_FLOW_LAYOUT);
  g_type_ensure(MS_TYPE_ZOOM_BUTTON);
  G_OBJECT_CLASS(class)->dispose = ms_legend_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/legend.ui");
  gtk_widget_class_bind_template_child(widget_class, MsLegend, box);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, opacity);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, zoom);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, readout);
  ms_template_bind_array(widget_class, "chip", N_CHIPS, G_STRUCT_OFFSET(MsLegend, chips));
  ms_template_bind_array(widget_class, "count", N_CHIPS, G_STRUCT_OFFSET(MsLegend, counts));
}

static void
ms_legend_init(MsLegend *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  for (guint i = 0; i < N_CHIPS; i++)
    gtk_widget_set_tooltip_text(self->chips[i], ms_kind_description(chips[i]));
}
