/* SPDX-License-Identifier: MIT
 *
 * readdir() rather than GFileEnumerator: its d_type answers "file or folder" without a look at the
 * file, which for a set of a million files on a network share is minutes. A folder is read to its
 * end and closed before those in it are entered.
 *
 * Shaped for: 200,000 files in a few folders, or in one.
 */
#include "set/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "io/file.h"
#include "set/notice.h"
#include "set/set.h"
#include "set/text.h"

#define MAX_DEPTH  64
#define MAX_LINKS  2
#define MAX_LINKED 1000000

/* A folder that is being listed, with those above it, up to the root of the file system. */
typedef struct Level {
  const struct Level *parent;
  dev_t device;
  ino_t inode;
  guint depth;
  guint n_links; /* on the way from the outermost folder */
} Level;

typedef struct {
  GPtrArray *notices;
  GCancellable *cancellable;
  guint n_linked;       /* names read behind links */
  gboolean linked_full; /* and that there were too many has been said */
} Lister;

typedef enum { KIND_FILE, KIND_FOLDER, KIND_LINKED_FOLDER, KIND_DANGLING } EntryKind;

/* A folder to be entered. */
typedef struct {
  char *name;
  gboolean linked;
} Inner;

static void
inner_clear(gpointer data)
{
  g_free(((Inner *)data)->name);
}

