/* SPDX-License-Identifier: MIT
 *
 * Class tables, colours, instances and mapped ids from files on disk to counts: one small set each.
 */
#include "set/option-values.h"
#include "set/pair.h"
#include "set/text.h"
#include "small-set.h"

typedef struct {
  TestFolder folder;
  MsOptions *options;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  fixture->options = ms_options_new();
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  ms_options_free(fixture->options);
}

static void
write_png(Fixture *fixture, const char *name, const MsSamples *samples)
{
  g_autoptr(GBytes) bytes = ms_png_encode(samples, 1, NULL, NULL);
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  g_free(test_file(&fixture->folder, name, data, size));
}

/* One row of colours, 0xRRGGBB. */
static void
write_colors(Fixture *fixture, const char *name, int n, const guint32 *colors)
{
  g_autoptr(MsSamples) samples = ms_samples_new(n, 1, MS_COLOR_RGB, 8, name, NULL);
  for (int i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      samples->pixels[3 * i + c] = colors[i] >> (16 - 8 * c) & 255;
  write_png(fixture, name, samples);
}

static void
write_words(Fixture *fixture, const char *name, int n, const guint16 *words)
{
  g_autoptr(MsSamples) samples = ms_samples_new(n, 1, MS_COLOR_GREY, 16, name, NULL);
  memcpy(samples->pixels, words, (gsize)n * 2);
  write_png(fixture, name, samples);
}

/* An .npy file of one row of this machine's int32. */
static void
write_numbers(Fixture *fixture, const char *name, int n, const gint32 *numbers)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_autofree char *header =
      g_strdup_printf("{'descr': '%ci4', 'fortran_order': False, 'shape': (1, %d), }",
                      G_BYTE_ORDER == G_LITTLE_ENDIAN ? '<' : '>', n);
  guint8 start[10] = "\x93NUMPY\x01";
  gsize length = strlen(header) + 1;
  start[8] = (guint8)length;
  g_byte_array_append(bytes, start, sizeof start);
  g_byte_array_append(bytes, (const guint8 *)header, (guint)length - 1);
  g_byte_array_append(bytes, (const guint8 *)"\n", 1);
  g_byte_array_append(bytes, (const guint8 *)numbers, (guint)n * 4);
  g_free(test_file(&fixture->folder, name, bytes->data, bytes->len));
}

#define N_OF(type, ...) ((int)(sizeof((const type[]){__VA_ARGS__}) / sizeof(type)))
#define COLORS(name, ...)                                                                          \
  write_colors(fixture, name, N_OF(guint32, __VA_ARGS__), (const guint32[]){__VA_ARGS__})
#define WORDS(name, ...)                                                                           \
  write_words(fixture, name, N_OF(guint16, __VA_ARGS__), (const guint16[]){__VA_ARGS__})
#define NUMBERS(name, ...)                                                                         \
  write_numbers(fixture, name, N_OF(gint32, __VA_ARGS__), (const gint32[]){__VA_ARGS__})

static MsSet *
try_open(Fixture *fixture, const char *words, GError **error)
{
  GStrv arguments = g_strsplit(words, " ", -1);
  g_assert_true(ms_options_parse(fixture->options, &arguments, NULL, NULL));
  g_strfreev(arguments);
  g_free(fixture->options->set);
  fixture->options->set = g_strdup(fixture->folder.path);
  return ms_set_open(fixture->options, NULL, NULL, NULL, error);
}

static MsSet *
open_set(Fixture *fixture, const char *words)
{
  g_autoptr(GError) error = NULL;
  MsSet *set = try_open(fixture, words, &error);
  g_assert_no_error(error);
  return set;
}

/* Two folders of the fixture's, named one by one. */
static MsSet *
open_folders(Fixture *fixture, const char *actual, const char *predicted)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *actual_path = test_path(&fixture->folder, actual);
  g_autofree char *predicted_path = test_path(&fixture->folder, predicted);
  ms_text_set(&fixture->options->actual, actual_path);
  g_ptr_array_set_size(fixture->options->predicted, 0);
  ms_options_add_predicted(fixture->options, NULL, predicted_path);
  MsSet *set = ms_set_open(fixture->options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

static void
assert_counts(MsSet *set, guint example, guint64 tp, guint64 fp, guint64 fn, guint64 ignored)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsResult) result = ms_pair_score(set, example, 0, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(result->message, ==, NULL);
  MsCounts counts = ms_confusion_counts(result->confusion);
  g_assert_cmpuint(counts.tp, ==, tp);
  g_assert_cmpuint(counts.fp, ==, fp);
  g_assert_cmpuint(counts.fn, ==, fn);
  g_assert_cmpuint(counts.ignored, ==, ignored);
}

static void
assert_error(MsSet *set, guint example, const char *words)
{
  g_autoptr(MsResult) result = ms_pair_score(set, example, 0, NULL, NULL, NULL);
  g_assert_cmpint(result->status, ==, MS_RESULT_ERROR);
  if (!strstr(result->message, words))
    g_error("\"%s\" does not say \"%s\"", result->message, words);
}

