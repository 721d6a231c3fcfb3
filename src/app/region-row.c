/* SPDX-License-Identifier: MIT
 *
 * Shows what the item holds that it was given last, and whatever that will hold: rows are used
 * again for other items as the list is scrolled. Colour is never the only sign of a kind, its word
 * stands beside it, and a line's numbers are under each other.
 */
#include "app/region-row.h"

#include <math.h>

#include "app/tip.h"
#include "render/palette.h"
#include "set/describe.h"

struct _MsRegionRow {
  GtkWidget parent_instance;

  /* Owned; NULL: none */
  MsRegionItem *item;
  gulong changed;

  /* Children */
  GtkLabel *kind;
  GtkLabel *mostly;
  GtkLabel *name; /* place, class, or the first of two classes */
  GtkWidget *arrow;
  GtkLabel *second;
  GtkLabel *pixels;
  GtkLabel *mended;
};

G_DEFINE_FINAL_TYPE(MsRegionRow, ms_region_row, GTK_TYPE_WIDGET)

static const struct {
  MsKind kind;
  const char *class;
  const char *word; /* as short as the others */
} kinds[] = {
    {MS_KIND_FP, "fp", "FP"},
    {MS_KIND_FN, "fn", "FN"},
    {MS_KIND_CONFUSED, "confused", NULL}, /* two names say it */
};

static char *
class_name(const MsAnalysis *analysis, guint32 id)
{
  const MsFrame *frame = analysis->frame;

  return id == MS_NO_CLASS ? g_strdup("nothing") : ms_set_class_name(frame->set, frame->model, id);
}

static gboolean
has_classes(const MsAnalysis *analysis)
{
  return ms_comparison_has_classes(analysis->rules->rules.comparison) &&
         ms_class_focus_get_solo(analysis->focus) < 0;
}

static gboolean
is_mixed(const MsRegion *region)
{
  return region->n_of_pair < region->mend.pixels;
}

