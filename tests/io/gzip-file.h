/* SPDX-License-Identifier: MIT
 *
 * gzip streams, made by GIO, for the tests of their reader.
 */
#pragma once

#include <gio/gio.h>

static inline GBytes *
test_gzip(const void *data, gsize size)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr(GInputStream) plain = g_memory_input_stream_new_from_data(data, (gssize)size, NULL);
  g_autoptr(GInputStream) deflated = g_converter_input_stream_new(plain, G_CONVERTER(compressor));
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable();
  GError *error = NULL;

  g_output_stream_splice(output, deflated, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error(error);
  return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(output));
}
