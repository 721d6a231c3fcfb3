/* SPDX-License-Identifier: MIT
 *
 * The command as other programs see it: bytes on standard output, words on standard error, exit
 * status.
 */
#include "cli/comma-locale.h"
#include "cli/program.h"

#include <signal.h>

#define HEADER                                                                                     \
  "example,split,model,class,tp,fp,fn,tn,ignored,iou,dice,precision,recall,exact_match,status,"    \
  "message\n"

static char *
read_text(const TestFolder *folder, const char *name)
{
  g_autofree char *path = test_path(folder, name);
  g_autoptr(GError) error = NULL;
  char *text;

  g_file_get_contents(path, &text, NULL, &error);
  g_assert_no_error(error);
  return text;
}

/* Two examples that are all right, one model; IoU 0.75 and 1. */
static void
write_good_set(const TestFolder *folder)
{
  test_write_mask(folder, "actual/a.png", "##..\n##..");
  test_write_mask(folder, "predictions/a.png", "##..\n#...");
  test_write_mask(folder, "actual/b.png", "##..\n##..");
  test_write_mask(folder, "predictions/b.png", "##..\n##..");
}

/* The same, as a program that flips pictures would have found them. */
static void
write_flipped_set(const TestFolder *folder)
{
  test_write_mask(folder, "actual/a.png", "##..\n##..");
  test_write_mask(folder, "predictions/a.png", "..##\n...#");
  test_write_mask(folder, "actual/b.png", "##..\n##..");
  test_write_mask(folder, "predictions/b.png", "..##\n..##");
}

/* ---- adjusted ---- */

/* But for what is said about it. */
static void
assert_same_numbers(const char *adjusted, const char *healthy)
{
  g_autoptr(GString) text = g_string_new(adjusted);

  g_assert_cmpuint(g_string_replace(text, "predicted mask flipped left to right\n", "\n", 0), ==,
                   2);
  g_assert_cmpstr(text->str, ==, healthy);
}

static void
test_adjusted(void)
{
  static const char maskset[] = "[Set]\nActual=actual\n[Models]\npredictions=predictions\n"
                                "[Adjust]\npredictions=flip-x\n";
  g_auto(TestFolder) healthy = test_folder_new(), flipped = test_folder_new();
  g_auto(Run) expected = {0}, plain = {0}, adjusted = {0}, by_file = {0}, text = {0};

  write_good_set(&healthy);
  write_flipped_set(&flipped);
  g_free(test_file(&flipped, "x.maskset", maskset, sizeof maskset - 1));
  expected = run_program(&healthy, "evaluate . --format csv");
  plain = run_program(&flipped, "evaluate . --format csv");
  adjusted = run_program(&flipped, "evaluate . --adjust predictions:flip-x --format csv");
  by_file = run_program(&flipped, "evaluate x.maskset --format csv");
  text = run_program(&flipped, "evaluate . --adjust flip-x --format text");
  g_assert_cmpstr(plain.out, !=, expected.out);
  assert_same_numbers(adjusted.out, expected.out);
  assert_same_numbers(by_file.out, expected.out);
  assert_contains(text.out, "every value but 0 is positive; adjusted: flipped left to right\n");
  assert_ends(&flipped, "evaluate . --adjust unet:flip-x", 2,
              "Model \"unet\" is to be adjusted, but the set has no model of that name; it has "
              "predictions\n");
  assert_ends(&flipped, "evaluate . --adjust flip", 2, "--adjust: \"flip\" is none of");
}

static void
test_compare_adjusted(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  test_write_mask(&folder, "actual.png", "##..\n#...");
  test_write_mask(&folder, "predicted.png", "##\n#.\n..\n..");
  run = run_program(&folder, "compare actual.png predicted.png --adjust transpose");
  g_assert_cmpint(run.status, ==, 0);
  assert_contains(run.out, ",foreground,3,0,0,5,0,1,1,1,1,1,ok,predicted mask transposed\n");
}

/* ---- compare ---- */

static void
test_compare_csv(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  test_write_worked_pair(&folder, "actual.png", "predicted.png");
  run = run_program(&folder, "compare actual.png predicted.png");
  g_assert_cmpint(run.status, ==, 0);
  g_assert_cmpstr(run.err, ==, "");
  g_assert_true(g_str_has_prefix(run.out, HEADER));
  assert_contains(run.out, ",foreground,416,73,39,496,0,0.7878787878787878,0.8813559322033898,"
                           "0.8507157464212679,0.9142857142857143,0,ok,\n");
}

static void
test_compare_formats(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) json = {0};
  g_auto(Run) text = {0};

  test_write_worked_pair(&folder, "actual.png", "predicted.png");
  json = run_program(&folder, "compare actual.png predicted.png --format json");
  g_assert_cmpint(json.status, ==, 0);
  assert_contains(json.out,
                  "\"counts\": {\"tp\": 416, \"fp\": 73, \"fn\": 39, \"tn\": 496, \"ignored\": 0}");
  text = run_program(&folder, "compare actual.png predicted.png --format text");
  g_assert_cmpint(text.status, ==, 0);
  assert_contains(text.out, "0.788  416 / (416 + 73 + 39)\n");
}