/* "16,180 of them (61.3 %)", never as many as all. */
static char *
describe_share(const MsRegion *region)
{
  g_autofree char *pixels = ms_describe_count(region->n_of_pair);
  double permille = floor(1000 * (double)region->n_of_pair / (double)region->mend.pixels);
  char percent[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd(percent, sizeof percent, "%.1f", permille / 10);
  return g_strdup_printf("%s of them (%s %%)", pixels, percent);
}

/* "Tree predicted as Building: 16,180 of them (61.3 %)"; NULL: there are no classes to tell. */
static char *
describe_classes(const MsAnalysis *analysis, const MsRegion *region)
{
  g_autofree char *actual = NULL, *predicted = NULL, *share = NULL;

  if (!has_classes(analysis))
    return NULL;
  actual = class_name(analysis, region->actual);
  predicted = class_name(analysis, region->predicted);
  share = is_mixed(region) ? describe_share(region) : g_strdup("all of them");
  return g_strdup_printf("%s predicted as %s: %s", actual, predicted, share);
}

static void
show_mended(MsRegionRow *self, const MsAnalysis *analysis, const MsRegion *region)
{
  g_autofree char *text = ms_describe_ratio(ms_analysis_mended_iou(analysis, &region->mend), 3);

  gtk_label_set_text(self->mended, text);
}

/* Everything, also what the row has no room for. */
static char *
describe(const MsAnalysis *analysis, const MsRegion *region)
{
  g_autofree char *classes = describe_classes(analysis, region);
  g_autofree char *pixels = ms_describe_count(region->mend.pixels);
  g_autofree char *before = ms_describe_ratio(ms_analysis_iou(analysis), 5);
  g_autofree char *after = ms_describe_ratio(ms_analysis_mended_iou(analysis, &region->mend), 5);

  return g_strdup_printf("%s (%s): %s px at (%d, %d), %d × %d\n%s%s"
                         "IoU %s; were it right, %s",
                         ms_kind_label(region->kind), ms_kind_description(region->kind), pixels,
                         region->inside_x, region->inside_y, region->width, region->height,
                         classes ? classes : "", classes ? "\n" : "", before, after);
}

/* The kind says that the other side is background; of a confusion: actual, arrow, predicted. */
static void
show_names(MsRegionRow *self, const MsAnalysis *analysis, const MsRegion *region)
{
  gboolean classes = has_classes(analysis);
  gboolean two = classes && region->kind == MS_KIND_CONFUSED;
  guint32 first = region->kind == MS_KIND_FP ? region->predicted : region->actual;
  g_autofree char *name = classes ? class_name(analysis, first)
                                  : g_strdup_printf("(%d, %d)", region->inside_x, region->inside_y);
  g_autofree char *second = two ? class_name(analysis, region->predicted) : NULL;

  gtk_label_set_text(self->name, name);
  gtk_label_set_text(self->second, second ? second : "");
  gtk_widget_set_visible(self->arrow, two);
  gtk_widget_set_visible(GTK_WIDGET(self->second), two);
  gtk_widget_set_visible(GTK_WIDGET(self->mostly), classes && is_mixed(region));
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

static void
show(MsRegionItem *item, MsRegionRow *self)
{
  const MsRegion *region = ms_region_item_get(item);
  const MsAnalysis *analysis = ms_region_item_get_analysis(item);
  g_autofree char *pixels = ms_describe_short_count(region->mend.pixels);
  g_autofree char *whole = describe(analysis, region);

  show_kind(self, region->kind);
  show_names(self, analysis, region);
  gtk_label_set_text(self->pixels, pixels);
  show_mended(self, analysis, region);
  ms_tip_set(GTK_WIDGET(self), whole);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
}

void
ms_region_row_set_item(MsRegionRow *self, MsRegionItem *item)
{
  if (item == self->item)
    return;
  if (self->item)
    g_clear_signal_handler(&self->changed, self->item);
  g_set_object(&self->item, item);
  if (!item)
    return;
  self->changed = g_signal_connect(item, "changed", G_CALLBACK(show), self);
  show(item, self);
}

/* --- construction --- */

static GtkLabel *
add_label(GtkWidget *parent, float xalign, int n_chars, const char *class)
{
  GtkWidget *label = gtk_label_new(NULL);

  gtk_label_set_xalign(GTK_LABEL(label), xalign);
  gtk_label_set_width_chars(GTK_LABEL(label), n_chars);
  gtk_label_set_single_line_mode(GTK_LABEL(label), TRUE);
  if (class)
    gtk_widget_add_css_class(label, class);
  gtk_box_append(GTK_BOX(parent), label);
  return GTK_LABEL(label);
}

static GtkLabel *
add_name(GtkWidget *parent)
{
  GtkLabel *label = add_label(parent, 0, -1, NULL);

  gtk_label_set_ellipsize(label, PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
names_new(MsRegionRow *self)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_set_hexpand(box, TRUE);
  gtk_widget_add_css_class(box, "name");
  self->mostly = add_label(box, 0, -1, "mostly");
  gtk_label_set_text(self->mostly, "mostly");
  self->name = add_name(box);
  self->arrow = GTK_WIDGET(add_label(box, 0, -1, NULL));
  gtk_label_set_text(GTK_LABEL(self->arrow), "→");
  self->second = add_name(box);
  return box;
}

static void
ms_region_row_dispose(GObject *object)
{
  GtkWidget *child;

  ms_region_row_set_item(MS_REGION_ROW(object), NULL);
  while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))))
    gtk_widget_unparent(child);
  G_OBJECT_CLASS(ms_region_row_parent_class)->dispose(object);
}

static void
ms_region_row_class_init(MsRegionRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_region_row_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "regionrow");
}

static void
ms_region_row_init(MsRegionRow *self)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 5);
  GtkWidget *swatch = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_valign(swatch, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request(swatch, 10, 10);
  gtk_widget_add_css_class(swatch, "swatch");
  gtk_box_append(GTK_BOX(box), swatch);
  self->kind = add_label(box, 0, 2, NULL);
  gtk_box_append(GTK_BOX(box), names_new(self));
  self->pixels = add_label(box, 1, 5, "numeric");
  self->mended = add_label(box, 1, 5, "numeric");
  gtk_widget_set_parent(box, GTK_WIDGET(self));
}

GtkWidget *
ms_region_row_new(void)
{
  return g_object_new(MS_TYPE_REGION_ROW, NULL);
}
