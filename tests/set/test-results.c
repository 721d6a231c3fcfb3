/* SPDX-License-Identifier: MIT
 *
 * Records and histograms of many examples: what was put is what comes back, from memory and from
 * the file, and a snapshot stays as it was whatever is written and whoever reads it.
 */
#include "set/results.h"

#include <string.h>

#include "support/results.h"

/* Some chunks, and a part of one. */
enum { N_EXAMPLES = 3 * MS_RESULTS_STRETCH + 100 };

static MsRecord
record_of(guint number)
{
  return (MsRecord){.tp = number,
                    .fp = 2,
                    .fn = 3,
                    .wrong = 5,
                    .counted = number + 10,
                    .has_actual = TRUE,
                    .has_tn = TRUE,
                    .status = MS_RESULT_OK};
}

/* Bytes that tell one number and size from another. */
static GBytes *
bytes_of(guint number, gsize size)
{
  guint8 *bytes = g_malloc(MAX(size, 1));

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8)(number * 31 + i * 7 + (i >> 8));
  return g_bytes_new_take(bytes, size);
}

static void
put_bytes(MsResults *results, guint example, guint number, gsize size)
{
  g_autoptr(GBytes) bytes = bytes_of(number, size);
  g_autoptr(MsPacked) packed = ms_packed_new_from_bytes(g_bytes_get_data(bytes, NULL), size);
  MsRecord record = record_of(number);

  test_results_put(results, example, &record, packed, NULL);
}

static void
assert_bytes(const MsResults *results, guint example, guint number, gsize size)
{
  g_autoptr(GBytes) expected = bytes_of(number, size);
  g_autoptr(MsPacked) packed = ms_results_dup_packed(results, example);
  gconstpointer data;
  gsize n;

  g_assert_nonnull(packed);
  g_assert_true(ms_results_has_packed(results, example));
  data = ms_packed_bytes(packed, &n);
  g_assert_cmpmem(data, n, g_bytes_get_data(expected, NULL), size);
}

static void
test_waiting(void)
{
  g_autoptr(MsResults) results = test_results_new(N_EXAMPLES);
  g_autoptr(MsResults) none = test_results_new(0);

  g_assert_cmpuint(ms_results_n_examples(results), ==, N_EXAMPLES);
  g_assert_cmpuint(ms_results_n_examples(none), ==, 0);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_assert_cmpint(ms_results_get(results, i)->status, ==, MS_RESULT_WAITING);
    g_assert_null(ms_results_message(results, i));
    g_assert_null(ms_results_dup_packed(results, i));
  }
  put_bytes(results, MS_RESULTS_STRETCH, 1, 3);
  g_assert_cmpint(ms_results_get(results, MS_RESULTS_STRETCH)->status, ==, MS_RESULT_OK);
  g_assert_cmpint(ms_results_get(results, MS_RESULTS_STRETCH + 1)->status, ==, MS_RESULT_WAITING);
  g_assert_false(ms_results_has_packed(results, MS_RESULTS_STRETCH + 1));
}

static gsize
size_of(guint number)
{
  return number % 100 == 0 ? 40000 + number : number % 50;
}

static void
put_many(MsResults *results)
{
  for (guint i = 0; i < N_EXAMPLES; i++)
    put_bytes(results, i, i, size_of(i));
}

static void
assert_many(const MsResults *results)
{
  for (guint i = 0; i < N_EXAMPLES; i++) {
    assert_bytes(results, i, i, size_of(i));
    g_assert_cmpuint(ms_results_get(results, i)->tp, ==, i);
  }
}

static void
test_memory(void)
{
  g_autoptr(MsResults) results = test_results_new(N_EXAMPLES);

  put_many(results);
  assert_many(results);
  g_assert_cmpuint(ms_results_heap_file_bytes(ms_results_get_heap(results)), ==, 0);
}

static void
test_file(void)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(600 * 1024);
  g_autoptr(MsResults) results = ms_results_new_in(N_EXAMPLES, heap);

  put_many(results);
  assert_many(results);
  g_assert_cmpuint(ms_results_heap_bytes(heap), <=, 600 * 1024);
  g_assert_cmpuint(ms_results_heap_file_bytes(heap), >, 500 * 1024);
}

/* A folder that takes no file: everything stays in memory. Runs in a process of its own. */
static void
test_no_file(void)
{
  if (g_test_subprocess()) {
    g_autoptr(MsResultsHeap) heap = ms_results_heap_new(0);
    g_autoptr(MsResults) results = ms_results_new_in(N_EXAMPLES, heap);

    put_many(results);
    assert_many(results);
    g_assert_cmpuint(ms_results_heap_file_bytes(heap), ==, 0);
    g_assert_cmpuint(ms_results_heap_bytes(heap), >, 1024 * 1024);
    return;
  }
  g_setenv("TMPDIR", "/nowhere/at/all", TRUE);
  g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv("TMPDIR");
  g_test_trap_assert_passed();
}

