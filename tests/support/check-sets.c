/* SPDX-License-Identifier: MIT
 *
 * A function for each set, and the table of them; what they draw and write is check-masks.c.
 */
#include "support/check-sets.h"

#include "support/check-masks.h"

static void
remove_file(const TestFolder *folder, const char *name)
{
  g_autofree char *path = test_path(folder, name);

  g_assert_cmpint(g_remove(path), ==, 0);
}

/* ---- files that do not fit ---- */

static void
write_unreadable(const TestFolder *folder, gboolean faulty)
{
  g_auto(TestDrawn) mask = test_draw_predicted(7, 0);
  g_autoptr(GBytes) whole = test_encode_drawn(&mask, &test_form_binary);
  g_autoptr(GBytes) half = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) / 2);

  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    test_write_bytes(folder, "predictions", 7, half);
}

static void
write_without_predicted(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    remove_file(folder, "predictions/03.png");
}

static void
write_without_actual(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    remove_file(folder, "actual/09.png");
}

/* Masks under other names. */
static void
rename_masks(const TestFolder *folder, const char *role, const char *before, int n_digits,
             const char *after)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_autofree char *old_name = g_strdup_printf("%s/%02u.png", role, i);
    g_autofree char *name = g_strdup_printf("%s/%s%0*u%s.png", role, before, n_digits, i, after);
    g_autofree char *old_path = test_path(folder, old_name);
    g_autofree char *path = test_path(folder, name);

    g_assert_cmpint(g_rename(old_path, path), ==, 0);
  }
}

static void
write_affixes(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  rename_masks(folder, "predictions", faulty ? "run3-" : "", 2, faulty ? "_best" : "");
}

/* Two models, each with an ending of its own. */
static void
write_two_affixes(const TestFolder *folder, gboolean faulty)
{
  static const char *const models[] = {"pred_oak", "pred_ash"};

  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) actual = test_draw_actual(i);

    test_write_drawn(folder, "actual", i, &actual, &test_form_binary);
    for (guint model = 0; model < G_N_ELEMENTS(models); model++) {
      g_auto(TestDrawn) mask = test_draw_predicted(i, model);
      g_autoptr(GBytes) png = test_encode_drawn(&mask, &test_form_binary);
      const char *after = !faulty ? "" : model == 0 ? "_unet" : "_vit";
      g_autofree char *name = g_strdup_printf("%s/%02u%s.png", models[model], i, after);

      g_free(test_file(folder, name, g_bytes_get_data(png, NULL), g_bytes_get_size(png)));
    }
  }
}

/* Ids are numbers, and so is something else in the names. */
static void
write_numbered(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  rename_masks(folder, "actual", "", 1, "");
  rename_masks(folder, "predictions", faulty ? "unet_v2_" : "", 1, "");
}

static void
write_unpadded(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  rename_masks(folder, "predictions", faulty ? "out" : "", faulty ? 1 : 2, "");
}

static void
write_ambiguous(const TestFolder *folder, gboolean faulty)
{
  g_auto(TestDrawn) mask = test_draw_predicted(5, 1);
  g_autoptr(GBytes) png = test_encode_drawn(&mask, &test_form_binary);

  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    g_free(test_file(folder, "predictions/05.bmp", g_bytes_get_data(png, NULL),
                     g_bytes_get_size(png)));
}

/* Predictions that lost their last row and column. */
static void
write_mask_sizes(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_predicted(i, 0);
    g_auto(TestDrawn) smaller =
        test_drawn_crop(&mask, 0, 0, TEST_CHECK_WIDTH - 1, TEST_CHECK_HEIGHT - 1);

    test_write_drawn(folder, "predictions", i, &smaller, &test_form_binary);
  }
}

static void
write_scaled_images(const TestFolder *folder, gboolean faulty)
{
  test_write_images(folder, faulty ? 2 : 1);
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
}

/* Masks of another version of the images, which was cropped. */
static void
write_image_sizes(const TestFolder *folder, gboolean faulty)
{
  test_write_images(folder, 1);
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) actual = test_draw_actual(i);
    g_auto(TestDrawn) predicted = test_draw_predicted(i, 0);
    int height = faulty ? TEST_CHECK_HEIGHT - 4 : TEST_CHECK_HEIGHT;
    g_auto(TestDrawn) cropped = test_drawn_crop(&actual, 0, 0, TEST_CHECK_WIDTH, height);
    g_auto(TestDrawn) prediction = test_drawn_crop(&predicted, 0, 0, TEST_CHECK_WIDTH, height);

    test_write_drawn(folder, "actual", i, &cropped, &test_form_binary);
    test_write_drawn(folder, "predictions", i, &prediction, &test_form_binary);
  }
}

/* Images of a third of the examples, or of all, ask to be turned. */
static void
write_turned_images(const TestFolder *folder, guint8 orientation, gboolean all)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_autoptr(GBytes) png = test_encode_image(i, 1);
    g_autoptr(GBytes) turned = test_add_orientation(png, all || i % 3 == 0 ? orientation : 1);

    test_write_bytes(folder, "images", i, turned);
  }
}

/* Masks were drawn over the pixels as they are stored; the image asks to be turned by a quarter. */
static void
write_exif(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  write_turned_images(folder, faulty ? 6 : 1, TRUE);
}

/* Of a third of the examples one side follows the turn, and the other does not. */
static void
write_exif_side(const TestFolder *folder, gboolean faulty, gboolean actual, guint8 orientation,
                MsTurn turn)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  write_turned_images(folder, faulty ? orientation : 1, FALSE);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i += 3) {
    g_auto(TestDrawn) mask = actual ? test_draw_actual(i) : test_draw_predicted(i, 0);
    g_auto(TestDrawn) turned = test_drawn_turn(&mask, turn);

    test_write_drawn(folder, actual ? "actual" : "predictions", i, &turned, &test_form_binary);
  }
}

