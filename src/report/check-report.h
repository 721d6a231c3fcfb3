/* SPDX-License-Identifier: MIT
 *
 * What `check` prints of a set: how it is read and everything that was found, for people and as
 * JSON. Byte for byte the same for the same findings, whatever the locale; how long it took is in
 * neither.
 */
#pragma once

#include "io/file-writer.h"
#include "set/check.h"

G_BEGIN_DECLS

/* The complete report; the caller commits the file. */
gboolean ms_report_check_text(const MsCheck *check, MsFileWriter *file, GError **error);

/* Its shape is written down in maskscope-check.schema.json. */
gboolean ms_report_check_json(const MsCheck *check, MsFileWriter *file, GError **error);

G_END_DECLS
