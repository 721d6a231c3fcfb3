/* SPDX-License-Identifier: MIT
 *
 * Values are written as on the command line, whose words a .maskset file shares: so the arguments
 * that the options make are sorted into its keys.
 */
#include "set/maskset-write.h"

#include "io/error.h"
#include "io/file.h"
#include "set/inventory.h"

#define SET_GROUP    "Set"
#define MODEL_GROUP  "Models"
#define CLASS_GROUP  "Classes"
#define ADJUST_GROUP "Adjust"

typedef struct {
  GKeyFile *file;
  char *folder; /* of the file, absolute; NULL: not known */
  const MsOptions *options;
} Writer;

static const struct {
  const char *argument;
  const char *key;
} rule_keys[] = {
    {"--background=", "Background"}, {"--ignore=", "Ignore"},
    {"--positive=", "Positive"},     {"--threshold=", "Threshold"},
    {"--instances=", "Instances"},   {"--advise=", "Advise"},
    {"--empty=", "Empty"},           {"--size-mismatch=", "SizeMismatch"},
    {"--slice-axis=", "SliceAxis"},
};

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
fail(GError **error, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, message);
  return FALSE;
}

/* --- paths ---------------------------------------------------------------------------------- */

/* What follows the folder in a path inside of it; NULL: it is not. */
static const char *
path_inside(const char *path, const char *folder)
{
  gsize length = strlen(folder);
  if (strncmp(path, folder, length) != 0)
    return NULL;
  if (length > 0 && folder[length - 1] == '/')
    return path + length;
  return path[length] == '/' ? path + length + 1 : NULL;
}

/* As the file says it. Caller frees. */
static char *
relative_path(const Writer *self, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename(path, NULL);
  if (!self->folder)
    return g_steal_pointer(&absolute);
  g_autofree char *parent = g_path_get_dirname(self->folder);
  const char *inside = path_inside(absolute, self->folder);
  if (g_str_equal(absolute, self->folder))
    return g_strdup(".");
  if (inside)
    return g_strconcat(g_ascii_isspace(*inside) ? "./" : "", inside, NULL);
  inside = g_str_equal(parent, "/") ? NULL : path_inside(absolute, parent);
  return inside ? g_strconcat("../", inside, NULL) : g_steal_pointer(&absolute);
}

static gboolean
write_path(const Writer *self, const char *group, const char *key, const char *path, GError **error)
{
  g_autofree char *shown = ms_path_display(path);
  gsize length = strlen(path);
  if (!g_utf8_validate(path, -1, NULL))
    return fail(error, "%s: a .maskset file cannot hold a name that is no UTF-8: rename it", shown);
  if (length > 0 && g_ascii_isspace(path[length - 1]))
    return fail(error, "%s: a .maskset file cannot hold a name that ends with a blank: rename it",
                shown);
  g_autofree char *relative = relative_path(self, path);
  g_key_file_set_string(self->file, group, key, relative);
  return TRUE;
}

/* A class table may be known by its name; a file goes before a name. */
static gboolean
write_classes_key(const Writer *self, GError **error)
{
  const char *classes = self->options->classes;
  gboolean file = !classes || strchr(classes, '/') || g_file_test(classes, G_FILE_TEST_EXISTS);
  g_autoptr(MsClassTable) known = file ? NULL : ms_class_table_by_name(classes);
  if (known)
    g_key_file_set_string(self->file, SET_GROUP, "Classes", classes);
  return known || !classes || write_path(self, SET_GROUP, "Classes", classes, error);
}