static void
write_exif_predicted(const TestFolder *folder, gboolean faulty)
{
  write_exif_side(folder, faulty, FALSE, 6, MS_TURN_90);
}

static void
write_exif_actual(const TestFolder *folder, gboolean faulty)
{
  write_exif_side(folder, faulty, TRUE, 8, MS_TURN_270);
}

static void
write_exif_half_predicted(const TestFolder *folder, gboolean faulty)
{
  write_exif_side(folder, faulty, FALSE, 3, MS_TURN_180);
}

/* Nothing tells which way the masks were drawn. */
static void
write_exif_half(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  write_turned_images(folder, faulty ? 3 : 1, TRUE);
}

/* Some masks are of 16 bits. */
static void
write_forms(const TestFolder *folder, gboolean faulty)
{
  static const TestForm sixteen = {TEST_WRITE_SIXTEEN, {0, 1, 2, 3}};

  test_write_pairs(folder, &test_form_classes, &test_form_classes);
  for (guint i = 4; faulty && i < 7; i++)
    test_write_predicted(folder, i, &sixteen);
}

/* ---- masks that are read as nobody meant ---- */

/* Neither of two values is 0. */
static void
write_guessed(const TestFolder *folder, gboolean faulty)
{
  static const TestForm one_two = {TEST_WRITE_GREY, {1, 2, 2, 2}};

  if (faulty)
    test_write_pairs(folder, &one_two, &one_two);
  else
    test_write_pairs(folder, &test_form_binary, &test_form_binary);
}

/* A predicted id that the actual masks do not have, in few pixels. */
static void
write_borne_out(const TestFolder *folder, gboolean faulty)
{
  static const TestForm odd = {TEST_WRITE_GREY, {0, 1, 2, 3, 4}};

  test_write_pairs(folder, &test_form_classes, &test_form_classes);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_predicted(i, 0);

    *test_drawn_at(&mask, 0, 0) = TEST_N_CLASSES;
    test_write_drawn(folder, "predictions", i, &mask, &odd);
  }
}

static void
write_example(const TestFolder *folder, guint example, const TestForm *actual,
              const TestForm *predicted)
{
  g_auto(TestDrawn) mask = test_draw_actual(example);
  g_auto(TestDrawn) prediction = test_draw_predicted(example, 0);

  test_write_drawn(folder, "actual", example, &mask, actual);
  test_write_drawn(folder, "predictions", example, &prediction, predicted);
}

/* A poor model takes one object for a class that no actual mask of a tiny set has. */
static void
write_chance(const TestFolder *folder, gboolean faulty)
{
  static const TestForm mistaken = {TEST_WRITE_GREY, {0, 1, 4, 3}};
  static const TestForm without_wedge = {TEST_WRITE_GREY, {0, 1, 1, 3}};
  static const TestForm missed = {TEST_WRITE_GREY, {0, 1, 1, 0}};

  write_example(folder, 0, &test_form_classes, faulty ? &mistaken : &test_form_classes);
  write_example(folder, 1, &without_wedge, faulty ? &missed : &without_wedge);
}

static void
write_in_between(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_actual(i);
    g_autoptr(GBytes) png = test_encode_smooth(&mask);

    test_write_bytes(folder, "actual", i, png);
  }
}

static void
write_scale(const TestFolder *folder, gboolean faulty)
{
  static const TestForm ones = {TEST_WRITE_GREY, {0, 1, 1, 1}};

  test_write_pairs(folder, &test_form_binary, faulty ? &ones : &test_form_binary);
}

static const TestForm one_object = {TEST_WRITE_GREY, {0, 255, 255, 255}};

/* Actual ids are of objects; what is predicted is whether there is one. */
static void
write_binary_of_ids(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_classes, faulty ? &one_object : &test_form_classes);
}

static void
write_predicted_one_two(const TestFolder *folder, gboolean faulty)
{
  static const TestForm one_two = {TEST_WRITE_GREY, {1, 2, 2, 2}};

  test_write_pairs(folder, &test_form_binary, faulty ? &one_two : &test_form_binary);
}

/* Background is the larger of the two. */
static void
write_predicted_two_one(const TestFolder *folder, gboolean faulty)
{
  static const TestForm two_one = {TEST_WRITE_GREY, {255, 127, 127, 127}};

  test_write_pairs(folder, &test_form_binary, faulty ? &two_one : &test_form_binary);
}

/* Actual masks of background 1 and foreground 2. */
static void
write_one_two(const TestFolder *folder, gboolean faulty)
{
  static const TestForm one_two = {TEST_WRITE_GREY, {1, 2, 2, 2}};

  test_write_pairs(folder, faulty ? &one_two : &one_object, &one_object);
}

/* Of foreground 1, background 2 and what lies between. */
static void
write_trimap(const TestFolder *folder, gboolean faulty)
{
  static const TestForm trimap = {TEST_WRITE_GREY, {2, 1, 1, 3}};
  static const TestForm foreground = {TEST_WRITE_GREY, {0, 255, 255, 0}};

  test_write_pairs(folder, &trimap, faulty ? &foreground : &trimap);
}

/* Predictions were saved as the luma of the palette's colours instead of its indices. */
static void
write_palette(const TestFolder *folder, gboolean faulty)
{
  static const TestForm palette = {TEST_WRITE_PALETTE, {0, 1, 2, 3}};
  static const TestForm luma = {TEST_WRITE_GREY, {0, 38, 75, 113}};

  test_write_pairs(folder, &palette, faulty ? &luma : &palette);
}

