/* SPDX-License-Identifier: MIT
 *
 * Shared by the two halves of the JSON report.
 */
#pragma once

#include "report/json-writer.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define ONE_LINE  TRUE
#define MULTILINE FALSE

/* The members "set" and "options". */
void ms_json_write_set(MsJsonWriter *json, MsSet *set);
void ms_json_write_options(MsJsonWriter *json, MsEvaluation *evaluation);

G_END_DECLS
