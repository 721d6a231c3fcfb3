/* SPDX-License-Identifier: MIT */
#include "app/outline-key.h"

#include "render/edges.h"

#define WIDTH 26 /* two dashes, two gaps and a dash, and the casing */
#define LINE  2
#define SIDE  2 /* of the casing */

struct _MsOutlineKey {
  GtkWidget parent_instance;

  gboolean predicted;
};

G_DEFINE_FINAL_TYPE(MsOutlineKey, ms_outline_key, GTK_TYPE_WIDGET)

enum { PREDICTED = 1, N_PROPERTIES };

static void
ms_outline_key_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : LINE + 2 * SIDE;
}

static GdkRGBA
rgba(MsColor color)
{
  return (GdkRGBA){color.red / 255.0f, color.green / 255.0f, color.blue / 255.0f, 1};
}

static void
append(GtkSnapshot *snapshot, MsColor color, float x, float y, float width, float height)
{
  GdkRGBA filled = rgba(color);

  gtk_snapshot_append_color(snapshot, &filled, &GRAPHENE_RECT_INIT(x, y, width, height));
}

static void
ms_outline_key_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  gboolean predicted = MS_OUTLINE_KEY(widget)->predicted;
  float top = (float)(gtk_widget_get_height(widget) - LINE) / 2;
  float dash = MS_EDGE_DASH, period = MS_EDGE_DASH + MS_EDGE_GAP;

  append(snapshot, MS_EDGE_CASING, 0, top - SIDE, WIDTH, LINE + 2 * SIDE);
  if (!predicted)
    append(snapshot, MS_EDGE_ACTUAL, SIDE, top, WIDTH - 2 * SIDE, LINE);
  for (float x = SIDE; predicted && x + dash <= WIDTH - SIDE + 0.5f; x += period)
    append(snapshot, MS_EDGE_PREDICTED, x, top, dash, LINE);
}

static void
ms_outline_key_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PREDICTED)
    MS_OUTLINE_KEY(object)->predicted = g_value_get_boolean(value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
ms_outline_key_class_init(MsOutlineKeyClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->set_property = ms_outline_key_set_property;
  widget_class->measure = ms_outline_key_measure;
  widget_class->snapshot = ms_outline_key_snapshot;
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  g_object_class_install_property(
      G_OBJECT_CLASS(class), PREDICTED,
      g_param_spec_boolean("predicted", NULL, NULL, FALSE,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
ms_outline_key_init(MsOutlineKey *self)
{
}
