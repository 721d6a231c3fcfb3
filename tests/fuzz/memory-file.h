/* SPDX-License-Identifier: MIT
 *
 * A fuzzer's bytes as a file, for readers that take a path. Its name may end as they ask for.
 */
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create() */
#endif

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <glib.h>

typedef struct {
  int fd;
  char path[64];
} MemoryFile;

static inline MemoryFile
memory_file_new(const uint8_t *data, size_t size)
{
  MemoryFile file = {.fd = memfd_create("input", MFD_CLOEXEC)};

  g_assert_cmpint(file.fd, >=, 0);
  for (size_t done = 0; done < size;) {
    ssize_t n = write(file.fd, data + done, size - done);

    g_assert_cmpint(n, >, 0);
    done += (size_t)n;
  }
  g_snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
  return file;
}

static inline void
memory_file_clear(MemoryFile *file)
{
  close(file->fd);
}
