/* SPDX-License-Identifier: MIT */
#include "app/check-row.h"

#include "app/flow-layout.h"
#include "set/describe.h"

struct _MsCheckRow {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box; /* child */
  GtkLabel *title;
  GtkLabel *sureness;
  GtkLabel *extent;
  GtkWidget *score;
  GtkLabel *before;
  GtkLabel *after;
  GtkLabel *scored;
  GtkLabel *detail;
  GtkLabel *remedy;
  GtkWidget *line_box;
  GtkLabel *line;
  GtkButton *copy;
  GtkWidget *buttons;
  GtkButton *back; /* once one was looked at */
  GtkButton *look;
  GtkButton *apply;

  guint n_looked; /* at which of the examples one was looked; 0: at none */
};

G_DEFINE_FINAL_TYPE(MsCheckRow, ms_check_row, GTK_TYPE_WIDGET)

/* --- words ------------------------------------------------------------------------------------ */

/* "12 of 64 examples · unet" */
static char *
describe_extent(const MsCheck *check, const MsCheckFinding *finding)
{
  g_autofree char *n = ms_describe_count(finding->n_examples);
  g_autofree char *of = ms_describe_count(finding->n_looked);
  g_autofree char *models = ms_check_finding_dup_models(check, finding);
  GString *text = g_string_new(NULL);

  if (finding->n_looked > 0)
    g_string_printf(text, "%s of %s example%s", n, of, finding->n_looked == 1 ? "" : "s");
  if (models)
    g_string_append_printf(text, "%s%s", text->len ? " · " : "", models);
  return g_string_free(text, FALSE);
}

static void
show_text(GtkLabel *label, const char *text)
{
  gtk_label_set_text(label, text ? text : "");
  gtk_widget_set_visible(GTK_WIDGET(label), text && *text);
}

static void
show_sureness(MsCheckRow *self, MsSureness sureness)
{
  const char *word = ms_sureness_id(sureness);
  g_autofree char *shown = g_strdup(word);

  shown[0] = g_ascii_toupper(shown[0]);
  gtk_label_set_text(self->sureness, shown);
  gtk_widget_add_css_class(GTK_WIDGET(self->sureness), ms_sureness_id(sureness));
}

/* "30 scored"; "20 → 30 scored" where more are with the remedy. Caller frees. */
static char *
describe_scored(const MsCheckFinding *finding)
{
  g_autofree char *n = ms_describe_count(finding->n_scored);
  g_autofree char *now = ms_describe_count(finding->n_scored - finding->n_unscored);

  return finding->n_unscored > 0 ? g_strdup_printf("%s → %s scored", now, n)
                                 : g_strdup_printf("%s scored", n);
}

static void
show_score(MsCheckRow *self, const MsCheckFinding *finding)
{
  g_autofree char *before =
      finding->before.defined ? ms_check_describe_iou(finding->before) : g_strdup("none");
  g_autofree char *after = ms_check_describe_iou(finding->after);
  g_autofree char *scored = describe_scored(finding);
  g_autofree char *spoken =
      g_strdup_printf("Mean IoU %s, with the remedy %s, %s", before, after, scored);

  gtk_widget_set_visible(self->score, finding->after.defined);
  gtk_label_set_text(self->before, before);
  gtk_label_set_text(self->after, after);
  gtk_label_set_text(self->scored, scored);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->score), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                 -1);
}

/* --- buttons ---------------------------------------------------------------------------------- */

static void
set_up_button(GtkButton *button, guint number, const char *does, const char *title)
{
  g_autofree char *spoken = g_strdup_printf("%s: %s", does, title);

  gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "u", number);
  gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_buttons(MsCheckRow *self, const MsCheckFinding *finding, guint number)
{
  gboolean look = finding->examples->len > 0;
  gboolean apply = finding->options != NULL;

  set_up_button(self->back, number, "Look at the example before", finding->title);
  set_up_button(self->look, number, "Look at an example", finding->title);
  set_up_button(self->apply, number, "Apply the remedy", finding->title);
  set_up_button(self->copy, number, "Copy for a .maskset file", finding->title);
  gtk_widget_set_visible(GTK_WIDGET(self->look), look);
  gtk_widget_set_visible(GTK_WIDGET(self->apply), apply);
  gtk_widget_set_visible(self->buttons, look || apply);
}

guint
ms_check_row_step(MsCheckRow *self, const MsCheckFinding *finding, int step)
{
  guint n = finding->examples->len;
  g_autofree char *label = NULL;
  guint at;

  if (n == 0)
    return G_MAXUINT;
  at = step > 0 ? self->n_looked % n : (self->n_looked + 2 * n - 2) % n;
  self->n_looked = at + 1;
  label = n == 1 ? g_strdup("Look") : g_strdup_printf("Look at Next (%u of %u)", at + 1, n);
  gtk_button_set_label(self->look, label);
  gtk_widget_set_visible(GTK_WIDGET(self->back), n > 1);
  return g_array_index(finding->examples, guint, at);
}

gboolean
ms_check_row_focus(MsCheckRow *self)
{
  GtkButton *buttons[] = {self->look, self->apply, self->copy};

  for (guint i = 0; i < G_N_ELEMENTS(buttons); i++)
    if (gtk_widget_get_mapped(GTK_WIDGET(buttons[i])))
      return gtk_widget_grab_focus(GTK_WIDGET(buttons[i]));
  return FALSE;
}

/* --- the object ------------------------------------------------------------------------------- */

GtkWidget *
ms_check_row_new(const MsCheck *check, guint number)
{
  const MsCheckFinding *finding = g_ptr_array_index(check->findings, number);
  MsCheckRow *self = g_object_new(MS_TYPE_CHECK_ROW, NULL);
  g_autofree char *extent = describe_extent(check, finding);

  gtk_label_set_text(self->title, finding->title);
  show_sureness(self, finding->sureness);
  show_text(self->extent, extent);
  show_score(self, finding);
  show_text(self->detail, finding->detail);
  show_text(self->remedy, finding->remedy);
  gtk_label_set_text(self->line, finding->line);
  gtk_widget_set_visible(self->line_box, finding->line != NULL);
  show_buttons(self, finding, number);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 finding->title, -1);
  return GTK_WIDGET(self);
}

static void
ms_check_row_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_CHECK_ROW);
  G_OBJECT_CLASS(ms_check_row_parent_class)->dispose(object);
}

static void
ms_check_row_class_init(MsCheckRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_check_row_dispose;
  g_type_ensure(MS_TYPE_FLOW_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/check-row.ui");
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, box);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, title);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, sureness);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, extent);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, score);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, before);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, after);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, scored);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, detail);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, remedy);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, line_box);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, line);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, copy);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, buttons);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, back);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, look);
  gtk_widget_class_bind_template_child(widget_class, MsCheckRow, apply);
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "checkrow");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
ms_check_row_init(MsCheckRow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
