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
#include "set/name-sort.h"
#include "set/notice.h"
#include "set/set.h"
#include "set/text.h"

#define MAX_DEPTH  64
#define MAX_LINKS  2
#define MAX_LINKED 1000000

/* Folders that a first look enters in any case: they may be roles, splits or models. */
#define MIN_ENTERED 64
/* So deep below the set's folder there are none of these. */
#define MAX_TELLING 3

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
  MsSearch *search;
  GStringChunk *strings;
  GPtrArray *none;      /* of folders without such names */
  guint n_linked;       /* names read behind links */
  gboolean linked_full; /* and that there were too many has been said */
} Lister;

typedef enum { KIND_FILE, KIND_FOLDER, KIND_LINKED_FOLDER, KIND_DANGLING } EntryKind;

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

/* --- names of a folder ------------------------------------------------------------------------ */

/* The first names in byte order. Twice as many are gathered before those that are too many go. */
typedef struct {
  GArray *names;      /* MsNamed; data is the name's EntryKind */
  guint n_max;        /* 0: all */
  const char *beyond; /* from this name on they are left out; NULL: none is */
} FirstNames;

static void
first_names_cut(FirstNames *self)
{
  ms_names_sort((MsNamed *)(void *)self->names->data, self->names->len);
  if (self->n_max == 0 || self->names->len <= self->n_max)
    return;
  self->beyond = g_array_index(self->names, MsNamed, self->n_max).name;
  g_array_set_size(self->names, self->n_max);
}

static void
first_names_add(FirstNames *self, GStringChunk *strings, const char *name, EntryKind kind)
{
  if (self->beyond && strcmp(name, self->beyond) >= 0)
    return;
  MsNamed named = {g_string_chunk_insert(strings, name), GUINT_TO_POINTER(kind)};
  g_array_append_val(self->names, named);
  if (self->n_max > 0 && self->names->len >= 2 * self->n_max)
    first_names_cut(self);
}

typedef struct {
  FirstNames pictures;
  FirstNames others;
  FirstNames inner; /* folders */
} Entries;

static FirstNames
first_names_new(guint n_max)
{
  return (FirstNames){g_array_new(FALSE, FALSE, sizeof(MsNamed)), n_max, NULL};
}

static void
entries_init(Entries *entries, guint n_max)
{
  entries->pictures = first_names_new(n_max);
  entries->others = first_names_new(n_max);
  entries->inner = first_names_new(n_max ? MAX(n_max, MIN_ENTERED) : 0);
}

static void
entries_clear(Entries *entries)
{
  g_array_unref(entries->pictures.names);
  g_array_unref(entries->others.names);
  g_array_unref(entries->inner.names);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Entries, entries_clear)

/* --- one folder ------------------------------------------------------------------------------- */

static MsFolder *
folder_new(const Lister *lister, const MsFolder *parent, const char *path)
{
  MsFolder *folder = g_new0(MsFolder, 1);
  folder->parent = parent;
  folder->path = g_string_chunk_insert(lister->strings, path);
  folder->folders = g_ptr_array_ref(lister->none);
  folder->pictures = g_ptr_array_ref(lister->none);
  folder->others = g_ptr_array_ref(lister->none);
  return folder;
}

void
ms_folder_free(MsFolder *folder)
{
  if (!folder)
    return;
  g_ptr_array_unref(folder->folders);
  g_ptr_array_unref(folder->pictures);
  g_ptr_array_unref(folder->others);
  g_clear_pointer(&folder->strings, g_string_chunk_free);
  g_free(folder);
}

