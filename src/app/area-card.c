/* SPDX-License-Identifier: MIT */
#include "app/area-card.h"

#include "app/swatch.h"
#include "set/describe.h"

struct _MsAreaCard {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkLabel *place;
  GtkWidget *kinds;
  GtkLabel *tp;
  GtkLabel *fp;
  GtkLabel *fn;
  GtkLabel *confused;
  GtkWidget *confused_box;
  GtkLabel *iou;
  GtkLabel *verdict;
};

G_DEFINE_FINAL_TYPE(MsAreaCard, ms_area_card, GTK_TYPE_WIDGET)

static void
set_count(GtkLabel *label, guint64 count)
{
  g_autofree char *text = ms_describe_count(count);

  gtk_label_set_text(label, text);
}

void
ms_area_card_set_area(MsAreaCard *self, const MsArea *area)
{
  g_autofree char *width = ms_describe_count((guint64)area->width);
  g_autofree char *height = ms_describe_count((guint64)area->height);
  g_autofree char *text =
      g_strdup_printf("%s × %s  at  x %d  y %d", width, height, area->x, area->y);

  gtk_label_set_text(self->place, text);
}

static char *
describe_match(const MsAreaCounts *counts)
{
  g_autofree char *wrong = ms_describe_count(counts->wrong);
  g_autofree char *counted = ms_describe_count(counts->counted);

  if (counts->counted == 0)
    return g_strdup("nothing is counted here");
  if (counts->wrong == 0)
    return g_strdup("exact");
  return g_strdup_printf("not exact: %s of %s", wrong, counted);
}

/* As one sentence, for who cannot see it. */
static void
announce(MsAreaCard *self)
{
  g_autofree char *text = g_strdup_printf(
      "Rectangle %s: %s, %s. TP %s, FP %s, FN %s", gtk_label_get_text(self->place),
      gtk_label_get_text(self->iou), gtk_label_get_text(self->verdict),
      gtk_label_get_text(self->tp), gtk_label_get_text(self->fp), gtk_label_get_text(self->fn));
  g_autofree char *all =
      gtk_widget_get_visible(self->confused_box)
          ? g_strdup_printf("%s, confused %s", text, gtk_label_get_text(self->confused))
          : g_strdup(text);

  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

void
ms_area_card_set_counts(MsAreaCard *self, const MsAreaCounts *counts, gboolean confused)
{
  g_autofree char *ratio = ms_describe_ratio(counts->iou, 3);
  g_autofree char *iou = g_strdup_printf("IoU %s", ratio);
  g_autofree char *match = describe_match(counts);

  ms_area_card_set_area(self, &counts->area);
  set_count(self->tp, counts->kinds.tp);
  set_count(self->fp, counts->kinds.fp);
  set_count(self->fn, counts->kinds.fn);
  set_count(self->confused, counts->kinds.confused);
  gtk_widget_set_visible(self->confused_box, confused);
  gtk_widget_set_visible(self->kinds, TRUE);
  gtk_label_set_text(self->iou, iou);
  gtk_widget_set_visible(GTK_WIDGET(self->iou), TRUE);
  gtk_label_set_text(self->verdict, match);
  announce(self);
}

void
ms_area_card_set_message(MsAreaCard *self, const char *message)
{
  gtk_widget_set_visible(self->kinds, FALSE);
  gtk_widget_set_visible(GTK_WIDGET(self->iou), FALSE);
  gtk_label_set_text(self->verdict, message);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
}

static void
ms_area_card_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_AREA_CARD);
  G_OBJECT_CLASS(ms_area_card_parent_class)->dispose(object);
}

static void
ms_area_card_class_init(MsAreaCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_SWATCH);
  G_OBJECT_CLASS(class)->dispose = ms_area_card_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "areacard");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/area-card.ui");
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, box);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, place);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, kinds);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, tp);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, fp);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, fn);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, confused);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, confused_box);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, iou);
  gtk_widget_class_bind_template_child(widget_class, MsAreaCard, verdict);
}

static void
ms_area_card_init(MsAreaCard *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
