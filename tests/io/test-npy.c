/* SPDX-License-Identifier: MIT
 *
 * Arrays written here, byte by byte, and read back, and real arrays beside their tables.
 */
#include "io/npy.h"

#include <math.h>

#include "io/file.h"
#include "io/table.h"
#include "npy-file.h"
#include "support/data.h"
#include "support/random.h"

static MsNpy *
parse_text(const char *header, const char *data, gsize size)
{
  g_autoptr(GBytes) bytes = test_npy_file(1, header, data, size);

  return test_npy_parse(bytes);
}

static const struct {
  const char *dtype; /* behind the byte order */
  MsNpyType type;
  guint size;
  const char *name;
} types[] = {
    {"b1", MS_NPY_BOOL, 1, "bool"},     {"u1", MS_NPY_UINT, 1, "uint8"},
    {"u2", MS_NPY_UINT, 2, "uint16"},   {"u4", MS_NPY_UINT, 4, "uint32"},
    {"u8", MS_NPY_UINT, 8, "uint64"},   {"i1", MS_NPY_INT, 1, "int8"},
    {"i2", MS_NPY_INT, 2, "int16"},     {"i4", MS_NPY_INT, 4, "int32"},
    {"i8", MS_NPY_INT, 8, "int64"},     {"f2", MS_NPY_FLOAT, 2, "float16"},
    {"f4", MS_NPY_FLOAT, 4, "float32"}, {"f8", MS_NPY_FLOAT, 8, "float64"},
};

/* Every type with bytes that a reader can check by hand. */
static void
test_spelled_out_items(void)
{
  static const struct {
    const char *dtype;
    const char bytes[9];
    guint size;
    double value;
  } items[] = {
      {"|b1", "\x00", 1, 0},
      {"|b1", "\x01", 1, 1},
      {"|b1", "\xff", 1, 1},
      {"|u1", "\xc8", 1, 200},
      {"|i1", "\xc8", 1, -56},
      {"<u2", "\x34\x12", 2, 0x1234},
      {">u2", "\x12\x34", 2, 0x1234},
      {"<i2", "\x18\xfc", 2, -1000},
      {">i2", "\xfc\x18", 2, -1000},
      {"<u4", "\x01\x00\x00\x80", 4, 2147483649.0},
      {">i4", "\x80\x00\x00\x01", 4, -2147483647.0},
      {"<u8", "\x01\x00\x00\x00\x00\x00\x20\x00", 8, 9007199254740992.0}, /* 2^53 + 1 */
      {"<u8", "\xff\xff\xff\xff\xff\xff\x1f\x00", 8, 9007199254740991.0},
      {">u8", "\xff\xff\xff\xff\xff\xff\xff\xff", 8, 18446744073709551616.0},
      {"<i8", "\x00\x00\x00\x00\x00\x00\x00\x80", 8, -9223372036854775808.0},
      {">i8", "\xff\xff\xff\xff\xff\xff\xff\xfe", 8, -2},
      {"<f2", "\x00\x3c", 2, 1},
      {">f2", "\xc1\x00", 2, -2.5},
      {"<f4", "\x00\x00\x20\x3e", 4, 0.15625},
      {">f4", "\x3e\x20\x00\x00", 4, 0.15625},
      {"<f8", "\x00\x00\x00\x00\x00\x00\x04\xc0", 8, -2.5},
      {">f8", "\xc0\x04\x00\x00\x00\x00\x00\x00", 8, -2.5},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(items); i++) {
    g_autofree char *header =
        g_strdup_printf("{'descr': '%s', 'fortran_order': False, 'shape': (), }\n", items[i].dtype);
    g_autoptr(MsNpy) npy = parse_text(header, items[i].bytes, items[i].size);

    g_assert_cmpuint(npy->n_dimensions, ==, 0);
    g_assert_cmpuint(ms_npy_n_items(npy), ==, 1);
    g_assert_cmpfloat(ms_npy_get(npy, NULL), ==, items[i].value);
  }
}

