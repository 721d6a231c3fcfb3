/* SPDX-License-Identifier: MIT
 *
 * A model's own adjustment stands for the one of all models, it is not added to it: what is written
 * for a model is what is done to its masks.
 */
#include "set/adjustments.h"

#include "set/option-values.h"

static void
adjustment_free(gpointer adjustment)
{
  ms_adjustment_free(adjustment);
}

GPtrArray *
ms_adjustments_new(void)
{
  return g_ptr_array_new_with_free_func(adjustment_free);
}

GPtrArray *
ms_adjustments_copy(const GPtrArray *adjustments)
{
  GPtrArray *copy = ms_adjustments_new();

  for (guint i = 0; i < adjustments->len; i++)
    g_ptr_array_add(copy, ms_adjustment_copy(g_ptr_array_index(adjustments, i)));
  return copy;
}

/* Of that model alone (NULL: of all). G_MAXUINT: there is none. */
static guint
find_own(const GPtrArray *adjustments, const char *model)
{
  for (guint i = 0; i < adjustments->len; i++) {
    const MsAdjustment *adjustment = g_ptr_array_index(adjustments, i);

    if (g_strcmp0(adjustment->model, model) == 0)
      return i;
  }
  return G_MAXUINT;
}

void
ms_adjustments_take(GPtrArray *given, const GPtrArray *from_file)
{
  guint n_given = given->len;
  gboolean all = find_own(given, NULL) < n_given;

  for (guint i = 0; !all && i < from_file->len; i++) {
    const MsAdjustment *adjustment = g_ptr_array_index(from_file, i);

    if (find_own(given, adjustment->model) >= n_given)
      g_ptr_array_add(given, ms_adjustment_copy(adjustment));
  }
}

const MsAdjustment *
ms_options_find_adjustment(const MsOptions *options, const char *model)
{
  const GPtrArray *adjustments = options->adjustments;
  guint at = find_own(adjustments, model);

  if (at == G_MAXUINT)
    at = find_own(adjustments, NULL);
  return at == G_MAXUINT ? NULL : g_ptr_array_index(adjustments, at);
}

/* NULL: too far. */
static MsAdjustment *
add_to(const MsAdjustment *first, const MsAdjustment *then, const char *model)
{
  g_autoptr(MsAdjustment) idle = ms_adjustment_new(NULL);
  MsAdjustment *both = ms_adjustment_combine(first ? first : idle, then);

  if (both) {
    g_free(both->model);
    both->model = g_strdup(model);
  }
  return both;
}

gboolean
ms_options_adjust(MsOptions *options, const MsAdjustment *then)
{
  g_autoptr(GPtrArray) changed = ms_adjustments_new();
  g_autoptr(MsAdjustment) own = NULL;

  if (then->ids && options->ids_predicted)
    return FALSE;
  own = add_to(ms_options_find_adjustment(options, then->model), then, then->model);
  for (guint i = 0; own && i < options->adjustments->len; i++) {
    const MsAdjustment *other = g_ptr_array_index(options->adjustments, i);
    MsAdjustment *kept;

    if (g_strcmp0(other->model, then->model) == 0)
      continue;
    kept = then->model ? ms_adjustment_copy(other) : add_to(other, then, other->model);
    if (!kept)
      return FALSE;
    g_ptr_array_add(changed, kept);
  }
  if (!own)
    return FALSE;
  g_ptr_array_add(changed, g_steal_pointer(&own));
  g_ptr_array_unref(options->adjustments);
  options->adjustments = g_steal_pointer(&changed);
  return TRUE;
}

/* --- names ------------------------------------------------------------------------------------ */

#define MAX_NAMED 12

static char *
list_names(const GPtrArray *models)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < MIN(models->len, MAX_NAMED); i++)
    g_string_append_printf(text, "%s%s", i ? ", " : "", (const char *)g_ptr_array_index(models, i));
  if (models->len > MAX_NAMED)
    g_string_append_printf(text, " and %u more", models->len - MAX_NAMED);
  return g_string_free(text, FALSE);
}

static gboolean
is_one_of(const GPtrArray *models, const char *name)
{
  return g_ptr_array_find_with_equal_func((GPtrArray *)models, name, g_str_equal, NULL);
}

gboolean
ms_options_check_adjusted(const MsOptions *options, const GPtrArray *models, GError **error)
{
  for (guint i = 0; i < options->adjustments->len; i++) {
    const MsAdjustment *adjustment = g_ptr_array_index(options->adjustments, i);
    g_autofree char *names = NULL;

    if (!adjustment->model || is_one_of(models, adjustment->model))
      continue;
    names = list_names(models);
    return ms_options_usage_error(error,
                                  "Model \"%s\" is to be adjusted, but the set has no model of "
                                  "that name; it has %s",
                                  adjustment->model, names);
  }
  return TRUE;
}

gboolean
ms_options_moves(const MsOptions *options)
{
  for (guint i = 0; i < options->adjustments->len; i++)
    if (ms_adjustment_moves(g_ptr_array_index(options->adjustments, i)))
      return TRUE;
  return FALSE;
}
