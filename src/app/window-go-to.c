/* SPDX-License-Identifier: MIT
 *
 * From the place in the list that the title says to any other: by its number, or by a name.
 */
#include "app/window-private.h"

#include <string.h>

/* "1,234"; 0: that is no number. One that begins with a 0 is a name. */
static guint64
parse_number(const char *text)
{
  g_auto(GStrv) parts = g_strsplit(text, ",", -1);
  g_autofree char *digits = g_strjoinv("", parts);
  guint64 number;

  if (*digits == '0' || !g_ascii_string_to_unsigned(digits, 10, 1, G_MAXUINT64, &number, NULL))
    return 0;
  return number;
}

static gboolean
ends_with_part(const char *id, const char *name)
{
  const char *slash = strrchr(id, '/');

  return slash && g_str_equal(slash + 1, name);
}

/* By its whole id, else the first that is called so in its folder. */
static guint
find_name(MsSet *set, const char *name)
{
  guint example = ms_set_find_example(set, name), n = ms_set_get_n_examples(set);

  for (guint i = 0; example == G_MAXUINT && i < n; i++)
    if (ends_with_part(ms_set_get_id(set, i), name))
      example = i;
  return example;
}

static void
say(MsWindow *self, const char *text)
{
  gtk_label_set_text(self->go_to_message, text);
  gtk_widget_set_visible(GTK_WIDGET(self->go_to_message), text[0] != '\0');
}

static void
go_to(MsWindow *self, guint example)
{
  gtk_menu_button_popdown(self->go_to);
  ms_example_list_select(self->list, example);
  ms_window_focus_example(self);
}

static void
entered(GtkEntry *entry, MsWindow *self)
{
  g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(entry))));
  guint n = ms_example_list_get_n_shown(self->list), example;
  guint64 number = parse_number(text);

  if (!self->set || *text == '\0')
    return;
  example = number > 0 && number <= n ? ms_example_list_get_example(self->list, (guint)number - 1)
                                      : find_name(self->set, text);
  if (example == G_MAXUINT)
    say(self, number > 0 ? "The list is not as long as that" : "No example has that name");
  else if (!ms_example_list_shows(self->list, example))
    say(self, "A filter hides that example");
  else
    go_to(self, example);
}

static void
opened(GtkPopover *popover, MsWindow *self)
{
  say(self, "");
  gtk_editable_set_text(GTK_EDITABLE(self->go_to_entry), "");
}

void
ms_window_go_to(MsWindow *self)
{
  gtk_menu_button_popup(self->go_to);
}

void
ms_window_init_go_to(MsWindow *self)
{
  g_signal_connect(self->go_to_entry, "activate", G_CALLBACK(entered), self);
  g_signal_connect(gtk_menu_button_get_popover(self->go_to), "map", G_CALLBACK(opened), self);
}
