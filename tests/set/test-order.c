/* SPDX-License-Identifier: MIT
 *
 * Rows of a list against a version of ten lines, over seeded records, wishes and ids; then the
 * parts that it is made of: text, keys, classes.
 */
#include "set/class-presence.h"
#include "set/option-values.h"
#include "set/order.h"
#include "set/pair.h"
#include "set/radix.h"
#include "set/text-match.h"
#include "support/masks.h"
#include "support/random.h"
#include "support/results.h"

#define N_EXAMPLES 500
#define N_WISHES   800

typedef struct {
  TestFolder folder;
  MsSet *set;
  MsResults *results;
  MsFindingsTable *findings;
  MsRuleset *rules;
} Fixture;

static const char *const texts[] = {
    NULL,     "",      "img",     "IMG_00", "val/", "É",     "e\xcc\x81", "ss",    "*7",
    "IMG_?1", "img_*", "[a-c]*9", "[!i]*",  "x*",   "*/*_1", "zzz",       "[img]", "\xe2\x84\xaa",
};

/* --- sets and records --- */

static void
append_id(GString *text, guint i, TestRandom *random)
{
  static const char *const heads[] = {"IMG_", "train/img_",  "val/a/Scan ",     "caf\xc3\xa9_",
                                      "b-",   "Hu\xc3\x9f/", "cafe\xcc\x81/c_", "x[img]"};

  g_string_append_printf(text, "%s%03u", heads[test_random_below(random, G_N_ELEMENTS(heads))], i);
}

static MsSet *
make_set(Fixture *fixture, TestRandom *random)
{
  static const char *const splits[] = {"train", "val", ""};
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GString) text = g_string_new("example,actual,predicted,split\n");
  g_autoptr(GError) error = NULL;
  MsSet *set;

  test_write_mask(&fixture->folder, "mask.png", "##..");
  for (guint i = 0; i < N_EXAMPLES; i++) {
    append_id(text, i, random);
    g_string_append_printf(text, ",mask.png,mask.png,%s\n", splits[test_random_below(random, 3)]);
  }
  options->set = test_file(&fixture->folder, "set.csv", text->str, text->len);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, N_EXAMPLES);
  return set;
}

/* Small counts, so that many are alike; some with nothing but background. */
static MsRecord
make_record(TestRandom *random)
{
  MsRecord record = {.tp = test_random_below(random, 6),
                     .fp = test_random_below(random, 4),
                     .fn = test_random_below(random, 4),
                     .classes = test_random(random) & 0xff,
                     .time = test_random_below(random, 4) ? 1 + test_random_below(random, 40) : 0,
                     .status = (guint8)test_random_below(random, 4)};

  if (test_random_below(random, 3))
    record.status = MS_RESULT_OK;
  if (test_random_below(random, 4) == 0)
    record.tp = record.fp = record.fn = 0;
  if (test_random_below(random, 50) == 0)
    record.fp += G_GUINT64_CONSTANT(1) << 40;
  record.wrong = record.fp + record.fn;
  record.counted = test_random_below(random, 20) ? record.tp + record.wrong + 9 : 0;
  return record;
}

/* Of some nothing is known, of some there is nothing to know. */
static void
make_findings(Fixture *fixture)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(0);
  TestRandom random = {92};

  fixture->findings = ms_findings_table_new(N_EXAMPLES, heap);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    MsFoundRecord record = {.largest = test_random_below(&random, 9), .status = MS_FOUND_OK};

    for (guint k = 0; k < MS_N_ERRORS; k++)
      record.errors[k] = test_random_below(&random, 4) * test_random_below(&random, 5);
    if (test_random_below(&random, 8) == 0)
      record = (MsFoundRecord){.status = MS_FOUND_NOTHING};
    if (test_random_below(&random, 5) > 0)
      ms_findings_table_put(fixture->findings, i, &record, 0);
  }
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
  TestRandom random = {91};
  MsRules rules;

  fixture->folder = test_folder_new();
  fixture->set = make_set(fixture, &random);
  fixture->results = test_results_new(N_EXAMPLES);
  make_findings(fixture);
  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_CLASSES;
  fixture->rules = ms_ruleset_new(&rules, 0);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    MsRecord record = make_record(&random);

    if (record.status != MS_RESULT_WAITING || test_random_below(&random, 2))
      test_results_put(fixture->results, i, &record, NULL, NULL);
  }
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  g_object_unref(fixture->set);
  ms_results_unref(fixture->results);
  ms_findings_table_unref(fixture->findings);
  ms_ruleset_unref(fixture->rules);
  test_folder_clear(&fixture->folder);
}

