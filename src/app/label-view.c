/* SPDX-License-Identifier: MIT */
#include "app/label-view.h"

#include "app/column-layout.h"
#include "app/label-hint.h"
#include "app/label-row.h"
#include "app/readout.h"

#define FEW_LABELS 12  /* of a set: the absent ones are all shown at once */
#define HERO_WIDTH 600 /* of the text, where there is no image */
#define MANY_WIDTH 960 /* and more than a few labels */
#define LINE       36  /* by which the arrow keys scroll */

struct _MsLabelView {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *scroller;
  GtkWidget *content;
  GtkLabel *title;
  GtkBox *rows_box;
  GtkWidget *message_box;
  GtkLabel *message;

  MsLabelRow *rows[MS_N_LABEL_ROLES]; /* children of rows_box */
  gboolean hero;
  gboolean many; /* labels */
  gboolean narrow;

  /* Owned */
  MsDisplay *display;
  MsBoardKeeper *keeper; /* of the scores of the set; NULL: none */
};

G_DEFINE_FINAL_TYPE(MsLabelView, ms_label_view, GTK_TYPE_WIDGET)

/* --- what is shown --- */

typedef struct {
  const MsLabelData *labels;
  gboolean has_actual, has_predicted;
  GArray *marks[MS_N_LABEL_ROLES]; /* MsLabelMark */
} Sorted;

static MsLabelRole
role_of(const Sorted *sorted, const MsLabelMark *mark)
{
  switch (mark->kind) {
  case MS_KIND_TP:
    return MS_LABEL_RIGHT;
  case MS_KIND_FN:
    return MS_LABEL_MISSED;
  case MS_KIND_FP:
    return MS_LABEL_EXTRA;
  case MS_KIND_IGNORED:
    return MS_LABEL_IGNORED;
  default:
    if (mark->actual)
      return MS_LABEL_ACTUAL_ONLY;
    return mark->predicted ? MS_LABEL_PREDICTED_ONLY : MS_LABEL_ABSENT;
  }
}

static void
sort_marks(Sorted *sorted, MsDisplay *display)
{
  MsFrame *frame = display->frame;
  guint row = ms_set_get_row(frame->set, frame->example);
  g_autoptr(GArray) marks = NULL;

  sorted->labels = ms_set_get_labels(frame->set);
  sorted->has_actual = ms_label_data_has(sorted->labels, MS_LABEL_ACTUAL, row);
  sorted->has_predicted = ms_label_data_has(sorted->labels, frame->model, row);
  for (MsLabelRole role = 0; role < MS_N_LABEL_ROLES; role++)
    sorted->marks[role] = g_array_new(FALSE, FALSE, sizeof(MsLabelMark));
  marks = ms_label_data_marks(sorted->labels, row, frame->model, display->rules);
  for (guint i = 0; i < marks->len; i++) {
    const MsLabelMark *mark = &g_array_index(marks, MsLabelMark, i);

    g_array_append_vals(sorted->marks[role_of(sorted, mark)], mark, 1);
  }
}

