/* SPDX-License-Identifier: MIT
 *
 * Shared by the three writers of table.h: one example of one model with its counts.
 */
#pragma once

#include "report/sink.h"
#include "report/table.h"

G_BEGIN_DECLS

typedef struct {
  MsSet *set;         /* lent, as what is not said to be owned */
  MsExample *example; /* owned */
  guint model;
  MsRuleset *rules;
  gboolean resized;
  MsResultStatus status;       /* OK, SKIPPED or ERROR */
  const char *message;         /* not OK: the reason */
  MsConfusion *confusion;      /* owned; NULL unless OK */
  MsExampleMeasures *measures; /* owned; NULL: none asked for, or not measured */
  const char *not_measured;    /* "not measured: WHY"; NULL: it was, or none was asked for */
} MsReportItem;

/* measures NULL: none asked for. */
void ms_report_item_init(MsReportItem *item, MsEvaluation *evaluation, guint example, guint model,
                         const MsSetMeasures *measures);
void ms_report_item_clear(MsReportItem *item);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsReportItem, ms_report_item_clear)

/* The rules in force for a model; lent. evaluation NULL: the set's own. */
MsRuleset *ms_report_rules(MsSet *set, MsEvaluation *evaluation, guint model);

/* Whether there are several classes or labels (then there is a row for each). */
gboolean ms_report_has_classes(MsSet *set, guint model);

/* Whether a piece of advice, given or not, is to be told. */
gboolean ms_report_tells(MsSet *set, const MsAdvice *advice);

/* "ok", "skipped", "error" */
const char *ms_report_status(MsResultStatus status);

void ms_report_csv(MsSink *sink, MsEvaluation *evaluation, const MsSetMeasures *measures);
void ms_report_csv_pair(MsSink *sink, MsEvaluation *evaluation, guint example, guint model,
                        const MsSetMeasures *measures);
void ms_report_json(MsSink *sink, MsEvaluation *evaluation, const GPtrArray *boards,
                    const MsSetMeasures *measures);
void ms_report_json_pair(MsSink *sink, MsEvaluation *evaluation, guint example, guint model,
                         const MsSetMeasures *measures);
void ms_report_text(MsSink *sink, MsEvaluation *evaluation, const GPtrArray *boards,
                    const MsSetMeasures *measures);
void ms_report_text_pair(MsSink *sink, MsEvaluation *evaluation, guint example, guint model,
                         const MsSetMeasures *measures);

G_END_DECLS
