/* SPDX-License-Identifier: MIT */
#include "app/texture.h"

/* RGB24 leaves its fourth byte open, where textures have alpha. */
static void
make_opaque(cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width(surface);

  cairo_surface_flush(surface);
  for (int y = 0; y < cairo_image_surface_get_height(surface); y++) {
    guint32 *row = (guint32 *)(cairo_image_surface_get_data(surface) +
                               (gsize)y * cairo_image_surface_get_stride(surface));

    for (int x = 0; x < width; x++)
      row[x] |= 0xff000000u;
  }
  cairo_surface_mark_dirty(surface);
}

GdkTexture *
ms_texture_wrap(cairo_surface_t *surface)
{
  gsize stride = cairo_image_surface_get_stride(surface);
  int width = cairo_image_surface_get_width(surface);
  int height = cairo_image_surface_get_height(surface);
  g_autoptr(GBytes) bytes =
      g_bytes_new_with_free_func(cairo_image_surface_get_data(surface), stride * height,
                                 (GDestroyNotify)cairo_surface_destroy, surface);

  return gdk_memory_texture_new(width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

GdkTexture *
ms_texture_new(cairo_surface_t *surface)
{
  if (cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24)
    make_opaque(surface);
  return ms_texture_wrap(surface);
}
