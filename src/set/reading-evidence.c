/* SPDX-License-Identifier: MIT
 *
 * Answers from the flags of a survey alone: which values occur, in which kinds of files. Nothing
 * here decides; see reading-decide.c.
 */
#include "set/reading-evidence.h"

#include "set/reading-wide.h"

gboolean
ms_evidence_is_one_depth(guint depths)
{
  return (depths & (depths - 1)) == 0;
}

static gboolean
is_left_out(const GArray *left_out, guint value)
{
  for (guint i = 0; left_out && i < left_out->len; i++)
    if (g_array_index(left_out, guint32, i) == value)
      return TRUE;
  return FALSE;
}

gboolean
ms_evidence_has(const MsEvidence *evidence, guint value)
{
  if (value > G_MAXUINT16)
    return g_hash_table_contains(evidence->survey->large, GUINT_TO_POINTER(value));
  for (int form = 0; form < MS_N_SAMPLE_FORMS; form++)
    if (value < evidence->set->ends[form] && evidence->set->seen[form][value])
      return TRUE;
  return FALSE;
}

MsEvidence
ms_evidence_gather(const MsReadingSurvey *survey, const GArray *left_out)
{
  MsEvidence evidence = {.survey = survey, .set = &survey->values, .left_out = left_out};
  g_autoptr(GArray) large = NULL;
  guint32 n_alphas = 0, end = 0;

  evidence.values = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (int form = 0; form < MS_N_SAMPLE_FORMS; form++)
    for (guint value = 0; value < survey->alphas.ends[form]; value++)
      n_alphas += survey->alphas.seen[form][value];
  if (survey->n_alpha == survey->n_files && !survey->color_varies && n_alphas >= 2) {
    evidence.alpha = TRUE;
    evidence.set = &survey->alphas;
  }
  for (int form = 0; form < MS_N_SAMPLE_FORMS; form++)
    end = MAX(end, evidence.set->ends[form]);
  for (guint32 value = 0; value < end; value++)
    if (ms_evidence_has(&evidence, value) && !is_left_out(left_out, value))
      g_array_append_val(evidence.values, value);
  large = ms_wide_large_sorted(survey->large);
  for (guint i = 0; i < large->len; i++)
    if (!is_left_out(left_out, g_array_index(large, guint32, i)))
      g_array_append_val(evidence.values, g_array_index(large, guint32, i));
  return evidence;
}

void
ms_evidence_clear(MsEvidence *evidence)
{
  g_clear_pointer(&evidence->values, g_array_unref);
}

guint32
ms_evidence_value(const MsEvidence *evidence, guint index)
{
  return g_array_index(evidence->values, guint32, index);
}

guint32
ms_evidence_largest(const MsEvidence *evidence)
{
  return evidence->values->len ? ms_evidence_value(evidence, evidence->values->len - 1) : 0;
}

/* 0 and 1, or 0 and full scale, in each kind of file. */
static gboolean
every_form_is_binary(const MsEvidence *evidence)
{
  if (ms_evidence_largest(evidence) > G_MAXUINT16)
    return FALSE;
  for (int form = 0; form < MS_N_SAMPLE_FORMS; form++) {
    guint n_positive = 0;

    for (guint value = 1; value < evidence->set->ends[form]; value++) {
      if (!evidence->set->seen[form][value] || is_left_out(evidence->left_out, value))
        continue;
      if (value != 1 && !ms_sample_is_full_scale(value, form))
        return FALSE;
      n_positive++;
    }
    if (n_positive > 1)
      return FALSE;
  }
  return ms_evidence_has(evidence, 0);
}

/* The class ids that files of one kind would have in common, if each held one class besides 0. */
static gboolean
looks_like_ids(const MsEvidence *evidence, MsSampleForm form)
{
  guint n = 0;

  for (guint value = 1; value < evidence->set->ends[form]; value++)
    n += evidence->set->seen[form][value] && !is_left_out(evidence->left_out, value) &&
         !ms_sample_is_full_scale(value, form) && !(value == 128 && form == MS_SAMPLES_EIGHT);
  if (form == MS_SAMPLES_WIDE)
    n += g_hash_table_size(evidence->survey->large);
  return n >= 2;
}

/* Grey between black and white is no id. */
static gboolean
has_grey_rows(const MsReadingSurvey *survey)
{
  for (guint i = 0; i < survey->forms->len; i++)
    if (ms_file_form_is_grey(&g_array_index(survey->forms, MsFileForm, i)))
      return TRUE;
  return FALSE;
}

static gboolean
every_row_is_binary(const MsEvidence *evidence)
{
  const GArray *forms = evidence->survey->forms;

  for (guint i = 0; i < forms->len; i++)
    if (!ms_file_form_is_binary(&g_array_index(forms, MsFileForm, i), evidence->left_out))
      return FALSE;
  for (int form = 0; form < MS_N_SAMPLE_FORMS; form++)
    if (looks_like_ids(evidence, form) &&
        !(form == MS_SAMPLES_EIGHT && has_grey_rows(evidence->survey)))
      return FALSE;
  return TRUE;
}

