/* SPDX-License-Identifier: MIT
 *
 * Finding and pairing are those of ms_find_set(); here they are counted and put in words.
 */
#include "set/preview.h"

#include "io/file.h"
#include "set/describe.h"
#include "set/find.h"
#include "set/preview-paths.h"
#include "set/preview-place.h"
#include "set/text.h"

/* --- making and freeing --------------------------------------------------------------------- */

static void
count_free(gpointer data)
{
  MsPreviewCount *count = data;
  g_free(count->name);
  g_free(count);
}

static void
row_free(gpointer data)
{
  MsPreviewRow *row = data;
  g_free(row->id);
  g_free(row->image);
  g_free(row->actual);
  g_free(row->problem);
  g_ptr_array_unref(row->predicted);
  g_free(row);
}

static void
preview_clear(gpointer data)
{
  MsPreview *preview = data;
  ms_preview_place_clear(&preview->set);
  ms_preview_place_clear(&preview->images);
  ms_preview_place_clear(&preview->actual);
  for (guint i = 0; i < preview->n_predicted; i++)
    ms_preview_place_clear(&preview->predicted[i]);
  g_free(preview->predicted);
  ms_preview_place_clear(&preview->manifest);
  ms_preview_place_clear(&preview->splits);
  ms_preview_place_clear(&preview->classes);
  g_free(preview->problem);
  g_free(preview->problem_detail);
  g_free(preview->layout);
  g_free(preview->title);
  g_ptr_array_unref(preview->models);
  g_ptr_array_unref(preview->split_counts);
  g_ptr_array_unref(preview->rows);
  g_clear_pointer(&preview->notices, g_ptr_array_unref);
  g_clear_pointer(&preview->folders, g_ptr_array_unref);
  ms_options_free(preview->paths);
  ms_options_free(preview->savable);
}

MsPreview *
ms_preview_ref(MsPreview *preview)
{
  return g_atomic_rc_box_acquire(preview);
}

void
ms_preview_unref(MsPreview *preview)
{
  if (preview)
    g_atomic_rc_box_release_full(preview, preview_clear);
}

static MsPreview *
preview_empty(void)
{
  MsPreview *preview = g_atomic_rc_box_new0(MsPreview);
  preview->models = g_ptr_array_new_with_free_func(count_free);
  preview->split_counts = g_ptr_array_new_with_free_func(count_free);
  preview->rows = g_ptr_array_new_with_free_func(row_free);
  return preview;
}

/* --- counts --------------------------------------------------------------------------------- */

static MsPreviewCount *
add_count(GPtrArray *counts, const char *name)
{
  MsPreviewCount *count = g_new0(MsPreviewCount, 1);
  count->name = g_strdup(name);
  g_ptr_array_add(counts, count);
  return count;
}

static gboolean
is_ambiguous(const MsEntry *entry)
{
  for (guint i = 0; entry->problems && i < entry->problems->len; i++)
    if (g_array_index(entry->problems, MsProblem, i).kind == MS_PROBLEM_AMBIGUOUS)
      return TRUE;
  return FALSE;
}

static void
count_entry(MsPreview *preview, const MsInventory *inventory, const MsEntry *entry)
{
  gboolean actual = ms_inventory_has(inventory, entry, MS_LABEL_ACTUAL), paired = FALSE;
  preview->n_images += entry->image != NULL;
  preview->n_actual += actual;
  for (guint i = 0; actual && i < inventory->models->len; i++) {
    MsPreviewCount *model = g_ptr_array_index(preview->models, i);
    gboolean has = ms_inventory_has(inventory, entry, i);
    model->n += has;
    paired |= has;
  }
  preview->n_unpaired += !paired;
  preview->n_ambiguous += is_ambiguous(entry);
}

static void
count_entries(MsPreview *preview, const MsInventory *inventory)
{
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    add_count(preview->models, model->name);
  }
  preview->n_examples = inventory->entries->len;
  for (guint i = 0; i < inventory->entries->len; i++)
    count_entry(preview, inventory, g_ptr_array_index(inventory->entries, i));
}

static void
count_splits(MsPreview *preview, const MsInventory *inventory)
{
  g_autoptr(GPtrArray) names = ms_inventory_splits(inventory);
  g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < names->len; i++) {
    MsPreviewCount *count = add_count(preview->split_counts, g_ptr_array_index(names, i));
    g_hash_table_insert(by_name, count->name, count);
  }
  for (guint i = 0; names->len > 0 && i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    MsPreviewCount *count = entry->split ? g_hash_table_lookup(by_name, entry->split) : NULL;
    if (count)
      count->n++;
  }
}

/* --- rows ----------------------------------------------------------------------------------- */

/* A file's name; labels have none. NULL: there is none. */
static char *
name_file(const MsInventory *inventory, const MsEntry *entry, guint model)
{
  if (!ms_inventory_has(inventory, entry, model))
    return NULL;
  if (inventory->labels)
    return g_strdup("labels");
  const char *path = model == MS_LABEL_ACTUAL ? entry->actual : entry->predicted[model];
  g_autofree char *name = g_path_get_basename(path);
  return ms_text_id(name);
}

