/* SPDX-License-Identifier: MIT
 *
 * The facts of a file as bytes, lowest first: one description of them, which is walked to write and
 * to read, so that the two cannot differ. Sets of samples are runs from one to another. Bytes come
 * from a cache: whatever they say, what is made of them is something that a file could have been.
 */
#include "set/file-facts.h"

#include <math.h>
#include <string.h>

#define MAX_NOTE 4096u

/* Writes to `out` or, where there is none, reads. */
typedef struct {
  GByteArray *out;
  const guint8 *at;
  const guint8 *end;
  gboolean is_wrong;
} Coder;

/* --- numbers ---------------------------------------------------------------------------------- */

static void
code_bytes(Coder *coder, gpointer data, gsize size)
{
  if (coder->out) {
    g_byte_array_append(coder->out, data, (guint)size);
  } else if ((gsize)(coder->end - coder->at) < size) {
    coder->is_wrong = TRUE;
    memset(data, 0, size);
  } else {
    memcpy(data, coder->at, size);
    coder->at += size;
  }
}

static void
code_long(Coder *coder, guint64 *number)
{
  guint64 bytes = GUINT64_TO_LE(*number);

  code_bytes(coder, &bytes, sizeof bytes);
  *number = GUINT64_FROM_LE(bytes);
}

static void
code_word(Coder *coder, guint32 *number)
{
  guint32 bytes = GUINT32_TO_LE(*number);

  code_bytes(coder, &bytes, sizeof bytes);
  *number = GUINT32_FROM_LE(bytes);
}

/* 0 to last. */
static int
code_small(Coder *coder, int number, int last)
{
  guint8 byte = (guint8)number;

  code_bytes(coder, &byte, 1);
  if (byte <= last)
    return byte;
  coder->is_wrong = TRUE;
  return 0;
}

static void
code_flag(Coder *coder, gboolean *flag)
{
  *flag = code_small(coder, *flag, 1);
}

static void
code_float(Coder *coder, float *number)
{
  guint32 bits;

  memcpy(&bits, number, sizeof bits);
  code_word(coder, &bits);
  memcpy(number, &bits, sizeof bits);
  coder->is_wrong |= !isfinite(*number);
}

/* How many there are, each of at least so many bytes. */
static guint
code_count(Coder *coder, guint n, guint most, gsize size)
{
  guint32 count = n;

  code_word(coder, &count);
  if (coder->out)
    return n;
  if (count > most || count > (gsize)(coder->end - coder->at) / size)
    coder->is_wrong = TRUE;
  return coder->is_wrong ? 0 : count;
}

/* --- what there is many of -------------------------------------------------------------------- */

static guint
count_runs(const GArray *values)
{
  guint n = 0;

  for (guint i = 0; i < values->len; i++)
    n += i == 0 || g_array_index(values, guint32, i) != g_array_index(values, guint32, i - 1) + 1;
  return n;
}

/* The index behind the run that begins at i. */
static guint
end_of_run(const GArray *values, guint i)
{
  while (++i < values->len)
    if (g_array_index(values, guint32, i) != g_array_index(values, guint32, i - 1) + 1)
      break;
  return i;
}

static void
write_runs(Coder *coder, const GArray *values)
{
  for (guint i = 0; i < values->len;) {
    guint end = end_of_run(values, i);

    code_word(coder, &g_array_index(values, guint32, i));
    code_word(coder, &g_array_index(values, guint32, end - 1));
    i = end;
  }
}

/* Ascending numbers from first to last. */
static void
read_runs(Coder *coder, guint n_runs, GArray *values, guint32 first, guint32 last, guint most)
{
  guint64 least = first;

  for (guint i = 0; i < n_runs && !coder->is_wrong; i++) {
    guint32 from = 0, to = 0;

    code_word(coder, &from);
    code_word(coder, &to);
    if (from < least || to < from || to > last || to - from >= most - values->len) {
      coder->is_wrong = TRUE;
      return;
    }
    for (guint64 value = from; value <= to; value++) {
      guint32 number = (guint32)value;

      g_array_append_val(values, number);
    }
    least = (guint64)to + 2;
  }
}

