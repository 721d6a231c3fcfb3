/* SPDX-License-Identifier: MIT
 *
 * Files that hold several masks become an example a part: slices of NIfTI, pages of TIFF, arrays of
 * an archive; and folders whose files are one mask.
 */
#include <tiffio.h>
#include <unistd.h>
#include <zip.h>

#include "set/pair.h"
#include "small-set.h"

/* --- files ------------------------------------------------------------------------------------ */

/* A NIfTI-1 volume of bytes, x fastest. */
static void
write_volume(const TestFolder *folder, const char *name, int nx, int ny, int nz,
             const guint8 *samples)
{
  gsize size = 352 + (gsize)nx * (gsize)ny * (gsize)nz;
  g_autofree guint8 *bytes = g_malloc0(size);
  const gint32 header_size = 348;
  const gint16 dim[8] = {3, (gint16)nx, (gint16)ny, (gint16)nz, 1, 1, 1, 1};
  const gint16 datatype = 2, bits = 8;
  const float offset = 352, spacing[4] = {1, 1, 1, 2};

  memcpy(bytes, &header_size, 4);
  memcpy(bytes + 40, dim, 16);
  memcpy(bytes + 70, &datatype, 2);
  memcpy(bytes + 72, &bits, 2);
  memcpy(bytes + 76, spacing, 16);
  memcpy(bytes + 108, &offset, 4);
  memcpy(bytes + 344, "n+1", 4);
  memcpy(bytes + 352, samples, size - 352);
  g_free(test_file(folder, name, bytes, size));
}

/* Pages of one row of 8-bit grey each. */
static void
write_pages(const TestFolder *folder, const char *name, int n_pages, int width,
            const guint8 *samples)
{
  g_autofree char *path = test_file(folder, name, "", 0);
  TIFF *tiff = TIFFOpen(path, "w");

  g_assert_nonnull(tiff);
  for (int page = 0; page < n_pages; page++) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 1);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 1);
    TIFFWriteScanline(tiff, (void *)(samples + page * width), 0, 0);
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
}

/* A .npy of uint8, one row. */
static GBytes *
make_array(const guint8 *samples, gsize n)
{
  g_autofree char *text = g_strdup_printf(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, %" G_GSIZE_FORMAT "), }", n);
  GByteArray *bytes = g_byte_array_new();
  const guint8 head[10] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};

  g_byte_array_append(bytes, head, 10);
  for (gsize i = 0; i < 118; i++)
    g_byte_array_append(bytes,
                        (const guint8 *)(i < strlen(text) ? &text[i]
                                         : i < 117        ? " "
                                                          : "\n"),
                        1);
  g_byte_array_append(bytes, samples, (guint)n);
  return g_byte_array_free_to_bytes(bytes);
}

static void
add_array(zip_t *archive, const char *name, GBytes *array)
{
  gsize size;
  const void *data = g_bytes_get_data(array, &size);
  zip_source_t *source = zip_source_buffer(archive, data, size, 0);

  g_assert_cmpint(zip_file_add(archive, name, source, 0), >=, 0);
}

static void
write_archive(const TestFolder *folder, const char *name, const char *first, const guint8 *one,
              const char *second, const guint8 *two, gsize n)
{
  g_autofree char *path = test_file(folder, name, "", 0);
  g_autoptr(GBytes) a = make_array(one, n), b = make_array(two, n);
  zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

  add_array(archive, first, a);
  add_array(archive, second, b);
  g_assert_cmpint(zip_close(archive), ==, 0);
}

/* --- sets ------------------------------------------------------------------------------------- */

static MsSet *
open_roles(const TestFolder *folder, const char *actual, const char *predicted, const char *axis)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *model = g_strconcat("m=", folder->path, "/", predicted, NULL);
  g_auto(GStrv) arguments = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  g_autofree char *path = test_path(folder, actual);

  g_strv_builder_add_many(builder, "--actual", path, "--predicted", model, NULL);
  if (axis)
    g_strv_builder_add_many(builder, "--slice-axis", axis, NULL);
  arguments = g_strv_builder_end(builder);
  g_assert_true(ms_options_parse(options, &arguments, NULL, &error));
  MsSet *set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

static char *
list_ids(MsSet *set)
{
  g_autoptr(GString) ids = g_string_new(NULL);

  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    g_string_append_printf(ids, "%s%s", i ? " " : "", ms_set_get_id(set, i));
  return g_strdup(ids->str);
}

