/* SPDX-License-Identifier: MIT
 *
 * Only names are looked at here, and only of what lies directly in the folder.
 */
#include "set/label-folder.h"

#include "set/ending.h"
#include "set/label-images.h"
#include "set/label-tables.h"
#include "set/manifest.h"
#include "set/option-values.h"
#include "set/set.h"
#include "set/text.h"

typedef struct {
  const char *folder;
  GPtrArray *names;     /* char *: files, in byte order */
  const char *both;     /* labels.csv, which may hold both sides; NULL: none */
  const char *actual;   /* a table of the actual labels; NULL: none */
  const char *splits;   /* NULL: none */
  GPtrArray *predicted; /* const char *: tables, one a model */
  GPtrArray *others;    /* const char *: left alone */
} Folder;

/* --- names ---------------------------------------------------------------------------------- */

static char *
stem_of(const char *name)
{
  return g_strndup(name, (gsize)(strrchr(name, '.') - name));
}

/* How well a stem fits a table of actual labels; 0: not at all. */
static guint
fit_of_actual(const char *stem)
{
  static const char *const stems[] = {"y_true", "gt", "ground_truth", "truth", "labels", "actual"};
  for (guint i = 0; i < G_N_ELEMENTS(stems); i++)
    if (g_ascii_strcasecmp(stem, stems[i]) == 0)
      return i + 1;
  return 0;
}

static gboolean
is_of_model(const char *stem)
{
  static const char *const prefixes[] = {"pred", "prob", "score", "y_pred", "y_prob", "y_score"};
  for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++)
    if (g_ascii_strncasecmp(stem, prefixes[i], strlen(prefixes[i])) == 0)
      return TRUE;
  return FALSE;
}

/* "unet" of "pred_unet"; the stem itself where nothing else is left. Lent. */
static const char *
name_of_model(const char *stem)
{
  static const char *const words[] = {
      "predictions", "prediction", "predicted", "preds", "pred",   "probabilities", "probability",
      "probs",       "prob",       "scores",    "score", "y_pred", "y_prob",        "y_score",
  };
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    gsize length = strlen(words[i]);
    if (g_ascii_strncasecmp(stem, words[i], length) == 0 && stem[length] &&
        strchr("_-. ", stem[length]) && stem[length + 1])
      return stem + length + 1;
  }
  return stem;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
list_files(Folder *self)
{
  g_autoptr(GDir) dir = g_dir_open(self->folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(self->folder, name, NULL);
    if (*name != '.' && (ms_ending_is_of_table(name) || ms_ending_is_of_array(name)) &&
        g_file_test(path, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add(self->names, g_strdup(name));
  }
  g_ptr_array_sort(self->names, compare_names);
}

/* The best name for the actual labels is taken for them, the others are left alone. */
static void
take_actual(Folder *self, const char *name, guint fit, guint *best)
{
  if (self->actual)
    g_ptr_array_add(self->others, (char *)(fit > *best ? self->actual : name));
  if (fit > *best) {
    self->actual = name;
    *best = fit;
  }
}

/* Which file is what. */
static void
sort_files(Folder *self)
{
  guint best = 0;
  for (guint i = 0; i < self->names->len; i++) {
    const char *name = g_ptr_array_index(self->names, i);
    g_autofree char *stem = stem_of(name);
    guint fit = fit_of_actual(stem);
    if (!ms_ending_is_of_table(name) && (fit > 0 || is_of_model(stem)))
      g_ptr_array_add(self->others, (char *)name);
    else if (fit > 0)
      take_actual(self, name, fit, &best);
    else if (is_of_model(stem))
      g_ptr_array_add(self->predicted, (char *)name);
    else if (ms_ending_is_of_table(name) && g_ascii_strcasecmp(stem, "splits") == 0 &&
             !self->splits)
      self->splits = name;
    if (ms_ending_is_of_table(name) && g_ascii_strcasecmp(stem, "labels") == 0 && !self->both)
      self->both = name;
  }
}

/* --- loading -------------------------------------------------------------------------------- */

/* Whether the models can do without the prefixes of their files. */
static gboolean
are_short_names_enough(const Folder *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->predicted->len; i++) {
    g_autofree char *stem = stem_of(g_ptr_array_index(self->predicted, i));
    if (!g_hash_table_add(seen, g_strdup(name_of_model(stem))))
      return FALSE;
  }
  return TRUE;
}

static MsInventory *
load_tables(const Folder *self, const MsOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsOptions) named = ms_options_copy(options);
  gboolean short_names = are_short_names_enough(self);
  named->actual = g_build_filename(self->folder, self->actual, NULL);
  for (guint i = 0; i < self->predicted->len; i++) {
    const char *name = g_ptr_array_index(self->predicted, i);
    g_autofree char *path = g_build_filename(self->folder, name, NULL);
    g_autofree char *stem = stem_of(name);
    g_autofree char *model = short_names ? ms_text_id(name_of_model(stem)) : NULL;
    ms_options_add_predicted(named, model, path);
  }
  return ms_label_tables_load(named, cancellable, error);
}

