/* SPDX-License-Identifier: MIT
 *
 * A table with both sides: their columns are called actual and predicted, followed by a label where
 * there is one column a label, or by a model's name.
 */
#include "io/error.h"
#include "set/columns.h"
#include "set/label-side-private.h"

typedef struct {
  MsLabelFile *file;
  GHashTable *known; /* names of labels; NULL: nobody says */
  GPtrArray *sides;  /* the actual side is the first */
} Finder;

/* --- names ---------------------------------------------------------------------------------- */

static gboolean
is_label(const Finder *self, const char *name)
{
  g_autofree char *label = g_strstrip(g_strdup(name));
  if (self->known)
    return g_hash_table_contains(self->known, label);
  return self->sides->len > 0 && ms_label_side_has(g_ptr_array_index(self->sides, 0), label);
}

/* The label that a name ends with, in a column whose name goes on with "MODEL:LABEL": a known one,
 * or what follows the first colon. NULL: there is no model in it. */
static const char *
label_after_model(const Finder *self, const char *name, const char *separators)
{
  if (is_label(self, name))
    return NULL;
  for (const char *at = strpbrk(name, separators); at; at = strpbrk(at + 1, separators))
    if (at > name && is_label(self, at + 1))
      return at + 1;
  const char *colon = strchr(name, ':');
  return colon && colon > name && colon[1] ? colon + 1 : NULL;
}

static gboolean
is_numeric(const Finder *self, guint column)
{
  return ms_label_column_is_numeric(&self->file->columns[column]);
}

static const char *
column_name(const Finder *self, guint column)
{
  return ms_table_column_name(self->file->table, column);
}

static gboolean
is_blank(const char *rest)
{
  return !rest || rest[strspn(rest, " \t")] == '\0';
}

/* What stands before the separator in front of `rest`; all where that is NULL. Caller frees. */
static char *
head_of(const char *name, const char *rest)
{
  return rest ? g_strndup(name, (gsize)(rest - 1 - name)) : g_strdup(name);
}

/* --- the actual side ------------------------------------------------------------------------ */

/* What is called "actual:LABEL", or "actual_LABEL" where nothing is called so. */
static void
add_actual_columns(const Finder *self, MsLabelSide *side, gboolean colon)
{
  for (guint i = 0; i < ms_table_n_columns(self->file->table); i++) {
    const char *name = column_name(self, i), *label;
    const MsColumnName *head = ms_column_name_find_head(name, &label);
    if (!colon)
      label = is_numeric(self, i) && !head ? ms_column_name_after(name, MS_COLUMN_ACTUAL) : NULL;
    else if (!head || head->kind != MS_COLUMN_ACTUAL)
      label = NULL;
    if (!is_blank(label) && (!self->known || is_label(self, label)))
      ms_label_side_add_place(side, label, i);
  }
}

static gboolean
fail_for_both(const Finder *self, guint list, const MsLabelPlace *place, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: the columns %s and %s both hold the actual labels", self->file->name,
              column_name(self, list), column_name(self, place->column));
  return FALSE;
}

static gboolean
find_actual(Finder *self, GError **error)
{
  g_autoptr(MsLabelSide) side = ms_label_side_new(self->file, MS_LABEL_FORM_COLUMNS);
  int list;
  if (!ms_column_find(self->file->table, MS_COLUMN_ACTUAL, &list, error))
    return FALSE;
  add_actual_columns(self, side, TRUE);
  if (side->places->len > 0 && list >= 0 &&
      !ms_column_name_find(column_name(self, (guint)list))->weak)
    return fail_for_both(self, (guint)list, g_ptr_array_index(side->places, 0), error);
  if (side->places->len == 0 && list >= 0) {
    side->form = MS_LABEL_FORM_LIST;
    side->column = (guint)list;
  } else if (side->places->len == 0) {
    add_actual_columns(self, side, FALSE);
  }
  if (side->form == MS_LABEL_FORM_COLUMNS && side->places->len == 0)
    return ms_label_side_fail(self->file, error,
                              "%s does not say which labels are actual: call a column of lists "
                              "actual, or columns of 0 and 1 actual:LABEL; or give two tables, "
                              "with --actual and --predicted",
                              self->file->name);
  g_ptr_array_add(self->sides, g_steal_pointer(&side));
  return TRUE;
}

/* --- models --------------------------------------------------------------------------------- */

