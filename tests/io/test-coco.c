/* SPDX-License-Identifier: MIT
 *
 * COCO's files: every form that an annotation has, in any order, against what each should give;
 * broken ones; and the real annotations and results against counts made with COCO's own code.
 */
#include "io/coco.h"

#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "io/coco-private.h"
#include "io/error.h"
#include "io/file.h"
#include "io/table.h"
#include "support/data.h"
#include "support/files.h"

static MsCoco *
open_text(const TestFolder *folder, const char *text, GError **error)
{
  g_autofree char *path = test_file(folder, "a.json", text, strlen(text));

  return ms_coco_open(path, NULL, NULL, NULL, error);
}

static MsCoco *
open_good(const TestFolder *folder, const char *text)
{
  g_autoptr(GError) error = NULL;
  MsCoco *coco = open_text(folder, text, &error);

  g_assert_no_error(error);
  return coco;
}

/* An annotations file of one image, 7, of 4 x 3 pixels, with these annotations. */
static char *
instances(const char *annotations)
{
  return g_strdup_printf(
      "{\"images\":[{\"id\":7,\"width\":4,\"height\":3,\"file_name\":\"a/b.jpg\"}"
      "],\"annotations\":[%s],\"categories\":[{\"id\":1,\"name\":\"cat\"}]}",
      annotations);
}

static GArray *
read_good(const MsCoco *coco, gint64 image_id)
{
  g_autoptr(GError) error = NULL;
  GArray *objects = ms_coco_read_objects(coco, image_id, 4, 3, NULL, &error);

  g_assert_no_error(error);
  return objects;
}

static void
paint_run(int x, int y, int length, gpointer user)
{
  char *drawn = user;

  for (int i = 0; i < length; i++)
    drawn[(y + i) * 5 + x] = '#';
}

/* The union of an object's parts, 4 x 3, as text. */
static void
assert_object(const GArray *objects, guint i, const char *expected)
{
  const MsCocoObject *object = &g_array_index(objects, MsCocoObject, i);
  char drawn[] = ".... .... ....";

  for (guint part = 0; part < object->n_parts; part++)
    ms_run_length_visit(&object->parts[part], paint_run, drawn);
  g_assert_cmpstr(drawn, ==, expected);
}

static void
test_instances(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  static const char text[] =
      "{\"annotations\":["
      "{\"image_id\":7,\"category_id\":3,\"id\":1,\"segmentation\":[[0,0,2,0,2,2,0,2]]},"
      "{\"id\":2,\"segmentation\":[[0,0,1,0,1,1,0,1],[3,2,4,2,4,3,3,3]],\"iscrowd\":0,"
      " \"image_id\":-5.0,\"category_id\":1.0,\"area\":{\"deep\":[1,\"}\"]}},"
      "{\"image_id\":7,\"category_id\":1,\"iscrowd\":1,"
      " \"segmentation\":{\"counts\":[1,2,3,4,2],\"size\":[3,4]}},"
      "{\"segmentation\":{\"size\":[3,4],\"counts\":\"1232O\"},\"category_id\":1,\"image_id\":7},"
      "{\"segmentation\":[0,0,4,0,4,1,0,1],\"category_id\":1,\"image_id\":7}"
      "],\"info\":null,\"categories\":[{\"id\":3,\"name\":\"dog\",\"isthing\":0,"
      "\"color\":[1,2,255]},{\"supercategory\":\"x\",\"id\":1,\"name\":\"cat\"},{\"id\":2}],"
      "\"images\":[{\"id\":7,\"width\":4,\"height\":3,\"file_name\":\"a/b.jpg\"},"
      "{\"file_name\":null,\"id\":-5,\"license\":3}]}";
  g_autoptr(MsCoco) coco = open_good(&folder, text);
  const MsCocoCategory *categories;
  const MsCocoImage *images;
  g_autoptr(GArray) objects = NULL;
  g_autoptr(GArray) others = NULL;
  g_autoptr(GArray) none = NULL;
  guint n;

  g_assert_cmpint(ms_coco_kind(coco), ==, MS_COCO_INSTANCES);
  g_assert_true(g_str_has_suffix(ms_coco_path(coco), "a.json"));
  g_assert_false(ms_coco_has_scores(coco));
  g_assert_cmpuint(ms_coco_n_annotations(coco), ==, 5);

  images = ms_coco_images(coco, &n);
  g_assert_cmpuint(n, ==, 2);
  g_assert_cmpint(images[0].id, ==, -5);
  g_assert_null(images[0].file_name);
  g_assert_cmpint(images[0].width, ==, 0);
  g_assert_cmpint(images[1].id, ==, 7);
  g_assert_cmpstr(images[1].file_name, ==, "a/b.jpg");
  g_assert_cmpint(images[1].width, ==, 4);
  g_assert_cmpint(images[1].height, ==, 3);
  g_assert_true(ms_coco_find_image(coco, 7) == &images[1]);
  g_assert_null(ms_coco_find_image(coco, 8));

  categories = ms_coco_categories(coco, &n);
  g_assert_cmpuint(n, ==, 3);
  g_assert_cmpuint(categories[0].id, ==, 1);
  g_assert_cmpstr(categories[0].name, ==, "cat");
  g_assert_true(categories[0].is_thing);
  g_assert_false(categories[0].has_color);
  g_assert_cmpstr(categories[1].name, ==, "2");
  g_assert_false(categories[2].is_thing);
  g_assert_true(categories[2].has_color);
  g_assert_cmpuint(categories[2].color[2], ==, 255);

  g_assert_cmpuint(ms_coco_n_objects(coco, 7), ==, 4);
  g_assert_cmpuint(ms_coco_n_objects(coco, -5), ==, 1);
  g_assert_cmpuint(ms_coco_n_objects(coco, 8), ==, 0);
  objects = read_good(coco, 7);
  g_assert_cmpuint(objects->len, ==, 4);
  g_assert_cmpuint(g_array_index(objects, MsCocoObject, 0).category, ==, 3);
  g_assert_cmpfloat(g_array_index(objects, MsCocoObject, 0).score, ==, 1);
  g_assert_false(g_array_index(objects, MsCocoObject, 0).has_score);
  g_assert_false(g_array_index(objects, MsCocoObject, 0).crowd);
  g_assert_true(g_array_index(objects, MsCocoObject, 1).crowd);
  g_assert_false(g_array_index(objects, MsCocoObject, 2).crowd);
  assert_object(objects, 0, "##.. ##.. ....");
  assert_object(objects, 1, "..## #.#. #.#.");
  assert_object(objects, 2, "..## #.#. #.#.");
  assert_object(objects, 3, "#### .... ....");
  others = read_good(coco, -5);
  g_assert_cmpuint(g_array_index(others, MsCocoObject, 0).n_parts, ==, 2);
  assert_object(others, 0, "#... .... ...#");
  none = read_good(coco, 8);
  g_assert_cmpuint(none->len, ==, 0);
}

