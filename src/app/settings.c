/* SPDX-License-Identifier: MIT */
#include "app/settings.h"

#define SCHEMA_ID "org.maskscope.Maskscope"
#define N_RECENT  10

static GSettingsSchema *
lookup_schema(void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default();
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);

  if (program && g_str_has_prefix(program, MS_BUILD_DIR "/")) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GSettingsSchemaSource) built = g_settings_schema_source_new_from_directory(
        MS_BUILD_DIR "/resources", installed, TRUE, &error);

    if (built)
      return g_settings_schema_source_lookup(built, SCHEMA_ID, TRUE);
    g_warning("settings schema of the build: %s", error->message);
  }
  return installed ? g_settings_schema_source_lookup(installed, SCHEMA_ID, TRUE) : NULL;
}

GSettings *
ms_settings_get(void)
{
  static GSettings *settings;

  if (!settings) {
    g_autoptr(GSettingsSchema) schema = lookup_schema();

    if (!schema)
      g_error("the settings schema %s is not installed", SCHEMA_ID);
    settings = g_settings_new_full(schema, NULL, NULL);
  }
  return settings;
}

gsize
ms_settings_picture_bytes(void)
{
  guint64 bytes = (guint64)g_settings_get_int(ms_settings_get(), "picture-memory") << 20;

  return (gsize)MIN(bytes, G_MAXSIZE);
}

void
ms_settings_add_recent(const char *path)
{
  g_auto(GStrv) old = g_settings_get_strv(ms_settings_get(), "recent");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  guint n = 1;

  if (!g_utf8_validate(path, -1, NULL))
    return;
  g_strv_builder_add(builder, path);
  for (guint i = 0; old[i] && n < N_RECENT; i++)
    if (!g_str_equal(old[i], path)) {
      g_strv_builder_add(builder, old[i]);
      n++;
    }

  g_auto(GStrv) recent = g_strv_builder_end(builder);

  g_settings_set_strv(ms_settings_get(), "recent", (const char *const *)recent);
}
