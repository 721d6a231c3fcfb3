/* SPDX-License-Identifier: MIT */
#include "app/advice-view.h"

struct _MsAdviceView {
  GtkWidget parent_instance;

  GtkWidget *box; /* child */
};

G_DEFINE_FINAL_TYPE(MsAdviceView, ms_advice_view, GTK_TYPE_WIDGET)

static GtkWidget *
words_new(const char *text, const char *css_class)
{
  GtkLabel *label = GTK_LABEL(gtk_label_new(text));

  gtk_label_set_xalign(label, 0);
  gtk_label_set_wrap(label, TRUE);
  gtk_label_set_wrap_mode(label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand(GTK_WIDGET(label), TRUE);
  gtk_widget_add_css_class(GTK_WIDGET(label), css_class);
  gtk_widget_add_css_class(GTK_WIDGET(label), "numeric");
  return GTK_WIDGET(label);
}

static GtkWidget *
card_new(const MsAdvice *advice)
{
  GtkWidget *card = g_object_new(GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_NOTE,
                                 "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 4, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name("dialog-information-symbolic");
  GtkWidget *top = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *spoken = g_strdup_printf("Advice: %s", advice->headline);

  gtk_widget_add_css_class(card, "advice");
  gtk_widget_set_valign(icon, GTK_ALIGN_START);
  gtk_box_append(GTK_BOX(top), icon);
  gtk_box_append(GTK_BOX(top), words_new(advice->headline, "headline-words"));
  gtk_box_append(GTK_BOX(card), top);
  gtk_box_append(GTK_BOX(card), words_new(advice->evidence, "evidence"));
  if (advice->remedy)
    gtk_box_append(GTK_BOX(card), words_new(advice->remedy, "remedy"));
  gtk_accessible_update_property(GTK_ACCESSIBLE(card), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return card;
}

void
ms_advice_view_show(MsAdviceView *self, const GPtrArray *advice)
{
  GtkWidget *card;

  while ((card = gtk_widget_get_first_child(self->box)))
    gtk_box_remove(GTK_BOX(self->box), card);
  for (guint i = 0; advice && i < advice->len; i++) {
    const MsAdvice *item = g_ptr_array_index(advice, i);

    if (item->given)
      gtk_box_append(GTK_BOX(self->box), card_new(item));
  }
  gtk_widget_set_visible(GTK_WIDGET(self), gtk_widget_get_first_child(self->box) != NULL);
}

char *
ms_advice_view_describe_absence(const GPtrArray *advice)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < advice->len; i++) {
    const MsAdvice *item = g_ptr_array_index(advice, i);

    if (!item->given && item->evidence)
      g_string_append_printf(text, "%s%s", text->len ? "\n" : "", item->evidence);
  }
  return g_string_free(text, text->len == 0);
}

static void
ms_advice_view_dispose(GObject *object)
{
  g_clear_pointer(&MS_ADVICE_VIEW(object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS(ms_advice_view_parent_class)->dispose(object);
}

static void
ms_advice_view_class_init(MsAdviceViewClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_advice_view_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_advice_view_init(MsAdviceView *self)
{
  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent(self->box, GTK_WIDGET(self));
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}