static double
value_of_half(guint bits)
{
  int exponent = bits >> 10 & 31;
  double sign = bits >> 15 ? -1 : 1;

  if (exponent == 0)
    return sign * pow(2, -14) * ((bits & 1023) / 1024.0);
  return sign * pow(2, exponent - 15) * (1 + (bits & 1023) / 1024.0);
}

static void
test_every_half(void)
{
  g_autofree guint8 *data = g_malloc(65536 * 2);
  g_autoptr(MsNpy) npy = NULL;

  for (guint bits = 0; bits < 65536; bits++) {
    data[2 * bits] = (guint8)(bits >> 8);
    data[2 * bits + 1] = (guint8)bits;
  }
  npy = parse_text("{'descr': '>f2', 'fortran_order': False, 'shape': (65536,), }\n", (char *)data,
                   65536 * 2);
  for (gsize bits = 0; bits < 65536; bits++) {
    double value = ms_npy_get(npy, &bits);

    g_assert_cmpint(signbit(value) != 0, ==, bits >= 32768);
    if ((bits & 0x7c00) != 0x7c00)
      g_assert_cmpfloat(value, ==, value_of_half((guint)bits));
    else if ((bits & 0x3ff) == 0)
      g_assert_true(isinf(value));
    else
      g_assert_true(isnan(value));
  }
  g_assert_cmpfloat(ms_npy_get(npy, &(gsize){0x0001}), ==, 5.9604644775390625e-8);
  g_assert_cmpfloat(ms_npy_get(npy, &(gsize){0x7bff}), ==, 65504);
}

/* The value of an item's bits, the plain way. */
static double
value_of_bits(guint type, guint64 bits)
{
  union {
    guint64 bits;
    double value;
  } wide = {bits};
  union {
    guint32 bits;
    float value;
  } single = {(guint32)bits};

  switch (types[type].type) {
  case MS_NPY_BOOL:
    return bits ? 1 : 0;
  case MS_NPY_UINT:
    return (double)bits;
  case MS_NPY_INT:
    return types[type].size == 1   ? (gint8)bits
           : types[type].size == 2 ? (gint16)bits
           : types[type].size == 4 ? (gint32)bits
                                   : (double)(gint64)bits;
  default:
    return types[type].size == 2   ? value_of_half((guint)bits)
           : types[type].size == 4 ? (double)single.value
                                   : wide.value;
  }
}

/* Random bits of an item, but no float that is no number, so that values compare. */
static guint64
random_bits(TestRandom *random, guint type)
{
  guint64 bits = (guint64)test_random(random) << 32 | test_random(random);

  bits &= G_MAXUINT64 >> (64 - 8 * types[type].size);
  if (types[type].type == MS_NPY_FLOAT)
    bits &= ~(G_GUINT64_CONSTANT(1) << (8 * types[type].size - 2));
  return bits;
}

static char *
make_header(const char *order, const char *dtype, gboolean fortran, guint n, const gsize *shape)
{
  GString *header = g_string_new(NULL);

  g_string_printf(header, "{'descr': '%s%s', 'fortran_order': %s, 'shape': (", order, dtype,
                  fortran ? "True" : "False");
  for (guint i = 0; i < n; i++)
    g_string_append_printf(header, i == 0 ? "%zu," : " %zu,", shape[i]);
  g_string_append(header, "), }   \n");
  return g_string_free(header, FALSE);
}

/* Where the item lies among all in the file. */
static gsize
place_of(guint n, const gsize *shape, const gsize *index, gboolean fortran)
{
  gsize place = 0;

  for (guint i = 0; i < n; i++) {
    guint axis = fortran ? n - 1 - i : i;
    place = place * shape[axis] + index[axis];
  }
  return place;
}

static void
check_rows(const MsNpy *npy)
{
  g_autofree double *row = g_new(double, npy->shape[1]);

  for (gsize y = 0; y < npy->shape[0]; y++) {
    ms_npy_read_row(npy, y, row);
    for (gsize x = 0; x < npy->shape[1]; x++)
      g_assert_cmpfloat(row[x], ==, ms_npy_get(npy, (const gsize[]){y, x}));
  }
}

