/* SPDX-License-Identifier: MIT
 *
 * JSON of known form, taken step by step: a surprise fails the test.
 */
#pragma once

#include "io/json-reader.h"

static inline MsJsonReader *
test_json_load(const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  g_file_get_contents(path, &data, &size, &error);
  g_assert_no_error(error);
  bytes = g_bytes_new_take(g_steal_pointer(&data), size);
  return ms_json_reader_new(bytes, path);
}

static inline void
test_json_expect(MsJsonReader *reader, MsJsonToken expected)
{
  g_autoptr(GError) error = NULL;
  MsJsonToken token = ms_json_next(reader, &error);

  g_assert_no_error(error);
  g_assert_cmpint(token, ==, expected);
}

/* FALSE: the list or the object ends instead. */
static inline gboolean
test_json_expect_or_end(MsJsonReader *reader, MsJsonToken expected)
{
  g_autoptr(GError) error = NULL;
  MsJsonToken token = ms_json_next(reader, &error);

  g_assert_no_error(error);
  if (token == MS_JSON_ARRAY_END || token == MS_JSON_OBJECT_END)
    return FALSE;
  g_assert_cmpint(token, ==, expected);
  return TRUE;
}

static inline char *
test_json_take_string(MsJsonReader *reader)
{
  test_json_expect(reader, MS_JSON_STRING);
  return g_strdup(ms_json_text(reader));
}

static inline gint64
test_json_take_integer(MsJsonReader *reader)
{
  gint64 value = 0;

  test_json_expect(reader, MS_JSON_NUMBER);
  g_assert_true(ms_json_integer(reader, &value));
  return value;
}

/* Of gint64; NULL: the value is null. */
static inline GArray *
test_json_take_integers(MsJsonReader *reader)
{
  GArray *values = g_array_new(FALSE, FALSE, sizeof(gint64));

  if (ms_json_next(reader, NULL) == MS_JSON_NULL) {
    g_array_unref(values);
    return NULL;
  }
  while (test_json_expect_or_end(reader, MS_JSON_NUMBER)) {
    gint64 value = 0;

    g_assert_true(ms_json_integer(reader, &value));
    g_array_append_val(values, value);
  }
  return values;
}