static void
assert_counts(MsSet *set, guint example, guint64 tp, guint64 fp, guint64 fn)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsResult) result = ms_pair_score(set, example, 0, NULL, NULL, &error);

  g_assert_no_error(error);
  g_assert_cmpstr(result->message, ==, NULL);
  MsCounts counts = ms_confusion_counts(result->confusion);
  g_assert_cmpuint(counts.tp, ==, tp);
  g_assert_cmpuint(counts.fp, ==, fp);
  g_assert_cmpuint(counts.fn, ==, fn);
}

static const guint8 truth[12] = {1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1};
static const guint8 guess[12] = {1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};

static void
test_slices(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_volume(&folder, "labels/case.nii", 2, 2, 3, truth);
  write_volume(&folder, "out/case.nii", 2, 2, 3, guess);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);
  g_autofree char *ids = list_ids(set);

  g_assert_cmpstr(ids, ==, "case/z0 case/z1 case/z2");
  g_assert_cmpstr(ms_set_get_group(set, 1), ==, "case");
  g_assert_cmpstr(ms_set_get_groups(set)[0], ==, "case");
  assert_counts(set, 0, 1, 0, 1);
  assert_counts(set, 1, 1, 1, 0);
  assert_counts(set, 2, 4, 0, 0);
}

static void
test_slice_axis(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_volume(&folder, "labels/case.nii", 2, 2, 3, truth);
  write_volume(&folder, "out/case.nii", 2, 2, 3, guess);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", "x");
  g_autofree char *ids = list_ids(set);

  g_assert_cmpstr(ids, ==, "case/x0 case/x1");
  assert_counts(set, 0, 4, 0, 0); /* 1,0 0,1 1,1 both */
  assert_counts(set, 1, 2, 1, 1);
}

/* A volume with fewer slices lacks the last ones, and says so for each. */
static void
test_fewer_slices(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_volume(&folder, "labels/case.nii", 2, 2, 3, truth);
  write_volume(&folder, "out/case.nii", 2, 2, 2, guess);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);

  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 3);
  g_assert_null(ms_set_get_problem(set, 1, 0));
  g_assert_nonnull(ms_set_get_problem(set, 2, 0));
}

/* One slice is a mask like others. */
static void
test_one_slice(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_volume(&folder, "labels/case.nii", 4, 3, 1, truth);
  write_volume(&folder, "out/case.nii", 4, 3, 1, guess);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);
  g_autofree char *ids = list_ids(set);

  g_assert_cmpstr(ids, ==, "case");
  g_assert_null(ms_set_get_group(set, 0));
  assert_counts(set, 0, 6, 1, 1);
}

static void
test_pages(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_pages(&folder, "labels/a.tif", 3, 4, truth);
  write_pages(&folder, "out/a.tiff", 3, 4, guess);
  write_pages(&folder, "labels/b.tif", 1, 12, truth);
  write_pages(&folder, "out/b.tif", 1, 12, guess);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);
  g_autofree char *ids = list_ids(set);

  g_assert_cmpstr(ids, ==, "a/p0 a/p1 a/p2 b");
  assert_counts(set, 0, 1, 0, 1);
  assert_counts(set, 2, 4, 0, 0);
  assert_counts(set, 3, 6, 1, 1);
}

/* Pages on one side, one mask on the other: neither is guessed. */
static void
test_pages_beside_one(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_pages(&folder, "labels/a.tif", 1, 4, truth);
  write_pages(&folder, "out/a.tif", 3, 4, guess);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);
  gboolean noted = FALSE;

  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 3);
  for (guint i = 0; i < 3; i++) {
    g_assert_nonnull(ms_set_get_problem(set, i, 0));
    g_assert_true(ms_set_has_actual(set, i)); /* so that status 3 follows */
  }
  for (guint i = 0; i < ms_set_get_notices(set)->len; i++) {
    const MsNotice *notice = g_ptr_array_index(ms_set_get_notices(set), i);
    noted |= notice->path && g_str_has_suffix(notice->path, "labels/a.tif") &&
             strstr(notice->message, "one mask");
  }
  g_assert_true(noted);
}

/* The arrays are told apart by what they are called. */
static void
test_archive_of_roles(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_archive(&folder, "labels/a.npz", "image.npy", guess, "label.npy", truth, 12);
  write_archive(&folder, "out/a.npz", "pred.npy", guess, "extra.npy", truth, 12);
  write_archive(&folder, "labels/b.npz", "image.npy", guess, "mask.npy", truth, 12);
  write_archive(&folder, "out/b.npz", "image.npy", truth, "mask.npy", guess, 12);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);
  g_autofree char *ids = list_ids(set);

  g_assert_cmpstr(ids, ==, "a b");
  assert_counts(set, 0, 6, 1, 1);
  assert_counts(set, 1, 6, 1, 1);
}

