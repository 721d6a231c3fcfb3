/* SPDX-License-Identifier: MIT
 *
 * A list of first bytes, in the order in which they are tried.
 */
#include "io/magic.h"

#include <string.h>

static const struct {
  guint8 bytes[12];
  gsize n_bytes;
  const char *meaning;
} magics[] = {
    {"\x89PNG\r\n\x1a\n", 8, "PNG data"},
    {"\x89PNG", 4, "a PNG signature that was changed as if it were text"},
    {"\xff\xd8\xff", 3, "JPEG data"},
    {"GIF8", 4, "GIF data"},
    {"BM", 2, "BMP data"},
    {"II*\0", 4, "TIFF data"},
    {"MM\0*", 4, "TIFF data"},
    {"RIFF", 4, "RIFF data, as WebP has"},
    {"\x93NUMPY", 6, "a NumPy array"},
    {"PK\3\4", 4, "a ZIP archive"},
    {"\x1f\x8b", 2, "gzip data"},
    {"%PDF", 4, "a PDF document"},
    {"version http", 12, "a Git LFS pointer; fetch the file itself"},
    {"<!DOCTYPE", 9, "a web page"},
    {"<html", 5, "a web page"},
    {"<svg", 4, "an SVG drawing"},
    {"<?xml", 5, "XML text"},
    {"\0\0\0\0", 4, "zero bytes"},
};

char *
ms_magic_describe(GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);
  GString *digits;

  for (gsize i = 0; i < G_N_ELEMENTS(magics); i++)
    if (size >= magics[i].n_bytes && memcmp(data, magics[i].bytes, magics[i].n_bytes) == 0)
      return g_strdup(magics[i].meaning);

  digits = g_string_new(size == 1 ? "the byte" : "the bytes");
  for (gsize i = 0; i < MIN(size, 4); i++)
    g_string_append_printf(digits, " %02x", data[i]);
  return g_string_free(digits, FALSE);
}