static guint32
png_pixel(const TestFolder *folder, const char *name, int x, int y, int *width)
{
  g_autofree char *path = test_path(folder, name);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsSamples) samples = NULL;
  g_autofree char *data = NULL;
  const guint8 *pixel;
  gsize size;

  g_file_get_contents(path, &data, &size, &error);
  g_assert_no_error(error);
  bytes = g_bytes_new(data, size);
  samples = ms_png_decode(bytes, name, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpint(samples->channels, ==, 3);
  *width = samples->width;
  pixel = samples->pixels + (gsize)y * samples->stride + 3 * (gsize)x;
  return (guint32)(pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
}

static void
test_compare_overlay(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  int width;

  test_write_worked_pair(&folder, "actual.png", "predicted.png");
  assert_ends(&folder, "compare actual.png predicted.png --overlay plain.png --plain --opacity 1",
              0, NULL);
  /* The first 39 pixels are FN, then TP, and the last 73 of the predicted ones FP. */
  g_assert_cmphex(png_pixel(&folder, "plain.png", 0, 0, &width), ==, 0x0072b2);
  g_assert_cmpint(width, ==, 32);
  g_assert_cmphex(png_pixel(&folder, "plain.png", 39 % 32, 1, &width), ==, 0x009e73);
  g_assert_cmphex(png_pixel(&folder, "plain.png", 455 % 32, 455 / 32, &width), ==, 0xd55e00);
  assert_ends(&folder, "compare actual.png predicted.png --overlay figure.png", 0, NULL);
  g_assert_cmphex(png_pixel(&folder, "figure.png", 0, 0, &width), ==, 0xffffff);
  g_assert_cmpint(width, >=, 480);
}

static void
test_compare_refusals(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  test_write_worked_pair(&folder, "actual.png", "predicted.png");
  test_write_mask(&folder, "small.png", "##..");
  assert_ends(&folder, "compare actual.png", 2, "two mask files");
  assert_ends(&folder, "compare actual.png predicted.png more.png", 2, "two mask files");
  assert_ends(&folder, "compare actual.png small.png", 1, "32 x 32");
  assert_ends(&folder, "compare actual.png small.png", 1, "4 x 1");
  assert_ends(&folder, "compare actual.png nowhere.png", 1, "nowhere.png");
  assert_ends(&folder, "compare actual.png .", 1, "folder");
  assert_ends(&folder, "compare actual.png predicted.png --overlay /proc/none.png", 1,
              "/proc/none.png");
}

/* Two tables of labels. Only a and b are in both. */
static void
write_label_tables(const TestFolder *folder)
{
  static const char actual[] = "id,labels\na,Happy;Fast;Melodic\nb,Sad\nc,Fast\n";
  static const char predicted[] = "id,labels\na,Happy;Fast;Slow\nb,Sad\nd,Slow\n";
  static const char one[] = "id,labels\nb,Sad;Slow\n";

  g_free(test_file(folder, "actual.csv", actual, sizeof actual - 1));
  g_free(test_file(folder, "predicted.csv", predicted, sizeof predicted - 1));
  g_free(test_file(folder, "one.csv", one, sizeof one - 1));
}

#define SONG_ROWS                                                                                  \
  "a,,predicted,Fast,1,0,0,0,0,1,1,1,1,0,ok,\n"                                                    \
  "a,,predicted,Happy,1,0,0,0,0,1,1,1,1,0,ok,\n"                                                   \
  "a,,predicted,Melodic,0,0,1,0,0,0,0,0,0,0,ok,\n"                                                 \
  "a,,predicted,Slow,0,1,0,0,0,0,0,0,0,0,ok,\n"                                                    \
  "a,,predicted,*,2,1,1,,0,0.5,0.6666666666666666,0.6666666666666666,0.6666666666666666,0,ok,\n"

static void
test_compare_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) chosen = {0};
  g_auto(Run) only = {0};
  g_auto(Run) all = {0};
  g_auto(Run) text = {0};

  write_label_tables(&folder);
  chosen = run_program(&folder, "compare actual.csv predicted.csv --example a --quiet");
  g_assert_cmpint(chosen.status, ==, 0);
  g_assert_cmpstr(chosen.out, ==, HEADER SONG_ROWS);
  all = run_program(&folder, "evaluate --actual actual.csv --predicted predicted.csv");
  g_assert_cmpint(all.status, ==, 3);
  assert_contains(all.out, HEADER SONG_ROWS);
  only = run_program(&folder, "compare actual.csv one.csv --quiet");
  g_assert_cmpint(only.status, ==, 0);
  assert_contains(only.out, "\nb,,one,*,1,1,0,,0,0.5,");
  text = run_program(&folder, "compare actual.csv predicted.csv --example a --format text");
  assert_contains(text.out, "Not exact: missed Melodic, extra Slow\n");
}

/* The image belongs to the example that is compared. */
static void
test_compare_labels_figure(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  int width;

  write_label_tables(&folder);
  test_write_run(&folder, "photo.png", 1200, 4, 0, 0);
  assert_ends(&folder, "compare actual.csv one.csv --quiet --overlay bare.png", 0, NULL);
  assert_ends(&folder, "compare actual.csv one.csv --quiet --image photo.png --overlay with.png", 0,
              NULL);
  png_pixel(&folder, "bare.png", 0, 0, &width);
  g_assert_cmpint(width, <, 1200);
  png_pixel(&folder, "with.png", 0, 0, &width);
  g_assert_cmpint(width, >=, 1200);
  assert_ends(&folder, "compare actual.csv one.csv --quiet --image nowhere.png", 1,
              "nowhere.png does not exist");
}

