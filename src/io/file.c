/* SPDX-License-Identifier: MIT
 *
 * Reading checks what was opened, not a name that may change meanwhile.
 */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "io/error.h"

/* Between two looks at the cancellable. */
#define READ_AT_ONCE (4 << 20)

static const struct {
  int number;
  const char *cause;
} causes[] = {
    {ENOENT, "does not exist"},
    {ENOTDIR, "a part of the path is not a folder"},
    {EACCES, "no permission"},
    {EPERM, "no permission"},
    {EISDIR, "is a folder, not a file"},
    {ELOOP, "its links lead in a circle"},
    {ENAMETOOLONG, "the name is too long"},
    {EMFILE, "too many files are open"},
    {ENFILE, "too many files are open"},
    {ENOSPC, "no space left on the device"},
    {EDQUOT, "the disk quota is used up"},
    {EFBIG, "larger than the system allows"},
    {EROFS, "the file system is read-only"},
    {EIO, "the device reports an error"},
    {EBADF, "it is closed"},
};

const char *
ms_errno_cause(int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS(causes); i++)
    if (causes[i].number == number)
      return causes[i].cause;
  return g_strerror(number);
}

char *
ms_path_display(const char *path)
{
  g_autofree char *folder = g_get_current_dir();
  g_autofree char *whole = g_canonicalize_filename(path, folder);
  gsize n = strlen(folder);
  const char *shown = path;
  char *display;

  if (g_path_is_absolute(path) && n > 1 && strncmp(whole, folder, n) == 0) {
    if (whole[n] == '/')
      shown = whole + n + 1;
    else if (whole[n] == '\0')
      shown = ".";
  }
  display = g_filename_display_name(shown);
  for (char *c = display; *c != '\0'; c++) {
    if (g_ascii_iscntrl(*c)) /* a name must not steer the terminal that shows it */
      *c = '?';
  }
  return display;
}

static void
set_open_error(GError **error, const char *path, int number)
{
  g_autofree char *shown = ms_path_display(path);
  g_autofree char *target = number == ENOENT ? g_file_read_link(path, NULL) : NULL;

  if (target != NULL) {
    g_autofree char *shown_target = ms_path_display(target);
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN, "%s: a link to %s, which does not exist",
                shown, shown_target);
    return;
  }
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN, "%s: %s", shown, ms_errno_cause(number));
}

static gboolean
check_readable(const char *path, const struct stat *info, guint64 max_bytes, GError **error)
{
  g_autofree char *shown = NULL;

  if (S_ISREG(info->st_mode) && info->st_size > 0 && (guint64)info->st_size <= max_bytes)
    return TRUE;
  shown = ms_path_display(path);
  if (S_ISDIR(info->st_mode))
    set_open_error(error, path, EISDIR);
  else if (!S_ISREG(info->st_mode))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN, "%s: not a regular file", shown);
  else if (info->st_size == 0)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: empty (0 bytes)", shown);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: %" G_GUINT64_FORMAT " bytes; files up to %" G_GUINT64_FORMAT " bytes are read",
                shown, (guint64)info->st_size, max_bytes);
  return FALSE;
}

/* Fills the buffer as far as the file reaches; *got is how far that was. */
static gboolean
read_fully(int fd, const char *path, guint8 *buffer, gsize size, gsize *got,
           GCancellable *cancellable, GError **error)
{
  *got = 0;
  while (*got < size) {
    gssize n;

    if (g_cancellable_set_error_if_cancelled(cancellable, error))
      return FALSE;
    n = read(fd, buffer + *got, MIN(size - *got, READ_AT_ONCE));
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_open_error(error, path, errno);
      return FALSE;
    }
    if (n == 0)
      break;
    *got += n;
  }
  return TRUE;
}

static gboolean
unchanged(int fd, const struct stat *before)
{
  struct stat after;

  return fstat(fd, &after) == 0 && after.st_size == before->st_size &&
         after.st_mtim.tv_sec == before->st_mtim.tv_sec &&
         after.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}

static GBytes *
read_open_file(int fd, const char *path, guint64 max_bytes, MsScratch *scratch,
               GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *own = NULL;
  guint8 *buffer;
  struct stat info;
  gsize got;

  if (fstat(fd, &info) != 0) {
    set_open_error(error, path, errno);
    return NULL;
  }
  if (!check_readable(path, &info, max_bytes, error))
    return NULL;
  if (scratch)
    buffer = ms_scratch_take(scratch, MS_SCRATCH_FILE, (gsize)info.st_size);
  else
    buffer = own = g_try_malloc((gsize)info.st_size);
  if (buffer == NULL) {
    g_autofree char *shown = ms_path_display(path);
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: not enough memory for its %" G_GUINT64_FORMAT " bytes", shown,
                (guint64)info.st_size);
    return NULL;
  }
  if (!read_fully(fd, path, buffer, (gsize)info.st_size, &got, cancellable, error))
    return NULL;
  if (got != (gsize)info.st_size || !unchanged(fd, &info)) {
    g_autofree char *shown = ms_path_display(path);
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: changed while it was read", shown);
    return NULL;
  }
  return scratch ? g_bytes_new_static(buffer, got) : g_bytes_new_take(g_steal_pointer(&own), got);
}

GBytes *
ms_file_read_using(const char *path, guint64 max_bytes, MsScratch *scratch,
                   GCancellable *cancellable, GError **error)
{
  GBytes *bytes;
  int fd;

  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  fd = g_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* opening a FIFO must not block */
  if (fd < 0) {
    set_open_error(error, path, errno);
    return NULL;
  }
  bytes = read_open_file(fd, path, MIN(max_bytes, MS_FILE_MAX_BYTES), scratch, cancellable, error);
  close(fd);
  return bytes;
}

GBytes *
ms_file_read(const char *path, guint64 max_bytes, GCancellable *cancellable, GError **error)
{
  return ms_file_read_using(path, max_bytes, NULL, cancellable, error);
}
