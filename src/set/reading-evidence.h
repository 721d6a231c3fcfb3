/* SPDX-License-Identifier: MIT
 *
 * What the files of a survey are together: the questions that the rules of reading ask of them, and
 * what was seen in words.
 */
#pragma once

#include "set/reading-survey.h"

G_BEGIN_DECLS

typedef struct {
  const MsReadingSurvey *survey;
  const MsSampleSet *set; /* of the channel that counts */
  gboolean alpha;         /* which is the alpha channel */
  GArray *values; /* guint32, ascending: all that occur and are not left out; no negative ones,
                   * and no floats */
  const GArray *left_out; /* guint32: values that count nowhere; may be NULL */
} MsEvidence;

/* Both must outlive it. */
MsEvidence ms_evidence_gather(const MsReadingSurvey *survey, const GArray *left_out);
void ms_evidence_clear(MsEvidence *evidence);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsEvidence, ms_evidence_clear)

gboolean ms_evidence_has(const MsEvidence *evidence, guint value);
guint32 ms_evidence_value(const MsEvidence *evidence, guint index);
guint32 ms_evidence_largest(const MsEvidence *evidence); /* 0 when nothing was seen */

/* At most two values, one of them 0; or one alone. Of a manifest's rows: each by itself, unless
 * together they look like class ids of which each file holds one. */
gboolean ms_evidence_is_binary(const MsEvidence *evidence);
/* 8-bit grey with 0, with 255 and with values between that reach 200. */
gboolean ms_evidence_is_grey(const MsEvidence *evidence);
/* There are floats with fractions, and all of them can be probabilities. */
gboolean ms_evidence_is_probability(const MsEvidence *evidence);
/* Of the floats: "-3.2 to 7.1". Caller frees. */
char *ms_evidence_describe_range(const MsEvidence *evidence);
/* Every value is an id of the table, or of what it ignores; 255 beside two others may be the
 * ignored label. */
gboolean ms_evidence_fits(const MsClassTable *table, const MsEvidence *evidence);
/* All files have one depth: a sum of depths that is a power of two. */
gboolean ms_evidence_is_one_depth(guint depths);

/* How many files are so, and the first of them; the caller's to free: "3 of 12 files, such as
 * a.png". NULL: none. */
typedef gboolean (*MsFormTest)(const MsFileForm *form);
char *ms_evidence_count(const MsEvidence *evidence, MsFormTest test);

/* "value 7", "values 0, 1 and 7", "9 values from 0 to 12": of guint32, ascending. */
void ms_append_values(GString *text, const GArray *values, const char *one, const char *many);

/* Files that hold other samples than these will be refused. */
void ms_reading_check_by(MsReading *reading, const MsEvidence *evidence);

/* "8-bit grey with values 0 and 255"; the caller's to free. */
char *ms_evidence_describe(const MsEvidence *evidence);

G_END_DECLS
