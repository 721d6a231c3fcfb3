/* SPDX-License-Identifier: MIT
 *
 * Streams written by GIO and read back; limits, and streams that break off.
 */
#include "io/gzip.h"

#include "broken-files.h"
#include "gzip-file.h"
#include "support/random.h"

#define LIMIT (1u << 20)

static GBytes *
join(GBytes *first, const void *data, gsize size)
{
  GByteArray *joined = g_byte_array_new();

  g_byte_array_append(joined, g_bytes_get_data(first, NULL), (guint)g_bytes_get_size(first));
  g_byte_array_append(joined, data, (guint)size);
  return g_byte_array_free_to_bytes(joined);
}

static void
assert_inflates(GBytes *bytes, guint64 limit, const void *data, gsize size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) inflated = ms_gzip_inflate(bytes, limit, "a.gz", NULL, &error);

  g_assert_no_error(error);
  g_assert_cmpmem(g_bytes_get_data(inflated, NULL), g_bytes_get_size(inflated), data, size);
}

static void
assert_fails(GBytes *bytes, guint64 limit, MsIoError code, const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) inflated = ms_gzip_inflate(bytes, limit, "masks/a.gz", NULL, &error);

  g_assert_null(inflated);
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_true(g_str_has_prefix(error->message, "masks/a.gz: "));
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

static guint8 *
random_data(gsize size)
{
  TestRandom random = {7};
  guint8 *data = g_malloc(size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)test_random_below(&random, 7);
  return data;
}

static void
test_round_trips(void)
{
  static const gsize sizes[] = {0, 1, 100, 65535, 65536, 65537, 3000000};
  g_autofree guint8 *data = random_data(3000000);

  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
    g_autoptr(GBytes) bytes = test_gzip(data, sizes[i]);

    g_assert_true(ms_gzip_sniff(bytes));
    assert_inflates(bytes, 3000000, data, sizes[i]);
  }
}

static void
test_members(void)
{
  static const char text[] = "ab"
                             "c"
                             "defg";
  g_autoptr(GBytes) ab = test_gzip(text, 2);
  g_autoptr(GBytes) c = test_gzip(text + 2, 1);
  g_autoptr(GBytes) none = test_gzip(text, 0);
  g_autoptr(GBytes) defg = test_gzip(text + 3, 4);
  g_autoptr(GBytes) two = join(ab, g_bytes_get_data(c, NULL), g_bytes_get_size(c));
  g_autoptr(GBytes) three = join(two, g_bytes_get_data(none, NULL), g_bytes_get_size(none));
  g_autoptr(GBytes) four = join(three, g_bytes_get_data(defg, NULL), g_bytes_get_size(defg));
  g_autoptr(GBytes) padded = join(four, "\0\0\0\0\0", 5);
  g_autoptr(GBytes) other = join(four, "\0\0x", 3);

  assert_inflates(four, 7, text, 7);
  assert_inflates(padded, LIMIT, text, 7);
  assert_fails(four, 6, MS_IO_ERROR_TOO_LARGE, "more than 6 bytes");
  assert_fails(other, LIMIT, MS_IO_ERROR_CORRUPT, "3 bytes behind its gzip data");
}

/* What inflates to a thousand times its size stops at the limit, and not a byte before. */
static void
test_limit(void)
{
  const gsize size = 5 << 20;
  g_autofree guint8 *zeros = g_malloc0(size);
  g_autoptr(GBytes) bytes = test_gzip(zeros, size);

  g_assert_cmpuint(g_bytes_get_size(bytes), <, 10000);
  assert_inflates(bytes, size, zeros, size);
  assert_inflates(bytes, G_MAXUINT64, zeros, size);
  assert_fails(bytes, size - 1, MS_IO_ERROR_TOO_LARGE, "more than 5242879 bytes");
  assert_fails(bytes, 0, MS_IO_ERROR_TOO_LARGE, "more than 0 bytes");
}

static void
test_cut_off(void)
{
  g_autofree guint8 *data = random_data(5000);
  g_autoptr(GBytes) whole = test_gzip(data, 5000);

  for (gsize size = 2; size < g_bytes_get_size(whole); size++) {
    g_autoptr(GBytes) part = g_bytes_new_from_bytes(whole, 0, size);

    assert_fails(part, LIMIT, MS_IO_ERROR_CORRUPT, "cut short");
  }
}

/* A wrong bit is an error, or changes nothing: some bits of the header mean nothing here, nor do
 * those between the last code and the checksum. */
static void
test_wrong_bits(void)
{
  g_autofree guint8 *data = random_data(500);
  g_autoptr(GBytes) whole = test_gzip(data, 500);
  gsize size = g_bytes_get_size(whole);
  guint n_wrong = 0;

  for (gsize bit = 0; bit < 8 * size; bit++) {
    guint8 *copy = g_memdup2(g_bytes_get_data(whole, NULL), size);
    g_autoptr(GBytes) changed = g_bytes_new_take(copy, size);
    g_autoptr(GBytes) inflated = NULL;

    copy[bit / 8] ^= (guint8)(1 << bit % 8);
    inflated = ms_gzip_inflate(changed, LIMIT, "a.gz", NULL, NULL);
    if (inflated)
      g_assert_cmpmem(g_bytes_get_data(inflated, NULL), g_bytes_get_size(inflated), data, 500);
    n_wrong += !inflated;
  }
  g_assert_cmpuint(n_wrong, >, 8 * (size - 11));
}

