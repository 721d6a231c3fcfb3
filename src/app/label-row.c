/* SPDX-License-Identifier: MIT */
#include "app/label-row.h"

#include "app/flow-layout.h"
#include "set/describe.h"

/* More than anybody reads; keeps a step cheap in a set of thousands of labels. */
#define MAX_CHIPS 300

struct _MsLabelRow {
  GtkWidget parent_instance;

  /* Template */
  GtkLabel *heading;
  GtkWidget *box;
  GtkToggleButton *unfold;
  GtkLabel *count;
  GtkWidget *flow;
  GtkLabel *none;
  GtkLabel *rest;

  MsLabelRole role;
  gboolean folded;
  double threshold;

  /* Owned */
  MsLabelData *labels; /* NULL: nothing is shown */
  GArray *marks;       /* MsLabelMark; NULL likewise */
  GPtrArray *chips;    /* MsLabelChip; their parent owns them */
};

G_DEFINE_FINAL_TYPE(MsLabelRow, ms_label_row, GTK_TYPE_WIDGET)

enum { UNFOLDED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
set_n_chips(MsLabelRow *self, guint n)
{
  while (self->chips->len < n) {
    GtkWidget *chip = ms_label_chip_new(self->role);

    gtk_widget_insert_before(chip, self->flow, GTK_WIDGET(self->rest));
    g_ptr_array_add(self->chips, chip);
  }
  while (self->chips->len > n)
    gtk_widget_unparent(g_ptr_array_steal_index(self->chips, self->chips->len - 1));
}

static void
show_rest(MsLabelRow *self, guint n_more)
{
  g_autofree char *count = ms_describe_count(n_more);
  g_autofree char *text = g_strdup_printf("and %s more", count);

  gtk_label_set_text(self->rest, text);
  gtk_widget_set_visible(GTK_WIDGET(self->rest), n_more > 0);
}

/* "38 labels", in full for who does not see the row's word. */
static void
show_count(MsLabelRow *self, guint n)
{
  g_autofree char *count = ms_describe_count(n);
  g_autofree char *text = g_strdup_printf("%s %s", count, n == 1 ? "label" : "labels");
  g_autofree char *spoken = g_strdup_printf("%s %s", text, ms_label_role_word(self->role));

  gtk_label_set_text(self->count, text);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->unfold), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 spoken, -1);
}

static void
update(MsLabelRow *self)
{
  guint n = self->marks ? self->marks->len : 0;
  gboolean open = !self->folded || gtk_toggle_button_get_active(self->unfold);
  guint n_chips = open ? MIN(n, MAX_CHIPS) : 0;

  set_n_chips(self, n_chips);
  for (guint i = 0; i < n_chips; i++)
    ms_label_chip_show(g_ptr_array_index(self->chips, i), self->labels,
                       &g_array_index(self->marks, MsLabelMark, i), self->threshold);
  show_count(self, n);
  show_rest(self, n - n_chips);
  gtk_widget_set_visible(GTK_WIDGET(self->none), n == 0);
  gtk_widget_set_visible(GTK_WIDGET(self->unfold), self->folded && n > 0);
  gtk_widget_set_visible(self->flow, open || n == 0);
}

static void
unfold_toggled(GtkToggleButton *unfold, MsLabelRow *self)
{
  update(self);
  g_signal_emit(self, signals[UNFOLDED], 0);
}

GtkWidget *
ms_label_row_get_heading(MsLabelRow *self)
{
  return GTK_WIDGET(self->heading);
}

void
ms_label_row_set_stacked(MsLabelRow *self, gboolean stacked)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager(GTK_WIDGET(self));

  gtk_orientable_set_orientation(GTK_ORIENTABLE(layout),
                                 stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
ms_label_row_set_folded(MsLabelRow *self, gboolean folded)
{
  if (folded == self->folded)
    return;
  self->folded = folded;
  update(self);
}

void
ms_label_row_set_none(MsLabelRow *self, const char *text)
{
  gtk_label_set_text(self->none, text);
}

static void
forget(MsLabelRow *self)
{
  g_clear_pointer(&self->marks, g_array_unref);
  g_clear_pointer(&self->labels, ms_label_data_unref);
}

void
ms_label_row_show(MsLabelRow *self, const MsLabelData *labels, GArray *marks, double threshold)
{
  MsLabelData *held = ms_label_data_ref((MsLabelData *)labels); /* its count alone changes */

  g_array_ref(marks);
  forget(self);
  self->marks = marks;
  self->labels = held;
  self->threshold = threshold;
  update(self);
}

void
ms_label_row_clear(MsLabelRow *self)
{
  forget(self);
  update(self);
}

static void
ms_label_row_dispose(GObject *object)
{
  MsLabelRow *self = MS_LABEL_ROW(object);

  if (self->flow)
    set_n_chips(self, 0);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_LABEL_ROW);
  G_OBJECT_CLASS(ms_label_row_parent_class)->dispose(object);
}

static void
ms_label_row_finalize(GObject *object)
{
  MsLabelRow *self = MS_LABEL_ROW(object);

  forget(self);
  g_ptr_array_unref(self->chips);
  G_OBJECT_CLASS(ms_label_row_parent_class)->finalize(object);
}

static void
ms_label_row_class_init(MsLabelRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS(class)->dispose = ms_label_row_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_label_row_finalize;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "labelrow");
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/label-row.ui");
  gtk_widget_class_bind_template_child(widget_class, MsLabelRow, heading);
  gtk_widget_class_bind_template_child(widget_class, MsLabelRow, box);
  gtk_widget_class_bind_template_child(widget_class, MsLabelRow, unfold);
  gtk_widget_class_bind_template_child(widget_class, MsLabelRow, count);
  gtk_widget_class_bind_template_child(widget_class, MsLabelRow, flow);
  gtk_widget_class_bind_template_child(widget_class, MsLabelRow, none);
  gtk_widget_class_bind_template_child(widget_class, MsLabelRow, rest);
  gtk_widget_class_bind_template_callback(widget_class, unfold_toggled);
  signals[UNFOLDED] = g_signal_new("unfolded", MS_TYPE_LABEL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
ms_label_row_init(MsLabelRow *self)
{
  self->chips = g_ptr_array_new();
  gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
ms_label_row_new(MsLabelRole role)
{
  MsLabelRow *self = g_object_new(MS_TYPE_LABEL_ROW, NULL);
  const char *heading = ms_label_role_heading(role);

  self->role = role;
  gtk_label_set_text(self->heading, heading);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->flow), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                 -1);
  if (role == MS_LABEL_ABSENT || role == MS_LABEL_IGNORED)
    gtk_widget_add_css_class(GTK_WIDGET(self), "quiet");
  return GTK_WIDGET(self);
}
