/* SPDX-License-Identifier: MIT */
#include "app/renderer.h"

#include <epoxy/gl.h>
#include <string.h>

/* Mesa's and others' names for renderers without a card. */
static gboolean
is_software(const char *renderer)
{
  static const char *const names[] = {"llvmpipe", "softpipe", "swrast", "Software"};

  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (strstr(renderer, names[i]))
      return TRUE;
  return FALSE;
}

/* FALSE too where there is no OpenGL: then GTK takes Cairo by itself. */
static gboolean
has_software_gl(GdkDisplay *display)
{
  g_autoptr(GdkGLContext) context = gdk_display_create_gl_context(display, NULL);
  const char *renderer;
  gboolean software;

  if (!context || !gdk_gl_context_realize(context, NULL))
    return FALSE;
  gdk_gl_context_make_current(context);
  renderer = (const char *)glGetString(GL_RENDERER);
  software = renderer && is_software(renderer);
  gdk_gl_context_clear_current();
  return software;
}

void
ms_renderer_choose(GdkDisplay *display)
{
  if (!g_getenv("GSK_RENDERER") && has_software_gl(display))
    g_setenv("GSK_RENDERER", "cairo", TRUE);
}
