/* SPDX-License-Identifier: MIT */
#include "app/application.h"

#include "app/appearance.h"
#include "app/palette-style.h"
#include "app/renderer.h"
#include "app/settings.h"
#include "app/window.h"

struct _MsApplication {
  GtkApplication parent_instance;

  /* Owned */
  MsOptions *options;
  MsAppearance *appearance;
};

G_DEFINE_FINAL_TYPE(MsApplication, ms_application, GTK_TYPE_APPLICATION)

static void
quit_activated(GSimpleAction *action, GVariant *parameter, gpointer user)
{
  GList *windows = g_list_copy(gtk_application_get_windows(GTK_APPLICATION(user)));

  g_list_foreach(windows, (GFunc)gtk_window_close, NULL);
  g_list_free(windows);
}

static void
about_activated(GSimpleAction *action, GVariant *parameter, gpointer user)
{
  gtk_show_about_dialog(gtk_application_get_active_window(GTK_APPLICATION(user)), "program-name",
                        "Maskscope", "logo-icon-name", "org.maskscope.Maskscope", "version",
                        MS_VERSION, "comments",
                        "Shows where a segmentation or multi-label model is wrong", "license-type",
                        GTK_LICENSE_MIT_X11, "copyright", "© 2026 the Maskscope authors", NULL);
}

static const GActionEntry application_actions[] = {
    {"quit", quit_activated},
    {"about", about_activated},
};

static void
load_style(void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new();
  GdkDisplay *display = gdk_display_get_default();

  gtk_css_provider_load_from_resource(provider, "/org/maskscope/Maskscope/style.css");
  gtk_style_context_add_provider_for_display(display, GTK_STYLE_PROVIDER(provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  ms_palette_style_add(display);
  gtk_icon_theme_add_resource_path(gtk_icon_theme_get_for_display(display),
                                   "/org/maskscope/Maskscope/icons");
}

static void
ms_application_startup(GApplication *application)
{
  MsApplication *self = MS_APPLICATION(application);

  G_APPLICATION_CLASS(ms_application_parent_class)->startup(application);
  ms_renderer_choose(gdk_display_get_default());
  gtk_window_set_default_icon_name("org.maskscope.Maskscope");
  load_style();
  self->appearance = ms_appearance_new(ms_settings_get());
  g_action_map_add_action_entries(G_ACTION_MAP(self), application_actions,
                                  G_N_ELEMENTS(application_actions), self);

  g_autoptr(GAction) scheme = g_settings_create_action(ms_settings_get(), "color-scheme");

  g_action_map_add_action(G_ACTION_MAP(self), scheme);
  gtk_application_set_accels_for_action(GTK_APPLICATION(self), "app.quit",
                                        (const char *[]){"<Control>q", NULL});
}

static void
ms_application_activate(GApplication *application)
{
  MsApplication *self = MS_APPLICATION(application);
  MsWindow *window = ms_window_new(GTK_APPLICATION(self));

  if (self->options->set || self->options->images || self->options->actual ||
      self->options->manifest || self->options->predicted->len > 0)
    ms_window_open(window, self->options);
  gtk_window_present(GTK_WINDOW(window));
}

static void
ms_application_finalize(GObject *object)
{
  MsApplication *self = MS_APPLICATION(object);

  g_clear_pointer(&self->options, ms_options_free);
  g_clear_object(&self->appearance);
  G_OBJECT_CLASS(ms_application_parent_class)->finalize(object);
}

static void
ms_application_class_init(MsApplicationClass *class)
{
  G_APPLICATION_CLASS(class)->startup = ms_application_startup;
  G_APPLICATION_CLASS(class)->activate = ms_application_activate;
  G_OBJECT_CLASS(class)->finalize = ms_application_finalize;
}

static void
ms_application_init(MsApplication *self)
{
}

MsApplication *
ms_application_new(MsOptions *options)
{
  MsApplication *self = g_object_new(MS_TYPE_APPLICATION, "application-id",
                                     "org.maskscope.Maskscope", "flags", G_APPLICATION_NON_UNIQUE,
                                     "resource-base-path", "/org/maskscope/Maskscope", NULL);

  self->options = options;
  return self;
}
