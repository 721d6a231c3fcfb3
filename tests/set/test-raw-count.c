/* SPDX-License-Identifier: MIT
 *
 * Counting raw samples beside interpreting every pixel: the same joint, the same status, the same
 * words. Folders of every encoding are made whose later files, which no survey sees, are anything
 * at all; the sets at hand are compared as they are.
 */
#include "set/raw-count.h"

#include "set/classes.h"
#include "set/pair.h"
#include "small-set.h"
#include "support/random.h"

/* --- comparing -------------------------------------------------------------------------------- */

static void
assert_same_joint(MsJoint *joint, MsJoint *expected)
{
  const MsCell *cells, *expected_cells;
  gsize n_cells, n_expected;

  g_assert_true((joint == NULL) == (expected == NULL));
  if (!joint)
    return;
  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_cells(expected, &expected_cells, &n_expected), ==, MS_STATUS_OK);
  g_assert_cmpuint(ms_joint_total(joint), ==, ms_joint_total(expected));
  g_assert_cmpuint(n_cells, ==, n_expected);
  for (gsize i = 0; i < n_cells; i++) {
    g_assert_cmpuint(cells[i].actual, ==, expected_cells[i].actual);
    g_assert_cmpuint(cells[i].predicted, ==, expected_cells[i].predicted);
    g_assert_cmpuint(cells[i].count, ==, expected_cells[i].count);
  }
}

/* What became of examples. */
typedef struct {
  guint n_raw; /* counted by their samples */
  guint n_ok;
  guint n_refused;
} Outcome;

/* As if a pair had been given up half-way. */
static void
leave_counts(MsScratch *scratch)
{
  static const guint8 pixels[] = {0, 255, 9};
  MsRaster raster;

  g_assert_cmpint(ms_raster_wrap(&raster, 3, 1, 8, 3, pixels), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(ms_scratch_joint(scratch), &raster, &raster, NULL), ==,
                  MS_STATUS_OK);
}

static void
compare_example(MsSet *set, guint index, guint model, MsScratch *scratch, Outcome *outcome)
{
  g_autoptr(MsExample) example = ms_set_dup_example(set, index);
  g_autoptr(MsResult) expected = ms_pair_score(set, index, model, NULL, NULL, NULL);
  g_autoptr(MsResult) result = NULL;
  MsRawCount count;

  leave_counts(scratch);
  result = ms_pair_score(set, index, model, scratch, NULL, NULL);
  g_assert_cmpstr(result->message, ==, expected->message);
  g_assert_cmpint(result->status, ==, expected->status);
  g_assert_cmpint(result->has_actual, ==, expected->has_actual);
  g_assert_cmpint(result->resized, ==, expected->resized);
  g_assert_cmpint(result->width, ==, expected->width);
  g_assert_cmpint(result->height, ==, expected->height);
  g_assert_cmpint(result->predicted_width, ==, expected->predicted_width);
  g_assert_cmpint(result->predicted_height, ==, expected->predicted_height);
  assert_same_joint(result->joint, expected->joint);
  if (result->status == MS_RESULT_OK)
    outcome->n_ok++;
  else
    outcome->n_refused++;
  if (ms_raw_count(&count, set, example, model, scratch, NULL)) {
    outcome->n_raw++;
    ms_joint_free(count.joint);
  }
}

static Outcome
compare_set(MsSet *set)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  Outcome outcome = {0};

  for (guint i = 0; !ms_set_get_labels(set) && i < ms_set_get_n_examples(set); i++)
    for (guint model = 0; model < ms_set_get_n_models(set); model++)
      compare_example(set, i, model, scratch, &outcome);
  return outcome;
}

/* --- made folders ----------------------------------------------------------------------------- */

#define WIDTH  37
#define HEIGHT 9

/* A kind of files, and the values that occur in them. */
typedef struct {
  MsColorType color;
  int depth;
  guint n_values;
  guint16 values[8];
} Kind;

/* How a folder is read, and what its first files are. */
typedef struct {
  const char *name;
  MsEncoding actual_encoding;
  MsEncoding predicted_encoding;
  Kind actual;
  Kind predicted;
  const char *arguments; /* options, between blanks; NULL: none */
  gboolean raw;          /* its first files are counted by their samples */
  gboolean manifest;
} Case;

static void
write_samples(const TestFolder *folder, const char *name, MsSamples *samples)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_png_encode(samples, 6, NULL, &error);

  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

static void
set_sample(MsSamples *samples, gsize i, guint value)
{
  if (samples->bytes == 2)
    ((guint16 *)(void *)samples->pixels)[i] = (guint16)value;
  else
    samples->pixels[i] = (guint8)value;
}