static void
sorted_clear(Sorted *sorted)
{
  for (MsLabelRole role = 0; role < MS_N_LABEL_ROLES; role++)
    g_array_unref(sorted->marks[role]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sorted, sorted_clear)

static gboolean
is_row_wanted(const Sorted *sorted, MsLabelRole role)
{
  switch (role) {
  case MS_LABEL_ACTUAL_ONLY:
    return sorted->has_actual && !sorted->has_predicted;
  case MS_LABEL_PREDICTED_ONLY:
    return sorted->has_predicted && !sorted->has_actual;
  case MS_LABEL_IGNORED:
    return sorted->marks[role]->len > 0;
  default:
    return sorted->has_actual && sorted->has_predicted;
  }
}

static gboolean
is_empty(const Sorted *sorted)
{
  return sorted->marks[MS_LABEL_RIGHT]->len == 0 && sorted->marks[MS_LABEL_MISSED]->len == 0 &&
         sorted->marks[MS_LABEL_EXTRA]->len == 0;
}

static void
show_rows(MsLabelView *self, const Sorted *sorted, double threshold)
{
  ms_label_row_set_none(self->rows[MS_LABEL_RIGHT],
                        is_empty(sorted) ? "No labels, and none predicted" : "none");
  ms_label_row_set_folded(self->rows[MS_LABEL_ABSENT], self->many);
  for (MsLabelRole role = 0; role < MS_N_LABEL_ROLES; role++) {
    ms_label_row_show(self->rows[role], sorted->labels, sorted->marks[role], threshold);
    gtk_widget_set_visible(GTK_WIDGET(self->rows[role]), is_row_wanted(sorted, role));
  }
}

static void
show_message(MsLabelView *self, MsDisplay *display)
{
  const char *text = display->message ? display->message : display->frame->image_message;

  gtk_label_set_text(self->message, text ? text : "");
  gtk_widget_set_visible(self->message_box, text != NULL);
}

static MsColumnLayout *
column(MsLabelView *self)
{
  return MS_COLUMN_LAYOUT(gtk_widget_get_layout_manager(self->content));
}

static void
set_class(MsLabelView *self, const char *class, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class(GTK_WIDGET(self), class);
  else
    gtk_widget_remove_css_class(GTK_WIDGET(self), class);
}

/* Large and in the middle of the stage, or a strip at its foot. */
static void
update_shape(MsLabelView *self)
{
  int width = !self->hero ? 0 : self->many ? MANY_WIDTH : HERO_WIDTH;

  ms_column_layout_set_middle(column(self), width);
  gtk_widget_set_visible(GTK_WIDGET(self->title), self->hero);
  set_class(self, "hero", self->hero);
  set_class(self, "many", self->many);
  set_class(self, "narrow", self->narrow);
  for (MsLabelRole role = 0; role < MS_N_LABEL_ROLES; role++)
    ms_label_row_set_stacked(self->rows[role], self->hero && self->narrow);
}

void
ms_label_view_set_narrow(MsLabelView *self, gboolean narrow)
{
  self->narrow = narrow;
  update_shape(self);
}

static void
describe(MsLabelView *self, MsDisplay *display)
{
  g_autofree char *text = ms_readout_describe(display);

  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_display(MsLabelView *self, MsDisplay *display)
{
  MsFrame *frame = display->frame;
  g_auto(Sorted) sorted = {0};

  sort_marks(&sorted, display);
  self->hero = display->image == NULL;
  self->many = ms_label_data_n_labels(sorted.labels) > FEW_LABELS;
  update_shape(self);
  gtk_label_set_text(self->title, ms_set_get_id(frame->set, frame->example));
  show_rows(self, &sorted, display->rules->threshold);
  show_message(self, display);
  describe(self, display);
}

void
ms_label_view_set_display(MsLabelView *self, MsDisplay *display)
{
  MsSet *before = self->display ? self->display->frame->set : NULL;

  if (!display || display->frame->set != before)
    ms_column_layout_forget(column(self));
  if (display) {
    ms_display_ref(display);
    show_display(self, display);
  } else
    for (MsLabelRole role = 0; role < MS_N_LABEL_ROLES; role++)
      ms_label_row_clear(self->rows[role]);
  g_clear_pointer(&self->display, ms_display_unref);
  self->display = display;
}

/* --- tooltips --- */

static void
forget_keeper(MsLabelView *self)
{
  if (self->keeper)
    g_signal_handlers_disconnect_by_data(self->keeper, self);
  g_clear_object(&self->keeper);
}

/* The pointer may have been on a chip since before there was anything to say. */
void
ms_label_view_set_evaluation(MsLabelView *self, MsEvaluation *evaluation)
{
  forget_keeper(self);
  if (!evaluation)
    return;
  self->keeper = ms_board_keeper_for(evaluation);
  g_signal_connect_swapped(self->keeper, "changed", G_CALLBACK(gtk_widget_trigger_tooltip_query),
                           self);
}

static gboolean
query_tooltip(GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
              gpointer user)
{
  MsLabelView *self = MS_LABEL_VIEW(widget);
  GtkWidget *picked = gtk_widget_pick(widget, x, y, GTK_PICK_DEFAULT);
  GtkWidget *chip = picked ? gtk_widget_get_ancestor(picked, MS_TYPE_LABEL_CHIP) : NULL;
  g_autofree char *text = NULL;

  if (keyboard || !chip || !self->display)
    return FALSE;
  text = ms_label_hint(self->keeper, self->display->frame,
                       ms_label_chip_get_label(MS_LABEL_CHIP(chip)),
                       ms_label_chip_is_cut(MS_LABEL_CHIP(chip)));
  gtk_tooltip_set_text(tooltip, text);
  return text != NULL;
}

/* --- keys --- */

/* The scrolled window's own keys would be those that step from example to example. */
static gboolean
key_pressed(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            MsLabelView *self)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(self->scroller));
  int lines = (keyval == GDK_KEY_Down) - (keyval == GDK_KEY_Up);

  if (lines == 0 || (state & gtk_accelerator_get_default_mod_mask()))
    return GDK_EVENT_PROPAGATE;
  gtk_adjustment_set_value(adjustment, gtk_adjustment_get_value(adjustment) + lines * LINE);
  return GDK_EVENT_STOP;
}

