/* SPDX-License-Identifier: MIT */
#include "app/region-row.h"

#include "render/palette.h"
#include "set/describe.h"

struct _MsRegionRow {
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *swatch;
  GtkLabel *kind;
  GtkLabel *name;
  GtkLabel *pixels;
  GtkLabel *iou;
};

G_DEFINE_FINAL_TYPE(MsRegionRow, ms_region_row, GTK_TYPE_WIDGET)

static const struct {
  MsKind kind;
  const char *class;
  const char *word; /* as short as the others */
} kinds[] = {
    {MS_KIND_FP, "fp", "FP"},
    {MS_KIND_FN, "fn", "FN"},
    {MS_KIND_CONFUSED, "confused", NULL}, /* "road for sidewalk" says it */
};

static char *
class_name(const MsAnalysis *analysis, guint32 id)
{
  const MsFrame *frame = analysis->frame;

  return id == MS_NO_CLASS ? g_strdup("nothing") : ms_set_class_name(frame->set, frame->model, id);
}

char *
ms_region_row_describe_class(const MsAnalysis *analysis, const MsRegion *region)
{
  g_autofree char *actual = NULL;
  g_autofree char *predicted = NULL;

  if (!ms_comparison_has_classes(analysis->rules->rules.comparison) ||
      ms_class_focus_get_solo(analysis->focus) >= 0)
    return NULL;
  actual = class_name(analysis, region->actual);
  predicted = class_name(analysis, region->predicted);
  if (region->kind == MS_KIND_FP)
    return g_steal_pointer(&predicted);
  if (region->kind == MS_KIND_FN)
    return g_steal_pointer(&actual);
  return g_strdup_printf("%s for %s", predicted, actual);
}

static void
show_iou(MsRegionRow *self, const MsAnalysis *analysis, const MsRegion *region)
{
  g_autofree char *text = ms_describe_ratio(ms_analysis_mended_iou(analysis, &region->mend), 3);

  gtk_label_set_text(self->iou, text);
}

/* Everything, also what the row has no room for. */
static char *
describe(const MsAnalysis *analysis, const MsRegion *region, const char *class)
{
  g_autofree char *pixels = ms_describe_count(region->mend.pixels);
  g_autofree char *before = ms_describe_ratio(ms_analysis_iou(analysis), 5);
  g_autofree char *after = ms_describe_ratio(ms_analysis_mended_iou(analysis, &region->mend), 5);

  return g_strdup_printf("%s (%s)%s%s: %s px at (%d, %d), %d × %d\n"
                         "IoU %s; were it right, %s",
                         ms_kind_label(region->kind), ms_kind_description(region->kind),
                         class ? ", " : "", class ? class : "", pixels, region->inside_x,
                         region->inside_y, region->width, region->height, before, after);
}

static void
show_kind(MsRegionRow *self, MsKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
    if (kinds[i].kind == kind) {
      gtk_widget_add_css_class(GTK_WIDGET(self), kinds[i].class);
      gtk_label_set_text(self->kind, kinds[i].word ? kinds[i].word : "");
      gtk_widget_set_visible(GTK_WIDGET(self->kind), kinds[i].word != NULL);
    } else {
      gtk_widget_remove_css_class(GTK_WIDGET(self), kinds[i].class);
    }
}

void
ms_region_row_set_item(MsRegionRow *self, MsRegionItem *item)
{
  const MsRegion *region;
  g_autofree char *class = NULL;
  g_autofree char *place = NULL;
  g_autofree char *pixels = NULL;
  g_autofree char *whole = NULL;

  if (!item)
    return;
  region = ms_region_item_get(item);
  class = ms_region_row_describe_class(item->analysis, region);
  place = g_strdup_printf("(%d, %d)", region->inside_x, region->inside_y);
  pixels = ms_describe_short_count(region->mend.pixels);
  whole = describe(item->analysis, region, class);
  show_kind(self, region->kind);
  gtk_label_set_text(self->name, class ? class : place);
  gtk_label_set_text(self->pixels, pixels);
  show_iou(self, item->analysis, region);
  gtk_widget_set_tooltip_text(GTK_WIDGET(self), whole);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
}

/* --- construction --- */

static GtkLabel *
add_label(MsRegionRow *self, float xalign, int n_chars, const char *class)
{
  GtkWidget *label = gtk_label_new(NULL);

  gtk_label_set_xalign(GTK_LABEL(label), xalign);
  gtk_label_set_width_chars(GTK_LABEL(label), n_chars);
  gtk_label_set_single_line_mode(GTK_LABEL(label), TRUE);
  if (class)
    gtk_widget_add_css_class(label, class);
  gtk_widget_set_parent(label, GTK_WIDGET(self));
  return GTK_LABEL(label);
}

static void
ms_region_row_dispose(GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))))
    gtk_widget_unparent(child);
  G_OBJECT_CLASS(ms_region_row_parent_class)->dispose(object);
}

static void
ms_region_row_class_init(MsRegionRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_region_row_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "regionrow");
}

static void
ms_region_row_init(MsRegionRow *self)
{
  self->swatch = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_valign(self->swatch, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request(self->swatch, 10, 10);
  gtk_widget_add_css_class(self->swatch, "swatch");
  gtk_widget_set_parent(self->swatch, GTK_WIDGET(self));
  self->kind = add_label(self, 0, 2, NULL);
  self->name = add_label(self, 0, -1, "name");
  gtk_label_set_ellipsize(self->name, PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand(GTK_WIDGET(self->name), TRUE);
  self->pixels = add_label(self, 1, 5, "numeric");
  self->iou = add_label(self, 1, 5, "numeric");
  gtk_widget_add_css_class(GTK_WIDGET(self->iou), "iou");
}

GtkWidget *
ms_region_row_new(void)
{
  return g_object_new(MS_TYPE_REGION_ROW, NULL);
}
