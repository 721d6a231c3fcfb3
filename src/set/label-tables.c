/* SPDX-License-Identifier: MIT
 *
 * A row of steps: files, sides, labels, rows, cells. What each does is in its own file.
 */
#include "set/label-tables.h"

#include "io/error.h"
#include "io/file.h"
#include "set/class-lookup.h"
#include "set/ending.h"
#include "set/label-claim.h"
#include "set/label-fill.h"
#include "set/label-images.h"
#include "set/label-join.h"
#include "set/label-kin.h"
#include "set/label-names.h"
#include "set/label-side.h"
#include "set/pattern.h"
#include "set/reading.h"
#include "set/text.h"

typedef struct {
  const MsOptions *options;
  MsInventory *inventory;
  GPtrArray *files;      /* MsLabelFile; the actual side's first */
  GPtrArray *sides;      /* MsLabelSide; the actual one first */
  MsClassTable *classes; /* NULL: none */
  GHashTable *known;     /* the names of classes, lent by them; NULL: none */
  MsLabelNames *names;
  GCancellable *cancellable;
} Tables;

static Tables
tables_new(const MsOptions *options, GCancellable *cancellable)
{
  return (Tables){
      .options = options,
      .inventory = ms_inventory_new(),
      .files = g_ptr_array_new_with_free_func((GDestroyNotify)ms_label_file_free),
      .sides = g_ptr_array_new_with_free_func((GDestroyNotify)ms_label_side_free),
      .cancellable = cancellable,
  };
}

static void
tables_clear(Tables *self)
{
  ms_inventory_free(self->inventory);
  g_ptr_array_unref(self->sides);
  g_ptr_array_unref(self->files);
  g_clear_pointer(&self->known, g_hash_table_unref);
  ms_class_table_free(self->classes);
  ms_label_names_free(self->names);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tables, tables_clear)

/* --- steps ---------------------------------------------------------------------------------- */

static gboolean
load_classes(Tables *self, GError **error)
{
  MsInventory *inventory = self->inventory;
  if (self->options->classes)
    self->classes = ms_class_table_load(self->options->classes, self->cancellable, error);
  else
    self->classes = ms_class_lookup(inventory->class_folder, inventory->notices, self->cancellable);
  if (!self->classes)
    return !self->options->classes;
  self->known = g_hash_table_new(g_str_hash, g_str_equal);
  for (gsize i = 0; i < self->classes->n_classes; i++)
    g_hash_table_add(self->known, self->classes->classes[i].name);
  return TRUE;
}

/* Where it all lies. */
static gboolean
set_place(Tables *self, const char *actual, const char *layout, GError **error)
{
  self->inventory->class_folder = g_path_get_dirname(actual);
  ms_text_set(&self->inventory->actual_folder, actual);
  ms_text_set(&self->inventory->layout, layout);
  return load_classes(self, error);
}

static gboolean
has_scores(const Tables *self)
{
  for (guint i = 1; i < self->sides->len; i++)
    if (((const MsLabelSide *)g_ptr_array_index(self->sides, i))->scores)
      return TRUE;
  return FALSE;
}

/* Which models have scores. */
static gboolean
decide_scores(Tables *self, GError **error)
{
  for (guint i = 1; i < self->sides->len; i++) {
    MsLabelSide *side = g_ptr_array_index(self->sides, i);
    gboolean fractions;
    if (!ms_label_side_has_fractions(side, &fractions, self->cancellable, error))
      return FALSE;
    side->scores = side->form != MS_LABEL_FORM_LIST && (self->options->has_threshold || fractions);
  }
  if (self->options->has_threshold && !has_scores(self))
    ms_notices_add(self->inventory->notices, NULL,
                   "The threshold has nothing to decide: lists of labels have no scores");
  return TRUE;
}

static MsLabelPrecision
precision_of(const MsLabelSide *side)
{
  const guint half_size = 2;
  const MsNpy *array = side->file->array;
  if (side->form != MS_LABEL_FORM_ARRAY || array->type != MS_NPY_FLOAT)
    return MS_LABEL_DOUBLE;
  if (array->item_size == half_size)
    return MS_LABEL_HALF;
  return array->item_size == sizeof(float) ? MS_LABEL_SINGLE : MS_LABEL_DOUBLE;
}

