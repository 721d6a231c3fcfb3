/* SPDX-License-Identifier: MIT */
#include "app/palette-style.h"

#include "app/compat.h"
#include "render/tone.h"

static const struct {
  MsKind kind;
  const char *class;
} swatches[] = {
    {MS_KIND_TP, "tp"},           {MS_KIND_FP, "fp"},
    {MS_KIND_FN, "fn"},           {MS_KIND_CONFUSED, "confused"},
    {MS_KIND_IGNORED, "ignored"},
};

/* The sign on the pure colour; ground and edge mixed with the window's own colours, so that they
 * stand out on light and dark alike. */
static void
append_chip_rules(GString *css, const char *scope, const char *class, MsColor color,
                  const char *text)
{
  const char *sign = ms_color_sign_on(color).red ? "white" : "black";
  const char *ground = g_str_equal(class, "fn") ? "0" : "0.2";

  g_string_append_printf(css,
                         "%slabelchip.%s { background-color: alpha(%s, %s);"
                         " border-color: mix(%s, @theme_fg_color, 0.25); }\n"
                         "%slabelchip.%s .sign { background-color: %s; color: %s; }\n",
                         scope, class, text, ground, text, scope, class, text, sign);
}

static void
append_rules(GString *css, MsPalette palette, const char *scope)
{
  for (guint i = 0; i < G_N_ELEMENTS(swatches); i++) {
    MsColor color = ms_palette_kind_color(palette, swatches[i].kind);
    g_autofree char *text = g_strdup_printf("#%02x%02x%02x", color.red, color.green, color.blue);

    g_string_append_printf(css, "%s.%s .swatch { background-color: %s; border-color: %s; }\n",
                           scope, swatches[i].class, text, text);
    append_chip_rules(css, scope, swatches[i].class, color, text);
  }
}

void
ms_palette_style_add(GdkDisplay *display)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new();
  GString *css = g_string_new(NULL);

  append_rules(css, MS_PALETTE_SAFE, "");
  append_rules(css, MS_PALETTE_CLASSIC, "window.classic ");
  ms_compat_load_style(provider, css->str);
  gtk_style_context_add_provider_for_display(display, GTK_STYLE_PROVIDER(provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_string_free(css, TRUE);
}
