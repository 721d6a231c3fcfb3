/* SPDX-License-Identifier: MIT */
#include "app/flow-layout.h"

#define SPACING 6

struct _MsFlowLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE(MsFlowLayout, ms_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Walks the lines for a width; with `place`, children are put there. Returns the height. */
static int
flow(GtkWidget *widget, int width, gboolean place)
{
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkRequisition minimum, natural;
    int child_width;

    if (!gtk_widget_should_layout(child))
      continue;
    gtk_widget_get_preferred_size(child, &minimum, &natural);
    child_width = MAX(minimum.width, MIN(natural.width, width));
    if (x > 0 && x + child_width > width) {
      x = 0;
      y += line_height + SPACING;
      line_height = 0;
    }
    if (gtk_widget_get_halign(child) == GTK_ALIGN_END)
      x = MAX(x, width - child_width);
    if (place)
      gtk_widget_size_allocate(child, &(GtkAllocation){x, y, child_width, natural.height}, -1);
    x += child_width + SPACING;
    line_height = MAX(line_height, natural.height);
  }
  return y + line_height;
}

static GtkSizeRequestMode
ms_flow_layout_get_request_mode(GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* As narrow as the widest child can be, as wide as all of them in one line. */
static void
ms_flow_layout_measure(GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                       int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  int widest = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkRequisition least, size;

    if (!gtk_widget_should_layout(child))
      continue;
    gtk_widget_get_preferred_size(child, &least, &size);
    widest = MAX(widest, least.width);
    all += size.width + (all > 0 ? SPACING : 0);
  }
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = widest;
    *natural = all;
  } else {
    *minimum = *natural = flow(widget, for_size < 0 ? all : for_size, FALSE);
  }
}

static void
ms_flow_layout_allocate(GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                        int baseline)
{
  flow(widget, width, TRUE);
}

static void
ms_flow_layout_class_init(MsFlowLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS(class);

  layout_class->get_request_mode = ms_flow_layout_get_request_mode;
  layout_class->measure = ms_flow_layout_measure;
  layout_class->allocate = ms_flow_layout_allocate;
}

static void
ms_flow_layout_init(MsFlowLayout *self)
{
}
