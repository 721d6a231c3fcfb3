/* SPDX-License-Identifier: MIT
 *
 * What stands in the entry is text; the path is made of it when it is asked for. Where no text can
 * stand for what the row means (a name that is no UTF-8, several folders), the text it was given
 * keeps its meaning as long as the user leaves it as it is.
 */
#include "app/set-row.h"

#include "app/compat.h"
#include "app/tip.h"
#include "set/describe.h"
#include "set/text.h"

#define SEPARATOR ", " /* of folders that were recognised, as ms_preview_where() puts them */
#define NO_NAME   "Model"

struct _MsSetRow {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkWidget *head;
  GtkLabel *title;
  GtkEntry *name;
  GtkEntry *path;
  GtkMenuButton *choose;
  GtkWidget *state;
  GtkImage *sign;
  GtkLabel *words;
  GtkWidget *end;
  GtkWidget *remove;

  gboolean is_model;
  gboolean files;
  gboolean names;   /* a bare word is the name of something, not a file */
  gboolean touched; /* the path is what the user made it */
  gboolean filling; /* the text is not changed by the user */

  /* Owned */
  char *placeholder;
  char *base;
  char *recognised;   /* folders in words, which no one path says */
  char *name_problem; /* in words; NULL: none */
  char *odd_path;     /* a path that is no UTF-8, and so cannot stand in the entry */
  char *odd_shown;    /* what stands there instead of it */
};

G_DEFINE_FINAL_TYPE(MsSetRow, ms_set_row, GTK_TYPE_WIDGET)

enum { PROP_TITLE = 1, PROP_PLACEHOLDER, PROP_MODEL, PROP_FILES, PROP_NAMES, N_PROPERTIES };
enum { CHANGED, REMOVED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* --- names for screen readers --- */

static void
label_widget(gpointer widget, const char *label)
{
  gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_labels(MsSetRow *self)
{
  const char *name = gtk_editable_get_text(GTK_EDITABLE(self->name));
  const char *title = self->is_model && *name ? name : gtk_label_get_text(self->title);
  g_autofree char *path = g_strdup_printf("%s: folder, pattern or file", title);
  g_autofree char *choose = g_strdup_printf("Choose for %s", title);
  g_autofree char *remove = g_strdup_printf("Remove %s", title);

  label_widget(self->path, path);
  label_widget(self->choose, choose);
  label_widget(self->remove, remove);
  label_widget(self->name, "Name of the model");
}

/* --- paths --- */

/* Only text is looked at: this is the main thread. */
static char *
resolve(MsSetRow *self, const char *text)
{
  if (text[0] == '~' && (text[1] == '/' || text[1] == '\0'))
    return g_canonicalize_filename(text[1] ? text + 2 : ".", g_get_home_dir());
  return g_canonicalize_filename(text, self->base);
}

static const char *
relative(MsSetRow *self, const char *path)
{
  gsize length = self->base ? strlen(self->base) : 0;

  if (length > 1 && strncmp(path, self->base, length) == 0 && path[length] == '/')
    return path + length + 1;
  return path;
}

char *
ms_set_row_get_path(MsSetRow *self)
{
  g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->path)));

  g_strstrip(text);
  if (self->odd_shown && g_str_equal(text, self->odd_shown))
    return g_strdup(self->odd_path);
  if (self->names && !strpbrk(text, "/.") && *text)
    return g_steal_pointer(&text);
  return *text ? resolve(self, text) : NULL;
}

/* Several folders in one text look like what cannot be edited word by word. */
static void
update_look(MsSetRow *self)
{
  const char *text = gtk_editable_get_text(GTK_EDITABLE(self->path));
  gboolean several = self->recognised && strstr(self->recognised, SEPARATOR) &&
                     g_str_equal(text, self->recognised);

  if (several)
    gtk_widget_add_css_class(GTK_WIDGET(self->path), "recognised");
  else
    gtk_widget_remove_css_class(GTK_WIDGET(self->path), "recognised");
}

/* `meaning`: the path that the text stands for as long as it stays; only with `odd`. */
static void
fill(MsSetRow *self, const char *text, gboolean odd, const char *meaning)
{
  ms_text_set(&self->odd_path, odd ? meaning : NULL);
  ms_text_set(&self->odd_shown, odd ? text : NULL);
  self->filling = TRUE;
  gtk_editable_set_text(GTK_EDITABLE(self->path), text);
  self->filling = FALSE;
  gtk_entry_set_placeholder_text(self->path,
                                 self->recognised ? self->recognised : self->placeholder);
  update_look(self);
}