static void
assert_start(GBytes *bytes, gsize n_bytes, const guint8 *data, gsize expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) start = ms_gzip_inflate_start(bytes, n_bytes, "a.gz", &error);

  g_assert_no_error(error);
  g_assert_cmpmem(g_bytes_get_data(start, NULL), g_bytes_get_size(start), data, expected);
}

static void
test_start(void)
{
  g_autofree guint8 *data = random_data(200000);
  g_autoptr(GBytes) whole = test_gzip(data, 200000);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, 20000);
  g_autoptr(GBytes) header = g_bytes_new_from_bytes(whole, 0, 10);
  g_autoptr(GBytes) small = test_gzip(data, 100);

  assert_start(whole, 540, data, 540);
  assert_start(whole, 150000, data, 150000);
  assert_start(cut, 540, data, 540);
  assert_start(small, 540, data, 100);
  assert_start(header, 540, data, 0);
}

static void
assert_promised_fails(GBytes *bytes, gsize n_bytes, const char *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_gzip_inflate_promised(bytes, n_bytes, "a.gz", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT);
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

/* What is behind is counted, without memory for it, and not to the end of what never ends. */
static void
test_promised(void)
{
  g_autofree guint8 *data = random_data(200000);
  g_autofree guint8 *zeros = g_malloc0(80u << 20);
  g_autoptr(GBytes) whole = test_gzip(data, 200000);
  g_autoptr(GBytes) bomb = test_gzip(zeros, 80u << 20);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, 20000);
  g_autoptr(GBytes) exact = ms_gzip_inflate_promised(whole, 200000, "a.gz", NULL, NULL);
  g_autoptr(GBytes) fewer = ms_gzip_inflate_promised(whole, 200001, "a.gz", NULL, NULL);

  g_assert_cmpmem(g_bytes_get_data(exact, NULL), g_bytes_get_size(exact), data, 200000);
  g_assert_cmpuint(g_bytes_get_size(fewer), ==, 200000);
  assert_promised_fails(whole, 199999, ": 1 inflated bytes behind the 199999");
  assert_promised_fails(whole, 352, ": 199648 inflated bytes behind the 352 ");
  assert_promised_fails(bomb, 352, "at least ");
  assert_promised_fails(cut, 200000, "cut short");
}

static void
test_cancelled(void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GBytes) bytes = test_gzip("ab", 2);
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_null(ms_gzip_inflate(bytes, LIMIT, "a.gz", cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_other_data(void)
{
  g_autoptr(GBytes) zip = g_bytes_new_static("PK\3\4", 4);
  g_autoptr(GBytes) none = g_bytes_new_static("", 0);

  g_assert_false(ms_gzip_sniff(zip));
  g_assert_false(ms_gzip_sniff(none));
  assert_fails(zip, LIMIT, MS_IO_ERROR_FORMAT, "begins with a ZIP archive");
  assert_fails(none, LIMIT, MS_IO_ERROR_FORMAT, "not gzip data");
}

static gboolean
read_broken(const char *path, GBytes *bytes, GError **error)
{
  g_autoptr(GBytes) inflated = ms_gzip_inflate(bytes, LIMIT, "a.gz", NULL, error);

  return inflated != NULL;
}

static void
test_broken(void)
{
  static const TestBroken list[] = {
      {"bomb.gz", MS_IO_ERROR_TOO_LARGE, "more than 1048576 bytes"},
      {"cut-off.gz", MS_IO_ERROR_CORRUPT, "cut short"},
      {"header-alone.gz", MS_IO_ERROR_CORRUPT, "cut short"},
      {"magic-alone.gz", MS_IO_ERROR_CORRUPT, "cut short"},
      {"name-without-end.gz", MS_IO_ERROR_CORRUPT, "cut short"},
      {"no-checksum.gz", MS_IO_ERROR_CORRUPT, "cut short"},
      {"other-data-behind.gz", MS_IO_ERROR_CORRUPT, "4 bytes behind"},
      {"refers-too-far-back.gz", MS_IO_ERROR_CORRUPT, "broken gzip data"},
      {"second-member-cut-off.gz", MS_IO_ERROR_CORRUPT, "cut short"},
      {"unknown-method.gz", MS_IO_ERROR_CORRUPT, "broken gzip data"},
      {"wrong-checksum.gz", MS_IO_ERROR_CORRUPT, "broken gzip data"},
      {"wrong-length.gz", MS_IO_ERROR_CORRUPT, "broken gzip data"},
  };

  test_broken_files("gzip", list, G_N_ELEMENTS(list), read_broken);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/gzip/round-trips", test_round_trips);
  g_test_add_func("/gzip/members", test_members);
  g_test_add_func("/gzip/limit", test_limit);
  g_test_add_func("/gzip/cut-off", test_cut_off);
  g_test_add_func("/gzip/wrong-bits", test_wrong_bits);
  g_test_add_func("/gzip/start", test_start);
  g_test_add_func("/gzip/promised", test_promised);
  g_test_add_func("/gzip/cancelled", test_cancelled);
  g_test_add_func("/gzip/other-data", test_other_data);
  g_test_add_func("/gzip/broken", test_broken);
  return g_test_run();
}