static void
test_compare_labels_refusals(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_label_tables(&folder);
  test_write_worked_pair(&folder, "actual.png", "predicted.png");
  assert_ends(&folder, "compare actual.csv predicted.csv", 2, "share 2 examples");
  assert_ends(&folder, "compare actual.csv predicted.csv", 2, "--example ID");
  assert_ends(&folder, "compare actual.csv predicted.csv", 2, "maskscope evaluate");
  assert_ends(&folder, "compare actual.csv predicted.csv --example z", 1,
              "There is no example \"z\"; the first is \"a\"");
  assert_ends(&folder, "compare actual.csv predicted.csv --example c", 1, "predicted");
  assert_ends(&folder, "compare actual.png predicted.png --example a", 2, "label tables");
}

/* ---- evaluate ---- */

static void
test_evaluate_csv(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_good_set(&folder);
  run = run_program(&folder, "evaluate .");
  g_assert_cmpint(run.status, ==, 0);
  g_assert_cmpstr(run.err, ==, "");
  g_assert_cmpstr(run.out, ==,
                  HEADER
                  "a,,predictions,foreground,3,0,1,4,0,0.75,0.8571428571428571,1,0.75,0,ok,\n"
                  "b,,predictions,foreground,4,0,0,4,0,1,1,1,1,1,ok,\n");
}

static void
test_evaluate_output(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) standard = {0};
  g_auto(Run) dash = {0};
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  write_good_set(&folder);
  standard = run_program(&folder, "evaluate .");
  dash = run_program(&folder, "evaluate . -o -");
  g_assert_cmpstr(dash.out, ==, standard.out);
  assert_ends(&folder, "evaluate . -o out.csv", 0, NULL);
  assert_ends(&folder, "evaluate . -o out.json", 0, NULL);
  assert_ends(&folder, "evaluate . --output=out.dat --format text", 0, NULL);
  csv = read_text(&folder, "out.csv");
  json = read_text(&folder, "out.json");
  text = read_text(&folder, "out.dat");
  g_assert_cmpstr(csv, ==, standard.out);
  assert_contains(json, "\"maskscope\": \"");
  assert_contains(json, "\"iou\": {\"mean\": 0.875, \"pooled\": 0.875}");
  assert_contains(text, "0.875");
}

static void
test_evaluate_usage(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  assert_ends(&folder, "evaluate", 2, "which SET?");
  assert_ends(&folder, "evaluate . actual", 2, "actual");
  assert_ends(&folder, "evaluate . --no-such-option", 2, "--no-such-option");
  assert_ends(&folder, "evaluate . --no-such-option", 2, "evaluate --help");
  assert_ends(&folder, "evaluate . --format xml", 2, "csv, json or text");
  assert_ends(&folder, "evaluate . -o out.html", 2, "out.html");
  assert_ends(&folder, "evaluate . -o out.xyz", 0, NULL);
  assert_ends(&folder, "evaluate --actual actual", 2, "--predicted");
  assert_ends(&folder, "evaluate --predicted predictions", 2, "--actual");
  assert_ends(&folder, "evaluate . --threshold 1,5", 2, "--threshold");
}

static void
test_fail_under(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  assert_ends(&folder, "evaluate . --fail-under iou.mean=0.875", 0, NULL);
  assert_ends(&folder, "evaluate . --fail-under iou.mean=0.876", 4,
              "predictions: iou.mean is 0.875, below the demanded 0.876");
  assert_ends(&folder, "evaluate . --fail-under exact=0.4 --fail-under iou.pooled=0.9", 4,
              "iou.pooled");
  assert_ends(&folder, "evaluate . --fail-under miou=0.1 --fail-under dice.mean=0.9", 0, NULL);
  assert_ends(&folder, "evaluate . --fail-under speed=1", 2, "iou.mean, iou.pooled");
  assert_ends(&folder, "evaluate . --fail-under iou.mean", 2, "iou.mean=0.8");
  assert_ends(&folder, "evaluate . --fail-under iou.mean=0,8", 2, "from 0 to 1");
  assert_ends(&folder, "evaluate . --fail-under iou.mean=nan", 2, "from 0 to 1");
}

static void
test_fail_under_hamming(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  write_label_tables(&folder);
  assert_ends(&folder, "evaluate . --fail-under hamming=0.1", 2,
              "hamming is a level for label sets");
  /* 3 of 5 labels of a are right, all of b: 8 / 10. */
  assert_ends(&folder,
              "evaluate --actual actual.csv --predicted predicted.csv --quiet --fail-under "
              "hamming=0.8",
              3, NULL);
  assert_ends(&folder,
              "evaluate --actual actual.csv --predicted predicted.csv --quiet --fail-under "
              "hamming=0.81",
              4, "predicted: hamming is 0.8, below the demanded 0.81");
}

/* Any model that falls short fails, and that goes before examples that could not be scored. */
static void
test_fail_under_models(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  test_write_tiny_set(&folder);
  assert_ends(&folder, "evaluate .", 3, "bad.png");
  assert_ends(&folder, "evaluate . --fail-under iou.mean=0.6", 4, "wild: iou.mean is 0.5");
  assert_ends(&folder, "evaluate . --model steady --fail-under iou.mean=0.6", 3, "bad.png");
  assert_ends(&folder, "evaluate . --split train --fail-under iou.mean=0.5 --quiet", 0, NULL);
}

