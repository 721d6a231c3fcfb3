/* SPDX-License-Identifier: MIT
 *
 * Packed histograms: what goes in comes out, in few bytes; counting needs no unpacking; damaged
 * bytes are told.
 */
#include "set/packed-private.h"
#include "set/pair.h"
#include "support/random.h"

static MsJoint *
joint_of(const MsCell *cells, gsize n_cells)
{
  MsJoint *joint = NULL;

  g_assert_cmpint(ms_joint_new_of_cells(cells, n_cells, &joint), ==, MS_STATUS_OK);
  return joint;
}

static MsPacked *
pack(const MsCell *cells, gsize n_cells)
{
  MsJoint *joint = joint_of(cells, n_cells);
  MsPacked *packed = ms_packed_new(joint, NULL, NULL);

  g_assert_nonnull(packed);
  ms_joint_free(joint);
  return packed;
}

static gsize
size_of(const MsPacked *packed)
{
  gsize size;

  ms_packed_bytes(packed, &size);
  return size;
}

static void
assert_cells(const MsCell *cells, gsize n_cells, const MsCell *expected, gsize n_expected)
{
  g_assert_cmpuint(n_cells, ==, n_expected);
  for (gsize i = 0; i < n_cells; i++) {
    g_assert_cmpuint(cells[i].actual, ==, expected[i].actual);
    g_assert_cmpuint(cells[i].predicted, ==, expected[i].predicted);
    g_assert_cmpuint(cells[i].count, ==, expected[i].count);
  }
}

/* Both ways out give the same. */
static void
assert_holds(const MsPacked *packed, const MsCell *expected, gsize n_expected)
{
  g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(MsCell));
  MsJoint *joint = NULL;
  MsStacks *actual, *predicted;
  const MsCell *joint_cells;
  gsize n_cells;

  g_assert_cmpint(ms_packed_cells(packed, cells), ==, MS_STATUS_OK);
  assert_cells((const MsCell *)(gpointer)cells->data, cells->len, expected, n_expected);
  g_assert_cmpuint(ms_packed_n_cells(packed), ==, n_expected);
  g_assert_cmpint(ms_packed_unpack(packed, &joint, &actual, &predicted), ==, MS_STATUS_OK);
  g_assert_null(actual);
  g_assert_null(predicted);
  g_assert_cmpint(ms_joint_cells(joint, &joint_cells, &n_cells), ==, MS_STATUS_OK);
  assert_cells(joint_cells, n_cells, expected, n_expected);
  ms_joint_free(joint);
}

static void
test_binary(void)
{
  static const MsCell cells[] = {{0, 0, 3600}, {0, 1, 73}, {1, 0, 39}, {1, 1, 416}};
  g_autoptr(MsPacked) packed = pack(cells, 4);

  assert_holds(packed, cells, 4);
  g_assert_cmpuint(size_of(packed), ==, 7 + 2 + 1 + 1 + 2);
}

static void
test_probabilities(void)
{
  MsCell cells[512];
  g_autoptr(MsPacked) packed = NULL;

  for (guint i = 0; i < 512; i++)
    cells[i] = (MsCell){i / 256, i % 256, 400 + i};
  packed = pack(cells, 512);
  assert_holds(packed, cells, 512);
  g_assert_cmpuint(size_of(packed), <=, 1100);
}

static void
test_edges(void)
{
  static const MsCell cells[] = {{0, 5, 1},
                                 {7, 0, G_MAXUINT32},
                                 {7, 65535, 127},
                                 {7, 65536, 128},
                                 {7, G_MAXUINT32, 1},
                                 {G_MAXUINT32 - 1, G_MAXUINT32, 1},
                                 {G_MAXUINT32, 0, 1},
                                 {G_MAXUINT32, G_MAXUINT32 - 1, 1},
                                 {G_MAXUINT32, G_MAXUINT32, G_GUINT64_CONSTANT(1) << 62}};
  g_autoptr(MsPacked) packed = pack(cells, G_N_ELEMENTS(cells));
  g_autoptr(MsPacked) none = pack(NULL, 0);

  assert_holds(packed, cells, G_N_ELEMENTS(cells));
  assert_holds(none, NULL, 0);
  g_assert_cmpuint(size_of(none), ==, 1);
}