static const char class_names[] = "background\ndisc\nwedge\nhook\n";

static void
write_names(const TestFolder *folder)
{
  g_free(test_file(folder, "classes.txt", class_names, strlen(class_names)));
}

/* Here and there a pixel is predicted as an id that the table does not have. */
static void
write_outside_table(const TestFolder *folder, gboolean faulty)
{
  static const TestForm outside = {TEST_WRITE_GREY, {0, 1, 2, 3, 9}};

  write_names(folder);
  test_write_pairs(folder, &test_form_classes, &test_form_classes);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_predicted(i, 0);

    for (int n = 0; n < 40; n++)
      *test_drawn_at(&mask, (7 * n + (int)i) % mask.width, n) = TEST_N_CLASSES;
    test_write_drawn(folder, "predictions", i, &mask, &outside);
  }
}

static void
write_disjoint_ids(const TestFolder *folder, gboolean faulty)
{
  static const TestForm tens = {TEST_WRITE_GREY, {0, 10, 50, 20}};

  test_write_pairs(folder, &test_form_classes, faulty ? &tens : &test_form_classes);
}

/* Actual ids count from 1, predicted ones from 0. */
static void
write_shifted_ids(const TestFolder *folder, gboolean faulty)
{
  static const TestForm from_one = {TEST_WRITE_GREY, {1, 2, 3, 4}};

  test_write_pairs(folder, &from_one, faulty ? &test_form_classes : &from_one);
}

/* Class ids with the same mistake in all predictions. */
static void
write_ids(const TestFolder *folder, const TestForm *predicted)
{
  test_write_pairs(folder, &test_form_classes, predicted);
}

/* Background is 0 on both sides, and the model counts its classes from 2 on. */
static void
write_shifted_foreground(const TestFolder *folder, gboolean faulty)
{
  static const TestForm from_two = {TEST_WRITE_GREY, {0, 2, 3, 4}};

  write_ids(folder, faulty ? &from_two : &test_form_classes);
}

/* The first class fell into the background. */
static void
write_lowered_foreground(const TestFolder *folder, gboolean faulty)
{
  static const TestForm lowered = {TEST_WRITE_GREY, {0, 0, 1, 2}};

  write_ids(folder, faulty ? &lowered : &test_form_classes);
}

static void
write_rotated_up(const TestFolder *folder, gboolean faulty)
{
  static const TestForm up = {TEST_WRITE_GREY, {1, 2, 3, 0}};

  write_ids(folder, faulty ? &up : &test_form_classes);
}

static void
write_rotated_down(const TestFolder *folder, gboolean faulty)
{
  static const TestForm down = {TEST_WRITE_GREY, {3, 0, 1, 2}};

  write_ids(folder, faulty ? &down : &test_form_classes);
}

/* Some of these are the next, as if ids were shifted. */
static void
write_reversed(const TestFolder *folder, gboolean faulty)
{
  static const TestForm reversed = {TEST_WRITE_GREY, {3, 2, 1, 0}};

  write_ids(folder, faulty ? &reversed : &test_form_classes);
}

/* Of the actual masks alone 0 was made void, and every class one less. */
static void
write_reduced(const TestFolder *folder, gboolean faulty)
{
  static const TestForm reduced = {TEST_WRITE_GREY, {255, 0, 1, 2}};
  static const TestForm without_void = {TEST_WRITE_GREY, {0, 0, 1, 2}};

  test_write_pairs(folder, &reduced, faulty ? &test_form_classes : &without_void);
}

/* Road, car, building and vegetation. */
static void
write_train_ids(const TestFolder *folder, gboolean faulty)
{
  static const TestForm ids = {TEST_WRITE_GREY, {7, 26, 11, 21}};
  static const TestForm train_ids = {TEST_WRITE_GREY, {0, 13, 2, 8}};

  test_write_pairs(folder, &ids, faulty ? &train_ids : &ids);
}

static void
write_swapped_classes(const TestFolder *folder, gboolean faulty)
{
  static const TestForm swapped = {TEST_WRITE_GREY, {0, 1, 3, 2}};

  write_names(folder);
  test_write_pairs(folder, &test_form_classes, faulty ? &swapped : &test_form_classes);
}

static void
write_inverted(const TestFolder *folder, gboolean faulty)
{
  static const TestForm inverted = {TEST_WRITE_GREY, {255, 0, 0, 0}};

  test_write_pairs(folder, &test_form_binary, faulty ? &inverted : &test_form_binary);
}

static void
write_inverted_map(const TestFolder *folder, gboolean faulty)
{
  static const TestForm map = {TEST_WRITE_GREY, {20, 200, 230, 180}};
  static const TestForm inverted = {TEST_WRITE_GREY, {235, 55, 25, 75}};

  test_write_pairs(folder, &test_form_binary, faulty ? &inverted : &map);
}

/* The wedge is void in the actual masks. */
static void
write_ignored_predicted(const TestFolder *folder, gboolean faulty)
{
  static const TestForm with_void = {TEST_WRITE_GREY, {0, 1, 255, 3}};
  static const TestForm without = {TEST_WRITE_GREY, {0, 1, 0, 3}};

  test_write_pairs(folder, &with_void, faulty ? &with_void : &without);
}

static void
write_never_predicted(const TestFolder *folder, gboolean faulty)
{
  static const TestForm without = {TEST_WRITE_GREY, {0, 1, 0, 3}};

  write_names(folder);
  test_write_pairs(folder, &test_form_classes, faulty ? &without : &test_form_classes);
}

