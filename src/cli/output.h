/* SPDX-License-Identifier: MIT
 *
 * Where a report goes and in which form.
 */
#pragma once

#include "report/table.h"

G_BEGIN_DECLS

/* path NULL or "-": standard output. The form is `format`, else the path's ending, else text on a
 * terminal and CSV off it (a file is off it). Errors: MS_OPTIONS_ERROR_USAGE for an unknown form,
 * or an ending that belongs to something else, such as .html. */
gboolean ms_output_choose_format(const char *format, const char *path, MsFormat *chosen,
                                 GError **error);

gboolean ms_output_is_standard(const char *path);

/* A file is replaced as a whole or not at all. */
gboolean ms_output_write(const char *path, const GString *text, GError **error);

/* Standard output, all of it or an error. */
gboolean ms_output_print(const char *text, gsize length, GError **error);

G_END_DECLS
