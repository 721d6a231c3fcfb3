/* SPDX-License-Identifier: MIT
 *
 * A number counts without the zeros before it, which file names have and ids have not.
 */
#include "set/annotation-stems.h"

#include <string.h>

#include "set/text.h"

char *
ms_annotation_stem_of(const char *file_name)
{
  return g_strndup(file_name, ms_text_stem_length(file_name));
}

/* The number that a stem ends in, without regard to zeros before it; FALSE: none. */
static gboolean
number_of(const char *stem, gint64 *number)
{
  gsize start = strlen(stem);
  guint64 value;

  while (start > 0 && g_ascii_isdigit(stem[start - 1]))
    start--;
  if (!g_ascii_string_to_unsigned(stem + start, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *number = (gint64)value;
  return TRUE;
}

/* Of the actual masks' files: the one whose number is the image's id. Ids of COCO are the numbers
 * in its images' names. A number that two have stands for none. */
GHashTable *
ms_annotation_number_stems(const MsRole *role)
{
  GHashTable *by_number = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; role && i < role->files->len; i++) {
    const char *stem = g_array_index(role->files, MsRoleFile, i).stem;
    gint64 number;

    if (!number_of(stem, &number))
      continue;
    gboolean again = g_hash_table_contains(by_number, &number);
    g_hash_table_insert(by_number, g_memdup2(&number, sizeof number),
                        again ? NULL : (gpointer)stem);
  }
  return by_number;
}

/* An image that no file names is called by its id. */
char *
ms_annotation_image_stem(const MsCocoImage *image, GHashTable *by_number)
{
  const char *known = g_hash_table_lookup(by_number, &image->id);

  if (image->file_name)
    return ms_annotation_stem_of(image->file_name);
  return known ? g_strdup(known) : g_strdup_printf("%" G_GINT64_FORMAT, image->id);
}
