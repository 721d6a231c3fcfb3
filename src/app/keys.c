/* SPDX-License-Identifier: MIT */
#include "app/keys.h"

static const MsKeyBinding bindings[] = {
    {"Browse", "Next example", {"Right", "Page_Down"}, "win.next"},
    {"Browse", "Previous example", {"Left", "Page_Up"}, "win.previous"},
    {"Browse", "First example", {"Home"}, "win.first"},
    {"Browse", "Last example", {"End"}, "win.last"},
    {"Browse", "Next model", {"bracketright"}, "win.step-model(1)"},
    {"Browse", "Previous model", {"bracketleft"}, "win.step-model(-1)"},
    {"Browse", "Next error region", {"n", "F7"}, "win.next-region"},
    {"Browse", "Previous error region", {"<Shift>n", "<Shift>F7"}, "win.previous-region"},
    {"Browse", "Largest regions of the whole set", {"<Shift>w"}, "win.walk-set"},
    {"Browse", "Search names", {"<Control>f"}, "win.search"},
    {"Browse", "Go to a number or a name", {"<Control>g"}, "win.go-to"},
    {"Browse", "Back to the picture, as it is", {"Escape"}, "win.focus-picture"},

    {"Look", "Errors", {"e"}, "win.look::errors"},
    {"Look", "Actual mask", {"a"}, "win.look::actual"},
    {"Look", "Predicted mask", {"p"}, "win.look::predicted"},
    {"Look", "Heat of probability", {"h"}, "win.look::heat"},
    {"Look", "Side by side", {"s"}, "win.look::side-by-side"},
    {"Look", "Swipe: actual left, predicted right", {"w"}, "win.look::swipe"},
    {"Look", "Actual, then predicted in its place", {"space"}, "win.flip"},
    {"Look", "Outlines of both masks", {"o"}, "win.outlines"},
    {"Look", "Only errors", {"x"}, "win.only-errors"},
    {"Look", "Look under the overlay", {NULL}, NULL, "hold Shift"},
    {"Look", "Move", {NULL}, NULL, "drag"},
    {"Look", "Zoom at the pointer", {NULL}, NULL, "wheel, pinch"},
    {"Look", "Fit, or zoom in at the pointer", {NULL}, NULL, "double click"},
    {"Look", "Fit in the window", {"0", "<Control>0", "KP_0"}, "win.fit"},
    {"Look", "100 %", {"1", "<Control>1", "KP_1"}, "win.zoom-100"},
    {"Look", "Zoom in", {"plus", "<Control>plus", "equal", "KP_Add"}, "win.zoom-in"},
    {"Look", "Zoom out", {"minus", "<Control>minus", "KP_Subtract"}, "win.zoom-out"},
    {"Look", "Move left", {"<Control>Left"}, "win.pan::left"},
    {"Look", "Move right", {"<Control>Right"}, "win.pan::right"},
    {"Look", "Move up", {"<Control>Up"}, "win.pan::up"},
    {"Look", "Move down", {"<Control>Down"}, "win.pan::down"},
    {"Look", "Overview on and off", {"i"}, "win.minimap"},
    {"Look", "Values in the pixels", {NULL}, NULL, "zoom to 4000 %"},
    {"Look", "Count inside a rectangle", {NULL}, NULL, "Ctrl + drag"},
    {"Look", "Count inside the middle", {"r"}, "win.mark-rectangle"},
    {"Look", "Move the rectangle left", {"<Control><Shift>Left"}, "win.move-rectangle::left"},
    {"Look", "Move the rectangle right", {"<Control><Shift>Right"}, "win.move-rectangle::right"},
    {"Look", "Move the rectangle up", {"<Control><Shift>Up"}, "win.move-rectangle::up"},
    {"Look", "Move the rectangle down", {"<Control><Shift>Down"}, "win.move-rectangle::down"},
    {"Look", "Remove the rectangle", {NULL}, NULL, "Escape   or   Ctrl + click"},
    {"Look", "More tolerance", {"t"}, "win.step-tolerance(1)"},
    {"Look", "Less tolerance", {"<Shift>t"}, "win.step-tolerance(-1)"},
    {"Look", "Panels on and off", {"F9"}, "win.toggle-panels"},
    {"Look", "Full screen", {"F11"}, "win.fullscreen"},

    {"Classes", "This class alone, in the list of classes", {NULL}, NULL, "Enter   or   S"},
    {"Classes", "Hide this class, in the list of classes", {NULL}, NULL, "H"},

    {"Files", "Open a folder", {"<Control>o"}, "win.open-folder"},
    {"Files", "Open a set file or table", {"<Control><Shift>o"}, "win.open-file"},
    {"Files", "Choose folders", {"<Control><Shift>f"}, "win.set-up"},
    {"Files", "Read the set again", {"F5"}, "win.reload"},
    {"Files", "Check the set", {"c"}, "win.check"},
    {"Files", "Export this picture", {"<Control>e"}, "win.export"},
    {"Files", "Copy this picture", {"<Control>c"}, "win.copy"},
    {"Files", "Copy the example's path", {"<Control><Shift>c"}, "win.copy-path"},

    {"Program", "This list", {"question", "<Control>question"}, "win.keys"},
    {"Program", "Close the window", {"<Control>w"}, "window.close"},
    {"Program", "Quit", {"<Control>q"}, "app.quit"},
};

