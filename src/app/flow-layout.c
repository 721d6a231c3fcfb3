/* SPDX-License-Identifier: MIT */
#include "app/flow-layout.h"

#define SPACING 6

struct _MsFlowLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE(MsFlowLayout, ms_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct {
  GtkWidget *child;
  int least; /* width */
  int width, height;
  int line;
} Item;

typedef struct {
  int width; /* of a line */
  int x;     /* where the next child of the last line goes */
  int line;
  GArray *items; /* by line */
} Flow;

static gboolean
ends(GtkWidget *child)
{
  return gtk_widget_get_halign(child) == GTK_ALIGN_END;
}

static gboolean
fits(const Flow *flow, const Item *item)
{
  return flow->x == 0 || flow->x + item->width <= flow->width;
}

static void
begin_line(Flow *flow)
{
  flow->line += flow->x > 0;
  flow->x = 0;
}

/* The child before gives way. */
static void
squeeze(Flow *flow, const Item *item)
{
  Item *last = &g_array_index(flow->items, Item, flow->items->len - 1);
  int lacking = flow->x + item->width - flow->width;

  lacking = MIN(lacking, last->width - last->least);
  last->width -= lacking;
  flow->x -= lacking;
}

static void
append(Flow *flow, Item item)
{
  if (!fits(flow, &item) && gtk_widget_get_hexpand(item.child))
    squeeze(flow, &item);
  if (!fits(flow, &item))
    begin_line(flow);
  item.line = flow->line;
  flow->x = ends(item.child) ? flow->width + 1 : flow->x + item.width + SPACING;
  g_array_append_val(flow->items, item);
}

/* There are as many lines however wide what stands before the child is that expands. One that is
 * aligned to the end and does not fit waits for the last line, which that child then begins. */
static GArray *
break_lines(GtkWidget *widget, int width)
{
  Flow flow = {.width = width, .items = g_array_new(FALSE, FALSE, sizeof(Item))};
  g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(Item));

  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkRequisition minimum, natural;
    Item item = {.child = child};

    if (!gtk_widget_should_layout(child))
      continue;
    gtk_widget_get_preferred_size(child, &minimum, &natural);
    item.least = minimum.width;
    item.width = MAX(minimum.width, MIN(natural.width, width));
    item.height = natural.height;
    if (gtk_widget_get_hexpand(child) && waiting->len > 0)
      begin_line(&flow);
    if (ends(child) && !fits(&flow, &item))
      g_array_append_val(waiting, item);
    else
      append(&flow, item);
  }
  for (guint i = 0; i < waiting->len; i++)
    append(&flow, g_array_index(waiting, Item, i));
  return flow.items;
}

/* Returns the first item of the next line. */
static guint
measure_line(const GArray *items, guint first, int *width, int *height)
{
  const Item *item = &g_array_index(items, Item, first);
  int line = item->line;
  guint end = first;

  *width = -SPACING;
  *height = 0;
  for (; end < items->len && (item = &g_array_index(items, Item, end))->line == line; end++) {
    *width += item->width + SPACING;
    *height = MAX(*height, item->height);
  }
  return end;
}

/* What expands takes what is left; what is aligned to the end goes there. */
static void
place_line(const Item *items, guint n_items, int y, int height, int left)
{
  int x = 0;

  for (guint i = 0; i < n_items; i++) {
    gboolean expands = gtk_widget_get_hexpand(items[i].child);
    int width = items[i].width;

    if (left > 0 && (expands || ends(items[i].child))) {
      x += expands ? 0 : left;
      width += expands ? left : 0;
      left = 0;
    }
    gtk_widget_size_allocate(items[i].child, &(GtkAllocation){x, y, width, height}, -1);
    x += width + SPACING;
  }
}

/* Returns the height. */
static int
flow(GtkWidget *widget, int width, gboolean place)
{
  g_autoptr(GArray) items = break_lines(widget, width);
  int y = 0;

  for (guint first = 0, end; first < items->len; first = end) {
    int line_width, line_height;

    end = measure_line(items, first, &line_width, &line_height);
    if (place)
      place_line(&g_array_index(items, Item, first), end - first, y, line_height,
                 width - line_width);
    y += line_height + SPACING;
  }
  return MAX(0, y - SPACING);
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
