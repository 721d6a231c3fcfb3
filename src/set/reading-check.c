/* SPDX-License-Identifier: MIT
 *
 * Files that contradict how their folder is read. The folder was decided to be binary by its first
 * files; a later one with other samples is refused rather than counted as something that nobody
 * said it was. What the first files held tells, by the kind of file, which samples are expected.
 */
#include <string.h>

#include "set/reading-apply.h"
#include "set/reading-evidence.h"
#include "set/reading-wide.h"

/* More distinct samples than this are not told apart in a message. */
#define MAX_VALUES 4096u

void
ms_reading_check_by(MsReading *reading, const MsEvidence *evidence)
{
  g_autoptr(GArray) large = ms_wide_large_sorted(evidence->survey->large);

  reading->checked = TRUE;
  for (int form = 0; form < MS_N_SAMPLE_FORMS; form++)
    for (guint32 value = 1; value < evidence->set->ends[form]; value++)
      if (evidence->set->seen[form][value] && !ms_reading_ignores(reading, value))
        reading->positives[form] = value;
  for (guint i = 0; i < large->len; i++)
    if (!ms_reading_ignores(reading, g_array_index(large, guint32, i)))
      reading->positives[MS_SAMPLES_WIDE] = g_array_index(large, guint32, i);
}

static gboolean
holds(const GArray *values, guint32 value)
{
  for (guint i = 0; i < values->len; i++)
    if (g_array_index(values, guint32, i) == value)
      return TRUE;
  return FALSE;
}

/* Two values of which none is 0: no others are expected, not even 0. */
static gboolean
has_two_positives(const MsReading *reading)
{
  return reading->values->len == 2 && g_array_index(reading->values, guint32, 0) != 0;
}

gboolean
ms_reading_expects(const MsReading *reading, MsSampleForm form, guint32 value)
{
  if (ms_reading_ignores(reading, value))
    return TRUE;
  if (has_two_positives(reading))
    return holds(reading->values, value);
  return value == 0 || reading->positives[form] == 0 || value == reading->positives[form];
}

static void
note_row(GHashTable *values, const void *scalars, int sample_bytes, int width)
{
  const guint8 *bytes = scalars;
  const guint16 *words = scalars;
  const guint32 *numbers = scalars;
  guint32 last = 0;

  for (int x = 0; x < width; x++) {
    guint32 value = sample_bytes == 1 ? bytes[x] : sample_bytes == 2 ? words[x] : numbers[x];

    if (x > 0 && value == last)
      continue;
    last = value;
    if (!MS_SAMPLE_IS_NEGATIVE(value) && g_hash_table_size(values) < MAX_VALUES)
      g_hash_table_add(values, GUINT_TO_POINTER(value));
  }
}

/* Ascending; NULL where the channels of a pixel differ. */
static GArray *
collect_values(const MsSamples *samples, gboolean alpha)
{
  g_autoptr(GHashTable) values = g_hash_table_new(NULL, NULL);
  g_autofree void *scratch = g_malloc((gsize)samples->width * samples->bytes);

  for (int y = 0; y < samples->height; y++) {
    const void *scalars = ms_scalar_row(samples, alpha, y, scratch);

    if (!scalars)
      return NULL;
    note_row(values, scalars, samples->bytes, samples->width);
  }
  return ms_wide_large_sorted(values);
}

static gboolean
has_positives(const MsReading *reading)
{
  for (int form = 0; form < MS_N_SAMPLE_FORMS; form++)
    if (reading->positives[form] != 0)
      return TRUE;
  return FALSE;
}

/* In a file of a kind that none of the first ones with positive pixels was of. */
static gboolean
may_be_positive(const MsReading *reading, MsSampleForm form, guint32 value)
{
  if (!has_positives(reading) || value == 1 || ms_sample_is_full_scale(value, form))
    return TRUE;
  return holds(reading->values, value);
}

static GArray *
strangers_of(const MsReading *reading, MsSampleForm form, const GArray *values)
{
  GArray *strangers = g_array_new(FALSE, FALSE, sizeof(guint32));

  for (guint i = 0; i < values->len; i++) {
    guint32 value = g_array_index(values, guint32, i);

    if (!ms_reading_expects(reading, form, value))
      g_array_append_val(strangers, value);
  }
  return strangers;
}

/* All but black and what counts nowhere. */
static GArray *
strangers_of_black(const MsReading *reading, const GArray *values)
{
  GArray *strangers = g_array_new(FALSE, FALSE, sizeof(guint32));

  for (guint i = 0; i < values->len; i++) {
    guint32 value = g_array_index(values, guint32, i);

    if (value != 0 && !ms_reading_ignores(reading, value))
      g_array_append_val(strangers, value);
  }
  return strangers;
}

/* What cannot be meant by one positive value: all of them where there are several. */
static GArray *
strangers_of_kind(const MsReading *reading, MsSampleForm form, const GArray *values)
{
  GArray *strangers = strangers_of_black(reading, values);

  if (strangers->len == 1 && may_be_positive(reading, form, g_array_index(strangers, guint32, 0)))
    g_array_set_size(strangers, 0);
  return strangers;
}

/* --- in words ------------------------------------------------------------------------------- */