/* The colour that stands for a value, in files of three channels and in palettes. */
static guint
channel_of(guint value, int channel)
{
  const guint channels[] = {value, (value + 40) & 255, 255 - (value & 255), 255};

  return channels[channel];
}

static void
make_palette(TestRandom *random, MsSamples *samples)
{
  guint shift = test_random_below(random, 3); /* another order of colours than usual */

  samples->n_palette = 1 << samples->depth;
  for (int i = 0; i < samples->n_palette; i++)
    for (int c = 0; c < 4; c++)
      samples->palette[i][c] = (guint8)channel_of((guint)i + shift, c);
}

static void
write_kind(const TestFolder *folder, const char *name, TestRandom *random, const Kind *kind,
           int width, gboolean colored)
{
  g_autoptr(MsSamples) samples =
      ms_samples_new(width, HEIGHT, kind->color, kind->depth, name, NULL);
  gsize n = (gsize)width * HEIGHT;

  for (gsize i = 0; i < n; i++) {
    guint value = kind->values[test_random_below(random, kind->n_values)];

    for (int c = 0; c < samples->channels; c++)
      set_sample(samples, i * (gsize)samples->channels + (gsize)c,
                 colored && samples->channels > 1 ? channel_of(value, c) : value);
  }
  if (kind->color == MS_COLOR_PALETTE)
    make_palette(random, samples);
  write_samples(folder, name, samples);
}

/* Whatever a folder may hold by mistake. */
static Kind
any_kind(TestRandom *random)
{
  static const Kind kinds[] = {
      {MS_COLOR_GREY, 1},       {MS_COLOR_GREY, 2},    {MS_COLOR_GREY, 4},    {MS_COLOR_GREY, 8},
      {MS_COLOR_GREY, 8},       {MS_COLOR_GREY, 8},    {MS_COLOR_GREY, 8},    {MS_COLOR_GREY, 16},
      {MS_COLOR_PALETTE, 1},    {MS_COLOR_PALETTE, 2}, {MS_COLOR_PALETTE, 4}, {MS_COLOR_PALETTE, 8},
      {MS_COLOR_GREY_ALPHA, 8}, {MS_COLOR_RGB, 8},     {MS_COLOR_RGBA, 8},
  };
  static const guint16 usual[] = {0, 1, 2, 3, 5, 7, 19, 100, 127, 128, 200, 254, 255};
  Kind kind = kinds[test_random_below(random, G_N_ELEMENTS(kinds))];

  kind.n_values = 1 + test_random_below(random, 4);
  for (guint i = 0; i < kind.n_values; i++) {
    guint value = usual[test_random_below(random, G_N_ELEMENTS(usual))];

    kind.values[i] = (guint16)(value & ((1u << MIN(kind.depth, 8)) - 1));
    if (kind.depth == 16 && test_random_below(random, 2))
      kind.values[i] = (guint16)(kind.values[i] * 257);
  }
  return kind;
}

/* Bytes of no PNG, or of half a one. */
static void
write_broken(const TestFolder *folder, const char *name, TestRandom *random)
{
  g_autofree char *path = test_path(folder, name);
  g_autofree char *data = NULL;
  gsize size;

  if (g_file_get_contents(path, &data, &size, NULL) && size > 20)
    g_free(test_file(folder, name, data, test_random_below(random, (guint32)size)));
}

#define N_FIRST (MS_READING_N_FILES + 6)
#define N_ODD   60

static void
write_one(const TestFolder *folder, const char *role, guint i, TestRandom *random, const Kind *kind)
{
  g_autofree char *name = g_strdup_printf("%s/%03u.png", role, i);
  Kind odd = any_kind(random);
  gboolean is_odd = i >= N_FIRST && test_random_below(random, 3) > 0;
  int width = is_odd && test_random_below(random, 16) == 0 ? WIDTH + 4 : WIDTH;

  write_kind(folder, name, random, is_odd ? &odd : kind, width,
             !is_odd || test_random_below(random, 2));
  if (is_odd && test_random_below(random, 16) == 0)
    write_broken(folder, name, random);
}

static char *
write_manifest(const TestFolder *folder)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted\n");

  for (guint i = 0; i < N_FIRST + N_ODD; i++)
    g_string_append_printf(text, "%03u,actual/%03u.png,predictions/%03u.png\n", i, i, i);
  return test_file(folder, "set.csv", text->str, text->len);
}

