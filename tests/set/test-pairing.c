/* SPDX-License-Identifier: MIT
 *
 * Pairing of names in memory: no file is needed.
 */
#include "set/pairing.h"
#include "set/pattern.h"
#include "set/stems.h"

typedef struct {
  MsRoles *roles;
  MsInventory *inventory;
} Fixture;

/* Names of each role, separated by blanks; NULL: there is no such role. */
static Fixture
pair(const char *images, const char *actual, const char *predicted, const char *second)
{
  MsInventory *inventory = ms_inventory_new();
  Fixture fixture = {ms_roles_new(inventory), inventory};
  const char *names[] = {images, actual, predicted, second};
  static const MsRoleKind kinds[] = {MS_ROLE_IMAGE, MS_ROLE_ACTUAL, MS_ROLE_PREDICTED,
                                     MS_ROLE_PREDICTED};
  static const char *const folders[] = {"images", "actual", "predicted", "second"};
  for (guint i = 0; i < 4; i++) {
    if (!names[i])
      continue;
    MsRole *role = ms_roles_add(fixture.roles, kinds[i], NULL, folders[i]);
    MsListing listing = {(char *)folders[i], g_ptr_array_new(), 0, NULL};
    g_auto(GStrv) list = g_strsplit(names[i], " ", -1);
    for (guint j = 0; list[j] && *list[j]; j++)
      g_ptr_array_add(listing.names, list[j]);
    ms_roles_add_listing(fixture.roles, role, &listing, NULL);
    g_ptr_array_unref(listing.names);
    if (kinds[i] == MS_ROLE_PREDICTED)
      ms_inventory_add_model(fixture.inventory, folders[i], folders[i]);
    if (kinds[i] == MS_ROLE_ACTUAL)
      fixture.inventory->actual_folder = g_strdup(folders[i]);
  }
  g_autoptr(GError) error = NULL;
  g_assert_true(ms_pair_roles(fixture.roles, fixture.inventory, NULL, &error));
  ms_inventory_finish(fixture.inventory);
  return fixture;
}

static void
fixture_clear(Fixture *fixture)
{
  ms_roles_free(fixture->roles);
  ms_inventory_free(fixture->inventory);
}

static const char *
base(const char *path)
{
  return path ? strchr(path, '/') + 1 : "-";
}

/* "id:image,actual,predicted[,second]" of every entry, separated by blanks. */
static char *
describe(const Fixture *fixture)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < fixture->inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(fixture->inventory->entries, i);
    g_string_append_printf(text, "%s%s:%s,%s", i ? " " : "", entry->id, base(entry->image),
                           base(entry->actual));
    for (guint j = 0; j < fixture->inventory->models->len; j++)
      g_string_append_printf(text, ",%s", base(entry->predicted[j]));
  }
  return g_strdup(text->str);
}

static void
check(const char *images, const char *actual, const char *predicted, const char *second,
      const char *expected)
{
  Fixture fixture = pair(images, actual, predicted, second);
  g_autofree char *found = describe(&fixture);
  g_assert_cmpstr(found, ==, expected);
  fixture_clear(&fixture);
}

static void
test_exact(void)
{
  check("1.jpg 10.jpg 11.jpg", "1.png 10.png 11.png", "11.png 1.png", NULL,
        "1:1.jpg,1.png,1.png 10:10.jpg,10.png,- 11:11.jpg,11.png,11.png");
  check(NULL, "b.png a.png", "a.png b.png", NULL, "a:-,a.png,a.png b:-,b.png,b.png");
  check("a.b.jpg", "a.b.png", "a.b.png", NULL, "a.b:a.b.jpg,a.b.png,a.b.png");
}

static void
test_suffixes(void)
{
  check("x.jpg", "x_mask.png", "x_pred.png", NULL, "x:x.jpg,x_mask.png,x_pred.png");
  check("ISIC_1.jpg ISIC_2.jpg", "ISIC_1_segmentation.png ISIC_2_Segmentation.png",
        "ISIC_1_segmentation.png ISIC_2.png", NULL,
        "ISIC_1:ISIC_1.jpg,ISIC_1_segmentation.png,ISIC_1_segmentation.png "
        "ISIC_2:ISIC_2.jpg,ISIC_2_Segmentation.png,ISIC_2.png");
  check("city/a_000_leftImg8bit.png", "city/a_000_gtFine_labelIds.png",
        "city/a_000_leftImg8bit.png", NULL,
        "city/a_000:city/a_000_leftImg8bit.png,city/a_000_gtFine_labelIds.png,"
        "city/a_000_leftImg8bit.png");
  check("case_0000.png", "case.png", "case.png", NULL, "case:case_0000.png,case.png,case.png");
  check("0001TP.png", "0001TP_L.png", "0001TP.png", NULL,
        "0001TP:0001TP.png,0001TP_L.png,"
        "0001TP.png");
  check("p.jpg", "p.png", "p.jpg.png", NULL, "p:p.jpg,p.png,p.jpg.png");
  check("v_0000.nii.gz", "v.nii.gz", "v_pred.NII.GZ", "v.npz",
        "v:v_0000.nii.gz,v.nii.gz,v_pred.NII.GZ,v.npz");
  check("a.png", "a.npy", "a_prob.npy", NULL, "a:a.png,a.npy,a_prob.npy");
  check("x-1.jpg", "x-1-mask.png", "x-1.pred.png", NULL, "x-1:x-1.jpg,x-1-mask.png,x-1.pred.png");
}

