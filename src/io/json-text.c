/* SPDX-License-Identifier: MIT
 *
 * Strings are copied a run of plain characters at a time, so that where a window ends does not
 * matter.
 */
#include "io/json-reader-private.h"

#include <string.h>

#define NO_MORE (-1)

/* What ends a run of plain characters of a string. */
static const guint8 text_stops[256] = {[0 ... 31] = 1, ['"'] = 1, ['\\'] = 1};

static gboolean
append_text(MsJsonReader *self, const void *bytes, gsize n)
{
  if (self->text->len + n > MS_JSON_MAX_TOKEN)
    return ms_json_reader_fail(self, "a string or number is longer than 1 MiB");
  g_string_append_len(self->text, bytes, (gssize)n);
  return TRUE;
}

/* Four hexadecimal digits; -1: they are none. */
static int
take_code_unit(MsJsonReader *self)
{
  MsJsonSource *source = &self->source;
  int unit = 0;

  for (int i = 0; i < 4; i++, source->at++) {
    if (source->at == source->end && !ms_json_reader_refill(self))
      return -1;
    if (!g_ascii_isxdigit((char)*source->at))
      return -1;
    unit = unit << 4 | g_ascii_xdigit_value((char)*source->at);
  }
  return unit;
}

static gboolean
take_character(MsJsonReader *self, char wanted)
{
  MsJsonSource *source = &self->source;

  if ((source->at == source->end && !ms_json_reader_refill(self)) || *source->at != (guint8)wanted)
    return FALSE;
  source->at++;
  return TRUE;
}

/* Behind "\u": UTF-16, in which what lies beyond 16 bits is two units. */
static gboolean
take_unicode_escape(MsJsonReader *self)
{
  int unit = take_code_unit(self);
  gunichar character = (gunichar)unit;
  char utf8[6];

  if (unit < 0)
    return ms_json_reader_fail(self, "\\u is not followed by four hexadecimal digits");
  if (unit == 0)
    return ms_json_reader_fail(self, "a string holds the character NUL");
  if (unit >= 0xd800 && unit < 0xdc00) {
    int low = take_character(self, '\\') && take_character(self, 'u') ? take_code_unit(self) : -1;

    if (low < 0xdc00 || low > 0xdfff)
      return ms_json_reader_fail(self, "half a surrogate pair");
    character = 0x10000 + (((gunichar)unit & 0x3ff) << 10 | ((gunichar)low & 0x3ff));
  } else if (unit >= 0xdc00 && unit <= 0xdfff) {
    return ms_json_reader_fail(self, "half a surrogate pair");
  }
  return append_text(self, utf8, (gsize)g_unichar_to_utf8(character, utf8));
}

/* Behind a backslash. */
static gboolean
take_escape(MsJsonReader *self)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;
  char c;

  if (self->source.at == self->source.end && !ms_json_reader_refill(self))
    return ms_json_reader_fail(self, "a string does not end");
  c = (char)*self->source.at++;
  if (c == 'u')
    return take_unicode_escape(self);
  letter = c != '\0' ? strchr(letters, c) : NULL;
  if (!letter)
    return ms_json_reader_fail(self, "a backslash is followed by what is no escape");
  return append_text(self, meanings + (letter - letters), 1);
}

/* To the next character of a string that is not plain, which is not taken. */
static int
find_text_stop(MsJsonSource *source)
{
  while (source->at < source->end && !text_stops[*source->at])
    source->at++;
  return source->at < source->end ? *source->at : NO_MORE;
}

gboolean
ms_json_take_string(MsJsonReader *self)
{
  MsJsonSource *source = &self->source;

  source->at++;
  g_string_truncate(self->text, 0);
  for (;;) {
    const guint8 *from = source->at;
    int c = find_text_stop(source);

    if (!append_text(self, from, (gsize)(source->at - from)))
      return FALSE;
    if (c == NO_MORE) {
      if (!ms_json_reader_refill(self))
        return ms_json_reader_fail(self, "a string does not end");
      continue;
    }
    source->at++;
    if (c == '"')
      break;
    if (c != '\\')
      return ms_json_reader_fail(self, "a control character in a string");
    if (!take_escape(self))
      return FALSE;
  }
  if (!g_utf8_validate_len(self->text->str, self->text->len, NULL))
    return ms_json_reader_fail(self, "a string is not UTF-8");
  return TRUE;
}

gboolean
ms_json_skip_string(MsJsonReader *self)
{
  MsJsonSource *source = &self->source;

  source->at++;
  for (;;) {
    int c = find_text_stop(source);

    if (c == '"') {
      source->at++;
      return TRUE;
    }
    if (c == '\\')
      source->at++;
    else if (c != NO_MORE)
      return ms_json_reader_fail(self, "a control character in a string");
    if (source->at == source->end && !ms_json_reader_refill(self))
      return ms_json_reader_fail(self, "a string does not end");
    if (c == '\\')
      source->at++;
  }
}

static const char *
skip_digits(const char *at)
{
  while (g_ascii_isdigit(*at))
    at++;
  return at;
}

gboolean
ms_json_is_number(const char *word)
{
  const char *at = *word == '-' ? word + 1 : word;
  const char *digits = at;

  if (strcmp(at, "Infinity") == 0 || strcmp(word, "NaN") == 0)
    return TRUE;
  at = skip_digits(digits);
  if (at == digits || (*digits == '0' && at > digits + 1))
    return FALSE;
  if (*at == '.') {
    digits = at + 1;
    at = skip_digits(digits);
    if (at == digits)
      return FALSE;
  }
  if (*at == 'e' || *at == 'E') {
    digits = at[1] == '+' || at[1] == '-' ? at + 2 : at + 1;
    at = skip_digits(digits);
    if (at == digits)
      return FALSE;
  }
  return *at == '\0';
}

static gboolean
is_in_word(guint8 c)
{
  return g_ascii_isalnum((char)c) || c == '-' || c == '+' || c == '.';
}

gboolean
ms_json_take_word(MsJsonReader *self)
{
  MsJsonSource *source = &self->source;

  g_string_truncate(self->text, 0);
  do {
    const guint8 *from = source->at;

    while (source->at < source->end && is_in_word(*source->at))
      source->at++;
    if (!append_text(self, from, (gsize)(source->at - from)))
      return FALSE;
  } while (source->at == source->end && ms_json_reader_refill(self));
  return !source->failure;
}