void
ms_set_row_set_path(MsSetRow *self, const char *path)
{
  g_autofree char *shown = ms_text_id(path ? relative(self, path) : "");
  gboolean odd = path && !g_utf8_validate(path, -1, NULL);

  ms_text_set(&self->recognised, NULL);
  self->touched = FALSE;
  fill(self, shown, odd, path);
}

void
ms_set_row_set_recognised(MsSetRow *self, const char *folders)
{
  ms_text_set(&self->recognised, folders);
  self->touched = FALSE;
  fill(self, folders, TRUE, NULL);
}

/* The place in the list of what was recognised that the text names now; -1: none. */
static int
find_chosen(MsSetRow *self, guint n)
{
  g_auto(GStrv) folders = g_strsplit(self->recognised ? self->recognised : "", SEPARATOR, -1);
  g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->path)));

  g_strstrip(text);
  if (g_str_has_suffix(text, "/"))
    text[strlen(text) - 1] = '\0';
  for (guint i = 0; g_strv_length(folders) == n && i < n; i++)
    if (g_str_equal(folders[i], text))
      return (int)i;
  return -1;
}

void
ms_set_row_follow(MsSetRow *self, MsSetRow *other)
{
  if (!self->recognised || self->touched)
    return;

  g_auto(GStrv) folders = g_strsplit(self->recognised, SEPARATOR, -1);
  guint n = g_strv_length(folders);
  gboolean all = g_strcmp0(self->recognised, self->base) == 0; /* of other roles too */
  int chosen = n == 1 && !all ? 0 : other ? find_chosen(other, n) : -1;

  fill(self, chosen >= 0 ? folders[chosen] : "", FALSE, NULL);
}

char *
ms_set_row_get_name(MsSetRow *self)
{
  g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->name)));

  return *g_strstrip(text) ? g_steal_pointer(&text) : NULL;
}

void
ms_set_row_set_name(MsSetRow *self, const char *name)
{
  self->filling = TRUE;
  gtk_editable_set_text(GTK_EDITABLE(self->name), name ? name : "");
  self->filling = FALSE;
  update_labels(self);
}

char *
ms_set_row_get_shown_name(MsSetRow *self)
{
  const char *usual = gtk_entry_get_placeholder_text(self->name);
  char *name = ms_set_row_get_name(self);

  return name || g_strcmp0(usual, NO_NAME) == 0 ? name : g_strdup(usual);
}

void
ms_set_row_set_usual_name(MsSetRow *self, const char *name)
{
  gtk_entry_set_placeholder_text(self->name, name ? name : NO_NAME);
}

void
ms_set_row_set_base(MsSetRow *self, const char *base)
{
  ms_text_set(&self->base, base);
}

static void
edited(GtkEditable *editable, MsSetRow *self)
{
  update_labels(self);
  update_look(self);
  if (self->filling)
    return;
  self->touched |= editable == GTK_EDITABLE(self->path);
  g_signal_emit(self, signals[CHANGED], 0);
}

/* The user's choice, by whatever way. */
static void
choose_path(MsSetRow *self, const char *path)
{
  g_autofree char *recognised = g_steal_pointer(&self->recognised);

  ms_set_row_set_path(self, path);
  self->recognised = g_steal_pointer(&recognised); /* rows beside it may follow */
  self->touched = TRUE;
  ms_set_row_focus(self);
  g_signal_emit(self, signals[CHANGED], 0);
}

void
ms_set_row_focus(MsSetRow *self)
{
  gtk_widget_grab_focus(GTK_WIDGET(self->path));
  gtk_editable_set_position(GTK_EDITABLE(self->path), -1);
}

/* --- choosing --- */

static void
choose_offered(GtkWidget *widget, const char *action, GVariant *parameter)
{
  MsSetRow *self = MS_SET_ROW(widget);
  g_autofree char *path =
      g_canonicalize_filename(g_variant_get_string(parameter, NULL), self->base);

  choose_path(self, path);
}

static void
file_chosen(GFile *file, gpointer user)
{
  g_autofree char *path = file ? g_file_get_path(file) : NULL;

  if (path && gtk_widget_get_root(user))
    choose_path(user, path);
}

