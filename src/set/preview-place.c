/* SPDX-License-Identifier: MIT
 *
 * Only names are counted, never more than a limit of them, and every walk through folders can be
 * cancelled. What fails is said in words: it is no error of the preview.
 */
#include "set/preview-place.h"

#include <string.h>

#include "set/class-lookup.h"
#include "set/describe.h"
#include "set/listing.h"
#include "set/pattern.h"
#include "set/text.h"

#define MAX_FOLDER_DEPTH 3      /* of folders that are offered */
#define MAX_WALK_DEPTH   8      /* of folders whose files are counted */
#define MAX_NAMES        200000 /* somebody may name the root of a disk */

void
ms_preview_place_clear(MsPreviewPlace *place)
{
  g_clear_pointer(&place->words, g_free);
  g_clear_pointer(&place->detail, g_free);
}

static void
say(MsPreviewPlace *place, MsPreviewState state, const char *words, const char *detail)
{
  place->state = state;
  ms_text_set(&place->words, words);
  ms_text_set(&place->detail, detail);
}

static void
say_count(MsPreviewPlace *place, guint n, const char *one, const char *many)
{
  g_autofree char *count = ms_describe_count(n);
  g_autofree char *words = g_strdup_printf("%s %s", count, n == 1 ? one : many);
  say(place, n > 0 ? MS_PREVIEW_FOUND : MS_PREVIEW_EMPTY, words, NULL);
}

/* A listing that failed: TRUE unless it was cancelled. */
static gboolean
say_failed(MsPreviewPlace *place, GError *cause, GError **error)
{
  if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error(error, cause);
    return FALSE;
  }
  say(place, MS_PREVIEW_MISSING, "no such folder", cause->message);
  g_error_free(cause);
  return TRUE;
}

static gboolean
look_at_folder(MsPreviewPlace *place, const char *path, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  MsSearch search = {.cancellable = cancellable};
  g_autoptr(MsListing) listing = ms_listing_new(path, TRUE, NULL, &search, &cause);
  if (!listing)
    return say_failed(place, cause, error);
  if (listing->names->len > 0) {
    say_count(place, listing->names->len, "file", "files");
  } else if (listing->n_others > 0) {
    g_autofree char *count = ms_describe_count(listing->n_others);
    g_autofree char *other = ms_text_id(listing->other);
    g_autofree char *detail =
        g_strdup_printf("Only files that are no pictures: %s, such as %s", count, other);
    say(place, MS_PREVIEW_EMPTY, "no pictures", detail);
  } else {
    say(place, MS_PREVIEW_EMPTY, "no files", "The folder is empty");
  }
  return TRUE;
}

static gboolean
look_at_pattern(MsPreviewPlace *place, const char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsPattern) pattern = ms_pattern_new(text);
  gboolean open_end = g_str_has_suffix(text, "*") || g_str_has_suffix(text, "}");
  GError *cause = NULL;
  guint n = 0;
  MsSearch search = {.cancellable = cancellable};
  g_autoptr(MsListing) listing = ms_listing_new(pattern->folder, open_end, NULL, &search, &cause);
  if (!listing)
    return say_failed(place, cause, error);
  for (guint i = 0; i < listing->names->len; i++) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
      return FALSE;
    g_autoptr(GPtrArray) ids = ms_pattern_match(pattern, g_ptr_array_index(listing->names, i));
    n += ids->len > 0;
  }
  if (n > 0)
    say_count(place, n, "file fits", "files fit");
  else
    say(place, MS_PREVIEW_EMPTY, "nothing fits", "No file's name fits the pattern");
  return TRUE;
}

gboolean
ms_preview_look_at(MsPreviewPlace *place, const char *path, GCancellable *cancellable,
                   GError **error)
{
  if (!path)
    say(place, MS_PREVIEW_UNNAMED, "", NULL);
  else if (ms_pattern_is(path))
    return look_at_pattern(place, path, cancellable, error);
  else if (g_file_test(path, G_FILE_TEST_IS_DIR))
    return look_at_folder(place, path, cancellable, error);
  else if (g_file_test(path, G_FILE_TEST_EXISTS))
    say(place, MS_PREVIEW_FOUND, "1 file", NULL);
  else if (strchr(path, '*'))
    say(place, MS_PREVIEW_EMPTY, "{id} is missing",
        "A pattern needs {id} where the example's id stands");
  else
    say(place, MS_PREVIEW_MISSING, "not found", "There is no such folder and no such file");
  return TRUE;
}

