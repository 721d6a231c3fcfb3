/* SPDX-License-Identifier: MIT
 *
 * What the three forms of the report say of boundary and instance metrics and of scores at a
 * tolerance, where these were asked for (measures is not NULL).
 */
#pragma once

#include "report/json-writer.h"
#include "report/table-private.h"

G_BEGIN_DECLS

/* CSV: ",NAME" for each column behind the others, and the cells of a row. measured NULL: empty. */
void ms_csv_append_measure_columns(GString *text, const MsSetMeasures *measures);
void ms_csv_append_measures(GString *text, const MsSetMeasures *measures,
                            const MsExampleMeasures *example, const MsMeasured *measured);

/* JSON: the member "measures" of "options". */
void ms_json_write_measure_options(MsJsonWriter *json, const MsSetMeasures *measures);
/* The members "measures" and "tolerance" of an example, of a class of it, and of a part of a set.
 * example NULL: it was not measured. */
void ms_json_write_measures(MsJsonWriter *json, const MsSetMeasures *measures,
                            const MsExampleMeasures *example);
void ms_json_write_class_measures(MsJsonWriter *json, const MsExampleMeasures *example,
                                  guint32 class_id);
void ms_json_write_part_measures(MsJsonWriter *json, const MsSetMeasures *measures, MsSet *set,
                                 guint model, const char *split);

/* Text: of the set, of one pair. */
void ms_text_append_measures(GString *text, const MsSetMeasures *measures,
                             MsEvaluation *evaluation);
void ms_text_append_pair_measures(GString *text, const MsSetMeasures *measures,
                                  const MsReportItem *item);

G_END_DECLS