/* --- the naive version --- */

static gboolean
naive_glob(const char *pattern, const char *text)
{
  const char *end;

  if (!*pattern)
    return !*text;
  if (*pattern == '*')
    return naive_glob(pattern + 1, text) || (*text && naive_glob(pattern, g_utf8_next_char(text)));
  if (!*text)
    return FALSE;
  if (*pattern == '[' && (end = strchr(pattern, ']'))) {
    gboolean negated = pattern[1] == '!', found = FALSE;

    for (const char *c = pattern + 1 + negated; c < end; c++)
      found |= c[1] == '-' ? *text >= c[0] && *text <= c[2] : *c == *text;
    return found != negated && naive_glob(end + 1, g_utf8_next_char(text));
  }
  return (*pattern == '?' || g_utf8_get_char(pattern) == g_utf8_get_char(text)) &&
         naive_glob(g_utf8_next_char(pattern), g_utf8_next_char(text));
}

static char *
naive_fold(const char *text)
{
  g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);

  return g_utf8_casefold(composed, -1);
}

static gboolean
naive_text(const char *text, const char *id)
{
  g_autofree char *pattern = naive_fold(text ? text : "");
  g_autofree char *folded = naive_fold(id);
  g_auto(GStrv) parts = g_strsplit(folded, "/", -1);
  gboolean matches = strstr(folded, pattern) != NULL || naive_glob(pattern, folded);

  for (guint i = 0; parts[i]; i++)
    matches |= strpbrk(pattern, "*?[") && naive_glob(pattern, parts[i]);
  return matches;
}

/* NULL: they are not known. */
static const MsFoundRecord *
naive_errors(Fixture *fixture, const MsScore *score, guint example)
{
  static const MsFoundRecord none = {.status = MS_FOUND_OK};
  const MsFoundRecord *record = ms_findings_table_get(fixture->findings, example);

  if (score->status == MS_RESULT_OK && score->exact)
    return &none;
  return record->status == MS_FOUND_OK ? record : NULL;
}

typedef enum { FAILS_NOTHING = 0, FAILS_SHOW = 1, FAILS_RANGE = 2, FAILS_REST = 4 } Fails;

static gboolean
naive_shows(MsShow show, const MsScore *score)
{
  gboolean ok = score->status == MS_RESULT_OK;

  return show == MS_SHOW_ALL || (show == MS_SHOW_EXACT && ok && score->exact) ||
         (show == MS_SHOW_NOT_EXACT && ok && !score->exact) ||
         (show == MS_SHOW_PROBLEMS && !ok && score->status != MS_RESULT_WAITING);
}

static Fails
naive_fails(Fixture *fixture, const MsWish *wish, MsShow show, guint example)
{
  const MsRecord *record = ms_results_get(fixture->results, example);
  MsScore score = ms_record_score(record, fixture->rules->rules.empty, NULL);
  Fails fails = FAILS_NOTHING;

  if (!naive_shows(show, &score))
    fails |= FAILS_SHOW;
  if ((wish->lowest_iou > 0 || wish->highest_iou < 1) &&
      !(score.iou.defined && score.iou.value >= wish->lowest_iou &&
        score.iou.value <= wish->highest_iou))
    fails |= FAILS_RANGE;
  if ((wish->split && g_strcmp0(wish->split, ms_set_get_split(fixture->set, example)) != 0) ||
      !naive_text(wish->text, ms_set_get_id(fixture->set, example)))
    fails |= FAILS_REST;
  if (wish->error != MS_ANY_ERROR) {
    const MsFoundRecord *errors = naive_errors(fixture, &score, example);

    if (!errors || errors->errors[wish->error] == 0)
      fails |= FAILS_REST;
  }
  return fails;
}

