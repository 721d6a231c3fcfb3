/* SPDX-License-Identifier: MIT
 *
 * Bad .npy files: every one ends in an error that names the file, the cause and, in the header, the
 * place.
 */
#include "io/error.h"
#include "npy-file.h"
#include "support/random.h"

static void
assert_fails(GBytes *bytes, MsIoError code, const char *message)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_npy_parse(bytes, "masks/a.npy", &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_cmpstr(error->message, ==, message);
}

/* $ is where the byte of the message points to; it is taken out. */
static void
assert_header_fails_at(const char *marked, const char *cause)
{
  gsize place = strcspn(marked, "$");
  g_autofree char *text = g_strdup_printf("%.*s%s", (int)place, marked, marked + place + 1);
  g_autofree char *message = g_strdup_printf(
      "masks/a.npy: broken NumPy header (byte %" G_GSIZE_FORMAT ": %s)", 10 + place, cause);
  g_autoptr(GBytes) bytes = test_npy_file(1, text, "\0\0\0\0\0\0\0\0", 8);

  assert_fails(bytes, MS_IO_ERROR_PARSE, message);
}

static void
test_broken_headers(void)
{
  static const char *const number = "a whole number is expected in the shape";
  static const char *const quote = "a quote is opened and not closed as it should be";
  static const char *const truth = "True or False is expected";

  assert_header_fails_at("$", "{ is expected");
  assert_header_fails_at("  $('descr', '<f8')", "{ is expected");
  assert_header_fails_at("{'descr': '<f8', 'shape': (1,) $'fortran_order': False}",
                         "a comma or } is expected");
  assert_header_fails_at("{'descr': '<f8', 'shape': (1,), $", "a quoted word is expected");
  assert_header_fails_at("{$descr: '<f8'}", "a quoted word is expected");
  assert_header_fails_at("{$, }", "a quoted word is expected");
  assert_header_fails_at("{'descr': $<f8}", "a quoted word is expected");
  assert_header_fails_at("{'descr': $'<f8", quote);
  assert_header_fails_at("{'descr': $'<f8\"}", quote);
  assert_header_fails_at("{'descr': $'<\\x66' }", quote);
  assert_header_fails_at("{$'des\ncr': '<f8'}", quote);
  assert_header_fails_at("{'descr' $'<f8'}", "a colon is expected");
  assert_header_fails_at("{'$order': 'C'}", "a key other than descr, fortran_order and shape");
  assert_header_fails_at("{'$desc': '<f8'}", "a key other than descr, fortran_order and shape");
  assert_header_fails_at("{'descr': '<f8', '$descr': '<f8'}", "a key stands there twice");
  assert_header_fails_at("{'fortran_order': $0}", truth);
  assert_header_fails_at("{'fortran_order': $false}", truth);
  assert_header_fails_at("{'fortran_order': $'True'}", truth);
  assert_header_fails_at("{'fortran_order': True$ly}", "a comma or } is expected");
  assert_header_fails_at("{'shape': $3}", "a shape in ( ) is expected");
  assert_header_fails_at("{'shape': $[3, 4]}", "a shape in ( ) is expected");
  assert_header_fails_at("{'shape': (3$)}", "a comma is expected behind a single side");
  assert_header_fails_at("{'shape': (3 $4)}", "a comma or ) is expected in the shape");
  assert_header_fails_at("{'shape': (3$.0,)}", "a comma or ) is expected in the shape");
  assert_header_fails_at("{'shape': (3, $-4)}", number);
  assert_header_fails_at("{'shape': ($,)}", number);
  assert_header_fails_at("{'shape': (1, $, 2)}", number);
  assert_header_fails_at("{'shape': ($010,)}", number);
  assert_header_fails_at("{'shape': ($None,)}", number);
  assert_header_fails_at("{'shape': (1, 2$", "a comma or ) is expected in the shape");
  assert_header_fails_at("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }  $; {}",
                         "nothing is expected behind }");
}

static void
assert_header_fails(const char *text, MsIoError code, const char *cause)
{
  g_autoptr(GBytes) bytes = test_npy_file(1, text, "\0\0\0\0\0\0\0\0", 8);
  g_autofree char *message = g_strconcat("masks/a.npy: ", cause, NULL);

  assert_fails(bytes, code, message);
}

static void
test_missing_keys(void)
{
  assert_header_fails("{}", MS_IO_ERROR_PARSE, "broken NumPy header (no key descr)");
  assert_header_fails("{'descr': '<f8', 'shape': (1,)}", MS_IO_ERROR_PARSE,
                      "broken NumPy header (no key fortran_order)");
  assert_header_fails("{'descr': '<f8', 'fortran_order': True}", MS_IO_ERROR_PARSE,
                      "broken NumPy header (no key shape)");
}