static MsSet *
open_case(const TestFolder *folder, const Case *test, GError **error)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_auto(GStrv) arguments = g_strsplit(test->arguments ? test->arguments : "", " ", -1);

  for (guint i = 0; arguments[i]; i++) /* a class table beside the masks */
    if (g_str_equal(arguments[i], "CLASSES")) {
      g_free(arguments[i]);
      arguments[i] = test_path(folder, "ids.csv");
    }
  if (test->arguments && !ms_options_parse(options, &arguments, NULL, error))
    return NULL;
  options->set = test->manifest ? write_manifest(folder) : g_strdup(folder->path);
  return ms_set_open(options, NULL, NULL, NULL, error);
}

static const Case cases[] = {
    {"binary-255",
     MS_ENCODING_BINARY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     NULL,
     TRUE},
    {"binary-bits",
     MS_ENCODING_BINARY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 1, 2, {0, 1}},
     {MS_COLOR_PALETTE, 1, 2, {0, 1}},
     NULL,
     TRUE},
    {"binary-void",
     MS_ENCODING_BINARY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 8, 3, {0, 1, 255}},
     {MS_COLOR_GREY, 8, 2, {0, 1}},
     NULL,
     TRUE},
    {"binary-id",
     MS_ENCODING_BINARY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 8, 4, {0, 1, 2, 3}},
     {MS_COLOR_PALETTE, 4, 3, {0, 1, 2}},
     "--positive 2 --ignore 3",
     TRUE},
    {"binary-nonzero",
     MS_ENCODING_BINARY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 8, 4, {0, 1, 9, 3}},
     {MS_COLOR_GREY, 4, 3, {0, 1, 2}},
     "--positive nonzero",
     TRUE},
    {"grey",
     MS_ENCODING_GREY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 8, 6, {0, 255, 9, 210, 240, 90}},
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     NULL,
     TRUE},
    {"probability",
     MS_ENCODING_BINARY,
     MS_ENCODING_PROBABILITY,
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     {MS_COLOR_GREY, 8, 7, {0, 255, 9, 128, 127, 90, 254}},
     NULL,
     TRUE},
    {"probability-of-4-bits",
     MS_ENCODING_BINARY,
     MS_ENCODING_PROBABILITY,
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     {MS_COLOR_GREY, 4, 5, {0, 15, 9, 2, 7}},
     "--threshold 0.3",
     TRUE},
    {"probability-of-16-bits",
     MS_ENCODING_BINARY,
     MS_ENCODING_PROBABILITY,
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     {MS_COLOR_GREY, 16, 5, {0, 65535, 900, 200, 32768}},
     NULL,
     FALSE},
    {"classes",
     MS_ENCODING_CLASSES,
     MS_ENCODING_CLASSES,
     {MS_COLOR_PALETTE, 8, 5, {0, 1, 2, 7, 255}},
     {MS_COLOR_GREY, 8, 4, {0, 1, 2, 7}},
     NULL,
     TRUE},
    {"classes-of-a-table",
     MS_ENCODING_CLASSES,
     MS_ENCODING_CLASSES,
     {MS_COLOR_GREY, 8, 4, {0, 1, 2, 7}},
     {MS_COLOR_PALETTE, 4, 4, {0, 1, 2, 7}},
     "--classes CLASSES",
     TRUE},
    {"mapped-ids",
     MS_ENCODING_CLASSES,
     MS_ENCODING_CLASSES,
     {MS_COLOR_GREY, 8, 4, {0, 1, 2, 7}},
     {MS_COLOR_GREY, 8, 4, {0, 1, 2, 5}},
     "--map-actual 7=70000,2=1 --map-predicted 5=7",
     TRUE},
    {"resized",
     MS_ENCODING_BINARY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     "--size-mismatch nearest",
     TRUE},
    {"two-colors",
     MS_ENCODING_TWO_COLORS,
     MS_ENCODING_BINARY,
     {MS_COLOR_RGB, 8, 2, {7, 200}},
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     NULL,
     FALSE},
    {"colors",
     MS_ENCODING_COLORS,
     MS_ENCODING_COLORS,
     {MS_COLOR_RGB, 8, 3, {0, 1, 2}},
     {MS_COLOR_RGB, 8, 4, {0, 1, 2, 7}},
     "--classes CLASSES",
     FALSE},
    {"manifest-binary",
     MS_ENCODING_BINARY,
     MS_ENCODING_BINARY,
     {MS_COLOR_GREY, 8, 2, {0, 255}},
     {MS_COLOR_PALETTE, 2, 2, {0, 1}},
     NULL,
     TRUE,
     TRUE},
    {"manifest-probability",
     MS_ENCODING_BINARY,
     MS_ENCODING_PROBABILITY,
     {MS_COLOR_GREY, 1, 2, {0, 1}},
     {MS_COLOR_GREY, 8, 7, {0, 255, 9, 128, 127, 90, 254}},
     NULL,
     TRUE,
     TRUE},
    {"manifest-classes",
     MS_ENCODING_CLASSES,
     MS_ENCODING_CLASSES,
     {MS_COLOR_PALETTE, 8, 4, {0, 1, 2, 7}},
     {MS_COLOR_GREY, 8, 4, {0, 1, 2, 7}},
     NULL,
     TRUE,
     TRUE},
};

