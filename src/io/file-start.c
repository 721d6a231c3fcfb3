/* SPDX-License-Identifier: MIT
 *
 * Whatever goes wrong here goes wrong for ms_file_read() too, which has the words for it.
 */
#include "io/file-start.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "io/error.h"
#include "io/file.h"

/* -1: it is none. */
static int
try_to_open(const char *path)
{
  int fd = g_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* a FIFO must not block */
  struct stat info;

  if (fd < 0 || (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)))
    return fd;
  close(fd);
  return -1;
}

/* -1: it could not be read. */
static gssize
read_open_file(int fd, guint8 *buffer, gsize size)
{
  gsize got = 0;

  while (got < size) {
    gssize n = read(fd, buffer + got, size - got);

    if (n < 0 && errno != EINTR)
      return -1;
    if (n == 0)
      break;
    got += (gsize)MAX(n, 0);
  }
  return (gssize)got;
}

/* NULL: it could not be read, or is empty. */
static GBytes *
try_to_read(const char *path, gsize max_bytes)
{
  g_autofree guint8 *buffer = g_malloc(max_bytes);
  int fd = try_to_open(path);
  gssize size;

  if (fd < 0)
    return NULL;
  size = read_open_file(fd, buffer, max_bytes);
  close(fd);
  return size > 0 ? g_bytes_new(buffer, (gsize)size) : NULL;
}

GBytes *
ms_file_read_start(const char *path, gsize max_bytes, GError **error)
{
  GBytes *start = try_to_read(path, max_bytes);
  g_autoptr(GBytes) whole = start ? NULL : ms_file_read(path, MS_FILE_MAX_BYTES, NULL, error);

  if (whole)
    start = g_bytes_new_from_bytes(whole, 0, MIN(max_bytes, g_bytes_get_size(whole)));
  return start;
}

int
ms_file_open_regular(const char *path, GError **error)
{
  int fd = try_to_open(path);
  g_autoptr(GBytes) whole = fd < 0 ? ms_file_read(path, MS_FILE_MAX_BYTES, NULL, error) : NULL;
  g_autofree char *name = NULL;

  if (whole) { /* nobody could open it a moment ago */
    name = ms_path_display(path);
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN, "%s: cannot be opened", name);
  }
  return fd;
}
