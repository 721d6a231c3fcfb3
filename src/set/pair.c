/* SPDX-License-Identifier: MIT
 *
 * Counting a pair of masks, and the result that is kept of it: a joint histogram, from which every
 * score under every rule follows without the pixels. Label sets stay in memory as they are, and are
 * counted anew under other rules.
 */
#include "set/pair.h"

#include "io/file.h"
#include "set/control.h"
#include "set/masks.h"
#include "set/raw-count.h"

typedef struct {
  MsResult result;
  gatomicrefcount ref_count;
} OwnedResult;

static MsResult *
result_new(MsResultStatus status, gboolean has_actual)
{
  OwnedResult *owned = g_new0(OwnedResult, 1);

  g_atomic_ref_count_init(&owned->ref_count);
  owned->result.status = status;
  owned->result.has_actual = has_actual;
  return &owned->result;
}

/* Counts the joint of masks. */
static MsStatus
add_masks(MsConfusion *confusion, const MsResult *result, guint32 *unknown_id)
{
  if (ms_confusion_comparison(confusion) == MS_COMPARE_STACKS)
    return ms_confusion_add_stacks(confusion, result->joint, result->actual_stacks,
                                   result->predicted_stacks, unknown_id);
  return ms_confusion_add_joint(confusion, result->joint, unknown_id);
}

/* Under rules, from what there is. */
static MsStatus
count_masks(const MsResult *result, const MsRules *rules, MsConfusion **confusion,
            guint32 *unknown_id)
{
  MsConfusion *made = NULL;
  MsStatus status;

  if (!result->joint)
    return ms_packed_count(result->packed, rules, confusion, unknown_id);
  status = ms_confusion_new(rules, &made);
  if (status == MS_STATUS_OK)
    status = add_masks(made, result, unknown_id);
  if (status == MS_STATUS_OK)
    *confusion = made;
  else
    ms_confusion_free(made);
  return status;
}

static MsResult *
result_new_failed(MsResultStatus status, const char *message, MsExample *example)
{
  MsResult *result = result_new(status, ms_example_has_actual(example));

  result->message = g_strdup(message);
  return result;
}

MsResult *
ms_result_ref(MsResult *result)
{
  g_atomic_ref_count_inc(&((OwnedResult *)result)->ref_count);
  return result;
}

void
ms_result_unref(MsResult *result)
{
  if (!result || !g_atomic_ref_count_dec(&((OwnedResult *)result)->ref_count))
    return;
  ms_confusion_free(result->confusion);
  ms_joint_free(result->joint);
  ms_stacks_free(result->actual_stacks);
  ms_stacks_free(result->predicted_stacks);
  ms_packed_unref(result->packed);
  g_free(result->message);
  g_free(result);
}

MsPacked *
ms_result_dup_packed(const MsResult *result)
{
  if (result->packed)
    return ms_packed_ref(result->packed);
  if (!result->joint)
    return NULL;
  return ms_packed_new(result->joint, result->actual_stacks, result->predicted_stacks);
}

gboolean
ms_result_is_unfinished(const MsResult *result)
{
  return result->status == MS_RESULT_ERROR && result->young;
}

gboolean
ms_result_pack(MsResult *result)
{
  result->packed = ms_result_dup_packed(result);
  if (!result->packed)
    return FALSE;
  g_clear_pointer(&result->joint, ms_joint_free);
  g_clear_pointer(&result->actual_stacks, ms_stacks_free);
  g_clear_pointer(&result->predicted_stacks, ms_stacks_free);
  return TRUE;
}

MsConfusion *
ms_result_confusion(const MsResult *result, MsSet *set, guint example, guint model,
                    const MsRuleset *rules, GError **error)
{
  const MsLabelData *labels = ms_set_get_labels(set);
  g_autoptr(MsConfusion) confusion = NULL;
  guint32 unknown_id = 0;
  MsStatus status;

  g_return_val_if_fail(
      result->status == MS_RESULT_OK && (labels || result->joint || result->packed), NULL);
  status = labels ? ms_confusion_new(&rules->rules, &confusion)
                  : count_masks(result, &rules->rules, &confusion, &unknown_id);
  if (labels && status == MS_STATUS_OK)
    status = ms_label_data_count(labels, ms_set_get_row(set, example), model, rules->threshold,
                                 confusion);
  if (status == MS_STATUS_OK)
    return g_steal_pointer(&confusion);
  if (status == MS_STATUS_UNKNOWN_ID)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                "%s: its actual mask holds id %u, which is no class", ms_set_get_id(set, example),
                unknown_id);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s", ms_set_get_id(set, example),
                ms_status_string(status));
  return NULL;
}

