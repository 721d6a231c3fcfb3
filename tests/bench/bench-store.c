/* SPDX-License-Identifier: MIT
 *
 * The results store with a million rows: how fast they are written and asked for again, what they
 * take on disk, and what unpacking and counting a pair costs. With a folder as argument (actual/
 * and pred_a/ in it) also the scorer: looking at the files of every example, its row, its counts.
 */
#include <sys/resource.h>
#include <sys/stat.h>

#include "../set/stored-rows.h"
#include "set/cache-folder.h"
#include "set/option-values.h"
#include "set/scorer.h"
#include "support/files.h"

#define N_ROWS 1000000
#define N_LOOP 5000000

typedef struct {
  gint64 wall;
  double cpu;
} Clock;

static double
cpu_seconds(void)
{
  struct rusage usage;

  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static Clock
start(void)
{
  return (Clock){g_get_monotonic_time(), cpu_seconds()};
}

static void
print(const char *what, Clock since, guint64 n)
{
  double wall = (double)(g_get_monotonic_time() - since.wall) / 1e6;
  double cpu = cpu_seconds() - since.cpu;

  g_print("%-34s %8.2f s %8.2f s CPU %12.0f /s\n", what, wall, cpu, (double)n / wall);
}

static void
measure_rows(void)
{
  MsHash hash = stored_signature(1);
  g_autofree char *path = ms_cache_path(MS_STORE_FILE_NAME);
  MsStore *store = ms_store_new(MS_STORE_MAX_BYTES);
  MsStoreSignature *signature = ms_store_use(store, &hash);
  struct stat info;
  guint n_found;
  Clock clock = start();

  for (guint i = 0; i < N_ROWS; i++)
    stored_put(store, signature, i, 0);
  ms_store_free(store);
  print("rows written", clock, N_ROWS);
  g_assert_cmpint(stat(path, &info), ==, 0);

  store = ms_store_new(MS_STORE_MAX_BYTES);
  signature = ms_store_use(store, &hash);
  clock = start();
  n_found = stored_count(store, signature, 0, N_ROWS, 0);
  print("rows found, and compared", clock, N_ROWS);
  g_assert_cmpuint(n_found, ==, N_ROWS);
  ms_store_free(store);
  g_print("%-34s %8.1f bytes\n", "a row on disk", (double)info.st_size / N_ROWS);
}

static void
measure_packed(void)
{
  static const MsCell cells[] = {{0, 0, 3600}, {0, 1, 73}, {1, 0, 39}, {1, 1, 416}};
  g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof(MsCell));
  g_autoptr(MsPacked) packed = NULL;
  MsJoint *joint = NULL;
  MsRules rules;
  Clock clock;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_joint_new_of_cells(cells, 4, &joint), ==, MS_STATUS_OK);
  packed = ms_packed_new(joint, NULL, NULL);
  ms_joint_free(joint);
  clock = start();
  for (guint i = 0; i < N_LOOP; i++)
    ms_packed_cells(packed, array);
  print("binary pairs unpacked", clock, N_LOOP);
  clock = start();
  for (guint i = 0; i < N_LOOP; i++) {
    MsConfusion *confusion;

    g_assert_cmpint(ms_packed_count(packed, &rules, &confusion, NULL), ==, MS_STATUS_OK);
    ms_confusion_free(confusion);
  }
  print("binary pairs counted", clock, N_LOOP);
}

static void
measure_set(const char *folder)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *predicted = g_build_filename(folder, "pred_a", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;

  options->actual = g_build_filename(folder, "actual", NULL);
  ms_options_add_predicted(options, NULL, predicted);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  for (guint round = 0; round < 3; round++) {
    g_autoptr(MsScorer) scorer = ms_scorer_new(set);
    g_autoptr(MsScratch) scratch = ms_scratch_new();
    guint n = ms_set_get_n_examples(set);
    guint64 n_stored, n_read;
    Clock clock = start();

    for (guint i = 0; i < n; i++)
      ms_result_unref(ms_scorer_score(scorer, i, 0, scratch, NULL, NULL));
    ms_scorer_flush(scorer);
    ms_scorer_get_sources(scorer, &n_stored, &n_read);
    print(n_read > n_stored ? "examples read and kept" : "examples found again", clock, n);
    if (n_read == 0) {
      clock = start();
      for (guint i = 0; i < n; i++) {
        MsStamp stamp;

        ms_stamp_look(set, i, 0, &stamp, NULL);
      }
      print("  of this, looking at files", clock, n);
    }
  }
}

int
main(int argc, char **argv)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *cache = test_path(&folder, "cache");

  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  measure_packed();
  measure_rows();
  if (argc > 1)
    measure_set(argv[1]);
  return 0;
}