gboolean
ms_evidence_is_binary(const MsEvidence *evidence)
{
  if (evidence->survey->per_file)
    return every_row_is_binary(evidence);
  if (evidence->survey->n_floats > 0)
    return FALSE;
  if (evidence->values->len == 2)
    return ms_evidence_has(evidence, 0);
  return evidence->values->len < 2 || every_form_is_binary(evidence);
}

char *
ms_evidence_count(const MsEvidence *evidence, MsFormTest test)
{
  const GArray *forms = evidence->survey->forms;
  const char *first = NULL;
  guint n = 0;

  for (guint i = 0; i < forms->len; i++) {
    const MsFileForm *form = &g_array_index(forms, MsFileForm, i);

    if (!test(form))
      continue;
    if (n++ == 0)
      first = form->name;
  }
  if (n == 0)
    return NULL;
  return g_strdup_printf("%u of %u files%s%s", n, forms->len, first ? ", such as " : "",
                         first ? first : "");
}

/* 8-bit grey with 0, with 255 and with values between that reach 200. */
gboolean
ms_evidence_is_grey(const MsEvidence *evidence)
{
  const guint8 *eight = evidence->set->seen[MS_SAMPLES_EIGHT];
  gboolean reaches = FALSE;

  if (evidence->survey->n_palette > 0 || evidence->survey->depths & (16 | 32))
    return FALSE;
  for (guint value = 200; value < 255; value++)
    reaches |= eight[value];
  return reaches && ms_evidence_has(evidence, 0) && eight[255];
}

gboolean
ms_evidence_is_probability(const MsEvidence *evidence)
{
  const MsReadingSurvey *survey = evidence->survey;

  return survey->n_floats > 0 && survey->lowest >= -MS_READING_FLOAT_SLACK &&
         survey->highest <= 1 + MS_READING_FLOAT_SLACK;
}

gboolean
ms_evidence_fits(const MsClassTable *table, const MsEvidence *evidence)
{
  for (guint i = 0; i < evidence->values->len; i++) {
    guint32 value = ms_evidence_value(evidence, i);

    if (ms_class_table_find_any(table, value) || (gint64)value == table->ignored)
      continue;
    if (value != 255 || evidence->values->len < 3)
      return FALSE;
  }
  return TRUE;
}

void
ms_append_values(GString *text, const GArray *values, const char *one, const char *many)
{
  guint n = values->len;

  if (n > 6) {
    g_string_append_printf(text, "%u %s from %u to %u", n, many, g_array_index(values, guint32, 0),
                           g_array_index(values, guint32, n - 1));
    return;
  }
  g_string_append(text, n == 1 ? one : many);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text, "%s%u",
                           i == 0      ? " "
                           : i + 1 < n ? ", "
                                       : " and ",
                           g_array_index(values, guint32, i));
}

char *
ms_evidence_describe_range(const MsEvidence *evidence)
{
  /* As many digits as a float has, no more. */
  char lowest[G_ASCII_DTOSTR_BUF_SIZE], highest[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd(lowest, sizeof lowest, "%.6g", evidence->survey->lowest);
  g_ascii_formatd(highest, sizeof highest, "%.6g", evidence->survey->highest);
  return g_strdup_printf("%s to %s", lowest, highest);
}

char *
ms_evidence_describe(const MsEvidence *evidence)
{
  const MsReadingSurvey *survey = evidence->survey;
  GString *text = g_string_new(NULL);
  gboolean palette = survey->n_palette == survey->n_files;

  if (survey->n_floats > 0) {
    g_autofree char *range = ms_evidence_describe_range(evidence);

    g_string_append_printf(text, "floats from %s", range);
    return g_string_free(text, FALSE);
  }
  if (evidence->values->len == 0 && survey->n_color > 0)
    return g_string_free(g_string_append(text, "coloured masks"), FALSE);
  if (evidence->values->len == 0)
    return g_string_free(g_string_append(text, "whole numbers below 0"), FALSE);
  if (evidence->alpha)
    g_string_append(text, "an alpha channel over one colour, with ");
  else if (palette)
    g_string_append(text, "palette images with ");
  else if (survey->n_lossy == survey->n_files)
    g_string_append(text, "JPEG, read by luma, with ");
  else if (survey->n_rgb == survey->n_files)
    g_string_append(text, "RGB with equal channels and ");
  else if (survey->n_wide == survey->n_files)
    g_string_append(text, survey->hints.ids ? "mapped ids with " : "whole numbers with ");
  else if (survey->n_palette || survey->n_lossy || !ms_evidence_is_one_depth(survey->depths))
    g_string_append(text, "masks of several forms with ");
  else
    g_string_append_printf(text, "%u-bit grey with ", survey->depths);
  ms_append_values(text, evidence->values, palette ? "index" : "value",
                   palette ? "indices" : "values");
  return g_string_free(text, FALSE);
}
