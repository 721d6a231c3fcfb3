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
#include "set/table-file.h"
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

/* "unet" of "pred_unet", "pred" of "pred"; NULL: it is no model's. Lent. */
static const char *
model_of(const char *stem)
{
  static const char *const words[] = {
      "predicted", "predictions", "prediction", "preds",         "pred",        "probs",
      "prob",      "scores",      "score",      "probabilities", "probability", "y_pred",
      "y_prob",    "y_score",     "outputs",    "output",
  };
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    const char *rest = stem + strlen(words[i]);
    if (g_ascii_strncasecmp(stem, words[i], strlen(words[i])) != 0)
      continue;
    if (*rest == '\0')
      return stem;
    if (strchr("_-. ", *rest))
      return rest[1] ? rest + 1 : stem;
  }
  return NULL;
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

/* Which file is of which side; those of a side that there is already are left alone. */
static void
sort_sides(Folder *self, gboolean arrays)
{
  gboolean has_actual = self->actual != NULL, has_predicted = self->predicted->len > 0;
  guint best = 0;
  for (guint i = 0; i < self->names->len; i++) {
    const char *name = g_ptr_array_index(self->names, i);
    g_autofree char *stem = stem_of(name);
    guint fit = fit_of_actual(stem);
    if (ms_ending_is_of_array(name) != arrays)
      continue;
    if (fit > 0 && !has_actual)
      take_actual(self, name, fit, &best);
    else if (fit > 0)
      g_ptr_array_add(self->others, (char *)name);
    else if (model_of(stem))
      g_ptr_array_add(has_predicted ? self->others : self->predicted, (char *)name);
  }
}

static const char *
find_table(const Folder *self, const char *wanted)
{
  for (guint i = 0; i < self->names->len; i++) {
    const char *name = g_ptr_array_index(self->names, i);
    g_autofree char *stem = stem_of(name);
    if (ms_ending_is_of_table(name) && g_ascii_strcasecmp(stem, wanted) == 0)
      return name;
  }
  return NULL;
}

static void
sort_files(Folder *self)
{
  sort_sides(self, FALSE);
  sort_sides(self, TRUE);
  self->splits = find_table(self, "splits");
  self->both = find_table(self, "labels");
}

/* --- loading -------------------------------------------------------------------------------- */

/* Whether the models can do without the prefixes of their files. */
static gboolean
are_short_names_enough(const Folder *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->predicted->len; i++) {
    g_autofree char *stem = stem_of(g_ptr_array_index(self->predicted, i));
    if (!g_hash_table_add(seen, g_strdup(model_of(stem))))
      return FALSE;
  }
  return TRUE;
}

/* table: of the actual labels, read already and taken over; NULL: not yet. */
static MsInventory *
load_tables(const Folder *self, MsTable *table, const MsOptions *options, GCancellable *cancellable,
            GError **error)
{
  g_autoptr(MsOptions) named = ms_options_copy(options);
  gboolean short_names = are_short_names_enough(self);
  named->actual = g_build_filename(self->folder, self->actual, NULL);
  for (guint i = 0; i < self->predicted->len; i++) {
    const char *name = g_ptr_array_index(self->predicted, i);
    g_autofree char *path = g_build_filename(self->folder, name, NULL);
    g_autofree char *stem = stem_of(name);
    g_autofree char *model = short_names ? ms_text_id(model_of(stem)) : NULL;
    ms_options_add_predicted(named, model, path);
  }
  return ms_label_tables_load_found(named, table, cancellable, error);
}

/* labels.csv alone, if it holds both sides; else together with the models' tables. */
static MsInventory *
load(Folder *self, const MsOptions *options, GCancellable *cancellable, GError **error)
{
  if (!self->both)
    return load_tables(self, NULL, options, cancellable, error);
  g_autofree char *path = g_build_filename(self->folder, self->both, NULL);
  g_autoptr(MsTable) table = ms_table_file_read(path, cancellable, error);
  if (!table)
    return NULL;
  g_autoptr(GError) cause = NULL;
  MsInventory *inventory = ms_manifest_take(&table, path, options, cancellable, &cause);
  if (table && self->actual && self->predicted->len > 0)
    return load_tables(self, self->actual == self->both ? g_steal_pointer(&table) : NULL, options,
                       cancellable, error);
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
