/* SPDX-License-Identifier: MIT
 *
 * Volumes whose headers place them differently, and files that are named as masks but hold none.
 */
#include "set/find.h"
#include "set/grids.h"
#include "small-set.h"

/* A NIfTI-1 volume of 3 x 2 x 2 bytes, with these steps along x, y and z. */
static void
write_placed(const TestFolder *folder, const char *name, float x, float y, float z)
{
  const gint32 header_size = 348;
  const gint16 dim[8] = {3, 3, 2, 2, 1, 1, 1, 1}, datatype = 2, code = 1;
  const float offset = 352, rows[12] = {x, 0, 0, 5, 0, y, 0, 6, 0, 0, z, 7};
  guint8 bytes[352 + 12] = {0};

  memcpy(bytes, &header_size, 4);
  memcpy(bytes + 40, dim, 16);
  memcpy(bytes + 70, &datatype, 2);
  memcpy(bytes + 108, &offset, 4);
  memcpy(bytes + 254, &code, 2);
  memcpy(bytes + 280, rows, 48);
  memcpy(bytes + 344, "n+1", 4);
  g_free(test_file(folder, name, bytes, sizeof bytes));
}

static MsInventory *
find(const TestFolder *folder, const char *set, const char *actual, const char *predicted,
     GError **error)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  g_auto(GStrv) arguments = NULL;
  g_autofree char *actual_path = actual ? test_path(folder, actual) : NULL;
  g_autofree char *model = g_strconcat("m=", folder->path, "/", predicted, NULL);

  if (set)
    options->set = test_path(folder, set);
  if (actual)
    g_strv_builder_add_many(builder, "--actual", actual_path, NULL);
  if (predicted)
    g_strv_builder_add_many(builder, "--predicted", model, NULL);
  arguments = g_strv_builder_end(builder);
  g_assert_true(ms_options_parse(options, &arguments, NULL, NULL));
  return ms_find_set(options, NULL, error);
}

static const char *
find_grid_notice(const MsInventory *inventory)
{
  for (guint i = 0; i < inventory->notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(inventory->notices, i);

    if (strstr(notice->message, "different grids"))
      return notice->message;
  }
  return NULL;
}

static void
test_grids(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;

  write_placed(&folder, "a/1.nii", 1, 1, 2);
  write_placed(&folder, "a/2.nii", 1, 1, 2);
  write_placed(&folder, "same/1.nii", 1, 1, 2);
  write_placed(&folder, "same/2.nii", 1, 1, 2);
  write_placed(&folder, "other/1.nii", 1, 1, 2);
  write_placed(&folder, "other/2.nii", -1, 1, 2);
  g_autoptr(MsInventory) same = find(&folder, NULL, "a", "same", &error);
  g_assert_no_error(error);
  g_assert_null(find_grid_notice(same));
  g_autoptr(MsInventory) other = find(&folder, NULL, "a", "other", &error);
  g_assert_no_error(error);
  g_assert_nonnull(strstr(find_grid_notice(other), "a/2.nii"));
  g_assert_nonnull(strstr(find_grid_notice(other), "axes run in different directions"));
  g_assert_null(strstr(find_grid_notice(other), "volumes"));
}

static void
test_cancelled(void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  g_autoptr(GError) error = NULL;

  ms_inventory_add_model(inventory, "m", "m");
  g_ptr_array_add(inventory->entries, ms_entry_new("a", 1));
  g_assert_true(ms_inventory_check_grids(inventory, cancellable, NULL));
  g_cancellable_cancel(cancellable);
  g_assert_false(ms_inventory_check_grids(inventory, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refused(void)
{
  static const struct {
    const char *name;
    const char *text;
    const char *part;
  } files[] = {
      {"empty.json", "", "a file, not a folder, and empty (0 bytes)"},
      {"wide.json", "\xff\xfe{", "UTF-16"},
      {"other.json", "[1, 2]", "JSON file, but no COCO annotations or results: line 1"},
      {"notes.txt", "notes", "a file, not a folder"},
      {"a.png", "no picture", "a file, not a folder; single files"},
  };
  g_auto(TestFolder) folder = test_folder_new();

  test_touch(&folder, "set/masks/a.png masks/a.png");
  for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autoptr(GError) error = NULL;

    test_text(&folder, files[i].name, files[i].text);
    g_assert_null(find(&folder, NULL, "masks", files[i].name, &error));
    g_assert_nonnull(strstr(error->message, files[i].part));
    g_clear_error(&error);
    g_assert_null(find(&folder, "set", NULL, files[i].name, &error));
    g_assert_nonnull(strstr(error->message, files[i].part));
  }
}

/* A set's folder holds the actual masks, a table the predicted ones. */
static void
test_records_beside(void)
{
  const guint8 samples[] = {0, 1, 1, 0};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;

  test_mask_row(&folder, "set/masks/a.png", samples, 4);
  test_text(&folder, "runs.csv", "ImageId,EncodedPixels\na.png,2 2\n");
  test_touch(&folder, "set/images/a.jpg odd/left/a.png odd/right/a.png");
  g_autoptr(MsInventory) inventory = find(&folder, "set", NULL, "runs.csv", &error);
  g_assert_no_error(error);
  g_assert_cmpuint(inventory->entries->len, ==, 1);
  g_assert_cmpstr(inventory->title, ==, "set");
  const MsEntry *entry = g_ptr_array_index(inventory->entries, 0);
  g_assert_nonnull(entry->image);
  g_assert_true(g_str_has_suffix(entry->actual, "masks/a.png"));
  g_assert_true(g_str_has_suffix(entry->predicted[0], "runs.csv"));
  g_assert_null(find(&folder, "odd", NULL, "runs.csv", &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT);
  g_assert_nonnull(strstr(error->message, "--actual DIR"));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/grids/notice", test_grids);
  g_test_add_func("/grids/cancelled", test_cancelled);
  g_test_add_func("/grids/refused-files", test_refused);
  g_test_add_func("/grids/records-beside", test_records_beside);
  return g_test_run();
}
