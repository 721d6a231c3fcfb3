/* SPDX-License-Identifier: MIT
 *
 * What a survey of a folder's first files holds, for the one who decides how the folder is read
 * (reading-decide.c), and how a file is reduced to one sample a pixel, which survey and reading
 * must do alike.
 */
#pragma once

#include "set/color-ids.h"
#include "set/file-facts.h"

G_BEGIN_DECLS

/* Which sample values occur, by the kind of file that holds them. */
typedef struct {
  guint8 seen[MS_N_SAMPLE_FORMS][65536];
  guint32 ends[MS_N_SAMPLE_FORMS]; /* behind the largest; beyond it nobody looks */
} MsSampleSet;

struct MsReadingSurvey {
  gboolean per_file; /* of a manifest: each file is judged by itself */
  MsIdHints hints;
  GArray *forms; /* MsFileForm, one a file */
  guint n_files;
  guint n_palette;
  guint n_lossy;
  guint n_vivid;  /* of these, with colours that are no ringing of grey */
  guint n_rgb;    /* colour types with three channels that are equal in every pixel */
  guint n_color;  /* with unequal channels */
  guint n_alpha;  /* with an alpha channel */
  guint n_wide;   /* whole numbers of other types */
  guint n_floats; /* floats with fractions */
  guint depths;   /* sum of the depths seen: each is a power of two */
  MsSampleSet values;
  MsSampleSet alphas;
  GHashTable *large;    /* guint32: whole numbers above 65,535 */
  gboolean is_negative; /* some whole number is below 0 */
  float lowest;         /* of the floats */
  float highest;
  GHashTable *colors;     /* MsColorKey to guint64, its pixels; of files with unequal channels */
  MsColorKey under_alpha; /* the first pixel's colour of the first file with alpha */
  gboolean color_varies;  /* under alpha */
  char *note;             /* the first that a decoder made; NULL: none */
};

/* Adds a file of which the facts are known; as ms_reading_survey_add(). */
void ms_reading_survey_add_facts(MsReadingSurvey *survey, const MsFileFacts *facts,
                                 const char *name);

/* One sample a pixel of row y, as wide as the samples are: the only channel, the alpha channel, the
 * luma of a lossy picture, or a channel that equals the other two. Lent: the row itself or
 * `scratch` (width * bytes). NULL when the channels differ. */
const void *ms_scalar_row(const MsSamples *samples, gboolean alpha, int y, void *scratch);

gboolean ms_samples_have_alpha(const MsSamples *samples);

MsSampleForm ms_samples_form(const MsSamples *samples);
/* Whether a sample is all that files of the kind can hold. */
gboolean ms_sample_is_full_scale(guint32 value, MsSampleForm form);

/* Samples whose ids are mapped, as NUMBERS; floats and colours are passed on as they are: NULL
 * without an error. */
MsSamples *ms_samples_map_ids(const MsSamples *samples, const MsIdMap *ids, const char *name,
                              GError **error);

/* A channel's, of SCALED samples. */
static inline guint
ms_sample_at(const MsSamples *samples, const guint8 *pixel, int channel)
{
  return samples->bytes == 2 ? ((const guint16 *)(const void *)pixel)[channel] : pixel[channel];
}

/* ITU-R BT.601 luma in whole numbers, rounded to nearest; equal channels give themselves. */
static inline guint
ms_luma(guint red, guint green, guint blue)
{
  return (299 * red + 587 * green + 114 * blue + 500) / 1000;
}

G_END_DECLS
