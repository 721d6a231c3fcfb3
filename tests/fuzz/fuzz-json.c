/* SPDX-License-Identifier: MIT
 *
 * JSON: what can be taken token by token can be skipped too, and ends at the same place.
 */
#include <stdint.h>

#include "io/json-reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean
take_all(MsJsonReader *reader)
{
  for (;;) {
    MsJsonToken token = ms_json_next(reader, NULL);
    gint64 value;

    if (token == MS_JSON_END || token == MS_JSON_ERROR)
      return token == MS_JSON_END;
    if (token == MS_JSON_NUMBER && ms_json_integer(reader, &value))
      g_assert_cmpfloat((double)value, ==, ms_json_double(reader));
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(MsJsonReader) taker = ms_json_reader_new(bytes, "input");
  g_autoptr(MsJsonReader) skipper = ms_json_reader_new(bytes, "input");

  if (take_all(taker)) {
    g_assert_true(ms_json_skip(skipper, NULL));
    g_assert_cmpint(ms_json_next(skipper, NULL), ==, MS_JSON_END);
  } else if (ms_json_skip(skipper, NULL)) {
    ms_json_next(skipper, NULL);
  }
  return 0;
}