/* --- classes -------------------------------------------------------------------------------- */

gboolean
ms_preview_look_at_classes(MsPreviewPlace *place, const char *path, const char *class_folder,
                           GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(MsClassTable) table = path ? ms_class_table_open(path, cancellable, &cause)
                                       : ms_class_lookup(class_folder, NULL, cancellable);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return FALSE;
  if (cause) {
    gboolean there = g_file_test(path, G_FILE_TEST_IS_REGULAR);
    say(place, there ? MS_PREVIEW_EMPTY : MS_PREVIEW_MISSING,
        there ? "no class table" : "not found", cause->message);
  } else if (table) {
    g_autofree char *detail = g_strdup_printf("Class names are taken from %s", table->source);
    say_count(place, (guint)table->n_classes, "class", "classes");
    ms_text_set(&place->detail, detail);
    if (!path)
      place->state = MS_PREVIEW_UNNAMED;
  } else {
    say(place, MS_PREVIEW_UNNAMED, "", NULL);
  }
  return TRUE;
}

/* --- folders -------------------------------------------------------------------------------- */

static void
folder_free(gpointer data)
{
  MsPreviewFolder *folder = data;
  g_free(folder->path);
  g_free(folder);
}

typedef struct {
  const char *around;
  GPtrArray *folders; /* MsPreviewFolder */
  guint n_names;      /* that were looked at */
  GCancellable *cancellable;
} Walk;

static guint walk_folder(Walk *walk, const char *relative, guint depth);

/* The pictures in a folder itself. */
static guint
count_pictures(Walk *walk, const char *path)
{
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;
  guint n = 0;
  while (dir && walk->n_names < MAX_NAMES && (name = g_dir_read_name(dir))) {
    walk->n_names++;
    n += *name != '.' && ms_text_is_picture(name);
  }
  return n;
}

static guint
walk_children(Walk *walk, const char *path, const char *relative, guint depth)
{
  g_auto(GStrv) names = ms_listing_folders(path, NULL);
  guint n = 0;
  for (guint i = 0; names && names[i] && walk->n_names < MAX_NAMES; i++) {
    walk->n_names++;
    g_autofree char *child =
        *relative ? g_strconcat(relative, "/", names[i], NULL) : g_strdup(names[i]);
    if (!g_cancellable_is_cancelled(walk->cancellable))
      n += walk_folder(walk, child, depth + 1);
  }
  return n;
}

/* Its place in the list is before its children's, though their pictures decide whether it has one.
 */
static guint
walk_folder(Walk *walk, const char *relative, guint depth)
{
  g_autofree char *path = g_build_filename(walk->around, relative, NULL);
  MsPreviewFolder *folder = g_new0(MsPreviewFolder, 1);
  folder->path = g_strdup(relative);
  g_ptr_array_add(walk->folders, folder);
  guint n = count_pictures(walk, path);
  if (depth < MAX_WALK_DEPTH)
    n += walk_children(walk, path, relative, depth);
  folder->n_files = n;
  if (n == 0 || depth > MAX_FOLDER_DEPTH)
    g_ptr_array_remove(walk->folders, folder);
  return n;
}

static guint
depth_of(const MsPreviewFolder *folder)
{
  guint depth = 0;
  for (const char *at = folder->path; *at; at++)
    depth += *at == '/';
  return depth;
}

/* Leaves out the deepest ones where there are too many. */
static void
shorten(GPtrArray *folders)
{
  for (guint depth = MAX_FOLDER_DEPTH; depth-- > 0 && folders->len > MS_PREVIEW_MAX_FOLDERS;)
    for (guint i = folders->len; i-- > 0 && folders->len > MS_PREVIEW_MAX_FOLDERS;)
      if (depth_of(g_ptr_array_index(folders, i)) == depth)
        g_ptr_array_remove_index(folders, i);
}

GPtrArray *
ms_preview_list_folders(const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(folder_free);
  Walk walk = {folder, folders, 0, cancellable};
  walk_children(&walk, folder, "", 0);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  shorten(folders);
  return g_steal_pointer(&folders);
}