static void
test_results(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsCoco) coco = open_good(
      &folder, "[{\"image_id\":9,\"category_id\":1,\"score\":0.25,"
               "\"segmentation\":{\"size\":[3,4],\"counts\":[0,12]}},\n"
               "{\"image_id\":2,\"category_id\":2,\"segmentation\":[[0,0,4,0,4,1,0,1]]},\n"
               "{\"image_id\":9,\"category_id\":3,\"score\":null,"
               "\"segmentation\":{\"size\":[3,4],\"counts\":[12]}}]\n");
  g_autoptr(MsCoco) empty = open_good(&folder, "[]");
  const MsCocoImage *images;
  guint n;

  g_assert_cmpint(ms_coco_kind(coco), ==, MS_COCO_RESULTS);
  g_assert_true(ms_coco_has_scores(coco));
  images = ms_coco_images(coco, &n);
  g_assert_cmpuint(n, ==, 2);
  g_assert_cmpint(images[0].id, ==, 2);
  g_assert_cmpint(images[1].id, ==, 9);
  g_assert_null(images[1].file_name);
  ms_coco_categories(coco, &n);
  g_assert_cmpuint(n, ==, 0);
  g_assert_cmpint(ms_coco_kind(empty), ==, MS_COCO_RESULTS);
  g_assert_cmpuint(ms_coco_n_annotations(empty), ==, 0);
}

static void
test_result_scores(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsCoco) coco =
      open_good(&folder, "[{\"image_id\":9,\"category_id\":1,\"score\":0.25,"
                         "\"segmentation\":{\"size\":[3,4],\"counts\":[0,12]}},"
                         "{\"image_id\":9,\"category_id\":3,\"score\":null,"
                         "\"segmentation\":{\"size\":[3,4],\"counts\":[12]}}]");
  g_autoptr(GArray) objects = read_good(coco, 9);

  g_assert_cmpuint(objects->len, ==, 2);
  g_assert_cmpfloat(g_array_index(objects, MsCocoObject, 0).score, ==, 0.25);
  g_assert_true(g_array_index(objects, MsCocoObject, 0).has_score);
  g_assert_cmpfloat(g_array_index(objects, MsCocoObject, 1).score, ==, 1);
  g_assert_false(g_array_index(objects, MsCocoObject, 1).has_score);
  assert_object(objects, 0, "#### #### ####");
  assert_object(objects, 1, ".... .... ....");
}