static void
browse_folder(GtkWidget *widget, const char *action, GVariant *parameter)
{
  ms_compat_choose_folder(GTK_WINDOW(gtk_widget_get_root(widget)), "Choose a folder", file_chosen,
                          G_OBJECT(widget));
}

static void
browse_file(GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const patterns[] = {"*", NULL};

  ms_compat_choose_file(GTK_WINDOW(gtk_widget_get_root(widget)), "Choose a file", "All files",
                        patterns, file_chosen, G_OBJECT(widget));
}

/* An underscore in a menu's text would mark a key. */
static char *
menu_text(const MsPreviewFolder *folder)
{
  g_autofree char *shown = ms_text_id(folder->path);
  g_auto(GStrv) parts = g_strsplit(shown, "_", -1);
  g_autofree char *text = g_strjoinv("__", parts);
  g_autofree char *count = ms_describe_count(folder->n_files);

  return g_strdup_printf("%s   (%s)", text, count);
}

void
ms_set_row_set_folders(MsSetRow *self, const GPtrArray *folders)
{
  g_autoptr(GMenu) menu = g_menu_new();
  g_autoptr(GMenu) offered = g_menu_new();
  g_autoptr(GMenu) others = g_menu_new();

  for (guint i = 0; folders && !self->files && i < folders->len; i++) {
    const MsPreviewFolder *folder = g_ptr_array_index(folders, i);
    g_autofree char *text = menu_text(folder);
    g_autoptr(GMenuItem) item = g_menu_item_new(text, NULL);

    if (!g_utf8_validate(folder->path, -1, NULL))
      continue;
    g_menu_item_set_action_and_target(item, "row.choose", "s", folder->path);
    g_menu_append_item(offered, item);
  }
  g_menu_append_section(menu, NULL, G_MENU_MODEL(offered));
  if (!self->files)
    g_menu_append(others, "Another _Folder…", "row.browse-folder");
  g_menu_append(others, "A F_ile…", "row.browse-file");
  g_menu_append_section(menu, NULL, G_MENU_MODEL(others));
  gtk_menu_button_set_menu_model(self->choose, G_MENU_MODEL(menu));
}

void
ms_set_row_offer_same(MsSetRow *self, MsSetRow *other)
{
  gtk_menu_button_set_menu_model(self->choose, gtk_menu_button_get_menu_model(other->choose));
}

static gboolean
dropped(GtkDropTarget *target, const GValue *value, double x, double y, MsSetRow *self)
{
  GSList *files = g_value_get_boxed(value);
  g_autofree char *path = files ? g_file_get_path(files->data) : NULL;

  if (path)
    choose_path(self, path);
  return path != NULL;
}

/* Before the entry itself, which takes what is dropped for text. */
static void
add_drop_target(MsSetRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new(GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase(GTK_EVENT_CONTROLLER(target), GTK_PHASE_CAPTURE);
  g_signal_connect(target, "drop", G_CALLBACK(dropped), self);
  gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(target));
}

/* --- state --- */

void
ms_set_row_set_name_problem(MsSetRow *self, const char *problem)
{
  if (g_strcmp0(problem, self->name_problem) == 0)
    return;
  ms_text_set(&self->name_problem, problem);
  if (problem)
    gtk_widget_add_css_class(GTK_WIDGET(self->name), "error");
  else
    gtk_widget_remove_css_class(GTK_WIDGET(self->name), "error");
  ms_tip_set(GTK_WIDGET(self->name), problem);
  ms_set_row_show(self, NULL);
}

void
ms_set_row_show(MsSetRow *self, const MsPreviewPlace *place)
{
  const MsPreviewPlace misnamed = {MS_PREVIEW_EMPTY, self->name_problem, self->name_problem};

  if (self->name_problem)
    place = &misnamed;

  const char *words = place ? place->words : "";
  gboolean fine = !place || place->state <= MS_PREVIEW_FOUND;

  if (place && place->state != MS_PREVIEW_UNNAMED)
    gtk_image_set_from_icon_name(self->sign,
                                 fine ? "object-select-symbolic" : "dialog-warning-symbolic");
  else
    gtk_image_clear(self->sign);
  gtk_label_set_text(self->words, words);
  ms_tip_set(self->state, place && place->detail ? place->detail : NULL);
  if (fine)
    gtk_widget_remove_css_class(self->state, "problem");
  else
    gtk_widget_add_css_class(self->state, "problem");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->path), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                 words, -1);
}