static double
naive_error_value(Fixture *fixture, const MsWish *wish, const MsScore *score, guint example)
{
  const MsFoundRecord *errors = naive_errors(fixture, score, example);
  double sign = wish->reverse ? -1 : 1;

  if (errors)
    return -sign * (wish->sort == MS_SORT_REGION ? errors->largest : errors->errors[wish->error]);
  return ms_findings_table_get(fixture->findings, example)->status == MS_FOUND_WAITING ? 2e300
                                                                                       : 1e300;
}

/* 1e300 and beyond: no value, and nothing turns it round. */
static double
naive_value(Fixture *fixture, const MsWish *wish, guint example)
{
  const MsRecord *record = ms_results_get(fixture->results, example);
  MsScore score = ms_record_score(record, fixture->rules->rules.empty, NULL);
  double sign = wish->reverse ? -1 : 1;

  if (wish->sort == MS_SORT_ID)
    return sign * example;
  if (score.status == MS_RESULT_WAITING)
    return 2e300;
  if (wish->sort == MS_SORT_TIME)
    return score.time ? -sign * (double)score.time : 1e300;
  if (score.status != MS_RESULT_OK)
    return 3e300;
  if (wish->sort == MS_SORT_EXACT)
    return sign * score.exact;
  if (wish->sort == MS_SORT_ERROR && wish->error == MS_ANY_ERROR)
    return -sign * (double)score.wrong;
  if (wish->sort == MS_SORT_REGION || wish->sort == MS_SORT_ERROR)
    return naive_error_value(fixture, wish, &score, example);
  if (wish->sort == MS_SORT_FP || wish->sort == MS_SORT_FN)
    return -sign * (double)(wish->sort == MS_SORT_FP ? score.counts.fp : score.counts.fn);
  return !score.iou.defined ? 1e300
                            : sign * (wish->sort == MS_SORT_IOU ? score.iou : score.dice).value;
}

typedef struct {
  Fixture *fixture;
  const MsWish *wish;
} Naive;

static int
naive_compare(gconstpointer a, gconstpointer b, gpointer user)
{
  const Naive *naive = user;
  guint first = *(const guint *)a, second = *(const guint *)b;
  double first_value = naive_value(naive->fixture, naive->wish, first);
  double second_value = naive_value(naive->fixture, naive->wish, second);

  if (first_value != second_value)
    return first_value < second_value ? -1 : 1;
  return first < second ? -1 : first > second;
}

static GArray *
naive_rows(Fixture *fixture, const MsWish *wish)
{
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));
  Naive naive = {fixture, wish};

  for (guint i = 0; i < N_EXAMPLES; i++)
    if (naive_fails(fixture, wish, wish->show, i) == FAILS_NOTHING)
      g_array_append_val(rows, i);
  g_array_sort_with_data(rows, naive_compare, &naive);
  return rows;
}

/* --- comparing --- */

static MsOrder *
arrange(Fixture *fixture, const MsWish *wish, MsRows *previous)
{
  g_autoptr(GError) error = NULL;
  MsOrder *order = ms_order_new(fixture->set, 0, fixture->results, fixture->findings,
                                fixture->rules, wish, previous, NULL, &error);

  g_assert_no_error(error);
  return order;
}

static void
assert_rows(Fixture *fixture, const MsWish *wish, const MsRows *rows)
{
  g_autoptr(GArray) expected = naive_rows(fixture, wish);

  g_assert_cmpuint(rows->n_shown, ==, expected->len);
  for (guint i = 0; i < expected->len; i++) {
    guint example = g_array_index(expected, guint, i);

    g_assert_cmpuint(ms_rows_example(rows, i), ==, example);
    g_assert_cmpuint(ms_rows_position(rows, example), ==, i);
  }
  g_assert_cmpuint(ms_rows_example(rows, expected->len), ==, G_MAXUINT);
  for (guint i = 0; i <= N_EXAMPLES; i++)
    if (i == N_EXAMPLES || naive_fails(fixture, wish, wish->show, i) != FAILS_NOTHING)
      g_assert_cmpuint(ms_rows_position(rows, i), ==, G_MAXUINT);
}

