/* SPDX-License-Identifier: MIT
 *
 * Which of the annotation files in a folder are actual and which are predicted: results are
 * predicted; of the others those that are called so, or lie in a folder that is. Files that fit the
 * first sight but not each other are left alone, and named.
 */
#include <string.h>

#include "io/file.h"
#include "set/annotation-images.h"
#include "set/annotation-source.h"
#include "set/ending.h"
#include "set/option-values.h"
#include "set/text.h"

/* Files of a folder that are looked into. */
#define MAX_SNIFFED 1000

typedef struct {
  MsAnnotationSource *source;
  MsAnnotationKind kind; /* at first sight, opened or not */
  gboolean predicted;
} Found;

typedef struct {
  GPtrArray *files;   /* Found */
  GPtrArray *notices; /* MsNotice */
  const MsAnnotationWatch *watch;
} Search;

/* Names of annotation files have one of these; other files are looked into after them. */
static const char *const likely_words[] = {
    "instances",  "panoptic", "coco", "annotation", "pred", "result", "detection", "output",
    "submission", "train",    "val",  "test",       "gt",   "rle",    "truth"};

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

  ms_annotation_source_free(found->source);
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
add_found(Search *self, const char *path, const char *name, gboolean predicted)
{
  Found *found = g_new0(Found, 1);

  found->source = ms_annotation_source_new(path, name);
  found->kind = found->source->kind;
  found->predicted = predicted || found->kind == MS_ANNOTATION_RESULTS;
  g_ptr_array_add(self->files, found);
}

static void
look_at_file(Search *self, const char *folder, const char *name, gboolean in_predicted)
{
  g_autofree char *path = g_build_filename(folder, name, NULL);

  if (ms_annotation_file_kind(path) != MS_ANNOTATION_NONE)
    add_found(self, path, NULL,
              in_predicted || has_word(name, predicted_words, G_N_ELEMENTS(predicted_words)));
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
is_likely(const char *name)
{
  return has_word(name, likely_words, G_N_ELEMENTS(likely_words));
}

static int
compare_likeliness(gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *)a, *second = *(const char *const *)b;
  int order = is_likely(second) - is_likely(first);

  return order ? order : strcmp(first, second);
}

static GPtrArray *
list_names(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  const char *name;

  while (dir && (name = g_dir_read_name(dir)))
    if (*name != '.' && (ms_ending_is(name, ".json") || ms_ending_is_of_table(name)) &&
        !has_word(name, other_words, G_N_ELEMENTS(other_words)))
      g_ptr_array_add(names, g_strdup(name));
  return names;
}

/* The files directly in a folder, in byte order; a folder that is not there has none. There may be
 * a file for each image, which are no set of annotations but hide one. */
static void
look_at_folder(Search *self, const char *folder, gboolean in_predicted)
{
  g_autoptr(GPtrArray) names = list_names(folder);

  if (names->len > MAX_SNIFFED) {
    ms_notices_add(self->notices, folder,
                   "Of %u files that could be annotations only %d were looked into, those with a "
                   "usual name first",
                   names->len, MAX_SNIFFED);
    g_ptr_array_sort(names, compare_likeliness);
    g_ptr_array_set_size(names, MAX_SNIFFED);
  }
  g_ptr_array_sort(names, compare_strings);
  for (guint i = 0; i < names->len && !g_cancellable_is_cancelled(self->watch->cancellable); i++)
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
  const Found *partner = NULL;
  const MsCocoImage *images;
  guint n_strange = 0, n_images;

  for (guint i = 0; !partner && i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);

    if (found->predicted && found->kind != MS_ANNOTATION_NONE && go_together(actual, found))
      partner = found;
  }
  if (!partner || !ms_annotation_source_open(actual->source, self->watch, error) ||
      !ms_annotation_source_open(partner->source, self->watch, error))
    return 0;
  images = ms_coco_images(partner->source->coco, &n_images);
  for (guint i = 0; i < n_images; i++)
    n_strange += ms_coco_find_image(actual->source->coco, images[i].id) == NULL;
  return n_strange;
}

