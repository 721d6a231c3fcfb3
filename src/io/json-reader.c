/* SPDX-License-Identifier: MIT
 *
 * The state is the bracket at each depth, one bit each, and the place between two tokens; so what
 * is kept never depends on the file. Made for files of which most is skipped: there a byte costs
 * one look at a table. Numbers are checked when they are read and converted when asked for.
 */
#include "io/json-reader-private.h"

#include <string.h>

#include "io/error.h"

#define MAX_DEPTH 64
#define NO_MORE   (-1)

/* What matters in a container that is skipped. */
static const guint8 skip_stops[256] = {
    ['\n'] = 1, ['"'] = 1, ['{'] = 1, ['}'] = 1, ['['] = 1, [']'] = 1};

static MsJsonReader *
reader_new(const char *name, gboolean whole)
{
  MsJsonReader *self = g_new0(MsJsonReader, 1);

  self->name = g_strdup(name);
  self->whole = whole;
  self->text = g_string_new(NULL);
  return self;
}

MsJsonReader *
ms_json_reader_new_fd(int fd, guint64 offset, guint64 size, const char *name,
                      GCancellable *cancellable)
{
  MsJsonReader *self = reader_new(name, offset == 0);

  ms_json_source_init_fd(&self->source, fd, offset, size, cancellable);
  return self;
}

MsJsonReader *
ms_json_reader_new(GBytes *bytes, const char *name)
{
  MsJsonReader *self = reader_new(name, TRUE);

  ms_json_source_init_bytes(&self->source, bytes);
  return self;
}

void
ms_json_reader_free(MsJsonReader *reader)
{
  if (!reader)
    return;
  ms_json_source_clear(&reader->source);
  g_string_free(reader->text, TRUE);
  g_free(reader->name);
  g_free(reader);
}

static GError *
error_at_token(const MsJsonReader *self, const char *cause)
{
  if (!self->whole)
    return g_error_new(MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, byte %" G_GUINT64_FORMAT ": %s",
                       self->name, self->token_offset, cause);
  return g_error_new(MS_IO_ERROR, MS_IO_ERROR_PARSE,
                     "%s, line %" G_GUINT64_FORMAT ", column %" G_GUINT64_FORMAT ": %s", self->name,
                     self->token_line, self->token_offset - self->token_line_offset + 1, cause);
}

gboolean
ms_json_reader_fail(MsJsonReader *self, const char *cause)
{
  if (!self->source.failure)
    self->source.failure = error_at_token(self, cause);
  return FALSE;
}

gboolean
ms_json_reader_refill(MsJsonReader *self)
{
  return ms_json_source_refill(&self->source, self->name);
}

static gboolean
in_object(const MsJsonReader *self)
{
  return self->depth > 0 && (self->objects >> (self->depth - 1) & 1);
}

static gboolean
wants_key(const MsJsonReader *self)
{
  return in_object(self) && (self->place == BEFORE_FIRST || self->place == BEFORE_NEXT);
}

static gboolean
wants_value(const MsJsonReader *self)
{
  return self->place < AFTER_VALUE && !wants_key(self);
}

static gboolean
fail_unexpected(MsJsonReader *self)
{
  if (self->place == DONE)
    return ms_json_reader_fail(self, "something follows the end of the value");
  if (self->place == AFTER_VALUE)
    return ms_json_reader_fail(self, in_object(self) ? "a comma or } is expected"
                                                     : "a comma or ] is expected");
  return ms_json_reader_fail(self, wants_key(self) ? "a key in double quotes is expected"
                                                   : "a value is expected");
}

static gboolean
fail_at_end(MsJsonReader *self)
{
  return ms_json_reader_fail(self, "the text ends too early");
}

static void
mark_token(MsJsonReader *self)
{
  self->token_offset = ms_json_source_offset(&self->source);
  self->token_line = self->source.line;
  self->token_line_offset = self->source.line_offset;
}

