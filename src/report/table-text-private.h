/* SPDX-License-Identifier: MIT
 *
 * Shared by the parts of the text report.
 */
#pragma once

#include "report/table-private.h"

G_BEGIN_DECLS

#define TEXT_DIGITS 3
#define TEXT_INDENT 2
#define TEXT_WIDTH  100 /* of sentences and of scores side by side */

/* What was read, and how. evaluation NULL: under the set's own rules. */
void ms_report_text_head(GString *text, MsSet *set, MsEvaluation *evaluation);

/* A blank line and a heading, with the model's name where there are several. */
void ms_report_text_heading(GString *text, const char *heading, MsSet *set, guint model);

/* What was scored, and the scores of every model, splits side by side. */
void ms_report_text_scores(GString *text, MsEvaluation *evaluation, const GPtrArray *boards);

/* The advice there is. */
void ms_report_text_advice(GString *text, MsEvaluation *evaluation, const GPtrArray *boards);

G_END_DECLS
