/* SPDX-License-Identifier: MIT
 *
 * Colour-coded masks: colours that are classes', colours that are not, and what has no colours to
 * be told by.
 */
#include "reading-folder.h"

#define SKY      128, 128, 128
#define BUILDING 128, 0, 0
#define ROAD     128, 64, 128
#define CAR      64, 0, 128
#define STRANGE  1, 2, 3
#define BLACK    0, 0, 0

static Folder
camvid_folder(gboolean per_file, gboolean found)
{
  Folder folder = folder_new(per_file);
  folder.table = ms_class_table_by_name("camvid");
  folder.found_table = found;
  return folder;
}

static void
test_classes(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, FALSE);
  g_autoptr(MsReading) reading = folder_decide_one(&folder, NULL, RGB(BUILDING, ROAD, ROAD, BLACK));
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_COLORS);
  g_assert_false(reading->guessed);
  g_assert_true(ms_reading_has_classes(reading));
  g_assert_cmpstr(reading->description, ==,
                  "coloured masks with 3 colours: class ids by the colours of camvid");
  g_assert_cmpuint(reading->values->len, ==, 3);
  g_assert_cmpuint(reading->largest, ==, 11);
  APPLIED(reading, RGB(CAR, CAR, SKY, BLACK, BUILDING), 8, 8, 8, 0, 11, 1);
  APPLIED(reading, SCALED(MS_COLOR_RGBA, 8, CAR, 0, ROAD, 9), 8, 8, 3);
  APPLIED(reading, SCALED(MS_COLOR_RGB, 16, 64 * 257, 0, 128 * 257), 8, 8);
  APPLIED(reading, GREY(8, 0, 128), 8, 11, 0);
  APPLIED(reading, GREY(1, 0, 0), 8, 11, 11);
  g_autoptr(MsReading) copy = ms_reading_copy(reading);
  APPLIED(copy, RGB(CAR), 8, 8);
}

/* An actual colour that is no class's is an error which names it, a predicted one is of no class.
 */
static void
test_unknown(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, FALSE);
  g_autoptr(MsReading) actual =
      folder_decide_one(&folder, NULL, RGB(ROAD, STRANGE, STRANGE, 3, 2, 1));
  assert_told(actual, "2 colours are no class's, such as #010203 (2 pixels");
  assert_told(actual, "not scored");
  g_autoptr(MsReading) other =
      folder_decide_one(&folder, NULL, RGB(ROAD, STRANGE, 3, 2, 1, 3, 2, 1));
  assert_told(other, "2 colours are no class's, such as #030201 (2 pixels");
  assert_refused(
      actual, RGB(ROAD, STRANGE, ROAD, STRANGE, 9, 9, 9),
      "2 pixels have the colour #010203, which is no class's in camvid; the first one is "
      "at x 1, y 0");
  assert_refused(actual, SCALED(MS_COLOR_RGB, 16, 64 * 257 + 1, 0, 128 * 257),
                 "#404100008080, which is no class's");
  g_autoptr(MsReading) predicted = folder_decide_one(&folder, actual, RGB(ROAD, STRANGE, CAR));
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_COLORS);
  assert_told(predicted, "1 colour is no class's, such as #010203 (1 pixels");
  assert_told(predicted, "of no class");
  g_assert_true(predicted->outsiders);
  APPLIED(predicted, RGB(ROAD, STRANGE, CAR), 32, 3, MS_ID_NONE, 8);
  APPLIED(predicted, RGB(ROAD, CAR), 8, 3, 8);
}

static void
test_foreign(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, FALSE);
  folder_add(&folder, RGB(STRANGE, 9, 8, 7, 200, 1, 1));
  folder_refuse(&folder, NULL, "none of their colours, such as #");
  ms_class_table_free(folder.table);
  folder.table = ms_class_table_by_name("coco");
  folder_refuse(&folder, NULL, "class table with colours, and there are none in coco");
  g_clear_pointer(&folder.table, ms_class_table_free);
  folder_refuse(&folder, NULL, "--classes FILE with the columns id,name,r,g,b");
}

/* A table that was found counts where its colours are there; else two colours are two colours. */
static void
test_found(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, TRUE);
  g_autoptr(MsReading) fits = folder_decide_one(&folder, NULL, RGB(ROAD, CAR));
  g_autoptr(MsReading) two = folder_decide_one(&folder, NULL, RGB(BLACK, 255, 0, 0));
  g_autoptr(MsReading) three = folder_decide_one(&folder, NULL, RGB(BLACK, 255, 0, 0, CAR));
  g_assert_cmpint(fits->encoding, ==, MS_ENCODING_COLORS);
  g_assert_cmpint(two->encoding, ==, MS_ENCODING_TWO_COLORS);
  g_assert_cmpint(three->encoding, ==, MS_ENCODING_COLORS);
}