static void
take_names(GPtrArray **names, FirstNames *found)
{
  first_names_cut(found);
  if (found->names->len == 0)
    return;
  g_ptr_array_unref(*names);
  *names = g_ptr_array_sized_new(found->names->len);
  for (guint i = 0; i < found->names->len; i++)
    g_ptr_array_add(*names, (char *)g_array_index(found->names, MsNamed, i).name);
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

/* Sorts the names in a folder into its files and the folders to be entered. */
static gboolean
read_entries(Lister *lister, DIR *stream, MsFolder *folder, const Level *level, Entries *entries,
             GError **error)
{
  const struct dirent *entry;
  errno = 0;
  while ((entry = readdir(stream)) && may_read_on(lister, folder, level)) {
    if (entry->d_name[0] == '.')
      continue;
    if (!ms_search_count(lister->search, error))
      return FALSE;
    EntryKind kind = entry_kind(stream, entry);
    FirstNames *names = &entries->inner;
    if (kind != KIND_FOLDER && kind != KIND_LINKED_FOLDER)
      names = ms_text_is_picture(entry->d_name) ? &entries->pictures : &entries->others;
    first_names_add(names, lister->strings, entry->d_name, kind);
    errno = 0;
  }
  if (!entry && errno != 0)
    ms_notices_add(lister->notices, folder->path, "%s to its end: %s", MS_LISTING_UNREADABLE,
                   ms_errno_cause(errno));
  take_names(&folder->pictures, &entries->pictures);
  take_names(&folder->others, &entries->others);
  first_names_cut(&entries->inner);
  folder->n_pictures = folder->pictures->len;
  if (entries->pictures.beyond || entries->others.beyond || entries->inner.beyond)
    ms_search_note_cut(lister->search, folder->path);
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
                shown, ms_errno_cause(cause));
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

static gboolean list_inner(Lister *lister, MsFolder *folder, const MsNamed *inner,
                           const Level *parent, GError **error);

/* Whether a first look has seen enough of what lies in a folder. */
static gboolean
is_enough(const Lister *lister, const MsFolder *folder, const Level *level, guint n_entered)
{
  guint n_names = ms_search_n_names(lister->search);
  guint n_least = level->depth < MAX_TELLING ? MIN_ENTERED : 1;
  return n_names > 0 && n_entered >= n_least && folder->n_pictures >= n_names;
}

static gboolean
list_folders(Lister *lister, MsFolder *folder, const Entries *entries, const Level *level,
             GError **error)
{
  const GArray *inner = entries->inner.names;
  for (guint i = 0; i < inner->len; i++) {
    if (is_enough(lister, folder, level, i)) {
      ms_search_note_cut(lister->search, folder->path);
      return TRUE;
    }
    if (!list_inner(lister, folder, &g_array_index(inner, MsNamed, i), level, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
list_entries(Lister *lister, DIR *stream, MsFolder *folder, const Level *level, GError **error)
{
  g_auto(Entries) entries;
  entries_init(&entries, ms_search_n_names(lister->search));
  gboolean fine = read_entries(lister, stream, folder, level, &entries, error);
  closedir(stream);
  return fine && list_folders(lister, folder, &entries, level, error);
}

static void
add_folder(MsFolder *folder, MsFolder *below)
{
  if (folder->folders->len == 0) {
    g_ptr_array_unref(folder->folders);
    folder->folders = g_ptr_array_new_with_free_func((GDestroyNotify)ms_folder_free);
  }
  g_ptr_array_add(folder->folders, below);
}

static gboolean
list_inner(Lister *lister, MsFolder *folder, const MsNamed *inner, const Level *parent,
           GError **error)
{
  if (g_cancellable_set_error_if_cancelled(ms_search_cancellable(lister->search), error))
    return FALSE;
  g_autofree char *path = g_build_filename(folder->path, inner->name, NULL);
  DIR *stream = opendir(path);
  struct stat status;
  if (!stream || fstat(dirfd(stream), &status) != 0) {
    ms_notices_add(lister->notices, path, "%s: %s", MS_LISTING_UNREADABLE, ms_errno_cause(errno));
    if (stream)
      closedir(stream);
    return TRUE;
  }
  gboolean linked = GPOINTER_TO_UINT(inner->data) == KIND_LINKED_FOLDER;
  const Level level = {parent, status.st_dev, status.st_ino, parent->depth + 1,
                       parent->n_links + (linked ? 1 : 0)};
  const char *reason = why_not_enter(&level);
  if (reason) {
    ms_notices_add(lister->notices, path, "%s", reason);
    closedir(stream);
    return TRUE;
  }
  MsFolder *below = folder_new(lister, folder, path);
  below->name = inner->name;
  add_folder(folder, below);
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

static gboolean
list_outermost(Lister *lister, MsFolder *folder, GError **error)
{
  Level above[MAX_DEPTH];
  struct stat status;
  DIR *stream = opendir(folder->path);
  if (!stream || fstat(dirfd(stream), &status) != 0) {
    set_cannot_list(folder->path, errno, error);
    if (stream)
      closedir(stream);
    return FALSE;
  }
  const Level level = {
      .parent = find_above(folder->path, above), .device = status.st_dev, .inode = status.st_ino};
  return list_entries(lister, stream, folder, &level, error);
}

MsFolder *
ms_folder_list(const char *path, GPtrArray *notices, MsSearch *search, GError **error)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new();
  GStringChunk *strings = g_string_chunk_new(1 << 16);
  Lister lister = {.notices = notices, .search = search, .strings = strings, .none = none};
  g_autoptr(MsFolder) folder = folder_new(&lister, NULL, path);
  g_autofree char *name = g_path_get_basename(path);
  folder->name = g_string_chunk_insert(strings, name);
  folder->strings = strings;
  if (g_cancellable_set_error_if_cancelled(ms_search_cancellable(search), error) ||
      !list_outermost(&lister, folder, error))
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
ms_listing_new(const char *folder, gboolean pictures_only, GPtrArray *notices, MsSearch *search,
               GError **error)
{
  g_autoptr(MsFolder) tree = ms_folder_list(folder, notices, search, error);
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
