/* SPDX-License-Identifier: MIT
 *
 * A CACHEDIR.TAG (https://bford.info/cachedir/) marks the folder: backups leave it out, and it is
 * what tells a cache, whose files may be removed, from a folder that was named by mistake. Emptying
 * goes from descriptor to descriptor, so that nobody can put a link in the way.
 */
#include "set/cache-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/error.h"
#include "io/file.h"

#define TAG "CACHEDIR.TAG"

static const char tag_text[] = "Signature: 8a477f597d28d172789f06886806bc55\n"
                               "# What Maskscope can make again: \"maskscope clear-cache\" empties "
                               "this folder.\n";

char *
ms_cache_path(const char *name)
{
  const char *named = g_getenv("MASKSCOPE_CACHE");
  g_autofree char *folder = named && *named
                                ? g_canonicalize_filename(named, NULL)
                                : g_build_filename(g_get_user_cache_dir(), "maskscope", NULL);

  return name ? g_build_filename(folder, name, NULL) : g_steal_pointer(&folder);
}

static gboolean
fail(GError **error, const char *path, const char *what, int number)
{
  g_autofree char *shown = ms_path_display(path);

  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s: %s: %s", shown, what, g_strerror(number));
  return FALSE;
}

static gboolean
refuse(GError **error, const char *path)
{
  g_autofree char *shown = ms_path_display(path);

  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE,
              "%s: holds files of others (there is no " TAG
              "), so it is not taken for a cache; MASKSCOPE_CACHE names another folder",
              shown);
  return FALSE;
}

/* --- making it -------------------------------------------------------------------------------- */

static gboolean
is_empty(const char *path)
{
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

  return dir && !g_dir_read_name(dir);
}

/* Two programs may come at once: whoever finds the tag made is content. */
static gboolean
put_tag(const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename(folder, TAG, NULL);
  int fd;
  gssize n;

  if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  if (!is_empty(folder) && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
    return refuse(error, folder);
  fd = g_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return errno == EEXIST || fail(error, path, "could not be made", errno);
  n = write(fd, tag_text, sizeof tag_text - 1);
  if (close(fd) != 0 || n != (gssize)sizeof tag_text - 1)
    return fail(error, path, "could not be written", errno);
  return TRUE;
}

static gboolean
make_private(const char *path, GError **error)
{
  struct stat info;

  if (g_mkdir_with_parents(path, 0700) != 0)
    return fail(error, path, "the folder could not be made", errno);
  if (stat(path, &info) != 0)
    return fail(error, path, "cannot be looked at", errno);
  return (info.st_mode & 0777) == 0700 || g_chmod(path, 0700) == 0 ||
         fail(error, path, "cannot be kept from others", errno);
}

char *
ms_cache_folder_make(const char *name, GError **error)
{
  g_autofree char *folder = ms_cache_path(NULL);
  g_autofree char *inner = ms_cache_path(name);

  /* The tag first: a folder of others keeps its mode. */
  if (g_mkdir_with_parents(folder, 0700) != 0) {
    fail(error, folder, "the folder could not be made", errno);
    return NULL;
  }
  if (!put_tag(folder, error) || !make_private(folder, error) ||
      (name && !make_private(inner, error)))
    return NULL;
  return g_steal_pointer(&inner);
}

/* --- emptying it ------------------------------------------------------------------------------ */

typedef struct {
  guint64 n_files;
  guint64 n_bytes;
  int number; /* errno of the first that would not go */
  char *path; /* its name; the caller's */
} Removal;

static void
note_failure(Removal *removal, const char *name, int number)
{
  if (removal->number != 0)
    return;
  removal->number = number;
  removal->path = g_strdup(name);
}

static void empty_folder(Removal *removal, int fd, gboolean is_top);

static void
remove_folder(Removal *removal, int parent, const char *name)
{
  int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0) {
    note_failure(removal, name, errno);
    return;
  }
  empty_folder(removal, fd, FALSE);
  if (unlinkat(parent, name, AT_REMOVEDIR) != 0)
    note_failure(removal, name, errno);
}

static void
remove_entry(Removal *removal, int parent, const char *name)
{
  struct stat info;

  if (fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT)
      note_failure(removal, name, errno);
    return;
  }
  if (S_ISDIR(info.st_mode)) {
    remove_folder(removal, parent, name);
    return;
  }
  if (unlinkat(parent, name, 0) != 0) {
    note_failure(removal, name, errno);
    return;
  }
  removal->n_files++;
  removal->n_bytes += S_ISREG(info.st_mode) ? (guint64)info.st_size : 0;
}

/* Takes the descriptor. */
static void
empty_folder(Removal *removal, int fd, gboolean is_top)
{
  DIR *dir = fdopendir(fd);
  const struct dirent *entry;

  if (!dir) {
    note_failure(removal, ".", errno);
    close(fd);
    return;
  }
  while ((entry = readdir(dir)))
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
        !(is_top && strcmp(entry->d_name, TAG) == 0))
      remove_entry(removal, dirfd(dir), entry->d_name);
  closedir(dir);
}

static gboolean
has_tag(int fd)
{
  struct stat info;

  return fstatat(fd, TAG, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
}

gboolean
ms_cache_clear(guint64 *n_files, guint64 *n_bytes, GError **error)
{
  g_autofree char *folder = ms_cache_path(NULL);
  int fd = g_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  Removal removal = {0};

  *n_files = *n_bytes = 0;
  if (fd < 0)
    return errno == ENOENT || fail(error, folder, "cannot be opened", errno);
  if (!has_tag(fd)) {
    close(fd);
    return is_empty(folder) || refuse(error, folder);
  }
  empty_folder(&removal, fd, TRUE);
  *n_files = removal.n_files;
  *n_bytes = removal.n_bytes;
  if (removal.number != 0) {
    g_autofree char *path = g_build_filename(folder, removal.path, NULL);

    fail(error, path, "cannot be removed", removal.number);
  }
  g_free(removal.path);
  return removal.number == 0;
}