/* Of two classes the table says which is background, even if it is the brighter one. */
static void
test_two_classes(void)
{
  const MsClass classes[] = {
      {.id = 0, .name = (char *)"background", .has_color = TRUE, .red = 255, .green = 255},
      {.id = 1, .name = (char *)"tumour", .has_color = TRUE, .blue = 90}};
  g_auto(Folder) folder = folder_new(FALSE);
  folder.table = ms_class_table_new(classes, 2, "classes.csv");
  g_autoptr(MsReading) reading = folder_decide_one(&folder, NULL, RGB(255, 255, 0, 0, 0, 90));
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_TWO_COLORS);
  assert_told(reading, "by the class table that, #ffff00, is background");
  APPLIED(reading, RGB(0, 0, 90, 255, 255, 0), 8, 1, 0);
}

static void
test_grey_actual(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, FALSE);
  g_autoptr(MsReading) actual = folder_decide_one(&folder, NULL, GREY(8, 0, 3, 8, 11));
  g_autoptr(MsReading) predicted = folder_decide_one(&folder, actual, RGB(ROAD, CAR));
  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_COLORS);
  APPLIED(predicted, RGB(ROAD, CAR), 8, 3, 8);
  g_autoptr(MsReading) colors = folder_decide_one(&folder, NULL, RGB(ROAD, CAR));
  g_autoptr(MsReading) ids = folder_decide_one(&folder, colors, GREY(8, 3, 8));
  g_assert_cmpint(ids->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_false(ids->guessed);
}

static void
test_jpeg(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, FALSE);
  MsSamples *samples = RGB(ROAD, 250, 10, 10, CAR);
  samples->lossy = TRUE;
  folder_add(&folder, samples);
  folder_refuse(&folder, NULL, "JPEG changes colours");
  g_clear_pointer(&folder.table, ms_class_table_free);
  folder_refuse(&folder, NULL, "JPEG changes colours");
  folder.table = ms_class_table_by_name("camvid");
  g_autoptr(MsReading) reading = folder_decide_one(&folder, NULL, RGB(ROAD, CAR));
  samples = RGB(ROAD, CAR);
  samples->lossy = TRUE;
  assert_refused(reading, samples, "JPEG");
}

/* Palettes hold ids, also where their colours are classes'; among coloured files they must agree.
 */
static void
test_palette(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, FALSE);
  MsSamples *samples = SCALED(MS_COLOR_PALETTE, 8, 0, 3, 8);
  memcpy(samples->palette[8], (guint8[]){ROAD}, 3);
  g_autoptr(MsReading) ids = folder_decide_one(&folder, NULL, samples);
  g_assert_cmpint(ids->encoding, ==, MS_ENCODING_CLASSES);
  g_autoptr(MsReading) colors = folder_decide_one(&folder, NULL, RGB(ROAD, CAR));
  samples = SCALED(MS_COLOR_PALETTE, 8, 3, 8);
  memcpy(samples->palette[3], (guint8[]){ROAD}, 3);
  memcpy(samples->palette[8], (guint8[]){STRANGE}, 3);
  APPLIED(colors, samples, 8, 3, 8);
  samples = SCALED(MS_COLOR_PALETTE, 8, 3, 8);
  memcpy(samples->palette[3], (guint8[]){ROAD}, 3);
  memcpy(samples->palette[8], (guint8[]){SKY}, 3);
  assert_refused(colors, samples, "index 8 has the colour of another class of camvid");
}

/* What counts goes before what is ignored; two classes of one colour cannot be told apart. */
static void
test_shared(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  folder.table = ms_class_table_by_name("cityscapes");
  g_autoptr(MsReading) reading =
      folder_decide_one(&folder, NULL, RGB(0, 0, 142, 153, 153, 153, BLACK, 111, 74, 0));
  APPLIED(reading, RGB(0, 0, 142, 153, 153, 153, BLACK, 111, 74, 0), 8, 26, 17, 0, 5);
  const MsClass classes[] = {{.id = 1, .name = (char *)"a", .has_color = TRUE, .red = 9},
                             {.id = 2, .name = (char *)"b", .has_color = TRUE, .red = 9},
                             {.id = 3, .name = (char *)"c", .has_color = TRUE, .red = 8}};
  ms_class_table_free(folder.table);
  folder.table = ms_class_table_new(classes, 3, "c.csv");
  folder_empty(&folder, FALSE);
  folder_add(&folder, RGB(8, 0, 0, 9, 0, 0));
  folder_refuse(&folder, NULL, "#090000, which is the colour of two classes in c.csv");
  const MsClass white = {
      .id = 5, .name = (char *)"w", .has_color = TRUE, .red = 255, .green = 255, .blue = 255};
  g_autoptr(MsClassTable) bright = ms_class_table_new(&white, 1, "w.csv");
  g_autoptr(MsColorIds) ids = ms_color_ids_new(bright, NULL);
  g_autoptr(MsSamples) bits = GREY(1, 1);
  guint32 id;
  g_assert_cmpint(ms_color_ids_find(ids, ms_color_key_at(bits, bits->pixels), &id), ==,
                  MS_COLOR_KNOWN);
  g_assert_cmpuint(id, ==, 5);
  g_autoptr(MsReading) one = folder_decide_one(&folder, NULL, RGB(8, 0, 0));
  assert_refused(one, RGB(8, 0, 0, 9, 0, 0), "#090000, which is that of two classes in c.csv");
}