static void
check_round_trip(TestRandom *random, guint type, const char *order, int version, gboolean fortran,
                 guint n)
{
  gboolean big = *order == '>' || (*order != '<' && G_BYTE_ORDER == G_BIG_ENDIAN);
  guint size = types[type].size;
  gsize shape[MS_NPY_MAX_DIMENSIONS], index[MS_NPY_MAX_DIMENSIONS], n_items = 1;
  guint64 bits[6561]; /* 3^8 */
  g_autofree char *header = NULL;
  g_autofree guint8 *data = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsNpy) npy = NULL;

  for (guint i = 0; i < n; i++)
    n_items *= shape[i] = 1 + test_random_below(random, 3);
  header = make_header(order, types[type].dtype, fortran, n, shape);
  data = g_malloc(n_items * size);
  for (gsize i = 0; i < n_items; i++) {
    bits[i] = random_bits(random, type);
    test_npy_unravel(i, n, shape, index);
    for (guint byte = 0; byte < size; byte++)
      data[place_of(n, shape, index, fortran) * size + byte] =
          (guint8)(bits[i] >> 8 * (big ? size - 1 - byte : byte));
  }
  bytes = test_npy_file(version, header, data, n_items * size);
  npy = test_npy_parse(bytes);
  g_assert_cmpuint(npy->n_dimensions, ==, n);
  g_assert_cmpmem(npy->shape, n * sizeof *shape, shape, n * sizeof *shape);
  g_assert_cmpint(npy->type, ==, types[type].type);
  g_assert_cmpuint(npy->item_size, ==, size);
  g_assert_cmpint(npy->fortran_order, ==, fortran);
  g_assert_cmpstr(ms_npy_type_name(npy), ==, types[type].name);
  g_assert_cmpuint(ms_npy_n_items(npy), ==, n_items);
  for (gsize i = 0; i < n_items; i++) {
    test_npy_unravel(i, n, shape, index);
    g_assert_cmpfloat(ms_npy_get(npy, index), ==, value_of_bits(type, bits[i]));
  }
  if (n == 2)
    check_rows(npy);
}

static void
test_round_trips(void)
{
  static const char *const orders[] = {"<", ">", "|", "=", ""};
  TestRandom random = {4};

  for (guint type = 0; type < G_N_ELEMENTS(types); type++)
    for (gsize order = 0; order < G_N_ELEMENTS(orders); order++)
      for (int version = 1; version <= 3; version++)
        for (int fortran = 0; fortran < 2; fortran++)
          for (guint n = 0; n <= MS_NPY_MAX_DIMENSIONS; n++)
            check_round_trip(&random, type, orders[order], version, fortran, n);
}

static void
test_nothing_is_copied(void)
{
  static const char text[] = "{'shape':(2,2),'fortran_order':False,'descr':'<u4'}";
  static const guint8 data[] = {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0};

  for (gsize shift = 0; shift < 8; shift++) { /* any alignment */
    g_autoptr(GBytes) file = test_npy_file(2, text, data, sizeof data);
    gsize size = g_bytes_get_size(file);
    guint8 *shifted = g_malloc(size + shift);
    g_autoptr(GBytes) whole = g_bytes_new_take(shifted, size + shift);
    GBytes *part = g_bytes_new_from_bytes(whole, shift, size);
    g_autoptr(MsNpy) npy = NULL;

    memcpy(shifted + shift, g_bytes_get_data(file, NULL), size);
    npy = test_npy_parse(part);
    g_bytes_unref(part);
    g_assert_true(npy->data == shifted + shift + size - sizeof data);
    g_assert_cmpfloat(ms_npy_get(npy, (const gsize[]){1, 0}), ==, 3);
  }
}

static void
test_without_items(void)
{
  g_autoptr(MsNpy) none =
      parse_text("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", "", 0);
  g_autoptr(MsNpy) no_rows =
      parse_text("{'descr': '<f4', 'fortran_order': True, 'shape': (0, 4294967295), }", "", 0);
  g_autoptr(MsNpy) no_columns =
      parse_text("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 0), }", "", 0);

  g_assert_cmpuint(ms_npy_n_items(none), ==, 0);
  g_assert_cmpuint(ms_npy_n_items(no_rows), ==, 0);
  g_assert_cmpuint(no_rows->shape[1], ==, G_MAXUINT32);
  g_assert_cmpuint(ms_npy_n_items(no_columns), ==, 0);
  ms_npy_read_row(no_columns, 2, NULL);
}

