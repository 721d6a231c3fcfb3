/* SPDX-License-Identifier: MIT
 *
 * Writes JSON into a string: indented, leaf objects on one line where asked, doubles in the
 * shortest form that reads back the same. json-glib writes 17 digits always, hence this.
 * Independent of the locale; text that is not UTF-8 is made valid.
 */
#pragma once

#include <glib.h>

#include "metric/score.h"
#include "report/sink.h"

G_BEGIN_DECLS

typedef struct {
  MsSink *sink;    /* borrowed */
  guint depth;     /* open brackets */
  guint flat;      /* of them on one line */
  gboolean filled; /* the innermost bracket holds something */
  gboolean keyed;  /* a key was written, its value comes next */
} MsJsonWriter;

void ms_json_init(MsJsonWriter *json, MsSink *sink);

/* bracket: '{' or '['. one_line holds for everything inside. */
void ms_json_open(MsJsonWriter *json, char bracket, gboolean one_line);
void ms_json_close(MsJsonWriter *json, char bracket); /* '}' or ']' */
void ms_json_key(MsJsonWriter *json, const char *key);

void ms_json_null(MsJsonWriter *json);
void ms_json_string(MsJsonWriter *json, const char *value); /* NULL: null */
void ms_json_boolean(MsJsonWriter *json, gboolean value);
void ms_json_count(MsJsonWriter *json, guint64 value);
void ms_json_number(MsJsonWriter *json, double value); /* infinite: "inf"; NaN: null */
void ms_json_value(MsJsonWriter *json, MsValue value); /* undefined: null */

/* Key and value at once. */
void ms_json_member_string(MsJsonWriter *json, const char *key, const char *value);
void ms_json_member_boolean(MsJsonWriter *json, const char *key, gboolean value);
void ms_json_member_count(MsJsonWriter *json, const char *key, guint64 value);
void ms_json_member_value(MsJsonWriter *json, const char *key, MsValue value);
void ms_json_member_null(MsJsonWriter *json, const char *key);

G_END_DECLS