/* Whether the rows of a side are the set's by their order alone. */
static gboolean
is_guessed(const Tables *self, const MsLabelSide *side)
{
  gboolean ids = FALSE;
  for (guint i = 0; i < self->files->len; i++)
    ids |= ms_label_file_has_ids(g_ptr_array_index(self->files, i));
  return ids && !ms_label_file_has_ids(side->file);
}

static gboolean
fill_side(Tables *self, guint index, GError **error)
{
  const MsLabelSide *side = g_ptr_array_index(self->sides, index);
  guint of = index == 0 ? MS_LABEL_ACTUAL : index - 1;
  g_autofree char *description = ms_label_side_describe(side, self->names);
  if (side->scores &&
      !ms_label_data_make_scores(self->inventory->labels, of, precision_of(side), error))
    return FALSE;
  g_ptr_array_add(self->inventory->readings,
                  ms_reading_new_labels(side->scores, is_guessed(self, side), description));
  return ms_label_fill(self->inventory->labels, of, side, self->names, self->inventory->notices,
                       self->cancellable, error);
}

static gboolean
fill(Tables *self, GError **error)
{
  MsInventory *inventory = self->inventory;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  g_ptr_array_extend(names, self->names->names, NULL, NULL);
  g_ptr_array_add(names, NULL);
  const MsLabelFile *first = g_ptr_array_index(self->files, 0);
  inventory->labels = ms_label_data_new((const char *const *)names->pdata, inventory->entries->len,
                                        inventory->models->len, first->name, error);
  inventory->readings = g_ptr_array_new_with_free_func((GDestroyNotify)ms_reading_free);
  for (guint i = 0; inventory->labels && i < self->sides->len; i++)
    if (!fill_side(self, i, error))
      return FALSE;
  return inventory->labels != NULL;
}

/* From sides to the inventory. */
static MsInventory *
finish(Tables *self, GError **error)
{
  ms_label_claim(self->sides, self->known, self->inventory->notices);
  for (guint i = 0; i < self->files->len; i++)
    ms_label_sides_note_others(g_ptr_array_index(self->files, i), self->sides,
                               self->inventory->notices);
  ms_label_claim_note_texts(self->sides, self->inventory->notices);
  if (!decide_scores(self, error))
    return NULL;
  self->names = ms_label_names_new(self->sides, self->classes, self->inventory->notices,
                                   self->cancellable, error);
  if (!self->names ||
      !ms_label_join(self->inventory, self->files, self->names->names->len, self->cancellable,
                     error) ||
      !fill(self, error))
    return NULL;
  return g_steal_pointer(&self->inventory);
}

/* --- one file ------------------------------------------------------------------------------- */

MsInventory *
ms_label_tables_take(MsTable **table, const char *path, const MsOptions *options,
                     GCancellable *cancellable, GError **error)
{
  g_auto(Tables) self = tables_new(options, cancellable);
  MsLabelFile *file =
      ms_label_file_new(g_steal_pointer(table), path, self.inventory->notices, cancellable, error);
  if (!file)
    return NULL;
  g_ptr_array_add(self.files, file);
  if (!set_place(&self, path, "label table", error))
    return NULL;
  if (!ms_label_sides_of_table(file, self.known, self.sides, error)) {
    *table = g_steal_pointer(&file->table);
    return NULL;
  }
  for (guint i = 1; i < self.sides->len; i++) {
    const MsLabelSide *side = g_ptr_array_index(self.sides, i);
    ms_inventory_add_model(self.inventory, side->model, path);
  }
  g_autofree char *base = g_path_get_basename(path);
  self.inventory->title = ms_text_id(base);
  ms_text_set(&self.inventory->path, path);
  return finish(&self, error);
}

/* --- a file a side -------------------------------------------------------------------------- */

