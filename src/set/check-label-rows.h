/* SPDX-License-Identifier: MIT
 *
 * A model's label sets beside the actual ones, row by row, as bits of the labels that count. They
 * are in memory; yet of very many not all are looked at, but as many as the time allows by a rough
 * count of steps, spread as examples with masks are: the same set always gives the same ones.
 */
#pragma once

#include "metric/labels.h"
#include "set/check-evidence.h"
#include "set/label-data.h"

G_BEGIN_DECLS

typedef struct {
  const MsCheckEvidence *evidence;
  guint model;
  const MsLabelData *data;
  const MsRuleset *rules;
  guint n_labels;
  gsize n_words;
  guint n_counted;      /* labels that count */
  MsLabelSet counted;   /* these */
  MsLabelSet actual;    /* of the row that was read last, without those that do not count */
  MsLabelSet predicted; /* likewise */
  const double *scores; /* likewise, of all labels; NULL: yes or no is predicted */
} MsCheckLabelRows;

void ms_check_label_rows_init(MsCheckLabelRows *rows, const MsCheckEvidence *evidence, guint model);
void ms_check_label_rows_clear(MsCheckLabelRows *rows);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsCheckLabelRows, ms_check_label_rows_clear)

/* FALSE: a side is missing. */
gboolean ms_check_label_rows_read(MsCheckLabelRows *rows, guint example);

/* The examples that are looked at: the place of each is below the number of them. */
guint ms_check_label_rows_length(const MsCheckLabelRows *rows);

/* Counts the labels of a row's actual or predicted bits each where it stands in counts (one for
 * each label). Returns how many there are. */
guint ms_check_label_rows_count(const MsCheckLabelRows *rows, const MsLabelSet *bits,
                                guint *counts);
guint ms_check_label_rows_example(const MsCheckLabelRows *rows, guint place);

/* Whether to stop, since nobody waits for the findings any more. */
gboolean ms_check_label_rows_is_over(const MsCheckLabelRows *rows);

/* Fills evidence->label_rows and what belongs to it, for so many seconds. */
void ms_check_label_rows_sample(MsCheckEvidence *evidence, double seconds);

G_END_DECLS
