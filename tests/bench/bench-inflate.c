/* SPDX-License-Identifier: MIT
 *
 * The floor that scoring PNG masks is measured against: the same files inflated by libdeflate and
 * their filters undone, and nothing else: no checksum of a chunk, no look at what the samples mean.
 *
 *     bench-inflate [--rounds N] FILE-OR-FOLDER... | -    (-: one name a line on standard input)
 *
 * Reading the files is timed apart. Without arguments it makes masks of its own. Then the speed of
 * every filter, as a plain loop over bytes and as the program does it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libdeflate.h>

#include "io/file.h"
#include "io/png-fast.h"
#include "io/png.h"
#include "support/random.h"

/* Seconds. */
typedef struct {
  double read;
  double inflate;
  double undo;
} Times;

typedef struct {
  gsize n_files;
  gsize n_left_out; /* not of the common kind */
  guint64 file_bytes;
  guint64 pixels;
  guint64 filtered_bytes;
  guint64 rows[MS_N_FILTERS];
} Amount;

/* A file's image data: joined, and inflated. */
typedef struct {
  MsScratch *scratch;
  MsPngHeader header;
  guint8 *room;
  guint8 *filtered; /* in it */
  gsize size;
} Image;

static double
now(void)
{
  struct timespec time;

  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* --- one file --------------------------------------------------------------------------------- */

static gsize
join_streams(const guint8 *data, gsize size, guint8 *joined)
{
  gsize n = 0;

  for (gsize offset = 8; size - offset >= 12;) {
    gsize length = ms_png_number(data + offset);

    if (length > size - offset - 12)
      break;
    if (memcmp(data + offset + 4, "IDAT", 4) == 0) {
      memcpy(joined + n, data + offset + 8, length);
      n += length;
    }
    offset += 12 + length;
  }
  return n;
}

static gboolean
inflate(Image *image, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);
  guint8 *joined = ms_scratch_take(image->scratch, MS_SCRATCH_STREAM, size);
  gsize n;

  if (!ms_png_header_parse(bytes, "", &image->header, NULL) ||
      !ms_png_header_check_limits(&image->header, size, "", NULL))
    return FALSE;
  image->size = ms_png_rows_size(&image->header);
  if (image->size == 0)
    return FALSE;
  image->room = ms_scratch_take(image->scratch, MS_SCRATCH_INFLATED, image->size);
  image->size -= MS_UNFILTER_SLACK;
  image->filtered = image->room + MS_UNFILTER_SLACK;
  n = join_streams(data, size, joined);
  return libdeflate_zlib_decompress(ms_scratch_decompressor(image->scratch), joined, n,
                                    image->filtered, image->size, NULL) == LIBDEFLATE_SUCCESS;
}

static void
undo(const Image *image, const MsUnfilter *unfilter)
{
  gsize height = (gsize)image->header.height, n = image->size / height - 1;
  const guint8 *above = NULL;

  for (gsize y = 0; y < height; y++) {
    const guint8 *filtered = image->filtered + y * (n + 1);
    guint8 *row = image->room + y * n;

    ms_unfilter_row(unfilter, (MsFilter)MIN(*filtered, MS_FILTER_PAETH), filtered + 1, above, row,
                    n);
    above = row;
  }
}

static GBytes *
read_file(const char *path, MsScratch *scratch)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = ms_file_read_using(path, MS_FILE_MAX_BYTES, scratch, NULL, &error);

  if (!bytes)
    g_error("%s", error->message);
  return bytes;
}

/* FALSE: it is of another kind. */
static gboolean
measure(const char *path, MsScratch *scratch, Amount *amount)
{
  g_autoptr(GBytes) bytes = read_file(path, scratch);
  Image image = {.scratch = scratch};
  gsize n;

  if (!inflate(&image, bytes)) {
    amount->n_left_out++;
    return FALSE;
  }
  amount->n_files++;
  amount->file_bytes += g_bytes_get_size(bytes);
  amount->pixels += (guint64)image.header.width * (guint64)image.header.height;
  amount->filtered_bytes += image.size;
  n = image.size / (gsize)image.header.height;
  for (gsize at = 0; at < image.size; at += n)
    amount->rows[MIN(image.filtered[at], MS_FILTER_PAETH)]++;
  return TRUE;
}

static void
run_file(const char *path, MsScratch *scratch, Times *best)
{
  Image image = {.scratch = scratch};
  double start = now(), read, inflated;
  g_autoptr(GBytes) bytes = read_file(path, scratch);

  read = now();
  inflate(&image, bytes);
  inflated = now();
  undo(&image, ms_unfilter_best());
  best->undo = MIN(best->undo, now() - inflated);
  best->inflate = MIN(best->inflate, inflated - read);
  best->read = MIN(best->read, read - start);
}