static gboolean
write_paths(const Writer *self, GError **error)
{
  const struct {
    const char *key;
    const char *path;
  } paths[] = {
      {"Folder", self->options->folder}, {"Images", self->options->images},
      {"Actual", self->options->actual}, {"Manifest", self->options->manifest},
      {"Splits", self->options->splits},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
    if (paths[i].path && !write_path(self, SET_GROUP, paths[i].key, paths[i].path, error))
      return FALSE;
  return write_classes_key(self, error);
}

/* --- models --------------------------------------------------------------------------------- */

/* A key file gives these a meaning of their own. */
gboolean
ms_maskset_can_name(const char *name)
{
  gsize length = strlen(name);
  return length > 0 && g_utf8_validate(name, -1, NULL) && !strpbrk(name, "=[]\r\n") &&
         *name != '#' && !g_ascii_isspace(*name) && !g_ascii_isspace(name[length - 1]);
}

static gboolean
check_name(const char *name, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid(name, -1);
  return ms_maskset_can_name(name) ||
         fail(error,
              "The model's name \"%s\" cannot stand in a .maskset file: give it one without =, [, "
              "] and # at its start",
              shown);
}

/* The models as they would be called when the set is opened. */
static MsInventory *
name_models(const MsOptions *options)
{
  MsInventory *inventory = ms_inventory_new();
  for (guint i = 0; i < options->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(options->predicted, i);
    ms_inventory_add_model(inventory, model->name, model->path);
  }
  ms_inventory_name_models(inventory);
  return inventory;
}

static gboolean
write_models(const Writer *self, GError **error)
{
  g_autoptr(MsInventory) named = name_models(self->options);
  for (guint i = 0; i < named->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(named->models, i);
    g_autofree char *shown = g_utf8_make_valid(model->name, -1);
    if (!check_name(model->name, error))
      return FALSE;
    if (g_key_file_has_key(self->file, MODEL_GROUP, model->name, NULL))
      return fail(error, "Two models are called \"%s\": give one of them another name", shown);
    if (!write_path(self, MODEL_GROUP, model->name, model->folder, error))
      return FALSE;
  }
  return TRUE;
}

/* --- rules ---------------------------------------------------------------------------------- */

static void
write_rules(const Writer *self)
{
  g_auto(GStrv) arguments = ms_options_to_arguments(self->options);
  for (gsize i = 0; i < G_N_ELEMENTS(rule_keys); i++)
    for (guint j = 0; arguments[j]; j++)
      if (g_str_has_prefix(arguments[j], rule_keys[i].argument))
        g_key_file_set_string(self->file, SET_GROUP, rule_keys[i].key,
                              arguments[j] + strlen(rule_keys[i].argument));
}

static void
write_classes(const Writer *self)
{
  const MsClassTable *table = self->options->classes ? NULL : self->options->table;
  for (gsize i = 0; table && i < table->n_classes; i++) {
    const MsClass *class = &table->classes[i];
    g_autofree char *id = g_strdup_printf("%u", class->id);
    g_autofree char *value = class->has_color
                                 ? g_strdup_printf("%s;#%02x%02x%02x", class->name, class->red,
                                                   class->green, class->blue)
                                 : g_strdup(class->name);
    g_key_file_set_string(self->file, CLASS_GROUP, id, value);
  }
}

static void
write_map(const Writer *self, const char *group, const MsIdMap *map)
{
  g_auto(GStrv) lines = map ? ms_id_map_to_lines(map) : NULL;
  for (guint i = 0; lines && lines[i]; i++) {
    char *equals = strchr(lines[i], '=');
    *equals = '\0';
    g_key_file_set_string(self->file, group, lines[i], equals + 1);
  }
}

static gboolean
write_adjustments(const Writer *self, GError **error)
{
  const GPtrArray *adjustments = self->options->adjustments;
  for (guint i = 0; i < adjustments->len; i++) {
    const MsAdjustment *adjustment = g_ptr_array_index(adjustments, i);
    const char *name = adjustment->model ? adjustment->model : "*";
    g_autofree char *text = ms_adjustment_to_text(adjustment);
    if (!check_name(name, error))
      return FALSE;
    g_key_file_set_string(self->file, ADJUST_GROUP, name, *text ? text : "none");
  }
  return TRUE;
}

static gboolean
check_places(const MsOptions *options, GError **error)
{
  if (options->set) {
    g_autofree char *shown = ms_path_display(options->set);
    return fail(error,
                "%s is opened as a whole: a .maskset file names the folders of its masks one by "
                "one",
                shown);
  }
  if (options->folder || options->manifest)
    return TRUE;
  if (!options->actual)
    return fail(error, "A .maskset file needs a folder of actual masks: choose one");
  if (options->predicted->len == 0)
    return fail(error, "A .maskset file needs a model's predicted masks: add a model");
  return TRUE;
}

char *
ms_maskset_text(const MsOptions *options, const char *title, const char *path, GError **error)
{
  if (!check_places(options, error))
    return NULL;
  g_autofree char *absolute = g_canonicalize_filename(path, NULL);
  g_autofree char *folder = g_path_get_dirname(absolute);
  g_autoptr(GKeyFile) file = g_key_file_new();
  const Writer self = {file, folder, options};
  if (title && *title) {
    g_autofree char *valid = g_utf8_make_valid(title, -1);
    g_key_file_set_string(file, SET_GROUP, "Title", valid);
  }
  if (!write_paths(&self, error))
    return NULL;
  write_rules(&self);
  if (!options->manifest && !write_models(&self, error))
    return NULL;
  write_classes(&self);
  write_map(&self, "Actual ids", options->ids_actual);
  write_map(&self, "Predicted ids", options->ids_predicted);
  if (!write_adjustments(&self, error))
    return NULL;
  return g_key_file_to_data(file, NULL, NULL);
}

char *
ms_maskset_places_text(const MsOptions *options, const char *folder, GError **error)
{
  if (!check_places(options, error))
    return NULL;
  g_autofree char *absolute = folder ? g_canonicalize_filename(folder, NULL) : NULL;
  g_autoptr(GKeyFile) file = g_key_file_new();
  const Writer self = {file, absolute, options};
  if (options->images && !write_path(&self, SET_GROUP, "Images", options->images, error))
    return NULL;
  if (!write_path(&self, SET_GROUP, "Actual", options->actual, error) ||
      !write_models(&self, error))
    return NULL;
  return g_key_file_to_data(file, NULL, NULL);
}

gboolean
ms_maskset_write(const MsOptions *options, const char *title, const char *path, GError **error)
{
  g_autofree char *text = ms_maskset_text(options, title, path, error);
  return text && ms_file_write(path, text, strlen(text), error);
}
