/* SPDX-License-Identifier: MIT
 *
 * Lists, objects and plain values as COCO's files are made of them. Keys come in any order; a value
 * that is null counts as left out, as Python writes it.
 */
#include "io/coco-private.h"

gboolean
ms_coco_take_integer(MsJsonReader *reader, const char *what, gint64 minimum, gint64 maximum,
                     MsCocoNumber *number, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);

  if (token == MS_JSON_ERROR)
    return FALSE;
  number->said = token != MS_JSON_NULL;
  if (!number->said)
    return TRUE;
  if (!ms_json_integer(reader, &number->value))
    return ms_json_fail(reader, error, "%s is no whole number", what);
  if (number->value < minimum || number->value > maximum)
    return ms_json_fail(reader, error,
                        "%s is %" G_GINT64_FORMAT ", not from %" G_GINT64_FORMAT
                        " to %" G_GINT64_FORMAT,
                        what, number->value, minimum, maximum);
  return TRUE;
}

gboolean
ms_coco_take_flag(MsJsonReader *reader, const char *what, gboolean *flag, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);
  gint64 value;

  if (token == MS_JSON_BOOLEAN)
    *flag = ms_json_is_true(reader);
  else if (token == MS_JSON_NUMBER && ms_json_integer(reader, &value) && (value & ~1) == 0)
    *flag = (gboolean)value;
  else if (token != MS_JSON_NULL)
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "%s is neither 0 nor 1", what);
  return TRUE;
}

gboolean
ms_coco_take_integers(MsJsonReader *reader, const char *what, gint64 maximum, guint n,
                      gint64 *values, gboolean *said, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);
  guint taken = 0;

  *said = token != MS_JSON_NULL;
  if (token == MS_JSON_NULL || token == MS_JSON_ERROR)
    return !*said;
  if (token != MS_JSON_ARRAY)
    return ms_json_fail(reader, error, "%s is no list", what);
  while ((token = ms_json_next(reader, error)) == MS_JSON_NUMBER && taken < n &&
         ms_json_integer(reader, &values[taken]) && values[taken] >= 0 && values[taken] <= maximum)
    taken++;
  if (token == MS_JSON_ARRAY_END && taken == n)
    return TRUE;
  return token != MS_JSON_ERROR &&
         ms_json_fail(reader, error, "%s is not %u whole numbers up to %" G_GINT64_FORMAT, what, n,
                      maximum);
}

gboolean
ms_coco_take_string(MsJsonReader *reader, const char *what, char **string, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);

  if (token == MS_JSON_STRING) {
    g_free(*string);
    *string = g_strdup(ms_json_text(reader));
  } else if (token != MS_JSON_NULL) {
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "%s is no text", what);
  }
  return TRUE;
}

gboolean
ms_coco_take_items(MsJsonReader *reader, MsCocoTakeItem take, gpointer user, GError **error)
{
  MsJsonToken token;

  while ((token = ms_json_next(reader, error)) == MS_JSON_OBJECT)
    if (!take(reader, user, error))
      return FALSE;
  if (token == MS_JSON_ARRAY_END)
    return TRUE;
  return token != MS_JSON_ERROR && ms_json_fail(reader, error, "the list holds what is no object");
}

gboolean
ms_coco_take_fields(MsJsonReader *reader, MsCocoTakeField take, gpointer user, GError **error)
{
  MsJsonToken token;

  while ((token = ms_json_next(reader, error)) == MS_JSON_KEY)
    if (!take(reader, ms_json_text(reader), user, error))
      return FALSE;
  return token == MS_JSON_OBJECT_END;
}