static void
test_archive_of_examples(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_archive(&folder, "labels/all.npz", "one.npy", truth, "two.npy", guess, 12);
  write_archive(&folder, "out/all.npz", "two.npy", guess, "one.npy", guess, 12);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);
  g_autofree char *ids = list_ids(set);

  g_assert_cmpstr(ids, ==, "all/one all/two");
  assert_counts(set, 0, 6, 1, 1);
  assert_counts(set, 1, 7, 0, 0);
}

/* A damaged file stays one example, which says what is wrong. */
static void
test_damaged(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_volume(&folder, "labels/case.nii", 2, 2, 3, truth);
  test_text(&folder, "out/case.nii", "no volume");
  write_volume(&folder, "out/other.nii", 2, 2, 3, guess);
  write_volume(&folder, "labels/other.nii", 2, 2, 3, truth);
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);

  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 6);
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull(ms_set_get_problem(set, i, 0));
  assert_counts(set, 5, 4, 0, 0);
}

static void
test_united(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *united = test_path(&folder, "one");
  g_autoptr(GError) error = NULL;
  const MsLoader loader = {0};
  TEST_MASK(&folder, "one/a.png", 0, 255, 0, 0);
  TEST_MASK(&folder, "one/b.png", 0, 0, 0, 7);
  TEST_MASK(&folder, "one/below/c.png", 9, 9, 9, 9); /* not directly in it */
  g_autoptr(MsSamples) samples =
      ms_load_samples(&loader, (MsPlace){united, MS_PART_UNITED}, NULL, &error);

  g_assert_no_error(error);
  g_assert_cmpmem(samples->pixels, 4, ((guint8[]){0, 255, 0, 7}), 4);
  TEST_MASK(&folder, "one/c.png", 0, 0, 0);
  g_assert_null(ms_load_samples(&loader, (MsPlace){united, MS_PART_UNITED}, NULL, &error));
  g_assert_nonnull(strstr(error->message, "one/c.png"));
  g_assert_nonnull(strstr(error->message, "one size"));
}

/* --- files in common -------------------------------------------------------------------------- */

static gpointer
read_shared(gpointer data)
{
  gpointer *pair = data;

  return ms_shared_files_read(pair[0], pair[1], NULL, NULL);
}

static void
test_shared(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "v", "first", 5);
  g_autoptr(MsSharedFiles) files = ms_shared_files_new();
  gpointer pair[] = {files, path};
  GThread *threads[4];
  MsContent *first = ms_shared_files_read(files, path, NULL, NULL), *again;

  for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
    threads[i] = g_thread_new("reader", read_shared, pair);
  for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
    again = g_thread_join(threads[i]);
    g_assert_true(again == first); /* read once */
    ms_content_unref(again);
  }
  g_free(test_file(&folder, "v", "second!", 7));
  again = ms_shared_files_read(files, path, NULL, NULL);
  g_assert_cmpmem(g_bytes_get_data(again->bytes, NULL), g_bytes_get_size(again->bytes), "second!",
                  7);
  ms_content_unref(again);
  ms_content_unref(first);
}

static void
test_shared_missing(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "none");
  g_autoptr(MsSharedFiles) files = ms_shared_files_new();
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_shared_files_read(files, path, NULL, &error));
  g_assert_nonnull(strstr(error->message, "none"));
  g_free(test_file(&folder, "none", "here", 4));
  g_autoptr(MsContent) content = ms_shared_files_read(files, path, NULL, NULL);
  g_assert_nonnull(content);
}

/* Files larger than the bound stay while they are read in turn; a rest lets them go. */
static void
test_shared_in_use(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *a = test_file(&folder, "a", "large", 5),
                  *b = test_file(&folder, "b", "LARGE", 5);
  g_autoptr(MsSharedFiles) files = ms_shared_files_new_bound(4);
  g_autoptr(MsContent) first = ms_shared_files_read(files, a, NULL, NULL);

  for (int i = 0; i < 3; i++) {
    g_autoptr(MsContent) other = ms_shared_files_read(files, b, NULL, NULL);
    g_autoptr(MsContent) again = ms_shared_files_read(files, a, NULL, NULL);
    g_assert_true(again == first && other != first);
  }
  ms_shared_files_rest(files); /* the file asked for last stays */
  g_autoptr(MsContent) last = ms_shared_files_read(files, a, NULL, NULL);
  g_assert_true(last == first);
  for (int i = 0; i < MS_SHARED_FILES_READINGS; i++)
    ms_content_unref(ms_shared_files_read(files, b, NULL, NULL));
  g_autoptr(MsContent) anew = ms_shared_files_read(files, a, NULL, NULL);
  g_assert_true(anew != first); /* nobody had asked for it in a long time */
}