static gboolean
refuse_two(const Found *a, const Found *b, GError **error)
{
  g_autofree char *first = ms_path_display(a->source->path);
  g_autofree char *second = ms_path_display(b->source->path);

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

    if (wanted ? !g_str_equal(found->source->path, wanted) : found->predicted)
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

/* NULL: an error, or none is named. */
static const char *
first_image_name(const Search *self, const Found *actual, GError **error)
{
  const MsCocoImage *images;
  guint n_images;

  if (actual->kind == MS_ANNOTATION_RUNS ||
      !ms_annotation_source_open(actual->source, self->watch, error))
    return NULL;
  images = ms_coco_images(actual->source->coco, &n_images);
  return n_images > 0 ? images[0].file_name : NULL;
}

/* --- the set ---------------------------------------------------------------------------------- */

static void
note_left_alone(const Search *self, const Found *actual, MsInventory *inventory)
{
  for (guint i = 0; i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);

    if (found != actual && !(found->predicted && go_together(actual, found)))
      ms_notices_add(inventory->notices, found->source->path,
                     "Annotations that are neither the actual masks nor go with them; left alone");
  }
}

/* The actual masks, then each model's; lent. all: whatever is predicted. */
static GPtrArray *
collect_sources(const Search *self, const Found *actual, gboolean all)
{
  GPtrArray *sources = g_ptr_array_new();

  g_ptr_array_add(sources, actual->source);
  for (guint i = 0; i < self->files->len; i++) {
    const Found *found = g_ptr_array_index(self->files, i);

    if (found != actual && found->predicted && (all || go_together(actual, found)))
      g_ptr_array_add(sources, found->source);
  }
  return sources;
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

    add_found(self, model->path, model->name, TRUE);
  }
}

/* FALSE with an error; *images NULL: there are none. */
static gboolean
find_images(const Search *self, const Found *actual, const char *folder, char **images,
            GError **error)
{
  g_autoptr(GError) cause = NULL;
  const char *name = first_image_name(self, actual, &cause);

  if (cause) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
  }
  *images = ms_annotation_image_folder(folder, name);
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

/* NULL without an error: there are none. */
static MsInventory *
find_set(Search *self, const char *path, gboolean all_predicted, GError **error)
{
  gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);
  g_autofree char *folder = find_root(path);
  g_autofree char *images = NULL;
  g_autoptr(GPtrArray) sources = NULL;
  const Found *actual;
  MsInventory *inventory;

  if (!choose_actual(self, is_folder ? NULL : path, &actual, error) || !actual ||
      !find_images(self, actual, folder, &images, error))
    return NULL;
  sources = collect_sources(self, actual, all_predicted);
  inventory = ms_annotations_find_opened(images, sources, self->watch, error);
  if (!inventory)
    return NULL;
  g_ptr_array_extend_and_steal(inventory->notices, g_steal_pointer(&self->notices));
  note_left_alone(self, actual, inventory);
  name_set(inventory, path);
  return inventory;
}

MsInventory *
ms_annotations_recognize(const char *path, const GPtrArray *predicted, MsSetProgress progress,
                         gpointer user, GCancellable *cancellable, GError **error)
{
  const MsAnnotationWatch watch = {progress, user, cancellable};
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(found_free);
  g_autofree char *folder = find_root(path);
  Search self = {files, ms_notices_new(), &watch};
  MsInventory *inventory = NULL;

  look_around(&self, folder);
  if (predicted->len > 0)
    replace_predicted(&self, predicted);
  if (!g_cancellable_set_error_if_cancelled(cancellable, error))
    inventory = find_set(&self, path, predicted->len > 0, error);
  g_clear_pointer(&self.notices, g_ptr_array_unref);
  return inventory;
}
