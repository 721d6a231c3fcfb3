/* SPDX-License-Identifier: MIT
 *
 * How masks are read: decided once per folder from its first 64 files in byte order of their ids,
 * recorded, shown and overridable; then applied to every file of the folder. Of a manifest's rows
 * only the kind of comparison is decided so. The rules are those of the design, in its order; a
 * test for each stands in tests/set/test-reading.c.
 */
#pragma once

#include <gio/gio.h>

#include "io/samples.h"
#include "metric/raster.h"
#include "set/adjustment.h"
#include "set/classes.h"
#include "set/color-ids.h"
#include "set/id-map.h"
#include "set/options.h"

G_BEGIN_DECLS

/* Files looked at before a folder's reading is decided. */
#define MS_READING_N_FILES 64

/* In a binary actual raster, the id that stands for every ignored sample. */
#define MS_READING_IGNORED 255u

/* Probability maps of floats p become the smallest k with p <= (float)(k / 4000.0). So k is above
 * ms_threshold_sample(t, 4000) exactly when p > (float)t: for every t that is a multiple of
 * 1 / 4000, and for the set's own threshold, in whose step the maps are cut there. */
#define MS_READING_FLOAT_MAXIMUM 4000u

/* How far a float may lie outside 0 to 1, by rounding, and still be a probability. */
#define MS_READING_FLOAT_SLACK 1e-5f

typedef enum {
  MS_ENCODING_BINARY,       /* sample not 0 (or a given id) is positive */
  MS_ENCODING_GREY,         /* > 127 is positive: JPEG or anti-aliased masks; of floats > 0.5 */
  MS_ENCODING_TWO_COLORS,   /* the brighter of two colours is positive */
  MS_ENCODING_PROBABILITY,  /* samples are values, maximum means 1.0 */
  MS_ENCODING_CLASSES,      /* samples are class ids */
  MS_ENCODING_COLORS,       /* colours stand for class ids */
  MS_ENCODING_STACKS,       /* objects: a pixel may be of several classes */
  MS_ENCODING_LABELS,       /* no masks: label sets */
  MS_ENCODING_LABEL_SCORES, /* no masks: a score for each label */
} MsEncoding;

/* Kinds of files whose samples are told apart: 1 and 255 are the same answer when they come from a
 * 1-bit and an 8-bit file of one folder. */
typedef enum {
  MS_SAMPLES_LOW,     /* grey of 1, 2 or 4 bits */
  MS_SAMPLES_PALETTE, /* palette indices */
  MS_SAMPLES_EIGHT,
  MS_SAMPLES_SIXTEEN,
  MS_SAMPLES_WIDE, /* whole numbers of other types, from 0 to 65,535 */
  MS_N_SAMPLE_FORMS
} MsSampleForm;

typedef struct {
  MsEncoding encoding;
  gint64 positive;  /* BINARY: that id alone is positive; -1: every id but 0 */
  guint32 maximum;  /* PROBABILITY: 255, 65,535 or MS_READING_FLOAT_MAXIMUM */
  double threshold; /* PROBABILITY: the set's, see MS_READING_FLOAT_MAXIMUM */
  MsIdMap *ids;     /* what becomes of the samples before they are looked at; NULL: they stay */
  MsAdjustment *adjustment; /* what else is done to predicted masks; NULL: nothing */
  MsColorIds *colors;       /* COLORS, and CLASSES of a manifest with coloured files; else NULL */
  gboolean outsiders;       /* some ids may be MS_ID_NONE */
  gboolean alpha;           /* the samples are those of the alpha channel: the colour is constant */
  guint8 dark[3];           /* TWO_COLORS: the colour that is background */
  guint8 bright[3];         /* TWO_COLORS: the other one */
  GArray *ignored;   /* guint32: actual samples that are ignored; ids of a class set, raw samples of
                      * a binary one. Never NULL; empty in a predicted reading */
  GArray *values;    /* guint32, ascending: the samples that occur in the files looked at */
  guint32 largest;   /* the largest of them; 0: none */
  char *description; /* one sentence for people: what was seen and how it is read */
  gboolean predicted; /* these are predicted masks */
  gboolean forced;   /* --positive or the like; of a manifest's rows also --threshold: samples count
                      * as they are */
  gboolean numbered; /* BINARY: values number objects of the one class */
  gboolean guessed;  /* worth reporting: read in a way that the samples do not force */

  gboolean checked; /* BINARY: files that the ones looked at contradict are refused */
  guint32 positives[MS_N_SAMPLE_FORMS]; /* and what those held besides 0, by kind; 0: nothing */

  /* A manifest's rows: the encoding is what they come down to (never TWO_COLORS; GREY: BINARY, with
   * grey files among them), and how a file maps to it is decided from that file alone. */
  gboolean per_file;
  gboolean doubts_255; /* CLASSES: a grey file of 0 and 255 alone is refused */
} MsReading;