static EntryKind
entry_kind(DIR *stream, const struct dirent *entry)
{
  struct stat status;
  if (entry->d_type == DT_DIR)
    return KIND_FOLDER;
  if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
    return KIND_FILE;
  gboolean linked = entry->d_type == DT_LNK;
  if (!linked && fstatat(dirfd(stream), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
    linked = S_ISLNK(status.st_mode);
  if (fstatat(dirfd(stream), entry->d_name, &status, 0) != 0)
    return KIND_DANGLING; /* a file for the reader to complain about */
  if (!S_ISDIR(status.st_mode))
    return KIND_FILE;
  return linked ? KIND_LINKED_FOLDER : KIND_FOLDER;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int
compare_inner(gconstpointer a, gconstpointer b)
{
  return strcmp(((const Inner *)a)->name, ((const Inner *)b)->name);
}

/* --- one folder ------------------------------------------------------------------------------- */

static MsFolder *
folder_new(const MsFolder *parent, const char *path)
{
  MsFolder *folder = g_new0(MsFolder, 1);
  folder->parent = parent;
  folder->path = g_strdup(path);
  folder->name = g_path_get_basename(path);
  folder->folders = g_ptr_array_new_with_free_func((GDestroyNotify)ms_folder_free);
  folder->pictures = g_ptr_array_new_with_free_func(g_free);
  folder->others = g_ptr_array_new_with_free_func(g_free);
  return folder;
}

void
ms_folder_free(MsFolder *folder)
{
  if (!folder)
    return;
  g_free(folder->path);
  g_free(folder->name);
  g_ptr_array_unref(folder->folders);
  g_ptr_array_unref(folder->pictures);
  g_ptr_array_unref(folder->others);
  g_free(folder);
}

/* FALSE: enough was read behind links. */
static gboolean
may_read_on(Lister *lister, const MsFolder *folder, const Level *level)
{
  if (level->n_links == 0 || lister->n_linked++ < MAX_LINKED)
    return TRUE;
  if (!lister->linked_full)
    ms_notices_add(lister->notices, folder->path,
                   "More than %u names lie behind links to folders; the rest of them is left alone",
                   MAX_LINKED);
  lister->linked_full = TRUE;
  return FALSE;
}

/* Sorts the names in a folder into its files and `inner`. */
static gboolean
read_entries(Lister *lister, DIR *stream, MsFolder *folder, const Level *level, GArray *inner,
             GError **error)
{
  const struct dirent *entry;
  while ((entry = readdir(stream)) && may_read_on(lister, folder, level)) {
    if (entry->d_name[0] == '.')
      continue;
    if (g_cancellable_set_error_if_cancelled(lister->cancellable, error))
      return FALSE;
    EntryKind kind = entry_kind(stream, entry);
    char *name = g_strdup(entry->d_name);
    if (kind == KIND_FOLDER || kind == KIND_LINKED_FOLDER) {
      Inner item = {name, kind == KIND_LINKED_FOLDER};
      g_array_append_val(inner, item);
    } else {
      g_ptr_array_add(ms_text_is_picture(name) ? folder->pictures : folder->others, name);
    }
  }
  g_ptr_array_sort(folder->pictures, compare_names);
  g_ptr_array_sort(folder->others, compare_names);
  g_array_sort(inner, compare_inner);
  folder->n_pictures = folder->pictures->len;
  return TRUE;
}

/* --- folders in folders ----------------------------------------------------------------------- */

/* Only the outermost folder's failure is an error; another is a notice. */
static void
set_cannot_list(const char *path, int cause, GError **error)
{
  g_autofree char *shown = ms_path_display(path);
  if (cause == ENOENT)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s does not exist", shown);
  else if (cause == ENOTDIR)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s is a file, not a folder", shown);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "The folder %s cannot be read: %s",
                shown, g_strerror(cause));
}

/* Why a folder is not entered, or NULL. */
static const char *
why_not_enter(const Level *level)
{
  if (level->depth > MAX_DEPTH)
    return "This folder lies too deep; left alone";
  if (level->n_links > MAX_LINKS)
    return "This is a link to a folder behind two others; left alone";
  for (const Level *above = level->parent; above; above = above->parent)
    if (above->device == level->device && above->inode == level->inode)
      return "This folder leads back to one above it; left alone";
  return NULL;
}

static gboolean list_inner(Lister *lister, MsFolder *folder, const Inner *inner,
                           const Level *parent, GError **error);

static gboolean
list_entries(Lister *lister, DIR *stream, MsFolder *folder, const Level *level, GError **error)
{
  g_autoptr(GArray) inner = g_array_new(FALSE, FALSE, sizeof(Inner));
  g_array_set_clear_func(inner, inner_clear);
  gboolean fine = read_entries(lister, stream, folder, level, inner, error);
  closedir(stream);
  for (guint i = 0; fine && i < inner->len; i++)
    fine = list_inner(lister, folder, &g_array_index(inner, Inner, i), level, error);
  return fine;
}

static gboolean
list_inner(Lister *lister, MsFolder *folder, const Inner *inner, const Level *parent,
           GError **error)
{
  g_autofree char *path = g_build_filename(folder->path, inner->name, NULL);
  DIR *stream = opendir(path);
  struct stat status;
  if (!stream || fstat(dirfd(stream), &status) != 0) {
    ms_notices_add(lister->notices, path, "This folder cannot be read: %s", g_strerror(errno));
    if (stream)
      closedir(stream);
    return TRUE;
  }
  const Level level = {parent, status.st_dev, status.st_ino, parent->depth + 1,
                       parent->n_links + (inner->linked ? 1 : 0)};
  const char *reason = why_not_enter(&level);
  if (reason) {
    ms_notices_add(lister->notices, path, "%s", reason);
    closedir(stream);
    return TRUE;
  }
  MsFolder *below = folder_new(folder, path);
  g_ptr_array_add(folder->folders, below);
  if (ms_text_is_picture(inner->name))
    ms_notices_add(lister->notices, path, "This is a folder, though it is named like a picture");
  gboolean fine = list_entries(lister, stream, below, &level, error);
  folder->n_pictures += below->n_pictures;
  return fine;
}

/* The folders above a path, nearest first, linked to each other in `levels`. */
static const Level *
find_above(const char *path, Level levels[MAX_DEPTH])
{
  g_autofree char *absolute = realpath(path, NULL);
  guint n = 0;
  while (absolute && strcmp(absolute, "/") != 0 && n < MAX_DEPTH) {
    struct stat status;
    char *above = g_path_get_dirname(absolute);
    g_free(absolute);
    absolute = above;
    if (stat(absolute, &status) == 0)
      levels[n++] = (Level){.device = status.st_dev, .inode = status.st_ino};
  }
  for (guint i = 0; i + 1 < n; i++)
    levels[i].parent = &levels[i + 1];
  return n > 0 ? &levels[0] : NULL;
}

MsFolder *
ms_folder_list(const char *path, GPtrArray *notices, GCancellable *cancellable, GError **error)
{
  Lister lister = {.notices = notices, .cancellable = cancellable};
  Level above[MAX_DEPTH];
  struct stat status;
  DIR *stream = opendir(path);
  if (!stream || fstat(dirfd(stream), &status) != 0) {
    set_cannot_list(path, errno, error);
    if (stream)
      closedir(stream);
    return NULL;
  }
  const Level level = {
      .parent = find_above(path, above), .device = status.st_dev, .inode = status.st_ino};
  g_autoptr(MsFolder) folder = folder_new(NULL, path);
  if (!list_entries(&lister, stream, folder, &level, error))
    return NULL;
  return g_steal_pointer(&folder);
}

/* --- lists ------------------------------------------------------------------------------------ */

static void
add_names(MsListing *listing, const GPtrArray *names, const char *above)
{
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index(names, i);
    g_ptr_array_add(listing->names, *above ? g_strconcat(above, "/", name, NULL) : g_strdup(name));
  }
}

static void
note_others(MsListing *listing, const GPtrArray *names, const char *above)
{
  listing->n_others += names->len;
  if (names->len == 0)
    return;
  const char *name = g_ptr_array_index(names, 0);
  g_autofree char *first = *above ? g_strconcat(above, "/", name, NULL) : g_strdup(name);
  if (!listing->other || strcmp(first, listing->other) < 0)
    ms_text_set(&listing->other, first);
}

static void
flatten(MsListing *listing, const MsFolder *folder, const char *above, gboolean pictures_only)
{
  add_names(listing, folder->pictures, above);
  if (pictures_only)
    note_others(listing, folder->others, above);
  else
    add_names(listing, folder->others, above);
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    g_autofree char *path =
        *above ? g_strconcat(above, "/", below->name, NULL) : g_strdup(below->name);
    flatten(listing, below, path, pictures_only);
  }
}

