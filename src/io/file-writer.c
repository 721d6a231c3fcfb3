/* SPDX-License-Identifier: MIT
 *
 * Writing goes through a temporary name beside the target, or straight where there is nothing to
 * replace. Causes are told in words of our own, the same in every locale.
 */
#include "io/file-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "io/error.h"
#include "io/file.h"

#define MAX_LINKS 40 /* the kernel's own limit */

struct MsFileWriter {
  char *path;      /* as it was named, for messages */
  char *target;    /* a link stays a link, what it names is replaced or made */
  char *temporary; /* NULL: written straight */
  gboolean replaces;
  gboolean unread; /* a pipe whose reader is gone */
  int fd;          /* -1 once closed */
};

static void
set_write_error(GError **error, const MsFileWriter *writer, int number)
{
  g_autofree char *shown = ms_path_display(writer->path);
  g_autofree char *folder = g_path_get_dirname(writer->target);
  g_autofree char *shown_folder = ms_path_display(folder);

  if (number == ENOENT && g_file_test(folder, G_FILE_TEST_IS_DIR))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE,
                "%s: could not be written: no file can be made in %s", shown, shown_folder);
  else if (number == ENOENT)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE,
                "%s: could not be written: the folder %s does not exist", shown, shown_folder);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s: could not be written: %s", shown,
                ms_errno_cause(number));
}

/* What the link names, from the folder that the link is in; NULL: is no link. */
static char *
follow(const char *link)
{
  g_autofree char *named = g_file_read_link(link, NULL);
  g_autofree char *folder = g_path_get_dirname(link);

  if (named && !g_path_is_absolute(named) && !g_str_equal(folder, "."))
    return g_build_filename(folder, named, NULL);
  return g_steal_pointer(&named);
}

/* A link may name a file that is yet to be made. */
static char *
resolve(const char *path)
{
  char *resolved = realpath(path, NULL);
  char *target = g_strdup(resolved ? resolved : path);

  for (int i = 0; !resolved && i < MAX_LINKS && !g_file_test(target, G_FILE_TEST_EXISTS); i++) {
    char *named = follow(target);

    if (!named)
      break;
    g_free(target);
    target = named;
  }
  free(resolved);
  return target;
}

static int
open_beside(MsFileWriter *writer)
{
  g_autofree char *folder = g_path_get_dirname(writer->target);
  g_autofree char *temporary = g_build_filename(folder, ".maskscope-XXXXXX", NULL);

  writer->fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (writer->fd < 0)
    return errno;
  writer->temporary = g_steal_pointer(&temporary);
  return 0;
}

static int
open_straight(MsFileWriter *writer)
{
  writer->fd = g_open(writer->target, O_WRONLY | O_CLOEXEC, 0);
  return writer->fd < 0 ? errno : 0;
}

static MsFileWriter *
writer_new(const char *path)
{
  MsFileWriter *writer = g_new0(MsFileWriter, 1);

  writer->path = g_strdup(path);
  writer->target = resolve(path);
  writer->fd = -1;
  return writer;
}

/* What is there keeps its name when it is neither file nor folder, a device or a pipe. */
static int
look_at_target(MsFileWriter *writer, gboolean *straight)
{
  struct stat info;

  *straight = FALSE;
  writer->replaces = stat(writer->target, &info) == 0;
  if (!writer->replaces)
    return errno == ENOENT ? 0 : errno;
  if (S_ISDIR(info.st_mode))
    return EISDIR;
  *straight = !S_ISREG(info.st_mode);
  return 0;
}

MsFileWriter *
ms_file_writer_open(const char *path, GError **error)
{
  g_autoptr(MsFileWriter) writer = writer_new(path);
  gboolean straight;
  int number = look_at_target(writer, &straight);

  if (number == 0)
    number = straight ? open_straight(writer) : open_beside(writer);
  if (number == 0)
    return g_steal_pointer(&writer);
  set_write_error(error, writer, number);
  return NULL;
}

/* A pipe that is opened and closed again would tell its reader that this was all. */
gboolean
ms_file_writer_check(const char *path, GError **error)
{
  g_autoptr(MsFileWriter) writer = writer_new(path);
  gboolean straight;
  int number = look_at_target(writer, &straight);

  if (number == 0 && straight)
    number = access(writer->target, W_OK) == 0 ? 0 : errno;
  else if (number == 0)
    number = open_beside(writer);
  if (number == 0)
    return TRUE;
  set_write_error(error, writer, number);
  return FALSE;
}