static void
test_panoptic(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsCoco) coco = open_good(
      &folder,
      "{\"images\":[{\"id\":1},{\"id\":2},{\"id\":3}],\"annotations\":[{\"segments_info\":["
      "{\"id\":16777215,\"category_id\":4,\"iscrowd\":1},{\"category_id\":5,\"id\":3,\"bbox\":[]}"
      "],\"file_name\":\"1.png\",\"image_id\":1},"
      "{\"segments_info\":[{\"id\":3,\"category_id\":4},{\"id\":3,\"category_id\":5}],"
      "\"file_name\":\"2.png\",\"image_id\":2}]}");
  g_autofree char *file_name = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) segments = ms_coco_read_segments(coco, 1, &file_name, NULL, &error);
  char *untouched = NULL;

  g_assert_no_error(error);
  g_assert_cmpint(ms_coco_kind(coco), ==, MS_COCO_PANOPTIC);
  g_assert_cmpstr(file_name, ==, "1.png");
  g_assert_cmpuint(segments->len, ==, 2);
  g_assert_cmpuint(g_array_index(segments, MsCocoSegment, 0).id, ==, 3);
  g_assert_cmpuint(g_array_index(segments, MsCocoSegment, 0).category, ==, 5);
  g_assert_false(g_array_index(segments, MsCocoSegment, 0).crowd);
  g_assert_cmpuint(g_array_index(segments, MsCocoSegment, 1).id, ==, 0xffffff);
  g_assert_true(g_array_index(segments, MsCocoSegment, 1).crowd);

  g_assert_null(ms_coco_read_segments(coco, 2, &untouched, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_assert_nonnull(strstr(error->message, "the segment 3 is listed twice"));
  g_clear_error(&error);
  g_assert_null(ms_coco_read_segments(coco, 3, &untouched, NULL, &error));
  g_assert_nonnull(strstr(error->message, "has 0 panoptic annotations of the image 3"));
  g_assert_null(untouched);
}

static void
test_broken_files(void)
{
  static const struct {
    const char *text;
    int code;
    const char *message; /* its end */
  } cases[] = {
      {"{}", MS_IO_ERROR_FORMAT, ": has no list of images: no COCO annotations file"},
      {"17", MS_IO_ERROR_PARSE, ", line 1, column 1: neither an object nor a list: no COCO file"},
      {"{\"images\":[]", MS_IO_ERROR_PARSE, ", line 1, column 13: the text ends too early"},
      {"{\"images\":[]}x", MS_IO_ERROR_PARSE,
       ", line 1, column 14: something follows the end of the value"},
      {"{\"images\":7}", MS_IO_ERROR_PARSE, ", line 1, column 11: images is no list"},
      {"{\"images\":[7]}", MS_IO_ERROR_PARSE,
       ", line 1, column 12: the list holds what is no object"},
      {"{\"images\":[],\"images\":[]}", MS_IO_ERROR_PARSE,
       ", line 1, column 14: images are listed twice"},
      {"{\"images\":[{}]}", MS_IO_ERROR_PARSE, ", line 1, column 13: an image without an id"},
      {"{\"images\":[\n{\"id\":\"a\"}]}", MS_IO_ERROR_PARSE,
       ", line 2, column 7: the id of an image is no whole number"},
      {"{\"images\":[{\"id\":1},\n{\"id\":1}]}", MS_IO_ERROR_PARSE,
       ", line 2, column 8: the image 1 is listed twice"},
      {"{\"images\":[{\"id\":1,\"width\":0}]}", MS_IO_ERROR_PARSE,
       "the width of an image is 0, not from 1 to 1000000"},
      {"{\"images\":[{\"id\":1,\"file_name\":7}]}", MS_IO_ERROR_PARSE,
       "the file name of an image is no text"},
      {"{\"images\":[],\"categories\":[{\"name\":\"a\"}]}", MS_IO_ERROR_PARSE,
       "a category without an id"},
      {"{\"images\":[],\"categories\":[{\"id\":-1}]}", MS_IO_ERROR_PARSE,
       "the id of a category is -1, not from 0 to 4294967295"},
      {"{\"images\":[],\"categories\":[{\"id\":3},{\"id\":3}]}", MS_IO_ERROR_CORRUPT,
       ": the category 3 is listed twice"},
      {"{\"images\":[],\"categories\":[{\"id\":3,\"color\":[1,2]}]}", MS_IO_ERROR_PARSE,
       "the color of a category is not 3 whole numbers up to 255"},
      {"{\"images\":[],\"categories\":[{\"id\":3,\"color\":[1,2,3,4]}]}", MS_IO_ERROR_PARSE,
       "the color of a category is not 3 whole numbers up to 255"},
      {"{\"images\":[],\"categories\":[{\"id\":3,\"isthing\":2}]}", MS_IO_ERROR_PARSE,
       "isthing is neither 0 nor 1"},
      {"{\"images\":[],\"annotations\":[{}]}", MS_IO_ERROR_PARSE,
       "an annotation without an image_id"},
      {"{\"images\":[],\"annotations\":[{\"image_id\":1.5}]}", MS_IO_ERROR_PARSE,
       "the image_id of an annotation is no whole number"},
      {"{\"annotations\":[{\"image_id\":2},{\"image_id\":3},{\"image_id\":4},"
       "{\"image_id\":5},{\"image_id\":6},{\"image_id\":77},{\"image_id\":1}],"
       "\"images\":[{\"id\":2}]}",
       MS_IO_ERROR_CORRUPT,
       ": the annotation at byte 31 is of the image 3, which is not in the list of images"},
      {"{\"images\":[{\"id\":2}],\"annotations\":[{\"image_id\":2,\"segments_info\":[]},"
       "{\"image_id\":2}]}",
       MS_IO_ERROR_PARSE, "annotations with and without segments_info in one file"},
      {"[{\"image_id\":1,\"score\":\"high\"}]", MS_IO_ERROR_PARSE, "the score is no number"},
  };
  g_auto(TestFolder) folder = test_folder_new();

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;

    g_assert_null(open_text(&folder, cases[i].text, &error));
    g_assert_error(error, MS_IO_ERROR, cases[i].code);
    if (!g_str_has_suffix(error->message, cases[i].message) || !strstr(error->message, "a.json"))
      g_error("%s\nis told as\n%s", cases[i].text, error->message);
  }
}