static void
assert_error_counts(Fixture *fixture, const MsWish *wish, const MsOrder *order)
{
  for (MsError error = 0; error < MS_N_ERRORS; error++) {
    MsWish other = *wish;
    guint n = 0;

    other.error = (int)error;
    for (guint i = 0; i < N_EXAMPLES; i++)
      n += naive_fails(fixture, &other, wish->show, i) == FAILS_NOTHING;
    g_assert_cmpuint(order->errors[error], ==, n);
  }
}

static void
assert_counts(Fixture *fixture, const MsWish *wish, const MsOrder *order)
{
  guint counts[MS_N_SHOWS] = {0}, bars[MS_N_IOU_BARS] = {0};

  for (guint i = 0; i < N_EXAMPLES; i++) {
    const MsRecord *record = ms_results_get(fixture->results, i);
    MsScore score = ms_record_score(record, fixture->rules->rules.empty, NULL);

    for (MsShow show = 0; show < MS_N_SHOWS; show++)
      counts[show] += naive_fails(fixture, wish, show, i) == FAILS_NOTHING;
    if (score.iou.defined && (naive_fails(fixture, wish, wish->show, i) & ~FAILS_RANGE) == 0)
      bars[ms_order_bar_of(score.iou.value)]++;
  }
  for (MsShow show = 0; show < MS_N_SHOWS; show++)
    g_assert_cmpuint(order->counts[show], ==, counts[show]);
  for (guint i = 0; i < MS_N_IOU_BARS; i++)
    g_assert_cmpuint(order->bars[i], ==, bars[i]);
  assert_error_counts(fixture, wish, order);
}

static void
make_wish(MsWish *wish, TestRandom *random)
{
  static const char *const splits[] = {NULL, NULL, "train", "val"};

  ms_wish_init(wish);
  wish->sort = test_random_below(random, MS_N_SORTS);
  wish->reverse = test_random_below(random, 2);
  if (test_random_below(random, 2))
    wish->show = test_random_below(random, MS_N_SHOWS);
  if (test_random_below(random, 2))
    wish->text = texts[test_random_below(random, G_N_ELEMENTS(texts))];
  wish->split = splits[test_random_below(random, 4)];
  if (test_random_below(random, 2))
    wish->lowest_iou = test_random_below(random, 11) / 10.0;
  if (test_random_below(random, 2))
    wish->highest_iou = test_random_below(random, 11) / 10.0;
  if (test_random_below(random, 3) == 0)
    wish->error = (int)test_random_below(random, MS_N_ERRORS);
}

static void
test_wishes(Fixture *fixture, gconstpointer data)
{
  TestRandom random = {17};

  for (guint i = 0; i < N_WISHES; i++) {
    g_autoptr(MsOrder) order = NULL;
    MsWish wish;

    make_wish(&wish, &random);
    order = arrange(fixture, &wish, NULL);
    assert_rows(fixture, &wish, order->rows);
    if (i % 10 == 0)
      assert_counts(fixture, &wish, order);
  }
}

/* A skipped empty pair has no score: it stands behind those that have one. */
static void
test_undefined(Fixture *fixture, gconstpointer data)
{
  MsRules rules = fixture->rules->rules;

  rules.empty = MS_EMPTY_SKIP;
  ms_ruleset_unref(fixture->rules);
  fixture->rules = ms_ruleset_new(&rules, 0);
  test_wishes(fixture, NULL);
}

