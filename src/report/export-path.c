/* SPDX-License-Identifier: MIT
 *
 * From an id, which may be any text of a manifest, to a file below a folder. The mapping is
 * one-to-one: unsafe characters and the ones with a meaning here (% ~, @ in a model's name) are
 * written as %XX, an empty or dotted component likewise, and a component that is too long is cut
 * and ends in ~ and a digest of the whole.
 */
#include "report/export.h"

#include <string.h>

#define MAX_COMPONENT 200 /* bytes; file systems take 255, temporary names need some */
#define DIGEST_LENGTH 16

static gboolean
is_unsafe(char c, const char *reserved)
{
  return (guchar)c < 0x20 || c == 0x7f || strchr("\\:*?\"<>|%~", c) || strchr(reserved, c);
}

static void
append_escaped(GString *name, const char *text, const char *reserved)
{
  for (const char *c = text; *c; c++) {
    if (is_unsafe(*c, reserved))
      g_string_append_printf(name, "%%%02X", (guint)(guchar)*c);
    else
      g_string_append_c(name, *c);
  }
}

static void
shorten(GString *name)
{
  g_autofree char *digest = NULL;
  gsize length = MAX_COMPONENT - DIGEST_LENGTH - 1;

  if (name->len <= MAX_COMPONENT)
    return;
  digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name->str, -1);
  /* Not within a character. */
  while (length > 0 && ((guchar)name->str[length] & 0xc0) == 0x80)
    length--;
  g_string_truncate(name, length);
  g_string_append_printf(name, "~%.*s", DIGEST_LENGTH, digest);
}

/* A component of an id: never empty, "." or "..". */
static GString *
make_component(const char *text)
{
  GString *name = g_string_new(NULL);

  if (*text == '\0')
    g_string_append_c(name, '%');
  else if (g_str_equal(text, ".") || g_str_equal(text, ".."))
    g_string_append(name, text[1] ? "%2E%2E" : "%2E");
  else
    append_escaped(name, text, "");
  return name;
}

char *
ms_export_path(MsSet *set, guint example, guint model, const char *folder)
{
  const char *id = ms_set_get_id(set, example);
  g_auto(GStrv) parts = g_strsplit(id, "/", -1);
  GString *path = g_string_new(folder);

  for (guint i = 0; parts[i]; i++) {
    GString *name = make_component(parts[i]);

    if (!parts[i + 1] && ms_set_get_n_models(set) > 1) {
      g_string_append_c(name, '@');
      append_escaped(name, ms_set_get_model_name(set, model), "@/");
    }
    shorten(name);
    g_string_append_c(path, G_DIR_SEPARATOR);
    g_string_append_len(path, name->str, (gssize)name->len);
    g_string_free(name, TRUE);
  }
  g_string_append(path, ".png");
  return g_string_free(path, FALSE);
}