static void
test_case(gconstpointer data)
{
  const Case *test = data;
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  TestRandom random = {17};
  Outcome outcome;

  for (guint i = 0; i < N_FIRST + N_ODD; i++) {
    write_one(&folder, "actual", i, &random, &test->actual);
    write_one(&folder, "predictions", i, &random, &test->predicted);
  }
  if (test->arguments && strstr(test->arguments, "CLASSES"))
    test_text(&folder, "ids.csv",
              "id,name,r,g,b\n0,background,0,40,255\n1,cat,1,41,254\n"
              "2,dog,2,42,253\n7,cow,7,47,248\n");
  set = open_case(&folder, test, &error);
  g_assert_no_error(error);
  g_assert_cmpint(ms_set_get_actual_reading(set)->encoding, ==, test->actual_encoding);
  g_assert_cmpint(ms_set_get_predicted_reading(set, 0)->encoding, ==, test->predicted_encoding);
  outcome = compare_set(set);
  g_test_message("%u of %u by samples, %u refused", outcome.n_raw, outcome.n_ok, outcome.n_refused);
  g_assert_cmpuint(outcome.n_ok + outcome.n_refused, ==, N_FIRST + N_ODD);
  g_assert_cmpuint(outcome.n_refused, >, 2);
  g_assert_cmpuint(outcome.n_ok, >=, N_FIRST);
  g_assert_true((outcome.n_raw >= N_FIRST) == test->raw);
}

/* --- sets at hand ----------------------------------------------------------------------------- */

/* Every folder that opens as a set as it stands. */
static void
compare_folders(const char *path, guint depth, guint *n_sets, Outcome *all)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;

  options->set = g_strdup(path);
  set = ms_set_open(options, NULL, NULL, NULL, NULL);
  if (set) {
    Outcome outcome = compare_set(set);

    g_test_message("%s: %u of %u by samples, %u refused", path, outcome.n_raw, outcome.n_ok,
                   outcome.n_refused);
    all->n_raw += outcome.n_raw;
    all->n_ok += outcome.n_ok;
    (*n_sets)++;
    return;
  }
  while (depth > 0 && dir && (name = g_dir_read_name(dir))) {
    g_autofree char *child = g_build_filename(path, name, NULL);

    if (g_file_test(child, G_FILE_TEST_IS_DIR))
      compare_folders(child, depth - 1, n_sets, all);
  }
}

/* The pairs of test vectors, each row by itself. */
static void
test_vectors(void)
{
  const char *data = g_getenv("MASKSCOPE_TEST_DATA");
  static const char *const kinds[] = {"binary", "multiclass", "soft", "mismatch"};

  if (!data) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autoptr(MsOptions) options = ms_options_new();
    g_autoptr(MsSet) set = NULL;
    MsModelOption *model = g_new0(MsModelOption, 1);
    Outcome outcome;

    options->actual = g_build_filename(data, "vectors", kinds[i], "{id}_gt.png", NULL);
    model->path = g_build_filename(data, "vectors", kinds[i], "{id}_pred.png", NULL);
    g_ptr_array_add(options->predicted, model);
    set = ms_set_open(options, NULL, NULL, NULL, NULL);
    if (!set) {
      g_test_message("%s: not opened", kinds[i]);
      continue;
    }
    outcome = compare_set(set);
    g_test_message("%s: %u of %u by samples, %u refused", kinds[i], outcome.n_raw, outcome.n_ok,
                   outcome.n_refused);
  }
}

static void
test_real_sets(void)
{
  const char *data = g_getenv("MASKSCOPE_TEST_DATA");
  g_autofree char *folder = data ? g_build_filename(data, "data", NULL) : NULL;
  Outcome outcome = {0};
  guint n_sets = 0;

  if (!data) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  compare_folders(folder, 3, &n_sets, &outcome);
  g_assert_cmpuint(n_sets, >, 2);
  g_assert_cmpuint(outcome.n_raw, >, 0);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = g_strdup_printf("/raw-count/%s", cases[i].name);

    g_test_add_data_func(path, &cases[i], test_case);
  }
  g_test_add_func("/raw-count/vectors", test_vectors);
  g_test_add_func("/raw-count/real-sets", test_real_sets);
  return g_test_run();
}