/* Without an image, what only says "mask" is no part of the id; a frame's number is. */
static void
test_names(void)
{
  check(NULL, "a_mask.png", "a_mask.png", NULL, "a:-,a_mask.png,a_mask.png");
  check(NULL, "f_0000.png f_0001.png", "f_0000.png f_0001.png", NULL,
        "f_0000:-,f_0000.png,f_0000.png f_0001:-,f_0001.png,f_0001.png");
  check(NULL, "a.png a_mask.png", "a.png a_mask.png", NULL,
        "a:-,a.png,a.png a_mask:-,a_mask.png,a_mask.png");
  check(NULL, "s_L.png s_R.png", "s_L.png s_R.png", NULL,
        "s_L:-,s_L.png,s_L.png s_R:-,s_R.png,s_R.png");
}

/* Frames whose number happens to be a channel's in another convention. */
static void
test_numbered(void)
{
  check("f_0000.png f_0001.png", "f_0000_mask.png f_0001_mask.png", "f_0000.png f_0001.png", NULL,
        "f_0000:f_0000.png,f_0000_mask.png,f_0000.png "
        "f_0001:f_0001.png,f_0001_mask.png,f_0001.png");
  check("t_2_0000_0000.png t_2_0000_0512.png", "t_2_0000_0000.png t_2_0000_0512.png",
        "t_2_0000_0512.png", NULL,
        "t_2_0000_0000:t_2_0000_0000.png,t_2_0000_0000.png,- "
        "t_2_0000_0512:t_2_0000_0512.png,t_2_0000_0512.png,t_2_0000_0512.png");
}

/* Exact goes before stripped: a and a_mask are two examples. */
static void
test_twins(void)
{
  check("a.jpg a_mask.jpg", "a.png a_mask.png", "a.png a_mask.png", NULL,
        "a:a.jpg,a.png,a.png a_mask:a_mask.jpg,a_mask.png,a_mask.png");
  check("a.jpg", "a.png a_mask.png", "a.png", NULL, "a:a.jpg,a.png,a.png a_mask:-,a_mask.png,-");
  check("a.jpg a_mask.jpg", "a.png a_mask.png", "a_mask.png", NULL,
        "a:a.jpg,a.png,- a_mask:a_mask.jpg,a_mask.png,a_mask.png");
}

/* What competes is left apart, and the least that must be stripped goes first. */
static void
test_competing(void)
{
  check("a.jpg", "a.png a_mask.png", "a.png a_pred.png", NULL,
        "a:a.jpg,a.png,a.png a_mask:-,a_mask.png,- a_pred:-,-,a_pred.png");
  check("x_0000.jpg", "x_0000_mask.png x_mask.png", "x_0000_pred.png", NULL,
        "x:-,x_mask.png,- x_0000:x_0000.jpg,x_0000_mask.png,x_0000_pred.png");
  check("a.jpg", "a_mask.png a_seg.png", "a_mask.png a_seg.png", NULL,
        "a:a.jpg,-,- a_mask:-,a_mask.png,a_mask.png a_seg:-,a_seg.png,a_seg.png");
}

static void
test_case(void)
{
  check("Img_A.JPG", "img_a.png", "IMG_A_PRED.PNG", NULL,
        "Img_A:Img_A.JPG,img_a.png,"
        "IMG_A_PRED.PNG");
  check("a.jpg A.jpg", "a.png A.png", "a.png A.png", NULL,
        "A:A.jpg,A.png,A.png a:a.jpg,a.png,"
        "a.png");
  check("a.jpg A.jpg", "a.png", "a.png", NULL, "A:A.jpg,-,- a:a.jpg,a.png,a.png");
}