MsFileWriter *
ms_file_writer_open_standard(GError **error)
{
  g_autoptr(MsFileWriter) writer = g_new0(MsFileWriter, 1);

  writer->path = g_strdup("standard output");
  writer->target = g_strdup(writer->path);
  writer->fd = -1;
  /* What stands in for a closed one can be read alone. */
  if ((fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE) != O_RDONLY)
    writer->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  else
    errno = EBADF;
  if (writer->fd >= 0)
    return g_steal_pointer(&writer);
  set_write_error(error, writer, errno);
  return NULL;
}

gboolean
ms_file_writer_write(MsFileWriter *writer, const void *data, gsize size, GError **error)
{
  const guint8 *bytes = data;

  for (gsize done = 0; done < size && !writer->unread;) {
    gssize n = write(writer->fd, bytes + done, size - done);

    writer->unread = n < 0 && errno == EPIPE;
    if (n == 0 || (n < 0 && errno != EINTR && errno != EPIPE)) {
      set_write_error(error, writer, n == 0 ? EIO : errno);
      return FALSE;
    }
    done += MAX(n, 0);
  }
  return TRUE;
}

static int
close_file(MsFileWriter *writer)
{
  int fd = writer->fd;

  writer->fd = -1;
  return fd >= 0 && close(fd) != 0 ? errno : 0;
}

/* Only an old file can be lost in a crash of the machine; without one, waiting buys nothing. */
static int
make_safe(const MsFileWriter *writer)
{
  return writer->temporary && writer->replaces && fsync(writer->fd) != 0 ? errno : 0;
}

gboolean
ms_file_writer_commit(MsFileWriter *writer, GError **error)
{
  int number = make_safe(writer);
  int closed = close_file(writer);

  if (number == 0)
    number = closed;
  if (number == 0 && writer->temporary && g_rename(writer->temporary, writer->target) != 0)
    number = errno;
  if (number != 0) {
    set_write_error(error, writer, number);
    return FALSE;
  }
  g_clear_pointer(&writer->temporary, g_free);
  return TRUE;
}

void
ms_file_writer_free(MsFileWriter *writer)
{
  if (!writer)
    return;
  close_file(writer);
  if (writer->temporary)
    g_unlink(writer->temporary);
  g_free(writer->temporary);
  g_free(writer->target);
  g_free(writer->path);
  g_free(writer);
}

gboolean
ms_file_write(const char *path, const void *data, gsize size, GError **error)
{
  g_autoptr(MsFileWriter) writer = ms_file_writer_open(path, error);

  return writer && ms_file_writer_write(writer, data, size, error) &&
         ms_file_writer_commit(writer, error);
}

/* What stands on the way to the folder: itself, or the nearest above it that is there. */
static char *
find_existing(const char *path)
{
  char *folder = g_strdup(path);

  while (!g_file_test(folder, G_FILE_TEST_EXISTS)) {
    char *above = g_path_get_dirname(folder);

    g_free(folder);
    folder = above;
  }
  return folder;
}

static void
set_folder_error(GError **error, const char *path, int number)
{
  g_autofree char *shown = ms_path_display(path);

  if (g_file_test(path, G_FILE_TEST_IS_DIR))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s: nothing can be written there: %s",
                shown, ms_errno_cause(number));
  else if (g_file_test(path, G_FILE_TEST_EXISTS))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s: is a file, not a folder", shown);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "%s: the folder could not be made: %s",
                shown, ms_errno_cause(number));
}

gboolean
ms_folder_make(const char *path, GError **error)
{
  if (g_mkdir_with_parents(path, 0777) == 0)
    return TRUE;
  set_folder_error(error, path, errno);
  return FALSE;
}

gboolean
ms_folder_check(const char *path, GError **error)
{
  g_autofree char *folder = find_existing(path);
  g_autofree char *trial = g_build_filename(folder, ".maskscope-XXXXXX", NULL);

  if (g_mkdtemp(trial)) {
    g_rmdir(trial);
    return TRUE;
  }
  set_folder_error(error, path, errno);
  return FALSE;
}
