/* SPDX-License-Identifier: MIT
 *
 * The common options, in one table: their names for GOption, their help, and their way back to
 * arguments. GOption only cuts the command line; every value is read here, so that messages are
 * the same in every locale and name the option and what it takes.
 */
#include "set/options.h"

#include <string.h>

#include "set/adjustments.h"
#include "set/option-values.h"
#include "set/text.h"

/* What GOption hands over, before it is read. All in the file name encoding. */
typedef struct {
  char *images;
  char *actual;
  char **predicted;
  char *manifest;
  char *splits;
  char *classes;
  char *background;
  char *ignore;
  char *positive;
  char *instances;
  char **map;
  char **map_actual;
  char **map_predicted;
  char **adjust;
  char *threshold;
  char *empty;
  char *size_mismatch;
  char *slice_axis;
  char *advise;
  char *split;
  char *model;
  char *jobs;
  gboolean no_cache;
  gboolean quiet;
} RawOptions;

typedef struct {
  const char *name;
  GOptionArg type;
  gsize offset; /* in RawOptions */
  const char *value;
  const char *help;
} CommonOption;

#define RAW(member) G_STRUCT_OFFSET(RawOptions, member)

static const CommonOption common_options[] = {
    {"images", G_OPTION_ARG_FILENAME, RAW(images), "DIR", "images: a folder, a pattern or a file"},
    {"actual", G_OPTION_ARG_FILENAME, RAW(actual), "DIR",
     "actual masks, likewise, or a table of labels"},
    {"predicted", G_OPTION_ARG_FILENAME_ARRAY, RAW(predicted), "[NAME=]DIR",
     "predicted masks or labels of a model; once a model"},
    {"manifest", G_OPTION_ARG_FILENAME, RAW(manifest), "FILE", "a table that names the files"},
    {"splits", G_OPTION_ARG_FILENAME, RAW(splits), "FILE", "a table of example and split"},
    {"classes", G_OPTION_ARG_FILENAME, RAW(classes), "FILE|NAME",
     "class names, so that masks hold class ids; or label names"},
    {"background", G_OPTION_ARG_FILENAME, RAW(background), "ID|none", "the class id of background"},
    {"ignore", G_OPTION_ARG_FILENAME, RAW(ignore), "ID|NAME[,...]|none",
     "actual ids that count nowhere"},
    {"positive", G_OPTION_ARG_FILENAME, RAW(positive), "ID|nonzero",
     "masks are binary, with this positive"},
    {"instances", G_OPTION_ARG_FILENAME, RAW(instances), "none|plain|N",
     "masks number objects: of one class, or class is id / N"},
    {"map", G_OPTION_ARG_FILENAME_ARRAY, RAW(map), "FROM=TO,...",
     "ids that become others; ranges; \"ignore\""},
    {"map-actual", G_OPTION_ARG_FILENAME_ARRAY, RAW(map_actual), "FROM=TO,...",
     "the same in actual masks"},
    {"map-predicted", G_OPTION_ARG_FILENAME_ARRAY, RAW(map_predicted), "FROM=TO,...",
     "the same in predicted masks"},
    {"adjust", G_OPTION_ARG_FILENAME_ARRAY, RAW(adjust), "[NAME:]LIST",
     "what is done to predicted masks, of one model or of all"},
    {"threshold", G_OPTION_ARG_FILENAME, RAW(threshold), "0..1",
     "predicted are probabilities, cut here"},
    {"empty", G_OPTION_ARG_FILENAME, RAW(empty), "one|zero|skip",
     "what two empty masks or label sets score"},
    {"size-mismatch", G_OPTION_ARG_FILENAME, RAW(size_mismatch), "skip|nearest",
     "predicted masks of another size"},
    {"slice-axis", G_OPTION_ARG_FILENAME, RAW(slice_axis), "x|y|z",
     "the axis across which volumes are cut into examples"},
    {"advise", G_OPTION_ARG_FILENAME, RAW(advise), "NAME=VALUE[,...]",
     "limits of advice: gap, training, exact, iou, examples; none; explain"},
    {"split", G_OPTION_ARG_FILENAME, RAW(split), "NAME", "only examples of this split"},
    {"model", G_OPTION_ARG_FILENAME, RAW(model), "NAME", "only this model"},
    {"jobs", G_OPTION_ARG_FILENAME, RAW(jobs), "N", "examples scored at once; 0: one a processor"},
    {"no-cache", G_OPTION_ARG_NONE, RAW(no_cache), NULL, "neither use nor keep stored results"},
    {"quiet", G_OPTION_ARG_NONE, RAW(quiet), NULL, "no progress and no notices"},
};