static void
test_broken_annotations(void)
{
#define CODE(counts, size) "\"segmentation\":{\"counts\":" counts ",\"size\":" size "}"
  static const struct {
    const char *fields;
    int code;
    const char *message; /* its end */
  } cases[] = {
      {"\"bbox\":[0,0,1,1]", MS_IO_ERROR_UNSUPPORTED,
       ", annotation 5 (byte 79): has no segmentation; boxes alone are not compared"},
      {"\"segmentation\":[]", MS_IO_ERROR_UNSUPPORTED,
       ", annotation 5 (byte 79): has no segmentation; boxes alone are not compared"},
      {"\"segmentation\":null", MS_IO_ERROR_UNSUPPORTED,
       ", annotation 5 (byte 79): has no segmentation; boxes alone are not compared"},
      {"\"segmentation\":{}", MS_IO_ERROR_UNSUPPORTED,
       ", annotation 5 (byte 79): has no segmentation; boxes alone are not compared"},
      {"\"segmentation\":\"1234N\"", MS_IO_ERROR_PARSE,
       "the segmentation is neither polygons nor run lengths"},
      {"\"segmentation\":[[0,0,1,0,1,1],[1,2,3,4,5,6,7]]", MS_IO_ERROR_PARSE,
       ", annotation 5 (byte 79): polygon 2 has 7 numbers; a polygon is x, y of at least 3 points"},
      {"\"segmentation\":[[0,0,1,1]]", MS_IO_ERROR_PARSE,
       ", annotation 5 (byte 79): polygon 1 has 4 numbers; a polygon is x, y of at least 3 points"},
      {"\"segmentation\":[0,0,1,1]", MS_IO_ERROR_PARSE,
       ", annotation 5 (byte 79): polygon 1 has 4 numbers; a polygon is x, y of at least 3 points"},
      {"\"segmentation\":[[]]", MS_IO_ERROR_PARSE,
       ", annotation 5 (byte 79): polygon 1 has 0 numbers; a polygon is x, y of at least 3 points"},
      {"\"segmentation\":[[0,0,1,0,1,\"1\"]]", MS_IO_ERROR_PARSE, "a coordinate is no number"},
      {"\"segmentation\":[0,0,[1,0,1,1]]", MS_IO_ERROR_PARSE, "a coordinate is no number"},
      {"\"segmentation\":[[0,0,1,0,1,1],7]", MS_IO_ERROR_PARSE,
       "a segmentation holds what is no polygon"},
      {"\"segmentation\":[[0,0,1,0,1,NaN]]", MS_IO_ERROR_PARSE,
       "a polygon with a coordinate that is not finite"},
      {"\"segmentation\":[[0,0,1,0,1,1e9]]", MS_IO_ERROR_PARSE,
       "a polygon with a coordinate that is not a number from -400000000 to 400000000"},
      {CODE("[12]", "[4,3]"), MS_IO_ERROR_CORRUPT,
       ", annotation 5 (byte 79): a run-length code of 3 x 4 pixels for an image of 4 x 3"},
      {CODE("[12]", "[3,5]"), MS_IO_ERROR_CORRUPT,
       "a run-length code of 5 x 3 pixels for an image of 4 x 3"},
      {CODE("[12]", "[3]"), MS_IO_ERROR_PARSE,
       "the size of a run-length code is not 2 whole numbers up to 1000000"},
      {CODE("[12]", "null"), MS_IO_ERROR_PARSE,
       ", annotation 5 (byte 79): a run-length code without its size"},
      {CODE("[11]", "[3,4]"), MS_IO_ERROR_PARSE,
       "the runs hold 11 pixels, the mask of 4 x 3 has 12"},
      {CODE("[-1,13]", "[3,4]"), MS_IO_ERROR_PARSE,
       "a run is no whole number from 0 to 2147483647"},
      {CODE("[0.5]", "[3,4]"), MS_IO_ERROR_PARSE, "a run is no whole number from 0 to 2147483647"},
      {CODE("[[12]]", "[3,4]"), MS_IO_ERROR_PARSE, "a run is no number"},
      {CODE("[0,0,0,0,0,0,0,0,0,0,0,0,0,12]", "[3,4]"), MS_IO_ERROR_PARSE,
       "more runs than the image has pixels"},
      {CODE("true", "[3,4]"), MS_IO_ERROR_PARSE, "counts are neither list nor text"},
      {CODE("\"12 \"", "[3,4]"), MS_IO_ERROR_PARSE,
       "compressed run lengths, character 3: is none of those that encode runs"},
      {"\"iscrowd\":2", MS_IO_ERROR_PARSE, "iscrowd is neither 0 nor 1"},
      {"\"score\":NaN", MS_IO_ERROR_PARSE, "the score is no finite number"},
      {"\"category_id\":-1", MS_IO_ERROR_PARSE, "category_id is -1, not from 0 to 4294967295"},
      {"\"category_id\":null", MS_IO_ERROR_PARSE, ", annotation 5 (byte 79): has no category_id"},
  };
  g_auto(TestFolder) folder = test_folder_new();

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *annotation =
        g_strdup_printf("{\"id\":5,\"image_id\":7,\"category_id\":1,%s}", cases[i].fields);
    g_autofree char *text = instances(annotation);
    g_autoptr(MsCoco) coco = open_good(&folder, text);
    g_autoptr(GError) error = NULL;

    g_assert_null(ms_coco_read_objects(coco, 7, 4, 3, NULL, &error));
    g_assert_error(error, MS_IO_ERROR, cases[i].code);
    if (!g_str_has_suffix(error->message, cases[i].message) || !strstr(error->message, "a.json"))
      g_error("%s\nis told as\n%s", cases[i].fields, error->message);
  }
}

