/* SPDX-License-Identifier: MIT
 *
 * Lines are those of one analysis. While another one is awaited they stay where they are, unseen:
 * to empty the list and fill it again would cost every step to another example a frame. What the
 * list chooses by itself (another analysis, other kinds) is told to nobody: "chosen" is the user's
 * doing alone. A short list leaves the wheel to the panel that it is in.
 */
#include "app/region-view.h"

#include "app/list-wheel.h"
#include "app/region-model.h"
#include "app/region-row.h"
#include "app/tip.h"
#include "set/describe.h"

#define MAX_HEIGHT 204 /* beyond it the list scrolls */

struct _MsRegionView {
  GtkWidget parent_instance;

  MsKind kinds;
  gboolean choosing; /* not the user */

  /* Owned */
  MsAnalysis *analysis; /* NULL: none, or one is awaited */
  MsRegionModel *model;
  GtkSingleSelection *selection;

  /* Template */
  GtkWidget *box;
  GtkListView *list;
  GtkWidget *scroller;
  GtkLabel *nothing;
  GtkWidget *headings;
  GtkLabel *place;
  GtkLabel *heading;
  GtkLabel *iou;
};

G_DEFINE_FINAL_TYPE(MsRegionView, ms_region_view, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- what is listed --- */

static guint
count_regions(MsRegionView *self)
{
  size_t n_regions = 0;

  if (self->analysis)
    ms_regions_get(self->analysis->diagnosis.regions, &n_regions);
  return (guint)n_regions;
}

/* "3 of kinds that are switched off below the picture" */
static void
show_rest(MsRegionView *self, guint n_hidden)
{
  g_autofree char *count = ms_describe_count(n_hidden);
  g_autofree char *text =
      g_strdup_printf("%s of kinds that are switched off below the picture", count);

  gtk_label_set_text(self->nothing, text);
  gtk_widget_set_visible(GTK_WIDGET(self->nothing), n_hidden > 0);
}

/* What each line would make of it stands below. */
static void
show_iou(MsRegionView *self)
{
  g_autofree char *iou =
      ms_describe_ratio(self->analysis ? ms_analysis_iou(self->analysis) : (MsValue){0}, 3);
  g_autofree char *text = g_strdup_printf("IoU now %s", iou);

  gtk_label_set_text(self->iou, text);
}

static void
choose_row(MsRegionView *self, guint row)
{
  self->choosing = TRUE;
  gtk_single_selection_set_selected(self->selection, row);
  self->choosing = FALSE;
}

static void
set_listed(MsRegionView *self, gboolean listed)
{
  gtk_widget_set_opacity(self->scroller, listed ? 1 : 0);
  gtk_widget_set_can_target(self->scroller, listed);
  gtk_widget_set_can_focus(self->scroller, listed);
  gtk_accessible_update_state(GTK_ACCESSIBLE(self->scroller), GTK_ACCESSIBLE_STATE_HIDDEN, !listed,
                              -1);
}

/* Nothing of the lines before stays chosen. */
static void
update(MsRegionView *self)
{
  guint n_rows;

  choose_row(self, GTK_INVALID_LIST_POSITION);
  ms_region_model_show(self->model, self->analysis, self->kinds);
  set_listed(self, TRUE);
  n_rows = ms_region_view_get_n_rows(self);
  gtk_widget_set_visible(self->scroller, n_rows > 0);
  gtk_widget_set_visible(self->headings, n_rows > 0);
  show_iou(self);
  show_rest(self, count_regions(self) - n_rows);
}

void
ms_region_view_set_analysis(MsRegionView *self, MsAnalysis *analysis)
{
  gtk_widget_set_size_request(self->box, -1, -1);
  if (analysis && analysis == self->analysis)
    return;
  ms_analysis_ref(analysis);
  ms_analysis_unref(self->analysis);
  self->analysis = analysis;
  update(self);
}

void
ms_region_view_await_analysis(MsRegionView *self)
{
  int height = gtk_widget_get_height(self->box);

  gtk_widget_set_size_request(self->box, -1, height > 0 ? height : -1);
  g_clear_pointer(&self->analysis, ms_analysis_unref);
  choose_row(self, GTK_INVALID_LIST_POSITION);
  set_listed(self, FALSE);
  show_iou(self);
}

void
ms_region_view_set_kinds(MsRegionView *self, MsKind kinds)
{
  if (kinds == self->kinds)
    return;
  self->kinds = kinds;
  if (self->analysis)
    update(self);
}

guint
ms_region_view_get_n_rows(MsRegionView *self)
{
  return self->analysis ? g_list_model_get_n_items(G_LIST_MODEL(self->model)) : 0;
}

void
ms_region_view_set_heading(MsRegionView *self, const char *heading)
{
  gtk_label_set_text(self->heading, heading);
}

void
ms_region_view_set_place(MsRegionView *self, const char *place, const char *among)
{
  gtk_label_set_text(self->place, place);
  ms_tip_set(GTK_WIDGET(self->place), among);
}

/* --- which one is chosen --- */

guint
ms_region_view_get_row(MsRegionView *self)
{
  return gtk_single_selection_get_selected(self->selection);
}

void
ms_region_view_choose(MsRegionView *self, gssize region)
{
  guint row =
      region < 0 || !self->analysis ? G_MAXUINT : ms_region_model_find(self->model, (gsize)region);

  choose_row(self, row == G_MAXUINT ? GTK_INVALID_LIST_POSITION : row);
  if (row != G_MAXUINT)
    gtk_widget_activate_action(GTK_WIDGET(self->list), "list.scroll-to-item", "u", row);
}

gssize
ms_region_view_peek(MsRegionView *self, gssize region, int delta)
{
  guint n = ms_region_view_get_n_rows(self);
  guint row = region < 0 ? G_MAXUINT : ms_region_model_find(self->model, (gsize)region);
  gint64 next = row == G_MAXUINT ? delta > 0 ? 0 : (gint64)n - 1 : (gint64)row + delta;

  return next >= 0 && next < n ? (gssize)ms_region_model_get_region(self->model, (guint)next) : -1;
}

static void
tell(MsRegionView *self, guint row)
{
  if (row < ms_region_view_get_n_rows(self))
    g_signal_emit(self, signals[CHOSEN], 0, (gint64)ms_region_model_get_region(self->model, row));
}

static void
selected(GtkSingleSelection *selection, GParamSpec *pspec, MsRegionView *self)
{
  if (!self->choosing)
    tell(self, gtk_single_selection_get_selected(selection));
}

static void
activated(GtkListView *list, guint row, MsRegionView *self)
{
  tell(self, row);
}

/* --- lines --- */

static void
line_setup(GtkSignalListItemFactory *factory, GtkListItem *line, MsRegionView *self)
{
  gtk_list_item_set_child(line, ms_region_row_new());
}

static void
line_bind(GtkSignalListItemFactory *factory, GtkListItem *line, MsRegionView *self)
{
  ms_region_row_set_item(MS_REGION_ROW(gtk_list_item_get_child(line)),
                         gtk_list_item_get_item(line));
}

static void
line_unbind(GtkSignalListItemFactory *factory, GtkListItem *line, MsRegionView *self)
{
  ms_region_row_set_item(MS_REGION_ROW(gtk_list_item_get_child(line)), NULL);
}

/* --- construction --- */

/* Tab leaves the lines, which the arrow keys walk, at once. */
static gboolean
ms_region_view_focus(GtkWidget *widget, GtkDirectionType direction)
{
  MsRegionView *self = MS_REGION_VIEW(widget);

  if (gtk_widget_get_focus_child(self->scroller) &&
      (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return FALSE;
  return GTK_WIDGET_CLASS(ms_region_view_parent_class)->focus(widget, direction);
}

static void
ms_region_view_dispose(GObject *object)
{
  MsRegionView *self = MS_REGION_VIEW(object);

  if (self->list)
    gtk_list_view_set_model(self->list, NULL);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_REGION_VIEW);
  g_clear_object(&self->selection);
  g_clear_object(&self->model);
  g_clear_pointer(&self->analysis, ms_analysis_unref);
  G_OBJECT_CLASS(ms_region_view_parent_class)->dispose(object);
}

static void
ms_region_view_class_init(MsRegionViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_region_view_dispose;
  widget_class->focus = ms_region_view_focus;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/region-view.ui");
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, box);
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, list);
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, scroller);
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, nothing);
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, headings);
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, place);
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, heading);
  gtk_widget_class_bind_template_child(widget_class, MsRegionView, iou);
  gtk_widget_class_bind_template_callback(widget_class, activated);
  signals[CHOSEN] = g_signal_new("chosen", MS_TYPE_REGION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
ms_region_view_init(MsRegionView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();

  gtk_widget_init_template(GTK_WIDGET(self));
  self->kinds = MS_KIND_WRONG;
  self->model = ms_region_model_new();
  self->selection = gtk_single_selection_new(g_object_ref(G_LIST_MODEL(self->model)));
  gtk_single_selection_set_autoselect(self->selection, FALSE);
  gtk_single_selection_set_can_unselect(self->selection, TRUE);
  g_signal_connect(self->selection, "notify::selected", G_CALLBACK(selected), self);
  g_signal_connect(factory, "setup", G_CALLBACK(line_setup), self);
  g_signal_connect(factory, "bind", G_CALLBACK(line_bind), self);
  g_signal_connect(factory, "unbind", G_CALLBACK(line_unbind), self);
  gtk_list_view_set_factory(self->list, factory);
  gtk_list_view_set_model(self->list, GTK_SELECTION_MODEL(self->selection));
  gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(self->scroller), MAX_HEIGHT);
  ms_list_wheel_add(GTK_SCROLLED_WINDOW(self->scroller));
  g_object_unref(factory);
  update(self);
}
