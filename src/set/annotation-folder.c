/* SPDX-License-Identifier: MIT
 *
 * Which of the annotation files in a folder are actual and which are predicted: results are
 * predicted; of the others those that are called so, or lie in a folder that is. Files that fit the
 * first sight but not each other are left alone, and named.
 */
#include <string.h>

#include "io/coco.h"
#include "io/file.h"
#include "set/annotation-roles.h"
#include "set/ending.h"
#include "set/listing.h"
#include "set/option-values.h"
#include "set/text.h"

/* More files than this are no set of annotations. */
#define MAX_FILES 256

typedef struct {
  char *path;
  MsAnnotationKind kind;
  gboolean predicted;
} Found;

typedef struct {
  GPtrArray *files; /* Found */
  GCancellable *cancellable;
} Search;

static const char *const predicted_words[] = {"pred", "result", "detection", "output",
                                              "submission"};
/* Annotations of things that are no masks. */
static const char *const other_words[] = {"captions", "keypoints", "image_info", "images_info"};
static const char *const inner_folders[] = {"annotations", "results", "predictions", "predicted",
                                            "preds",       "outputs", "output",      "detections"};

static void
found_free(gpointer data)
{
  Found *found = data;

  g_free(found->path);
  g_free(found);
}

static gboolean
has_word(const char *text, const char *const *words, gsize n_words)
{
  g_autofree char *lower = g_ascii_strdown(text, -1);

  for (gsize i = 0; i < n_words; i++)
    if (strstr(lower, words[i]))
      return TRUE;
  return FALSE;
}

static void
look_at_file(Search *self, const char *folder, const char *name, gboolean in_predicted)
{
  g_autofree char *path = g_build_filename(folder, name, NULL);
  MsAnnotationKind kind = has_word(name, other_words, G_N_ELEMENTS(other_words))
                              ? MS_ANNOTATION_NONE
                              : ms_annotation_file_kind(path);
  Found *found;

  if (kind == MS_ANNOTATION_NONE || self->files->len >= MAX_FILES)
    return;
  found = g_new0(Found, 1);
  found->path = g_steal_pointer(&path);
  found->kind = kind;
  found->predicted = in_predicted || kind == MS_ANNOTATION_RESULTS ||
                     has_word(name, predicted_words, G_N_ELEMENTS(predicted_words));
  g_ptr_array_add(self->files, found);
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files directly in a folder, in byte order; a folder that is not there has none. */
static void
look_at_folder(Search *self, const char *folder, gboolean in_predicted)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  const char *name;

  while (dir && names->len < MAX_FILES && (name = g_dir_read_name(dir)))
    if (*name != '.' && (ms_ending_is(name, ".json") || ms_ending_is_of_table(name)))
      g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare_strings);
  for (guint i = 0; i < names->len; i++)
    look_at_file(self, folder, g_ptr_array_index(names, i), in_predicted);
}

static void
look_around(Search *self, const char *folder)
{
  look_at_folder(self, folder, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS(inner_folders); i++) {
    g_autofree char *inner = g_build_filename(folder, inner_folders[i], NULL);

    look_at_folder(self, inner,
                   has_word(inner_folders[i], predicted_words, G_N_ELEMENTS(predicted_words)));
  }
}

/* --- which go together ------------------------------------------------------------------------ */

/* Folders of masks go with any annotations. */
static gboolean
go_together(const Found *actual, const Found *predicted)
{
  if (predicted->kind == MS_ANNOTATION_NONE)
    return TRUE;
  switch (actual->kind) {
  case MS_ANNOTATION_INSTANCES:
    return predicted->kind == MS_ANNOTATION_RESULTS || predicted->kind == MS_ANNOTATION_INSTANCES;
  case MS_ANNOTATION_PANOPTIC:
  case MS_ANNOTATION_RUNS:
    return predicted->kind == actual->kind;
  default:
    return FALSE;
  }
}