/* Maps, and grey masks: values of a scale whose end the first files held alone. */
static gboolean
may_be_map(const MsReading *reading, const MsSamples *samples, const GArray *strangers)
{
  guint32 positive = reading->positives[MS_SAMPLES_EIGHT];

  return samples->type == MS_SAMPLES_SCALED && samples->color != MS_COLOR_PALETTE &&
         samples->depth >= 8 && (positive == 0 || positive == 255) &&
         g_array_index(strangers, guint32, strangers->len - 1) > 31;
}

static char *
describe_remedy(const MsReading *reading, const MsSamples *samples, const GArray *strangers)
{
  GString *text = g_string_new(NULL);

  if (samples->lossy)
    return g_string_free(g_string_append(text, "JPEG changes values, so save masks as PNG"), FALSE);
  if (reading->predicted && may_be_map(reading, samples, strangers))
    g_string_append(text, "--threshold 0.5 reads all predicted ones as probability maps, ");
  g_string_append(text, "--positive nonzero says that every value but 0 is positive, ");
  if (!reading->predicted && has_positives(reading) && strangers->len <= 3) {
    g_string_append(text, "--ignore ");
    for (guint i = 0; i < strangers->len; i++)
      g_string_append_printf(text, "%s%u", i ? "," : "", g_array_index(strangers, guint32, i));
    g_string_append_printf(text, " that %s nowhere, ",
                           strangers->len == 1 ? "it counts" : "they count");
  }
  g_string_append(text, "--classes that they are class ids");
  return g_string_free(text, FALSE);
}

static gboolean
refuse_strangers(const MsReading *reading, const MsSamples *samples, const GArray *strangers,
                 const char *name, GError **error)
{
  g_autofree char *remedy = describe_remedy(reading, samples, strangers);
  g_autoptr(GString) text = g_string_new("holds ");

  ms_append_values(text, strangers, "value", "values");
  g_string_append(text, ", but the masks of its folder that were looked at hold ");
  if (reading->values->len > 0)
    ms_append_values(text, reading->values, "nothing but value", "nothing but values");
  else
    g_string_append(text, "no value");
  return ms_reading_refuse(error, name, "%s and are read as binary; %s", text->str, remedy);
}

gboolean
ms_reading_refuse_strangers(const MsReading *reading, const MsSamples *samples, const char *name,
                            GError **error)
{
  g_autoptr(GArray) values = collect_values(samples, reading->alpha);
  g_autoptr(GArray) strangers =
      values ? strangers_of(reading, ms_samples_form(samples), values) : NULL;

  if (!strangers || strangers->len == 0)
    return ms_reading_refuse_color(error, name);
  return refuse_strangers(reading, samples, strangers, name, error);
}

gboolean
ms_reading_check_kind(const MsReading *reading, const MsSamples *samples, const char *name,
                      GError **error)
{
  MsSampleForm form = ms_samples_form(samples);
  g_autoptr(GArray) values = NULL;
  g_autoptr(GArray) strangers = NULL;

  if (!reading->checked || reading->positives[form] != 0 || has_two_positives(reading))
    return TRUE;
  values = collect_values(samples, reading->alpha);
  if (!values)
    return TRUE;
  strangers = strangers_of_kind(reading, form, values);
  return strangers->len == 0 || refuse_strangers(reading, samples, strangers, name, error);
}

gboolean
ms_reading_check_black(const MsReading *reading, const MsSamples *samples, const char *name,
                       GError **error)
{
  g_autoptr(GArray) values = collect_values(samples, reading->alpha);
  g_autoptr(GArray) strangers = values ? strangers_of_black(reading, values) : NULL;
  g_autoptr(GString) text = g_string_new("holds ");

  if (!strangers || strangers->len == 0)
    return TRUE;
  ms_append_values(text, strangers, "value", "values");
  return ms_reading_refuse(error, name,
                           "%s, of which none is above 127, but the masks of its folder that were "
                           "looked at are grey between 0 and 255; save it as they are, or let "
                           "--positive nonzero read all of them",
                           text->str);
}

/* --- masks in alpha ------------------------------------------------------------------------- */

/* Whether all pixels have one colour and their alphas differ. */
static gboolean
is_mask_in_alpha(const MsSamples *samples)
{
  gsize pixel_bytes = (gsize)samples->channels * samples->bytes;
  gsize color_bytes = pixel_bytes - samples->bytes;
  gboolean varies = FALSE;

  for (int y = 0; y < samples->height; y++) {
    const guint8 *pixel = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++, pixel += pixel_bytes) {
      if (memcmp(pixel, samples->pixels, color_bytes) != 0)
        return FALSE;
      varies |= memcmp(pixel + color_bytes, samples->pixels + color_bytes, samples->bytes) != 0;
    }
  }
  return varies;
}

gboolean
ms_reading_check_alpha(const MsReading *reading, const MsSamples *samples, const char *name,
                       GError **error)
{
  gboolean has_alpha = ms_samples_have_alpha(samples);

  if (reading->alpha && !has_alpha)
    return ms_reading_refuse(error, name,
                             "has no alpha channel, but in the other masks of its folder alpha is "
                             "the mask");
  if (reading->alpha || !has_alpha || reading->encoding == MS_ENCODING_COLORS ||
      !is_mask_in_alpha(samples))
    return TRUE;
  return ms_reading_refuse(error, name,
                           "is of one colour all over, so that its mask can only be in its alpha "
                           "channel, which is not read in this folder; save it with one channel");
}
