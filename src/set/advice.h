/* SPDX-License-Identifier: MIT
 *
 * What the scores of a set say about the training behind them, where there is evidence for it: a
 * gap between training and validation, a model that has not learnt well, an exact match ratio that
 * is the wrong question. Made of numbers that were computed elsewhere; nothing is scored here.
 */
#pragma once

#include <glib.h>

#include "metric/sample.h"

G_BEGIN_DECLS

/* When advice is given; --advise NAME=VALUE. */
typedef struct {
  double gap;       /* training minus validation, of mean IoU or exact match ratio: at least this */
  double training;  /* mean IoU on training examples: below this is low */
  double exact;     /* exact match ratio below this while ... */
  double iou;       /* ... mean IoU is above this: the wrong question */
  guint examples;   /* fewer examples (or groups) on a side are no evidence */
  gboolean none;    /* no advice at all */
  gboolean explain; /* say also why there is none */
} MsAdviceLimits;

/* 0.10, 0.5, 0.05, 0.7, 10 */
void ms_advice_limits_init(MsAdviceLimits *limits);

typedef enum {
  MS_ADVICE_GAP,      /* overfitting, or validation data that differ */
  MS_ADVICE_TRAINING, /* low on the training examples themselves */
  MS_ADVICE_EXACT,    /* exact match asks more than the task needs */
  MS_N_ADVICE
} MsAdviceKind;

/* A score, as the evidence has it. */
typedef struct {
  MsValue whole;
  MsValue training; /* not defined: there is no such split, or it has no such score */
  MsValue validation;
  MsInterval gap; /* training - validation */
} MsAdviceValues;

typedef struct {
  MsAdviceKind kind;
  gboolean given;       /* FALSE: `evidence` says why not, and there is no remedy */
  char *headline;       /* "Much better on training than on validation examples" */
  char *evidence;       /* the numbers that led to it, one or two sentences */
  char *remedy;         /* what to do, in sentences; NULL */
  MsAdviceValues iou;   /* mean IoU; whatever the kind */
  MsAdviceValues exact; /* exact match ratio */
} MsAdvice;

void ms_advice_free(MsAdvice *advice);

/* "gap", "training", "exact" */
const char *ms_advice_kind_id(MsAdviceKind kind);

/* The numbers of one part of the set. */
typedef struct {
  const char *name; /* the split's; NULL: the whole set */
  guint64 n_scored;
  guint64 n_groups;    /* in which these examples are, where groups are drawn; else 0 */
  guint64 n_ungrouped; /* of these examples, in none of them; else 0 */
  gboolean labels;     /* label sets, not masks */
  MsValue iou;         /* mean IoU */
  MsValue exact;       /* exact match ratio */
  MsInterval iou_interval;
} MsAdvicePart;

typedef struct {
  MsAdvicePart whole;
  const MsAdvicePart *training;   /* NULL: there is no such split */
  const MsAdvicePart *validation; /* NULL likewise; `val`, else `test` */
  const char *training_unclear;   /* a sentence why it cannot be told which it is; NULL */
  const char *validation_unclear;
  const char *overlap; /* a sentence why they are no evidence against each other; NULL */
  MsInterval iou_gap;  /* training - validation */
  MsInterval exact_gap;
} MsAdviceEvidence;

/* "4 groups and 2 examples without one", "4 groups", "2 examples without a group". Caller frees. */
char *ms_advice_describe_units(guint64 n_groups, guint64 n_ungrouped);

/* One MsAdvice of each kind, given ones first; with limits->none an empty array. The caller's,
 * freeing its items. */
GPtrArray *ms_advice_make(const MsAdviceEvidence *evidence, const MsAdviceLimits *limits);

G_END_DECLS
