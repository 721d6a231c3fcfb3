/* SPDX-License-Identifier: MIT
 *
 * JSON as a row of tokens, read from a file piece by piece: memory does not grow with the file.
 * Shaped for annotation files of hundreds of megabytes, of which little is kept. Strict (RFC 8259)
 * but for NaN and Infinity, which Python writes: they are numbers. Limits: depth 64, strings and
 * numbers of MS_JSON_MAX_TOKEN bytes; skipped strings may be of any length.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MS_JSON_MAX_TOKEN (1u << 20)

typedef enum {
  MS_JSON_OBJECT,
  MS_JSON_OBJECT_END,
  MS_JSON_ARRAY,
  MS_JSON_ARRAY_END,
  MS_JSON_KEY,
  MS_JSON_STRING,
  MS_JSON_NUMBER,
  MS_JSON_BOOLEAN,
  MS_JSON_NULL,
  MS_JSON_END, /* of the file */
  MS_JSON_ERROR,
} MsJsonToken;

typedef struct MsJsonReader MsJsonReader;

/* Reads one value of an open file: from position `offset`, at most `size` bytes of it. The file
 * stays the caller's and may be shared with other readers, on other threads too. Errors begin with
 * `name` and name line and column, or the byte, where offset is not 0; from offset 0 nothing but
 * blanks may follow the value. */
MsJsonReader *ms_json_reader_new_fd(int fd, guint64 offset, guint64 size, const char *name,
                                    GCancellable *cancellable);
/* The same of bytes in memory, whole. */
MsJsonReader *ms_json_reader_new(GBytes *bytes, const char *name);
void ms_json_reader_free(MsJsonReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsJsonReader, ms_json_reader_free)

/* The next token; ERROR (with *error set) also when cancelled. After ERROR or END nothing follows.
 */
MsJsonToken ms_json_next(MsJsonReader *reader, GError **error);

/* Of the last token. Text is UTF-8 without escapes, lent until the next one. */
const char *ms_json_text(const MsJsonReader *reader);
double ms_json_double(const MsJsonReader *reader); /* of a NUMBER */
/* FALSE: not a whole number of 64 bits. 42.0 and 4.2e1 are 42. */
gboolean ms_json_integer(const MsJsonReader *reader, gint64 *value);
gboolean ms_json_is_true(const MsJsonReader *reader);

/* Skips the value that comes next, whole: that brackets match and strings end is all that is looked
 * at inside. */
gboolean ms_json_skip(MsJsonReader *reader, GError **error);

/* Where in the file the last token begins, and how far it has been read, for progress. */
guint64 ms_json_offset(const MsJsonReader *reader);
guint64 ms_json_position(const MsJsonReader *reader);

/* Sets MS_IO_ERROR_PARSE, "NAME, line L, column C: ...", of the last token; returns FALSE. */
gboolean ms_json_fail(const MsJsonReader *reader, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

G_END_DECLS