static char *
describe_problems(const MsEntry *entry)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; entry->problems && i < entry->problems->len; i++)
    g_string_append_printf(text, "%s%s", i ? "; " : "",
                           g_array_index(entry->problems, MsProblem, i).reason);
  return text->len > 0 ? g_strdup(text->str) : NULL;
}

static void
add_row(MsPreview *preview, const MsInventory *inventory, const MsEntry *entry)
{
  g_autofree char *image = entry->image ? g_path_get_basename(entry->image) : NULL;
  MsPreviewRow *row = g_new0(MsPreviewRow, 1);
  row->id = g_strdup(entry->id);
  row->image = image ? ms_text_id(image) : NULL;
  row->actual = name_file(inventory, entry, MS_LABEL_ACTUAL);
  row->predicted = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < inventory->models->len; i++)
    g_ptr_array_add(row->predicted, name_file(inventory, entry, i));
  row->problem = describe_problems(entry);
  g_ptr_array_add(preview->rows, row);
}

static void
add_rows(MsPreview *preview, const MsInventory *inventory)
{
  for (int fine = 0; fine <= 1; fine++)
    for (guint i = 0; i < inventory->entries->len && preview->rows->len < MS_PREVIEW_MAX_ROWS;
         i++) {
      const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
      if ((entry->problems == NULL) == fine)
        add_row(preview, inventory, entry);
    }
}

/* --- the set -------------------------------------------------------------------------------- */

/* What is still to be said, for one who sees rows and not options; NULL: nothing. */
static const char *
find_gap(const MsOptions *options)
{
  if (options->set || options->manifest)
    return NULL;
  if (!options->actual)
    return options->predicted->len > 0 || options->images
               ? "Choose the folder of the actual masks"
               : "Choose the folders of the actual and of the predicted masks";
  return options->predicted->len == 0 ? "Choose the folder of a model's predicted masks" : NULL;
}

static void
explain(MsPreview *preview, const MsOptions *options, const GError *cause)
{
  gboolean unknown = g_error_matches(cause, MS_SET_ERROR, MS_SET_ERROR_LAYOUT) ||
                     g_error_matches(cause, MS_SET_ERROR, MS_SET_ERROR_EMPTY);
  if (options->set && unknown) {
    g_autofree char *shown = ms_path_display(options->set);
    preview->problem =
        g_strdup_printf("Could not tell which folder of %s holds what. Choose them above.", shown);
    preview->problem_detail = g_strdup(cause->message);
  } else {
    preview->problem = g_strdup(cause->message);
  }
  if (!options->set)
    return;
  gboolean missing = g_error_matches(cause, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND);
  preview->set.state = missing ? MS_PREVIEW_MISSING : MS_PREVIEW_EMPTY;
  preview->set.words = g_strdup(missing   ? "not found"
                                : unknown ? "not recognised"
                                          : "cannot be read");
  preview->set.detail = g_strdup(cause->message);
}

typedef struct {
  const MsOptions *options;
  MsSetProgress progress; /* may be NULL */
  gpointer user;
  GCancellable *cancellable;
  char *class_folder; /* of the set that was found */
} Look;

static void
tell(const Look *look, const char *what)
{
  if (look->progress)
    look->progress(what, 0, 0, look->user);
}

static void
describe_set(MsPreview *preview, MsInventory *inventory)
{
  preview->is_labels = inventory->labels != NULL;
  preview->layout = g_strdup(inventory->layout);
  preview->title = g_strdup(inventory->title);
  count_entries(preview, inventory);
  count_splits(preview, inventory);
  add_rows(preview, inventory);
  ms_inventory_note_problems(inventory);
  preview->notices = g_ptr_array_ref(inventory->notices);
}

static void
make_predicted(MsPreview *preview, guint n)
{
  preview->n_predicted = n;
  preview->predicted = g_new0(MsPreviewPlace, n + 1);
}

static void
describe_place(MsPreviewPlace *place, guint n, char *where)
{
  g_autofree char *count = ms_describe_count(n);
  place->state = n > 0 ? MS_PREVIEW_FOUND : MS_PREVIEW_UNNAMED;
  place->words = n > 0 ? g_strdup_printf("%s found", count) : g_strdup("");
  place->detail = where;
}

/* Of a set that only its folder as a whole says. */
static void
describe_places(MsPreview *preview, const MsOptions *options, const MsInventory *inventory)
{
  describe_place(&preview->images, preview->n_images,
                 ms_preview_where(options, inventory, MS_PREVIEW_IMAGES));
  describe_place(&preview->actual, preview->n_actual,
                 ms_preview_where(options, inventory, MS_LABEL_ACTUAL));
  make_predicted(preview, preview->models->len);
  for (guint i = 0; i < preview->n_predicted; i++) {
    const MsPreviewCount *model = g_ptr_array_index(preview->models, i);
    describe_place(&preview->predicted[i], model->n, ms_preview_where(options, inventory, i));
  }
}