static void
test_ids(void)
{
  g_auto(Folder) folder = camvid_folder(FALSE, FALSE);
  MsIdHints hints = {.ids = ms_id_map_new()};
  g_assert_true(ms_id_map_parse(hints.ids, "3=300,8=ignore", NULL));
  ms_reading_survey_set_hints(folder.survey, &hints);
  folder_add(&folder, RGB(ROAD, CAR, BUILDING));
  g_autoptr(MsReading) reading = folder_decide(&folder, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_COLORS);
  IGNORES(reading, MS_ID_NONE);
  APPLIED(reading, RGB(ROAD, CAR, BUILDING), 32, 300, MS_ID_NONE, 1);
}

/* A manifest's rows: ids and colours beside each other. */
static void
test_rows(void)
{
  g_auto(Folder) folder = camvid_folder(TRUE, FALSE);
  folder_add(&folder, GREY(8, 0, 3, 8));
  folder_add(&folder, RGB(ROAD, CAR, BUILDING));
  g_autoptr(MsReading) actual = folder_decide(&folder, NULL);
  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_true(actual->per_file);
  g_assert_nonnull(strstr(actual->description, "coloured files by the colours of camvid"));
  APPLIED(actual, GREY(8, 0, 3), 8, 0, 3);
  APPLIED(actual, RGB(ROAD, CAR), 8, 3, 8);
  APPLIED(actual, RGB(BLACK, BLACK), 8, 11, 11);
  APPLIED(actual, RGB(5, 5, 5, 3, 3, 3), 8, 5, 3);
  assert_refused(actual, RGB(ROAD, STRANGE), "1 pixel has the colour #010203");
  g_autoptr(MsReading) predicted = folder_decide(&folder, actual);
  APPLIED(predicted, RGB(ROAD, STRANGE), 32, 3, MS_ID_NONE);

  /* One strange row stops no others. */
  folder_empty(&folder, TRUE);
  folder_add(&folder, GREY(8, 0, 3, 8));
  folder_add(&folder, RGB(STRANGE, 9, 8, 7, 200, 1, 1));
  g_autoptr(MsReading) one_bad = folder_decide(&folder, NULL);
  assert_told(one_bad, "3 colours are no class's");
  APPLIED(one_bad, GREY(8, 0, 3), 8, 0, 3);
}

/* A coloured file among many of one channel is a stranger there. */
static void
test_strangers(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  for (int i = 0; i < 3; i++)
    folder_add(&folder, GREY(8, 0, 255));
  folder_add(&folder, RGB(STRANGE, ROAD, CAR));
  g_autoptr(MsReading) reading = folder_decide(&folder, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
  assert_told(reading, "1 of 4 files are coloured, and not scored");
  assert_refused(reading, RGB(STRANGE, ROAD), "is coloured");
  folder_add(&folder, RGB(STRANGE, ROAD, CAR));
  folder_refuse(&folder, NULL, "coloured");
  folder_empty(&folder, FALSE);
  for (int i = 0; i < 3; i++)
    folder_add(&folder, RGB(BLACK, BLACK));
  folder_add(&folder, RGB(BLACK, 200, 0, 0));
  g_autoptr(MsReading) two = folder_decide(&folder, NULL);
  g_assert_cmpint(two->encoding, ==, MS_ENCODING_TWO_COLORS);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/reading-colors/classes", test_classes);
  g_test_add_func("/reading-colors/unknown", test_unknown);
  g_test_add_func("/reading-colors/foreign", test_foreign);
  g_test_add_func("/reading-colors/found", test_found);
  g_test_add_func("/reading-colors/two-classes", test_two_classes);
  g_test_add_func("/reading-colors/grey-actual", test_grey_actual);
  g_test_add_func("/reading-colors/jpeg", test_jpeg);
  g_test_add_func("/reading-colors/palette", test_palette);
  g_test_add_func("/reading-colors/shared", test_shared);
  g_test_add_func("/reading-colors/ids", test_ids);
  g_test_add_func("/reading-colors/strangers", test_strangers);
  g_test_add_func("/reading-colors/rows", test_rows);
  return g_test_run();
}