static void
test_missing_predicted(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_good_set(&folder);
  test_write_mask(&folder, "actual/c.png", "##..\n##..");
  run = run_program(&folder, "evaluate .");
  g_assert_cmpint(run.status, ==, 3);
  assert_contains(run.err, "c (predictions): ");
  assert_contains(run.out, "c,,predictions,*,,,,,,,,,,,skipped,");
}

/* What has no actual mask cannot be scored by anyone: counted as skipped, but no failure. */
static void
test_missing_actual(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_good_set(&folder);
  test_write_mask(&folder, "predictions/c.png", "##..\n##..");
  run = run_program(&folder, "evaluate .");
  g_assert_cmpint(run.status, ==, 0);
  assert_contains(run.err, "c (predictions): ");
  assert_contains(run.out, "c,,predictions,*,,,,,,,,,,,skipped,");
}

static void
test_mismatch(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  test_write_mask(&folder, "predictions/b.png", "##...\n##...");
  assert_ends(&folder, "evaluate .", 3, "4 x 2");
  assert_ends(&folder, "evaluate .", 3, "5 x 2");
  assert_ends(&folder, "evaluate . --size-mismatch nearest", 0, "were resized");
}

/* Every report says it. */
static void
test_resized(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) set = {0};
  g_auto(Run) pair = {0};
  g_auto(Run) text = {0};

  write_good_set(&folder);
  test_write_mask(&folder, "predictions/b.png", "##...\n##...");
  set = run_program(&folder, "evaluate . --size-mismatch nearest");
  assert_contains(set.out, ",ok,\"predicted mask resized, nearest\"\n");
  assert_contains(set.out, ",0,ok,\n");
  assert_contains(set.err, "1 of 2 predicted masks were resized");
  pair = run_program(&folder, "compare actual/b.png predictions/b.png --size-mismatch nearest");
  assert_contains(pair.err, "predicted mask resized, nearest");
  text = run_program(&folder, "compare actual/b.png predictions/b.png --size-mismatch nearest "
                              "--format text");
  assert_contains(text.out, "predicted mask resized, nearest");
}

static void
test_contested(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  test_write_mask(&folder, "actual/c_mask.png", "##");
  test_write_mask(&folder, "actual/c_gt.png", "##");
  test_write_mask(&folder, "predictions/c.png", "##");
  assert_ends(&folder, "evaluate .", 3, "more than one actual mask fits");
}

static void
test_many_messages(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};
  g_auto(Run) quiet = {0};
  g_auto(GStrv) lines = NULL;

  write_good_set(&folder);
  for (int i = 0; i < 33; i++) {
    g_autofree char *name = g_strdup_printf("actual/more%02d.png", i);
    test_write_mask(&folder, name, "##..");
  }
  run = run_program(&folder, "evaluate .");
  lines = g_strsplit(run.err, "\n", -1);
  g_assert_cmpint(run.status, ==, 3);
  g_assert_cmpuint(g_strv_length(lines), ==, 23);
  g_assert_cmpstr(lines[0], ==,
                  "maskscope: 33 examples have no predicted mask in ./predictions, "
                  "the first is more00");
  g_assert_cmpstr(lines[21], ==, "maskscope: and 13 more");
  quiet = run_program(&folder, "evaluate . --quiet");
  g_assert_cmpint(quiet.status, ==, 3);
  g_assert_cmpstr(quiet.err, ==, "");
  g_assert_cmpstr(quiet.out, ==, run.out);
}

static void
test_jobs(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  test_write_tiny_set(&folder);
  for (guint i = 0; i < 3; i++) {
    const char *formats[] = {"csv", "json", "text"};
    g_autofree char *one = g_strdup_printf("evaluate . --jobs 1 --format %s", formats[i]);
    g_autofree char *four = g_strdup_printf("evaluate . --jobs 4 --format %s", formats[i]);
    g_auto(Run) run_one = run_program(&folder, one);
    g_auto(Run) run_four = run_program(&folder, four);

    g_assert_cmpstr(run_one.out, ==, run_four.out);
    g_assert_cmpstr(run_one.err, ==, run_four.err);
  }
}

static void
test_order(void)
{
  const char *ids[] = {"B", "a", "a-b", "a/c", "a0", "b", "\xc3\xa4"};
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};
  g_auto(GStrv) lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_autofree char *actual = g_strdup_printf("actual/%s.png", ids[i]);
    g_autofree char *predicted = g_strdup_printf("predictions/%s.png", ids[i]);
    test_write_mask(&folder, actual, "##..");
    test_write_mask(&folder, predicted, "##..");
  }
  run = run_program(&folder, "evaluate .");
  lines = g_strsplit(run.out, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, G_N_ELEMENTS(ids) + 2);
  for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_autofree char *start = g_strconcat(ids[i], ",", NULL);
    g_assert_true(g_str_has_prefix(lines[i + 1], start));
  }
}

/* ---- sets that cannot be opened ---- */

