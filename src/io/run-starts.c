/* SPDX-License-Identifier: MIT
 *
 * Kaggle's run lengths: pairs of numbers in plain text, "start length start length ...".
 */
#include "io/run-length-private.h"

#include <string.h>

#include "io/error.h"

typedef struct {
  const char *at; /* the next character */
  guint n_taken;  /* numbers */
  guint64 n_pixels;
  const char *where;
} Text;

static void
pass_blanks(Text *text)
{
  while (g_ascii_isspace(*text->at))
    text->at++;
}

G_GNUC_PRINTF(3, 4)
static gboolean
fail(const Text *text, GError **error, const char *format, ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start(arguments, format);
  cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s: run lengths, number %u: %s", text->where,
              text->n_taken, cause);
  return FALSE;
}

/* A whole number from 1 to the number of pixels. */
static gboolean
take_number(Text *text, guint64 *number, GError **error)
{
  const char *digits;

  pass_blanks(text);
  text->n_taken++;
  *number = 0;
  for (digits = text->at; g_ascii_isdigit(*text->at); text->at++)
    *number = MIN(*number * 10 + (guint64)g_ascii_digit_value(*text->at), G_MAXUINT32);
  if (*digits == '\0')
    return fail(text, error, "the last start is without a length");
  if (text->at == digits || (*text->at != '\0' && !g_ascii_isspace(*text->at)))
    return fail(text, error, "is no whole number");
  if (*number < 1 || *number > text->n_pixels)
    return fail(text, error, "is not from 1 to the %" G_GUINT64_FORMAT " pixels of the mask",
                text->n_pixels);
  return TRUE;
}

/* One start and length; *filled is how many pixels the runs reach so far. */
static gboolean
take_pair(Text *text, guint64 *filled, GArray *runs, GError **error)
{
  guint64 start, length;

  if (!take_number(text, &start, error))
    return FALSE;
  if (start <= *filled)
    return fail(text, error, "the start %" G_GUINT64_FORMAT " lies before the end of the last run",
                start);
  if (!take_number(text, &length, error))
    return FALSE;
  if (length > text->n_pixels - (start - 1))
    return fail(text, error,
                "the run of %" G_GUINT64_FORMAT " from %" G_GUINT64_FORMAT
                " on reaches out of the mask's %" G_GUINT64_FORMAT " pixels",
                length, start, text->n_pixels);
  if (start - 1 == *filled && runs->len > 0) {
    g_array_index(runs, guint32, runs->len - 1) += (guint32)length;
  } else {
    guint32 pair[2] = {(guint32)(start - 1 - *filled), (guint32)length};

    g_array_append_vals(runs, pair, 2);
  }
  *filled = start - 1 + length;
  return TRUE;
}

gboolean
ms_run_length_is_empty_text(const char *text)
{
  return *text == '\0' || strcmp(text, "-1") == 0 || g_ascii_strcasecmp(text, "nan") == 0;
}

gboolean
ms_run_length_from_starts(const char *text, int width, int height, const char *where,
                          MsRunLength *mask, GError **error)
{
  g_autofree char *stripped = g_strstrip(g_strdup(text));
  g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(guint32));
  Text walk = {stripped, 0, (guint64)MAX(width, 0) * (guint64)MAX(height, 0), where};
  guint64 filled = 0;

  *mask = (MsRunLength){0};
  if (!ms_run_length_check_size(width, height, where, error))
    return FALSE;
  if (!ms_run_length_is_empty_text(stripped)) {
    for (; *walk.at != '\0'; pass_blanks(&walk))
      if (!take_pair(&walk, &filled, runs, error))
        return FALSE;
  }
  if (filled < walk.n_pixels) {
    guint32 rest = (guint32)(walk.n_pixels - filled);

    g_array_append_val(runs, rest);
  }
  return ms_run_length_from_counts((const guint32 *)(gpointer)runs->data, runs->len, width, height,
                                   where, mask, error);
}
