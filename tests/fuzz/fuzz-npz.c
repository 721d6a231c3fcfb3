/* SPDX-License-Identifier: MIT
 *
 * NumPy's archives: the first arrays, and the list of a file, which libzip must open by its path.
 */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "io/npz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *path; /* of a file that holds the input */

static void
remove_file(void)
{
  g_unlink(path);
  g_free(path);
}

static GStrv
list(const uint8_t *data, size_t size)
{
  int fd;

  if (!path) {
    fd = g_file_open_tmp("maskscope-fuzz-XXXXXX", &path, NULL);
    g_assert(fd >= 0);
    close(fd);
    atexit(remove_file);
  }
  fd = g_open(path, O_WRONLY | O_TRUNC, 0600);
  g_assert(fd >= 0 && write(fd, data, size) == (gssize)size);
  close(fd);
  return ms_npz_list(path, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_auto(GStrv) names = list(data, size);

  for (guint i = 0; i < 3; i++) {
    g_autoptr(GBytes) array = ms_npz_extract(bytes, i, 1 << 20, "input", NULL, NULL);

    g_assert(!array || g_bytes_get_size(array) <= 1 << 20);
    g_assert(!array || !names || i < g_strv_length(names));
  }
  return 0;
}
