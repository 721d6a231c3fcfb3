/* SPDX-License-Identifier: MIT
 *
 * Where the writers of reports put their text. With a file it is handed on as it comes, so that a
 * report of a million rows never stands in memory; without one it gathers.
 */
#pragma once

#include "io/file-writer.h"

G_BEGIN_DECLS

typedef struct {
  GString *text; /* what was not handed on yet; to be appended to */
  MsFileWriter *file;
  GError *error; /* the first; what comes after it is dropped */
} MsSink;

/* file: lent; may be NULL. */
void ms_sink_init(MsSink *sink, MsFileWriter *file);
void ms_sink_clear(MsSink *sink);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsSink, ms_sink_clear)

/* To be called after each row or item: hands on what has become enough. */
void ms_sink_drain(MsSink *sink);

/* Hands on the rest. FALSE with the first error there was. */
gboolean ms_sink_end(MsSink *sink, GError **error);

G_END_DECLS
