/* SPDX-License-Identifier: MIT */
#include "app/name-label.h"

struct _MsNameLabel {
  GtkWidget parent_instance;

  gboolean has_short;

  /* Children */
  GtkLabel *whole;
  GtkLabel *shortly;
};

G_DEFINE_FINAL_TYPE(MsNameLabel, ms_name_label, GTK_TYPE_WIDGET)

void
ms_name_label_set(MsNameLabel *self, const char *name, const char *shortly)
{
  gtk_label_set_text(self->whole, name);
  gtk_label_set_text(self->shortly, shortly ? shortly : "");
  self->has_short = shortly != NULL;
  gtk_widget_queue_resize(GTK_WIDGET(self));
}

const char *
ms_name_label_get_shown(MsNameLabel *self)
{
  gboolean whole = gtk_widget_get_child_visible(GTK_WIDGET(self->whole));

  return gtk_label_get_text(whole ? self->whole : self->shortly);
}

static void
ms_name_label_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  MsNameLabel *self = MS_NAME_LABEL(widget);

  gtk_widget_measure(GTK_WIDGET(self->whole), orientation, -1, minimum, natural, minimum_baseline,
                     natural_baseline);
}

static void
ms_name_label_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  MsNameLabel *self = MS_NAME_LABEL(widget);
  gboolean fits;
  int natural;

  gtk_widget_measure(GTK_WIDGET(self->whole), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                     NULL);
  fits = natural <= width || !self->has_short;
  gtk_widget_set_child_visible(GTK_WIDGET(self->whole), fits);
  gtk_widget_set_child_visible(GTK_WIDGET(self->shortly), !fits);
  gtk_widget_size_allocate(GTK_WIDGET(fits ? self->whole : self->shortly),
                           &(GtkAllocation){0, 0, width, height}, baseline);
}

static GtkLabel *
make_label(MsNameLabel *self)
{
  GtkWidget *label = gtk_label_new("");

  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_single_line_mode(GTK_LABEL(label), TRUE);
  gtk_widget_set_parent(label, GTK_WIDGET(self));
  return GTK_LABEL(label);
}

static void
ms_name_label_dispose(GObject *object)
{
  MsNameLabel *self = MS_NAME_LABEL(object);

  if (self->whole)
    gtk_widget_unparent(GTK_WIDGET(self->whole));
  if (self->shortly)
    gtk_widget_unparent(GTK_WIDGET(self->shortly));
  self->whole = self->shortly = NULL;
  G_OBJECT_CLASS(ms_name_label_parent_class)->dispose(object);
}

static void
ms_name_label_class_init(MsNameLabelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_name_label_dispose;
  widget_class->measure = ms_name_label_measure;
  widget_class->size_allocate = ms_name_label_size_allocate;
}

static void
ms_name_label_init(MsNameLabel *self)
{
  self->whole = make_label(self);
  self->shortly = make_label(self);
  gtk_widget_set_child_visible(GTK_WIDGET(self->shortly), FALSE);
}