MsListing *
ms_listing_of(const MsFolder *folder, gboolean pictures_only)
{
  MsListing *listing = g_new0(MsListing, 1);
  listing->folder = g_strdup(folder->path);
  listing->names = g_ptr_array_new_with_free_func(g_free);
  flatten(listing, folder, "", pictures_only);
  g_ptr_array_sort(listing->names, compare_names);
  return listing;
}

MsListing *
ms_listing_new(const char *folder, gboolean pictures_only, GPtrArray *notices,
               GCancellable *cancellable, GError **error)
{
  g_autoptr(MsFolder) tree = ms_folder_list(folder, notices, cancellable, error);
  return tree ? ms_listing_of(tree, pictures_only) : NULL;
}

void
ms_listing_free(MsListing *listing)
{
  if (!listing)
    return;
  g_free(listing->folder);
  g_free(listing->other);
  g_ptr_array_unref(listing->names);
  g_free(listing);
}

GStrv
ms_listing_folders(const char *folder, GError **error)
{
  DIR *stream = opendir(folder);
  if (!stream) {
    set_cannot_list(folder, errno, error);
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new();
  const struct dirent *entry;
  while ((entry = readdir(stream))) {
    EntryKind kind = entry->d_name[0] == '.' ? KIND_FILE : entry_kind(stream, entry);
    if (kind == KIND_FOLDER || kind == KIND_LINKED_FOLDER)
      g_ptr_array_add(names, g_strdup(entry->d_name));
  }
  closedir(stream);
  g_ptr_array_sort(names, compare_names);
  g_ptr_array_add(names, NULL);
  return (GStrv)g_ptr_array_free(names, FALSE);
}