/* Whether its masks hold class ids in the end. */
gboolean ms_reading_has_classes(const MsReading *reading);

/* How label sets are read: nothing but words. */
MsReading *ms_reading_new_labels(gboolean scores, gboolean guessed, const char *description);

MsReading *ms_reading_copy(const MsReading *reading);
void ms_reading_free(MsReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsReading, ms_reading_free)

/* What is known of a role's ids before its files are looked at. */
typedef struct {
  MsIdMap *ids;           /* what becomes of them; NULL: they stay */
  gboolean plain;         /* every value but 0 is an object */
  gboolean guessed;       /* that they number objects is told from names alone */
  gboolean classes;       /* the other side's annotation file has classes */
  gboolean binary_beside; /* the other side's masks hold 0 and 255, or 0 and 1, alone */
} MsIdHints;

/* What a folder's first files hold; filled file by file. per_file: they are a manifest's rows. */
typedef struct MsReadingSurvey MsReadingSurvey;
MsReadingSurvey *ms_reading_survey_new(gboolean per_file);
/* Takes over hints->ids; before the first file, but for `plain`, `guessed` and `binary_beside`,
 * which may come after the last. */
void ms_reading_survey_set_hints(MsReadingSurvey *survey, const MsIdHints *hints);
void ms_reading_survey_free(MsReadingSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsReadingSurvey, ms_reading_survey_free)
/* name: for messages, lent as long as the survey lives. */
void ms_reading_survey_add(MsReadingSurvey *survey, MsSamples *samples, const char *name);

/* Whether the files hold nothing but 0 and 1, or 0 and 255, in one channel. */
gboolean ms_reading_survey_is_plain_mask(const MsReadingSurvey *survey);

/* Decides. `actual` is the reading of the set's actual folder when this is a predicted one, NULL
 * when this is the actual folder itself. `table` may be NULL; found_table says that it lay in the
 * set rather than being asked for (an asked-for one forces class ids). An error says what the
 * folder holds and which option would tell how to read it. */
MsReading *ms_reading_decide(const MsReadingSurvey *survey, const MsReading *actual,
                             const MsOptions *options, const MsClassTable *table,
                             gboolean found_table, const char *folder, GError **error);

/* Turns one file's samples into a raster that the metric module takes: binary forms into 0 and 1
 * (actual: ignored samples into MS_READING_IGNORED), probability maps into their values, class ids
 * as they are, colours into ids; what an adjustment inverts the other way round, but not laid
 * another way (set/reading-adjust.h). Negative ids, and predicted colours that no class has, become
 * MS_ID_NONE, or 0 in binary masks. The raster owns its memory. Errors name the file: colour where
 * one channel is needed, an actual colour that no class has, a palette that a probability map
 * cannot be, a mask that lies in alpha alone, samples of which a folder that was decided to be
 * binary held none. */
gboolean ms_reading_apply(const MsReading *reading, MsSamples *samples, const char *name,
                          MsRaster *raster, GError **error);

G_END_DECLS