/* An image of pages is shown alike on every page: white is zero in both of these. */
static void
test_later_page_as_image(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "a.tif", "", 0);
  g_autoptr(MsSharedFiles) files = ms_shared_files_new();
  const MsLoader loader = {.files = files};
  guint8 row[] = {0, 255, 10, 20};
  TIFF *tiff = TIFFOpen(path, "w");

  for (int page = 0; page < 2; page++) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 4);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 1);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPRIGHT);
    TIFFWriteScanline(tiff, row, 0, 0);
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  for (int page = 0; page < 2; page++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MsPicture) picture = ms_load_picture(&loader, (MsPlace){path, page}, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpmem(picture->pixels, 4, ((guint8[]){235, 245, 0, 255}), 4);
  }
}

/* A header alone makes no examples. */
static void
test_promised_slices(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree guint8 *zeros = g_malloc0(70000);
  for (int side = 0; side < 2; side++) {
    const char *role = side ? "out" : "labels";
    g_autofree char *cut = g_strconcat(role, "/cut.nii", NULL);
    g_autofree char *path = test_path(&folder, cut);
    write_volume(&folder, cut, 1, 1, 30000, zeros);
    g_assert_cmpint(truncate(path, 352), ==, 0);
  }
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);
  gboolean noted = FALSE;

  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 1);
  for (guint i = 0; i < ms_set_get_notices(set)->len; i++) {
    const MsNotice *notice = g_ptr_array_index(ms_set_get_notices(set), i);
    noted |= strstr(notice->message, "promises 30000 slices") != NULL;
  }
  g_assert_true(noted);
}

/* So many that looking for each among all would take long. */
static void
test_many_arrays(void)
{
  enum { n = 3000 };
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GBytes) array = make_array(truth, 12);
  for (int side = 0; side < 2; side++) {
    g_autofree char *path = test_file(&folder, side ? "out/a.npz" : "labels/a.npz", "", 0);
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    for (int i = 0; i < n; i++) {
      g_autofree char *name = g_strdup_printf("m%04d.npy", side ? n - 1 - i : i);
      add_array(archive, name, array);
    }
    g_assert_cmpint(zip_close(archive), ==, 0);
  }
  g_autoptr(MsSet) set = open_roles(&folder, "labels", "out", NULL);

  g_assert_cmpuint(ms_set_get_n_examples(set), ==, n);
  for (guint i = 0; i < n; i++)
    assert_counts(set, i, 7, 0, 0);
}

static void
note_progress(const char *what, guint done, guint total, gpointer user)
{
  g_assert_cmpuint(done, <=, total);
  if (g_str_equal(what, "Looking into files"))
    *(guint *)user = total;
}

static void
test_progress(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  guint total = 0;
  write_pages(&folder, "images/a.tif", 1, 12, truth); /* not looked into */
  write_pages(&folder, "labels/a.tif", 1, 12, truth);
  write_pages(&folder, "predictions/m/a.tif", 1, 12, guess);
  options->set = g_strdup(folder.path);
  g_autoptr(MsSet) set = ms_set_open(options, note_progress, &total, NULL, &error);

  g_assert_no_error(error);
  g_assert_nonnull(set);
  g_assert_cmpuint(total, ==, 2);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/volumes/slices", test_slices);
  g_test_add_func("/volumes/slice-axis", test_slice_axis);
  g_test_add_func("/volumes/fewer-slices", test_fewer_slices);
  g_test_add_func("/volumes/one-slice", test_one_slice);
  g_test_add_func("/volumes/pages", test_pages);
  g_test_add_func("/volumes/pages-beside-one", test_pages_beside_one);
  g_test_add_func("/volumes/archive-of-roles", test_archive_of_roles);
  g_test_add_func("/volumes/archive-of-examples", test_archive_of_examples);
  g_test_add_func("/volumes/damaged", test_damaged);
  g_test_add_func("/volumes/united", test_united);
  g_test_add_func("/volumes/shared", test_shared);
  g_test_add_func("/volumes/shared-missing", test_shared_missing);
  g_test_add_func("/volumes/shared-in-use", test_shared_in_use);
  g_test_add_func("/volumes/later-page-as-image", test_later_page_as_image);
  g_test_add_func("/volumes/promised-slices", test_promised_slices);
  g_test_add_func("/volumes/many-arrays", test_many_arrays);
  g_test_add_func("/volumes/progress", test_progress);
  return g_test_run();
}
