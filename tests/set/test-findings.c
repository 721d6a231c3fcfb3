/* SPDX-License-Identifier: MIT
 *
 * Findings packed and unpacked, whole and broken; the table that holds a set's; the walk over its
 * largest regions against a sort of all of them.
 */
#include <string.h>

#include "random-findings.h"
#include "set/walk.h"

#define N_ROUNDS 200

static void
assert_same(const MsFindings *a, const MsFindings *b)
{
  g_autoptr(MsPacked) one = ms_findings_pack(a);
  g_autoptr(MsPacked) other = ms_findings_pack(b);
  gsize size, other_size;
  gconstpointer bytes = ms_packed_bytes(one, &size);
  gconstpointer other_bytes = ms_packed_bytes(other, &other_size);

  g_assert_cmpmem(bytes, size, other_bytes, other_size);
  g_assert_cmpmem(&a->counts, sizeof a->counts, &b->counts, sizeof b->counts);
  g_assert_cmpmem(&a->anatomy, sizeof a->anatomy, &b->anatomy, sizeof b->anatomy);
  g_assert_cmpmem(&a->reach, sizeof a->reach, &b->reach, sizeof b->reach);
  g_assert_cmpuint(a->n_counted, ==, b->n_counted);
  g_assert_cmpuint(a->n_regions, ==, b->n_regions);
  g_assert_cmpuint(a->n_listed, ==, b->n_listed);
  g_assert_true(a->width == b->width && a->height == b->height && a->has_tn == b->has_tn);
  for (guint i = 0; i < a->n_listed; i++) {
    const MsRegion *x = &a->regions[i], *y = &b->regions[i];

    g_assert_true(x->kind == y->kind && x->actual == y->actual && x->predicted == y->predicted);
    g_assert_cmpmem(&x->mend, sizeof x->mend, &y->mend, sizeof y->mend);
    g_assert_true(x->x == y->x && x->y == y->y && x->width == y->width && x->height == y->height);
    g_assert_true(x->inside_x == y->inside_x && x->inside_y == y->inside_y);
  }
}

static void
test_round_trip(void)
{
  TestRandom random = {11};
  gsize most = 0;

  for (guint round = 0; round < N_ROUNDS; round++) {
    MsFindings findings = random_findings(&random, round, 1 + round * 3), again;
    g_autoptr(MsPacked) packed = ms_findings_pack(&findings);
    gsize size;

    g_assert_true(ms_findings_unpack(&again, packed));
    assert_same(&findings, &again);
    ms_packed_bytes(packed, &size);
    most = MAX(most, size);
  }
  g_test_message("%" G_GSIZE_FORMAT " bytes with 64 regions", most);
  g_assert_cmpuint(most, <, 1200);
}

/* An exact match is a few bytes. */
static void
test_nothing_wrong(void)
{
  MsFindings findings = {
      .width = 2048, .height = 1024, .n_counted = 2048 * 1024, .counts = {.tp = 2048 * 1024}};
  g_autoptr(MsPacked) packed = ms_findings_pack(&findings);
  MsFindings again;
  gsize size;

  g_assert_true(ms_findings_unpack(&again, packed));
  assert_same(&findings, &again);
  g_assert_true(ms_findings_is_exact_at(&again, 0));
  g_assert_cmpfloat(ms_findings_iou_at(&again, 0, MS_EMPTY_ONE).value, ==, 1);
  ms_packed_bytes(packed, &size);
  g_assert_cmpuint(size, <, 72);
}

/* What must hold of whatever is accepted. */
static void
assert_holds(const MsFindings *findings)
{
  guint64 before = G_MAXUINT64;

  g_assert_cmpuint(ms_findings_wrong(findings), <=, findings->n_counted);
  g_assert_cmpuint(findings->n_regions, <=, ms_findings_wrong(findings));
  g_assert_cmpuint(findings->n_listed, <=, MS_FINDINGS_REGIONS);
  for (guint i = 0; i < findings->n_listed; i++) {
    const MsRegion *region = &findings->regions[i];

    g_assert_cmpuint(region->mend.pixels, >=, 1);
    g_assert_cmpuint(region->mend.pixels, <=, before);
    g_assert_true(region->x >= 0 && region->width >= 1 &&
                  region->x + region->width <= findings->width);
    g_assert_true(region->y >= 0 && region->height >= 1 &&
                  region->y + region->height <= findings->height);
    g_assert_true(region->inside_x >= region->x && region->inside_x < region->x + region->width);
    g_assert_true(region->inside_y >= region->y && region->inside_y < region->y + region->height);
    before = region->mend.pixels;
  }
  for (guint k = 0; k <= MS_REACH_MAX; k++)
    g_assert_cmpuint(findings->reach.within[k].pixels, <=, ms_findings_wrong(findings));
}