/* Few bytes that ask for endless work. */
static void
test_budget(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) polygons = g_string_new("[0,0,1e6,0,1e6,2]");
  g_autofree char *annotation = NULL, *text = NULL;
  g_autoptr(MsCoco) coco = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append(polygons, ",[0,0,1e6,0,1e6,2]");
  annotation =
      g_strdup_printf("{\"image_id\":7,\"category_id\":1,\"segmentation\":[%s]}", polygons->str);
  text = instances(annotation);
  coco = open_good(&folder, text);
  g_assert_null(ms_coco_read_objects(coco, 7, 1000000, 2, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
}

static void
test_bad_sizes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = instances("");
  g_autoptr(MsCoco) coco = open_good(&folder, text);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_coco_read_objects(coco, 7, 0, 3, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_clear_error(&error);
  g_assert_null(ms_coco_read_objects(coco, 7, 1000000, 1000000, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
}

static void
test_unreadable(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *missing = test_path(&folder, "none.json");
  g_autofree char *empty = test_file(&folder, "empty.json", "", 0);
  g_autoptr(GError) error = NULL;
  MsCocoKind kind;

  g_assert_null(ms_coco_open(missing, NULL, NULL, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN);
  g_assert_true(g_str_has_suffix(error->message, "none.json: does not exist"));
  g_clear_error(&error);
  g_assert_null(ms_coco_open(folder.path, NULL, NULL, NULL, &error));
  g_assert_true(g_str_has_suffix(error->message, "is a folder, not a file"));
  g_clear_error(&error);
  g_assert_null(ms_coco_open(empty, NULL, NULL, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY);
  g_assert_false(ms_coco_sniff_file(missing, &kind));
  g_assert_false(ms_coco_sniff_file(empty, &kind));
}

static void
assert_changed(const MsCoco *coco)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_coco_read_objects(coco, 7, 4, 3, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT);
  g_assert_nonnull(strstr(error->message, "changed since it was opened"));
}

/* Opens the file after it has been given a whole second as its time. */
static MsCoco *
open_of_time(const char *path, time_t seconds)
{
  g_autoptr(GError) error = NULL;
  struct utimbuf times = {seconds, seconds};
  MsCoco *coco;

  g_assert_cmpint(utime(path, &times), ==, 0);
  coco = ms_coco_open(path, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return coco;
}

/* Each time in one respect alone: another time, another file, another size, none. */
static void
test_changed(void)
{
  static const char annotation[] =
      "{\"image_id\":7,\"category_id\":1,\"segmentation\":[[0,0,2,0,2,2,0,2]]}";
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = instances(annotation);
  g_autofree char *longer = g_strconcat(text, "\n", NULL);
  g_autofree char *path = test_file(&folder, "a.json", text, strlen(text));
  g_autoptr(MsCoco) first = open_of_time(path, 1000000000);
  g_autoptr(GArray) objects = read_good(first, 7);
  g_autoptr(MsCoco) later = open_of_time(path, 1000000001);
  g_autoptr(MsCoco) replaced = NULL;
  g_autoptr(MsCoco) grown = NULL;
  FILE *file;

  g_assert_cmpuint(objects->len, ==, 1);
  assert_changed(first);
  g_free(test_file(&folder, "a.json", text, strlen(text)));
  replaced = open_of_time(path, 1000000001);
  assert_changed(later);
  file = g_fopen(path, "w");
  g_assert_cmpint(fputs(longer, file), >=, 0);
  fclose(file);
  grown = open_of_time(path, 1000000001);
  assert_changed(replaced);
  g_remove(path);
  assert_changed(grown);
}

typedef struct {
  guint n;
  guint64 last;
  guint64 total;
} Reports;

static void
note_progress(guint64 done, guint64 total, gpointer user)
{
  Reports *reports = user;

  g_assert_cmpuint(done, >, reports->last);
  g_assert_cmpuint(done, <=, total);
  *reports = (Reports){reports->n + 1, done, total};
}

static void
cancel(guint64 done, guint64 total, gpointer user)
{
  g_cancellable_cancel(user);
}

/* 9 MB of annotations, all of one image. */
static char *
write_large_file(const TestFolder *folder, guint *n)
{
  g_autoptr(GString) text = g_string_new(NULL);
  g_autofree char *all = NULL;

  for (*n = 0; text->len < 9000000; (*n)++)
    g_string_append_printf(
        text, "%s{\"id\":%u,\"image_id\":7,\"category_id\":1,\"segmentation\":[[0,0,2,0,2,2,0,2]]}",
        *n > 0 ? "," : "", *n);
  all = instances(text->str);
  return test_file(folder, "large.json", all, strlen(all));
}

static void
test_large(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  guint n;
  g_autofree char *path = write_large_file(&folder, &n);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  Reports reports = {0};
  g_autoptr(MsCoco) coco = ms_coco_open(path, note_progress, &reports, NULL, &error);
  g_autoptr(GArray) objects = NULL;

  g_assert_no_error(error);
  g_assert_cmpuint(ms_coco_n_annotations(coco), ==, n);
  g_assert_cmpuint(reports.n, >=, 3);
  g_assert_cmpuint(reports.last, ==, reports.total);
  /* What an annotation costs while the array grows, and what it costs for good. */
  g_assert_cmpuint(2 * sizeof *coco->records, <=, MS_COCO_ANNOTATION_BYTES);
  g_assert_cmpuint(sizeof *coco->records, ==, 16);

  g_assert_null(ms_coco_open(path, cancel, cancellable, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error(&error);
  objects = ms_coco_read_objects(coco, 7, 4, 3, cancellable, &error);
  g_assert_null(objects);
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_sniff(void)
{
  static const struct {
    const char *text;
    int kind; /* -1: none */
  } cases[] = {
      {"{\"images\":[{\"id\":1,\"file_name\":\"a\"}],\"annotations\":[]}", MS_COCO_INSTANCES},
      {"{\"info\":{},\"annotations\":[{\"image_id\":1,\"bbox\":[]}]}", MS_COCO_INSTANCES},
      {"{\"annotations\":[{\"segmentation\":[[1,2", MS_COCO_INSTANCES},
      {"{\"images\":[{\"file_name\":\"a\",\"id\":1},{\"id\":", MS_COCO_INSTANCES},
      {"{\"images\":[{\"file_name\":\"a\",\"id\":1}],\"annotations\":[{\"segments_info\":[{",
       MS_COCO_PANOPTIC},
      {"[{\"image_id\":1,\"bbox\":[],\"score\":1}]", MS_COCO_RESULTS},
      {"[{\"image_id\":1,\"segmentation\":{\"counts\":\"aaa", MS_COCO_RESULTS},
      {"[]", -1},
      {"[{\"id\":1,\"file_name\":\"a\"}]", -1},
      {"{\"shapes\":[],\"imagePath\":\"a\"}", -1},
      {"{\"images\":{\"id\":1,\"file_name\":\"a\"}}", -1},
      {"{\"annotations\":[{\"caption\":\"x\",\"image_id\":1}]}", -1},
      {"id,name", -1},
      {"{", -1},
  };
  g_auto(TestFolder) folder = test_folder_new();

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = test_file(&folder, "a.json", cases[i].text, strlen(cases[i].text));
    MsCocoKind kind;

    g_assert_cmpint(ms_coco_sniff_file(path, &kind), ==, cases[i].kind >= 0);
    if (cases[i].kind >= 0)
      g_assert_cmpint((int)kind, ==, cases[i].kind);
  }
}

static gpointer
read_on_thread(gpointer data)
{
  for (guint i = 0; i < 200; i++)
    g_array_unref(read_good(data, 7));
  return NULL;
}

static void
test_threads(void)
{
  static const char annotation[] =
      "{\"image_id\":7,\"category_id\":1,\"segmentation\":[[0,0,2,0,2,2,0,2]]}";
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = instances(annotation);
  g_autoptr(MsCoco) coco = open_good(&folder, text);
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new("read", read_on_thread, coco);
  for (guint i = 0; i < 4; i++)
    g_thread_join(threads[i]);
}

/* ---- real files ---- */

static MsCoco *
open_real(const char *set, const char *name, MsCocoKind expected)
{
  g_autofree char *path = g_build_filename(test_data(), "data", set, name, NULL);
  g_autoptr(GError) error = NULL;
  MsCoco *coco = ms_coco_open(path, NULL, NULL, NULL, &error);
  MsCocoKind kind;

  g_assert_no_error(error);
  g_assert_cmpint(ms_coco_kind(coco), ==, expected);
  g_assert_true(ms_coco_sniff_file(path, &kind));
  g_assert_cmpint(kind, ==, expected);
  return coco;
}

typedef struct {
  guint8 *pixels;
  int width;
  guint8 flag;
} Canvas;

static void
paint_flag(int x, int y, int length, gpointer user)
{
  const Canvas *canvas = user;

  for (int i = 0; i < length; i++)
    canvas->pixels[(gsize)(y + i) * (gsize)canvas->width + (gsize)x] |= canvas->flag;
}

static gboolean
has_category(const GArray *objects, guint32 category)
{
  for (guint i = 0; i < objects->len; i++)
    if (g_array_index(objects, MsCocoObject, i).category == category)
      return TRUE;
  return FALSE;
}

/* Unites what is of the category. */
static void
paint_category(const GArray *objects, guint32 category, Canvas canvas)
{
  for (guint i = 0; i < objects->len; i++) {
    const MsCocoObject *object = &g_array_index(objects, MsCocoObject, i);

    for (guint part = 0; object->category == category && part < object->n_parts; part++)
      ms_run_length_visit(&object->parts[part], paint_flag, &canvas);
  }
}

static void
assert_cell(const MsTable *table, guint row, const char *column, gint64 value)
{
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);

  g_assert_cmpstr(ms_table_cell(table, row, (guint)ms_table_find_column(table, column)), ==, text);
}

/* The table's row of that image and category; -1: there is none. */
static int
find_row(const MsTable *table, const char *example, const char *class)
{
  for (guint row = 0; row < ms_table_n_rows(table); row++)
    if (strcmp(ms_table_cell(table, row, 0), example) == 0 &&
        strcmp(ms_table_cell(table, row, 1), class) == 0)
      return (int)row;
  return -1;
}

static void
check_category(const GArray *actual, const GArray *predicted, const MsCocoImage *image,
               const MsCocoCategory *category, const MsTable *table, guint row)
{
  gsize n_pixels = (gsize)image->width * (gsize)image->height;
  g_autofree guint8 *pixels = g_malloc0(n_pixels);
  gint64 counts[4] = {0};

  paint_category(actual, category->id, (Canvas){pixels, image->width, 1});
  paint_category(predicted, category->id, (Canvas){pixels, image->width, 2});
  for (gsize i = 0; i < n_pixels; i++)
    counts[pixels[i]]++;
  assert_cell(table, row, "tn", counts[0]);
  assert_cell(table, row, "fn", counts[1]);
  assert_cell(table, row, "fp", counts[2]);
  assert_cell(table, row, "tp", counts[3]);
}

/* Returns how many rows of the table speak of the image. */
static guint
check_image(const MsCoco *actual, const MsCoco *predicted, const MsCocoImage *image,
            const MsTable *table)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) in_actual =
      ms_coco_read_objects(actual, image->id, image->width, image->height, NULL, &error);
  g_autoptr(GArray) in_predicted =
      ms_coco_read_objects(predicted, image->id, image->width, image->height, NULL, &error);
  guint n_categories, n_rows = 0;
  const MsCocoCategory *categories = ms_coco_categories(actual, &n_categories);

  g_assert_no_error(error);
  for (guint i = 0; i < n_categories; i++) {
    guint32 id = categories[i].id;
    int row = find_row(table, image->file_name, categories[i].name);

    g_assert_cmpint(row >= 0, ==, has_category(in_actual, id) || has_category(in_predicted, id));
    if (row < 0)
      continue;
    check_category(in_actual, in_predicted, image, &categories[i], table, (guint)row);
    n_rows++;
  }
  return n_rows;
}

static void
test_real_instances(void)
{
  g_autofree char *path = NULL;
  g_autoptr(MsCoco) actual = NULL;
  g_autoptr(MsCoco) predicted = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsTable) table = NULL;
  const MsCocoImage *images;
  guint n_images, n_rows = 0, n_all = 0;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  actual = open_real("coco_instances100", "instances_val2014_100.json", MS_COCO_INSTANCES);
  predicted =
      open_real("coco_instances100", "instances_val2014_fakesegm100_results.json", MS_COCO_RESULTS);
  g_assert_cmpuint(ms_coco_n_annotations(actual), ==, 839);
  g_assert_cmpuint(ms_coco_n_annotations(predicted), ==, 734);
  g_assert_true(ms_coco_has_scores(predicted));
  path =
      g_build_filename(test_data(), "data", "expected", "coco_instances100", "expected.csv", NULL);
  bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, NULL);
  table = ms_table_parse(bytes, path, NULL);
  images = ms_coco_images(actual, &n_images);
  g_assert_cmpuint(n_images, ==, 100);
  for (guint i = 0; i < n_images; i++)
    n_rows += check_image(actual, predicted, &images[i], table);
  for (guint row = 0; row < ms_table_n_rows(table); row++)
    n_all += strcmp(ms_table_cell(table, row, 1), "ALL") == 0;
  g_assert_cmpuint(n_rows, ==, ms_table_n_rows(table) - n_all);
}

static void
test_real_panoptic(void)
{
  g_autoptr(MsCoco) coco = NULL;
  const MsCocoImage *images;
  guint n_images, n_segments = 0;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  coco = open_real("panoptic_sample", "panoptic_examples.json", MS_COCO_PANOPTIC);
  images = ms_coco_images(coco, &n_images);
  g_assert_cmpuint(n_images, ==, 2);
  for (guint i = 0; i < n_images; i++) {
    g_autofree char *file_name = NULL, *path = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) segments =
        ms_coco_read_segments(coco, images[i].id, &file_name, NULL, &error);

    g_assert_no_error(error);
    path = g_build_filename(test_data(), "data", "panoptic_sample", "panoptic_examples", file_name,
                            NULL);
    g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    n_segments += segments->len;
  }
  g_assert_cmpuint(n_segments, >, 10);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/coco/instances", test_instances);
  g_test_add_func("/coco/results", test_results);
  g_test_add_func("/coco/result-scores", test_result_scores);
  g_test_add_func("/coco/panoptic", test_panoptic);
  g_test_add_func("/coco/broken-files", test_broken_files);
  g_test_add_func("/coco/broken-annotations", test_broken_annotations);
  g_test_add_func("/coco/budget", test_budget);
  g_test_add_func("/coco/bad-sizes", test_bad_sizes);
  g_test_add_func("/coco/unreadable", test_unreadable);
  g_test_add_func("/coco/changed", test_changed);
  g_test_add_func("/coco/large", test_large);
  g_test_add_func("/coco/sniff", test_sniff);
  g_test_add_func("/coco/threads", test_threads);
  g_test_add_func("/coco/real-instances", test_real_instances);
  g_test_add_func("/coco/real-panoptic", test_real_panoptic);
  return g_test_run();
}
