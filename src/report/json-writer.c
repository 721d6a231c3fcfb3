/* SPDX-License-Identifier: MIT
 *
 * Every value goes through begin_value(), which knows what must stand before it: a comma, a line
 * break, or nothing after a key. The caller opens and closes brackets in pairs.
 */
#include "report/json-writer.h"

#include <math.h>

#include "set/describe.h"

void
ms_json_init(MsJsonWriter *json, MsSink *sink)
{
  *json = (MsJsonWriter){.sink = sink};
}

static void
break_line(MsJsonWriter *json)
{
  g_string_append_c(json->sink->text, '\n');
  for (guint i = 0; i < json->depth; i++)
    g_string_append(json->sink->text, "  ");
}

static void
begin_value(MsJsonWriter *json)
{
  if (!json->keyed && json->filled)
    g_string_append(json->sink->text, json->flat ? ", " : ",");
  if (!json->keyed && !json->flat && json->depth > 0)
    break_line(json);
  json->keyed = FALSE;
  json->filled = TRUE;
}

void
ms_json_open(MsJsonWriter *json, char bracket, gboolean one_line)
{
  begin_value(json);
  g_string_append_c(json->sink->text, bracket);
  json->depth++;
  if (one_line || json->flat)
    json->flat++;
  json->filled = FALSE;
}

void
ms_json_close(MsJsonWriter *json, char bracket)
{
  json->depth--;
  if (json->flat)
    json->flat--;
  else if (json->filled)
    break_line(json);
  g_string_append_c(json->sink->text, bracket);
  json->filled = TRUE;
  ms_sink_drain(json->sink);
}

static void
append_quoted(GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid(value, -1);

  g_string_append_c(text, '"');
  for (const char *c = valid; *c; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_printf(text, "\\%c", *c);
    else if ((guchar)*c < 0x20 || *c == 0x7f)
      g_string_append_printf(text, "\\u%04x", (guint)(guchar)*c);
    else
      g_string_append_c(text, *c);
  }
  g_string_append_c(text, '"');
}

void
ms_json_key(MsJsonWriter *json, const char *key)
{
  begin_value(json);
  append_quoted(json->sink->text, key);
  g_string_append(json->sink->text, ": ");
  json->keyed = TRUE;
}

void
ms_json_null(MsJsonWriter *json)
{
  begin_value(json);
  g_string_append(json->sink->text, "null");
}

void
ms_json_string(MsJsonWriter *json, const char *value)
{
  if (!value) {
    ms_json_null(json);
    return;
  }
  begin_value(json);
  append_quoted(json->sink->text, value);
}

void
ms_json_boolean(MsJsonWriter *json, gboolean value)
{
  begin_value(json);
  g_string_append(json->sink->text, value ? "true" : "false");
}

void
ms_json_count(MsJsonWriter *json, guint64 value)
{
  begin_value(json);
  g_string_append_printf(json->sink->text, "%" G_GUINT64_FORMAT, value);
}

void
ms_json_number(MsJsonWriter *json, double value)
{
  g_autofree char *number = NULL;

  if (isnan(value)) {
    ms_json_null(json);
    return;
  }
  if (isinf(value)) {
    ms_json_string(json, value > 0 ? "inf" : "-inf");
    return;
  }
  number = ms_describe_exact_number(value);
  begin_value(json);
  g_string_append(json->sink->text, number);
}

void
ms_json_value(MsJsonWriter *json, MsValue value)
{
  if (value.defined)
    ms_json_number(json, value.value);
  else
    ms_json_null(json);
}

void
ms_json_member_string(MsJsonWriter *json, const char *key, const char *value)
{
  ms_json_key(json, key);
  ms_json_string(json, value);
}

void
ms_json_member_boolean(MsJsonWriter *json, const char *key, gboolean value)
{
  ms_json_key(json, key);
  ms_json_boolean(json, value);
}

void
ms_json_member_count(MsJsonWriter *json, const char *key, guint64 value)
{
  ms_json_key(json, key);
  ms_json_count(json, value);
}

void
ms_json_member_value(MsJsonWriter *json, const char *key, MsValue value)
{
  ms_json_key(json, key);
  ms_json_value(json, value);
}

void
ms_json_member_null(MsJsonWriter *json, const char *key)
{
  ms_json_key(json, key);
  ms_json_null(json);
}