#define MAX_JOBS 1024

G_DEFINE_QUARK(ms - options - error - quark, ms_options_error)

static void
raw_options_clear(RawOptions *raw)
{
  for (gsize i = 0; i < G_N_ELEMENTS(common_options); i++) {
    gpointer member = G_STRUCT_MEMBER_P(raw, common_options[i].offset);
    if (common_options[i].type == G_OPTION_ARG_FILENAME)
      g_clear_pointer((char **)member, g_free);
    else if (common_options[i].type == G_OPTION_ARG_FILENAME_ARRAY)
      g_clear_pointer((char ***)member, g_strfreev);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RawOptions, raw_options_clear)

static void
model_option_free(gpointer data)
{
  MsModelOption *model = data;
  g_free(model->name);
  g_free(model->path);
  g_free(model);
}

void
ms_options_add_predicted(MsOptions *options, const char *name, const char *path)
{
  MsModelOption *model = g_new0(MsModelOption, 1);
  model->name = g_strdup(name);
  model->path = g_strdup(path);
  g_ptr_array_add(options->predicted, model);
}

MsOptions *
ms_options_new(void)
{
  MsOptions *options = g_new0(MsOptions, 1);
  options->predicted = g_ptr_array_new_with_free_func(model_option_free);
  options->ignore = g_array_new(FALSE, FALSE, sizeof(guint32));
  options->ignore_names = g_ptr_array_new_with_free_func(g_free);
  options->adjustments = ms_adjustments_new();
  options->threshold = 0.5;
  options->slice_axis = MS_SLICE_AXIS_DEFAULT;
  ms_advice_limits_init(&options->advice);
  return options;
}

MsOptions *
ms_options_copy(const MsOptions *options)
{
  MsOptions *copy = g_new(MsOptions, 1);
  *copy = *options;
  copy->set = g_strdup(options->set);
  copy->folder = g_strdup(options->folder);
  copy->images = g_strdup(options->images);
  copy->actual = g_strdup(options->actual);
  copy->manifest = g_strdup(options->manifest);
  copy->splits = g_strdup(options->splits);
  copy->classes = g_strdup(options->classes);
  copy->split = g_strdup(options->split);
  copy->model = g_strdup(options->model);
  copy->table = options->table ? ms_class_table_copy(options->table) : NULL;
  copy->ids_actual = ms_id_map_copy(options->ids_actual);
  copy->ids_predicted = ms_id_map_copy(options->ids_predicted);
  copy->adjustments = ms_adjustments_copy(options->adjustments);
  copy->ignore = g_array_copy(options->ignore);
  copy->ignore_names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < options->ignore_names->len; i++)
    g_ptr_array_add(copy->ignore_names, g_strdup(g_ptr_array_index(options->ignore_names, i)));
  copy->predicted = g_ptr_array_new_with_free_func(model_option_free);
  for (guint i = 0; i < options->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(options->predicted, i);
    ms_options_add_predicted(copy, model->name, model->path);
  }
  return copy;
}

void
ms_options_clear_places(MsOptions *options)
{
  g_clear_pointer(&options->folder, g_free);
  g_clear_pointer(&options->images, g_free);
  g_clear_pointer(&options->actual, g_free);
  g_clear_pointer(&options->manifest, g_free);
  g_ptr_array_set_size(options->predicted, 0);
}