/* --- many files ------------------------------------------------------------------------------- */

static void
add_path(GPtrArray *files, const char *path)
{
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;

  if (!dir) {
    g_ptr_array_add(files, g_strdup(path));
    return;
  }
  while ((name = g_dir_read_name(dir))) {
    g_autofree char *child = g_build_filename(path, name, NULL);

    if (g_file_test(child, G_FILE_TEST_IS_DIR) || g_str_has_suffix(name, ".png"))
      add_path(files, child);
  }
}

static void
add_listed(GPtrArray *files)
{
  char line[4096];

  while (fgets(line, sizeof line, stdin)) {
    g_strchomp(line);
    if (*line)
      add_path(files, line);
  }
}

/* The best of all rounds, file by file: other programs disturb a few files of every round. All
 * files lie between two readings of one, so that nothing of it is left in the processor. */
static Times
run_rounds(const GPtrArray *files, guint n_rounds, Amount *amount)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  g_autofree Times *best = g_new(Times, files->len);
  Times sum = {0, 0, 0};

  for (guint i = 0; i < files->len; i++)
    best[i] = measure(g_ptr_array_index(files, i), scratch, amount) ? (Times){1e9, 1e9, 1e9}
                                                                    : (Times){0, 0, 0};
  for (guint round = 0; round < n_rounds; round++)
    for (guint i = 0; i < files->len; i++)
      if (best[i].read > 0)
        run_file(g_ptr_array_index(files, i), scratch, &best[i]);
  for (guint i = 0; i < files->len; i++) {
    sum.read += best[i].read;
    sum.inflate += best[i].inflate;
    sum.undo += best[i].undo;
  }
  return sum;
}

static void
print_line(const char *what, double seconds, double floor, const Amount *amount)
{
  printf("%-22s %9.4f s %6.1f %% %9.0f Mpixel/s %9.0f MB/s\n", what, seconds, 100 * seconds / floor,
         (double)amount->pixels / seconds / 1e6, (double)amount->filtered_bytes / seconds / 1e6);
}

static void
print_rounds(const GPtrArray *files, guint n_rounds)
{
  static const char *const names[] = {"none", "sub", "up", "average", "paeth"};
  Amount amount = {0};
  Times times = run_rounds(files, n_rounds, &amount);
  double floor = times.inflate + times.undo;
  guint64 n_rows = 0;

  for (int filter = 0; filter < MS_N_FILTERS; filter++)
    n_rows += amount.rows[filter];
  printf("%" G_GSIZE_FORMAT " files (%" G_GSIZE_FORMAT " of other kinds left out), %.1f MB, %.1f "
         "Mpixel; best of %u rounds\n",
         amount.n_files, amount.n_left_out, (double)amount.file_bytes / 1e6,
         (double)amount.pixels / 1e6, n_rounds);
  printf("rows:");
  for (int filter = 0; filter < MS_N_FILTERS; filter++)
    printf(" %s %.0f %%", names[filter], 100 * (double)amount.rows[filter] / (double)n_rows);
  printf("\n\n");
  print_line("inflate", times.inflate, floor, &amount);
  print_line("undo filters", times.undo, floor, &amount);
  print_line("floor: both", floor, floor, &amount);
  print_line("floor, and reading", floor + times.read, floor, &amount);
}

/* --- masks of its own ------------------------------------------------------------------------- */

#define SIDE    512
#define N_MASKS 64

/* Discs, 255 on 0. */
static MsSamples *
make_mask(TestRandom *random)
{
  MsSamples *samples = ms_samples_new(SIDE, SIDE, MS_COLOR_GREY, 8, "mask", NULL);

  for (int disc = 0; disc < 12; disc++) {
    int center_x = (int)test_random_below(random, SIDE),
        radius = 8 + (int)test_random_below(random, 60);
    int center_y = (int)test_random_below(random, SIDE);

    for (int y = 0; y < SIDE; y++)
      for (int x = 0; x < SIDE; x++)
        if ((x - center_x) * (x - center_x) + (y - center_y) * (y - center_y) < radius * radius)
          samples->pixels[y * SIDE + x] = 255;
  }
  return samples;
}

