/* SPDX-License-Identifier: MIT
 *
 * What `evaluate` and `compare` print: CSV, JSON and text, from one evaluation. Byte for byte the
 * same for the same input, whatever the locale and the number of threads. Counts and rules are told
 * side by side, so no model may be ms_evaluation_is_counting().
 */
#pragma once

#include "io/file-writer.h"
#include "set/measures-pass.h"
#include "set/scoreboard.h"

G_BEGIN_DECLS

typedef enum { MS_FORMAT_CSV, MS_FORMAT_JSON, MS_FORMAT_TEXT } MsFormat;

/* Whether a report in that form holds what takes scoreboards. */
gboolean ms_report_wants_boards(MsFormat format);

/* The complete report, written row by row; the caller commits the file. boards: of
 * ms_scoreboard_compute_all(); NULL where they are not wanted. measures: boundary and
 * instance metrics, and scores at a tolerance; NULL: none. */
gboolean ms_report_table(MsEvaluation *evaluation, const GPtrArray *boards,
                         const MsSetMeasures *measures, MsFormat format, MsFileWriter *file,
                         GError **error);

/* One pair, as `compare` prints it. */
gboolean ms_report_pair(MsEvaluation *evaluation, guint example, guint model,
                        const MsSetMeasures *measures, MsFormat format, MsFileWriter *file,
                        GError **error);

G_END_DECLS
