/* SPDX-License-Identifier: MIT */
#include "app/reading-progress.h"

struct _MsReadingProgress {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkLabel *label;
  GtkWidget *cancel;
  GtkWidget *rest;
};

G_DEFINE_FINAL_TYPE(MsReadingProgress, ms_reading_progress, GTK_TYPE_WIDGET)

static void
show(MsReadingProgress *self, const char *text, gboolean under_way)
{
  gtk_label_set_text(self->label, text);
  gtk_widget_set_visible(self->cancel, under_way);
  gtk_widget_set_visible(self->rest, !under_way);
  gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
}

void
ms_reading_progress_show(MsReadingProgress *self, const char *text)
{
  show(self, text, TRUE);
}

void
ms_reading_progress_show_part(MsReadingProgress *self, const char *text)
{
  show(self, text, FALSE);
}

void
ms_reading_progress_hide(MsReadingProgress *self)
{
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}

static void
ms_reading_progress_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_READING_PROGRESS);
  G_OBJECT_CLASS(ms_reading_progress_parent_class)->dispose(object);
}

static void
ms_reading_progress_class_init(MsReadingProgressClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_reading_progress_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/reading-progress.ui");
  gtk_widget_class_bind_template_child(widget_class, MsReadingProgress, box);
  gtk_widget_class_bind_template_child(widget_class, MsReadingProgress, label);
  gtk_widget_class_bind_template_child(widget_class, MsReadingProgress, cancel);
  gtk_widget_class_bind_template_child(widget_class, MsReadingProgress, rest);
}

static void
ms_reading_progress_init(MsReadingProgress *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
