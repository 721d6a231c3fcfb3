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
#include "set/classes.h"
#include "set/options.h"

G_BEGIN_DECLS

/* Files looked at before a folder's reading is decided. */
#define MS_READING_N_FILES 64

/* In a binary actual raster, the id that stands for every ignored sample. */
#define MS_READING_IGNORED 255u

typedef enum {
  MS_ENCODING_BINARY,       /* sample not 0 (or a given id) is positive */
  MS_ENCODING_GREY,         /* > 127 is positive: JPEG or anti-aliased masks */
  MS_ENCODING_TWO_COLORS,   /* the brighter of two colours is positive */
  MS_ENCODING_PROBABILITY,  /* samples are values, maximum means 1.0 */
  MS_ENCODING_CLASSES,      /* samples are class ids */
  MS_ENCODING_STACKS,       /* objects: a pixel may be of several classes */
  MS_ENCODING_LABELS,       /* no masks: label sets */
  MS_ENCODING_LABEL_SCORES, /* no masks: a score for each label */
} MsEncoding;

typedef struct {
  MsEncoding encoding;
  gint64 positive;   /* BINARY: that id alone is positive; -1: every id but 0 */
  guint32 maximum;   /* PROBABILITY: 255 or 65,535 */
  gboolean alpha;    /* the samples are those of the alpha channel: the colour is constant */
  guint8 dark[3];    /* TWO_COLORS: the colour that is background */
  guint8 bright[3];  /* TWO_COLORS: the other one */
  GArray *ignored;   /* guint32: actual samples that are ignored; ids of a class set, raw samples of
                      * a binary one. Never NULL; empty in a predicted reading */
  GArray *values;    /* guint32, ascending: the samples that occur in the files looked at */
  guint32 largest;   /* the largest of them; 0: none */
  char *description; /* one sentence for people: what was seen and how it is read */
  gboolean guessed;  /* worth reporting: read in a way that the samples do not force */

  /* A manifest's rows: the encoding is what they come down to (never TWO_COLORS; GREY: BINARY, with
   * grey files among them), and how a file maps to it is decided from that file alone. */
  gboolean per_file;
  gboolean predicted;  /* these are predicted masks */
  gboolean forced;     /* --positive or --threshold: samples count as they are */
  gboolean doubts_255; /* CLASSES: a grey file of 0 and 255 alone is refused */
} MsReading;

/* How label sets are read: nothing but words. */
MsReading *ms_reading_new_labels(gboolean scores, gboolean guessed, const char *description);

MsReading *ms_reading_copy(const MsReading *reading);
void ms_reading_free(MsReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsReading, ms_reading_free)

/* What a folder's first files hold; filled file by file. per_file: they are a manifest's rows. */
typedef struct MsReadingSurvey MsReadingSurvey;
MsReadingSurvey *ms_reading_survey_new(gboolean per_file);
void ms_reading_survey_free(MsReadingSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsReadingSurvey, ms_reading_survey_free)
/* name: for messages, lent as long as the survey lives. */
void ms_reading_survey_add(MsReadingSurvey *survey, MsSamples *samples, const char *name);

/* Decides. `actual` is the reading of the set's actual folder when this is a predicted one, NULL
 * when this is the actual folder itself. `table` may be NULL; found_table says that it lay in the
 * set rather than being asked for (an asked-for one forces class ids). An error says what the
 * folder holds and which option would tell how to read it. */
MsReading *ms_reading_decide(const MsReadingSurvey *survey, const MsReading *actual,
                             const MsOptions *options, const MsClassTable *table,
                             gboolean found_table, const char *folder, GError **error);

/* Turns one file's samples into a raster that the metric module takes: binary forms into 0 and 1
 * (actual: ignored samples into MS_READING_IGNORED), probability maps into their values, class ids
 * as they are. The raster owns its memory. Errors name the file: colour where one channel is
 * needed, a third colour, a palette that a probability map cannot be. */
gboolean ms_reading_apply(const MsReading *reading, MsSamples *samples, const char *name,
                          MsRaster *raster, GError **error);

G_END_DECLS
