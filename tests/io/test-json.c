/* SPDX-License-Identifier: MIT
 *
 * JSON token by token: from memory and from a file whose windows end anywhere, whole and skipped,
 * and the many ways in which a text is none.
 */
#include "io/json-reader.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "io/error.h"
#include "support/files.h"
#include "support/random.h"

static MsJsonReader *
reader_of(const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

  return ms_json_reader_new(bytes, "a.json");
}

/* The tokens as a text of one letter each, with what they say. */
static char *
spell(MsJsonReader *reader)
{
  static const char letters[] = "{}[]ksnb0.!";
  GString *spelled = g_string_new(NULL);
  MsJsonToken token;

  do {
    token = ms_json_next(reader, NULL);
    g_string_append_c(spelled, letters[token]);
    if (token == MS_JSON_KEY || token == MS_JSON_STRING || token == MS_JSON_NUMBER)
      g_string_append_printf(spelled, "(%s)", ms_json_text(reader));
    if (token == MS_JSON_BOOLEAN)
      g_string_append_printf(spelled, "(%d)", ms_json_is_true(reader));
  } while (token != MS_JSON_END && token != MS_JSON_ERROR);
  g_assert_cmpint(ms_json_next(reader, NULL), ==, token);
  return g_string_free(spelled, FALSE);
}

static void
assert_spells(const char *text, const char *expected)
{
  g_autoptr(MsJsonReader) reader = reader_of(text);
  g_autofree char *spelled = spell(reader);

  g_assert_cmpstr(spelled, ==, expected);
}

static void
test_tokens(void)
{
  assert_spells("{}", "{}.");
  assert_spells(" [ ] \n", "[].");
  assert_spells("\xef\xbb\xbf[1]", "[n(1)].");
  assert_spells("\"a\"", "s(a).");
  assert_spells("-0.5e+3", "n(-0.5e+3).");
  assert_spells("[true,false,null]", "[b(1)b(0)0].");
  assert_spells("[NaN, -Infinity ,Infinity]", "[n(NaN)n(-Infinity)n(Infinity)].");
  assert_spells("{\"a\":{\"b\" : [ ] , \"c\":[[1],2]},\"d\":\"\"}",
                "{k(a){k(b)[]k(c)[[n(1)]n(2)]}k(d)s()}.");
  assert_spells("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"",
                "s(\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80).");
}

static void
test_numbers(void)
{
  static const struct {
    const char *text;
    double value;
    gboolean whole;
    gint64 integer;
  } cases[] = {
      {"0", 0, TRUE, 0},
      {"-17", -17, TRUE, -17},
      {"42.0", 42, TRUE, 42},
      {"4.2e1", 42, TRUE, 42},
      {"0.1", 0.1, FALSE, 0},
      {"9007199254740993", 9007199254740992.0, TRUE, G_GINT64_CONSTANT(9007199254740993)},
      {"9223372036854775807", 0x1p63, TRUE, G_MAXINT64},
      {"9223372036854775808", 0x1p63, FALSE, 0},
      {"-9223372036854775808", -0x1p63, TRUE, G_MININT64},
      {"-9223372036854775809", -0x1p63, FALSE, 0},
      {"1e400", INFINITY, FALSE, 0},
      {"-Infinity", -INFINITY, FALSE, 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsJsonReader) reader = reader_of(cases[i].text);
    gint64 integer = 0;

    g_assert_cmpint(ms_json_next(reader, NULL), ==, MS_JSON_NUMBER);
    g_assert_cmpfloat(ms_json_double(reader), ==, cases[i].value);
    g_assert_cmpint(ms_json_integer(reader, &integer), ==, cases[i].whole);
    g_assert_cmpint(integer, ==, cases[i].integer);
  }
}