/* The option's value that ignores one more id than now, ascending. */
static char *
describe_ignore_option(const MsRules *rules, guint32 id)
{
  GString *ids = g_string_new(NULL);
  gboolean named = FALSE;

  for (size_t i = 0; i <= rules->n_ignored; i++) {
    if (!named && (i == rules->n_ignored || rules->ignored[i] > id)) {
      g_string_append_printf(ids, "%s%u", ids->len ? "," : "", id);
      named = TRUE;
    }
    if (i < rules->n_ignored)
      g_string_append_printf(ids, "%s%u", ids->len ? "," : "", rules->ignored[i]);
  }
  return g_string_free(ids, FALSE);
}

/* A message that names file, and the id that no class has. */
static char *
describe_failure(MsSet *set, MsExample *example, guint model, MsStatus status, guint32 unknown_id)
{
  const MsRules *rules = &ms_set_get_rules(set, model)->rules;
  MsClassTable *table = ms_set_get_classes(set);
  g_autofree char *file = ms_path_display(ms_example_get_actual(example));
  g_autofree char *ignore = NULL;

  if (status != MS_STATUS_UNKNOWN_ID)
    return g_strdup_printf("%s: %s", file, ms_status_string(status));
  ignore = describe_ignore_option(rules, unknown_id);
  return g_strdup_printf("%s: id %u is not a class of %s; --ignore %s would leave its pixels out",
                         file, unknown_id, table ? table->source : "the set", ignore);
}

/* Under the set's rules. OK, or *problem says why not. */
static MsStatus
fill_confusion(MsResult *result, MsSet *set, MsExample *example, guint model, char **problem)
{
  guint32 unknown_id = 0;
  MsStatus status =
      count_masks(result, &ms_set_get_rules(set, model)->rules, &result->confusion, &unknown_id);

  if (status != MS_STATUS_OK)
    *problem = describe_failure(set, example, model, status, unknown_id);
  return status;
}

static MsResult *
result_new_uncounted(MsStatus status, MsExample *example)
{
  g_autofree char *file = ms_path_display(ms_example_get_actual(example));
  g_autofree char *message = g_strdup_printf("%s: %s", file, ms_status_string(status));

  return result_new_failed(MS_RESULT_ERROR, message, example);
}

/* The result of a pair that is counted, or cannot be, still has its stacks: they say what the masks
 * that are shown hold. */
static void
take_stacks(MsResult *result, MsMasks *masks)
{
  result->actual_stacks = g_steal_pointer(&masks->actual.stacks);
  result->predicted_stacks = g_steal_pointer(&masks->predicted.stacks);
}

/* Of masks that are not compared because they differ in size; else none. */
static void
set_sizes(MsResult *result, const MsMasks *masks)
{
  if (masks->status != MS_RESULT_SKIPPED || masks->predicted_width == 0)
    return;
  result->width = masks->actual.raster.width;
  result->height = masks->actual.raster.height;
  result->predicted_width = masks->predicted_width;
  result->predicted_height = masks->predicted_height;
}

static guint64
n_pixels(const MsConfusion *confusion)
{
  return ms_confusion_counted(confusion) + ms_confusion_kinds(confusion).ignored;
}

MsResult *
ms_result_new_packed(MsSet *set, guint example_index, guint model, MsPacked *packed, int width,
                     int height, gboolean resized)
{
  g_autoptr(MsResult) result = result_new(MS_RESULT_OK, ms_set_has_actual(set, example_index));
  g_autoptr(MsExample) example = NULL;
  g_autofree char *problem = NULL;
  guint32 unknown_id = 0;
  MsStatus status = ms_packed_count(packed, &ms_set_get_rules(set, model)->rules,
                                    &result->confusion, &unknown_id);

  if (status == MS_STATUS_INVALID ||
      (status == MS_STATUS_OK && n_pixels(result->confusion) != (guint64)width * (guint64)height))
    return NULL;
  result->packed = ms_packed_ref(packed);
  result->width = width;
  result->height = height;
  result->resized = resized;
  if (status == MS_STATUS_OK)
    return g_steal_pointer(&result);
  example = ms_set_dup_example(set, example_index);
  problem = describe_failure(set, example, model, status, unknown_id);
  return result_new_failed(MS_RESULT_ERROR, problem, example);
}

MsResult *
ms_result_new_mismatched(MsSet *set, guint example_index, guint model, int width, int height,
                         int predicted_width, int predicted_height)
{
  g_autoptr(MsExample) example = ms_set_dup_example(set, example_index);
  MsRaster actual = {.width = width, .height = height};
  MsRaster predicted = {.width = predicted_width, .height = predicted_height};
  g_autofree char *message = ms_masks_describe_mismatch(&actual, &predicted, set, example, model);
  MsResult *result = result_new_failed(MS_RESULT_SKIPPED, message, example);

  result->width = width;
  result->height = height;
  result->predicted_width = predicted_width;
  result->predicted_height = predicted_height;
  return result;
}