/* What has no class has an id and a name, which the model was not taught. */
static void
write_void(const TestFolder *folder, gboolean faulty)
{
  static const char names[] = "background\ndisc\nUn-labelled\nhook\n";
  static const TestForm without = {TEST_WRITE_GREY, {0, 1, 3, 3}};

  g_free(test_file(folder, "classes.txt", names, strlen(names)));
  test_write_pairs(folder, &test_form_classes, faulty ? &without : &test_form_classes);
}

/* CamVid's ids, without a table that says so. */
static void
write_known_void(const TestFolder *folder, gboolean faulty)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    const TestForm actual = {TEST_WRITE_GREY, {i % 7, 7 + i % 4, 11, 0}};
    const TestForm predicted = {TEST_WRITE_GREY, {i % 7, 7 + i % 4, faulty ? 6 : 11, 0}};
    g_auto(TestDrawn) mask = test_draw_actual(i);
    g_auto(TestDrawn) prediction = test_draw_predicted(i, 0);

    test_write_drawn(folder, "actual", i, &mask, &actual);
    test_write_drawn(folder, "predictions", i, &prediction, &predicted);
  }
}

/* ---- where pixels lie ---- */

static void
write_turned(const TestFolder *folder, gboolean faulty, MsTurn how, const TestForm *form)
{
  test_write_pairs(folder, form, form);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_predicted(i, 0);
    g_auto(TestDrawn) turned = test_drawn_turn(&mask, how);

    test_write_drawn(folder, "predictions", i, &turned, form);
  }
}

#define DEFINE_TURNED(name, how, form)                                                             \
  static void write_##name(const TestFolder *folder, gboolean faulty)                              \
  {                                                                                                \
    write_turned(folder, faulty, how, form);                                                       \
  }
DEFINE_TURNED(flip_x, MS_TURN_FLIP_X, &test_form_binary)
DEFINE_TURNED(flip_y, MS_TURN_FLIP_Y, &test_form_classes)
DEFINE_TURNED(turn_180, MS_TURN_180, &test_form_binary)
DEFINE_TURNED(transpose, MS_TURN_TRANSPOSE, &test_form_classes)
DEFINE_TURNED(turn_90, MS_TURN_90, &test_form_binary)
DEFINE_TURNED(turn_270, MS_TURN_270, &test_form_binary)
DEFINE_TURNED(anti_transpose, MS_TURN_ANTI_TRANSPOSE, &test_form_binary)

/* Of a square, so that the turned masks still fit. */
static void
write_square(const TestFolder *folder, gboolean faulty)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) actual = test_draw_actual(i);
    g_auto(TestDrawn) predicted = test_draw_predicted(i, 0);
    g_auto(TestDrawn) actual_square = test_drawn_crop(&actual, 0, 0, 40, 40);
    g_auto(TestDrawn) square = test_drawn_crop(&predicted, 0, 0, 40, 40);
    g_auto(TestDrawn) turned = test_drawn_turn(&square, faulty ? MS_TURN_90 : MS_TURN_NONE);

    test_write_drawn(folder, "actual", i, &actual_square, &test_form_classes);
    test_write_drawn(folder, "predictions", i, &turned, &test_form_classes);
  }
}

/* Some of a square, so that they still fit and are scored, and some not. */
static void
write_mixed(const TestFolder *folder, gboolean faulty)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) actual = test_draw_actual(i);
    g_auto(TestDrawn) predicted = test_draw_predicted(i, 0);
    int width = i % 2 ? 40 : TEST_CHECK_WIDTH;
    g_auto(TestDrawn) actual_part = test_drawn_crop(&actual, 0, 0, width, 40);
    g_auto(TestDrawn) part = test_drawn_crop(&predicted, 0, 0, width, 40);
    g_auto(TestDrawn) turned = test_drawn_turn(&part, faulty ? MS_TURN_90 : MS_TURN_NONE);

    test_write_drawn(folder, "actual", i, &actual_part, &test_form_binary);
    test_write_drawn(folder, "predictions", i, &turned, &test_form_binary);
  }
}

/* One object in the middle, nearly round: as it lies it is hit nearly as well. */
static TestDrawn
draw_central(guint example, gboolean ragged)
{
  TestDrawn mask = test_drawn_new(TEST_CHECK_WIDTH, TEST_CHECK_HEIGHT);
  double lean = 0.1 + 0.02 * example;

  for (int y = 0; y < TEST_CHECK_HEIGHT; y++) {
    for (int x = 0; x < TEST_CHECK_WIDTH; x++) {
      double dy = (y - 20) / 14.0, dx = (x - 24) / 12.0 - lean * dy - 0.05;
      double far = dx * dx + dy * dy + (ragged && (x + 3 * y + (int)example) % 7 == 0 ? 0.2 : 0);

      *test_drawn_at(&mask, x, y) = far < 1;
    }
  }
  return mask;
}

static void
write_central(const TestFolder *folder, gboolean faulty)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) actual = draw_central(i, FALSE);
    g_auto(TestDrawn) predicted = draw_central(i, TRUE);
    g_auto(TestDrawn) turned = test_drawn_turn(&predicted, faulty ? MS_TURN_FLIP_X : MS_TURN_NONE);

    test_write_drawn(folder, "actual", i, &actual, &test_form_binary);
    test_write_drawn(folder, "predictions", i, &turned, &test_form_binary);
  }
}

/* Transposed ones, of which one has nothing on it that could tell. */
static void
write_transposed_empty(const TestFolder *folder, gboolean faulty)
{
  g_auto(TestDrawn) empty = test_drawn_new(TEST_CHECK_WIDTH, TEST_CHECK_HEIGHT);
  g_auto(TestDrawn) turned = test_drawn_turn(&empty, faulty ? MS_TURN_TRANSPOSE : MS_TURN_NONE);

  write_transpose(folder, faulty);
  test_write_drawn(folder, "actual", 4, &empty, &test_form_classes);
  test_write_drawn(folder, "predictions", 4, &turned, &test_form_classes);
}

