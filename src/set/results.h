/* SPDX-License-Identifier: MIT
 *
 * What is kept of every result of one model: a record of counts that lists and sums are made of,
 * and the packed histogram behind it, from which any other rules are answered. Shaped for a million
 * examples: records lie in chunks that snapshots share until one side writes, so that another
 * thread gets all of them at once for next to nothing; histograms lie in a heap that several
 * models' results share (set/results-heap.h). Written by one thread; a snapshot may be read by any.
 */
#pragma once

#include <gio/gio.h>

#include "metric/confusion.h"
#include "set/results-heap.h"

G_BEGIN_DECLS

typedef enum {
  MS_RESULT_OK,
  MS_RESULT_SKIPPED, /* something is missing, or sizes differ */
  MS_RESULT_ERROR,   /* a file could not be read */
  MS_RESULT_WAITING, /* not scored yet: only of scores and records */
} MsResultStatus;

/* The counts of an example under some rules. No padding is meant to be here: a million of them. */
typedef struct {
  guint64 tp; /* the headline counts (ms_confusion_counts()) */
  guint64 fp;
  guint64 fn;
  guint64 ignored;
  guint64 wrong;   /* wrong pixels (or labels) */
  guint64 counted; /* counted ones */
  guint64 classes; /* bit id % 64 of each class that occurs on either side, background left out */
  guint64 state;   /* of its files when it was made (MsSight); 0: not known */
  gint64 time;     /* when the predicted mask's file last changed, ns since 1970; 0: not known */
  guint8 status;   /* MsResultStatus */
  guint8 has_actual;
  guint8 resized;
  guint8 has_tn;    /* one class: the true negatives are what is counted beside tp, fp and fn */
  guint8 uncounted; /* WAITING: there is a result, but it was not counted yet under the rules */
} MsRecord;

/* The counts of a confusion; status OK. The rest is left as it is. */
void ms_record_set_counts(MsRecord *record, const MsConfusion *confusion);
/* There are none: status ERROR. */
void ms_record_set_error(MsRecord *record);
/* There are none yet, though there is a result: WAITING and uncounted. */
void ms_record_set_uncounted(MsRecord *record);

/* What a list shows of an example: a record made readable. */
typedef struct {
  MsResultStatus status;
  const char *message; /* SKIPPED, ERROR: the reason; lent */
  gboolean has_actual; /* the example has an actual mask */
  gboolean resized;    /* the predicted mask was resized, nearest */
  MsValue iou;
  MsValue dice;
  gboolean exact;
  MsCounts counts; /* the headline ones; tn only where they have one */
  guint64 wrong;
  guint64 counted;
  gint64 time;
} MsScore;

MsScore ms_record_score(const MsRecord *record, MsEmptyRule empty, const char *message);

/* An OK record with true negatives as kinds of pixels. */
MsKindCounts ms_record_kinds(const MsRecord *record);
/* The same as a confusion under the rules that it was counted under: made where *confusion is NULL,
 * else overwritten; the caller's in any case. */
MsStatus ms_record_confusion(const MsRecord *record, const MsRules *rules, MsConfusion **confusion);

typedef struct MsResults MsResults;

/* All WAITING, with histograms and messages in a heap that others may use too. */
MsResults *ms_results_new_in(guint n_examples, MsResultsHeap *heap);
MsResults *ms_results_ref(MsResults *results);
void ms_results_unref(MsResults *results); /* NULL is fine */
/* The same, but what takes a moment is done on another thread. */
void ms_results_drop(MsResults *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsResults, ms_results_unref)

/* As it is now, whatever is written into the other one later. Costs a few machine words a thousand
 * examples; histograms and messages are shared. */
MsResults *ms_results_snapshot(MsResults *results);

guint ms_results_n_examples(const MsResults *results);

/* Examples i, j with the same i / MS_RESULTS_STRETCH lie in one chunk. Several threads may write at
 * once if no two of them write into the same stretch, and nobody reads meanwhile. */
#define MS_RESULTS_STRETCH 1024

/* place, text: in the heap; 0 and NULL where there is none. */
void ms_results_put_placed(MsResults *results, guint example, const MsRecord *record,
                           MsResultsPlace place, const char *text);
/* Other counts of the same histogram. Copies message (may be NULL) into the heap. */
void ms_results_set_record(MsResults *results, guint example, const MsRecord *record,
                           const char *message);

/* Lent until the next write. */
const MsRecord *ms_results_get(const MsResults *results, guint example);
/* NULL: there is none. Lent as long as the heap lives, and so the results. */
const char *ms_results_message(const MsResults *results, guint example);
gboolean ms_results_has_packed(const MsResults *results, guint example);
/* The histogram; the caller's. NULL: there is none (or the temporary file cannot be read). May read
 * that file, so not for the main thread of a viewer. */
MsPacked *ms_results_dup_packed(const MsResults *results, guint example);

G_END_DECLS
