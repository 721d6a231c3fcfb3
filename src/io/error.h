/* SPDX-License-Identifier: MIT
 *
 * The error domain of reading and writing. Messages are for users: they name the file, the cause
 * and, where there is one, the remedy.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MS_IO_ERROR (ms_io_error_quark())
GQuark ms_io_error_quark(void);

typedef enum {
  MS_IO_ERROR_OPEN,        /* missing, unreadable, a folder, a dangling link */
  MS_IO_ERROR_EMPTY,       /* zero bytes */
  MS_IO_ERROR_FORMAT,      /* not the format that was asked for */
  MS_IO_ERROR_CORRUPT,     /* truncated, wrong checksum, inconsistent */
  MS_IO_ERROR_TOO_LARGE,   /* over a stated limit */
  MS_IO_ERROR_UNSUPPORTED, /* a valid form that is not read */
  MS_IO_ERROR_WRITE,       /* could not be written */
  MS_IO_ERROR_PARSE,       /* text whose content is wrong: names file, row and column */
} MsIoError;

G_END_DECLS