/* Masks of a square, whose images are as large and ask to be turned by a quarter. */
static void
write_exif_square(const TestFolder *folder, gboolean faulty)
{
  write_square(folder, FALSE);
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_actual(i);
    g_auto(TestDrawn) square = test_drawn_crop(&mask, 0, 0, 40, 40);
    g_autoptr(GBytes) png = test_encode_drawn(&square, &test_form_classes);
    g_autoptr(GBytes) turned = test_add_orientation(png, faulty ? 6 : 1);

    test_write_bytes(folder, "images", i, turned);
  }
}

/* By two pixels to the left and one down. */
static void
write_shifted(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_predicted(i, 0);
    g_auto(TestDrawn) shifted = test_drawn_crop(&mask, 2, -1, TEST_CHECK_WIDTH, TEST_CHECK_HEIGHT);

    test_write_drawn(folder, "predictions", i, &shifted, &test_form_binary);
  }
}

/* Exact, as it is meant to lie: what mends the others takes from it. */
static void
write_exact(const TestFolder *folder, guint example)
{
  g_auto(TestDrawn) mask = test_draw_actual(example);

  test_write_drawn(folder, "predictions", example, &mask, &test_form_binary);
}

static void
write_mostly_shifted(const TestFolder *folder, gboolean faulty)
{
  write_shifted(folder, faulty);
  if (faulty)
    write_exact(folder, 4);
}

static void
write_mostly_flipped(const TestFolder *folder, gboolean faulty)
{
  write_flip_x(folder, faulty);
  if (faulty)
    write_exact(folder, 4);
}

/* ---- contents ---- */

/* Of the first n_empty examples. */
static void
write_empty(const TestFolder *folder, const char *role, guint n_empty)
{
  g_auto(TestDrawn) mask = test_drawn_new(TEST_CHECK_WIDTH, TEST_CHECK_HEIGHT);

  for (guint i = 0; i < n_empty; i++)
    test_write_drawn(folder, role, i, &mask, &test_form_binary);
}

static void
write_empty_actual(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    write_empty(folder, "actual", TEST_CHECK_EXAMPLES);
}

static void
write_some_empty_actual(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    write_empty(folder, "actual", 3);
}

static void
write_empty_predicted(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    write_empty(folder, "predictions", 8);
}

static void
write_same_as_actual(const TestFolder *folder, gboolean faulty)
{
  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_actual(i);

    test_write_drawn(folder, "predictions", i, &mask, &test_form_binary);
  }
}

static void
write_same_prediction(const TestFolder *folder, gboolean faulty)
{
  g_auto(TestDrawn) mask = test_draw_predicted(0, 0);

  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  for (guint i = 0; faulty && i < TEST_CHECK_EXAMPLES; i++)
    test_write_drawn(folder, "predictions", i, &mask, &test_form_binary);
}

/* Each has the prediction of `of`. */
static void
write_others(const TestFolder *folder, const guint *of)
{
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) mask = test_draw_predicted(of[i], 0);

    test_write_drawn(folder, "predictions", i, &mask, &test_form_binary);
  }
}

/* Predictions are numbered from one too early on. */
static void
write_next(const TestFolder *folder, gboolean faulty)
{
  static const guint next[TEST_CHECK_EXAMPLES] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0};

  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    write_others(folder, next);
}

/* They were numbered in an order of their own; some are not much unlike others. */
static void
write_other_order(const TestFolder *folder, gboolean faulty)
{
  static const guint order[TEST_CHECK_EXAMPLES] = {4, 7, 0, 11, 9, 2, 10, 3, 1, 6, 8, 5};

  test_write_pairs(folder, &test_form_binary, &test_form_binary);
  if (faulty)
    write_others(folder, order);
}

/* Three models, the last a copy of the first. */
/* Columns from there on of so many. */
static TestDrawn
draw_columns(int from, int n)
{
  TestDrawn mask = test_drawn_new(TEST_CHECK_WIDTH, TEST_CHECK_HEIGHT);

  for (int y = 0; y < TEST_CHECK_HEIGHT; y++)
    for (int x = from; x < from + n; x++)
      *test_drawn_at(&mask, x, y) = 1;
  return mask;
}

/* Half of each mask, always the left one; the twin has left ones and right ones on both sides. */
static void
write_halves(const TestFolder *folder, gboolean faulty)
{
  int half = TEST_CHECK_WIDTH / 2;

  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) actual =
        faulty ? draw_columns((int)i, half) : draw_columns(i % 3 == 0 ? half : 0, half);
    g_auto(TestDrawn) predicted = draw_columns(!faulty && i % 4 == 0 ? half : 0, half);

    test_write_drawn(folder, "actual", i, &actual, &test_form_binary);
    test_write_drawn(folder, "predictions", i, &predicted, &test_form_binary);
  }
}

static void
write_same_models(const TestFolder *folder, gboolean faulty)
{
  static const char *const models[] = {"predictions/oak", "predictions/ash", "predictions/elm"};

  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_auto(TestDrawn) actual = test_draw_actual(i);

    test_write_drawn(folder, "actual", i, &actual, &test_form_binary);
    for (guint model = 0; model < G_N_ELEMENTS(models); model++) {
      g_auto(TestDrawn) mask = test_draw_predicted(i, faulty && model == 2 ? 0 : model);

      test_write_drawn(folder, models[model], i, &mask, &test_form_binary);
    }
  }
}