const MsKeyBinding *
ms_keys_get_bindings(guint *n_bindings)
{
  *n_bindings = G_N_ELEMENTS(bindings);
  return bindings;
}

/* Arrow keys and the like are no signs: with Shift they are another key. */
static gboolean
is_sign(guint keyval)
{
  return gdk_keyval_to_unicode(keyval) > ' ';
}

/* A shifted sign such as "?" or "+" carries its Shift in the sign itself. */
static gboolean
accelerator_matches(const char *accelerator, guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers;
  guint key;

  if (!gtk_accelerator_parse(accelerator, &key, &modifiers))
    return FALSE;
  if (is_sign(keyval) && gdk_keyval_to_lower(keyval) == gdk_keyval_to_upper(keyval))
    state &= ~GDK_SHIFT_MASK | (modifiers & GDK_SHIFT_MASK);
  return gdk_keyval_to_lower(keyval) == gdk_keyval_to_lower(key) && state == modifiers;
}

const char *
ms_keys_lookup(guint keyval, GdkModifierType state)
{
  state &= gtk_accelerator_get_default_mod_mask();
  for (guint i = 0; i < G_N_ELEMENTS(bindings); i++)
    for (guint k = 0; k < G_N_ELEMENTS(bindings[i].keys) && bindings[i].keys[k]; k++)
      if (accelerator_matches(bindings[i].keys[k], keyval, state))
        return bindings[i].action;
  return NULL;
}

/* --- the window --- */

static char *
describe_keys(const MsKeyBinding *binding)
{
  GString *text = g_string_new(binding->shown);

  for (guint k = 0; k < G_N_ELEMENTS(binding->keys) && binding->keys[k] && k < 2; k++) {
    GdkModifierType modifiers;
    guint key;
    g_autofree char *label = NULL;

    gtk_accelerator_parse(binding->keys[k], &key, &modifiers);
    label = gtk_accelerator_get_label(key, modifiers);
    g_string_append_printf(text, "%s%s", k > 0 ? "   or   " : "", label);
  }
  return g_string_free(text, FALSE);
}

static GtkWidget *
label_new(const char *text, float xalign, const char *class)
{
  GtkWidget *label = gtk_label_new(text);

  gtk_label_set_xalign(GTK_LABEL(label), xalign);
  if (class)
    gtk_widget_add_css_class(label, class);
  return label;
}

static gboolean
close_on_escape(GtkWidget *window, GVariant *arguments, gpointer user)
{
  gtk_window_close(GTK_WINDOW(window));
  return TRUE;
}

static GtkWidget *
build_grid(void)
{
  GtkGrid *grid = GTK_GRID(gtk_grid_new());
  const char *section = NULL;
  int row = 0;

  gtk_grid_set_column_spacing(grid, 32);
  gtk_grid_set_row_spacing(grid, 6);
  gtk_widget_add_css_class(GTK_WIDGET(grid), "keys");
  for (guint i = 0; i < G_N_ELEMENTS(bindings); i++) {
    g_autofree char *keys = describe_keys(&bindings[i]);

    if (g_strcmp0(section, bindings[i].section) != 0) {
      section = bindings[i].section;
      gtk_grid_attach(grid, label_new(section, 0, "heading"), 0, row++, 2, 1);
    }
    gtk_grid_attach(grid, label_new(bindings[i].label, 0, NULL), 0, row, 1, 1);
    gtk_grid_attach(grid, label_new(keys, 0, "key"), 1, row++, 1, 1);
  }
  return GTK_WIDGET(grid);
}

GtkWidget *
ms_keys_window_new(GtkWindow *parent)
{
  GtkWidget *window = gtk_window_new();
  GtkWidget *scroller = gtk_scrolled_window_new();
  GtkEventController *shortcuts = gtk_shortcut_controller_new();

  gtk_window_set_title(GTK_WINDOW(window), "Keys");
  gtk_window_set_titlebar(GTK_WINDOW(window), gtk_header_bar_new());
  gtk_window_set_transient_for(GTK_WINDOW(window), parent);
  gtk_window_set_destroy_with_parent(GTK_WINDOW(window), TRUE);
  gtk_window_set_modal(GTK_WINDOW(window), TRUE);
  gtk_window_set_default_size(GTK_WINDOW(window), 460, 640);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), build_grid());
  gtk_window_set_child(GTK_WINDOW(window), scroller);
  gtk_shortcut_controller_add_shortcut(
      GTK_SHORTCUT_CONTROLLER(shortcuts),
      gtk_shortcut_new(gtk_keyval_trigger_new(GDK_KEY_Escape, 0),
                       gtk_callback_action_new(close_on_escape, NULL, NULL)));
  gtk_widget_add_controller(window, shortcuts);
  return window;
}
