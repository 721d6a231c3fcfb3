/* SPDX-License-Identifier: MIT
 *
 * The one table of endings of masks and images: which reader takes a file is told by its first
 * bytes, not by these.
 */
#include "set/text.h"

#define MAX_ENDING 5 /* with its dot */

static const char picture_endings[][MAX_ENDING + 1] = {
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

/* The dot of a name's last part, where an ending that may be a picture's follows; NULL: none. Names
 * are looked at by the million, so this goes no further back than it must. */
static const char *
find_dot(const char *file_name, gsize length)
{
  for (gsize i = 1; i < length && i <= MAX_ENDING; i++) {
    const char *at = file_name + length - i;

    if (*at == '.')
      return at[-1] == '/' ? NULL : at;
  }
  return NULL;
}

static gboolean
is_picture_ending(const char *dot, gsize length)
{
  char lower[MAX_ENDING + 1] = {0};

  for (gsize i = 0; i < length; i++)
    lower[i] = g_ascii_tolower(dot[i]);
  for (gsize i = 0; i < G_N_ELEMENTS(picture_endings); i++)
    if (memcmp(lower, picture_endings[i], sizeof lower) == 0)
      return TRUE;
  return FALSE;
}

gsize
ms_text_stem_length(const char *file_name)
{
  gsize length = strlen(file_name), volume_length = 0;
  const char *dot = find_dot(file_name, length);
  if (!dot)
    return length;
  if (g_ascii_tolower(file_name[length - 1]) == 'z')
    volume_length = volume_stem_length(file_name, length);
  if (volume_length > 0)
    return volume_length;
  gsize stem_length = (gsize)(dot - file_name);
  return is_picture_ending(dot, length - stem_length) ? stem_length : length;
}

gboolean
ms_text_is_picture(const char *file_name)
{
  return file_name[ms_text_stem_length(file_name)] == '.';
}