static void
write_split(const TestFolder *folder, const char *split, guint example, guint drawn)
{
  g_autofree char *images = g_strconcat("images/", split, NULL);
  g_autofree char *actual = g_strconcat("actual/", split, NULL);
  g_autofree char *predicted = g_strconcat("predictions/", split, NULL);
  g_autoptr(GBytes) image = test_encode_image(drawn, 1);
  g_auto(TestDrawn) mask = test_draw_actual(drawn);
  g_auto(TestDrawn) prediction = test_draw_predicted(drawn, 0);

  test_write_bytes(folder, images, example, image);
  test_write_drawn(folder, actual, example, &mask, &test_form_binary);
  test_write_drawn(folder, predicted, example, &prediction, &test_form_binary);
}

/* Seven train, five validate; two of these are among those under other names. */
static void
write_leak(const TestFolder *folder, gboolean faulty)
{
  for (guint i = 0; i < 7; i++)
    write_split(folder, "train", i, i);
  for (guint i = 7; i < TEST_CHECK_EXAMPLES; i++)
    write_split(folder, "val", i, faulty && i >= 10 ? i - 8 : i);
}

/* Nothing was photographed in some examples of either split. */
static void
write_black(const TestFolder *folder, gboolean faulty)
{
  g_auto(TestDrawn) nothing = test_drawn_new(TEST_CHECK_WIDTH, TEST_CHECK_HEIGHT);

  write_leak(folder, faulty);
  test_write_drawn(folder, "images/train", 0, &nothing, &test_form_binary);
  test_write_drawn(folder, "images/train", 1, &nothing, &test_form_binary);
  test_write_drawn(folder, "images/val", 7, &nothing, &test_form_binary);
}

/* ---- label sets ---- */

#define N_ROWS   40
#define N_LABELS 3

static gboolean
has_label(guint row, guint label)
{
  return label == 0 ? row % 2 == 0 : label == 1 ? row / 2 % 2 == 0 : row % 5 < 2;
}

/* Right but for a few. */
static gboolean
gets_label(guint row, guint label)
{
  return has_label(row, label) != (row % 7 == 3 + label);
}

/* A column a label, with these words for no and yes. */
static void
write_columns(const TestFolder *folder, const char *name, const char *const words[2],
              gboolean (*has)(guint row, guint label), const guint order[N_LABELS])
{
  g_autoptr(GString) text = g_string_new("example,calm,happy,sad\n");

  for (guint row = 0; row < N_ROWS; row++) {
    g_string_append_printf(text, "e%02u", row);
    for (guint label = 0; label < N_LABELS; label++)
      g_string_append_printf(text, ",%s", words[has(row, order[label])]);
    g_string_append_c(text, '\n');
  }
  g_free(test_file(folder, name, text->str, text->len));
}

static const char *const bits[] = {"0", "1"}, *const not_bits[] = {"1", "0"};
static const guint in_order[] = {0, 1, 2}, rotated[] = {1, 2, 0};

static void
write_labels_inverted(const TestFolder *folder, gboolean faulty)
{
  write_columns(folder, "actual.csv", bits, has_label, in_order);
  write_columns(folder, "pred_unet.csv", faulty ? not_bits : bits, gets_label, in_order);
}

static void
write_scores_inverted(const TestFolder *folder, gboolean faulty)
{
  static const char *const scores[] = {"0.125", "0.75"}, *const not_scores[] = {"0.875", "0.25"};

  write_columns(folder, "actual.csv", bits, has_label, in_order);
  write_columns(folder, "pred_unet.csv", faulty ? not_scores : scores, gets_label, in_order);
}

static void
write_labels_swapped(const TestFolder *folder, gboolean faulty)
{
  write_columns(folder, "actual.csv", bits, has_label, in_order);
  write_columns(folder, "pred_unet.csv", bits, gets_label, faulty ? rotated : in_order);
}

/* Lists of labels, under these names. */
static void
write_lists(const TestFolder *folder, const char *name, const char *const names[N_LABELS],
            gboolean (*has)(guint row, guint label))
{
  g_autoptr(GString) text = g_string_new("example,labels\n");

  for (guint row = 0; row < N_ROWS; row++) {
    g_string_append_printf(text, "e%02u,;", row);
    for (guint label = 0; label < N_LABELS; label++)
      if (has(row, label))
        g_string_append_printf(text, "%s;", names[label]);
    g_string_append_c(text, '\n');
  }
  g_free(test_file(folder, name, text->str, text->len));
}

static const char *const names[] = {"Calm", "Very happy", "Sad"};

static void
write_labels_spelt(const TestFolder *folder, gboolean faulty)
{
  static const char *const spelt[] = {"calm", "very_happy", "Sad"};

  write_lists(folder, "actual.csv", names, has_label);
  write_lists(folder, "pred_unet.csv", faulty ? spelt : names, gets_label);
}

static void
write_labels_renamed(const TestFolder *folder, gboolean faulty)
{
  static const char *const renamed[] = {"ruhig", "Very happy", "traurig"};

  write_lists(folder, "actual.csv", names, has_label);
  write_lists(folder, "pred_unet.csv", faulty ? renamed : names, gets_label);
}

/* Labels of one row lack. */
static void
write_without_labels(const TestFolder *folder, gboolean faulty)
{
  static const char actual[] = "example,labels\ne1,a;b\ne2,b\ne3,a\ne4,b\n";
  static const char predicted[] = "example,labels\ne1,a;b\ne2,b\ne3,b\ne4,b\n";
  static const char without[] = "example,labels\ne1,a;b\ne2,NA\ne3,b\ne4,b\n";

  g_free(test_file(folder, "actual.csv", actual, strlen(actual)));
  g_free(test_file(folder, "pred_unet.csv", faulty ? without : predicted,
                   faulty ? strlen(without) : strlen(predicted)));
}