static guint
count_partners(const Search *self, const Found *actual)
{
  guint n = 0;

  for (guint i = 0; i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);

    n += found->predicted && go_together(actual, found);
  }
  return n;
}

/* Images of the first partner that the file does not have; how the right split's annotations are
 * told from another's. */
static guint
count_strangers(const Search *self, const Found *actual, GError **error)
{
  g_autoptr(MsCoco) coco = ms_coco_open(actual->path, NULL, NULL, self->cancellable, error);
  guint n_strange = 0, n_images;

  for (guint i = 0; coco && i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);
    g_autoptr(MsCoco) results = NULL;
    const MsCocoImage *images;

    if (!found->predicted || found->kind == MS_ANNOTATION_NONE || !go_together(actual, found))
      continue;
    results = ms_coco_open(found->path, NULL, NULL, self->cancellable, error);
    if (!results)
      break;
    images = ms_coco_images(results, &n_images);
    for (guint j = 0; j < n_images; j++)
      n_strange += ms_coco_find_image(coco, images[j].id) == NULL;
    break;
  }
  return n_strange;
}

static gboolean
refuse_two(const Found *a, const Found *b, GError **error)
{
  g_autofree char *first = ms_path_display(a->path);
  g_autofree char *second = ms_path_display(b->path);

  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
              "Both %s and %s could hold the actual masks; name one: --actual FILE --predicted "
              "[NAME=]FILE",
              first, second);
  return FALSE;
}

/* *chosen NULL: none has a partner. `wanted` (may be NULL) names the file. */
static gboolean
choose_actual(const Search *self, const char *wanted, const Found **chosen, GError **error)
{
  const Found *rival = NULL;
  guint n_strange = 0;

  *chosen = NULL;
  for (guint i = 0; i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);
    g_autoptr(GError) cause = NULL;
    guint n;

    if (wanted ? !g_str_equal(found->path, wanted) : found->predicted)
      continue;
    if (count_partners(self, found) == 0)
      continue;
    if (!*chosen) {
      *chosen = found;
      continue;
    }
    if (found->kind == MS_ANNOTATION_RUNS || (*chosen)->kind == MS_ANNOTATION_RUNS)
      return refuse_two(*chosen, found, error);
    if (!rival)
      n_strange = count_strangers(self, *chosen, &cause);
    n = cause ? 0 : count_strangers(self, found, &cause);
    if (cause) {
      g_propagate_error(error, g_steal_pointer(&cause));
      return FALSE;
    }
    rival = found;
    if (n == n_strange)
      return refuse_two(*chosen, found, error);
    if (n < n_strange) {
      *chosen = found;
      n_strange = n;
    }
  }
  return TRUE;
}

/* --- images ----------------------------------------------------------------------------------- */

static gboolean
holds_file(const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename(folder, name, NULL);

  return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* The folder, in SET or one below it, in which an image of that name is. Caller frees. */
static char *
find_image_folder(const char *folder, const char *name, guint depth)
{
  g_auto(GStrv) inner = NULL;

  if (holds_file(folder, name))
    return g_strdup(folder);
  inner = depth > 0 ? ms_listing_folders(folder, NULL) : NULL;
  for (guint i = 0; inner && inner[i]; i++) {
    g_autofree char *below = g_build_filename(folder, inner[i], NULL);
    char *found = find_image_folder(below, name, depth - 1);

    if (found)
      return found;
  }
  return NULL;
}

static char *
first_image_name(const Search *self, const Found *actual, GError **error)
{
  g_autoptr(MsCoco) coco = NULL;
  guint n_images;
  const MsCocoImage *images;

  if (actual->kind == MS_ANNOTATION_RUNS)
    return NULL;
  coco = ms_coco_open(actual->path, NULL, NULL, self->cancellable, error);
  if (!coco)
    return NULL;
  images = ms_coco_images(coco, &n_images);
  return n_images > 0 ? g_strdup(images[0].file_name) : NULL;
}

/* --- the set ---------------------------------------------------------------------------------- */

static void
note_left_alone(const Search *self, const Found *actual, MsInventory *inventory)
{
  for (guint i = 0; i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);

    if (found != actual && !(found->predicted && go_together(actual, found)))
      ms_notices_add(inventory->notices, found->path,
                     "Annotations that are neither the actual masks nor go with them; left alone");
  }
}