/* labels.csv alone, if it holds both sides; else together with the models' tables. */
static MsInventory *
load(Folder *self, const MsOptions *options, GCancellable *cancellable, GError **error)
{
  gboolean tables = self->actual && self->predicted->len > 0;
  if (!self->both)
    return load_tables(self, options, cancellable, error);
  g_autoptr(GError) cause = NULL;
  g_autofree char *path = g_build_filename(self->folder, self->both, NULL);
  MsInventory *inventory = ms_manifest_load(path, options, cancellable, &cause);
  if (!inventory && tables && g_error_matches(cause, MS_SET_ERROR, MS_SET_ERROR_LAYOUT))
    return load_tables(self, options, cancellable, error);
  if (!inventory) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
  }
  g_ptr_array_extend(self->others, self->predicted, NULL, NULL);
  if (self->actual != self->both)
    g_ptr_array_add(self->others, (char *)self->actual);
  g_ptr_array_remove(self->others, (char *)self->both);
  return inventory;
}

static void
note_others(Folder *self, MsInventory *inventory)
{
  if (self->others->len == 0)
    return;
  g_ptr_array_sort(self->others, compare_names);
  g_ptr_array_add(self->others, NULL);
  g_autofree char *list = g_strjoinv(", ", (GStrv)self->others->pdata);
  g_autofree char *shown = ms_text_id(list);
  ms_notices_add(inventory->notices, self->folder, "Left alone: %s", shown);
}

/* A folder of images beside the tables; one that the user named goes before. */
static gboolean
add_images(const Folder *self, const MsOptions *options, MsInventory *inventory,
           GCancellable *cancellable, GError **error)
{
  g_autofree char *images = g_build_filename(self->folder, "images", NULL);
  return options->images || !g_file_test(images, G_FILE_TEST_IS_DIR) ||
         ms_label_images_add(inventory, images, cancellable, error);
}

static gboolean
load_and_describe(Folder *self, MsOptions *options, MsInventory **inventory,
                  GCancellable *cancellable, GError **error)
{
  list_files(self);
  sort_files(self);
  if (!self->both && (!self->actual || self->predicted->len == 0))
    return TRUE;
  g_autoptr(MsInventory) loaded = load(self, options, cancellable, error);
  if (!loaded || !add_images(self, options, loaded, cancellable, error))
    return FALSE;
  *inventory = g_steal_pointer(&loaded);
  note_others(self, *inventory);
  g_autofree char *absolute = g_canonicalize_filename(self->folder, NULL);
  g_autofree char *title = g_path_get_basename(absolute);
  g_autofree char *id = ms_text_id(title);
  ms_text_set(&(*inventory)->title, id);
  ms_text_set(&(*inventory)->path, self->folder);
  if (self->splits && !options->splits)
    options->splits = g_build_filename(self->folder, self->splits, NULL);
  return TRUE;
}

gboolean
ms_label_folder_load(const char *folder, MsOptions *options, MsInventory **inventory,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) predicted = g_ptr_array_new();
  g_autoptr(GPtrArray) others = g_ptr_array_new();
  Folder self = {.folder = folder, .names = names, .predicted = predicted, .others = others};
  *inventory = NULL;
  return load_and_describe(&self, options, inventory, cancellable, error);
}
