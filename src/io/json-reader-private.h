/* SPDX-License-Identifier: MIT
 *
 * The JSON reader from inside: json-reader.c follows brackets, commas and keys, json-text.c takes
 * strings and what stands without quotes.
 */
#pragma once

#include "io/json-reader.h"
#include "io/json-source.h"

G_BEGIN_DECLS

/* Where between two tokens the reader stands. */
typedef enum {
  BEFORE_VALUE, /* at the start, or behind a colon */
  BEFORE_FIRST, /* behind an opening bracket */
  BEFORE_NEXT,  /* behind a comma */
  AFTER_VALUE,
  DONE,
} MsJsonPlace;

struct MsJsonReader {
  MsJsonSource source;
  char *name;
  gboolean whole;  /* nothing may follow the value */
  guint64 objects; /* bit d: what is open at depth d + 1 is an object */
  guint depth;
  MsJsonPlace place;
  GString *text;

  MsJsonToken token;
  guint64 token_offset;
  guint64 token_line;
  guint64 token_line_offset;
};

/* Sets what ended the reading, unless something did before. Returns FALSE. */
gboolean ms_json_reader_fail(MsJsonReader *self, const char *cause);
gboolean ms_json_reader_refill(MsJsonReader *self);

/* A string, whose opening quote comes next: into `text`, or past it. */
gboolean ms_json_take_string(MsJsonReader *self);
gboolean ms_json_skip_string(MsJsonReader *self);

/* What stands without quotes, into `text`. */
gboolean ms_json_take_word(MsJsonReader *self);
gboolean ms_json_is_number(const char *word);

G_END_DECLS