static void
add_predicted(const Search *self, const Found *actual, MsOptions *options)
{
  for (guint i = 0; i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);

    if (found != actual && found->predicted && go_together(actual, found))
      ms_options_add_predicted(options, NULL, found->path);
  }
}

static char *
run_image_folder(const char *folder)
{
  static const char *const names[] = {"images", "train_images", "test_images", "train",
                                      "test",   "stage1_train", "imgs",        "val"};

  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *inner = g_build_filename(folder, names[i], NULL);

    if (g_file_test(inner, G_FILE_TEST_IS_DIR))
      return g_steal_pointer(&inner);
  }
  return NULL;
}

/* Where the set's other files are: a file in "annotations" belongs to the folder above. */
static char *
find_root(const char *path)
{
  g_autofree char *folder = NULL;
  g_autofree char *base = NULL;

  if (g_file_test(path, G_FILE_TEST_IS_DIR))
    return g_strdup(path);
  folder = g_path_get_dirname(path);
  base = g_path_get_basename(folder);
  return g_ascii_strcasecmp(base, "annotations") == 0 ? g_path_get_dirname(folder)
                                                      : g_steal_pointer(&folder);
}

/* Predicted masks that the user named are the only ones. */
static void
replace_predicted(Search *self, const GPtrArray *predicted)
{
  for (guint i = self->files->len; i-- > 0;)
    if (((const Found *)g_ptr_array_index(self->files, i))->predicted)
      g_ptr_array_remove_index(self->files, i);
  for (guint i = 0; i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);
    Found *found = g_new0(Found, 1);

    found->path = g_strdup(model->path);
    found->kind = ms_annotation_file_kind(model->path);
    found->predicted = TRUE;
    g_ptr_array_add(self->files, found);
  }
}

/* FALSE with an error; *images NULL: there are none. */
static gboolean
find_images(const Search *self, const Found *actual, const char *folder, char **images,
            GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autofree char *name = first_image_name(self, actual, &cause);

  if (cause) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
  }
  *images = name ? find_image_folder(folder, name, 2) : run_image_folder(folder);
  return TRUE;
}

static void
name_set(MsInventory *inventory, const char *path)
{
  g_autofree char *base = g_path_get_basename(path);

  ms_text_set(&inventory->path, path);
  if (!g_file_test(path, G_FILE_TEST_IS_DIR))
    return;
  g_free(inventory->title);
  inventory->title = ms_text_id(base);
}

MsInventory *
ms_annotations_recognize(const char *path, const GPtrArray *predicted, MsSetProgress progress,
                         gpointer user, GCancellable *cancellable, GError **error)
{
  gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);
  g_autofree char *folder = find_root(path);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(found_free);
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *images = NULL;
  Search self = {files, cancellable};
  const Found *actual;
  MsInventory *inventory;

  look_around(&self, folder);
  if (predicted->len > 0)
    replace_predicted(&self, predicted);
  if (!choose_actual(&self, is_folder ? NULL : path, &actual, error) || !actual ||
      !find_images(&self, actual, folder, &images, error))
    return NULL;
  if (predicted->len == 0)
    add_predicted(&self, actual, options);
  inventory =
      ms_annotations_find(images, actual->path, predicted->len > 0 ? predicted : options->predicted,
                          progress, user, cancellable, error);
  if (!inventory)
    return NULL;
  note_left_alone(&self, actual, inventory);
  name_set(inventory, path);
  return inventory;
}