/* The character that comes next behind blanks, which is not taken. */
static int
peek(MsJsonReader *self)
{
  MsJsonSource *source = &self->source;

  while (source->at < source->end || ms_json_reader_refill(self)) {
    if (*source->at == '\n')
      ms_json_source_take_line_feed(source);
    else if (*source->at == ' ' || *source->at == '\t' || *source->at == '\r')
      source->at++;
    else
      return *source->at;
  }
  return NO_MORE;
}

/* A byte order mark is no part of JSON, but editors write it. */
static void
pass_byte_order_mark(MsJsonReader *self)
{
  MsJsonSource *source = &self->source;

  if (self->whole && (source->at < source->end || ms_json_reader_refill(self)) &&
      source->end - source->at >= 3 && memcmp(source->at, "\xef\xbb\xbf", 3) == 0)
    source->at += 3;
}

/* To the first character of the next token, past the comma before it. */
static int
reach_token(MsJsonReader *self)
{
  int c;

  if (ms_json_source_offset(&self->source) == 0)
    pass_byte_order_mark(self);
  c = peek(self);
  if (self->place == AFTER_VALUE && c == ',') {
    self->source.at++;
    self->place = BEFORE_NEXT;
    c = peek(self);
  }
  mark_token(self);
  return c;
}

static void
finish_value(MsJsonReader *self)
{
  self->place = self->depth > 0 ? AFTER_VALUE : DONE;
}

static gboolean
push(MsJsonReader *self, gboolean is_object)
{
  if (self->depth == MAX_DEPTH)
    return ms_json_reader_fail(self, "nested more than " G_STRINGIFY(MAX_DEPTH) " deep");
  self->objects &= ~(G_GUINT64_CONSTANT(1) << self->depth);
  self->objects |= (guint64)(is_object != 0) << self->depth;
  self->depth++;
  return TRUE;
}

static MsJsonToken
take_bare_value(MsJsonReader *self)
{
  const char *word;

  if (!wants_value(self))
    return fail_unexpected(self), MS_JSON_ERROR;
  if (!ms_json_take_word(self))
    return MS_JSON_ERROR;
  word = self->text->str;
  finish_value(self);
  if (ms_json_is_number(word))
    return MS_JSON_NUMBER;
  if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0)
    return MS_JSON_BOOLEAN;
  if (strcmp(word, "null") == 0)
    return MS_JSON_NULL;
  return ms_json_reader_fail(self, "a value is expected"), MS_JSON_ERROR;
}

static MsJsonToken
take_quoted(MsJsonReader *self)
{
  gboolean is_key = wants_key(self);

  if (!is_key && !wants_value(self))
    return fail_unexpected(self), MS_JSON_ERROR;
  if (!ms_json_take_string(self))
    return MS_JSON_ERROR;
  if (!is_key) {
    finish_value(self);
    return MS_JSON_STRING;
  }
  if (peek(self) != ':')
    return ms_json_reader_fail(self, "the key is not followed by a colon"), MS_JSON_ERROR;
  self->source.at++;
  self->place = BEFORE_VALUE;
  return MS_JSON_KEY;
}

static MsJsonToken
take_opening(MsJsonReader *self, gboolean is_object)
{
  if (!wants_value(self))
    return fail_unexpected(self), MS_JSON_ERROR;
  if (!push(self, is_object))
    return MS_JSON_ERROR;
  self->source.at++;
  self->place = BEFORE_FIRST;
  return is_object ? MS_JSON_OBJECT : MS_JSON_ARRAY;
}

static MsJsonToken
take_closing(MsJsonReader *self, gboolean is_object)
{
  gboolean fits = self->depth > 0 && in_object(self) == is_object &&
                  (self->place == BEFORE_FIRST || self->place == AFTER_VALUE);

  if (!fits)
    return fail_unexpected(self), MS_JSON_ERROR;
  self->source.at++;
  self->depth--;
  finish_value(self);
  return is_object ? MS_JSON_OBJECT_END : MS_JSON_ARRAY_END;
}