static void
test_arrays_of_something_else(void)
{
  static const struct {
    const char *descr;
    const char *cause; /* up to the bracket's end */
  } others[] = {
      {"'|O'", "an array of pickled Python objects (dtype |O)"},
      {"'|O8'", "an array of pickled Python objects (dtype |O8)"},
      {"'<U12'", "an array of text (dtype <U12)"},
      {"'|S5'", "an array of byte strings (dtype |S5)"},
      {"'|V16'", "an array of raw records (dtype |V16)"},
      {"'<c8'", "an array of complex numbers (dtype <c8)"},
      {"'<M8[ns]'", "an array of dates (dtype <M8[ns])"},
      {"'<m8[s]'", "an array of time spans (dtype <m8[s])"},
      {"'<f16'", "an array of floats of an unusual size (dtype <f16)"},
      {"'<i3'", "an array of an unknown type (dtype <i3)"},
      {"'|b2'", "an array of an unknown type (dtype |b2)"},
      {"'<<f4'", "an array of an unknown type (dtype <<f4)"},
      {"'float32'", "an array of an unknown type (dtype float32)"},
      {"''", "an array of an unknown type (dtype )"},
      {"'<'", "an array of an unknown type (dtype <)"},
      {"[('x', '<f4'), ('y', '<f4')]",
       "an array of structured records (dtype [('x', '<f4'), ('y', '<f4')], 'fortran_o)"},
      {"('<f4', (2,))",
       "an array of structured records (dtype ('<f4', (2,)), 'fortran_order': False, ')"},
      {"[('\x01\xff', '<f4')]",
       "an array of structured records (dtype [('?\xef\xbf\xbd', '<f4')], 'fortran_order': False,"
       ")"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
    g_autofree char *text = g_strdup_printf(
        "{'descr': %s, 'fortran_order': False, 'shape': (1,), }\n", others[i].descr);
    g_autofree char *cause =
        g_strdup_printf("%s; bool, integers and floats of up to 8 bytes are read", others[i].cause);

    assert_header_fails(text, MS_IO_ERROR_UNSUPPORTED, cause);
  }
}

static void
test_limits(void)
{
  static const char start[] = "{'descr': '<f8', 'fortran_order': False, 'shape': ";
  static const struct {
    const char *shape;
    const char *cause;
  } shapes[] = {
      {"(1,1,1,1,1,1,1,1,1)", "9 dimensions; up to 8 are read"},
      {"(4294967296,)", "a side of its shape is longer than 4294967295"},
      {"(0, 99999999999999999999999999)", "a side of its shape is longer than 4294967295"},
      {"(4294967295, 4294967295)", "its shape has more items than memory can hold"},
      {"(4294967295, 0, 4294967295)", "its shape has more items than memory can hold"},
      {"(65536, 65536, 65536, 8192)", "its shape has more items than memory can hold"}, /* 2^64 B */
  };
  g_autofree char *blanks = g_strnfill(MS_NPY_MAX_HEADER_BYTES + 1, ' ');
  g_autoptr(GBytes) long_header = test_npy_file(3, blanks, "", 0);

  for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
    g_autofree char *text = g_strconcat(start, shapes[i].shape, "}", NULL);
    assert_header_fails(text, MS_IO_ERROR_TOO_LARGE, shapes[i].cause);
  }
  assert_header_fails("{'descr': '|u1', 'fortran_order': True, 'shape': (4294967295, 4294967295)}",
                      MS_IO_ERROR_CORRUPT, "cut short: 92 of 18446744065119617109 bytes");
  assert_header_fails("{'descr': '<u2', 'fortran_order': True, 'shape': (4294967295, 2147483649)}",
                      MS_IO_ERROR_TOO_LARGE, "its shape has more items than memory can hold");
  assert_fails(long_header, MS_IO_ERROR_TOO_LARGE,
               "masks/a.npy: a header of 65537 bytes; up to 65536 are read");
}