void
ms_options_free(MsOptions *options)
{
  if (!options)
    return;
  g_free(options->set);
  g_free(options->folder);
  g_free(options->images);
  g_free(options->actual);
  g_free(options->manifest);
  g_free(options->splits);
  g_free(options->classes);
  g_free(options->split);
  g_free(options->model);
  ms_class_table_free(options->table);
  ms_id_map_free(options->ids_actual);
  ms_id_map_free(options->ids_predicted);
  g_ptr_array_unref(options->adjustments);
  g_array_unref(options->ignore);
  g_ptr_array_unref(options->ignore_names);
  g_ptr_array_unref(options->predicted);
  g_free(options);
}

/* --- values --------------------------------------------------------------------------------- */

static gboolean
set_jobs(MsOptions *options, const char *name, const char *value, GError **error)
{
  guint64 jobs;
  if (!g_ascii_string_to_unsigned(value, 10, 0, MAX_JOBS, &jobs, NULL))
    return ms_options_value_error(name, "a number from 0 to 1,024", value, error);
  options->jobs = (guint)jobs;
  return TRUE;
}

/* NAME=PATH when what stands before the first '=' holds no '/': then that '='; else NULL, a path.
 */
static const char *
find_name_end(const char *value)
{
  const char *equals = strchr(value, '=');
  return equals && !memchr(value, '/', (gsize)(equals - value)) ? equals : NULL;
}

static gboolean
add_predicted(MsOptions *options, const char *value, GError **error)
{
  g_autofree char *name = NULL;
  const char *path = value;
  const char *equals = find_name_end(value);
  if (equals) {
    name = g_strndup(value, (gsize)(equals - value));
    path = equals + 1;
    if (*name == '\0' || *path == '\0' || !g_utf8_validate(name, -1, NULL))
      return ms_options_value_error("--predicted", "a folder, or NAME=FOLDER", value, error);
  }
  for (guint i = 0; name && i < options->predicted->len; i++) {
    const MsModelOption *other = g_ptr_array_index(options->predicted, i);
    if (g_strcmp0(other->name, name) == 0)
      return ms_options_usage_error(error, "--predicted: the name \"%s\" is given twice", name);
  }
  ms_options_add_predicted(options, name, path);
  return TRUE;
}

static gboolean
set_name(char **member, const char *option, const char *value, GError **error)
{
  if (!g_utf8_validate(value, -1, NULL))
    return ms_options_value_error(option, "a name in UTF-8", value, error);
  ms_text_set(member, value);
  return TRUE;
}

/* --- the command line ----------------------------------------------------------------------- */

static gboolean
check_not_empty(const RawOptions *raw, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS(common_options); i++) {
    const CommonOption *option = &common_options[i];
    gconstpointer member = G_STRUCT_MEMBER_P(raw, option->offset);
    gboolean empty = FALSE;
    if (option->type == G_OPTION_ARG_FILENAME)
      empty = *(char *const *)member && **(char *const *)member == '\0';
    else if (option->type == G_OPTION_ARG_FILENAME_ARRAY && *(char **const *)member)
      empty = g_strv_contains((const char *const *)*(char **const *)member, "");
    if (empty)
      return ms_options_usage_error(error, "--%s needs a value: %s", option->name, option->value);
  }
  return TRUE;
}

typedef gboolean (*AddValue)(MsOptions *options, const char *name, const char *value,
                             GError **error);

