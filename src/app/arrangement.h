/* SPDX-License-Identifier: MIT
 *
 * Which examples of a set a list shows, and in what order: a split, a search, what became of them;
 * by name or worst first. The choices outlive the set that they were made for.
 */
#pragma once

#include <gio/gio.h>

#include "set/evaluation.h"

G_BEGIN_DECLS

typedef enum {
  MS_SHOW_ALL,
  MS_SHOW_EXACT,
  MS_SHOW_NOT_EXACT,
  MS_SHOW_PROBLEMS,
  MS_N_SHOWS,
} MsShow;

typedef struct _MsArrangement MsArrangement;

MsArrangement *ms_arrangement_new(void);
/* No model of ms_arrangement_set_evaluation() may be in use any more. */
void ms_arrangement_free(MsArrangement *self);

/* The examples that are shown, in order, by the scores of `model`; the caller's. A model from
 * before follows no longer. NULL evaluation: NULL. */
GListModel *ms_arrangement_set_evaluation(MsArrangement *self, MsEvaluation *evaluation,
                                          guint model);

/* These rearrange the rows at once. */
void ms_arrangement_set_show(MsArrangement *self, MsShow show);
/* NULL: every split. */
void ms_arrangement_set_split(MsArrangement *self, const char *split);
/* Text anywhere in the id, in any case. */
void ms_arrangement_set_search(MsArrangement *self, const char *text);
void ms_arrangement_set_worst_first(MsArrangement *self, gboolean worst_first);

/* Takes the scores of another model from the next refresh on. */
void ms_arrangement_set_model(MsArrangement *self, guint model);
/* Scores have changed. Answers whether rows depend on scores: then they are rearranged. */
gboolean ms_arrangement_refresh(MsArrangement *self);

gboolean ms_arrangement_is_searching(MsArrangement *self);

/* How many examples of the split each MsShow has, whatever is searched for. */
void ms_arrangement_count(MsArrangement *self, guint counts[MS_N_SHOWS]);

G_END_DECLS
