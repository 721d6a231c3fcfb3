/* SPDX-License-Identifier: MIT
 *
 * Where a report goes and in which form.
 */
#pragma once

#include "io/file-writer.h"
#include "report/table.h"

G_BEGIN_DECLS

/* path NULL or "-": standard output. The form is `format`, else the path's ending, else text on a
 * terminal and CSV off it (a file is off it). Errors: MS_OPTIONS_ERROR_USAGE for an unknown form,
 * or an ending that belongs to something else, such as .html. */
gboolean ms_output_choose_format(const char *format, const char *path, MsFormat *chosen,
                                 GError **error);

/* The same of what has no rows: text or JSON, text unless something else is said. */
gboolean ms_output_choose_prose_format(const char *format, const char *path, MsFormat *chosen,
                                       GError **error);

gboolean ms_output_is_standard(const char *path);

/* Whether it can be opened, before anything else is done for it. */
gboolean ms_output_check(const char *path, GError **error);

/* A file is replaced as a whole, once it is committed, or not at all. */
MsFileWriter *ms_output_open(const char *path, GError **error);

G_END_DECLS