static gboolean
unpack_bytes(const guint8 *bytes, gsize size, MsFindings *findings)
{
  g_autoptr(MsPacked) packed = ms_packed_new_from_bytes(bytes, size);

  return ms_findings_unpack(findings, packed);
}

static void
test_broken(void)
{
  TestRandom random = {12};
  guint n_accepted = 0, n_refused = 0;

  for (guint round = 0; round < N_ROUNDS; round++) {
    MsFindings findings = random_findings(&random, round % 9, 30), read;
    g_autoptr(MsPacked) packed = ms_findings_pack(&findings);
    gsize size;
    const guint8 *bytes = ms_packed_bytes(packed, &size);
    g_autofree guint8 *broken = g_malloc0(size + 1);

    for (gsize i = 0; i < size; i++)
      g_assert_false(unpack_bytes(bytes, i, &read));
    memcpy(broken, bytes, size);
    g_assert_false(unpack_bytes(broken, size + 1, &read));
    for (gsize i = 0; i < size; i++) {
      broken[i] = (guint8)test_random(&random);
      if (unpack_bytes(broken, size, &read)) {
        assert_holds(&read);
        n_accepted++;
      } else {
        n_refused++;
      }
      broken[i] = bytes[i];
    }
  }
  g_assert_cmpuint(n_accepted, >, 0);
  g_assert_cmpuint(n_refused, >, n_accepted / 4);
}

/* --- the table -------------------------------------------------------------------------------- */

static void
put(MsFindingsTable *table, MsResultsHeap *heap, guint example, const MsFindings *findings)
{
  g_autoptr(MsPacked) packed = ms_findings_pack(findings);
  MsFoundRecord record;

  ms_found_record_set(&record, findings);
  ms_findings_table_put(table, example, &record, ms_results_heap_add(heap, packed));
}

static void
test_snapshot(void)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);
  g_autoptr(MsFindingsTable) table = ms_findings_table_new(3000, heap);
  g_autoptr(MsFindingsTable) before = NULL;
  TestRandom random = {13};
  MsFindings first = random_findings(&random, 3, 50), second = random_findings(&random, 7, 90);
  MsFindings read;

  put(table, heap, 1030, &first);
  before = ms_findings_table_snapshot(table);
  put(table, heap, 1030, &second);
  put(table, heap, 5, &second);
  g_assert_cmpuint(ms_findings_table_get(before, 1030)->n_regions, ==, 3);
  g_assert_cmpuint(ms_findings_table_get(table, 1030)->n_regions, ==, 7);
  g_assert_cmpint(ms_findings_table_get(before, 5)->status, ==, MS_FOUND_WAITING);
  g_assert_cmpint(ms_findings_table_get(table, 5)->status, ==, MS_FOUND_OK);
  g_assert_cmpint(ms_findings_table_get(table, 2999)->status, ==, MS_FOUND_WAITING);
  g_assert_cmpuint(ms_found_record_wrong(ms_findings_table_get(table, 5)), ==,
                   ms_findings_wrong(&second));
  g_assert_true(ms_findings_table_read(before, 1030, &read));
  assert_same(&read, &first);
  g_assert_true(ms_findings_table_read(table, 5, &read));
  assert_same(&read, &second);
  g_assert_false(ms_findings_table_read(table, 6, &read));
}

/* --- the walk --------------------------------------------------------------------------------- */

enum { N_WALKED = 500 };

static int
compare_steps(gconstpointer a, gconstpointer b)
{
  const MsStep *one = a, *other = b;

  if (one->pixels != other->pixels)
    return one->pixels > other->pixels ? -1 : 1;
  if (one->example != other->example)
    return one->example < other->example ? -1 : 1;
  return one->rank < other->rank ? -1 : 1;
}