static const char *
problem_of(const Fixture *fixture, guint entry_index, guint model)
{
  const MsEntry *entry = g_ptr_array_index(fixture->inventory->entries, entry_index);
  for (guint i = 0; entry->problems && i < entry->problems->len; i++) {
    const MsProblem *problem = &g_array_index(entry->problems, MsProblem, i);
    if (problem->model == model)
      return problem->reason;
  }
  return NULL;
}

static void
test_ambiguous(void)
{
  Fixture fixture = pair("a.jpg", "a_mask.png a_gt.png", "a.png", NULL);
  g_autofree char *found = describe(&fixture);
  g_assert_cmpstr(found, ==, "a:a.jpg,-,a.png");
  g_assert_cmpstr(problem_of(&fixture, 0, G_MAXUINT), ==,
                  "more than one actual mask fits: a_gt.png, a_mask.png");
  fixture_clear(&fixture);

  fixture = pair("a.jpg", "a.png", "a.png a.bmp", "a.png");
  g_assert_cmpstr(problem_of(&fixture, 0, 0), ==,
                  "more than one predicted mask fits: a.bmp, "
                  "a.png");
  g_assert_null(problem_of(&fixture, 0, 1));
  g_assert_null(problem_of(&fixture, 0, G_MAXUINT));
  fixture_clear(&fixture);

  fixture = pair("a.jpg a.png", "a.png", "a.png", NULL);
  g_assert_null(problem_of(&fixture, 0, 0));
  const MsEntry *entry = g_ptr_array_index(fixture.inventory->entries, 0);
  g_assert_null(entry->image);
  g_assert_cmpuint(fixture.inventory->notices->len, ==, 1);
  fixture_clear(&fixture);
}

static void
test_missing(void)
{
  Fixture fixture = pair("i.jpg x.jpg", "a.png x.png", "p.png x.png", "x.png");
  g_autofree char *found = describe(&fixture);
  g_assert_cmpstr(found, ==,
                  "a:-,a.png,-,- i:i.jpg,-,-,- p:-,-,p.png,- x:x.jpg,x.png,x.png,"
                  "x.png");
  g_assert_cmpstr(problem_of(&fixture, 0, 0), ==, "no predicted mask in predicted");
  g_assert_cmpstr(problem_of(&fixture, 0, 1), ==, "no predicted mask in second");
  g_assert_cmpstr(problem_of(&fixture, 1, G_MAXUINT), ==, "no actual mask in actual");
  g_assert_cmpstr(problem_of(&fixture, 2, G_MAXUINT), ==, "no actual mask in actual");
  g_assert_null(problem_of(&fixture, 2, 0));
  g_assert_null(problem_of(&fixture, 3, 0));
  g_assert_cmpuint(fixture.inventory->notices->len, ==, 0);
  fixture_clear(&fixture);
}

static void
assert_notices(MsInventory *inventory, const char *expected)
{
  g_autoptr(GString) text = g_string_new(NULL);
  ms_inventory_note_problems(inventory);
  for (guint i = 0; i < inventory->notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(inventory->notices, i);
    g_string_append_printf(text, "%s\n", notice->message);
  }
  g_assert_cmpstr(text->str, ==, expected);
}

/* One notice for a kind of problem, however many examples have it. */
static void
test_notes_of_problems(void)
{
  Fixture fixture =
      pair("i.jpg j.jpg x.jpg", "a.png x.png b.png b.bmp", "p.png x.png b.png", "x.png x.bmp");
  assert_notices(fixture.inventory,
                 "3 examples have no actual mask in actual, the first is i\n"
                 "Example b has more than one fitting actual mask in actual\n"
                 "Example a has no predicted mask in predicted\n"
                 "Example a has no predicted mask in second\n"
                 "Example x has more than one fitting predicted mask in second\n");
  fixture_clear(&fixture);
}

static void
test_folders(void)
{
  check("u/1.jpg v/1.jpg", "u/1.png v/1.png", "v/1.png u/1.png", NULL,
        "u/1:u/1.jpg,u/1.png,u/1.png v/1:v/1.jpg,v/1.png,v/1.png");
  check("u/1.jpg", "u/1.png", "1.png", NULL, "1:-,-,1.png u/1:u/1.jpg,u/1.png,-");
}

static void
test_splits(void)
{
  check("val/1.jpg", "validation/1.png", "VALID/1.png", NULL,
        "val/1:val/1.jpg,validation/1.png,VALID/1.png");
  Fixture fixture =
      pair(NULL, "validation/1.png train/2.png", "validation/1.png train/2.png", NULL);
  const MsEntry *first = g_ptr_array_index(fixture.inventory->entries, 0);
  const MsEntry *second = g_ptr_array_index(fixture.inventory->entries, 1);
  g_assert_cmpstr(first->id, ==, "train/2");
  g_assert_cmpstr(first->split, ==, "train");
  g_assert_cmpstr(second->id, ==, "validation/1");
  g_assert_cmpstr(second->split, ==, "val");
  fixture_clear(&fixture);
}