static void
test_messages(void)
{
  g_autoptr(MsResults) results = test_results_new(N_EXAMPLES);
  MsRecord record = {.status = MS_RESULT_ERROR};
  const char *first;
  guint64 n_bytes;

  test_results_put(results, 5, &record, NULL, "a.png: cut short");
  test_results_put(results, 6, &record, NULL, "a.png: cut short");
  first = ms_results_message(results, 5);
  g_assert_cmpstr(first, ==, "a.png: cut short");
  g_assert_true(ms_results_message(results, 6) == first);
  g_assert_null(ms_results_message(results, 7));
  n_bytes = ms_results_bytes(results);
  ms_results_set_record(results, 5, &record, "a.png: cut short");
  g_assert_cmpuint(ms_results_bytes(results), ==, n_bytes);
  ms_results_set_record(results, 5, &record, "b.png: gone");
  g_assert_cmpstr(ms_results_message(results, 5), ==, "b.png: gone");
  g_assert_cmpstr(first, ==, "a.png: cut short");
  record.status = MS_RESULT_OK;
  ms_results_set_record(results, 5, &record, NULL);
  g_assert_null(ms_results_message(results, 5));
}

/* Whichever of the two is written, the other stays. */
static void
test_snapshot(void)
{
  g_autoptr(MsResults) results = test_results_new(N_EXAMPLES);
  g_autoptr(MsResults) snapshot = NULL;
  MsRecord other = record_of(7);

  put_many(results);
  snapshot = ms_results_snapshot(results);
  other.tp = 99;
  ms_results_set_record(results, 3, &other, NULL);
  test_results_put(results, 4, &other, NULL, "gone");
  ms_results_set_record(snapshot, MS_RESULTS_STRETCH + 1, &other, "hm");
  g_assert_cmpuint(ms_results_get(results, 3)->tp, ==, 99);
  assert_bytes(results, 3, 3, size_of(3));
  g_assert_null(ms_results_dup_packed(results, 4));
  g_assert_cmpstr(ms_results_message(results, 4), ==, "gone");
  g_assert_null(ms_results_message(snapshot, 4));
  g_assert_cmpuint(ms_results_get(snapshot, MS_RESULTS_STRETCH + 1)->tp, ==, 99);
  ms_results_set_record(snapshot, MS_RESULTS_STRETCH + 1, &(MsRecord){.tp = 1025}, NULL);
  g_clear_pointer(&results, ms_results_unref);
  assert_many(snapshot);
}

static gpointer
read_snapshot(gpointer user)
{
  g_autoptr(MsResults) snapshot = user;
  guint n = 0;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    const MsRecord *record = ms_results_get(snapshot, i);

    if (record->status == MS_RESULT_OK) {
      g_assert_cmpuint(record->tp, ==, i);
      assert_bytes(snapshot, i, i, size_of(i));
      n++;
    }
  }
  return GUINT_TO_POINTER(n);
}

/* Every snapshot holds just what was put before it was taken. */
static void
test_readers(void)
{
  enum { N_READERS = 8, STEP = N_EXAMPLES / N_READERS };
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(600 * 1024);
  g_autoptr(MsResults) results = ms_results_new_in(N_EXAMPLES, heap);
  GThread *readers[N_READERS];

  for (guint reader = 0; reader < N_READERS; reader++) {
    for (guint i = reader * STEP; i < (reader + 1) * STEP; i++)
      put_bytes(results, i, i, size_of(i));
    readers[reader] = g_thread_new("reader", read_snapshot, ms_results_snapshot(results));
  }
  for (guint reader = 0; reader < N_READERS; reader++)
    g_assert_cmpuint(GPOINTER_TO_UINT(g_thread_join(readers[reader])), ==, (reader + 1) * STEP);
}

typedef struct {
  MsResults *results;
  guint stretch;
} Part;

static gpointer
write_part(gpointer user)
{
  const Part *part = user;

  for (guint i = 0; i < MS_RESULTS_STRETCH; i++)
    put_bytes(part->results, part->stretch * MS_RESULTS_STRETCH + i,
              part->stretch * MS_RESULTS_STRETCH + i, size_of(i));
  return NULL;
}

/* Each writes where no other does, all into one file. */
static void
test_writers(void)
{
  enum { N_WRITERS = N_EXAMPLES / MS_RESULTS_STRETCH };
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(0);
  g_autoptr(MsResults) results = ms_results_new_in(N_EXAMPLES, heap);
  GThread *threads[N_WRITERS];
  Part parts[N_WRITERS];

  for (guint i = 0; i < N_WRITERS; i++) {
    parts[i] = (Part){results, i};
    threads[i] = g_thread_new("writer", write_part, &parts[i]);
  }
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join(threads[i]);
  for (guint i = 0; i < N_WRITERS * MS_RESULTS_STRETCH; i++)
    assert_bytes(results, i, i, size_of(i % MS_RESULTS_STRETCH));
  g_assert_cmpuint(ms_results_heap_bytes(heap), ==, 0);
}

/* --- records ---------------------------------------------------------------------------------- */