static char *
make_masks(GPtrArray *files)
{
  char *folder = g_dir_make_tmp("maskscope-bench-XXXXXX", NULL);
  TestRandom random = {1};

  for (int i = 0; i < N_MASKS; i++) {
    g_autoptr(MsSamples) samples = make_mask(&random);
    g_autoptr(GBytes) bytes = ms_png_encode(samples, 6, NULL, NULL);
    char *path = g_strdup_printf("%s/%02d.png", folder, i);

    g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), NULL);
    g_ptr_array_add(files, path);
  }
  return folder;
}

static void
remove_masks(const GPtrArray *files, char *folder)
{
  for (guint i = 0; i < files->len; i++)
    remove(g_ptr_array_index(files, i));
  remove(folder);
  g_free(folder);
}

/* --- filters ---------------------------------------------------------------------------------- */

#define ROW_BYTES 4096
#define N_ROWS    64
#define N_TIMES   40

static void
undo_plainly(int filter, const guint8 *filtered, const guint8 *above, guint8 *out, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    int left = i ? out[i - 1] : 0, up = above[i], corner = i ? above[i - 1] : 0, guess = 0;
    int to_left = abs(up - corner), to_up = abs(left - corner),
        to_corner = abs(left + up - 2 * corner);

    if (filter == MS_FILTER_SUB)
      guess = left;
    else if (filter == MS_FILTER_UP)
      guess = up;
    else if (filter == MS_FILTER_AVERAGE)
      guess = (left + up) / 2;
    else if (filter == MS_FILTER_PAETH)
      guess = to_left <= to_up && to_left <= to_corner ? left : to_up <= to_corner ? up : corner;
    out[i] = (guint8)(filtered[i] + guess);
  }
}

/* Zeros but for one byte in so many. */
static void
make_filtered(guint8 *rows, guint one_in)
{
  TestRandom random = {2};

  for (gsize i = 0; i < ROW_BYTES * N_ROWS; i++)
    rows[i] = test_random_below(&random, one_in) ? 0 : (guint8)test_random(&random);
}

/* GB/s. */
static double
time_filter(const MsUnfilter *unfilter, int filter, const guint8 *rows)
{
  g_autofree guint8 *out = g_malloc0(ROW_BYTES * (N_ROWS + 1));
  double best = 1e9;

  for (int time = 0; time < N_TIMES; time++) {
    double start = now();

    for (int repeat = 0; repeat < 8; repeat++)
      for (int y = 0; y < N_ROWS; y++) {
        const guint8 *above = out + y * ROW_BYTES, *row = rows + y * ROW_BYTES;

        if (unfilter)
          ms_unfilter_row(unfilter, (MsFilter)filter, row, above, out + (y + 1) * ROW_BYTES,
                          ROW_BYTES);
        else
          undo_plainly(filter, row, above, out + (y + 1) * ROW_BYTES, ROW_BYTES);
      }
    best = MIN(best, now() - start);
  }
  return 8.0 * ROW_BYTES * N_ROWS / best / 1e9;
}

static void
print_filters(const char *what, guint one_in)
{
  static const char *const names[] = {"none", "sub", "up", "average", "paeth"};
  g_autofree guint8 *rows = g_malloc(ROW_BYTES * N_ROWS);

  make_filtered(rows, one_in);
  printf("\n%-14s %12s", what, "plain loop");
  for (gsize i = 0; ms_unfilter_nth(i); i++)
    printf(" %12s", ms_unfilter_nth(i)->name);
  printf("   GB/s\n");
  for (int filter = 1; filter < MS_N_FILTERS; filter++) {
    printf("%-14s %12.2f", names[filter], time_filter(NULL, filter, rows));
    for (gsize i = 0; ms_unfilter_nth(i); i++)
      printf(" %12.2f", time_filter(ms_unfilter_nth(i), filter, rows));
    printf("\n");
  }
}

static guint
read_number(const char *text)
{
  return (guint)CLAMP(g_ascii_strtoll(text, NULL, 10), 1, 1000);
}

int
main(int argc, char **argv)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
  guint n_rounds = 5;
  char *made = NULL;

  for (int i = 1; i < argc; i++) {
    if (g_str_equal(argv[i], "--rounds") && i + 1 < argc)
      n_rounds = read_number(argv[++i]);
    else if (g_str_equal(argv[i], "-"))
      add_listed(files);
    else
      add_path(files, argv[i]);
  }
  if (argc == 1)
    made = make_masks(files);
  if (files->len > 0)
    print_rounds(files, n_rounds);
  if (made) {
    remove_masks(files, made);
    print_filters("one in 200", 200);
    print_filters("noise", 1);
  }
  return files->len > 0 ? 0 : 1;
}