static gboolean
add_values(MsOptions *options, const char *name, char **values, AddValue add, GError **error)
{
  for (guint i = 0; values && values[i]; i++)
    if (!add(options, name, values[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_ids(MsOptions *options, const RawOptions *raw, GError **error)
{
  if (raw->instances && !ms_options_set_instances(options, "--instances", raw->instances, error))
    return FALSE;
  if (!add_values(options, "--map", raw->map, ms_options_add_map, error) ||
      !add_values(options, "--map-actual", raw->map_actual, ms_options_add_map_actual, error) ||
      !add_values(options, "--map-predicted", raw->map_predicted, ms_options_add_map_predicted,
                  error) ||
      !add_values(options, "--adjust", raw->adjust, ms_options_add_adjust, error))
    return FALSE;
  if (options->instances_choice == MS_CHOICE_GIVEN && options->instances_divisor == 0 &&
      options->positive_choice == MS_CHOICE_GIVEN)
    return ms_options_usage_error(error,
                                  "--instances plain and --positive exclude each other: every "
                                  "value but 0 is positive, or one is");
  return TRUE;
}

static gboolean
read_rules(MsOptions *options, const RawOptions *raw, GError **error)
{
  if (raw->background &&
      !ms_options_set_background(options, "--background", raw->background, error))
    return FALSE;
  if (raw->ignore && !ms_options_set_ignore(options, "--ignore", raw->ignore, error))
    return FALSE;
  if (raw->positive && !ms_options_set_positive(options, "--positive", raw->positive, error))
    return FALSE;
  if (raw->threshold && !ms_options_set_threshold(options, "--threshold", raw->threshold, error))
    return FALSE;
  if (raw->empty && !ms_options_set_empty(options, "--empty", raw->empty, error))
    return FALSE;
  if (raw->size_mismatch &&
      !ms_options_set_size_mismatch(options, "--size-mismatch", raw->size_mismatch, error))
    return FALSE;
  if (raw->slice_axis &&
      !ms_options_set_slice_axis(options, "--slice-axis", raw->slice_axis, error))
    return FALSE;
  if (raw->advise && !ms_options_set_advise(options, "--advise", raw->advise, error))
    return FALSE;
  if (options->positive_choice != MS_CHOICE_AUTO && options->has_threshold)
    return ms_options_usage_error(error,
                                  "--positive and --threshold exclude each other: masks are either "
                                  "binary or probability maps");
  return read_ids(options, raw, error);
}

static gboolean
read_options(MsOptions *options, RawOptions *raw, GError **error)
{
  if (!check_not_empty(raw, error) || !read_rules(options, raw, error))
    return FALSE;
  for (guint i = 0; raw->predicted && raw->predicted[i]; i++)
    if (!add_predicted(options, raw->predicted[i], error))
      return FALSE;
  if (raw->jobs && !set_jobs(options, "--jobs", raw->jobs, error))
    return FALSE;
  if (raw->split && !set_name(&options->split, "--split", raw->split, error))
    return FALSE;
  if (raw->model && !set_name(&options->model, "--model", raw->model, error))
    return FALSE;

  char **paths[][2] = {
      {&options->images, &raw->images},     {&options->actual, &raw->actual},
      {&options->manifest, &raw->manifest}, {&options->splits, &raw->splits},
      {&options->classes, &raw->classes},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
    if (*paths[i][1])
      ms_text_set(paths[i][0], *paths[i][1]);
  options->no_cache |= raw->no_cache;
  options->quiet |= raw->quiet;
  return TRUE;
}

/* GOption's messages are translated; the option's name in them is not. */
static char *
find_option_name(const char *message)
{
  g_auto(GStrv) words = g_strsplit_set(message, " \t\"'`", -1);
  for (guint i = 0; words[i]; i++)
    if (words[i][0] == '-')
      return g_strdup(words[i]);
  return g_strdup("option");
}

static void
propagate_option_error(GError **error, const GError *cause)
{
  g_autofree char *name = find_option_name(cause->message);
  if (g_error_matches(cause, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)) {
    name[strcspn(name, "=")] = '\0';
    ms_options_usage_error(error, "Unknown option %s", name);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(common_options); i++)
    if (name[0] == '-' && name[1] == '-' && strcmp(name + 2, common_options[i].name) == 0) {
      ms_options_usage_error(error, "%s needs a value: %s", name, common_options[i].value);
      return;
    }
  ms_options_usage_error(error, "%s needs a value, or has one that cannot be read", name);
}

static GOptionContext *
new_context(RawOptions *raw, const GOptionEntry *extra)
{
  GOptionContext *context = g_option_context_new(NULL);
  g_option_context_set_help_enabled(context, FALSE);
  GOptionEntry entries[G_N_ELEMENTS(common_options) + 1] = {0};
  for (gsize i = 0; i < G_N_ELEMENTS(common_options); i++) {
    entries[i].long_name = common_options[i].name;
    entries[i].arg = common_options[i].type;
    entries[i].arg_data = G_STRUCT_MEMBER_P(raw, common_options[i].offset);
  }
  g_option_context_add_main_entries(context, entries, NULL);
  if (extra)
    g_option_context_add_main_entries(context, extra, NULL);
  return context;
}

gboolean
ms_options_parse(MsOptions *options, GStrv *arguments, const GOptionEntry *extra, GError **error)
{
  g_auto(RawOptions) raw = {0};
  g_autoptr(GOptionContext) context = new_context(&raw, extra);

  /* GOption takes the first word for the program's name; what follows "--" is kept from it. */
  g_autoptr(GStrvBuilder) before = g_strv_builder_new();
  g_strv_builder_add(before, "maskscope");
  guint n = 0;
  while (*arguments && (*arguments)[n] && strcmp((*arguments)[n], "--") != 0)
    g_strv_builder_add(before, (*arguments)[n++]);
  g_auto(GStrv) words = g_strv_builder_end(before);
  g_autoptr(GError) cause = NULL;
  if (!g_option_context_parse_strv(context, &words, &cause)) {
    propagate_option_error(error, cause);
    return FALSE;
  }
  if (!read_options(options, &raw, error))
    return FALSE;

  g_autoptr(GStrvBuilder) positional = g_strv_builder_new();
  for (guint i = 1; words[i]; i++)
    g_strv_builder_add(positional, words[i]);
  if (*arguments && (*arguments)[n])
    g_strv_builder_addv(positional, (const char **)*arguments + n + 1);
  g_strfreev(*arguments);
  *arguments = g_strv_builder_end(positional);
  return TRUE;
}

static char *
option_usage(const CommonOption *option)
{
  return option->value ? g_strdup_printf("--%s %s", option->name, option->value)
                       : g_strdup_printf("--%s", option->name);
}

char *
ms_options_help(void)
{
  int width = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(common_options); i++) {
    g_autofree char *usage = option_usage(&common_options[i]);
    width = MAX(width, (int)strlen(usage));
  }
  GString *help = g_string_new("Common options:\n");
  for (gsize i = 0; i < G_N_ELEMENTS(common_options); i++) {
    g_autofree char *usage = option_usage(&common_options[i]);
    g_string_append_printf(help, "  %-*s  %s\n", width, usage, common_options[i].help);
  }
  g_string_append(help,
                  "A pattern is a path with {id} for the example's id and * for what varies:\n"
                  "  out/{id}_pred_*.png\n"
                  "Predicted masks are adjusted by a LIST of invert, flip-x, flip-y, turn-90, "
                  "turn-180,\n"
                  "turn-270, transpose, anti-transpose, shift:DX:DY and FROM=TO, or none:\n"
                  "  --adjust unet:flip-x,shift:0:-1\n");
  return g_string_free(help, FALSE);
}

/* --- back to arguments ---------------------------------------------------------------------- */

static void
add_argument(GStrvBuilder *builder, const char *name, const char *value)
{
  if (!value)
    return;
  g_autofree char *argument = g_strdup_printf("--%s=%s", name, value);
  g_strv_builder_add(builder, argument);
}

static void
add_choice(GStrvBuilder *builder, const char *name, MsChoice choice, const char *none, guint32 id)
{
  g_autofree char *given = g_strdup_printf("%u", id);
  if (choice != MS_CHOICE_AUTO)
    add_argument(builder, name, choice == MS_CHOICE_NONE ? none : given);
}

static void
add_predicted_arguments(GStrvBuilder *builder, const GPtrArray *predicted)
{
  for (guint i = 0; i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);
    g_autofree char *value = NULL;
    if (model->name)
      value = g_strdup_printf("%s=%s", model->name, model->path);
    else if (find_name_end(model->path))
      value = g_strdup_printf("./%s", model->path); /* else its head would be read as a name */
    add_argument(builder, "predicted", value ? value : model->path);
  }
}

static void
add_ignore_argument(GStrvBuilder *builder, const MsOptions *options)
{
  if (options->ignore_choice == MS_CHOICE_NONE)
    add_argument(builder, "ignore", "none");
  if (options->ignore_choice != MS_CHOICE_GIVEN)
    return;
  g_autoptr(GString) list = g_string_new(NULL);
  for (guint i = 0; i < options->ignore->len; i++)
    g_string_append_printf(list, "%s%u", i ? "," : "", g_array_index(options->ignore, guint32, i));
  for (guint i = 0; i < options->ignore_names->len; i++)
    g_string_append_printf(list, "%s%s", list->len ? "," : "",
                           (const char *)g_ptr_array_index(options->ignore_names, i));
  add_argument(builder, "ignore", list->str);
}

static void
add_instances_argument(GStrvBuilder *builder, const MsOptions *options)
{
  g_autofree char *divisor = g_strdup_printf("%u", options->instances_divisor);
  if (options->instances_choice == MS_CHOICE_NONE)
    add_argument(builder, "instances", "none");
  else if (options->instances_choice == MS_CHOICE_GIVEN)
    add_argument(builder, "instances", options->instances_divisor ? divisor : "plain");
}

static void
add_map_argument(GStrvBuilder *builder, const char *name, const MsIdMap *map)
{
  if (!map)
    return;
  g_auto(GStrv) lines = ms_id_map_to_lines(map);
  g_autofree char *list = g_strjoinv(",", lines);
  if (*list)
    add_argument(builder, name, list);
}

static void
add_adjust_arguments(GStrvBuilder *builder, const GPtrArray *adjustments)
{
  for (guint i = 0; i < adjustments->len; i++) {
    g_autofree char *value = ms_adjustment_to_argument(g_ptr_array_index(adjustments, i));
    add_argument(builder, "adjust", value);
  }
}

static void
append_limit(GString *list, const char *name, double limit)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf(list, "%s=%s,", name, g_ascii_dtostr(number, sizeof number, limit));
}

static void
add_advise_argument(GStrvBuilder *builder, const MsOptions *options)
{
  const MsAdviceLimits *limits = &options->advice;
  g_autoptr(GString) list = g_string_new(NULL);
  if (!options->has_advise)
    return;
  append_limit(list, "gap", limits->gap);
  append_limit(list, "training", limits->training);
  append_limit(list, "exact", limits->exact);
  append_limit(list, "iou", limits->iou);
  g_string_append_printf(list, "examples=%u%s", limits->examples,
                         limits->explain ? ",explain" : "");
  add_argument(builder, "advise", limits->none ? "none" : list->str);
}

GStrv
ms_options_to_arguments(const MsOptions *options)
{
  static const char *const empty_words[] = {"one", "zero", "skip"};
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  add_argument(builder, "images", options->images);
  add_argument(builder, "actual", options->actual);
  add_predicted_arguments(builder, options->predicted);
  add_argument(builder, "manifest", options->manifest);
  add_argument(builder, "splits", options->splits);
  add_argument(builder, "classes", options->classes);
  add_choice(builder, "background", options->background_choice, "none", options->background);
  add_ignore_argument(builder, options);
  add_choice(builder, "positive", options->positive_choice, "nonzero", options->positive);
  add_instances_argument(builder, options);
  add_map_argument(builder, "map-actual", options->ids_actual);
  add_map_argument(builder, "map-predicted", options->ids_predicted);
  add_adjust_arguments(builder, options->adjustments);
  if (options->has_threshold) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    add_argument(builder, "threshold", g_ascii_dtostr(number, sizeof number, options->threshold));
  }
  if (options->has_empty || options->empty != MS_EMPTY_ONE)
    add_argument(builder, "empty", empty_words[options->empty]);
  if (options->has_size_mismatch || options->resize_predicted)
    add_argument(builder, "size-mismatch", options->resize_predicted ? "nearest" : "skip");
  if (options->slice_axis != MS_SLICE_AXIS_DEFAULT)
    add_argument(builder, "slice-axis", options->slice_axis ? "y" : "x");
  add_advise_argument(builder, options);
  add_argument(builder, "split", options->split);
  add_argument(builder, "model", options->model);
  if (options->jobs) {
    g_autofree char *jobs = g_strdup_printf("%u", options->jobs);
    add_argument(builder, "jobs", jobs);
  }
  if (options->no_cache)
    g_strv_builder_add(builder, "--no-cache");
  if (options->quiet)
    g_strv_builder_add(builder, "--quiet");
  return g_strv_builder_end(builder);
}
