/* SPDX-License-Identifier: MIT */
#include "app/flow-layout.h"

#define SPACING 6

struct _MsFlowLayout {
  GtkLayoutManager parent_instance;

  gboolean last_at_end;
};

G_DEFINE_FINAL_TYPE(MsFlowLayout, ms_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

enum { PROP_LAST_AT_END = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

/* Walks the lines for a width; with `place`, children are put there. Returns the height. */
static int
flow(MsFlowLayout *self, GtkWidget *widget, int width, gboolean place)
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
    if (self->last_at_end && !gtk_widget_get_next_sibling(child))
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
    *minimum = *natural =
        flow(MS_FLOW_LAYOUT(manager), widget, for_size < 0 ? all : for_size, FALSE);
  }
}

static void
ms_flow_layout_allocate(GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                        int baseline)
{
  flow(MS_FLOW_LAYOUT(manager), widget, width, TRUE);
}

static void
ms_flow_layout_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LAST_AT_END:
    g_value_set_boolean(value, MS_FLOW_LAYOUT(object)->last_at_end);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_flow_layout_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LAST_AT_END:
    MS_FLOW_LAYOUT(object)->last_at_end = g_value_get_boolean(value);
    gtk_layout_manager_layout_changed(GTK_LAYOUT_MANAGER(object));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_flow_layout_class_init(MsFlowLayoutClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS(class);

  object_class->get_property = ms_flow_layout_get_property;
  object_class->set_property = ms_flow_layout_set_property;
  layout_class->get_request_mode = ms_flow_layout_get_request_mode;
  layout_class->measure = ms_flow_layout_measure;
  layout_class->allocate = ms_flow_layout_allocate;
  properties[PROP_LAST_AT_END] = g_param_spec_boolean("last-at-end", NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
}

static void
ms_flow_layout_init(MsFlowLayout *self)
{
}