/* The view itself, then what can be pressed in it, then out. A scrolled window would take the focus
 * from Tab and give it to nobody where it has nothing to press. */
static gboolean
ms_label_view_focus(GtkWidget *widget, GtkDirectionType direction)
{
  MsLabelView *self = MS_LABEL_VIEW(widget);
  gboolean backward =
      direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
  gboolean inside = gtk_widget_get_focus_child(widget) != NULL;

  if (gtk_widget_is_focus(widget))
    return !backward && gtk_widget_child_focus(self->content, direction);
  if (!inside && !backward)
    return gtk_widget_grab_focus(widget);
  return gtk_widget_child_focus(self->content, direction) ||
         (backward && gtk_widget_grab_focus(widget));
}

/* --- size --- */

static GtkSizeRequestMode
ms_label_view_get_request_mode(GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A scrolled window does not ask what its child needs at a width. */
static void
ms_label_view_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  MsLabelView *self = MS_LABEL_VIEW(widget);
  int content;

  gtk_widget_measure(self->scroller, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  gtk_widget_measure(self->content, orientation, for_size, NULL, &content, NULL, NULL);
  *natural = MAX(*minimum, content);
}

static void
ms_label_view_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate(MS_LABEL_VIEW(widget)->scroller, &(GtkAllocation){0, 0, width, height},
                           baseline);
}

/* --- construction --- */

static void
ms_label_view_dispose(GObject *object)
{
  MsLabelView *self = MS_LABEL_VIEW(object);

  g_clear_pointer(&self->display, ms_display_unref);
  forget_keeper(self);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_LABEL_VIEW);
  G_OBJECT_CLASS(ms_label_view_parent_class)->dispose(object);
}

static void
ms_label_view_class_init(MsLabelViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_COLUMN_LAYOUT);
  G_OBJECT_CLASS(class)->dispose = ms_label_view_dispose;
  widget_class->focus = ms_label_view_focus;
  widget_class->get_request_mode = ms_label_view_get_request_mode;
  widget_class->measure = ms_label_view_measure;
  widget_class->size_allocate = ms_label_view_size_allocate;
  gtk_widget_class_set_css_name(widget_class, "labelview");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/label-view.ui");
  gtk_widget_class_bind_template_child(widget_class, MsLabelView, scroller);
  gtk_widget_class_bind_template_child(widget_class, MsLabelView, content);
  gtk_widget_class_bind_template_child(widget_class, MsLabelView, title);
  gtk_widget_class_bind_template_child(widget_class, MsLabelView, rows_box);
  gtk_widget_class_bind_template_child(widget_class, MsLabelView, message_box);
  gtk_widget_class_bind_template_child(widget_class, MsLabelView, message);
}

static void
ms_label_view_init(MsLabelView *self)
{
  g_autoptr(GtkSizeGroup) headings = gtk_size_group_new(GTK_SIZE_GROUP_HORIZONTAL);
  GtkEventController *keys = gtk_event_controller_key_new();

  gtk_widget_init_template(GTK_WIDGET(self));
  gtk_widget_set_focusable(GTK_WIDGET(self), TRUE);
  g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), self);
  gtk_widget_add_controller(GTK_WIDGET(self), keys);
  for (MsLabelRole role = 0; role < MS_N_LABEL_ROLES; role++) {
    GtkWidget *row = ms_label_row_new(role);

    self->rows[role] = MS_LABEL_ROW(row);
    g_signal_connect_swapped(row, "unfolded", G_CALLBACK(ms_column_layout_forget), column(self));
    gtk_box_append(self->rows_box, row);
    gtk_size_group_add_widget(headings, ms_label_row_get_heading(self->rows[role]));
  }
  gtk_widget_set_has_tooltip(GTK_WIDGET(self), TRUE);
  g_signal_connect(self, "query-tooltip", G_CALLBACK(query_tooltip), NULL);
}