/* Rows that did not change are the same rows. */
static void
test_previous(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsOrder) first = NULL, second = NULL, third = NULL;
  MsRecord record = {.status = MS_RESULT_OK, .fp = 99, .wrong = 99, .counted = 100};
  MsWish wish;

  ms_wish_init(&wish);
  wish.sort = MS_SORT_IOU;
  first = arrange(fixture, &wish, NULL);
  second = arrange(fixture, &wish, first->rows);
  g_assert_true(second->rows == first->rows);
  test_results_put(fixture->results, ms_rows_example(first->rows, 400), &record, NULL, NULL);
  third = arrange(fixture, &wish, first->rows);
  g_assert_true(third->rows != first->rows);
}

/* All examples by id need no list of them. */
static void
test_everything(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsOrder) order = NULL;
  g_autoptr(MsRows) all = ms_rows_new_all(N_EXAMPLES);
  MsWish wish;

  ms_wish_init(&wish);
  order = arrange(fixture, &wish, all);
  g_assert_true(order->rows == all);
  g_assert_null(all->shown);
  assert_rows(fixture, &wish, all);
}

static void
test_cancelled(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  MsWish wish;

  ms_wish_init(&wish);
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_order_new(fixture->set, 0, fixture->results, NULL, fixture->rules, &wish, NULL,
                             cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- bars --- */

static void
test_bars(void)
{
  for (guint i = 0; i < MS_N_IOU_BARS; i++) {
    g_assert_cmpuint(ms_order_bar_of(i / (double)MS_N_IOU_BARS), ==, i);
    g_assert_cmpuint(ms_order_bar_of((i + 0.999) / (double)MS_N_IOU_BARS), ==, i);
  }
  g_assert_cmpuint(ms_order_bar_of(1), ==, MS_N_IOU_BARS - 1);
}

/* --- keys --- */

static int
compare_keyed(gconstpointer a, gconstpointer b)
{
  const MsKeyed *first = a, *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  return first->index < second->index ? -1 : first->index > second->index;
}

static void
test_radix(void)
{
  TestRandom random = {3};

  for (guint round = 0; round < 60; round++) {
    guint n = test_random_below(&random, 700);
    g_autofree MsKeyed *items = g_new0(MsKeyed, n + 1), *scratch = g_new0(MsKeyed, n + 1);
    g_autofree MsKeyed *expected = NULL;
    MsKeyed *sorted;

    for (guint i = 0; i < n; i++)
      items[i] =
          (MsKeyed){.key = (((guint64)test_random(&random) << 32) | test_random(&random)) &
                           (round % 3 == 0 ? G_MAXUINT64 : G_GUINT64_CONSTANT(0xe000000000780003)),
                    .index = i};
    expected = g_memdup2(items, (n + 1) * sizeof *items);
    qsort(expected, n, sizeof *expected, compare_keyed);
    sorted = ms_radix_sort(items, scratch, n, NULL);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpuint(sorted[i].key, ==, expected[i].key);
      g_assert_cmpuint(sorted[i].index, ==, expected[i].index);
    }
  }
}

static void
test_radix_of_doubles(void)
{
  static const double values[] = {0, 1e-300, 0.1, 0.3, 1.0 / 3, 0.999999999999, 1};

  for (guint i = 1; i < G_N_ELEMENTS(values); i++)
    g_assert_cmpuint(ms_radix_key(values[i - 1]), <, ms_radix_key(values[i]));
}

/* --- text --- */

static void
test_text(void)
{
  static const struct {
    const char *text, *id;
    gboolean matches;
  } cases[] = {
      {"MG_0", "train/img_01", TRUE},
      {"n/i", "train/img_01", TRUE},
      {"img_1", "train/img_01", FALSE},
      {"\xc3\x89T\xc3\x89", "\xc3\xa9t\xc3\xa9", TRUE},
      {"\xc3\xa9", "e\xcc\x81", TRUE}, /* one letter, written in two ways */
      {"strasse",
       "Stra\xc3\x9f"
       "e",
       TRUE},
      {"\xe2\x84\xaa", "k", TRUE}, /* the sign of kelvin is a k */
      {"img_*", "train/img_01", TRUE},
      {"train", "train/img_01", TRUE},
      {"tr*n", "train/img_01", TRUE},
      {"*_0?", "train/img_01", TRUE},
      {"*_0?", "train/img_010", FALSE},
      {"t*1", "train/img_01", TRUE}, /* the whole id */
      {"tr?", "train/img_01", FALSE},
      {"img_[0-9]1", "train/IMG_01", TRUE},
      {"img_[!0-9]1", "train/IMG_01", FALSE},
      {"img_[^a-f]1", "train/IMG_01", TRUE},
      {"[]x]*", "x1", TRUE},
      {"a[1]", "a[1]", TRUE}, /* as it stands */
      {"a[1]", "a1", TRUE},
      {"a[1", "xa[1x", TRUE}, /* no brackets: text */
      {"a*b*c", "aXbXbYc", TRUE},
      {"a*b*c", "aXcXb", FALSE},
      {"**", "x", TRUE},
      {"?", "\xc3\xa9", TRUE},
      {"?", "ab", FALSE},
      {"caf[\xc3\xa0-\xc3\xaf]", "CAF\xc3\x89", TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsTextMatch) match = ms_text_match_new(cases[i].text);

    if (ms_text_match_matches(match, cases[i].id) != cases[i].matches)
      g_error("\"%s\" and \"%s\"", cases[i].text, cases[i].id);
  }
}

/* Ids that are long are no other ids. */
static void
test_long_text(void)
{
  for (guint length = 250; length < 262; length++) {
    g_autofree char *id = g_strnfill(length, 'A');
    g_autofree char *longer = g_strnfill(length + 1, 'a');
    g_autoptr(MsTextMatch) match = ms_text_match_new(id);
    g_autoptr(MsTextMatch) too_long = ms_text_match_new(longer);

    g_assert_true(ms_text_match_matches(match, id));
    g_assert_true(ms_text_match_matches(match, longer));
    g_assert_false(ms_text_match_matches(too_long, id));
  }
}

/* Stars upon stars take no more than the square of the length. */
static void
test_many_stars(void)
{
  g_autofree char *id = g_strnfill(4000, 'a');
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(MsTextMatch) match = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append(text, "*a");
  g_string_append(text, "*b");
  match = ms_text_match_new(text->str);
  g_assert_false(ms_text_match_matches(match, id));
}

/* --- classes --- */

/* Two pixels. */
static MsPacked *
pack(const guint8 *actual, const guint8 *predicted)
{
  MsRaster rasters[2];
  MsJoint *joint;
  MsPacked *packed;

  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint(ms_raster_init(&rasters[i], 2, 1, 8), ==, MS_STATUS_OK);
    memcpy(ms_raster_row_writable(&rasters[i], 0), i ? predicted : actual, 2);
  }
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &rasters[0], &rasters[1], NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_compact(joint), ==, MS_STATUS_OK);
  packed = ms_packed_new(joint, NULL, NULL);
  ms_joint_free(joint);
  ms_raster_clear(&rasters[0]);
  ms_raster_clear(&rasters[1]);
  return packed;
}