static const char *
model_path(const MsOptions *options, guint model)
{
  return ((const MsModelOption *)g_ptr_array_index(options->predicted, model))->path;
}

/* Actual (-1) or a model's. */
static const char *
side_path(const MsOptions *options, int side)
{
  return side < 0 ? options->actual : model_path(options, (guint)side);
}

/* Whether something is asked that only masks have. An image is a mask's companion, a folder of
 * images can be labels', too. */
static gboolean
has_mask_options(const MsOptions *options)
{
  gboolean image = options->images && !ms_pattern_is(options->images) &&
                   !g_file_test(options->images, G_FILE_TEST_IS_DIR);
  return image || options->positive_choice != MS_CHOICE_AUTO ||
         options->background_choice != MS_CHOICE_AUTO || options->resize_predicted ||
         options->instances_choice == MS_CHOICE_GIVEN || options->ids_actual ||
         options->ids_predicted || ms_options_moves(options);
}

/* All sides are arrays, none like a mask. */
static gboolean
are_arrays_of_labels(const MsOptions *options, GCancellable *cancellable)
{
  for (int side = -1; side < (int)options->predicted->len; side++)
    if (!ms_label_file_is_one(side_path(options, side)) ||
        ms_label_file_is_like_mask(side_path(options, side), cancellable))
      return FALSE;
  return !has_mask_options(options);
}

gboolean
ms_label_tables_are_meant(const MsOptions *options, GCancellable *cancellable)
{
  gboolean arrays = FALSE;
  for (int side = options->actual ? -1 : 0; side < (int)options->predicted->len; side++) {
    const char *path = side_path(options, side);
    if (!ms_label_file_is_one(path))
      continue;
    if (!ms_ending_is_of_array(path))
      return TRUE;
    arrays = TRUE;
  }
  return arrays && options->actual && are_arrays_of_labels(options, cancellable);
}

/* `other` is no table, while `table` is one. */
static gboolean
fail_for_other(const char *table, const char *other, GError **error)
{
  gboolean folder = g_file_test(other, G_FILE_TEST_IS_DIR);
  g_autofree char *table_shown = ms_path_display(table), *shown = ms_path_display(other);
  if (!folder && !strchr(other, '{') && !g_file_test(other, G_FILE_TEST_EXISTS))
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s does not exist", shown);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s is a table of labels and %s is %s: give tables as --actual and --predicted, or "
                "masks as both",
                table_shown, shown, folder ? "a folder" : "none");
  return FALSE;
}

static gboolean
check_all_tables(const MsOptions *options, GError **error)
{
  const char *table = NULL, *other = NULL;
  for (int i = -1; i < (int)options->predicted->len; i++) {
    const char *path = side_path(options, i);
    if (ms_label_file_is_one(path))
      table = path;
    else
      other = path;
  }
  return !other || fail_for_other(table, other, error);
}

/* file is taken over; NULL: it could not be read. */
static gboolean
add_file(Tables *self, MsLabelFile *file, GError **error)
{
  if (!file)
    return FALSE;
  g_ptr_array_add(self->files, file);
  const MsLabelSide *actual = self->sides->len > 0 ? g_ptr_array_index(self->sides, 0) : NULL;
  MsLabelSide *side = ms_label_side_of_file(file, self->known, actual, error);
  if (!side)
    return FALSE;
  g_ptr_array_add(self->sides, side);
  return TRUE;
}

static MsLabelFile *
load_file(Tables *self, const char *path, GError **error)
{
  return ms_label_file_load(path, self->inventory->notices, self->cancellable, error);
}

static gboolean
add_actual(Tables *self, MsTable *table, GError **error)
{
  const char *path = self->options->actual;
  return add_file(
      self,
      table ? ms_label_file_new(table, path, self->inventory->notices, self->cancellable, error)
            : load_file(self, path, error),
      error);
}

static gboolean
add_model(Tables *self, const MsModelOption *model, GError **error)
{
  if (!add_file(self, load_file(self, model->path, error), error))
    return FALSE;
  ms_inventory_add_model(self->inventory, model->name, model->path);
  return TRUE;
}

