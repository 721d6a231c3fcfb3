/* SPDX-License-Identifier: MIT
 *
 * Which examples of a set a list shows, and in what order, with what its filters count. Made from
 * a snapshot of results by one synchronous function, on any thread; a million examples take a
 * fraction of a second. What comes out never changes.
 */
#pragma once

#include "set/findings-table.h"
#include "set/results.h"
#include "set/set.h"

G_BEGIN_DECLS

/* Worst first, and newest first. Examples without such a value come last, in the reverse order too;
 * like ones are in id order. */
typedef enum {
  MS_SORT_ID,
  MS_SORT_IOU,
  MS_SORT_DICE,
  MS_SORT_EXACT, /* exact matches last */
  MS_SORT_FP,
  MS_SORT_FN,
  MS_SORT_TIME,
  MS_SORT_ERROR,  /* wrong pixels (or labels), of the wish's error where it has one */
  MS_SORT_REGION, /* pixels of the largest error region: not of label sets */
  MS_N_SORTS,
} MsSort;

typedef enum {
  MS_SHOW_ALL,
  MS_SHOW_EXACT,
  MS_SHOW_NOT_EXACT,
  MS_SHOW_PROBLEMS, /* skipped, or not readable */
  MS_N_SHOWS,
} MsShow;

#define MS_ANY_CLASS (-1)
#define MS_ANY_ERROR (-1)

/* What is to be shown. ms_wish_init() wishes for everything, by id. */
typedef struct {
  MsSort sort;
  gboolean reverse;
  MsShow show;
  const char *text;  /* see set/text-match.h; NULL or "": any */
  const char *split; /* NULL: every one */
  double lowest_iou; /* both inclusive; 0 and 1: also examples that have no IoU */
  double highest_iou;
  gint64 class_id; /* that occurs in the actual or the predicted mask; MS_ANY_CLASS */
  int error;       /* MsError that the example is known to have; MS_ANY_ERROR */
} MsWish;

void ms_wish_init(MsWish *wish);
gboolean ms_wish_has_range(const MsWish *wish);

/* The rows of a list. */
typedef struct {
  gatomicrefcount ref_count;
  guint n_examples; /* of the set */
  guint n_shown;
  guint *shown;     /* the example of each row; NULL: all of them, in id order */
  guint *positions; /* the row of each example, or G_MAXUINT; NULL likewise */
} MsRows;

/* Every example in id order, at once. */
MsRows *ms_rows_new_all(guint n_examples);
MsRows *ms_rows_ref(MsRows *rows);
void ms_rows_unref(MsRows *rows); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRows, ms_rows_unref)

/* G_MAXUINT: there is no such row, or the example is not shown. */
guint ms_rows_example(const MsRows *rows, guint position);
guint ms_rows_position(const MsRows *rows, guint example);

/* Bars of IoU, each 0.02 wide with its lower edge; 1 belongs to the last. */
#define MS_N_IOU_BARS 50

typedef struct {
  MsRows *rows;
  guint counts[MS_N_SHOWS];  /* how many rows each would leave */
  guint bars[MS_N_IOU_BARS]; /* of what is shown or is not because of the range of IoU alone */
  guint64 classes;           /* as MsRecord has it, of all examples of the set */
  guint errors[MS_N_ERRORS]; /* how many rows a wish for each would leave, as far as is known */
  guint n_unknown; /* of what is shown but for the error: whose errors are not known yet */
} MsOrder;

guint ms_order_bar_of(double iou);

/* The records are those of `model`, counted under `rules`; findings likewise (NULL: nothing is
 * known of errors). previous (may be NULL): rows that are used again when the new ones are the
 * same. Errors: G_IO_ERROR_CANCELLED. */
MsOrder *ms_order_new(MsSet *set, guint model, const MsResults *results,
                      const MsFindingsTable *findings, const MsRuleset *rules, const MsWish *wish,
                      MsRows *previous, GCancellable *cancellable, GError **error);
void ms_order_free(MsOrder *order); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsOrder, ms_order_free)

G_END_DECLS