static gboolean
is_noticed(MsSet *set, const char *words)
{
  const GPtrArray *notices = ms_set_get_notices(set);
  for (guint i = 0; i < notices->len; i++)
    if (strstr(((const MsNotice *)g_ptr_array_index(notices, i))->message, words))
      return TRUE;
  return FALSE;
}

/* Colours on both sides; the void colour counts nowhere, a strange one is of no class, or stops its
 * example where it is the actual one's. */
static void
test_colors(Fixture *fixture, gconstpointer data)
{
  COLORS("masks/a.png", 0x808080, 0x800000, 0x804080, 0x000000);
  COLORS("predictions/a.png", 0x808080, 0x804080, 0x123456, 0x808080);
  COLORS("masks/b.png", 0x808080, 0x123456, 0x123456);
  COLORS("predictions/b.png", 0x808080, 0x808080, 0x808080);
  g_autoptr(MsSet) set = open_set(fixture, "--classes camvid");
  assert_counts(set, 0, 1, 1, 2, 1);
  assert_error(set, 1,
               "2 pixels have the colour #123456, which is no class's in camvid; the first "
               "one is at x 1, y 0");
  g_assert_true(is_noticed(set, "1 colour is no class's, such as #123456"));
  g_autofree char *sky = ms_set_class_name(set, 0, 0);
  g_autofree char *void_name = ms_set_class_name(set, 0, 11);
  g_autofree char *none = ms_set_class_name(set, 0, MS_ID_NONE);
  g_assert_cmpstr(sky, ==, "Sky");
  g_assert_cmpstr(void_name, ==, "Void");
  g_assert_cmpstr(none, ==, "no class");
}