static void
code_values(Coder *coder, GArray *values, guint32 first, guint32 last)
{
  guint n_runs = code_count(coder, coder->out ? count_runs(values) : 0, 65536, 8);

  if (coder->out)
    write_runs(coder, values);
  else
    read_runs(coder, n_runs, values, first, last, 65536);
}

static void
code_colors(Coder *coder, GArray *colors)
{
  guint n = code_count(coder, colors->len, MS_SURVEY_MAX_COLORS, sizeof(MsColorCount));

  if (!coder->out)
    g_array_set_size(colors, n);
  for (guint i = 0; i < n; i++) {
    code_long(coder, &g_array_index(colors, MsColorCount, i).key);
    code_long(coder, &g_array_index(colors, MsColorCount, i).n_pixels);
    coder->is_wrong |= g_array_index(colors, MsColorCount, i).key >> 48 != 0;
  }
}

static void
code_note(Coder *coder, char **note)
{
  gboolean is_there = *note != NULL;
  guint length;

  code_flag(coder, &is_there);
  if (!is_there)
    return;
  length = code_count(coder, *note ? (guint)strlen(*note) : 0, MAX_NOTE, 1);
  if (!coder->out)
    *note = g_malloc0(length + 1);
  code_bytes(coder, *note, length);
  coder->is_wrong |= length > MAX_NOTE || !g_utf8_validate(*note, length, NULL);
}

/* --- a file ----------------------------------------------------------------------------------- */

static void
code_form(Coder *coder, MsFileForm *form)
{
  form->type = code_small(coder, form->type, MS_SAMPLES_FLOATS);
  form->color = code_small(coder, form->color, MS_COLOR_PALETTE);
  form->depth = code_small(coder, form->depth, 32);
  coder->is_wrong |= form->depth == 0 || (form->depth & (form->depth - 1)) != 0;
  code_flag(coder, &form->lossy);
  code_flag(coder, &form->colored);
  code_flag(coder, &form->alpha);
  for (guint i = 0; i < G_N_ELEMENTS(form->seen); i++)
    code_long(coder, &form->seen[i]);
  code_word(coder, &form->n_above);
  code_word(coder, &form->largest);
  code_flag(coder, &form->is_negative);
  code_float(coder, &form->lowest);
  code_float(coder, &form->highest);
  form->n_colors = (guint)code_small(coder, (int)form->n_colors, MS_FILE_MAX_COLORS);
  code_bytes(coder, form->colors, sizeof form->colors);
}

static void
code_facts(Coder *coder, MsFileFacts *facts)
{
  code_form(coder, &facts->form);
  facts->kind = code_small(coder, facts->kind, MS_N_SAMPLE_FORMS - 1);
  code_flag(coder, &facts->three);
  code_flag(coder, &facts->has_alpha);
  code_flag(coder, &facts->vivid);
  code_flag(coder, &facts->unequal);
  code_flag(coder, &facts->is_negative);
  code_flag(coder, &facts->color_varies);
  code_long(coder, &facts->under_alpha);
  code_values(coder, facts->values, 0, G_MAXUINT16);
  code_values(coder, facts->alphas, 0, G_MAXUINT16);
  code_values(coder, facts->large, G_MAXUINT16 + 1, G_MAXINT32);
  code_colors(coder, facts->colors);
  code_note(coder, &facts->note);
}

GBytes *
ms_file_facts_to_bytes(const MsFileFacts *facts)
{
  Coder coder = {.out = g_byte_array_new()};

  code_facts(&coder, (MsFileFacts *)facts); /* which changes nothing where it writes */
  return g_byte_array_free_to_bytes(coder.out);
}

MsFileFacts *
ms_file_facts_from_bytes(GBytes *bytes)
{
  g_autoptr(MsFileFacts) facts = ms_file_facts_new_empty();
  Coder coder = {0};
  gsize size;

  coder.at = g_bytes_get_data(bytes, &size);
  coder.end = coder.at + size;
  code_facts(&coder, facts);
  return coder.is_wrong || coder.at != coder.end ? NULL : g_steal_pointer(&facts);
}