static MsConfusion *
count(const MsRules *rules, const guint32 (*cells)[3], guint n_cells)
{
  MsConfusion *confusion;
  MsJoint *joint;

  g_assert_cmpint(ms_confusion_new(rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  for (guint i = 0; i < n_cells; i++) {
    MsRaster actual, predicted;

    g_assert_cmpint(ms_raster_init(&actual, (int)cells[i][2], 1, 8), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_raster_init(&predicted, (int)cells[i][2], 1, 8), ==, MS_STATUS_OK);
    memset(ms_raster_row_writable(&actual, 0), (int)cells[i][0], cells[i][2]);
    memset(ms_raster_row_writable(&predicted, 0), (int)cells[i][1], cells[i][2]);
    g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
    ms_raster_clear(&actual);
    ms_raster_clear(&predicted);
  }
  g_assert_cmpint(ms_confusion_add_joint(confusion, joint, NULL), ==, MS_STATUS_OK);
  ms_joint_free(joint);
  return confusion;
}

static void
assert_value(MsValue value, MsValue expected)
{
  g_assert_cmpint(value.defined, ==, expected.defined);
  if (!expected.defined)
    return;
  g_assert_cmpfloat(value.value, ==, expected.value);
  g_assert_cmpint(value.by_rule, ==, expected.by_rule);
}

/* A record says of an example what its confusion says. */
static void
assert_score(const MsConfusion *confusion, MsEmptyRule empty)
{
  MsRecord record = {.has_actual = TRUE, .resized = TRUE, .time = 5, .status = MS_RESULT_WAITING};
  MsCounts counts = ms_confusion_counts(confusion);
  MsScore score;

  ms_record_set_counts(&record, confusion);
  score = ms_record_score(&record, empty, NULL);
  g_assert_cmpint(score.status, ==, MS_RESULT_OK);
  g_assert_cmpmem(&score.counts, sizeof counts, &counts, sizeof counts);
  assert_value(score.iou, ms_confusion_score(confusion, MS_METRIC_IOU));
  assert_value(score.dice, ms_confusion_score(confusion, MS_METRIC_DICE));
  g_assert_cmpint(score.exact, ==, ms_confusion_exact(confusion));
  g_assert_cmpuint(score.wrong, ==, ms_confusion_wrong(confusion));
  g_assert_cmpuint(score.counted, ==, ms_confusion_counted(confusion));
  g_assert_true(score.has_actual && score.resized && score.time == 5);
}

static void
test_records(void)
{
  static const guint32 binary[][3] = {{0, 0, 7}, {1, 1, 5}, {0, 1, 2}, {1, 0, 4}};
  static const guint32 several[][3] = {{0, 0, 7}, {1, 1, 5}, {1, 2, 3}, {0, 2, 2}, {70, 0, 9}};
  static const guint32 empty[][3] = {{0, 0, 9}};
  static const MsEmptyRule empties[] = {MS_EMPTY_ONE, MS_EMPTY_ZERO, MS_EMPTY_SKIP};
  MsRecord record = {0};

  for (guint i = 0; i < G_N_ELEMENTS(empties); i++) {
    MsRules one, many;

    ms_rules_init(&one);
    one.empty = empties[i];
    many = one;
    many.comparison = MS_COMPARE_CLASSES;
    many.background = 0;
    for (guint n = 0; n <= 4; n++) {
      MsConfusion *a = count(&one, binary, n), *b = count(&many, several, n);

      assert_score(a, empties[i]);
      assert_score(b, empties[i]);
      ms_confusion_free(a);
      ms_confusion_free(b);
    }
    MsConfusion *c = count(&one, empty, 1), *d = count(&many, several, 5);
    assert_score(c, empties[i]);
    ms_record_set_counts(&record, c);
    g_assert_cmphex(record.classes, ==, 0);
    ms_record_set_counts(&record, d);
    g_assert_cmphex(record.classes, ==, 1 << 1 | 1 << 2 | 1 << 70 % 64);
    ms_confusion_free(c);
    ms_confusion_free(d);
  }
}

static void
test_record_of_none(void)
{
  MsRecord record = {.status = MS_RESULT_SKIPPED, .has_actual = TRUE, .tp = 5, .counted = 5};
  MsScore score = ms_record_score(&record, MS_EMPTY_ONE, "there is no mask");

  g_assert_cmpint(score.status, ==, MS_RESULT_SKIPPED);
  g_assert_cmpstr(score.message, ==, "there is no mask");
  g_assert_true(score.has_actual);
  g_assert_false(score.iou.defined || score.dice.defined || score.exact);
  g_assert_cmpuint(sizeof(MsRecord), <=, 80);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/results/waiting", test_waiting);
  g_test_add_func("/results/memory", test_memory);
  g_test_add_func("/results/file", test_file);
  g_test_add_func("/results/no-file", test_no_file);
  g_test_add_func("/results/messages", test_messages);
  g_test_add_func("/results/snapshot", test_snapshot);
  g_test_add_func("/results/readers", test_readers);
  g_test_add_func("/results/writers", test_writers);
  g_test_add_func("/results/records", test_records);
  g_test_add_func("/results/record-of-none", test_record_of_none);
  return g_test_run();
}