/* The message of the error that the text ends in. */
static char *
message_of(const char *text, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new(text, size);
  g_autoptr(MsJsonReader) reader = ms_json_reader_new(bytes, "a.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) again = NULL;
  MsJsonToken token;

  do {
    token = ms_json_next(reader, &error);
    g_assert_cmpint(token, !=, MS_JSON_END);
  } while (token != MS_JSON_ERROR);
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_assert_false(ms_json_skip(reader, &again));
  g_assert_cmpstr(again->message, ==, error->message);
  return g_strdup(error->message);
}

static void
test_broken(void)
{
  static const struct {
    const char *text;
    const char *message; /* behind "a.json, line " */
  } cases[] = {
      {"", "1, column 1: the text ends too early"},
      {"[1,2", "1, column 5: the text ends too early"},
      {"[1 2]", "1, column 4: a comma or ] is expected"},
      {"{\"a\":1 \"b\":2}", "1, column 8: a comma or } is expected"},
      {"[1,\n  2,\n ]", "3, column 2: a value is expected"},
      {"[,1]", "1, column 2: a value is expected"},
      {"{\"a\":1,}", "1, column 8: a key in double quotes is expected"},
      {"{a:1}", "1, column 2: a key in double quotes is expected"},
      {"{1:1}", "1, column 2: a key in double quotes is expected"},
      {"{\"a\" 1}", "1, column 2: the key is not followed by a colon"},
      {"{\"a\":}", "1, column 6: a value is expected"},
      {"[1}", "1, column 3: a comma or ] is expected"},
      {"]", "1, column 1: a value is expected"},
      {"[] []", "1, column 4: something follows the end of the value"},
      {"[01]", "1, column 2: a value is expected"},
      {"[1.]", "1, column 2: a value is expected"},
      {"[.5]", "1, column 2: a value is expected"},
      {"[+1]", "1, column 2: a value is expected"},
      {"[1e]", "1, column 2: a value is expected"},
      {"[-]", "1, column 2: a value is expected"},
      {"[- 1]", "1, column 2: a value is expected"},
      {"[nan]", "1, column 2: a value is expected"},
      {"[True]", "1, column 2: a value is expected"},
      {"['a']", "1, column 2: a value is expected"},
      {"[/* a */ 1]", "1, column 2: a value is expected"},
      {"[\"a", "1, column 2: a string does not end"},
      {"[\"a\\", "1, column 2: a string does not end"},
      {"[\"a\nb\"]", "1, column 2: a control character in a string"},
      {"[\"\\x\"]", "1, column 2: a backslash is followed by what is no escape"},
      {"[\"\\u12g4\"]", "1, column 2: \\u is not followed by four hexadecimal digits"},
      {"[\"\\u0000\"]", "1, column 2: a string holds the character NUL"},
      {"[\"\\ud83d\"]", "1, column 2: half a surrogate pair"},
      {"[\"\\ud83d\\u0041\"]", "1, column 2: half a surrogate pair"},
      {"[\"\\ude00\"]", "1, column 2: half a surrogate pair"},
      {"[\"\xff\"]", "1, column 2: a string is not UTF-8"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *message = message_of(cases[i].text, strlen(cases[i].text));
    g_autofree char *expected = g_strconcat("a.json, line ", cases[i].message, NULL);

    g_assert_cmpstr(message, ==, expected);
  }
  g_free(message_of("[\0]", 3));
}

static char *
nested(guint depth)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c(text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c(text, ']');
  return g_string_free(text, FALSE);
}

static gboolean
skips(const char *text, char **message)
{
  g_autoptr(MsJsonReader) reader = reader_of(text);
  g_autoptr(GError) error = NULL;
  gboolean skipped = ms_json_skip(reader, &error) && ms_json_next(reader, &error) == MS_JSON_END;

  g_assert_cmpint(skipped, ==, error == NULL);
  if (message)
    *message = error ? g_strdup(error->message) : NULL;
  return skipped;
}

static void
test_limits(void)
{
  g_autofree char *deepest = nested(64), *too_deep = nested(65);
  g_autofree char *message = message_of(too_deep, strlen(too_deep));
  g_autofree char *longest = g_strnfill(MS_JSON_MAX_TOKEN + 2, 'a');
  g_autofree char *too_long = g_strnfill(MS_JSON_MAX_TOKEN + 3, 'a');
  g_autofree char *digits = g_strnfill(MS_JSON_MAX_TOKEN + 1, '7');
  g_autofree char *long_message = NULL;
  g_autoptr(MsJsonReader) reader = reader_of(deepest);
  g_autoptr(MsJsonReader) long_reader = NULL;

  for (guint i = 0; i < 128; i++)
    g_assert_cmpint(ms_json_next(reader, NULL), ==, i < 64 ? MS_JSON_ARRAY : MS_JSON_ARRAY_END);
  g_assert_cmpint(ms_json_next(reader, NULL), ==, MS_JSON_END);
  g_assert_cmpstr(message, ==, "a.json, line 1, column 65: nested more than 64 deep");
  g_assert_true(skips(deepest, NULL));
  g_assert_false(skips(too_deep, NULL));

  longest[0] = longest[MS_JSON_MAX_TOKEN + 1] = '"';
  too_long[0] = too_long[MS_JSON_MAX_TOKEN + 2] = '"';
  long_reader = reader_of(longest);
  g_assert_cmpint(ms_json_next(long_reader, NULL), ==, MS_JSON_STRING);
  g_assert_cmpuint(strlen(ms_json_text(long_reader)), ==, MS_JSON_MAX_TOKEN);
  long_message = message_of(too_long, strlen(too_long));
  g_assert_cmpstr(long_message, ==,
                  "a.json, line 1, column 1: a string or number is longer than 1 MiB");
  g_free(message_of(digits, strlen(digits)));
  g_assert_true(skips(too_long, NULL));
}

static void
test_skip(void)
{
  g_autoptr(MsJsonReader) reader =
      reader_of("{\"a\":[1,{\"]\":\"}\\\"\"},\n2],\"b\":\n\"\\u\",\"c\":"
                "17,\"d\":{},\"e\":true,\"f\":x}");
  g_autoptr(GError) error = NULL;

  g_assert_cmpint(ms_json_next(reader, NULL), ==, MS_JSON_OBJECT);
  for (char key = 'a'; key <= 'e'; key++) {
    g_assert_cmpint(ms_json_next(reader, NULL), ==, MS_JSON_KEY);
    g_assert_cmpint(ms_json_text(reader)[0], ==, key);
    g_assert_true(ms_json_skip(reader, NULL));
  }
  g_assert_cmpint(ms_json_next(reader, NULL), ==, MS_JSON_KEY);
  g_assert_false(ms_json_skip(reader, &error));
  g_assert_cmpstr(error->message, ==, "a.json, line 3, column 33: a value is expected");
}

static void
test_skip_broken(void)
{
  static const char *const texts[] = {"",     "[",     "[1,{]",   "{\"a\":[}",
                                      "[\"a", "[\"\\", "\"a\\\"", "[\"\n\"]",
                                      "]",    "tru",   "[[[[]]]", "{\"a\":\"b}"};

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *message = NULL;

    g_assert_false(skips(texts[i], &message));
    g_assert_true(g_str_has_prefix(message, "a.json, line "));
  }
}

static void
test_places(void)
{
  g_autoptr(MsJsonReader) reader = reader_of("[ 10,\n {\"ab\": \"c\"}]");
  g_autoptr(GError) error = NULL;
  static const guint offsets[] = {0, 2, 7, 8, 14, 17, 18}, ends[] = {1, 4, 8, 13, 17, 18, 19};

  for (guint i = 0; i < G_N_ELEMENTS(offsets); i++) {
    ms_json_next(reader, NULL);
    g_assert_cmpuint(ms_json_offset(reader), ==, offsets[i]);
    g_assert_cmpuint(ms_json_position(reader), ==, ends[i]);
  }
  g_assert_false(ms_json_fail(reader, &error, "%d wrong", 7));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_assert_cmpstr(error->message, ==, "a.json, line 2, column 13: 7 wrong");
}

static void append_random_value(GString *text, TestRandom *random, guint depth);

static void
append_random_string(GString *text, TestRandom *random)
{
  static const char *const pieces[] = {
      "a", "{", "]", ",", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "\xc3\xa9", "0", "\\n", " "};

  g_string_append_c(text, '"');
  for (guint n = test_random_below(random, 40); n > 0; n--)
    g_string_append(text, pieces[test_random_below(random, G_N_ELEMENTS(pieces))]);
  g_string_append_c(text, '"');
}

static void
append_random_list(GString *text, TestRandom *random, guint depth, gboolean is_object)
{
  static const char *const blanks[] = {"", " ", "\n", "\t \r\n"};

  g_string_append_c(text, is_object ? '{' : '[');
  for (guint n = test_random_below(random, 6); n > 0; n--) {
    g_string_append(text, blanks[test_random_below(random, 4)]);
    if (is_object) {
      append_random_string(text, random);
      g_string_append(text, blanks[test_random_below(random, 4)]);
      g_string_append_c(text, ':');
    }
    append_random_value(text, random, depth - 1);
    g_string_append(text, n > 1 ? "," : blanks[test_random_below(random, 4)]);
  }
  g_string_append_c(text, is_object ? '}' : ']');
}

static void
append_random_value(GString *text, TestRandom *random, guint depth)
{
  guint kind = test_random_below(random, depth > 0 ? 5 : 3);

  if (kind == 0)
    append_random_string(text, random);
  else if (kind == 1)
    g_string_append_printf(text, "-%u.%ue-3", test_random(random), test_random(random));
  else if (kind == 2)
    g_string_append(text, "false");
  else
    append_random_list(text, random, depth, kind == 3);
}

/* A file of several windows says what its bytes say, and is skipped to the same place. */
static void
test_windows(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  for (guint round = 1; round <= 3; round++) {
    TestRandom random = {round};
    g_autoptr(GString) text = g_string_new("[0");
    g_autofree char *path = NULL, *of_file = NULL, *of_memory = NULL;
    g_autoptr(MsJsonReader) file_reader = NULL;
    g_autoptr(MsJsonReader) memory_reader = NULL;
    g_autoptr(MsJsonReader) skipper = NULL;
    int fd;

    while (text->len < 1000000) {
      g_string_append_c(text, ',');
      append_random_value(text, &random, 6);
    }
    g_string_append_c(text, ']');
    path = test_file(&folder, "a.json", text->str, text->len);
    fd = g_open(path, O_RDONLY, 0);
    file_reader = ms_json_reader_new_fd(fd, 0, G_MAXUINT64, "a.json", NULL);
    skipper = ms_json_reader_new_fd(fd, 0, text->len, "a.json", NULL);
    memory_reader = reader_of(text->str);
    of_file = spell(file_reader);
    of_memory = spell(memory_reader);
    g_assert_true(g_str_has_suffix(of_memory, "]."));
    g_assert_true(strcmp(of_file, of_memory) == 0);
    g_assert_true(ms_json_skip(skipper, NULL));
    g_assert_cmpuint(ms_json_position(skipper), ==, text->len);
    g_assert_cmpint(ms_json_next(skipper, NULL), ==, MS_JSON_END);
    close(fd);
  }
}

static void
test_parts(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "a.json", "[{\"a\":1}, {\"b\":x}]", 19);
  int fd = g_open(path, O_RDONLY, 0);
  g_autoptr(MsJsonReader) good = ms_json_reader_new_fd(fd, 1, 7, "a.json", NULL);
  g_autoptr(MsJsonReader) endless = ms_json_reader_new_fd(fd, 1, G_MAXUINT64, "a.json", NULL);
  g_autoptr(MsJsonReader) bad = ms_json_reader_new_fd(fd, 10, 7, "a.json", NULL);
  g_autoptr(MsJsonReader) cut = ms_json_reader_new_fd(fd, 1, 5, "a.json", NULL);
  g_autofree char *of_good = spell(good), *of_endless = spell(endless), *of_cut = spell(cut);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr(of_good, ==, "{k(a)n(1)}.");
  g_assert_cmpstr(of_endless, ==, of_good);
  g_assert_cmpstr(of_cut, ==, "{k(a)!");
  g_assert_cmpint(ms_json_next(bad, NULL), ==, MS_JSON_OBJECT);
  g_assert_cmpint(ms_json_next(bad, NULL), ==, MS_JSON_KEY);
  g_assert_cmpint(ms_json_next(bad, &error), ==, MS_JSON_ERROR);
  g_assert_cmpstr(error->message, ==, "a.json, byte 15: a value is expected");
  close(fd);
}

static void
test_cancel(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "a.json", "[1]", 3);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  int fd = g_open(path, O_RDONLY, 0);
  g_autoptr(MsJsonReader) reader = ms_json_reader_new_fd(fd, 0, 3, "a.json", cancellable);
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_cmpint(ms_json_next(reader, &error), ==, MS_JSON_ERROR);
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close(fd);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/json/tokens", test_tokens);
  g_test_add_func("/json/numbers", test_numbers);
  g_test_add_func("/json/broken", test_broken);
  g_test_add_func("/json/limits", test_limits);
  g_test_add_func("/json/skip", test_skip);
  g_test_add_func("/json/skip-broken", test_skip_broken);
  g_test_add_func("/json/places", test_places);
  g_test_add_func("/json/windows", test_windows);
  g_test_add_func("/json/parts", test_parts);
  g_test_add_func("/json/cancel", test_cancel);
  return g_test_run();
}
