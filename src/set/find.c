/* SPDX-License-Identifier: MIT
 *
 * Only names and kinds of files are looked at here; what they hold is the business of layout.c,
 * maskset.c, manifest.c and label-folder.c.
 */
#include "set/find.h"

#include "io/file.h"
#include "set/annotation-roles.h"
#include "set/ending.h"
#include "set/expand.h"
#include "set/find-records.h"
#include "set/grids.h"
#include "set/label-folder.h"
#include "set/label-tables.h"
#include "set/layout.h"
#include "set/manifest.h"
#include "set/maskset.h"
#include "set/refuse-file.h"
#include "set/text.h"

static MsInventory *
find_by_paths(const MsOptions *options, MsSearch *search, GError **error)
{
  GCancellable *cancellable = search->cancellable;
  if (options->manifest)
    return ms_manifest_load(options->manifest, options, cancellable, error);
  if (ms_annotations_are_meant(options)) {
    if (!ms_records_check_files(options, cancellable, error))
      return NULL;
    return ms_annotations_find(options->images, options->actual, options->predicted,
                               search->progress, search->user, cancellable, error);
  }
  if (ms_label_tables_are_meant(options, cancellable))
    return ms_label_tables_load(options, cancellable, error);
  return ms_layout_from_paths(options->images, options->actual, options->predicted, search, error);
}

static MsInventory *find_masks(const char *path, const MsOptions *options, MsSearch *search,
                               GError **error);

static MsInventory *
find_by_maskset(const char *path, MsOptions *options, MsSearch *search, GError **error)
{
  g_autofree char *title = NULL;
  if (!ms_maskset_load(path, options, &title, search->cancellable, error))
    return NULL;
  g_autoptr(MsInventory) inventory = options->folder
                                         ? find_masks(options->folder, options, search, error)
                                         : find_by_paths(options, search, error);
  ms_options_clear_places(options); /* the set is named by its file; only rules are taken over */
  if (!inventory)
    return NULL;
  g_autofree char *base = g_path_get_basename(path);
  g_autofree char *id = ms_text_id(base);
  if (ms_ending_is(id, ".maskset"))
    id[strlen(id) - strlen(".maskset")] = '\0';
  ms_text_set(&inventory->title, title ? title : id);
  ms_text_set(&inventory->path, path);
  if (!inventory->class_folder)
    inventory->class_folder = g_path_get_dirname(path);
  return g_steal_pointer(&inventory);
}

/* A folder that no layout fits may still hold the file that describes it. NULL: none, or several.
 */
static char *
find_description(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  g_autofree char *found = NULL;
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    if (!ms_ending_is(name, ".maskset") && g_ascii_strcasecmp(name, "manifest.csv") != 0 &&
        g_ascii_strcasecmp(name, "manifest.tsv") != 0)
      continue;
    if (found)
      return NULL;
    found = g_build_filename(folder, name, NULL);
  }
  return g_steal_pointer(&found);
}

/* An annotation file is a set with those beside it. */
static MsInventory *
find_by_annotations(const char *path, const MsOptions *options, MsSearch *search, GError **error)
{
  g_autoptr(GError) cause = NULL;
  MsInventory *inventory = ms_annotations_recognize(path, options->predicted, search->progress,
                                                    search->user, search->cancellable, &cause);
  if (!inventory && !cause) {
    g_autofree char *shown = ms_path_display(path);
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s is an annotation file, but no predicted masks for it lie beside it; name them: "
                "--predicted [NAME=]FILE",
                shown);
  }
  if (cause)
    g_propagate_error(error, g_steal_pointer(&cause));
  return inventory;
}

static MsInventory *
find_by_file(const char *path, MsOptions *options, MsSearch *search, GError **error)
{
  if (ms_annotation_file_kind(path) != MS_ANNOTATION_NONE)
    return find_by_annotations(path, options, search, error);
  if (ms_ending_is(path, ".json") && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
    ms_refuse_file(path, search->cancellable, error);
    return NULL;
  }
  if (options->predicted->len > 0) {
    g_autofree char *name = ms_path_display(path);
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--predicted stands beside a set that is a folder or an annotation file, and %s is "
                "neither",
                name);
    return NULL;
  }
  if (ms_ending_is(path, ".maskset"))
    return find_by_maskset(path, options, search, error);
  if (ms_ending_is_of_table(path))
    return ms_manifest_load(path, options, search->cancellable, error);
  g_autofree char *shown = ms_path_display(path);
  if (g_file_test(path, G_FILE_TEST_EXISTS))
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s is no set: a set is a folder, a .maskset file or a manifest (.csv, .tsv)",
                shown);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s does not exist", shown);
  return NULL;
}

