/* SPDX-License-Identifier: MIT */
#include "app/label-chip.h"

#include "set/describe.h"

#define MAX_NAME_CHARS 48

struct _MsLabelChip {
  GtkWidget parent_instance;

  MsLabelRole role;
  guint label;

  /* Children */
  GtkWidget *sign;
  GtkWidget *name;
  GtkWidget *score;
};

G_DEFINE_FINAL_TYPE(MsLabelChip, ms_label_chip, GTK_TYPE_WIDGET)

static const struct {
  const char *heading;
  const char *word;
  const char *sign;
  const char *class;
} roles[MS_N_LABEL_ROLES] = {
    [MS_LABEL_RIGHT] = {"Right", "right", "✓", "tp"},
    [MS_LABEL_MISSED] = {"Missed", "missed", "−", "fn"},
    [MS_LABEL_EXTRA] = {"Extra", "extra", "+", "fp"},
    [MS_LABEL_ACTUAL_ONLY] = {"Actual", "actual", "", "neutral"},
    [MS_LABEL_PREDICTED_ONLY] = {"Predicted", "predicted", "", "neutral"},
    [MS_LABEL_ABSENT] = {"Rightly absent", "rightly absent", "", "quiet"},
    [MS_LABEL_IGNORED] = {"Ignored", "ignored", "", "quiet"},
};

const char *
ms_label_role_heading(MsLabelRole role)
{
  return roles[role].heading;
}

const char *
ms_label_role_word(MsLabelRole role)
{
  return roles[role].word;
}

static void
set_spoken(MsLabelChip *self, const char *name, const char *score)
{
  g_autofree char *spoken =
      score ? g_strdup_printf("%s, %s, score %s", name, ms_label_role_word(self->role), score)
            : g_strdup_printf("%s, %s", name, ms_label_role_word(self->role));

  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
ms_label_chip_show(MsLabelChip *self, const MsLabelData *labels, const MsLabelMark *mark,
                   double threshold)
{
  const char *name = ms_label_data_name(labels, mark->label);
  g_autofree char *score = mark->has_score ? ms_describe_label_score(mark->score, threshold) : NULL;

  self->label = mark->label;
  gtk_label_set_text(GTK_LABEL(self->name), name);
  gtk_label_set_text(GTK_LABEL(self->score), score ? score : "");
  gtk_widget_set_visible(self->score, score != NULL);
  set_spoken(self, name, score);
}

guint
ms_label_chip_get_label(MsLabelChip *self)
{
  return self->label;
}

gboolean
ms_label_chip_is_cut(MsLabelChip *self)
{
  return pango_layout_is_ellipsized(gtk_label_get_layout(GTK_LABEL(self->name)));
}

static void
ms_label_chip_dispose(GObject *object)
{
  MsLabelChip *self = MS_LABEL_CHIP(object);

  g_clear_pointer(&self->sign, gtk_widget_unparent);
  g_clear_pointer(&self->name, gtk_widget_unparent);
  g_clear_pointer(&self->score, gtk_widget_unparent);
  G_OBJECT_CLASS(ms_label_chip_parent_class)->dispose(object);
}

static void
ms_label_chip_class_init(MsLabelChipClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_label_chip_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "labelchip");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

/* The chip itself says all that these say. */
static GtkWidget *
part_new(MsLabelChip *self, const char *class)
{
  GtkWidget *part =
      g_object_new(GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class(part, class);
  gtk_widget_set_parent(part, GTK_WIDGET(self));
  return part;
}

static void
ms_label_chip_init(MsLabelChip *self)
{
  self->sign = part_new(self, "sign");
  gtk_widget_set_valign(self->sign, GTK_ALIGN_CENTER);
  self->name = part_new(self, "name");
  gtk_label_set_single_line_mode(GTK_LABEL(self->name), TRUE);
  gtk_label_set_ellipsize(GTK_LABEL(self->name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars(GTK_LABEL(self->name), MAX_NAME_CHARS);
  self->score = part_new(self, "score-of-label");
  gtk_widget_add_css_class(self->score, "numeric");
}

GtkWidget *
ms_label_chip_new(MsLabelRole role)
{
  MsLabelChip *self = g_object_new(MS_TYPE_LABEL_CHIP, NULL);

  self->role = role;
  gtk_label_set_text(GTK_LABEL(self->sign), roles[role].sign);
  gtk_widget_set_visible(self->sign, *roles[role].sign != '\0');
  gtk_widget_add_css_class(GTK_WIDGET(self), roles[role].class);
  return GTK_WIDGET(self);
}