/* ---- the table ---- */

#define BIT TEST_CHECK_BIT

static const TestCheckSet sets[] = {
    {"unreadable", MS_CHECK_UNREADABLE, write_unreadable, NULL, 1, NULL, 0},
    {"unpaired/predicted", MS_CHECK_UNPAIRED, write_without_predicted, NULL, 1, NULL, 0},
    {"unpaired/actual", MS_CHECK_UNPAIRED, write_without_actual, NULL, 1, NULL, 0},
    {"unpaired/affixes", MS_CHECK_UNPAIRED, write_affixes, NULL, 12, NULL, 0},
    {"unpaired/two-affixes", MS_CHECK_UNPAIRED, write_two_affixes, NULL, 12, NULL, 0},
    {"unpaired/numbered", MS_CHECK_UNPAIRED, write_numbered, NULL, 12, NULL, 0},
    {"unpaired/unpadded", MS_CHECK_UNPAIRED, write_unpadded, NULL, 12, NULL, 0},
    {"ambiguous", MS_CHECK_AMBIGUOUS, write_ambiguous, NULL, 1, NULL, 0},
    {"mask-sizes", MS_CHECK_MASK_SIZES, write_mask_sizes, NULL, 12, "--size-mismatch nearest", 0},
    {"image-sizes", MS_CHECK_IMAGE_SIZES, write_image_sizes, NULL, 12, NULL, 0},
    {"image-sizes/scaled", MS_CHECK_IMAGE_SIZES, write_scaled_images, NULL, 12, NULL, 0, TRUE},
    {"exif", MS_CHECK_EXIF, write_exif, NULL, 12, NULL, 0},
    {"exif/predicted", MS_CHECK_EXIF, write_exif_predicted, NULL, 4, NULL, 0},
    {"exif/actual", MS_CHECK_EXIF, write_exif_actual, NULL, 4, NULL, 0},
    {"exif/half", MS_CHECK_EXIF, write_exif_half, NULL, 12, NULL, 0, TRUE},
    {"exif/half-predicted", MS_CHECK_EXIF, write_exif_half_predicted, NULL, 4, NULL, 0},
    {"exif/square", MS_CHECK_EXIF, write_exif_square, NULL, 12, NULL, 0, TRUE},
    {"forms", MS_CHECK_FORMS, write_forms, NULL, 3, NULL, 0, TRUE},
    {"guessed", MS_CHECK_GUESSED, write_guessed, NULL, 12, NULL, 0},
    {"guessed/borne-out", MS_CHECK_GUESSED, write_borne_out, NULL, 12, NULL, 0, TRUE},
    {"guessed/chance", MS_CHECK_GUESSED, write_chance, NULL, 2, NULL, 0, TRUE},
    {"in-between", MS_CHECK_IN_BETWEEN, write_in_between, NULL, 12, NULL, BIT(MS_CHECK_GUESSED)},
    {"scale", MS_CHECK_SCALE, write_scale, NULL, 12, NULL, 0, TRUE},
    {"scale/one-two", MS_CHECK_SCALE, write_predicted_one_two, NULL, 12, "--adjust predictions:1=0",
     0},
    {"scale/two-one", MS_CHECK_SCALE, write_predicted_two_one, NULL, 12,
     "--adjust predictions:255=0", 0},
    {"scale/ids", MS_CHECK_SCALE, write_binary_of_ids, NULL, 12, "--positive nonzero", 0},
    {"disjoint-ids/one-two", MS_CHECK_DISJOINT_IDS, write_one_two, NULL, 12,
     "--adjust predictions:0=1,255=2", BIT(MS_CHECK_GUESSED)},
    {"disjoint-ids/trimap", MS_CHECK_DISJOINT_IDS, write_trimap, NULL, 12,
     "--adjust predictions:0=2,255=1", 0},
    {"palette", MS_CHECK_PALETTE, write_palette, NULL, 12, "--adjust", 0},
    {"outside-table", MS_CHECK_OUTSIDE_TABLE, write_outside_table, NULL, 12, NULL, 0},
    {"disjoint-ids", MS_CHECK_DISJOINT_IDS, write_disjoint_ids, NULL, 12, "--adjust", 0},
    {"shifted-ids", MS_CHECK_SHIFTED_IDS, write_shifted_ids, NULL, 12, "--adjust", 0},
    {"shifted-ids/foreground", MS_CHECK_SHIFTED_IDS, write_shifted_foreground, NULL, 12,
     "--adjust predictions:2=1,3=2,4=3", 0},
    {"shifted-ids/lowered", MS_CHECK_SHIFTED_IDS, write_lowered_foreground, NULL, 12,
     "--adjust predictions:1=2,2=3", 0},
    {"shifted-ids/rotated-up", MS_CHECK_SHIFTED_IDS, write_rotated_up, NULL, 12,
     "--adjust predictions:0=3,1=0,2=1,3=2", 0},
    {"shifted-ids/rotated-down", MS_CHECK_SHIFTED_IDS, write_rotated_down, NULL, 12,
     "--adjust predictions:0=1,1=2,2=3,3=0", 0},
    {"shifted-ids/reduced", MS_CHECK_SHIFTED_IDS, write_reduced, NULL, 12,
     "--adjust predictions:1=0,2=1,3=2", 0},
    {"train-ids", MS_CHECK_TRAIN_IDS, write_train_ids, "--classes cityscapes", 12, "--adjust", 0},
    {"swapped-classes", MS_CHECK_SWAPPED_CLASSES, write_swapped_classes, NULL, 12, "--adjust", 0},
    {"swapped-classes/reversed", MS_CHECK_SWAPPED_CLASSES, write_reversed, NULL, 12,
     "--adjust predictions:0=3,1=2,2=1,3=0", 0},
    {"inverted", MS_CHECK_INVERTED, write_inverted, NULL, 12, "--adjust predictions:invert", 0},
    {"inverted/map", MS_CHECK_INVERTED, write_inverted_map, NULL, 12, "--adjust predictions:invert",
     0},
    {"ignored-predicted", MS_CHECK_IGNORED_PREDICTED, write_ignored_predicted, NULL, 12, NULL, 0},
    {"never-predicted", MS_CHECK_NEVER_PREDICTED, write_never_predicted, NULL, 12, NULL, 0},
    {"never-predicted/void", MS_CHECK_NEVER_PREDICTED, write_void, NULL, 12, "--ignore 2", 0},
    {"never-predicted/known-void", MS_CHECK_NEVER_PREDICTED, write_known_void, NULL, 12,
     "--ignore 11", 0},
    {"turned/flip-x", MS_CHECK_TURNED, write_flip_x, NULL, 12, "--adjust predictions:flip-x", 0},
    {"turned/flip-y", MS_CHECK_TURNED, write_flip_y, NULL, 12, "--adjust predictions:flip-y", 0},
    {"turned/180", MS_CHECK_TURNED, write_turn_180, NULL, 12, "--adjust predictions:turn-180", 0},
    {"turned/transpose", MS_CHECK_TURNED, write_transpose, NULL, 12,
     "--adjust predictions:transpose", 0},
    {"turned/90", MS_CHECK_TURNED, write_turn_90, NULL, 12, "--adjust predictions:turn-270", 0},
    {"turned/square", MS_CHECK_TURNED, write_square, NULL, 12, "--adjust predictions:turn-270", 0},
    {"turned/mixed", MS_CHECK_TURNED, write_mixed, NULL, 12, "--adjust predictions:turn-270", 0},
    {"turned/270", MS_CHECK_TURNED, write_turn_270, NULL, 12, "--adjust predictions:turn-90", 0},
    {"turned/central", MS_CHECK_TURNED, write_central, NULL, 12, "--adjust predictions:flip-x", 0},
    {"turned/transposed-empty", MS_CHECK_TURNED, write_transposed_empty, NULL, 11, NULL, 0},
    {"turned/anti-transpose", MS_CHECK_TURNED, write_anti_transpose, NULL, 12,
     "--adjust predictions:anti-transpose", 0},
    {"turned/mostly", MS_CHECK_TURNED, write_mostly_flipped, NULL, 11,
     "--adjust predictions:flip-x", 0},
    {"shifted/mostly", MS_CHECK_SHIFTED, write_mostly_shifted, NULL, 11,
     "--adjust predictions:shift:2:-1", 0},
    {"shifted", MS_CHECK_SHIFTED, write_shifted, NULL, 12, "--adjust predictions:shift:2:-1", 0},
    {"empty-actual", MS_CHECK_EMPTY_ACTUAL, write_empty_actual, NULL, 12, NULL, 0},
    {"empty-actual/some", MS_CHECK_EMPTY_ACTUAL, write_some_empty_actual, NULL, 3, NULL, 0},
    {"empty-predicted", MS_CHECK_EMPTY_PREDICTED, write_empty_predicted, NULL, 8, NULL, 0},
    {"same-as-actual", MS_CHECK_SAME_AS_ACTUAL, write_same_as_actual, NULL, 12, NULL, 0},
    {"same-prediction", MS_CHECK_SAME_PREDICTION, write_same_prediction, NULL, 12, NULL, 0},
    {"same-prediction/halves", MS_CHECK_SAME_PREDICTION, write_halves, NULL, 12, NULL,
     BIT(MS_CHECK_SHIFTED) | BIT(MS_CHECK_OTHER_EXAMPLE)},
    {"other-example/next", MS_CHECK_OTHER_EXAMPLE, write_next, NULL, 11, NULL, 0},
    {"other-example/order", MS_CHECK_OTHER_EXAMPLE, write_other_order, NULL, 9, NULL, 0},
    {"same-models", MS_CHECK_SAME_MODELS, write_same_models, NULL, 12, NULL, 0},
    {"leak", MS_CHECK_LEAK, write_leak, NULL, 4, NULL, 0},
    {"labels/unpaired", MS_CHECK_UNPAIRED, write_without_labels, NULL, 1, NULL, 0},
    {"labels/inverted", MS_CHECK_INVERTED, write_labels_inverted, NULL, 36, "--adjust unet:invert",
     0},
    {"labels/scores-inverted", MS_CHECK_INVERTED, write_scores_inverted, NULL, 36,
     "--adjust unet:invert", 0},
    {"labels/swapped", MS_CHECK_SWAPPED_CLASSES, write_labels_swapped, NULL, 22,
     "--adjust unet:0=1,1=2,2=0", 0},
    {"labels/spelt", MS_CHECK_DISJOINT_IDS, write_labels_spelt, NULL, 27, "--adjust unet:", 0},
    {"labels/renamed", MS_CHECK_DISJOINT_IDS, write_labels_renamed, NULL, 25, "--adjust unet:", 0},
    {"leak/black", MS_CHECK_LEAK, write_black, NULL, 4, NULL, 0},
};

const TestCheckSet *
test_check_sets(guint *n_sets)
{
  *n_sets = G_N_ELEMENTS(sets);
  return sets;
}

const TestCheckSet *
test_check_set(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(sets); i++)
    if (g_str_equal(sets[i].name, name))
      return &sets[i];
  g_error("no set %s", name);
}
