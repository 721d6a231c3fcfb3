/* SPDX-License-Identifier: MIT
 *
 * An error is kept until the end: those who write text need not ask.
 */
#include "report/sink.h"

#define ENOUGH (64 << 10)

void
ms_sink_init(MsSink *sink, MsFileWriter *file)
{
  *sink = (MsSink){.text = g_string_new(NULL), .file = file};
}

void
ms_sink_clear(MsSink *sink)
{
  if (sink->text)
    g_string_free(g_steal_pointer(&sink->text), TRUE);
  g_clear_error(&sink->error);
}

static void
hand_on(MsSink *sink)
{
  if (!sink->error)
    ms_file_writer_write(sink->file, sink->text->str, sink->text->len, &sink->error);
  g_string_truncate(sink->text, 0);
}

void
ms_sink_drain(MsSink *sink)
{
  if (sink->file && sink->text->len >= ENOUGH)
    hand_on(sink);
}

gboolean
ms_sink_end(MsSink *sink, GError **error)
{
  if (sink->file)
    hand_on(sink);
  if (!sink->error)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&sink->error));
  return FALSE;
}
