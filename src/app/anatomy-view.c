/* SPDX-License-Identifier: MIT
 *
 * What lies at an edge is violet, what is of whole objects brown, and what is one class for another
 * has the colour that it has on the picture.
 */
#include "app/anatomy-view.h"

#include <math.h>

#include "app/definition.h"
#include "app/share-bar.h"
#include "app/swatch.h"
#include "app/tip.h"
#include "set/describe.h"

static const MsColor colors[MS_N_ERRORS] = {
    [MS_ERROR_BOUNDARY] = {0x6c, 0x5b, 0xb0}, [MS_ERROR_EXTENT] = {0xb3, 0xa6, 0xdd},
    [MS_ERROR_MISSED] = {0x85, 0x5c, 0x2b},   [MS_ERROR_SPURIOUS] = {0xd9, 0xb3, 0x6a},
    [MS_ERROR_CONFUSED] = {0xcc, 0x79, 0xa7},
};

typedef struct {
  GtkWidget *button;
  GtkLabel *pixels;
  GtkLabel *share;
  GtkLabel *mended;
} Line;

struct _MsAnatomyView {
  GtkWidget parent_instance;

  int chosen;
  guint64 pixels[MS_N_ERRORS];

  /* Children */
  GtkWidget *box;
  MsShareBar *bar;
  GtkLabel *iou;
  GtkLabel *boundary; /* its definition */
  Line lines[MS_N_ERRORS];
};

G_DEFINE_FINAL_TYPE(MsAnatomyView, ms_anatomy_view, GTK_TYPE_WIDGET)

/* --- numbers --- */

/* "62 %"; a part is never shown as nothing, nor as all. */
static char *
describe_share(guint64 part, guint64 whole)
{
  double percent = whole ? 100.0 * (double)part / (double)whole : 0;

  if (part == 0)
    return g_strdup("0 %");
  if (percent < 1)
    return g_strdup("<1 %");
  if (part < whole && percent > 99)
    return g_strdup(">99 %");
  return g_strdup_printf("%.0f %%", round(percent));
}

/* "Boundary: 1,204 wrong pixels, 62 %. Were they right, IoU would be 0.912 instead of 0.780." */
static char *
describe_line(const MsAnatomyNumbers *numbers, MsError error, const char *share)
{
  g_autofree char *pixels = ms_describe_count(numbers->anatomy.errors[error].pixels);
  g_autofree char *before = ms_describe_ratio(numbers->iou, 5);
  g_autofree char *after = ms_describe_ratio(numbers->mended[error], 5);

  return g_strdup_printf("%s: %s wrong pixels, %s.\n"
                         "Were they right, IoU would be %s instead of %s.",
                         ms_error_info(error)->label, pixels, share, after, before);
}

