/* SPDX-License-Identifier: MIT
 *
 * The label sets of a set's examples: which labels there are, which of them each example has, and
 * which each model predicts, as yes or no or as a score that a threshold turns into one. Rows are
 * filled one by one by whoever reads tables; once the set is open nothing changes, and any thread
 * reads it. Shaped for a million rows of a dozen labels: bits and plain numbers in blocks, no
 * allocation a row.
 */
#pragma once

#include <gio/gio.h>

#include "metric/confusion.h"
#include "metric/kinds.h"
#include "metric/labels.h"
#include "metric/threshold-sums.h"
#include "set/id-map.h"
#include "set/ruleset.h"

G_BEGIN_DECLS

#define MS_LABEL_MAX_LABELS   10000
#define MS_LABEL_MAX_BYTES    200 /* of a label's name */
#define MS_LABEL_MAX_EXAMPLES 5000000
/* Examples times labels. */
#define MS_LABEL_MAX_CELLS (G_GUINT64_CONSTANT(1) << 27)

/* Before memory is taken for so many examples. Errors (MS_IO_ERROR_TOO_LARGE): more than above;
 * `name` is that of the file or set, for the message. */
gboolean ms_label_data_check(gsize n_rows, gsize n_labels, const char *name, GError **error);

typedef struct MsLabelData MsLabelData;

/* names: of labels 0 to n - 1. n_rows rows, for n_models models, all of them without label sets.
 * Errors (MS_IO_ERROR_TOO_LARGE): those of ms_label_data_check(), no memory. */
MsLabelData *ms_label_data_new(const char *const *names, guint n_rows, guint n_models,
                               const char *name, GError **error);
MsLabelData *ms_label_data_ref(MsLabelData *data);
void ms_label_data_unref(MsLabelData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsLabelData, ms_label_data_unref)

/* The actual labels of a row, in place of a model's. */
#define MS_LABEL_ACTUAL G_MAXUINT

/* What the scores of a model were kept as. The threshold is rounded to one of these, to the nearest
 * and of two to the even one, before scores are compared with it. */
typedef enum { MS_LABEL_DOUBLE, MS_LABEL_SINGLE, MS_LABEL_HALF } MsLabelPrecision;

/* A model predicts scores: before its first row. */
gboolean ms_label_data_make_scores(MsLabelData *data, guint model, MsLabelPrecision precision,
                                   GError **error);

/* A row has a label set (an empty one until labels are added). of: MS_LABEL_ACTUAL or a model. */
void ms_label_data_set_present(MsLabelData *data, guint of, guint row);
/* Not for a model with scores. FALSE: the row had that label already. */
gboolean ms_label_data_add(MsLabelData *data, guint of, guint row, guint label);
void ms_label_data_set_score(MsLabelData *data, guint model, guint row, guint label, double score);

/* What a model predicts otherwise: labels become others (ids, by their numbers; NULL: they stay),
 * then what is predicted is not, and the other way round; of scores 1 - p, and of several that
 * become one label the highest. Errors (MS_OPTIONS_ERROR_USAGE): a label becomes what is none. */
gboolean ms_label_data_adjust(MsLabelData *data, guint model, const MsIdMap *ids, gboolean inverted,
                              GError **error);

/* Leaves only one model. */
void ms_label_data_choose_model(MsLabelData *data, guint model);

/* The same labels of the same rows, and the same scores. NULL is like NULL alone. */
gboolean ms_label_data_equal(const MsLabelData *a, const MsLabelData *b);

guint ms_label_data_n_labels(const MsLabelData *data);
const char *ms_label_data_name(const MsLabelData *data, guint label);
gboolean ms_label_data_has(const MsLabelData *data, guint of, guint row);
gboolean ms_label_data_has_scores(const MsLabelData *data, guint model);

/* The labels of a row, put into the caller's bits of as many labels; none without a label set.
 * threshold: as below. */
void ms_label_data_get(const MsLabelData *data, guint of, guint row, double threshold,
                       MsLabelSet *labels);
/* Of every label; lent. NULL: the model says yes or no. */
const double *ms_label_data_scores(const MsLabelData *data, guint model, guint row);

/* Adds a row to a confusion of comparison LABELS; both label sets must be there. threshold: a score
 * above it is a yes. */
MsStatus ms_label_data_count(const MsLabelData *data, guint row, guint model, double threshold,
                             MsConfusion *confusion);

/* A row of scores at every threshold that is a step / (MS_LABEL_STEPS - 1): where each label that
 * is a class stops being predicted. Both label sets must be there. Errors: NO_MEMORY. */
#define MS_LABEL_STEPS 4001
MsStatus ms_label_data_cut(const MsLabelData *data, guint row, guint model, const MsRules *rules,
                           MsThresholdCuts *cuts);
/* FALSE: the threshold lies between two steps. */
gboolean ms_label_data_find_step(double threshold, guint *step);

/* What became of one label of an example. */
typedef struct {
  guint label;
  gboolean actual;
  gboolean predicted;
  MsKind kind; /* TP, FN (missed), FP (extra), TN, or IGNORED; TN when a side is missing */
  gboolean has_score;
  double score;
} MsLabelMark;

/* A mark for every label, in label order, under rules whose ignored labels and threshold count. A
 * missing label set counts as empty. The caller's array. */
GArray *ms_label_data_marks(const MsLabelData *data, guint row, guint model,
                            const MsRuleset *rules);

G_END_DECLS