void
ms_set_row_align(MsSetRow *self, GtkSizeGroup *heads, GtkSizeGroup *states, GtkSizeGroup *ends)
{
  gtk_size_group_add_widget(heads, self->head);
  gtk_size_group_add_widget(states, self->state);
  gtk_size_group_add_widget(ends, self->end);
}

static void
remove_clicked(GtkButton *button, MsSetRow *self)
{
  g_signal_emit(self, signals[REMOVED], 0);
}

/* --- object --- */

static void
ms_set_row_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MsSetRow *self = MS_SET_ROW(object);

  switch (id) {
  case PROP_TITLE:
    gtk_label_set_text(self->title, g_value_get_string(value));
    update_labels(self);
    break;
  case PROP_PLACEHOLDER:
    ms_text_set(&self->placeholder, g_value_get_string(value));
    gtk_entry_set_placeholder_text(self->path,
                                   self->recognised ? self->recognised : self->placeholder);
    break;
  case PROP_MODEL:
    self->is_model = g_value_get_boolean(value);
    gtk_widget_set_visible(GTK_WIDGET(self->title), !self->is_model);
    gtk_widget_set_visible(GTK_WIDGET(self->name), self->is_model);
    gtk_widget_set_visible(self->remove, self->is_model);
    break;
  case PROP_FILES:
    self->files = g_value_get_boolean(value);
    ms_set_row_set_folders(self, NULL);
    break;
  case PROP_NAMES:
    self->names = g_value_get_boolean(value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_set_row_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_SET_ROW);
  G_OBJECT_CLASS(ms_set_row_parent_class)->dispose(object);
}

static void
ms_set_row_finalize(GObject *object)
{
  MsSetRow *self = MS_SET_ROW(object);

  g_free(self->placeholder);
  g_free(self->base);
  g_free(self->recognised);
  g_free(self->name_problem);
  g_free(self->odd_path);
  g_free(self->odd_shown);
  G_OBJECT_CLASS(ms_set_row_parent_class)->finalize(object);
}

static void
bind_template(GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource(class, "/org/maskscope/Maskscope/ui/set-row.ui");
  gtk_widget_class_bind_template_child(class, MsSetRow, box);
  gtk_widget_class_bind_template_child(class, MsSetRow, head);
  gtk_widget_class_bind_template_child(class, MsSetRow, title);
  gtk_widget_class_bind_template_child(class, MsSetRow, name);
  gtk_widget_class_bind_template_child(class, MsSetRow, path);
  gtk_widget_class_bind_template_child(class, MsSetRow, choose);
  gtk_widget_class_bind_template_child(class, MsSetRow, state);
  gtk_widget_class_bind_template_child(class, MsSetRow, sign);
  gtk_widget_class_bind_template_child(class, MsSetRow, words);
  gtk_widget_class_bind_template_child(class, MsSetRow, end);
  gtk_widget_class_bind_template_child(class, MsSetRow, remove);
  gtk_widget_class_bind_template_callback(class, edited);
  gtk_widget_class_bind_template_callback(class, remove_clicked);
}

static void
ms_set_row_class_init(MsSetRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = ms_set_row_set_property;
  object_class->dispose = ms_set_row_dispose;
  object_class->finalize = ms_set_row_finalize;
  properties[PROP_TITLE] = g_param_spec_string("title", NULL, NULL, "", flags);
  properties[PROP_PLACEHOLDER] = g_param_spec_string("placeholder", NULL, NULL, "", flags);
  properties[PROP_MODEL] =
      g_param_spec_boolean("model", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_FILES] =
      g_param_spec_boolean("files", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT);
  properties[PROP_NAMES] = g_param_spec_boolean("names", NULL, NULL, FALSE, flags);
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new("changed", MS_TYPE_SET_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new("removed", MS_TYPE_SET_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "setrow");
  bind_template(widget_class);
  gtk_widget_class_install_action(widget_class, "row.choose", "s", choose_offered);
  gtk_widget_class_install_action(widget_class, "row.browse-folder", NULL, browse_folder);
  gtk_widget_class_install_action(widget_class, "row.browse-file", NULL, browse_file);
}

static void
ms_set_row_init(MsSetRow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  add_drop_target(self);
  update_labels(self);
}

MsSetRow *
ms_set_row_new_model(void)
{
  return g_object_new(MS_TYPE_SET_ROW, "model", TRUE, "title", "the model", "placeholder",
                      "Folder of its predicted masks", NULL);
}
