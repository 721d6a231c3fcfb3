/* SPDX-License-Identifier: MIT
 *
 * What is kept of every result of one model: a record of counts that lists and sums are made of,
 * and the packed histogram behind it, from which any other rules are answered. Shaped for a million
 * examples: records lie in chunks that snapshots share until one side writes, so that another
 * thread gets all of them at once for next to nothing; histograms beyond a bound go to a temporary
 * file that has no name. Written by one thread; a snapshot may be read by any.
 */
#pragma once

#include <gio/gio.h>

#include "metric/score.h"
#include "set/packed.h"

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
  gint64 time;     /* when the predicted mask's file last changed, ns since 1970; 0: not known */
  guint8 status;   /* MsResultStatus */
  guint8 has_actual;
  guint8 resized;
} MsRecord;

/* What a list shows of an example: a record made readable. */
typedef struct {
  MsResultStatus status;
  const char *message; /* SKIPPED, ERROR: the reason; lent as long as the results live */
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

typedef struct MsResults MsResults;

MsResults *ms_results_new(guint n_examples); /* all WAITING */
MsResults *ms_results_ref(MsResults *results);
void ms_results_unref(MsResults *results); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsResults, ms_results_unref)

/* As it is now, whatever is written into the other one later. Costs a few machine words a thousand
 * examples; histograms and messages are shared. */
MsResults *ms_results_snapshot(MsResults *results);

guint ms_results_n_examples(const MsResults *results);

/* message (may be NULL) is copied; packed (may be NULL) is referenced, or written to the file. */
void ms_results_put(MsResults *results, guint example, const MsRecord *record, MsPacked *packed,
                    const char *message);
/* Other counts of the same histogram; message as above. */
void ms_results_set_record(MsResults *results, guint example, const MsRecord *record,
                           const char *message);

/* Lent until the next write. */
const MsRecord *ms_results_get(const MsResults *results, guint example);
/* NULL: there is none. Lent as long as the results live. */
const char *ms_results_message(const MsResults *results, guint example);
/* The histogram; the caller's. NULL: there is none (or the temporary file cannot be read). May read
 * that file, so not for the main thread of a viewer. */
MsPacked *ms_results_dup_packed(const MsResults *results, guint example);

/* The score of a record. */
MsScore ms_record_score(const MsRecord *record, MsEmptyRule empty, const char *message);

/* Bytes held in memory; shared ones as well. */
gsize ms_results_bytes(const MsResults *results);

G_END_DECLS