/* Sizes are often alike; each twentieth example has more regions than are listed. */
static GArray *
fill_table(MsFindingsTable *table, MsResultsHeap *heap)
{
  GArray *all = g_array_new(FALSE, FALSE, sizeof(MsStep));
  TestRandom random = {14};

  for (guint i = 0; i < N_WALKED; i++) {
    guint n = i % 20 == 7 ? 70 : test_random_below(&random, 6);
    MsFindings findings = random_findings(&random, n, 1 + test_random_below(&random, 60));

    if (i % 11 == 3)
      continue; /* waits */
    put(table, heap, i, &findings);
    for (guint k = 0; k < findings.n_listed; k++) {
      MsStep step = {findings.regions[k].mend.pixels, i, k};

      g_array_append_val(all, step);
    }
  }
  g_array_sort(all, compare_steps);
  return all;
}

static void
assert_walk(const MsWalk *walk, const GArray *all, guint max_steps)
{
  g_assert_cmpuint(walk->n_steps, ==, MIN(all->len, max_steps));
  for (guint i = 0; i < walk->n_steps; i++) {
    const MsStep *expected = &g_array_index(all, MsStep, i);

    g_assert_cmpint(compare_steps(&walk->steps[i], expected), ==,
                    compare_steps(expected, expected));
    g_assert_cmpuint(ms_walk_find(walk, expected->pixels, expected->example, expected->rank), ==,
                     i);
  }
  if (walk->n_steps < all->len)
    g_assert_cmpuint(walk->exact_down_to, >, g_array_index(all, MsStep, walk->n_steps).pixels);
}

static void
test_walk(void)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);
  g_autoptr(MsFindingsTable) table = ms_findings_table_new(N_WALKED, heap);
  g_autoptr(GArray) all = fill_table(table, heap);
  const guint bounds[] = {1, 10, 100, 1000, MS_WALK_MAX};

  for (guint i = 0; i < G_N_ELEMENTS(bounds); i++) {
    g_autoptr(MsWalk) walk = ms_walk_new(table, bounds[i], NULL, NULL);

    assert_walk(walk, all, bounds[i]);
    g_assert_cmpuint(walk->n_examples + walk->n_waiting, ==, N_WALKED);
    g_assert_cmpuint(walk->n_waiting, ==, 46);
  }
}

/* Regions beyond those that are listed may be as large as the last of these. */
static void
test_walk_is_exact(void)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);
  g_autoptr(MsFindingsTable) table = ms_findings_table_new(2, heap);
  g_autoptr(MsWalk) all = NULL;
  g_autoptr(MsWalk) some = NULL;
  g_autofree char *all_text = NULL, *some_text = NULL, *expected = NULL;
  TestRandom random = {15};
  MsFindings few = random_findings(&random, 5, 40), many = random_findings(&random, 80, 9000);

  put(table, heap, 0, &few);
  all = ms_walk_new(table, MS_WALK_MAX, NULL, NULL);
  g_assert_cmpuint(all->exact_down_to, ==, 1);
  put(table, heap, 1, &many);
  some = ms_walk_new(table, MS_WALK_MAX, NULL, NULL);
  g_assert_cmpuint(some->exact_down_to, ==, many.regions[63].mend.pixels + 1);
  g_assert_false(ms_walk_is_whole(all));
  all_text = ms_walk_describe(all);
  g_assert_cmpstr(all_text, ==, "the 5 regions of the set; 1 example is not looked through yet");
  some_text = ms_walk_describe(some);
  expected = g_strdup_printf("the 69 largest regions of the set, all of at least %" G_GUINT64_FORMAT
                             " px among them",
                             some->exact_down_to);
  g_assert_cmpstr(some_text, ==, expected);
}

static void
test_walk_cancelled(void)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);
  g_autoptr(MsFindingsTable) table = ms_findings_table_new(N_WALKED, heap);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;

  g_array_unref(fill_table(table, heap));
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_walk_new(table, 10, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/findings/round-trip", test_round_trip);
  g_test_add_func("/findings/nothing-wrong", test_nothing_wrong);
  g_test_add_func("/findings/broken", test_broken);
  g_test_add_func("/findings/snapshot", test_snapshot);
  g_test_add_func("/findings/walk", test_walk);
  g_test_add_func("/findings/walk-is-exact", test_walk_is_exact);
  g_test_add_func("/findings/walk-cancelled", test_walk_cancelled);
  return g_test_run();
}
