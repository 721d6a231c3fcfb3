/* SPDX-License-Identifier: MIT
 *
 * Values are checked to the end: "0,5" and "0.5x" are no opacity.
 */
#include "cli/picture-options.h"

#include "cli/fraction.h"
#include "set/options.h"

static gboolean
apply_palette(const char *name, MsOverlayStyle *style, GError **error)
{
  if (g_str_equal(name, "safe"))
    style->palette = MS_PALETTE_SAFE;
  else if (g_str_equal(name, "classic"))
    style->palette = MS_PALETTE_CLASSIC;
  else {
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--palette takes safe or classic, not '%s'", name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
apply_paint(const char *name, MsPaint *paint, GError **error)
{
  if (ms_paint_from_name(name, paint))
    return TRUE;
  g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
              "--paint takes errors, actual or predicted, not '%s'", name);
  return FALSE;
}

static unsigned
kind_from_name(const char *name)
{
  static const struct {
    const char *name;
    MsKind kind;
  } kinds[] = {
      {"tp", MS_KIND_TP},           {"fp", MS_KIND_FP},
      {"fn", MS_KIND_FN},           {"confused", MS_KIND_CONFUSED},
      {"ignored", MS_KIND_IGNORED},
  };

  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
    if (g_ascii_strcasecmp(name, kinds[i].name) == 0)
      return kinds[i].kind;
  return 0;
}

static gboolean
apply_show(const char *list, MsOverlayStyle *style, GError **error)
{
  g_auto(GStrv) names = g_strsplit(list, ",", -1);

  style->shown = 0;
  for (guint i = 0; names[i]; i++) {
    unsigned kind = kind_from_name(g_strstrip(names[i]));

    if (kind == 0) {
      g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                  "--show takes tp, fp, fn, confused and ignored, separated by commas, not '%s'",
                  names[i]);
      return FALSE;
    }
    style->shown |= kind;
  }
  return TRUE;
}

gboolean
ms_picture_options_apply(const MsPictureOptions *options, MsExportOptions *export, GError **error)
{
  export->annotate = !options->plain;
  if (options->paint && !apply_paint(options->paint, &export->paint, error))
    return FALSE;
  if (options->opacity && !ms_fraction_parse(options->opacity, &export->opacity)) {
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--opacity takes a number from 0 to 1, not '%s'", options->opacity);
    return FALSE;
  }
  if (options->palette && !apply_palette(options->palette, &export->style, error))
    return FALSE;
  return !options->show || apply_show(options->show, &export->style, error);
}

void
ms_picture_options_clear(MsPictureOptions *options)
{
  g_clear_pointer(&options->paint, g_free);
  g_clear_pointer(&options->opacity, g_free);
  g_clear_pointer(&options->palette, g_free);
  g_clear_pointer(&options->show, g_free);
}