static void
test_no_set(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *empty = test_path(&folder, "empty");

  g_assert_cmpint(g_mkdir(empty, 0777), ==, 0);
  test_write_mask(&folder, "only/images/a.png", "##..");
  test_write_mask(&folder, "only/images/b.png", "##..");
  assert_ends(&folder, "evaluate nowhere", 1, "nowhere");
  assert_ends(&folder, "evaluate empty", 1, "empty");
  assert_ends(&folder, "evaluate only", 1, "only");
  assert_ends(&folder, "export nowhere -o out", 1, "nowhere");
  assert_ends(&folder, "export empty -o out", 1, "empty");
  assert_ends(&folder, "nowhere", 1, "nowhere: no such file or folder, and no command");
  assert_ends(&folder, "view nowhere", 1, "nowhere");
}

/* ---- broken files ---- */

typedef struct {
  const char *name; /* the test's */
  void (*write)(const TestFolder *folder, const char *file);
  const char *cause; /* in the message */
} BrokenFile;

static void
write_bytes(const TestFolder *folder, const char *file, const void *data, gsize size)
{
  g_free(test_file(folder, file, data, size));
}

static void
write_no_png(const TestFolder *folder, const char *file)
{
  write_bytes(folder, file, "This is no picture at all.\n", 27);
}

static void
write_truncated(const TestFolder *folder, const char *file)
{
  g_autoptr(GBytes) png = test_mask_png("##..\n##..");

  write_bytes(folder, file, g_bytes_get_data(png, NULL), g_bytes_get_size(png) - 20);
}

static void
write_wrong_crc(const TestFolder *folder, const char *file)
{
  g_autoptr(GBytes) png = test_mask_png("##..\n##..");
  gsize size = g_bytes_get_size(png);
  g_autofree guint8 *data = g_memdup2(g_bytes_get_data(png, NULL), size);

  data[size - 12 - 1] ^= 1; /* the last byte before the end chunk: the checksum of the pixels */
  write_bytes(folder, file, data, size);
}

static void
write_huge_header(const TestFolder *folder, const char *file)
{
  /* IHDR of 40,000 x 40,000, 8-bit grey, with its right checksum, then zeros. */
  static const guint8 header[] = {0x89, 'P',  'N', 'G', '\r', '\n', 0x1a, '\n', 0,    0,    0,
                                  13,   'I',  'H', 'D', 'R',  0,    0,    0x9c, 0x40, 0,    0,
                                  0x9c, 0x40, 8,   0,   0,    0,    0,    0x74, 0x67, 0x51, 0xd9};
  guint8 data[200] = {0};

  memcpy(data, header, sizeof header);
  write_bytes(folder, file, data, sizeof data);
}

static void
write_empty(const TestFolder *folder, const char *file)
{
  write_bytes(folder, file, "", 0);
}

static void
write_dangling(const TestFolder *folder, const char *file)
{
  g_autofree char *path = test_path(folder, file);

  g_remove(path);
  g_assert_cmpint(symlink("/nowhere/at/all.png", path), ==, 0);
}

static void
write_unreadable(const TestFolder *folder, const char *file)
{
  g_autofree char *path = test_path(folder, file);

  g_assert_cmpint(g_chmod(path, 0), ==, 0);
}

static void
write_folder(const TestFolder *folder, const char *file)
{
  g_autofree char *path = test_path(folder, file);

  g_remove(path);
  g_assert_cmpint(g_mkdir(path, 0777), ==, 0);
}

static const BrokenFile broken_files[] = {
    {"not-a-png", write_no_png, "b.png"},           {"truncated", write_truncated, "truncated"},
    {"wrong-crc", write_wrong_crc, "checksum"},     {"huge-header", write_huge_header, "40000"},
    {"zero-bytes", write_empty, "empty"},           {"dangling-link", write_dangling, "link"},
    {"unreadable", write_unreadable, "permission"}, {"folder", write_folder, "This is a folder"},
};

/* One broken file: the rest is scored, the message names file and cause, the status is 3; compared
 * by itself it is 1. */
static void
test_broken(gconstpointer data)
{
  const BrokenFile *broken = data;
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};
  g_auto(Run) pair = {0};
  g_auto(GStrv) lines = NULL;

  if (broken->write == write_unreadable && geteuid() == 0) {
    g_test_skip("root reads everything");
    return;
  }
  write_good_set(&folder);
  broken->write(&folder, "predictions/b.png");
  run = run_program(&folder, "evaluate .");
  lines = g_strsplit(run.out, "\n", -1);
  g_test_message("%s", run.err);
  g_assert_cmpint(run.status, ==, 3);
  assert_contains(run.err, broken->cause);
  g_assert_cmpuint(g_strv_length(lines), ==, 4);
  g_assert_true(g_str_has_prefix(lines[1], "a,,predictions,foreground,3,0,1,4,0,0.75,"));
  g_assert_true(g_str_has_prefix(lines[2], "b,,predictions,*,,,,,,,,,,,"));
  pair = run_program(&folder, "compare actual/b.png predictions/b.png");
  g_assert_cmpint(pair.status, ==, 1);
  g_assert_cmpstr(pair.out, ==, "");
  assert_contains(pair.err, "b.png");
}

/* ---- export ---- */

