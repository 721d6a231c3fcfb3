/* SPDX-License-Identifier: MIT
 *
 * The one table of endings of masks and images: which reader takes a file is told by its first
 * bytes, not by these.
 */
#include "set/text.h"

static const char *const picture_endings[] = {
    ".png",  ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".tif", ".tiff",
    ".webp", ".pgm", ".ppm",  ".pbm", ".pnm",  ".tga", ".npy", ".npz", ".nii",
};

#define VOLUME_ENDING ".nii.gz"

char *
ms_text_id(const char *file_name)
{
  if (g_utf8_validate(file_name, -1, NULL))
    return g_strdup(file_name);
  GString *id = g_string_new(NULL);
  for (const char *rest = file_name; *rest;) {
    const char *end;
    gboolean valid = g_utf8_validate(rest, -1, &end);
    g_string_append_len(id, rest, end - rest);
    if (valid)
      break;
    g_string_append_printf(id, "%%%02X", (guint8)*end);
    rest = end + 1;
  }
  return g_string_free(id, FALSE);
}

char *
ms_text_fold(const char *file_name)
{
  if (g_utf8_validate(file_name, -1, NULL))
    return g_utf8_casefold(file_name, -1);
  return g_ascii_strdown(file_name, -1);
}

/* The length of a volume's name without ".nii.gz", which goes whole; 0: it is none. */
static gsize
volume_stem_length(const char *file_name, gsize length)
{
  const gsize ending_length = sizeof VOLUME_ENDING - 1;
  if (length <= ending_length || file_name[length - ending_length - 1] == '/' ||
      g_ascii_strcasecmp(file_name + length - ending_length, VOLUME_ENDING) != 0)
    return 0;
  return length - ending_length;
}

gsize
ms_text_stem_length(const char *file_name)
{
  gsize length = strlen(file_name);
  const char *dot = strrchr(file_name, '.');
  if (!dot || dot == file_name || dot[-1] == '/')
    return length;
  gsize volume_length = volume_stem_length(file_name, length);
  if (volume_length > 0)
    return volume_length;
  for (gsize i = 0; i < G_N_ELEMENTS(picture_endings); i++)
    if (g_ascii_strcasecmp(dot, picture_endings[i]) == 0)
      return (gsize)(dot - file_name);
  return length;
}

gboolean
ms_text_is_picture(const char *file_name)
{
  return file_name[ms_text_stem_length(file_name)] == '.';
}