static void
show_line(MsAnatomyView *self, const MsAnatomyNumbers *numbers, MsError error, guint64 whole)
{
  Line *line = &self->lines[error];
  guint64 part = numbers->anatomy.errors[error].pixels;
  g_autofree char *pixels = ms_describe_short_count(part);
  g_autofree char *share = describe_share(part, whole);
  g_autofree char *mended = ms_describe_ratio(numbers->mended[error], 3);
  g_autofree char *text = describe_line(numbers, error, share);
  g_autofree char *tooltip = g_strdup_printf("%s\n%s", text, ms_error_info(error)->definition);

  gtk_label_set_text(line->pixels, pixels);
  gtk_label_set_text(line->share, share);
  gtk_label_set_text(line->mended, mended);
  ms_tip_set(line->button, tooltip);
  gtk_accessible_update_property(GTK_ACCESSIBLE(line->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                 -1);
  if (part > 0)
    gtk_widget_remove_css_class(line->button, "none");
  else
    gtk_widget_add_css_class(line->button, "none");
}

/* Unseen they keep their places, which to empty and fill again would cost every step a layout. */
static void
set_seen(MsAnatomyView *self, gboolean seen)
{
  double opacity = seen ? 1 : 0;

  for (MsError error = 0; error < MS_N_ERRORS; error++) {
    gtk_widget_set_opacity(GTK_WIDGET(self->lines[error].pixels), opacity);
    gtk_widget_set_opacity(GTK_WIDGET(self->lines[error].share), opacity);
    gtk_widget_set_opacity(GTK_WIDGET(self->lines[error].mended), opacity);
  }
  gtk_widget_set_opacity(GTK_WIDGET(self->iou), opacity);
  gtk_widget_set_opacity(GTK_WIDGET(self->bar), opacity);
}

void
ms_anatomy_view_await(MsAnatomyView *self)
{
  set_seen(self, FALSE);
}

static void
show_bar(MsAnatomyView *self)
{
  ms_share_bar_show(self->bar, self->pixels, colors, MS_N_ERRORS, self->chosen);
}

/* Not known is not zero. */
static void
show_nothing(MsAnatomyView *self)
{
  for (MsError error = 0; error < MS_N_ERRORS; error++) {
    Line *line = &self->lines[error];

    self->pixels[error] = 0;
    gtk_label_set_text(line->pixels, "–");
    gtk_label_set_text(line->share, "–");
    gtk_label_set_text(line->mended, "–");
    ms_tip_set(line->button, ms_error_info(error)->definition);
    gtk_accessible_update_property(GTK_ACCESSIBLE(line->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   ms_error_info(error)->label, -1);
  }
  gtk_label_set_text(self->iou, "");
  show_bar(self);
}

/* "14 px (2 % of the diagonal)"; of images of several sizes it is as the table has it. */
static char *
describe_boundary(int width)
{
  if (width == 0)
    return g_strdup(ms_error_info(MS_ERROR_BOUNDARY)->definition);
  return g_strdup_printf("Wrong, within %d px (2 %% of the diagonal) of its object's border.",
                         width);
}

void
ms_anatomy_view_show(MsAnatomyView *self, const MsAnatomyNumbers *numbers)
{
  g_autofree char *iou = NULL, *now = NULL, *boundary = NULL;
  guint64 whole = 0;

  set_seen(self, TRUE);
  if (!numbers) {
    show_nothing(self);
    return;
  }
  for (MsError error = 0; error < MS_N_ERRORS; error++) {
    self->pixels[error] = numbers->anatomy.errors[error].pixels;
    whole += self->pixels[error];
  }
  for (MsError error = 0; error < MS_N_ERRORS; error++)
    show_line(self, numbers, error, whole);
  iou = ms_describe_ratio(numbers->iou, 3);
  now = g_strdup_printf("IoU now %s", iou);
  boundary = describe_boundary(numbers->width);
  gtk_label_set_text(self->iou, now);
  gtk_label_set_text(self->boundary, boundary);
  show_bar(self);
}

void
ms_anatomy_view_set_chosen(MsAnatomyView *self, int error)
{
  self->chosen = error;
  show_bar(self);
}

/* --- construction --- */

static GtkLabel *
add_label(GtkWidget *box, const char *text, int n_chars)
{
  GtkWidget *label = gtk_label_new(text);

  gtk_label_set_xalign(GTK_LABEL(label), 1);
  gtk_label_set_width_chars(GTK_LABEL(label), n_chars);
  gtk_widget_add_css_class(label, "numeric");
  gtk_box_append(GTK_BOX(box), label);
  return GTK_LABEL(label);
}

static GtkWidget *
swatch_new(MsError error)
{
  GtkWidget *swatch = ms_swatch_new();

  ms_swatch_show(MS_SWATCH(swatch), colors[error], TRUE);
  return swatch;
}

/* Every kind in a sentence, and after whom. */
static GtkWidget *
definition_new(MsAnatomyView *self)
{
  static const MsError order[MS_N_ERRORS] = {MS_ERROR_CONFUSED, MS_ERROR_MISSED, MS_ERROR_SPURIOUS,
                                             MS_ERROR_BOUNDARY, MS_ERROR_EXTENT};
  MsDefinition *definition = g_object_new(MS_TYPE_DEFINITION, NULL);

  ms_definition_set_text(definition, "Every wrong pixel is of one kind, the first that fits. An "
                                     "object is a patch of pixels of one class that touch.");
  for (int i = 0; i < MS_N_ERRORS; i++) {
    const MsErrorInfo *info = ms_error_info(order[i]);
    GtkLabel *label =
        ms_definition_add(definition, swatch_new(order[i]), info->label, info->definition);

    if (order[i] == MS_ERROR_BOUNDARY)
      self->boundary = label;
  }
  ms_definition_set_source(definition, ms_error_info(MS_ERROR_BOUNDARY)->source);
  return GTK_WIDGET(definition);
}

/* Above the columns: the IoU as it is, pixels, share, and the IoU that would become it. */
static GtkWidget *
headings_new(MsAnatomyView *self)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  GtkLabel *mended;

  gtk_box_append(GTK_BOX(box), definition_new(self));
  self->iou = add_label(box, "", -1);
  gtk_label_set_xalign(self->iou, 0);
  gtk_widget_set_hexpand(GTK_WIDGET(self->iou), TRUE);
  add_label(box, "px", 5);
  add_label(box, "share", 5);
  mended = add_label(box, "IoU if\nmended", 6);
  gtk_label_set_justify(mended, GTK_JUSTIFY_RIGHT);
  ms_tip_set(GTK_WIDGET(mended), "What IoU would be if these pixels were right");
  gtk_widget_add_css_class(box, "column-titles");
  return box;
}

static void
add_line(MsAnatomyView *self, MsError error)
{
  Line *line = &self->lines[error];
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  GtkLabel *name;

  gtk_box_append(GTK_BOX(box), swatch_new(error));
  name = add_label(box, ms_error_info(error)->label, -1);
  gtk_label_set_xalign(name, 0);
  gtk_widget_set_hexpand(GTK_WIDGET(name), TRUE);
  line->pixels = add_label(box, "", 5);
  line->share = add_label(box, "", 5);
  line->mended = add_label(box, "", 6);
  line->button = gtk_toggle_button_new();
  gtk_button_set_child(GTK_BUTTON(line->button), box);
  gtk_actionable_set_action_name(GTK_ACTIONABLE(line->button), "win.look-at-error");
  gtk_actionable_set_action_target(GTK_ACTIONABLE(line->button), "s", ms_error_info(error)->id);
  gtk_widget_add_css_class(line->button, "flat");
  gtk_widget_add_css_class(line->button, "line");
  gtk_box_append(GTK_BOX(self->box), line->button);
}

static void
ms_anatomy_view_dispose(GObject *object)
{
  g_clear_pointer(&MS_ANATOMY_VIEW(object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS(ms_anatomy_view_parent_class)->dispose(object);
}

static void
ms_anatomy_view_class_init(MsAnatomyViewClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_anatomy_view_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_anatomy_view_init(MsAnatomyView *self)
{
  self->chosen = -1;
  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  self->bar = MS_SHARE_BAR(ms_share_bar_new());
  gtk_widget_add_css_class(self->box, "data-table");
  gtk_widget_add_css_class(self->box, "anatomy");
  gtk_widget_set_parent(self->box, GTK_WIDGET(self));
  gtk_box_append(GTK_BOX(self->box), GTK_WIDGET(self->bar));
  gtk_box_append(GTK_BOX(self->box), headings_new(self));
  for (MsError error = 0; error < MS_N_ERRORS; error++)
    add_line(self, error);
  ms_anatomy_view_show(self, NULL);
}