static const char small_header[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

static void
test_every_truncation(void)
{
  static const guint8 data[24];

  for (int version = 1; version <= 3; version++) {
    g_autoptr(GBytes) whole = test_npy_file(version, small_header, data, sizeof data);
    gsize prefix = version == 1 ? 10 : 12;
    gsize size = g_bytes_get_size(whole);

    for (gsize n = 1; n < size; n++) {
      /* A copy of its own size, so that a byte too far is noticed. */
      g_autoptr(GBytes) part = g_bytes_new(g_bytes_get_data(whole, NULL), n);
      gsize needed = n < 8 ? 10 : n < prefix ? prefix : n < size - 24 ? size - 24 : size;
      g_autofree char *message = g_strdup_printf("masks/a.npy: cut short: %" G_GSIZE_FORMAT
                                                 " of %s%" G_GSIZE_FORMAT " bytes",
                                                 n, n < size - 24 ? "at least " : "", needed);

      assert_fails(part, MS_IO_ERROR_CORRUPT, message);
    }
  }
}

static void
test_not_an_array(void)
{
  static const guint8 data[25];
  g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
  g_autoptr(GBytes) picture = g_bytes_new_static("\x89PNG\r\n\x1a\n", 8);
  g_autoptr(GBytes) archive = g_bytes_new_static("PK\3\4", 4);
  g_autoptr(GBytes) too_long = test_npy_file(1, small_header, data, sizeof data);
  g_autoptr(GBytes) version_4 = test_npy_file(4, small_header, data, 24);
  g_autoptr(GBytes) version_1_1 = g_bytes_new_static("\x93NUMPY\1\1\0\0", 10);

  assert_fails(empty, MS_IO_ERROR_EMPTY, "masks/a.npy: empty (0 bytes)");
  assert_fails(picture, MS_IO_ERROR_FORMAT, "masks/a.npy: not a .npy file (begins with PNG data)");
  assert_fails(archive, MS_IO_ERROR_FORMAT,
               "masks/a.npy: not a .npy file (begins with a ZIP archive)");
  assert_fails(too_long, MS_IO_ERROR_CORRUPT,
               "masks/a.npy: too long: 95 bytes where its header promises 94");
  assert_fails(version_4, MS_IO_ERROR_UNSUPPORTED,
               "masks/a.npy: version 4.0 of the .npy format; 1.0, 2.0 and 3.0 are read");
  assert_fails(version_1_1, MS_IO_ERROR_UNSUPPORTED,
               "masks/a.npy: version 1.1 of the .npy format; 1.0, 2.0 and 3.0 are read");
}

/* Reads whatever was accepted, so that a wrong size would be noticed. */
static gboolean
try_to_read(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsNpy) npy = ms_npy_parse(bytes, "a.npy", &error);
  gsize index[MS_NPY_MAX_DIMENSIONS];

  g_assert_true((npy == NULL) == (error != NULL));
  if (npy == NULL) {
    g_assert_true(g_str_has_prefix(error->message, "a.npy: "));
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    return FALSE;
  }
  g_assert_cmpuint(ms_npy_n_items(npy), <=, size);
  for (gsize i = 0; i < ms_npy_n_items(npy); i++) {
    test_npy_unravel(i, npy->n_dimensions, npy->shape, index);
    ms_npy_get(npy, index);
  }
  return TRUE;
}

static void
test_random_mutations(void)
{
  static const char alphabet[] = "{}()[]'\",: \n0123456789<>|=bufiOTrueFalseLshape\\\0\x93\xff";
  static const guint8 data[24];
  TestRandom random = {77};
  guint n_read = 0;

  for (int round = 0; round < 100000; round++) {
    int version = 1 + round % 3;
    g_autoptr(GBytes) sound = test_npy_file(version, small_header, data, sizeof data);
    GByteArray *file = g_bytes_unref_to_array(g_steal_pointer(&sound));

    for (guint n = 1 + test_random_below(&random, 4); n > 0; n--) {
      guint at = test_random_below(&random, file->len);
      guint8 c = (guint8)alphabet[test_random_below(&random, sizeof alphabet - 1)];

      switch (test_random_below(&random, 4)) {
      case 0:
        g_byte_array_remove_index(file, at);
        break;
      case 1:
        g_byte_array_append(file, &c, 1);
        break;
      default:
        file->data[at] = c;
      }
    }
    n_read += try_to_read(file->data, file->len);
    g_byte_array_unref(file);
  }
  g_assert_cmpuint(n_read, >, 1000); /* mutated data, '>f4', ... */
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/npy-broken/broken-headers", test_broken_headers);
  g_test_add_func("/npy-broken/missing-keys", test_missing_keys);
  g_test_add_func("/npy-broken/other-types", test_arrays_of_something_else);
  g_test_add_func("/npy-broken/limits", test_limits);
  g_test_add_func("/npy-broken/truncations", test_every_truncation);
  g_test_add_func("/npy-broken/not-an-array", test_not_an_array);
  g_test_add_func("/npy-broken/mutations", test_random_mutations);
  return g_test_run();
}