/* A file in the set is found without being asked for; --ignore knows its names. */
static void
test_found_file(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  test_text(&fixture->folder, "class_dict.csv", "name,r,g,b\nsky,1,2,3\nroad,4,5,6\nHaze,7,8,9\n");
  COLORS("masks/a.png", 0x010203, 0x040506, 0x070809);
  COLORS("predictions/a.png", 0x010203, 0x010203, 0x010203);
  g_autoptr(MsSet) all = open_set(fixture, "");
  assert_counts(all, 0, 1, 2, 2, 0);
  g_autoptr(MsSet) set = open_set(fixture, "--ignore haze");
  assert_counts(set, 0, 1, 1, 1, 1);
  g_assert_cmpuint(ms_set_get_options(set)->ignore->len, ==, 1);
  g_assert_null(try_open(fixture, "--ignore fog", &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
}

static void
test_unknown_name(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  TEST_MASK(&fixture->folder, "masks/a.png", 0, 1, 2);
  TEST_MASK(&fixture->folder, "predictions/a.png", 0, 1, 2);
  g_assert_null(try_open(fixture, "--classes cityscape", &error));
  g_assert_nonnull(strstr(error->message, "cityscapes-train"));
}

/* What a named table does not evaluate is ignored. */
static void
test_named(Fixture *fixture, gconstpointer data)
{
  TEST_MASK(&fixture->folder, "masks/a.png", 7, 8, 4, 255, 26);
  TEST_MASK(&fixture->folder, "predictions/a.png", 7, 4, 7, 7, 8);
  g_autoptr(MsSet) set = open_set(fixture, "--classes cityscapes");
  assert_counts(set, 0, 1, 1, 2, 2);
  const MsReading *reading = ms_set_get_actual_reading(set);
  g_assert_false(reading->guessed);
  TEST_MASK(&fixture->folder, "masks/b.png", 7, 40, 41);
  TEST_MASK(&fixture->folder, "predictions/b.png", 7, 7, 7);
  g_autoptr(MsSet) foreign = open_set(fixture, "--classes cityscapes");
  g_assert_true(is_noticed(foreign, "cityscapes does not know 2 of the ids, such as 40"));
}

/* Numbered objects: folders called so, beside binary masks or each other. */
static void
test_instances(Fixture *fixture, gconstpointer data)
{
  WORDS("instances/a.png", 0, 1, 2, 300);
  TEST_MASK(&fixture->folder, "masks/a.png", 0, 0, 255, 255);
  g_autoptr(MsSet) set = open_folders(fixture, "masks", "instances");
  assert_counts(set, 0, 2, 1, 0, 0);
  g_assert_true(is_noticed(set, "--instances none"));
  fixture->options->instances_choice = MS_CHOICE_NONE;
  g_autoptr(MsSet) plain = open_folders(fixture, "masks", "instances");
  g_assert_cmpint(ms_set_get_predicted_reading(plain, 0)->encoding, ==, MS_ENCODING_PROBABILITY);
}

/* Beside class ids a folder called instances is class ids too. */
static void
test_instances_beside_classes(Fixture *fixture, gconstpointer data)
{
  WORDS("gt/a.png", 0, 1, 2, 3);
  WORDS("instances/a.png", 0, 1, 2, 300);
  g_autoptr(MsSet) set = open_folders(fixture, "gt", "instances");
  g_assert_cmpint(ms_set_get_actual_reading(set)->encoding, ==, MS_ENCODING_CLASSES);
  assert_counts(set, 0, 2, 1, 1, 0);
}

static void
test_classes_beside_instances(Fixture *fixture, gconstpointer data)
{
  WORDS("instances/a.png", 0, 1, 2, 300);
  WORDS("p/a.png", 0, 1, 2, 3);
  g_autoptr(MsSet) set = open_folders(fixture, "instances", "p");
  g_assert_cmpint(ms_set_get_actual_reading(set)->encoding, ==, MS_ENCODING_CLASSES);
}

static void
test_instance_ids(Fixture *fixture, gconstpointer data)
{
  WORDS("masks/a.png", 7, 26000, 26001, 33000);
  WORDS("predictions/a.png", 7, 26, 33, 33);
  g_autoptr(MsSet) set = open_set(fixture, "--instances 1000");
  assert_counts(set, 0, 3, 1, 1, 0);
}

/* A negative predicted id is no class, with and without a table; a negative actual one is ignored.
 */
static void
test_negative(Fixture *fixture, gconstpointer data)
{
  NUMBERS("masks/a.npy", 0, 1, 2, -1, -7);
  NUMBERS("predictions/a.npy", -2, 1, -2, 1, 2);
  g_autoptr(MsSet) set = open_set(fixture, "");
  assert_counts(set, 0, 1, 0, 1, 2);
  test_text(&fixture->folder, "classes.txt", "bg\none\ntwo\n");
  g_autoptr(MsSet) listed = open_set(fixture, "");
  assert_counts(listed, 0, 1, 0, 1, 2);
}

static void
test_negative_predicted(Fixture *fixture, gconstpointer data)
{
  TEST_MASK(&fixture->folder, "masks/a.png", 0, 1, 2, 1);
  NUMBERS("predictions/a.npy", -2, 1, -2, 2);
  g_autoptr(MsSet) set = open_set(fixture, "");
  assert_counts(set, 0, 1, 1, 2, 0);
  g_autoptr(MsResult) result = ms_pair_score(set, 0, 0, NULL, NULL, NULL);
  g_assert_cmpuint(ms_confusion_kinds(result->confusion).fn, ==, 2);
}

/* Ids as a .maskset file maps and names them. */
static void
test_maskset(Fixture *fixture, gconstpointer data)
{
  TEST_MASK(&fixture->folder, "m/a.png", 0, 11, 12, 30, 2);
  TEST_MASK(&fixture->folder, "p/a.png", 0, 1, 2, 2, 9);
  test_text(&fixture->folder, "x.maskset",
            "[Set]\nActual=m\nIgnore=rest\n[Models]\nu=p\n[Classes]\n0=bg\n1=cat;#102030\n2=dog\n"
            "3=rest\n[Actual ids]\n11-12=1\n30=ignore\n[Predicted ids]\n9=2\n");
  g_autofree char *path = test_path(&fixture->folder, "x.maskset");
  g_autoptr(GError) error = NULL;
  fixture->options->set = g_steal_pointer(&path);
  g_autoptr(MsSet) set = ms_set_open(fixture->options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  assert_counts(set, 0, 2, 1, 1, 1);
  g_autofree char *cat = ms_set_class_name(set, 0, 1);
  guint8 red, green, blue;
  g_assert_cmpstr(cat, ==, "cat");
  g_assert_true(ms_class_color(ms_set_get_classes(set), 1, &red, &green, &blue));
  g_assert_cmpuint(green, ==, 0x20);
}

/* Ids in annotation files are not mapped, and not in silence. */
static void
test_annotations(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  test_text(&fixture->folder, "instances.json",
            "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 4, \"height\": 4}], "
            "\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"iscrowd\": 0, "
            "\"segmentation\": [[0, 0, 2, 0, 2, 2, 0, 2]]}], "
            "\"categories\": [{\"id\": 1, \"name\": \"cat\"}]}");
  test_text(&fixture->folder, "results.json",
            "[{\"image_id\": 1, \"category_id\": 1, \"score\": 0.9, "
            "\"segmentation\": [[0, 0, 2, 0, 2, 2, 0, 2]]}]");
  g_autoptr(MsSet) set = open_folders(fixture, "instances.json", "results.json");
  assert_counts(set, 0, 4, 0, 0, 0);
  g_assert_true(ms_options_add_map_predicted(fixture->options, "--map-predicted", "1=2", NULL));
  g_assert_null(ms_set_open(fixture->options, NULL, NULL, NULL, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_nonnull(strstr(error->message, "results.json: ids are mapped in mask files"));
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add("/set-classes/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("colors", test_colors);
  ADD("found-file", test_found_file);
  ADD("unknown-name", test_unknown_name);
  ADD("named", test_named);
  ADD("instances", test_instances);
  ADD("instances-beside-classes", test_instances_beside_classes);
  ADD("classes-beside-instances", test_classes_beside_instances);
  ADD("instance-ids", test_instance_ids);
  ADD("negative", test_negative);
  ADD("negative-predicted", test_negative_predicted);
  ADD("annotations", test_annotations);
  ADD("maskset", test_maskset);
  return g_test_run();
}