static MsOptions *
choose_savable(const MsPreview *preview, const MsOptions *options)
{
  MsOptions *savable;
  if (preview->paths && preview->is_exact)
    return ms_options_copy(preview->paths);
  if (!options->set || !g_file_test(options->set, G_FILE_TEST_IS_DIR))
    return NULL;
  savable = ms_options_copy(options);
  g_clear_pointer(&savable->folder, g_free);
  savable->folder = g_steal_pointer(&savable->set);
  return savable;
}

/* FALSE only when cancelled. */
static gboolean
find_set(MsPreview *preview, Look *look, GError **error)
{
  g_autoptr(MsOptions) copy = ms_options_copy(look->options);
  g_autoptr(GError) cause = NULL;
  preview->problem = g_strdup(find_gap(look->options));
  if (preview->problem)
    return TRUE;
  MsSearch search = {look->progress, look->user, look->cancellable};
  g_autoptr(MsInventory) inventory = ms_find_set(copy, &search, &cause);
  if (g_cancellable_set_error_if_cancelled(look->cancellable, error))
    return FALSE;
  if (!inventory) {
    explain(preview, look->options, cause);
    return TRUE;
  }
  describe_set(preview, inventory);
  if (look->options->set) {
    preview->set.state = MS_PREVIEW_FOUND;
    preview->set.words = g_strdup("recognised");
    preview->set.detail = g_strdup(inventory->layout);
  }
  look->class_folder = g_strdup(inventory->class_folder);
  tell(look, "Comparing folders");
  if (!ms_preview_paths(copy, inventory, &preview->paths, &preview->is_exact, look->cancellable,
                        error))
    return FALSE;
  if (!preview->paths || preview->paths->folder)
    describe_places(preview, copy, inventory);
  preview->savable = choose_savable(preview, look->options);
  return TRUE;
}

/* What the paths say, by itself; of a set that no paths say, what was found is described already.
 */
static gboolean
look_at_places(MsPreview *preview, const Look *look, GError **error)
{
  const MsOptions *options = look->options->set ? preview->paths : look->options;
  tell(look, "Counting files");
  if (!options || options->folder)
    return TRUE;
  make_predicted(preview, options->predicted->len);
  for (guint i = 0; i < preview->n_predicted; i++) {
    const MsModelOption *model = g_ptr_array_index(options->predicted, i);
    if (!ms_preview_look_at(&preview->predicted[i], model->path, look->cancellable, error))
      return FALSE;
  }
  return ms_preview_look_at(&preview->images, options->images, look->cancellable, error) &&
         ms_preview_look_at(&preview->actual, options->actual, look->cancellable, error) &&
         ms_preview_look_at(&preview->manifest, options->manifest, look->cancellable, error);
}

/* What stands beside the places, whichever way those are said. */
static gboolean
look_at_tables(MsPreview *preview, const Look *look, GError **error)
{
  const MsOptions *options = preview->paths ? preview->paths : look->options;
  return ms_preview_look_at(&preview->splits, options->splits, look->cancellable, error) &&
         ms_preview_look_at_classes(&preview->classes, options->classes, look->class_folder,
                                    look->cancellable, error);
}

static gboolean
list_folders(MsPreview *preview, const char *around, const Look *look, GError **error)
{
  if (!around)
    return TRUE;
  tell(look, "Listing folders");
  preview->folders = ms_preview_list_folders(around, look->cancellable, error);
  return preview->folders != NULL;
}

MsPreview *
ms_preview_new(const MsOptions *options, const char *around, MsSetProgress progress, gpointer user,
               GCancellable *cancellable, GError **error)
{
  g_autoptr(MsPreview) preview = preview_empty();
  Look look = {options, progress, user, cancellable, NULL};
  gboolean fine = find_set(preview, &look, error) && look_at_places(preview, &look, error) &&
                  look_at_tables(preview, &look, error) &&
                  list_folders(preview, around, &look, error);
  g_free(look.class_folder);
  return fine ? g_steal_pointer(&preview) : NULL;
}

char *
ms_preview_describe(const MsPreview *preview)
{
  g_autofree char *examples = ms_describe_count(preview->n_examples);
  g_autofree char *images = ms_describe_count(preview->n_images);
  g_autofree char *actual = ms_describe_count(preview->n_actual);
  g_autofree char *unpaired = ms_describe_count(preview->n_unpaired);
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_append_printf(text, "%s example%s: %s with image, %s actual", examples,
                         preview->n_examples == 1 ? "" : "s", images, actual);
  for (guint i = 0; i < preview->models->len; i++) {
    const MsPreviewCount *model = g_ptr_array_index(preview->models, i);
    g_autofree char *count = ms_describe_count(model->n);
    g_string_append_printf(text, ", %s %s", model->name, count);
  }
  if (preview->n_unpaired > 0)
    g_string_append_printf(text, ", %s unpaired", unpaired);
  if (preview->n_ambiguous > 0) {
    g_autofree char *ambiguous = ms_describe_count(preview->n_ambiguous);
    g_string_append_printf(text, ", %s ambiguous", ambiguous);
  }
  return g_strdup(text->str);
}
