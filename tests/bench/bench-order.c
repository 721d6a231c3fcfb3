/* SPDX-License-Identifier: MIT
 *
 * What it takes to find the rows of a list of a million examples: every order, every filter, on the
 * one thread that does it. Medians; a fifth of the ids is not ASCII in the last line.
 */
#include "set/order.h"
#include "support/files.h"
#include "support/random.h"
#include "support/results.h"

#define N_EXAMPLES 1000000
#define N_RUNS     5

typedef struct {
  TestFolder folder;
  MsSet *set;
  MsResults *results;
  MsFindingsTable *findings;
} Data;

static MsSet *
make_set(const TestFolder *folder, const char *head)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted,split\n");
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsSet *set;

  for (guint i = 0; i < N_EXAMPLES; i++)
    g_string_append_printf(text, "%04u/%s%07u,a,b,%s\n", i / 1000, i % 5 == 0 ? head : "scan_", i,
                           i % 3 ? "train" : "val");
  options->set = test_file(folder, "labels.csv", text->str, text->len);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

/* Most scores are high, as they are where a model is worth looking at. */
static MsRecord
make_record(TestRandom *random)
{
  guint wrong = test_random_below(random, 4096) * test_random_below(random, 64) / 64;
  MsRecord record = {.tp = 1 + test_random_below(random, 4096),
                     .fp = test_random_below(random, wrong + 1),
                     .counted = 65536,
                     .classes = test_random(random) & test_random(random),
                     .time = G_GINT64_CONSTANT(1700000000000000000) + test_random(random),
                     .has_tn = TRUE};

  record.fn = wrong - record.fp;
  record.wrong = wrong;
  if (test_random_below(random, 1000) == 0)
    record.status = MS_RESULT_SKIPPED;
  return record;
}

static void
make_results(Data *data)
{
  TestRandom random = {5};

  data->results = test_results_new(N_EXAMPLES);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    MsRecord record = make_record(&random);

    test_results_put(data->results, i, &record, NULL, NULL);
  }
}

/* Of one in ten nothing is known yet. */
static void
make_findings(Data *data)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(0);
  TestRandom random = {6};

  data->findings = ms_findings_table_new(N_EXAMPLES, heap);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    MsFoundRecord record = {.status = MS_FOUND_OK};

    for (guint k = 0; k < MS_N_ERRORS; k++)
      record.errors[k] = test_random_below(&random, 3) * test_random_below(&random, 4096);
    record.largest = record.errors[test_random_below(&random, MS_N_ERRORS)];
    if (test_random_below(&random, 10) > 0)
      ms_findings_table_put(data->findings, i, &record, 0);
  }
}

static int
compare(gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;

  return first < second ? -1 : first > second;
}

static void
measure(const Data *data, const char *what, const MsWish *wish)
{
  gint64 times[N_RUNS];
  guint n_shown = 0;

  for (guint i = 0; i < N_RUNS; i++) {
    gint64 start = g_get_monotonic_time();
    g_autoptr(MsOrder) order = ms_order_new(data->set, 0, data->results, data->findings,
                                            ms_set_get_rules(data->set, 0), wish, NULL, NULL, NULL);

    times[i] = g_get_monotonic_time() - start;
    n_shown = order->rows->n_shown;
  }
  qsort(times, N_RUNS, sizeof times[0], compare);
  g_print("%-44s %9u rows %8.1f ms\n", what, n_shown, (double)times[N_RUNS / 2] / 1e3);
}

static void
measure_sorts(const Data *data)
{
  static const char *const names[] = {
      "sort by id",          "sort by IoU",    "sort by Dice",
      "sort by exact match", "sort by FP",     "sort by FN",
      "sort by file time",   "sort by errors", "sort by largest error region"};
  MsWish wish;

  ms_wish_init(&wish);
  for (wish.sort = 0; wish.sort < MS_N_SORTS; wish.sort++)
    measure(data, names[wish.sort], &wish);
  wish.sort = MS_SORT_IOU;
  wish.reverse = TRUE;
  measure(data, "sort by IoU, best first", &wish);
}

static void
measure_text(const Data *data, const char *what, const char *text)
{
  MsWish wish;

  ms_wish_init(&wish);
  wish.text = text;
  measure(data, what, &wish);
}

static void
measure_filters(const Data *data)
{
  MsWish wish;

  measure_text(data, "text \"scan_00\"", "scan_00");
  measure_text(data, "text \"77\"", "77");
  measure_text(data, "pattern \"*7[0-4]?\"", "*7[0-4]?");
  ms_wish_init(&wish);
  wish.lowest_iou = 0.5;
  wish.highest_iou = 0.8;
  measure(data, "IoU 0.5 to 0.8", &wish);
  ms_wish_init(&wish);
  wish.show = MS_SHOW_NOT_EXACT;
  measure(data, "not exact", &wish);
  ms_wish_init(&wish);
  wish.split = "val";
  measure(data, "split", &wish);
  ms_wish_init(&wish);
  wish.class_id = 0;
  measure(data, "class", &wish);
  ms_wish_init(&wish);
  wish.error = MS_ERROR_BOUNDARY;
  wish.sort = MS_SORT_ERROR;
  measure(data, "boundary errors, most first", &wish);
  wish.sort = MS_SORT_IOU;
  wish.show = MS_SHOW_NOT_EXACT;
  wish.split = "val";
  wish.text = "7";
  wish.lowest_iou = 0.2;
  measure(data, "all of these, by IoU", &wish);
}

static void
open_data(Data *data, const char *head)
{
  data->folder = test_folder_new();
  data->set = make_set(&data->folder, head);
}

static void
close_data(Data *data)
{
  g_object_unref(data->set);
  test_folder_clear(&data->folder);
}

int
main(void)
{
  Data data;

  make_results(&data);
  make_findings(&data);
  open_data(&data, "scan_");
  measure_sorts(&data);
  measure_filters(&data);
  close_data(&data);
  open_data(&data, "aufnähme_");
  measure_text(&data, "text \"77\", a fifth of the ids not ASCII", "77");
  close_data(&data);
  ms_results_unref(data.results);
  ms_findings_table_unref(data.findings);
  return 0;
}