static void
put_pixels(Fixture *fixture, guint example, const guint8 *actual, const guint8 *predicted)
{
  g_autoptr(MsPacked) packed = pack(actual, predicted);
  MsConfusion *confusion = NULL;
  MsRecord record = {0};

  g_assert_cmpint(ms_packed_count(packed, &fixture->rules->rules, &confusion, NULL), ==,
                  MS_STATUS_OK);
  ms_record_set_counts(&record, confusion);
  ms_confusion_free(confusion);
  test_results_put(fixture->results, example, &record, packed, NULL);
}

static void
put_pair(Fixture *fixture, guint example, guint8 actual, guint8 predicted)
{
  put_pixels(fixture, example, (const guint8[]){0, actual}, (const guint8[]){0, predicted});
}

static guint
count_class(Fixture *fixture, gint64 id)
{
  g_autoptr(MsOrder) order = NULL;
  MsWish wish;

  ms_wish_init(&wish);
  wish.class_id = id;
  order = arrange(fixture, &wish, NULL);
  for (guint i = 0; i < order->rows->n_shown; i++)
    g_assert_cmpuint(ms_rows_example(order->rows, i) % 4, ==,
                     id == 1     ? 0
                     : id == 65  ? 1
                     : id == 129 ? 2
                                 : 3);
  g_assert_cmpuint(order->counts[MS_SHOW_ALL], ==, order->rows->n_shown);
  return order->rows->n_shown;
}