static void
test_several_models(void)
{
  check("a.jpg b.jpg", "a_gt.png b_gt.png", "a.png b.png", "a_pred.png b_pred.png",
        "a:a.jpg,a_gt.png,a.png,a_pred.png b:b.jpg,b_gt.png,b.png,b_pred.png");
  check("a.jpg", "a_mask.png", "a_mask.png", "a_pred.png",
        "a:a.jpg,a_mask.png,a_mask.png,"
        "a_pred.png");
}

static void
test_bytes(void)
{
  check(NULL, "caf\xe9.png caf\xe8.png", "caf\xe9.png CAF\xe8.png", NULL,
        "caf%E8:-,caf\xe8.png,CAF\xe8.png caf%E9:-,caf\xe9.png,caf\xe9.png");
}

static char *
match_all(const char *text, const char *name)
{
  g_autoptr(MsPattern) pattern = ms_pattern_new(text);
  g_autoptr(GPtrArray) ids = ms_pattern_match(pattern, name);
  g_ptr_array_set_free_func(ids, g_free);
  g_ptr_array_add(ids, NULL);
  return g_strjoinv("|", (GStrv)ids->pdata);
}

static void
test_pattern(void)
{
  static const struct {
    const char *pattern;
    const char *name;
    const char *ids;
  } cases[] = {
      {"testset/{id}_predict_*.png", "0_predict_7.png", "0"},
      {"testset/{id}_predict_*.png", "u/0_predict_7.png", "u/0"},
      {"testset/{id}_predict_*.png", "0_mask.png", ""},
      {"{id}_*.png", "f_1_x.png", "f_1|f"},
      {"a/{id}/masks/{id}.png", "q/masks/q.png", "q"},
      {"a/{id}/masks/{id}.png", "q/masks/r.png", ""},
      {"a/*/{id}.png", "one/two.png", "two"},
      {"a/*/{id}.png", "one/two/three.png", "two/three"},
      {"{id}.png", "x.png.png", "x.png"},
      {"{id}.png", ".png", ""},
      {"{id}**.png", "ab.png", "ab|a"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *ids = match_all(cases[i].pattern, cases[i].name);
    g_assert_cmpstr(ids, ==, cases[i].ids);
  }
  g_autoptr(MsPattern) pattern = ms_pattern_new("a/b/c_{id}.png");
  g_assert_cmpstr(pattern->folder, ==, "a/b");
  g_assert_cmpstr(pattern->rest, ==, "c_{id}.png");
  /* A hostile pattern ends. */
  g_autofree char *name = g_strnfill(4000, 'a');
  g_autofree char *none = match_all("*a*a*a*a*a*a*a*a{id}b*a*a*a*c", name);
  g_assert_cmpstr(none, ==, "");
}

static void
test_forms(void)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  g_assert_cmpuint(ms_stem_forms("mask", MS_ROLE_ACTUAL, FALSE, lengths), ==, 1);
  g_assert_cmpuint(ms_stem_forms("_mask", MS_ROLE_ACTUAL, FALSE, lengths), ==, 1);
  g_assert_cmpuint(ms_stem_forms("u/_mask", MS_ROLE_ACTUAL, FALSE, lengths), ==, 1);
  g_assert_cmpuint(ms_stem_forms("a_mask", MS_ROLE_IMAGE, FALSE, lengths), ==, 1);
  g_assert_cmpuint(ms_stem_forms("a_mask", MS_ROLE_ACTUAL, TRUE, lengths), ==, 1);
  g_assert_cmpuint(ms_stem_forms("a_pred_mask", MS_ROLE_PREDICTED, FALSE, lengths), ==, 3);
  g_assert_cmpuint(lengths[2], ==, 1);
  g_assert_cmpuint(ms_stem_forms("a_gtFine_labelIds", MS_ROLE_ACTUAL, FALSE, lengths), ==, 2);
  g_assert_cmpuint(lengths[1], ==, 1);
  /* Cityscapes' frames end where their two numbers do, in predictions alone. */
  g_assert_cmpuint(ms_stem_forms("u/a_000000_000019_x", MS_ROLE_PREDICTED, FALSE, lengths), ==, 2);
  g_assert_cmpuint(lengths[1], ==, strlen("u/a_000000_000019"));
  g_assert_cmpuint(ms_stem_forms("a_000000_000019_x", MS_ROLE_ACTUAL, FALSE, lengths), ==, 1);
  g_assert_cmpuint(ms_stem_forms("a_000000_00019_x", MS_ROLE_PREDICTED, FALSE, lengths), ==, 1);
  g_assert_cmpuint(ms_stem_forms("a_000000_0000190", MS_ROLE_PREDICTED, FALSE, lengths), ==, 1);
}