static void
test_export(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  int width;

  write_good_set(&folder);
  assert_ends(&folder, "export . -o out/plain --plain --opacity 1", 0, "2 pictures written");
  g_assert_cmphex(png_pixel(&folder, "out/plain/a.png", 0, 0, &width), ==, 0x009e73);
  g_assert_cmphex(png_pixel(&folder, "out/plain/a.png", 1, 1, &width), ==, 0x0072b2);
  g_assert_cmpint(width, ==, 4);
  assert_ends(&folder, "export . -o out/figures --quiet", 0, NULL);
  png_pixel(&folder, "out/figures/b.png", 0, 0, &width);
  g_assert_cmpint(width, >=, 480);
  assert_ends(&folder, "export . -o out/fn --plain --opacity 1 --show tp --palette classic --quiet",
              0, NULL);
  g_assert_cmphex(png_pixel(&folder, "out/fn/a.png", 1, 1, &width), !=, 0x0072b2);
}

static void
test_export_usage(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  assert_ends(&folder, "export .", 2, "-o DIR");
  assert_ends(&folder, "export . -o out --opacity 2", 2, "--opacity");
  assert_ends(&folder, "export . -o out --palette pink", 2, "safe or classic");
  assert_ends(&folder, "export . -o out --paint classes", 2, "errors, actual or predicted");
  assert_ends(&folder, "export . -o out --show tp,tn", 2, "'tn'");
}

static void
test_export_problems(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  test_write_tiny_set(&folder);
  assert_ends(&folder, "export . -o out", 3, "val/bad (steady): ");
  assert_ends(&folder, "export . -o out", 3, "5 pictures written");
  assert_ends(&folder, "export . -o /proc/none", 1, "/proc/none");
  write_no_png(&folder, "file");
  assert_ends(&folder, "export . -o file", 1, "file");
  g_assert_true(g_file_test(folder.path, G_FILE_TEST_IS_DIR));
}

/* ---- standard output ---- */

static void
test_write_errors(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) full = {0};
  g_auto(Run) closed = {0};

  write_good_set(&folder);
  full = run_shell(&folder, "\"$1\" evaluate . >/dev/full");
  g_assert_cmpint(full.status, ==, 1);
  g_assert_cmpstr(
      full.err, ==,
      "maskscope: standard output: could not be written: no space left on the device\n");
  closed = run_shell(&folder, "\"$1\" evaluate . >&-");
  g_assert_cmpint(closed.status, ==, 1);
  g_assert_cmpstr(closed.err, ==,
                  "maskscope: standard output: could not be written: it is closed\n");
  assert_ends(&folder, "evaluate . -o /proc/none.csv", 1, "/proc/none.csv");
  assert_ends(&folder, "evaluate . -o no/such/folder.csv", 1, "folder.csv");
}

/* A reader that is gone before the first byte comes. What was found counts all the same. */
static void
test_reader_gone(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) good = {0};
  g_auto(Run) below = {0};
  g_auto(Run) help = {0};

  write_good_set(&folder);
  good = run_shell(&folder, "mkfifo p; exec 3<>p 4>p 3<&-; \"$1\" evaluate . >&4");
  g_assert_cmpint(good.status, ==, 0);
  g_assert_cmpstr(good.err, ==, "");
  below = run_shell(&folder, "exec 3<>p 4>p 3<&-; \"$1\" evaluate . --fail-under exact=0.9 >&4");
  g_assert_cmpint(below.status, ==, 4);
  g_assert_null(strstr(below.err, "output"));
  help = run_shell(&folder, "exec 3<>p 4>p 3<&-; \"$1\" --help >&4");
  g_assert_cmpint(help.status, ==, 0);
  g_assert_cmpstr(help.err, ==, "");
}

/* An output that cannot be is told before anything is read: the set is not even looked for. */
static void
test_output_first(void)
{
  static const char *const lines[] = {
      "evaluate nowhere -o no/such/folder.csv",
      "evaluate nowhere -o actual --format csv",
      "evaluate nowhere -o /proc/none.csv",
      "export nowhere -o actual/a.png/out",
      "export nowhere -o /proc/none",
      "compare actual/a.png actual/no.png -o no/such/x.csv",
      "compare actual/a.png actual/no.png --overlay no/such/x.png",
  };
  static const char *const messages[] = {
      "no/such/folder.csv: could not be written: the folder no/such does not exist",
      "actual: could not be written: is a folder, not a file",
      "/proc/none.csv: could not be written: no file can be made in /proc",
      "actual/a.png/out: the folder could not be made: a part of the path is not a folder",
      "/proc/none: the folder could not be made: ",
      "no/such/x.csv: could not be written",
      "no/such/x.png: could not be written",
  };
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
    assert_ends(&folder, lines[i], 1, messages[i]);
  /* Looking leaves nothing behind. */
  assert_ends(&folder, "evaluate nowhere -o out.csv", 1, "nowhere");
  assert_ends(&folder, "export nowhere -o out", 1, "nowhere");
  g_assert_cmpuint(test_count_entries(folder.path), ==, 2);
}

