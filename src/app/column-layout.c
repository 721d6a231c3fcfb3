/* SPDX-License-Identifier: MIT */
#include "app/column-layout.h"

struct _MsColumnLayout {
  GtkLayoutManager parent_instance;

  int middle;         /* greatest width in the middle; 0: at the top */
  int reserved;       /* height that the child needed, */
  int reserved_width; /* when the child had that width */
};

G_DEFINE_FINAL_TYPE(MsColumnLayout, ms_column_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
ms_column_layout_get_request_mode(GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Of `width`, what the child gets. */
static int
child_width(MsColumnLayout *self, GtkWidget *child, int width)
{
  int minimum;

  if (self->middle == 0)
    return width;
  gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MIN(width, MAX(minimum, self->middle));
}

static int
child_height(GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
ms_column_layout_measure(GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                         int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  MsColumnLayout *self = MS_COLUMN_LAYOUT(manager);
  GtkWidget *child = gtk_widget_get_first_child(widget);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = child_width(self, child, for_size);
  gtk_widget_measure(child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL && self->middle > 0)
    *natural = MAX(*minimum, MIN(*natural, self->middle));
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size == self->reserved_width)
    *natural = MAX(*natural, self->reserved);
}

static void
ms_column_layout_allocate(GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                          int baseline)
{
  MsColumnLayout *self = MS_COLUMN_LAYOUT(manager);
  GtkWidget *child = gtk_widget_get_first_child(widget);
  int inner = child_width(self, child, width);
  int needed = child_height(child, inner);
  int y = 0;

  self->reserved = inner == self->reserved_width ? MAX(self->reserved, needed) : needed;
  self->reserved_width = inner;
  if (self->middle > 0)
    y = MAX(0, (height - self->reserved) / 2);
  gtk_widget_size_allocate(child, &(GtkAllocation){(width - inner) / 2, y, inner, height - y}, -1);
}

static void
ms_column_layout_class_init(MsColumnLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS(class);

  layout_class->get_request_mode = ms_column_layout_get_request_mode;
  layout_class->measure = ms_column_layout_measure;
  layout_class->allocate = ms_column_layout_allocate;
}

static void
ms_column_layout_init(MsColumnLayout *self)
{
}

void
ms_column_layout_set_middle(MsColumnLayout *self, int width)
{
  if (width == self->middle)
    return;
  self->middle = width;
  ms_column_layout_forget(self);
}

void
ms_column_layout_forget(MsColumnLayout *self)
{
  self->reserved = self->reserved_width = 0;
  gtk_layout_manager_layout_changed(GTK_LAYOUT_MANAGER(self));
}