static gboolean
is_other_form(const char *const *names, guint index)
{
  g_autoptr(GPtrArray) array = g_ptr_array_new();
  for (guint i = 0; names[i]; i++)
    g_ptr_array_add(array, (char *)names[i]);
  return ms_stem_is_other_form(array, index);
}

static void
test_other_forms(void)
{
  static const char *const both[] = {"a.png", "a_color.png", NULL};
  static const char *const longer[] = {"a_gtFine_color.png", "a_gtFine_labelIds.png", NULL};
  static const char *const alone[] = {"ab.png", "a_color.png", "b.png", NULL};
  static const char *const colors[] = {"a_color.png", "a_vis.png", NULL};
  g_assert_false(is_other_form(both, 0));
  g_assert_true(is_other_form(both, 1));
  g_assert_true(is_other_form(longer, 0));
  g_assert_false(is_other_form(longer, 1));
  g_assert_false(is_other_form(alone, 1));
  g_assert_false(is_other_form(colors, 0));
}

static void
check_model(const char *end, const char *model)
{
  g_autofree char *found = ms_stem_model(end);
  g_assert_cmpstr(found, ==, model);
}

static void
test_models(void)
{
  check_model("pred", "pred");
  check_model("pred_unet", "unet");
  check_model("unet-v2_pred", "unet-v2");
  check_model("pred_mask", "pred");
  check_model("mask_pred", "pred");
  check_model("prob", "prob");
  check_model("mask", NULL);
  check_model("unet", NULL);
  check_model("unet_pred_x", NULL);
}

/* In byte order, as a listing gives them. */
static void
add_many(MsRoles *roles, MsRoleKind kind, const char *suffix, guint n)
{
  MsRole *role = ms_roles_add(roles, kind, NULL, "many");
  for (guint i = 0; i < n; i++) {
    char stem[64];
    g_snprintf(stem, sizeof stem, "set/example_%06u%s", i, suffix);
    ms_roles_add_file(roles, role, stem, stem);
  }
}

static void
time_many(const char *images, const char *actual, const char *predicted)
{
  const guint n = 200000;
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  g_autoptr(MsRoles) roles = ms_roles_new(inventory);
  add_many(roles, MS_ROLE_IMAGE, images, n);
  add_many(roles, MS_ROLE_ACTUAL, actual, n);
  add_many(roles, MS_ROLE_PREDICTED, predicted, n);
  ms_inventory_add_model(inventory, "many", "many");
  g_test_timer_start();
  g_assert_true(ms_pair_roles(roles, inventory, NULL, NULL));
  ms_inventory_finish(inventory);
  g_test_message("200,000 examples: %.2f s (suffix \"%s\")", g_test_timer_elapsed(), actual);
  g_assert_cmpuint(inventory->entries->len, ==, n);
  g_assert_cmpuint(inventory->notices->len, ==, 0);
  const MsEntry *first = g_ptr_array_index(inventory->entries, 0);
  g_assert_cmpstr(first->id, ==, "set/example_000000");
}

static void
test_many(void)
{
  time_many("", "", "");
  time_many("", "_mask", "_pred");
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pairing/exact", test_exact);
  g_test_add_func("/pairing/suffixes", test_suffixes);
  g_test_add_func("/pairing/names", test_names);
  g_test_add_func("/pairing/numbered", test_numbered);
  g_test_add_func("/pairing/twins", test_twins);
  g_test_add_func("/pairing/competing", test_competing);
  g_test_add_func("/pairing/case", test_case);
  g_test_add_func("/pairing/ambiguous", test_ambiguous);
  g_test_add_func("/pairing/missing", test_missing);
  g_test_add_func("/pairing/notes-of-problems", test_notes_of_problems);
  g_test_add_func("/pairing/folders", test_folders);
  g_test_add_func("/pairing/splits", test_splits);
  g_test_add_func("/pairing/several-models", test_several_models);
  g_test_add_func("/pairing/bytes", test_bytes);
  g_test_add_func("/pairing/pattern", test_pattern);
  g_test_add_func("/pairing/forms", test_forms);
  g_test_add_func("/pairing/other-forms", test_other_forms);
  g_test_add_func("/pairing/models", test_models);
  g_test_add_func("/pairing/many", test_many);
  return g_test_run();
}