/* A link stays one, whether what it names is there or not. */
static void
test_output_links(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) standard = {0};
  g_auto(Run) run = {0};

  write_good_set(&folder);
  standard = run_program(&folder, "evaluate .");
  run = run_shell(&folder, "mkdir deep && ln -s deep/second first && ln -s made.csv deep/second && "
                           "ln -s loop loop && ln -s no/such lost && "
                           "\"$1\" evaluate . -o first --format csv && "
                           "\"$1\" evaluate . -o first --format csv && "
                           "test -L first && test -L deep/second && cat deep/made.csv");
  g_assert_cmpint(run.status, ==, 0);
  g_assert_cmpstr(run.out, ==, standard.out);
  assert_ends(&folder, "evaluate . -o loop", 1, "its links lead in a circle");
  assert_ends(&folder, "evaluate . -o lost", 1, "the folder no does not exist");
}

static void
leave_interrupted(gpointer user)
{
  sigset_t signals;

  sigemptyset(&signals);
  sigaddset(&signals, *(const int *)user);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  raise(*(const int *)user);
}

/* Whoever waits for the program sees the signal that ended it, and nothing is left. */
static void
test_interrupted(gconstpointer data)
{
  const char *argv[] = {MASKSCOPE_PROGRAM, "evaluate", ".", "-o", "out.csv", NULL};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = test_path(&folder, "out.csv");
  g_autoptr(GError) error = NULL;
  int status;

  write_good_set(&folder);
  g_spawn_sync(folder.path, (char **)argv, NULL, G_SPAWN_DEFAULT, leave_interrupted, (gpointer)data,
               NULL, NULL, &status, &error);
  g_assert_no_error(error);
  g_assert_true(WIFSIGNALED(status));
  g_assert_cmpint(WTERMSIG(status), ==, *(const int *)data);
  g_remove(out); /* there when the signal came too late */
  g_assert_cmpuint(test_count_entries(folder.path), ==, 2);
}

/* ---- locale ---- */

static char *
file_contents(const TestFolder *folder, const char *name, gsize *size)
{
  g_autofree char *path = test_path(folder, name);
  g_autoptr(GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents(path, &contents, size, &error);
  g_assert_no_error(error);
  return contents;
}

static void
test_locale(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(TestFolder) locales = test_folder_new();
  g_auto(GStrv) environment = comma_environment(&locales);
  const char *formats[] = {"csv", "json", "text"};

  if (!environment) {
    g_test_skip("no locale with a decimal comma");
    return;
  }
  test_write_tiny_set(&folder);
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_autofree char *words = g_strdup_printf(
        "evaluate . --threshold 0.25 --advise gap=0.25,examples=2,explain --format %s --fail-under "
        "iou.mean=0.1",
        formats[i]);
    g_autofree char *line = g_strconcat(MASKSCOPE_PROGRAM, " ", words, NULL);
    g_auto(GStrv) argv = g_strsplit(line, " ", -1);
    g_auto(Run) plain = run_program(&folder, words);
    g_auto(Run) comma = run_arguments(&folder, (const char *const *)argv, environment);

    g_assert_cmpint(comma.status, ==, plain.status);
    g_assert_cmpstr(comma.out, ==, plain.out);
  }
}

/* Scores stand on the chips of a label figure. */
static void
test_locale_of_figures(void)
{
  static const char actual[] = "example,Happy,Sad\na,1,0\n";
  static const char scores[] = "example,Happy,Sad\na,0.71,0.5004\n";
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(TestFolder) locales = test_folder_new();
  g_auto(GStrv) environment = comma_environment(&locales);
  const char *argv[] = {MASKSCOPE_PROGRAM, "compare",   "actual.csv", "scores.csv",
                        "--overlay",       "comma.png", NULL};
  g_autofree char *plain = NULL;
  g_autofree char *comma = NULL;
  gsize plain_size, comma_size;

  if (!environment) {
    g_test_skip("no locale with a decimal comma");
    return;
  }
  g_free(test_file(&folder, "actual.csv", actual, sizeof actual - 1));
  g_free(test_file(&folder, "scores.csv", scores, sizeof scores - 1));
  assert_ends(&folder, "compare actual.csv scores.csv --overlay plain.png", 0, NULL);
  g_auto(Run) run = run_arguments(&folder, argv, environment);
  g_assert_cmpint(run.status, ==, 0);
  plain = file_contents(&folder, "plain.png", &plain_size);
  comma = file_contents(&folder, "comma.png", &comma_size);
  g_assert_cmpmem(comma, comma_size, plain, plain_size);
}

/* ---- help, version, view ---- */

static void
test_help(void)
{
  const char *commands[] = {"view", "compare", "evaluate", "export"};
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) help = run_program(&folder, "--help");
  g_auto(Run) version = run_program(&folder, "--version");
  g_auto(Run) labels = run_program(&folder, "export --help");

  g_assert_cmpint(help.status, ==, 0);
  g_assert_cmpstr(help.err, ==, "");
  assert_contains(help.out, "Exit status:");
  assert_contains(help.out, "Ctrl+C: 130");
  assert_contains(help.out, "--predicted");
  g_assert_cmpint(version.status, ==, 0);
  g_assert_cmpstr(version.out, ==, "maskscope " MASKSCOPE_VERSION "\n");
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
    g_autofree char *words = g_strconcat(commands[i], " --help", NULL);
    g_auto(Run) run = run_program(&folder, words);

    g_assert_cmpint(run.status, ==, 0);
    assert_contains(help.out, commands[i]);
    assert_contains(run.out, commands[i]);
    assert_contains(run.out, "--threshold");
  }
  assert_contains(labels.out, "Of a label set");
}

