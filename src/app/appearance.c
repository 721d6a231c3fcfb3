/* SPDX-License-Identifier: MIT */
#include "app/appearance.h"

#include "app/compat.h"

#define PORTAL_NAME      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH      "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS  "org.freedesktop.portal.Settings"
#define PORTAL_NAMESPACE "org.freedesktop.appearance"

struct _MsAppearance {
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  GCancellable *cancellable;
  GDBusConnection *bus;
  guint subscription;
  gboolean desktop_dark; /* what the portal said last */
  gboolean gtk_dark;     /* what GTK's own settings said at start */
};

G_DEFINE_FINAL_TYPE(MsAppearance, ms_appearance, G_TYPE_OBJECT)

static void
apply(MsAppearance *self)
{
  g_autofree char *choice = g_settings_get_string(self->settings, "color-scheme");
  gboolean dark = g_str_equal(choice, "dark") ||
                  (g_str_equal(choice, "system") && (self->desktop_dark || self->gtk_dark));

  g_object_set(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", dark, NULL);
}

/* The value is a number in up to two layers of variants: 1 means "prefer dark". */
static void
take_portal_value(MsAppearance *self, GVariant *value)
{
  g_autoptr(GVariant) inner = g_variant_ref(value);

  while (g_variant_is_of_type(inner, G_VARIANT_TYPE_VARIANT)) {
    GVariant *next = g_variant_get_variant(inner);

    g_variant_unref(inner);
    inner = next;
  }
  if (!g_variant_is_of_type(inner, G_VARIANT_TYPE_UINT32))
    return;
  self->desktop_dark = g_variant_get_uint32(inner) == 1;
  apply(self);
}

static void
portal_changed(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
               const char *signal, GVariant *parameters, gpointer user)
{
  const char *namespace, *key;
  g_autoptr(GVariant) value = NULL;

  if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(ssv)")))
    return;
  g_variant_get(parameters, "(&s&sv)", &namespace, &key, &value);
  if (g_str_equal(namespace, PORTAL_NAMESPACE) && g_str_equal(key, "color-scheme"))
    take_portal_value(user, value);
}

static void
portal_read(GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply =
      g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);

  if (!reply) {
    g_debug("no settings portal: %s", error->message);
    return;
  }

  g_autoptr(GVariant) value = g_variant_get_child_value(reply, 0);

  take_portal_value(user, value);
}

static void
bus_ready(GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, &error);

  if (!bus) {
    g_debug("no session bus: %s", error->message);
    return;
  }

  MsAppearance *self = user;

  self->bus = g_steal_pointer(&bus);
  self->subscription = g_dbus_connection_signal_subscribe(
      self->bus, PORTAL_NAME, PORTAL_SETTINGS, "SettingChanged", PORTAL_PATH, PORTAL_NAMESPACE,
      G_DBUS_SIGNAL_FLAGS_NONE, portal_changed, self, NULL);
  g_dbus_connection_call(self->bus, PORTAL_NAME, PORTAL_PATH, PORTAL_SETTINGS, "Read",
                         g_variant_new("(ss)", PORTAL_NAMESPACE, "color-scheme"), NULL,
                         G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, portal_read, self);
}

static void
ms_appearance_dispose(GObject *object)
{
  MsAppearance *self = MS_APPEARANCE(object);

  g_cancellable_cancel(self->cancellable);
  if (self->subscription)
    g_dbus_connection_signal_unsubscribe(self->bus, self->subscription);
  if (self->settings)
    g_signal_handlers_disconnect_by_data(self->settings, self);
  g_clear_object(&self->settings);
  g_clear_object(&self->cancellable);
  g_clear_object(&self->bus);
  G_OBJECT_CLASS(ms_appearance_parent_class)->dispose(object);
}

static void
ms_appearance_class_init(MsAppearanceClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_appearance_dispose;
}

static void
ms_appearance_init(MsAppearance *self)
{
  self->cancellable = g_cancellable_new();
}

MsAppearance *
ms_appearance_new(GSettings *settings)
{
  MsAppearance *self = g_object_new(MS_TYPE_APPEARANCE, NULL);

  self->settings = g_object_ref(settings);
  g_object_get(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", &self->gtk_dark,
               NULL);
  g_signal_connect_swapped(settings, "changed::color-scheme", G_CALLBACK(apply), self);
  apply(self);
  g_bus_get(G_BUS_TYPE_SESSION, self->cancellable, bus_ready, self);
  return self;
}

gboolean
ms_appearance_is_dark(GtkWidget *widget)
{
  GdkRGBA text;

  ms_compat_get_color(widget, &text);
  return 0.299 * text.red + 0.587 * text.green + 0.114 * text.blue > 0.5;
}
