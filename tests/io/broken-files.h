/* SPDX-License-Identifier: MIT
 *
 * The broken files of tests/crashers/KIND: each must be in a test's list, and end as it says.
 */
#pragma once

#include <string.h>

#include <glib.h>

#include "io/error.h"

typedef struct {
  const char *name;
  MsIoError code;
  const char *part; /* of the message */
} TestBroken;

/* Reads the file, whose path and bytes are given; TRUE: it was taken for sound. */
typedef gboolean (*TestBrokenRead)(const char *path, GBytes *bytes, GError **error);

static inline guint
test_broken_count(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name(dir))
    n++;
  return n;
}

static inline void
test_broken_files(const char *kind, const TestBroken *list, guint n, TestBrokenRead read)
{
  g_autofree char *folder = g_test_build_filename(G_TEST_DIST, "crashers", kind, NULL);

  g_assert_cmpuint(test_broken_count(folder), ==, n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_build_filename(folder, list[i].name, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    char *data = NULL;
    gsize size;

    g_file_get_contents(path, &data, &size, &error);
    g_assert_no_error(error);
    bytes = g_bytes_new_take(data, size);
    if (read(path, bytes, &error))
      g_error("%s was taken for sound", list[i].name);
    g_assert_error(error, MS_IO_ERROR, (int)list[i].code);
    if (!strstr(error->message, list[i].part))
      g_error("%s: \"%s\" does not say \"%s\"", list[i].name, error->message, list[i].part);
  }
}
