/* SPDX-License-Identifier: MIT */
#include "app/stage-layout.h"

#define STRIP_SHARE 3 /* one part in so many */

struct _MsStageLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE(MsStageLayout, ms_stage_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
ms_stage_layout_get_request_mode(GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ms_stage_layout_measure(GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                        int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child)) {
    int child_minimum, child_natural;

    if (!gtk_widget_should_layout(child))
      continue;
    gtk_widget_measure(child, orientation, for_size, &child_minimum, &child_natural, NULL, NULL);
    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
      *minimum = MAX(*minimum, child_minimum);
      *natural = MAX(*natural, child_natural);
    } else {
      *minimum += child_minimum;
      *natural += child_natural;
    }
  }
}

static int
strip_height(GtkWidget *strip, int width, int height)
{
  int minimum, natural;

  gtk_widget_measure(strip, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return MAX(minimum, MIN(natural, height / STRIP_SHARE));
}

static void
ms_stage_layout_allocate(GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                         int baseline)
{
  GtkWidget *picture = gtk_widget_get_first_child(widget);
  GtkWidget *strip = gtk_widget_get_last_child(widget);
  int below = 0;

  if (gtk_widget_should_layout(strip)) {
    below = gtk_widget_should_layout(picture) ? strip_height(strip, width, height) : height;
    gtk_widget_size_allocate(strip, &(GtkAllocation){0, height - below, width, below}, -1);
  }
  if (gtk_widget_should_layout(picture))
    gtk_widget_size_allocate(picture, &(GtkAllocation){0, 0, width, height - below}, -1);
}

static void
ms_stage_layout_class_init(MsStageLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS(class);

  layout_class->get_request_mode = ms_stage_layout_get_request_mode;
  layout_class->measure = ms_stage_layout_measure;
  layout_class->allocate = ms_stage_layout_allocate;
}

static void
ms_stage_layout_init(MsStageLayout *self)
{
}
