/* SPDX-License-Identifier: MIT
 *
 * A CACHEDIR.TAG (https://bford.info/cachedir/) marks the folder: backups leave it out. Other
 * programs mark theirs in the same way, so that only a tag with our own words tells our cache,
 * whose files may be removed, from a folder that was named by mistake.
 */
#include "set/cache-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/error.h"
#include "io/file.h"

#define REMEDY "; MASKSCOPE_CACHE names another folder"

static const char tag_text[] = "Signature: 8a477f597d28d172789f06886806bc55\n"
                               "# What Maskscope can make again: \"maskscope clear-cache\" empties "
                               "this folder.\n";

/* --- where it is ------------------------------------------------------------------------------ */

/* The caller's; NULL: not known. */
static char *
home_of_password_file(void)
{
  struct passwd entry, *found = NULL;
  char text[4096];

  if (getpwuid_r(getuid(), &entry, text, sizeof text, &found) != 0 || !found)
    return NULL;
  return found->pw_dir && g_path_is_absolute(found->pw_dir) ? g_strdup(found->pw_dir) : NULL;
}

/* Where HOME is empty GLib names a folder below the one the program was started in. */
static char *
usual_folder(void)
{
  const char *caches = g_get_user_cache_dir();
  g_autofree char *home = NULL;

  if (g_path_is_absolute(caches))
    return g_build_filename(caches, "maskscope", NULL);
  home = home_of_password_file();
  return home ? g_build_filename(home, ".cache", "maskscope", NULL) : NULL;
}

char *
ms_cache_path(const char *name)
{
  const char *named = g_getenv("MASKSCOPE_CACHE");
  g_autofree char *folder = named && *named ? g_canonicalize_filename(named, NULL) : usual_folder();

  return name && folder ? g_build_filename(folder, name, NULL) : g_steal_pointer(&folder);
}

static gboolean
fail(GError **error, const char *path, const char *what, int number)
{
  g_autofree char *shown = ms_path_display(path);

  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s: %s: %s" REMEDY, shown, what,
              g_strerror(number));
  return FALSE;
}

static gboolean
refuse(GError **error, const char *path, const char *why)
{
  g_autofree char *shown = ms_path_display(path);

  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE,
              "%s: %s, so it is not taken for a cache" REMEDY, shown, why);
  return FALSE;
}

/* --- whose it is ------------------------------------------------------------------------------ */

static gboolean
is_ours(int tag)
{
  char text[sizeof tag_text];
  gsize n = 0;
  gssize got;

  while (n < sizeof text && (got = read(tag, text + n, sizeof text - n)) > 0)
    n += (gsize)got;
  return n == sizeof tag_text - 1 && memcmp(text, tag_text, n) == 0;
}

static gboolean
check_open_tag(int tag, const char *path, GError **error)
{
  struct stat info;

  if (fstat(tag, &info) != 0)
    return fail(error, path, "its " MS_CACHE_TAG " cannot be looked at", errno);
  if (!S_ISREG(info.st_mode))
    return refuse(error, path, "its " MS_CACHE_TAG " is no file");
  return is_ours(tag) || refuse(error, path, "its " MS_CACHE_TAG " is another program's");
}

gboolean
ms_cache_folder_check(int folder, const char *path, gboolean *has_tag, GError **error)
{
  int tag = openat(folder, MS_CACHE_TAG, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  gboolean is_fine;

  *has_tag = tag >= 0;
  if (tag < 0)
    return errno == ENOENT  ? TRUE
           : errno == ELOOP ? refuse(error, path, "its " MS_CACHE_TAG " is a link")
                            : fail(error, path, "its " MS_CACHE_TAG " cannot be opened", errno);
  is_fine = check_open_tag(tag, path, error);
  close(tag);
  return is_fine;
}

/* What another program of ours has just begun does not count. */
gboolean
ms_cache_folder_check_empty(const char *path, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;

  if (!dir)
    return fail(error, path, "cannot be listed", errno);
  while ((name = g_dir_read_name(dir)))
    if (!g_str_has_prefix(name, MS_CACHE_TAG))
      return refuse(error, path, "holds files of others (there is no " MS_CACHE_TAG ")");
  return TRUE;
}

/* --- making it -------------------------------------------------------------------------------- */

/* As a whole or not at all. Two programs may come at once: both write the same. */
static gboolean
put_tag(const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename(folder, MS_CACHE_TAG, NULL);
  g_autoptr(GError) cause = NULL;

  if (g_file_set_contents_full(path, tag_text, sizeof tag_text - 1, G_FILE_SET_CONTENTS_CONSISTENT,
                               0600, &cause))
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s" REMEDY, cause->message);
  return FALSE;
}

static gboolean
take_into_use(const char *folder, GError **error)
{
  int fd = g_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean has_tag, is_fine;

  if (fd < 0)
    return fail(error, folder, "the folder cannot be opened", errno);
  is_fine = ms_cache_folder_check(fd, folder, &has_tag, error);
  close(fd);
  if (!is_fine || has_tag)
    return is_fine;
  return ms_cache_folder_check_empty(folder, error) && put_tag(folder, error);
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

  if (!folder) {
    g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_WRITE,
                        "there is no home folder for the cache; MASKSCOPE_CACHE names a folder");
    return NULL;
  }
  /* The tag first: a folder of others keeps its mode. */
  if (g_mkdir_with_parents(folder, 0700) != 0) {
    fail(error, folder, "the folder could not be made", errno);
    return NULL;
  }
  if (!take_into_use(folder, error) || !make_private(folder, error) ||
      (name && !make_private(inner, error)))
    return NULL;
  return g_steal_pointer(&inner);
}