static void
set_ignored(Fixture *fixture, guint32 id)
{
  MsRules rules = fixture->rules->rules;

  rules.ignored = &id;
  rules.n_ignored = 1;
  ms_ruleset_unref(fixture->rules);
  fixture->rules = ms_ruleset_new(&rules, 0);
}

/* 1, 65 and 129 have one bit. What is predicted where the actual id is ignored counts nowhere. */
static void
test_classes(Fixture *fixture, gconstpointer data)
{
  set_ignored(fixture, 200);
  for (guint i = 0; i < N_EXAMPLES; i += 4) {
    put_pair(fixture, i, 1, 0);
    put_pair(fixture, i + 1, 0, 65);
    put_pair(fixture, i + 2, 129, 129);
    put_pair(fixture, i + 3, 7, 7);
  }
  g_assert_cmpuint(count_class(fixture, 1), ==, N_EXAMPLES / 4);
  g_assert_cmpuint(count_class(fixture, 65), ==, N_EXAMPLES / 4);
  g_assert_cmpuint(count_class(fixture, 129), ==, N_EXAMPLES / 4);
  g_assert_cmpuint(count_class(fixture, 7), ==, N_EXAMPLES / 4);
  g_assert_cmpuint(count_class(fixture, 193), ==, 0);
  put_pixels(fixture, 0, (const guint8[]){200, 193}, (const guint8[]){1, 193});
  g_assert_cmpuint(count_class(fixture, 1), ==, N_EXAMPLES / 4 - 1);
}

/* --- label sets --- */

#define N_LABELS 100

/* Example i has label i % N_LABELS alone, and is predicted none or the next one. */
static void
test_many_labels(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted\n");
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResults) results = test_results_new(N_EXAMPLES);
  g_autoptr(GError) error = NULL;
  MsRuleset *rules;

  for (guint i = 0; i < N_EXAMPLES; i++)
    g_string_append_printf(text, "%04u,label%02u,label%02u\n", i, i % N_LABELS, (i + 1) % N_LABELS);
  options->set = test_file(&fixture->folder, "labels.csv", text->str, text->len);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  rules = ms_set_get_rules(set, 0);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autoptr(MsResult) result = ms_pair_score_labels(set, i, 0);
    MsRecord record = {0};

    ms_record_set_counts(&record, result->confusion);
    test_results_put(results, i, &record, NULL, NULL);
  }
  for (guint label = 0; label < N_LABELS; label++) {
    g_autoptr(MsOrder) order = NULL;
    MsWish wish;

    ms_wish_init(&wish);
    wish.class_id = label;
    order = ms_order_new(set, 0, results, NULL, rules, &wish, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(order->rows->n_shown, ==, 2 * N_EXAMPLES / N_LABELS);
    g_assert_cmpuint(ms_rows_example(order->rows, label == 0 ? 0 : 1) % N_LABELS, ==, label);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(path, test) g_test_add("/set/order/" path, Fixture, NULL, set_up, test, tear_down)
  ADD("wishes", test_wishes);
  ADD("undefined", test_undefined);
  ADD("previous", test_previous);
  ADD("everything", test_everything);
  ADD("cancelled", test_cancelled);
  ADD("classes", test_classes);
  ADD("many-labels", test_many_labels);
  g_test_add_func("/set/order/bars", test_bars);
  g_test_add_func("/set/order/radix", test_radix);
  g_test_add_func("/set/order/radix-of-doubles", test_radix_of_doubles);
  g_test_add_func("/set/order/text", test_text);
  g_test_add_func("/set/order/long-text", test_long_text);
  g_test_add_func("/set/order/many-stars", test_many_stars);
  return g_test_run();
}