/* Counts an OK result under the set's rules; takes it over. */
static MsResult *
finish(MsResult *counted, MsSet *set, MsExample *example, guint model)
{
  g_autoptr(MsResult) result = counted;
  g_autofree char *problem = NULL;

  if (fill_confusion(result, set, example, model, &problem) != MS_STATUS_OK)
    return result_new_failed(MS_RESULT_ERROR, problem, example);
  return g_steal_pointer(&result);
}

MsResult *
ms_masks_score(MsMasks *masks, MsSet *set, MsExample *example, guint model,
               GCancellable *cancellable, GError **error)
{
  MsControl control = ms_control_for(cancellable);
  g_autoptr(MsResult) result = NULL;
  MsStatus status;

  if (masks->status != MS_RESULT_OK) {
    result = result_new_failed(masks->status, masks->message, example);
    set_sizes(result, masks);
    take_stacks(result, masks);
    return g_steal_pointer(&result);
  }
  result = result_new(MS_RESULT_OK, ms_example_has_actual(example));
  take_stacks(result, masks);
  status = ms_joint_new(&result->joint);
  if (status == MS_STATUS_OK)
    status = ms_joint_add(result->joint, &masks->actual.raster, &masks->predicted.raster, &control);
  if (status == MS_STATUS_OK)
    status = ms_joint_compact(result->joint);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (status != MS_STATUS_OK)
    return result_new_uncounted(status, example);
  result->resized = masks->resized;
  result->width = masks->actual.raster.width;
  result->height = masks->actual.raster.height;
  return finish(g_steal_pointer(&result), set, example, model);
}

MsResult *
ms_pair_score_labels(MsSet *set, guint example_index, guint model)
{
  g_autoptr(MsExample) example = ms_set_dup_example(set, example_index);
  const char *problem = ms_example_get_problem(example, model);
  g_autoptr(MsResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (problem)
    return result_new_failed(MS_RESULT_SKIPPED, problem, example);
  result = result_new(MS_RESULT_OK, ms_example_has_actual(example));
  result->confusion =
      ms_result_confusion(result, set, example_index, model, ms_set_get_rules(set, model), &error);
  if (!result->confusion)
    return result_new_failed(MS_RESULT_ERROR, error->message, example);
  return g_steal_pointer(&result);
}

#define MAX_READS 4

void
ms_reading_try_begin(MsReadingTry *try, MsSet *set, guint example, guint model)
{
  *try = (MsReadingTry){.set = set, .example = example, .model = model};
  ms_stamp_see(set, example, model, &try->sight);
}

/* Whoever writes it goes on and on. */
static MsResult *
result_new_restless(const MsReadingTry *try)
{
  g_autoptr(MsExample) example = ms_set_dup_example(try->set, try->example);
  g_autofree char *message =
      g_strdup_printf("%s: its files change while they are read; read them again when they rest",
                      ms_set_get_id(try->set, try->example));
  MsResult *result = result_new_failed(MS_RESULT_ERROR, message, example);

  result->young = TRUE;
  return result;
}

gboolean
ms_reading_try_again(MsReadingTry *try, MsResult **result)
{
  MsSight before = try->sight;

  ms_stamp_see(try->set, try->example, try->model, &try->sight);
  if (before.state != try->sight.state && ++try->n_reads < MAX_READS) {
    g_clear_pointer(result, ms_result_unref);
    return TRUE;
  }
  if (before.state != try->sight.state) {
    ms_result_unref(*result);
    *result = result_new_restless(try);
    return FALSE;
  }
  (*result)->stamp = before.stamp;
  (*result)->time = before.time;
  (*result)->state = before.state;
  (*result)->young = before.young;
  return FALSE;
}

static MsResult *
score_raw(const MsRawCount *count, MsSet *set, MsExample *example, guint model)
{
  MsResult *result = result_new(MS_RESULT_OK, ms_example_has_actual(example));

  result->joint = count->joint;
  result->width = count->width;
  result->height = count->height;
  return finish(result, set, example, model);
}

MsResult *
ms_pair_score(MsSet *set, guint example_index, guint model, MsScratch *scratch,
              GCancellable *cancellable, GError **error)
{
  g_autoptr(MsExample) example = ms_set_dup_example(set, example_index);
  const char *problem = ms_example_get_problem(example, model);
  g_auto(MsMasks) masks = {0};
  MsRawCount count;

  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (ms_set_get_labels(set))
    return ms_pair_score_labels(set, example_index, model);
  if (problem)
    return result_new_failed(MS_RESULT_SKIPPED, problem, example);
  if (scratch && ms_raw_count(&count, set, example, model, scratch, cancellable))
    return score_raw(&count, set, example, model);
  if (!ms_masks_load(&masks, set, example, model, scratch, cancellable, error))
    return NULL;
  return ms_masks_score(&masks, set, example, model, cancellable, error);
}
