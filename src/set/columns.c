/* SPDX-License-Identifier: MIT */
#include "set/columns.h"

#include <string.h>

#include "io/error.h"

static const MsColumnName column_names[] = {
    {"example", MS_COLUMN_EXAMPLE, FALSE},
    {"id", MS_COLUMN_EXAMPLE, FALSE},
    {"name", MS_COLUMN_EXAMPLE, TRUE},
    {"key", MS_COLUMN_EXAMPLE, TRUE},
    {"case", MS_COLUMN_EXAMPLE, TRUE},
    {"image_id", MS_COLUMN_EXAMPLE, TRUE},
    {"image", MS_COLUMN_IMAGE, FALSE},
    {"images", MS_COLUMN_IMAGE, FALSE},
    {"image_path", MS_COLUMN_IMAGE, FALSE},
    {"img", MS_COLUMN_IMAGE, FALSE},
    {"photo", MS_COLUMN_IMAGE, FALSE},
    {"picture", MS_COLUMN_IMAGE, FALSE},
    {"input", MS_COLUMN_IMAGE, TRUE},
    {"actual", MS_COLUMN_ACTUAL, FALSE},
    {"actual_path", MS_COLUMN_ACTUAL, FALSE},
    {"mask", MS_COLUMN_ACTUAL, FALSE},
    {"mask_path", MS_COLUMN_ACTUAL, FALSE},
    {"masks", MS_COLUMN_ACTUAL, FALSE},
    {"gt", MS_COLUMN_ACTUAL, FALSE},
    {"gt_path", MS_COLUMN_ACTUAL, FALSE},
    {"ground_truth", MS_COLUMN_ACTUAL, FALSE},
    {"groundtruth", MS_COLUMN_ACTUAL, FALSE},
    {"truth", MS_COLUMN_ACTUAL, FALSE},
    {"label", MS_COLUMN_ACTUAL, TRUE},
    {"labels", MS_COLUMN_ACTUAL, TRUE},
    {"annotation", MS_COLUMN_ACTUAL, TRUE},
    {"target", MS_COLUMN_ACTUAL, TRUE},
    {"predicted", MS_COLUMN_PREDICTED, FALSE},
    {"predicted_path", MS_COLUMN_PREDICTED, FALSE},
    {"prediction", MS_COLUMN_PREDICTED, FALSE},
    {"predictions", MS_COLUMN_PREDICTED, FALSE},
    {"prediction_path", MS_COLUMN_PREDICTED, FALSE},
    {"pred", MS_COLUMN_PREDICTED, FALSE},
    {"preds", MS_COLUMN_PREDICTED, FALSE},
    {"pred_path", MS_COLUMN_PREDICTED, FALSE},
    {"output", MS_COLUMN_PREDICTED, FALSE},
    {"result", MS_COLUMN_PREDICTED, FALSE},
    {"tags", MS_COLUMN_LABELS, FALSE},
    {"tag", MS_COLUMN_LABELS, FALSE},
    {"categories", MS_COLUMN_LABELS, FALSE},
    {"classes", MS_COLUMN_LABELS, FALSE},
    {"annotations", MS_COLUMN_LABELS, FALSE},
    {"split", MS_COLUMN_SPLIT, FALSE},
    {"subset", MS_COLUMN_SPLIT, FALSE},
    {"set", MS_COLUMN_SPLIT, TRUE},
    {"fold", MS_COLUMN_SPLIT, TRUE},
    {"group", MS_COLUMN_GROUP, FALSE},
    {"volume", MS_COLUMN_GROUP, FALSE},
    {"patient", MS_COLUMN_GROUP, TRUE},
    {"video", MS_COLUMN_GROUP, TRUE},
    {"file", MS_COLUMN_FILE, FALSE},
};

gboolean
ms_column_name_is_firm(const MsColumnName *name)
{
  static const char *const firm[] = {"example",    "id",    "image", "images",
                                     "image_path", "split", "group", NULL};
  return g_strv_contains(firm, name->name);
}

/* As names are compared; each byte stays where it is but for blanks at the end. */
static char *
normalize(const char *name, gsize length)
{
  char *lower = g_ascii_strdown(name, (gssize)length);
  return g_strdelimit(g_strchomp(lower), "- ", '_');
}

static const MsColumnName *
find_name(const char *name, gsize length)
{
  while (length > 0 && g_ascii_isspace(*name)) {
    name++;
    length--;
  }
  g_autofree char *wanted = normalize(name, length);
  for (gsize i = 0; i < G_N_ELEMENTS(column_names); i++)
    if (g_str_equal(wanted, column_names[i].name))
      return &column_names[i];
  return NULL;
}

const MsColumnName *
ms_column_name_find(const char *name)
{
  return find_name(name, strlen(name));
}

const MsColumnName *
ms_column_name_find_head(const char *name, const char **rest)
{
  const char *colon = strchr(name, ':');
  *rest = colon ? colon + 1 : NULL;
  return find_name(name, colon ? (gsize)(colon - name) : strlen(name));
}

const char *
ms_column_name_after(const char *name, MsColumnKind kind)
{
  g_autofree char *wanted = normalize(name, strlen(name));
  gsize longest = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(column_names); i++) {
    gsize length = strlen(column_names[i].name);
    if (column_names[i].kind == kind && !column_names[i].weak && length > longest &&
        g_str_has_prefix(wanted, column_names[i].name) &&
        (wanted[length] == '_' || wanted[length] == '.') && wanted[length + 1])
      longest = length;
  }
  return longest ? name + longest + 1 : NULL;
}

static gboolean
find_by_strength(const MsTable *table, MsColumnKind kind, gboolean weak, const gboolean *passed,
                 int *column, GError **error)
{
  for (guint i = 0; i < ms_table_n_columns(table); i++) {
    const MsColumnName *name = ms_column_name_find(ms_table_column_name(table, i));
    if (!name || name->kind != kind || name->weak != weak || (passed && passed[i]))
      continue;
    if (*column >= 0) {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s: the columns %s and %s mean the same",
                  ms_table_name(table), ms_table_column_name(table, (guint)*column),
                  ms_table_column_name(table, i));
      return FALSE;
    }
    *column = (int)i;
  }
  return TRUE;
}

gboolean
ms_column_find_among(const MsTable *table, MsColumnKind kind, const gboolean *passed, int *column,
                     GError **error)
{
  *column = -1;
  return find_by_strength(table, kind, FALSE, passed, column, error) &&
         (*column >= 0 || find_by_strength(table, kind, TRUE, passed, column, error));
}

gboolean
ms_column_find(const MsTable *table, MsColumnKind kind, int *column, GError **error)
{
  return ms_column_find_among(table, kind, NULL, column, error);
}

gboolean
ms_cell_is_none(const char *cell)
{
  while (*cell == ' ' || *cell == '\t')
    cell++;
  if (*cell == '\0')
    return TRUE;
  if (g_ascii_strncasecmp(cell, "NA", 2) != 0)
    return FALSE;
  return cell[2 + strspn(cell + 2, " \t")] == '\0';
}
