/* SPDX-License-Identifier: MIT
 *
 * Shared by the parts of the JSON report.
 */
#pragma once

#include "report/json-writer.h"
#include "report/table-private.h"

G_BEGIN_DECLS

#define ONE_LINE  TRUE
#define MULTILINE FALSE

/* The members "set" and "options". evaluation NULL: under the set's own rules. */
void ms_json_write_set(MsJsonWriter *json, MsSet *set);
void ms_json_write_options(MsJsonWriter *json, MsSet *set, MsEvaluation *evaluation,
                           const MsSetMeasures *measures);

/* An item of "notices". */
void ms_json_write_notice(MsJsonWriter *json, const char *path, const char *message);

/* The members "counts" and "classes"; measures NULL: none of an example. */
void ms_json_write_counts(MsJsonWriter *json, const MsCounts *counts, gboolean has_tn,
                          guint64 ignored);
void ms_json_write_classes(MsJsonWriter *json, MsSet *set, guint model,
                           const MsConfusion *confusion, MsEmptyRule empty,
                           const MsExampleMeasures *measures);

/* An example as an object. */
void ms_json_write_item(MsJsonWriter *json, MsEvaluation *evaluation, guint example, guint model,
                        const MsSetMeasures *measures);

G_END_DECLS
