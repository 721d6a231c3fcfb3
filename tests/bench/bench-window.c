/* SPDX-License-Identifier: MIT
 *
 * What the viewer's window feels like, in the real window on a screen of 1920 x 1080 (Xvfb), worked
 * by real key and pointer events:
 *
 *   frames     pan and zoom of an image of 16,384 x 16,384 in a window as large as the screen
 *   steps      from a key press to the next example's pixels, 2048 x 2048 in 1200 x 850, beside feh
 *              stepping through the images alone; prefetched and cold
 *   hold       Right held for three seconds: frames shown, and the delay to standstill
 *   threshold  from a change of threshold to the repainted pixels, 2048 and 4096
 *   live       from a prediction that was written to its pixels and its score
 *   looks      from a key to the settled picture of each way to look at an example, 2048 x 2048
 *
 * `bench-window [PART...]` runs some of them. MASKSCOPE_BENCH_SIDE is the large image's side,
 * MASKSCOPE_BENCH_RENDERERS which of GSK's renderers draw, one after the other ("cairo gl");
 * without it the one that the viewer chooses.
 */
#include "window-parts.h"

#include "app/renderer.h"
#include "support/x-server.h"

static const struct {
  const char *name;
  void (*run)(const TestFolder *folder);
} parts[] = {
    {"frames", bench_frames},       {"steps", bench_steps}, {"hold", bench_hold},
    {"threshold", bench_threshold}, {"looks", bench_looks}, {"live", bench_live},
};

static gboolean
is_wanted(const char *part, char **wanted)
{
  return !*wanted || g_strv_contains((const char *const *)wanted, part);
}

/* Nothing of the user's: no desktop, no settings, no results. */
static void
set_environment(const char *display, const TestFolder *folder)
{
  g_autofree char *cache = test_path(folder, "cache");

  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  g_setenv("DISPLAY", display, TRUE);
  g_unsetenv("WAYLAND_DISPLAY");
  g_setenv("GDK_BACKEND", "x11", TRUE);
  g_setenv("GTK_A11Y", "none", TRUE);
  g_setenv("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv("GTK_THEME", "Default", TRUE);
  g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
}

/* GSK chooses its renderer once a process. renderer: NULL: the viewer's choice. */
static void
run_renderer(const char *program, const char *renderer, const TestFolder *folder, char **wanted)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  g_auto(GStrv) arguments = NULL;
  g_autoptr(GError) error = NULL;

  if (renderer)
    g_setenv("GSK_RENDERER", renderer, TRUE);
  else
    g_unsetenv("GSK_RENDERER");
  g_strv_builder_add_many(builder, program, "--in", folder->path, NULL);
  g_strv_builder_addv(builder, (const char **)wanted);
  arguments = g_strv_builder_end(builder);
  if (!g_spawn_sync(NULL, arguments, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                    NULL, &error))
    g_print("%s: %s\n", program, error->message);
}

static int
run_all(const char *program, char **wanted)
{
  const char *renderers = g_getenv("MASKSCOPE_BENCH_RENDERERS");
  g_auto(GStrv) names = g_strsplit(renderers ? renderers : "", " ", -1);
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *display = test_x_server_start("1920x1080x24", &error);

  if (!display) {
    g_print("skipped: Xvfb cannot be started: %s\n", error->message);
    return 0;
  }
  set_environment(display, &folder);
  if (!*names)
    run_renderer(program, NULL, &folder, wanted);
  for (guint i = 0; names[i]; i++)
    run_renderer(program, names[i], &folder, wanted);
  test_x_server_stop();
  return 0;
}

/* Where OpenGL is a program on the processor the viewer never draws with it. */
static void
choose_renderer(void)
{
  gboolean given = g_getenv("GSK_RENDERER") != NULL;

  ms_renderer_choose(gdk_display_get_default());
  if (!given && g_getenv("GSK_RENDERER"))
    g_print("OpenGL is software here, where the viewer draws with %s; "
            "MASKSCOPE_BENCH_RENDERERS=\"cairo gl\" has both\n",
            g_getenv("GSK_RENDERER"));
}

static int
run_parts(const char *folder, char **wanted)
{
  TestFolder sets = {(char *)folder};

  gtk_init();
  choose_renderer();
  g_object_set(gtk_settings_get_default(), "gtk-enable-animations", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    if (is_wanted(parts[i].name, wanted))
      parts[i].run(&sets);
  return 0;
}

int
main(int argc, char **argv)
{
  if (argc > 2 && g_str_equal(argv[1], "--in"))
    return run_parts(argv[2], argv + 3);
  return run_all(argv[0], argv + 1);
}