/* The viewer's program answers as the command does, without a display. */
static void
test_viewer_help(void)
{
#ifdef MASKSCOPE_VIEWER
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) view = run_program(&folder, "view --help");
  g_auto(Run) help = run_shell(&folder, "env -u DISPLAY " MASKSCOPE_VIEWER " --help");
  g_auto(Run) version = run_shell(&folder, "env -u DISPLAY " MASKSCOPE_VIEWER " . --version");
  g_auto(Run) full = run_shell(&folder, "env -u DISPLAY " MASKSCOPE_VIEWER " -h >/dev/full");

  g_assert_cmpint(help.status, ==, 0);
  g_assert_cmpstr(help.err, ==, "");
  assert_contains(help.out, "Usage: maskscope-viewer [SET]");
  assert_contains(view.out, strchr(help.out, '\n')); /* from the second line on the same text */
  g_assert_cmpint(version.status, ==, 0);
  g_assert_cmpstr(version.out, ==, "maskscope " MASKSCOPE_VERSION "\n");
  g_assert_cmpint(full.status, ==, 1);
#else
  g_test_skip("the viewer was not built");
#endif
}

static void
test_view(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_good_set(&folder);
  assert_ends(&folder, ".", 1, "maskscope evaluate .");
  assert_ends(&folder, "view .", 1, "DISPLAY");
  assert_ends(&folder, "view", 1, "maskscope evaluate SET");
  assert_ends(&folder, "view . actual", 2, "one SET");
  assert_ends(&folder, "evalute .", 2, "'evalute' is no command");
  assert_ends(&folder, "--no-such-option", 2, "--no-such-option");
}

/* Where the viewer was not built, a display does not help. */
static void
test_no_viewer(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  const char *argv[] = {MASKSCOPE_PROGRAM, ".", NULL};
  g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "DISPLAY", ":0", TRUE);
  g_auto(Run) run = {0};

  if (MASKSCOPE_HAS_VIEWER) {
    g_test_skip("the viewer was built");
    return;
  }
  run = run_arguments(&folder, argv, environment);
  g_assert_cmpint(run.status, ==, 1);
  assert_contains(run.err, "built without the viewer");
}

int
main(int argc, char **argv)
{
  static const int interrupt = SIGINT, end = SIGTERM;

  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/cli/adjusted", test_adjusted);
  g_test_add_func("/cli/compare/adjusted", test_compare_adjusted);
  g_test_add_func("/cli/compare/csv", test_compare_csv);
  g_test_add_func("/cli/compare/formats", test_compare_formats);
  g_test_add_func("/cli/compare/overlay", test_compare_overlay);
  g_test_add_func("/cli/compare/refusals", test_compare_refusals);
  g_test_add_func("/cli/compare/labels", test_compare_labels);
  g_test_add_func("/cli/compare/labels-figure", test_compare_labels_figure);
  g_test_add_func("/cli/compare/labels-refusals", test_compare_labels_refusals);
  g_test_add_func("/cli/evaluate/csv", test_evaluate_csv);
  g_test_add_func("/cli/evaluate/output", test_evaluate_output);
  g_test_add_func("/cli/evaluate/usage", test_evaluate_usage);
  g_test_add_func("/cli/evaluate/fail-under", test_fail_under);
  g_test_add_func("/cli/evaluate/fail-under-hamming", test_fail_under_hamming);
  g_test_add_func("/cli/evaluate/fail-under-models", test_fail_under_models);
  g_test_add_func("/cli/evaluate/missing-predicted", test_missing_predicted);
  g_test_add_func("/cli/evaluate/missing-actual", test_missing_actual);
  g_test_add_func("/cli/evaluate/mismatch", test_mismatch);
  g_test_add_func("/cli/evaluate/resized", test_resized);
  g_test_add_func("/cli/evaluate/contested", test_contested);
  g_test_add_func("/cli/evaluate/many-messages", test_many_messages);
  g_test_add_func("/cli/evaluate/jobs", test_jobs);
  g_test_add_func("/cli/evaluate/order", test_order);
  g_test_add_func("/cli/evaluate/no-set", test_no_set);
  for (guint i = 0; i < G_N_ELEMENTS(broken_files); i++) {
    g_autofree char *path = g_strconcat("/cli/broken/", broken_files[i].name, NULL);
    g_test_add_data_func(path, &broken_files[i], test_broken);
  }
  g_test_add_func("/cli/export/pictures", test_export);
  g_test_add_func("/cli/export/usage", test_export_usage);
  g_test_add_func("/cli/export/problems", test_export_problems);
  g_test_add_func("/cli/write-errors", test_write_errors);
  g_test_add_func("/cli/reader-gone", test_reader_gone);
  g_test_add_func("/cli/output-first", test_output_first);
  g_test_add_func("/cli/output-links", test_output_links);
  g_test_add_data_func("/cli/interrupted", &interrupt, test_interrupted);
  g_test_add_data_func("/cli/ended", &end, test_interrupted);
  g_test_add_func("/cli/locale", test_locale);
  g_test_add_func("/cli/locale-of-figures", test_locale_of_figures);
  g_test_add_func("/cli/help", test_help);
  g_test_add_func("/cli/viewer-help", test_viewer_help);
  g_test_add_func("/cli/view", test_view);
  g_test_add_func("/cli/no-viewer", test_no_viewer);
  return g_test_run();
}
