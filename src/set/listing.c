/* SPDX-License-Identifier: MIT
 *
 * readdir() rather than GFileEnumerator: its d_type answers "file or folder" without a look at the
 * file, which for a set of a million files on a network share is minutes.
 */
#include "set/listing.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "io/file.h"
#include "set/notice.h"
#include "set/set.h"
#include "set/text.h"

#define MAX_DEPTH 64

/* A folder that is being listed, with those above it. */
typedef struct Level {
  const struct Level *parent;
  dev_t device;
  ino_t inode;
  guint depth;
} Level;

typedef struct {
  MsListing *listing;
  gboolean pictures_only;
  GPtrArray *notices;
  GCancellable *cancellable;
} Lister;

typedef enum { KIND_FILE, KIND_FOLDER, KIND_DANGLING } EntryKind;

static EntryKind
entry_kind(DIR *stream, const struct dirent *entry)
{
  if (entry->d_type == DT_DIR)
    return KIND_FOLDER;
  if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
    return KIND_FILE;
  struct stat status;
  if (fstatat(dirfd(stream), entry->d_name, &status, 0) != 0)
    return KIND_DANGLING; /* a file for the reader to complain about */
  return S_ISDIR(status.st_mode) ? KIND_FOLDER : KIND_FILE;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_file(Lister *lister, const char *relative)
{
  MsListing *listing = lister->listing;
  if (!lister->pictures_only || ms_text_is_picture(relative)) {
    g_ptr_array_add(listing->names, g_strdup(relative));
    return;
  }
  listing->n_others++;
  if (!listing->other || strcmp(relative, listing->other) < 0)
    ms_text_set(&listing->other, relative);
}

/* TRUE when the folder was entered above, or lies too deep. */
static gboolean
is_loop(const Level *level)
{
  if (level->depth > MAX_DEPTH)
    return TRUE;
  for (const Level *above = level->parent; above; above = above->parent)
    if (above->device == level->device && above->inode == level->inode)
      return TRUE;
  return FALSE;
}

static gboolean list_below(Lister *lister, const char *relative, const Level *parent,
                           GError **error);

static gboolean
list_entries(Lister *lister, DIR *stream, const char *relative, const Level *level, GError **error)
{
  const struct dirent *entry;
  while ((entry = readdir(stream))) {
    if (entry->d_name[0] == '.')
      continue;
    if (g_cancellable_set_error_if_cancelled(lister->cancellable, error))
      return FALSE;
    g_autofree char *child =
        *relative ? g_strconcat(relative, "/", entry->d_name, NULL) : g_strdup(entry->d_name);
    if (entry_kind(stream, entry) != KIND_FOLDER)
      add_file(lister, child);
    else if (!list_below(lister, child, level, error))
      return FALSE;
  }
  return TRUE;
}

/* Only the outermost folder's failure is an error; another is a notice. */
static gboolean
cannot_list(Lister *lister, const char *path, const Level *parent, int cause, GError **error)
{
  g_autofree char *shown = ms_path_display(path);
  if (parent) {
    ms_notices_add(lister->notices, path, "This folder cannot be read: %s", g_strerror(cause));
    return TRUE;
  }
  if (cause == ENOENT)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s does not exist", shown);
  else if (cause == ENOTDIR)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s is a file, not a folder", shown);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "The folder %s cannot be read: %s",
                shown, g_strerror(cause));
  return FALSE;
}

static gboolean
list_below(Lister *lister, const char *relative, const Level *parent, GError **error)
{
  g_autofree char *path = g_build_filename(lister->listing->folder, relative, NULL);
  DIR *stream = opendir(path);
  struct stat status;
  if (!stream || fstat(dirfd(stream), &status) != 0) {
    int cause = errno;
    if (stream)
      closedir(stream);
    return cannot_list(lister, path, parent, cause, error);
  }
  const Level level = {parent, status.st_dev, status.st_ino, parent ? parent->depth + 1 : 0};
  gboolean fine = TRUE;
  if (is_loop(&level))
    ms_notices_add(lister->notices, path,
                   "This folder leads back to one above it, or lies too deep; left alone");
  else
    fine = list_entries(lister, stream, relative, &level, error);
  closedir(stream);
  if (fine && parent && lister->pictures_only && ms_text_is_picture(relative))
    ms_notices_add(lister->notices, path, "This is a folder, though it is named like a picture");
  return fine;
}

MsListing *
ms_listing_new(const char *folder, gboolean pictures_only, GPtrArray *notices,
               GCancellable *cancellable, GError **error)
{
  g_autoptr(MsListing) listing = g_new0(MsListing, 1);
  listing->folder = g_strdup(folder);
  listing->names = g_ptr_array_new_with_free_func(g_free);
  Lister lister = {listing, pictures_only, notices, cancellable};
  if (!list_below(&lister, "", NULL, error))
    return NULL;
  g_ptr_array_sort(listing->names, compare_names);
  return g_steal_pointer(&listing);
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
    Lister lister = {0};
    cannot_list(&lister, folder, NULL, errno, error);
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new();
  const struct dirent *entry;
  while ((entry = readdir(stream)))
    if (entry->d_name[0] != '.' && entry_kind(stream, entry) == KIND_FOLDER)
      g_ptr_array_add(names, g_strdup(entry->d_name));
  closedir(stream);
  g_ptr_array_sort(names, compare_names);
  g_ptr_array_add(names, NULL);
  return (GStrv)g_ptr_array_free(names, FALSE);
}
