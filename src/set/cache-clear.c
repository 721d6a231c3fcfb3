/* SPDX-License-Identifier: MIT
 *
 * Goes from descriptor to descriptor, so that nobody can put a link in the way. The store's journal
 * goes before the store: without its file it would be taken for that of the next one.
 */
#include "set/cache-clear.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/error.h"
#include "io/file.h"
#include "set/cache-folder.h"
#include "set/store.h"

/* One folder that is emptied. */
typedef struct {
  MsCacheRemoval *removal;
  int fd;
  const char *path;
  GError **error; /* the first thing that would not go */
} Emptying;

void
ms_cache_removal_clear(MsCacheRemoval *removal)
{
  g_clear_pointer(&removal->kept, g_free);
}

static void
fail(const Emptying *emptying, const char *name, const char *what, int number)
{
  g_autofree char *path = g_build_filename(emptying->path, name, NULL);
  g_autofree char *shown = ms_path_display(path);

  if (!emptying->error || !*emptying->error)
    g_set_error(emptying->error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s: %s: %s", shown, what,
                g_strerror(number));
}

static void
keep(const Emptying *emptying, const char *name)
{
  if (emptying->removal->n_kept++ == 0)
    emptying->removal->kept = g_build_filename(emptying->path, name, NULL);
}

/* A folder under one of our names is none of ours. */
static void
remove_file(const Emptying *emptying, const char *name)
{
  struct stat info;

  if (fstatat(emptying->fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT)
      fail(emptying, name, "cannot be looked at", errno);
    return;
  }
  if (S_ISDIR(info.st_mode)) {
    keep(emptying, name);
    return;
  }
  if (unlinkat(emptying->fd, name, 0) != 0) {
    if (errno != ENOENT)
      fail(emptying, name, "cannot be removed", errno);
    return;
  }
  emptying->removal->n_files++;
  emptying->removal->n_bytes += S_ISREG(info.st_mode) ? (guint64)info.st_size : 0;
}

/* --- names ------------------------------------------------------------------------------------ */

/* The end that g_file_set_contents() gives to what it has not finished. */
static gboolean
is_unfinished(const char *end)
{
  gsize n = strspn(end, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.");

  return end[0] == '.' && n == 7 && end[n] == '\0' && !strchr(end + 1, '.');
}

static gboolean
is_thumbnail(const char *name)
{
  gsize n = strspn(name, "0123456789abcdef");

  return n == 64 && g_str_has_prefix(name + n, ".png") &&
         (name[n + 4] == '\0' || is_unfinished(name + n + 4));
}

static gboolean
is_unfinished_tag(const char *name)
{
  return g_str_has_prefix(name, MS_CACHE_TAG) && is_unfinished(name + strlen(MS_CACHE_TAG));
}

/* --- folders ---------------------------------------------------------------------------------- */

static void
for_each_name(const Emptying *emptying, void (*visit)(const Emptying *emptying, const char *name))
{
  int fd = openat(emptying->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
  const struct dirent *entry;

  if (!dir) {
    fail(emptying, NULL, "cannot be listed", errno);
    if (fd >= 0)
      close(fd);
    return;
  }
  while ((entry = readdir(dir)))
    if (!g_str_equal(entry->d_name, ".") && !g_str_equal(entry->d_name, ".."))
      visit(emptying, entry->d_name);
  closedir(dir);
}

static void
visit_thumbnail(const Emptying *emptying, const char *name)
{
  if (is_thumbnail(name))
    remove_file(emptying, name);
  else
    keep(emptying, name);
}

/* One that fills again, or holds what stays, is there afterwards. */
static void
remove_thumbnails(const Emptying *top)
{
  g_autofree char *path = g_build_filename(top->path, MS_CACHE_THUMBNAILS, NULL);
  int fd = openat(top->fd, MS_CACHE_THUMBNAILS, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  const Emptying thumbnails = {top->removal, fd, path, top->error};

  if (fd < 0) {
    if (errno == ELOOP || errno == ENOTDIR)
      keep(top, MS_CACHE_THUMBNAILS);
    else
      fail(top, MS_CACHE_THUMBNAILS, "cannot be opened", errno);
    return;
  }
  for_each_name(&thumbnails, visit_thumbnail);
  close(fd);
  if (unlinkat(top->fd, MS_CACHE_THUMBNAILS, AT_REMOVEDIR) != 0 && errno != ENOTEMPTY &&
      errno != EEXIST && errno != ENOENT)
    fail(top, MS_CACHE_THUMBNAILS, "cannot be removed", errno);
}

/* The journal has been dealt with; one that is there again is a running program's. */
static void
visit_top(const Emptying *top, const char *name)
{
  if (g_str_equal(name, MS_CACHE_THUMBNAILS))
    remove_thumbnails(top);
  else if (is_unfinished_tag(name) || g_str_equal(name, MS_STORE_FILE_NAME))
    remove_file(top, name);
  else if (!g_str_equal(name, MS_CACHE_TAG) && !g_str_equal(name, MS_STORE_JOURNAL_NAME))
    keep(top, name);
}

static gboolean
empty(const Emptying *top)
{
  GError *error = NULL;
  const Emptying emptying = {top->removal, top->fd, top->path, &error};

  remove_file(&emptying, MS_STORE_JOURNAL_NAME);
  for_each_name(&emptying, visit_top);
  if (!error)
    return TRUE;
  g_propagate_error(top->error, error);
  return FALSE;
}

gboolean
ms_cache_clear(MsCacheRemoval *removal, GError **error)
{
  g_autofree char *folder = ms_cache_path(NULL);
  int fd = folder ? g_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0) : -1;
  const Emptying top = {removal, fd, folder, error};
  gboolean has_tag, is_fine;

  if (!folder)
    return TRUE;
  if (fd < 0) {
    if (errno == ENOENT)
      return TRUE;
    fail(&top, NULL, "cannot be opened", errno);
    return FALSE;
  }
  is_fine = ms_cache_folder_check(fd, folder, &has_tag, error);
  if (is_fine)
    is_fine = has_tag ? empty(&top) : ms_cache_folder_check_empty(folder, error);
  close(fd);
  return is_fine;
}