static gboolean
add_models(Tables *self, GError **error)
{
  for (guint i = 0; i < self->options->predicted->len; i++)
    if (!add_model(self, g_ptr_array_index(self->options->predicted, i), error))
      return FALSE;
  return TRUE;
}

/* --- files that were found ------------------------------------------------------------------ */

/* FALSE, and the file is not among the others, if it is none of them. */
static gboolean
add_found_file(Tables *self, MsLabelKin *kin, const MsModelOption *model, GError **error)
{
  guint n_files = self->files->len, n_sides = self->sides->len;
  guint n_notices = self->inventory->notices->len;
  if (add_file(self, load_file(self, model->path, error), error) &&
      ms_label_kin_check(kin, g_ptr_array_index(self->sides, n_sides), self->cancellable, error)) {
    ms_inventory_add_model(self->inventory, model->name, model->path);
    return TRUE;
  }
  g_ptr_array_set_size(self->sides, (int)n_sides);
  g_ptr_array_set_size(self->files, (int)n_files);
  g_ptr_array_set_size(self->inventory->notices, (int)n_notices);
  return FALSE;
}

static gboolean
is_of_stranger(const GError *error)
{
  return g_error_matches(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT) ||
         g_error_matches(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY) ||
         g_error_matches(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY) ||
         g_error_matches(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
}

static gboolean
add_found_models(Tables *self, GError **error)
{
  g_auto(MsLabelKin) kin = {.actual = g_ptr_array_index(self->sides, 0)};
  g_autoptr(GError) first = NULL;
  for (guint i = 0; i < self->options->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(self->options->predicted, i);
    g_autoptr(GError) cause = NULL;
    if (add_found_file(self, &kin, model, &cause))
      continue;
    if (!is_of_stranger(cause)) {
      g_propagate_error(error, g_steal_pointer(&cause));
      return FALSE;
    }
    ms_notices_add(self->inventory->notices, NULL, "Left alone: %s", cause->message);
    if (!first)
      first = g_steal_pointer(&cause);
  }
  if (self->sides->len == 1)
    g_propagate_error(error, g_steal_pointer(&first));
  return self->sides->len > 1;
}

/* -------------------------------------------------------------------------------------------- */

/* The folder that the actual table lies in gives the set its name. */
static char *
title_of(const char *actual)
{
  g_autofree char *absolute = g_canonicalize_filename(actual, NULL);
  g_autofree char *folder = g_path_get_dirname(absolute);
  g_autofree char *name = g_path_get_basename(folder);
  return ms_text_id(name);
}

static MsInventory *
finish_files(Tables *self, GError **error)
{
  ms_inventory_name_models(self->inventory);
  self->inventory->title = title_of(self->options->actual);
  g_autoptr(MsInventory) inventory = finish(self, error);
  const char *images = self->options->images;
  if (!inventory || (images && !ms_label_images_add(inventory, images, self->cancellable, error)))
    return NULL;
  return g_steal_pointer(&inventory);
}

MsInventory *
ms_label_tables_load(const MsOptions *options, GCancellable *cancellable, GError **error)
{
  if (!check_all_tables(options, error))
    return NULL;
  g_auto(Tables) self = tables_new(options, cancellable);
  if (!set_place(&self, options->actual, "label tables", error) ||
      !add_actual(&self, NULL, error) || !add_models(&self, error))
    return NULL;
  return finish_files(&self, error);
}

MsInventory *
ms_label_tables_load_found(const MsOptions *options, MsTable *actual, GCancellable *cancellable,
                           GError **error)
{
  g_autoptr(MsTable) table = actual;
  g_auto(Tables) self = tables_new(options, cancellable);
  gboolean several = options->predicted->len > 1;
  if (!set_place(&self, options->actual, "label tables", error) ||
      !add_actual(&self, g_steal_pointer(&table), error) ||
      !(several ? add_found_models : add_models)(&self, error))
    return NULL;
  return finish_files(&self, error);
}
