/* SPDX-License-Identifier: MIT */
#include "app/compat.h"

typedef struct {
  MsFileChosen chosen;
  GObject *owner;
} Choice;

static void
choice_response(GtkNativeDialog *dialog, int response, gpointer data)
{
  Choice *choice = data;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
  choice->chosen(file, choice->owner);
  g_object_unref(choice->owner);
  g_free(choice);
  g_object_unref(dialog);
}

static GtkFileChooserNative *
chooser_new(GtkWindow *parent, const char *title, GtkFileChooserAction action, const char *accept)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new(title, parent, action, accept, NULL);

  gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(dialog), TRUE);
  return dialog;
}

/* The dialog keeps itself alive until it was answered. */
static void
chooser_run(GtkFileChooserNative *dialog, MsFileChosen chosen, GObject *owner)
{
  Choice *choice = g_new0(Choice, 1);

  choice->chosen = chosen;
  choice->owner = g_object_ref(owner);
  g_signal_connect(dialog, "response", G_CALLBACK(choice_response), choice);
  gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

void
ms_compat_choose_folder(GtkWindow *parent, const char *title, MsFileChosen chosen, GObject *owner)
{
  chooser_run(chooser_new(parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, "_Open"), chosen,
              owner);
}

void
ms_compat_choose_file(GtkWindow *parent, const char *title, const char *filter_name,
                      const char *const *patterns, MsFileChosen chosen, GObject *owner)
{
  GtkFileChooserNative *dialog = chooser_new(parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, "_Open");
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new();

  gtk_file_filter_set_name(filter, filter_name);
  for (guint i = 0; patterns[i]; i++)
    gtk_file_filter_add_pattern(filter, patterns[i]);
  gtk_file_chooser_add_filter(GTK_FILE_CHOOSER(dialog), filter);
  chooser_run(dialog, chosen, owner);
}

static char *last_saved_to; /* a folder, of this session */

static void
save_response(GtkNativeDialog *dialog, int response, gpointer user)
{
  g_autoptr(GFile) folder = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  folder = gtk_file_chooser_get_current_folder(GTK_FILE_CHOOSER(dialog));
  g_free(last_saved_to);
  last_saved_to = folder ? g_file_get_path(folder) : NULL;
}

void
ms_compat_choose_save(GtkWindow *parent, const char *title, const char *folder, const char *name,
                      MsFileChosen chosen, GObject *owner)
{
  GtkFileChooserNative *dialog = chooser_new(parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, "_Save");
  const char *start = last_saved_to ? last_saved_to : folder;
  g_autoptr(GFile) file = start ? g_file_new_for_path(start) : NULL;

  if (file)
    gtk_file_chooser_set_current_folder(GTK_FILE_CHOOSER(dialog), file, NULL);
  gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), name);
  g_signal_connect(dialog, "response", G_CALLBACK(save_response), NULL);
  chooser_run(dialog, chosen, owner);
}

static void
show_items_done(GObject *source, GAsyncResult *result, gpointer user)
{
  g_autofree char *folder_uri = user;
  g_autoptr(GVariant) reply =
      g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);

  if (!reply)
    gtk_show_uri(NULL, folder_uri, GDK_CURRENT_TIME);
}

void
ms_compat_show_in_folder(GtkWindow *parent, const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path(path);
  g_autoptr(GFile) folder = g_file_get_parent(file);
  g_autofree char *uri = g_file_get_uri(file);
  char *folder_uri = g_file_get_uri(folder ? folder : file);
  GDBusConnection *bus = g_application_get_dbus_connection(g_application_get_default());

  if (!bus) {
    gtk_show_uri(parent, folder_uri, GDK_CURRENT_TIME);
    g_free(folder_uri);
    return;
  }
  g_dbus_connection_call(bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                         "org.freedesktop.FileManager1", "ShowItems",
                         g_variant_new("(^ass)", (const char *[]){uri, NULL}, ""), NULL,
                         G_DBUS_CALL_FLAGS_NONE, 3000, NULL, show_items_done, folder_uri);
}

void
ms_compat_get_color(GtkWidget *widget, GdkRGBA *color)
{
  gtk_style_context_get_color(gtk_widget_get_style_context(widget), color);
}

void
ms_compat_load_style(GtkCssProvider *provider, const char *css)
{
  gtk_css_provider_load_from_data(provider, css, -1);
}