static void
add_random_cells(GArray *cells, TestRandom *random)
{
  guint32 most = test_random_below(random, 3) == 0 ? 5 : 70000;
  MsCell cell = {test_random_below(random, 3), test_random_below(random, most), 0};

  for (guint n = test_random_below(random, 200); n > 0; n--) {
    cell.count = 1 + (guint64)(test_random(random) >> test_random_below(random, 32));
    g_array_append_val(cells, cell);
    if (test_random_below(random, 4) == 0) {
      cell.actual += 1 + test_random_below(random, most);
      cell.predicted = test_random_below(random, most);
    } else {
      cell.predicted += 1 + (test_random_below(random, 3) ? 0 : test_random_below(random, most));
    }
  }
}

static void
test_random_cells(void)
{
  TestRandom random = {20240501};

  for (guint i = 0; i < 2000; i++) {
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(MsCell));
    g_autoptr(MsPacked) packed = NULL;
    g_autoptr(MsPacked) copy = NULL;
    gsize size;

    add_random_cells(cells, &random);
    packed = pack((const MsCell *)(gpointer)cells->data, cells->len);
    copy = ms_packed_new_from_bytes(ms_packed_bytes(packed, &size), size_of(packed));
    assert_holds(copy, (const MsCell *)(gpointer)cells->data, cells->len);
  }
}

/* --- counting --------------------------------------------------------------------------------- */

static void
assert_counts_equal(const MsConfusion *a, const MsConfusion *b)
{
  MsCounts left = ms_confusion_counts(a), right = ms_confusion_counts(b);

  g_assert_cmpmem(&left, sizeof left, &right, sizeof right);
  g_assert_cmpuint(ms_confusion_wrong(a), ==, ms_confusion_wrong(b));
}

static void
test_count(void)
{
  static const MsCell cells[] = {{0, 20, 90}, {0, 200, 7}, {1, 20, 3}, {1, 130, 1}, {1, 250, 99}};
  g_autoptr(MsPacked) packed = pack(cells, G_N_ELEMENTS(cells));
  MsJoint *joint = joint_of(cells, G_N_ELEMENTS(cells));
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_THRESHOLD;
  for (rules.threshold = 0; rules.threshold < 255; rules.threshold += 10) {
    g_autoptr(MsConfusion) expected = NULL;
    g_autoptr(MsConfusion) confusion = NULL;

    g_assert_cmpint(ms_confusion_new(&rules, &expected), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_confusion_add_joint(expected, joint, NULL), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_packed_count(packed, &rules, &confusion, NULL), ==, MS_STATUS_OK);
    assert_counts_equal(confusion, expected);
  }
  ms_joint_free(joint);
}

static void
test_unknown_id(void)
{
  static const MsCell cells[] = {{1, 1, 9}, {4, 1, 2}};
  static const guint32 classes[] = {0, 1, 2};
  g_autoptr(MsPacked) packed = pack(cells, G_N_ELEMENTS(cells));
  MsConfusion *confusion = NULL;
  guint32 unknown = 0;
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_CLASSES;
  rules.classes = classes;
  rules.n_classes = G_N_ELEMENTS(classes);
  g_assert_cmpint(ms_packed_count(packed, &rules, &confusion, &unknown), ==, MS_STATUS_UNKNOWN_ID);
  g_assert_cmpuint(unknown, ==, 4);
  g_assert_null(confusion);
}

/* --- stacks ----------------------------------------------------------------------------------- */

static MsStacks *
stacks_of(const MsStackItem *items, const guint32 *starts, gsize n_stacks)
{
  MsStacks *stacks = NULL;

  g_assert_cmpint(ms_stacks_new(items, starts, n_stacks, &stacks), ==, MS_STATUS_OK);
  return stacks;
}