static void
test_forms_of_headers(void)
{
  static const char *const texts[] = {
      "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2), }            \n",
      "{'descr': '<i2', 'shape': (1, 2), 'fortran_order': False}",
      "{'fortran_order': False, 'descr': '<i2', 'shape': (1, 2)}\n",
      "{'fortran_order': False, 'shape': (1, 2), 'descr': '<i2',}\n",
      "{'shape': (1, 2), 'descr': '<i2', 'fortran_order': False}\n",
      "{\"shape\": (1, 2), \"fortran_order\": False, \"descr\": \"<i2\"}\n",
      "{'shape':(1,2),'fortran_order':False,'descr':'<i2'}",
      " { 'shape' : ( 1 , 2 , ) ,\n\t'fortran_order' : False , 'descr' : '<i2' , } \r\n\n",
      "{'descr': '<i2', 'fortran_order': False, 'shape': (1L, 2L), }\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(MsNpy) npy = parse_text(texts[i], "\x01\x00\xff\xff", 4);

    g_assert_cmpuint(npy->n_dimensions, ==, 2);
    g_assert_cmpuint(npy->shape[0], ==, 1);
    g_assert_cmpuint(npy->shape[1], ==, 2);
    g_assert_cmpfloat(ms_npy_get(npy, (const gsize[]){0, 1}), ==, -1);
  }
}

static MsNpy *
load_real(const char *name)
{
  g_autofree char *path = g_build_filename(test_data(), "data", "emotions_multilabel", name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);

  g_assert_no_error(error);
  return test_npy_parse(bytes);
}

static MsTable *
load_real_table(const char *name)
{
  g_autofree char *path = g_build_filename(test_data(), "data", "emotions_multilabel", name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  MsTable *table;

  g_assert_no_error(error);
  table = ms_table_parse(bytes, name, &error);
  g_assert_no_error(error);
  return table;
}

static void
test_real_arrays(void)
{
  static const struct {
    const char *array, *table, *type;
    gboolean fortran;
    double tolerance; /* the tables have four decimals */
  } pairs[] = {
      {"actual.npy", "actual.csv", "uint8", FALSE, 1e-12},
      {"prob_A_logreg.npy", "prob_A_logreg.csv", "float32", TRUE, 0.0000501},
      {"prob_B_rf.npy", "prob_B_rf.csv", "float32", FALSE, 0.0000501},
  };

  if (test_data() == NULL) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_autoptr(MsNpy) npy = load_real(pairs[i].array);
    g_autoptr(MsTable) table = load_real_table(pairs[i].table);
    double row[6];

    g_assert_cmpstr(ms_npy_type_name(npy), ==, pairs[i].type);
    g_assert_cmpint(npy->fortran_order, ==, pairs[i].fortran);
    g_assert_cmpuint(npy->shape[0], ==, ms_table_n_rows(table));
    g_assert_cmpuint(npy->shape[1], ==, 6);
    for (guint y = 0; y < npy->shape[0]; y++) {
      ms_npy_read_row(npy, y, row);
      for (guint x = 0; x < 6; x++)
        g_assert_cmpfloat_with_epsilon(row[x], g_ascii_strtod(ms_table_cell(table, y, x + 1), NULL),
                                       pairs[i].tolerance);
    }
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/npy/items", test_spelled_out_items);
  g_test_add_func("/npy/halves", test_every_half);
  g_test_add_func("/npy/round-trips", test_round_trips);
  g_test_add_func("/npy/no-copy", test_nothing_is_copied);
  g_test_add_func("/npy/without-items", test_without_items);
  g_test_add_func("/npy/headers", test_forms_of_headers);
  g_test_add_func("/npy/real", test_real_arrays);
  return g_test_run();
}