static gboolean
is_layout_error(const GError *error)
{
  return g_error_matches(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT) ||
         g_error_matches(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY);
}

/* Annotation files and folders of masks may lie in one folder. What the predicted masks are that
 * the user named says which is meant; else the files, which are no part of other layouts. */
static MsInventory *
find_masks(const char *path, const MsOptions *options, MsSearch *search, GError **error)
{
  g_autoptr(GError) cause = NULL;
  gboolean meant = ms_annotations_are_meant(options);
  gboolean files_first = options->predicted->len == 0 || meant;
  MsInventory *inventory = NULL;
  if (!ms_records_check_files(options, search->cancellable, error))
    return NULL;
  if (!files_first)
    inventory = ms_layout_recognize_with(path, options->predicted, search, &cause);
  if (!inventory && (files_first || is_layout_error(cause))) {
    g_autoptr(GError) second = NULL;
    inventory = ms_annotations_recognize(path, options->predicted, search->progress, search->user,
                                         search->cancellable, &second);
    if (second) {
      g_clear_error(&cause);
      cause = g_steal_pointer(&second);
    }
  }
  if (!inventory && !cause && meant)
    return ms_records_find_beside(path, options->predicted, search, error);
  if (!inventory && !cause)
    return ms_layout_recognize_with(path, options->predicted, search, error);
  if (!inventory)
    g_propagate_error(error, g_steal_pointer(&cause));
  return inventory;
}

/* A folder of masks; else one with a file that describes it; else one with tables of labels. */
static MsInventory *
find_by_folder(const char *path, MsOptions *options, MsSearch *search, GError **error)
{
  g_autoptr(GError) cause = NULL;
  MsInventory *inventory = find_masks(path, options, search, &cause);
  if (!inventory && options->predicted->len == 0 && is_layout_error(cause)) {
    g_autofree char *described = find_description(path);
    if (described)
      return find_by_file(described, options, search, error);
    if (!ms_label_folder_load(path, options, &inventory, search->cancellable, error))
      return NULL;
  }
  if (!inventory)
    g_propagate_error(error, g_steal_pointer(&cause));
  return inventory;
}

static gboolean
check_named_once(const MsOptions *options, GError **error)
{
  gboolean folders = options->images || options->actual || options->predicted->len > 0;
  const char *problem = NULL;
  if (options->set && (options->images || options->actual || options->manifest))
    problem = "give a set, or say where its parts are with --images, --actual, --predicted or "
              "--manifest, not both; --predicted alone may stand beside a set";
  else if (options->manifest && folders)
    problem = "--manifest stands for --images, --actual and --predicted: give one or the other";
  else if (!options->set && folders && !options->actual)
    problem = "--actual DIR is missing: where the actual masks are";
  else if (!options->set && folders && options->predicted->len == 0)
    problem = "--predicted [NAME=]DIR is missing: where the predicted masks are";
  else if (!options->set && !folders && !options->manifest)
    problem = "no set is given: name a folder, a .maskset file or a manifest, or use --actual and "
              "--predicted";
  if (problem)
    g_set_error_literal(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE, problem);
  return !problem;
}

static MsInventory *
find_named(MsOptions *options, MsSearch *search, GError **error)
{
  if (!options->set)
    return find_by_paths(options, search, error);
  if (g_file_test(options->set, G_FILE_TEST_IS_DIR))
    return find_by_folder(options->set, options, search, error);
  return find_by_file(options->set, options, search, error);
}

static MsInventory *
find_all(MsOptions *options, MsSearch *search, GError **error)
{
  GCancellable *cancellable = search->cancellable;
  g_autoptr(MsInventory) inventory = find_named(options, search, error);
  if (!inventory)
    return NULL;
  if (!inventory->labels && (!ms_inventory_expand(inventory, options, search->progress,
                                                  search->user, cancellable, error) ||
                             !ms_inventory_check_grids(inventory, cancellable, error)))
    return NULL;
  ms_inventory_finish(inventory);
  if (options->splits && !ms_inventory_read_splits(inventory, options->splits, cancellable, error))
    return NULL;
  return g_steal_pointer(&inventory);
}

MsInventory *
ms_find_set(MsOptions *options, MsSearch *search, GError **error)
{
  MsSearch all = {NULL};
  g_autoptr(GError) cause = NULL;
  if (!check_named_once(options, error))
    return NULL;
  MsInventory *inventory = find_all(options, search ? search : &all, &cause);
  /* What broke off may look like something missing. */
  if (!inventory && !g_cancellable_set_error_if_cancelled(ms_search_cancellable(search), error))
    g_propagate_error(error, g_steal_pointer(&cause));
  return inventory;
}