static MsJsonToken
take_token(MsJsonReader *self)
{
  int c;

  if (self->place == DONE && !self->whole)
    return MS_JSON_END;
  c = reach_token(self);
  if (c == NO_MORE)
    return self->place == DONE && !self->source.failure ? MS_JSON_END
                                                        : (fail_at_end(self), MS_JSON_ERROR);
  if (c == '{' || c == '[')
    return take_opening(self, c == '{');
  if (c == '}' || c == ']')
    return take_closing(self, c == '}');
  return c == '"' ? take_quoted(self) : take_bare_value(self);
}

/* FALSE, with a copy of what went wrong, once something has. */
static gboolean
check(MsJsonReader *self, GError **error)
{
  if (!self->source.failure)
    return TRUE;
  self->token = MS_JSON_ERROR;
  g_propagate_error(error, g_error_copy(self->source.failure));
  return FALSE;
}

MsJsonToken
ms_json_next(MsJsonReader *reader, GError **error)
{
  if (!reader->source.failure && reader->token != MS_JSON_END)
    reader->token = take_token(reader);
  check(reader, error);
  return reader->token;
}

/* To the next character that matters in a skipped container; it is not taken. */
static int
find_skip_stop(MsJsonReader *self)
{
  MsJsonSource *source = &self->source;

  for (;;) {
    while (source->at < source->end && !skip_stops[*source->at])
      source->at++;
    if (source->at == source->end) {
      if (!ms_json_reader_refill(self))
        return NO_MORE;
    } else if (*source->at == '\n') {
      ms_json_source_take_line_feed(source);
    } else {
      return *source->at;
    }
  }
}

/* One bracket or string, and what stands before it. */
static gboolean
skip_step(MsJsonReader *self)
{
  int c = find_skip_stop(self);

  mark_token(self);
  if (c == NO_MORE)
    return fail_at_end(self);
  if (c == '"')
    return ms_json_skip_string(self);
  if (c == '{' || c == '[') {
    if (!push(self, c == '{'))
      return FALSE;
  } else {
    if (in_object(self) != (c == '}'))
      return ms_json_reader_fail(self, "brackets do not match");
    self->depth--;
  }
  self->source.at++;
  return TRUE;
}

static void
skip_container(MsJsonReader *self)
{
  guint depth = self->depth;

  while (skip_step(self) && self->depth > depth)
    continue;
  if (!self->source.failure)
    finish_value(self);
}

gboolean
ms_json_skip(MsJsonReader *reader, GError **error)
{
  int c = reader->source.failure || reader->place == DONE ? NO_MORE : reach_token(reader);

  if (c == NO_MORE)
    fail_at_end(reader);
  else if (!wants_value(reader))
    fail_unexpected(reader);
  else if (c == '{' || c == '[')
    skip_container(reader);
  else if (c != '"')
    take_bare_value(reader);
  else if (ms_json_skip_string(reader))
    finish_value(reader);
  return check(reader, error);
}

const char *
ms_json_text(const MsJsonReader *reader)
{
  return reader->text->str;
}

double
ms_json_double(const MsJsonReader *reader)
{
  return g_ascii_strtod(reader->text->str, NULL);
}

gboolean
ms_json_integer(const MsJsonReader *reader, gint64 *value)
{
  double number;

  if (reader->token != MS_JSON_NUMBER)
    return FALSE;
  if (g_ascii_string_to_signed(reader->text->str, 10, G_MININT64, G_MAXINT64, value, NULL))
    return TRUE;
  number = ms_json_double(reader);
  if (!(number > -0x1p63 && number < 0x1p63) || (double)(gint64)number != number)
    return FALSE;
  *value = (gint64)number;
  return TRUE;
}

gboolean
ms_json_is_true(const MsJsonReader *reader)
{
  return reader->text->str[0] == 't';
}

guint64
ms_json_offset(const MsJsonReader *reader)
{
  return reader->token_offset;
}

guint64
ms_json_position(const MsJsonReader *reader)
{
  return ms_json_source_offset(&reader->source);
}

gboolean
ms_json_fail(const MsJsonReader *reader, GError **error, const char *format, ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start(arguments, format);
  cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_propagate_error(error, error_at_token(reader, cause));
  return FALSE;
}