static MsLabelSide *
find_model(const Finder *self, const char *model)
{
  for (guint i = 1; i < self->sides->len; i++) {
    MsLabelSide *side = g_ptr_array_index(self->sides, i);
    if (g_str_equal(side->model, model))
      return side;
  }
  return NULL;
}

static gboolean
add_list(Finder *self, guint column, const char *model, GError **error)
{
  g_autofree char *name = g_strstrip(g_strdup(model));
  if (find_model(self, name)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: more than one column of predicted labels of the model %s: call them "
                "predicted:NAME",
                self->file->name, name);
    return FALSE;
  }
  MsLabelSide *side = ms_label_side_new(self->file, MS_LABEL_FORM_LIST);
  side->column = column;
  side->model = g_steal_pointer(&name);
  g_ptr_array_add(self->sides, side);
  return TRUE;
}

static gboolean
add_label_column(Finder *self, guint column, const char *model, const char *label, GError **error)
{
  g_autofree char *name = g_strstrip(g_strdup(model));
  MsLabelSide *side = find_model(self, name);
  if (!side) {
    side = ms_label_side_new(self->file, MS_LABEL_FORM_COLUMNS);
    side->model = g_steal_pointer(&name);
    g_ptr_array_add(self->sides, side);
  }
  if (side->form == MS_LABEL_FORM_COLUMNS) {
    ms_label_side_add_place(side, label, column);
    return TRUE;
  }
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: the columns %s and %s both hold the labels of the model %s", self->file->name,
              column_name(self, side->column), column_name(self, column), side->model);
  return FALSE;
}

/* A column whose name goes on with `rest`: of a label, and in front of it perhaps a model. `label`
 * is what label_after_model() says of it. */
static gboolean
add_named(Finder *self, guint column, const char *rest, const char *label, GError **error)
{
  const char *name = label ? label : rest;
  g_autofree char *model = head_of(label ? rest : column_name(self, column), name);
  if (self->known && !is_label(self, name))
    return TRUE;
  return add_label_column(self, column, model, name, error);
}

/* A column called "predicted:NAME": of a label, if it holds numbers or its name says so; else of a
 * model's lists. */
static gboolean
add_after_colon(Finder *self, guint column, const char *rest, GError **error)
{
  const MsLabelSide *actual = g_ptr_array_index(self->sides, 0);
  const char *label = label_after_model(self, rest, ":");
  gboolean numbers_are_names =
      actual->form == MS_LABEL_FORM_LIST && is_numeric(self, actual->column);
  gboolean named = is_label(self, label ? label : rest);
  if (!named && (numbers_are_names || !is_numeric(self, column)))
    return add_list(self, column, rest, error);
  return add_named(self, column, rest, label, error);
}

static gboolean
find_models(Finder *self, GError **error)
{
  for (guint i = 0; i < ms_table_n_columns(self->file->table); i++) {
    const char *rest;
    const MsColumnName *head = ms_column_name_find_head(column_name(self, i), &rest);
    if (!head || head->kind != MS_COLUMN_PREDICTED)
      continue;
    gboolean whole = is_blank(rest);
    g_autofree char *model = whole ? head_of(column_name(self, i), rest) : NULL;
    if (whole ? !add_list(self, i, model, error) : !add_after_colon(self, i, rest, error))
      return FALSE;
  }
  return TRUE;
}

/* "pred_Happy", "pred_unet_Happy" */
static gboolean
find_underscored(Finder *self, GError **error)
{
  for (guint i = 0; i < ms_table_n_columns(self->file->table); i++) {
    const char *rest = ms_column_name_after(column_name(self, i), MS_COLUMN_PREDICTED);
    const char *label = rest ? label_after_model(self, rest, "_.") : NULL;
    if (rest && (is_numeric(self, i) || is_label(self, label ? label : rest)) &&
        !add_named(self, i, rest, label, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
ms_label_sides_of_table(MsLabelFile *file, GHashTable *known, GPtrArray *sides, GError **error)
{
  Finder self = {file, known, sides};
  if (!find_actual(&self, error) || !find_models(&self, error))
    return FALSE;
  if (sides->len == 1 && !find_underscored(&self, error))
    return FALSE;
  if (sides->len == 1)
    return ms_label_side_fail(file, error,
                              "%s does not say which labels are predicted: call a column of lists "
                              "predicted (or predicted:NAME for each model), or columns of numbers "
                              "predicted:LABEL",
                              file->name);
  return TRUE;
}