static void
assert_stacks_equal(const MsStacks *a, const MsStacks *b)
{
  g_assert_cmpuint(ms_stacks_count(a), ==, ms_stacks_count(b));
  for (guint32 i = 0; i < ms_stacks_count(a); i++) {
    gsize n_left, n_right;
    const MsStackItem *left = ms_stacks_items(a, i, &n_left);
    const MsStackItem *right = ms_stacks_items(b, i, &n_right);

    g_assert_cmpmem(left, n_left * sizeof *left, right, n_right * sizeof *right);
  }
}

static void
test_stacks(void)
{
  static const MsStackItem actual_items[] = {
      {0, MS_STACK_MAXIMUM}, {3, MS_STACK_MAXIMUM}, {G_MAXUINT32, MS_STACK_MAXIMUM}};
  static const guint32 actual_starts[] = {0, 0, 1, 3};
  static const MsStackItem predicted_items[] = {{3, 1}, {0, 0}, {3, MS_STACK_MAXIMUM / 3}};
  static const guint32 predicted_starts[] = {0, 0, 1, 3, 3};
  static const MsCell cells[] = {{0, 0, 50}, {0, 1, 2}, {1, 2, 40}, {2, 3, 9}};
  MsStacks *actual = stacks_of(actual_items, actual_starts, 3);
  MsStacks *predicted = stacks_of(predicted_items, predicted_starts, 4);
  MsJoint *joint = joint_of(cells, G_N_ELEMENTS(cells));
  g_autoptr(MsPacked) packed = ms_packed_new(joint, actual, predicted);
  MsJoint *joint_back = NULL;
  MsStacks *actual_back = NULL, *predicted_back = NULL;
  g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof(MsCell));
  g_autoptr(MsConfusion) expected = NULL;
  g_autoptr(MsConfusion) confusion = NULL;
  MsRules rules;

  g_assert_cmpint(ms_packed_unpack(packed, &joint_back, &actual_back, &predicted_back), ==,
                  MS_STATUS_OK);
  assert_stacks_equal(actual_back, actual);
  assert_stacks_equal(predicted_back, predicted);
  g_assert_cmpuint(ms_joint_total(joint_back), ==, 101);
  g_assert_cmpint(ms_packed_cells(packed, array), ==, MS_STATUS_OK);
  assert_cells((const MsCell *)(gpointer)array->data, array->len, cells, G_N_ELEMENTS(cells));

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_STACKS;
  rules.background = -1;
  g_assert_cmpint(ms_confusion_new(&rules, &expected), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_stacks(expected, joint, actual, predicted, NULL), ==,
                  MS_STATUS_OK);
  g_assert_cmpint(ms_packed_count(packed, &rules, &confusion, NULL), ==, MS_STATUS_OK);
  assert_counts_equal(confusion, expected);

  ms_joint_free(joint);
  ms_joint_free(joint_back);
  ms_stacks_free(actual);
  ms_stacks_free(actual_back);
  ms_stacks_free(predicted);
  ms_stacks_free(predicted_back);
}

/* --- damage ----------------------------------------------------------------------------------- */

static void
assert_broken(const guint8 *bytes, gsize size)
{
  g_autoptr(MsPacked) packed = ms_packed_new_from_bytes(bytes, size);
  g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(MsCell));
  MsConfusion *confusion = NULL;
  MsStacks *actual, *predicted;
  MsJoint *joint;
  MsRules rules;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_packed_cells(packed, cells), ==, MS_STATUS_INVALID);
  g_assert_cmpuint(cells->len, ==, 0);
  g_assert_cmpint(ms_packed_unpack(packed, &joint, &actual, &predicted), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_packed_count(packed, &rules, &confusion, NULL), ==, MS_STATUS_INVALID);
  g_assert_null(confusion);
}

#define ASSERT_BROKEN(...)                                                                         \
  assert_broken((const guint8[]){__VA_ARGS__}, sizeof((const guint8[]){__VA_ARGS__}))

