/* SPDX-License-Identifier: MIT
 *
 * What one mask file is by itself: which samples or colours it holds. A manifest's rows are read by
 * it, each on its own; in a folder it tells the files apart that do not look like the others.
 */
#pragma once

#include "set/reading.h"

G_BEGIN_DECLS

/* Distinct colours are not counted beyond this: two can be a mask, more need a class table. */
#define MS_FILE_MAX_COLORS 3

typedef struct {
  MsSampleType type;
  MsColorType color;
  int depth;
  gboolean lossy;
  gboolean colored; /* channels differ: colors count, samples do not */
  gboolean alpha;   /* the samples are those of the alpha channel: the colour is constant */
  guint64 seen[4];  /* samples below 256, one bit each */
  guint n_above;    /* distinct samples above */
  guint32 largest;
  gboolean is_negative; /* whole numbers below 0 are there, and not among the samples */
  float lowest;         /* of floats, which have no samples here */
  float highest;
  guint n_colors; /* MS_FILE_MAX_COLORS: that many or more */
  guint8 colors[MS_FILE_MAX_COLORS][3];
  const char *name; /* for messages; lent, may be NULL */
} MsFileForm;

/* Which samples of 8 bits occur in a row: theirs in `seen` become 1. */
void ms_mark_bytes(const guint8 *bytes, int width, guint8 *seen);

MsFileForm ms_file_form_of(const MsSamples *samples, const char *name);

gboolean ms_file_form_has(const MsFileForm *form, guint32 value);

/* The values without those of `left_out` (guint32, may be NULL). */
typedef struct {
  guint n;
  guint32 smallest; /* 0 when there is none */
  guint32 largest;
} MsFileValues;

MsFileValues ms_file_form_values(const MsFileForm *form, const GArray *left_out);

/* The largest sample that the file's depth allows; a palette has none, and is told 255; of wider
 * types 1 is the only one that could mean all of it. */
guint32 ms_file_form_full_scale(const MsFileForm *form);

/* Whether the file is a binary mask by itself: at most two values, one of them 0; one value; two
 * colours; black and white with what JPEG or anti-aliasing puts between. Floats, which
 * have no samples, say nothing against it. */
gboolean ms_file_form_is_binary(const MsFileForm *form, const GArray *left_out);

/* 8-bit grey with 0, with 255 and with values between that reach 200; or JPEG's black and white. */
gboolean ms_file_form_is_grey(const MsFileForm *form);

/* Whether nothing but 0 and 1, 0 and 128 or 0 and full scale occur, so that it is a mask even
 * beside probability maps. A palette and two colours always are. */
gboolean ms_file_form_is_hard(const MsFileForm *form);

/* Floats that can be probabilities. */
gboolean ms_file_form_is_probability(const MsFileForm *form);

/* 8-bit grey that holds 255 and besides it nothing but 0. */
gboolean ms_file_form_is_255_alone(const MsFileForm *form);

/* The reading of this one file, from what the manifest's rows come down to. It lends what `rows`
 * owns, and is not to be freed. */
gboolean ms_reading_of_file(const MsReading *rows, const MsFileForm *form, const char *name,
                            MsReading *reading, GError **error);

G_END_DECLS