#define TOP 0xff, 0xff, 0xff, 0xff

static void
test_broken(void)
{
  assert_broken(NULL, 0);
  ASSERT_BROKEN(2);                         /* a cell that is not there */
  ASSERT_BROKEN(TOP, TOP, 0xff, 1, 1, 0);   /* as many as there are numbers */
  ASSERT_BROKEN(0x80);                      /* a number without end */
  ASSERT_BROKEN(2, 0, 5);                   /* a first run without its actual sample */
  ASSERT_BROKEN(2, 1, 0, 0);                /* a count of 0 */
  ASSERT_BROKEN(2, 1, 0, 5, 5);             /* something behind */
  ASSERT_BROKEN(4, 3, 0, 7, 5, 5);          /* a run longer than all cells */
  ASSERT_BROKEN(2, 1, TOP, 0x10, 5);        /* an actual sample of 33 bits */
  ASSERT_BROKEN(2, 1 | 0x80, TOP, 0x40, 5); /* a predicted one */
  ASSERT_BROKEN(4, 3 | 0x80 | 0x7c, TOP, 0x3f, 0, 0, 5, 5);        /* a run beyond 32 bits */
  ASSERT_BROKEN(4, 3, 0, 0, TOP, TOP, 0xff, 1, TOP, TOP, 0xff, 1); /* more than 64 bits of pixels */
  ASSERT_BROKEN(2, 1, 0, TOP, TOP, 0xff, 2);                       /* a number of 65 bits */
}

static void
test_truncated(void)
{
  static const MsCell cells[] = {{0, 0, 3600}, {0, 1, 730}, {1, 0, 390}, {1, 1, 416}};
  g_autoptr(MsPacked) packed = pack(cells, 4);
  gsize size;
  const guint8 *bytes = ms_packed_bytes(packed, &size);

  for (gsize i = 0; i < size; i++)
    assert_broken(bytes, i);
}

static void
assert_stacks_broken(const guint8 *bytes, gsize size)
{
  g_autoptr(MsPacked) packed = ms_packed_new_from_bytes(bytes, size);
  MsStacks *actual, *predicted;
  MsJoint *joint;

  g_assert_cmpint(ms_packed_unpack(packed, &joint, &actual, &predicted), ==, MS_STATUS_INVALID);
}

#define ASSERT_STACKS_BROKEN(...)                                                                  \
  assert_stacks_broken((const guint8[]){__VA_ARGS__}, sizeof((const guint8[]){__VA_ARGS__}))

static void
test_broken_stacks(void)
{
  ASSERT_STACKS_BROKEN(1);                                           /* none */
  ASSERT_STACKS_BROKEN(1, 0);                                        /* one side */
  ASSERT_STACKS_BROKEN(1, 0, 0, 0);                                  /* something behind */
  ASSERT_STACKS_BROKEN(1, 9, 0, 0);                                  /* more stacks than bytes */
  ASSERT_STACKS_BROKEN(1, 1, 7, 0, 0, 0);                            /* more items than bytes */
  ASSERT_STACKS_BROKEN(1, 1, 1, 0, 0x81, 0x80, 0x80, 0x80, 0x08, 0); /* a score below 0 */
  ASSERT_STACKS_BROKEN(1, 1, 2, 0xff, 0xff, 0xff, 0xff, 0xf, 0, 0, 0, 0); /* a class of 33 bits */
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/packed/binary", test_binary);
  g_test_add_func("/packed/probabilities", test_probabilities);
  g_test_add_func("/packed/edges", test_edges);
  g_test_add_func("/packed/random", test_random_cells);
  g_test_add_func("/packed/count", test_count);
  g_test_add_func("/packed/unknown-id", test_unknown_id);
  g_test_add_func("/packed/stacks", test_stacks);
  g_test_add_func("/packed/broken", test_broken);
  g_test_add_func("/packed/truncated", test_truncated);
  g_test_add_func("/packed/broken-stacks", test_broken_stacks);
  return g_test_run();
}
