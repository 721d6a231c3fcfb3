/* SPDX-License-Identifier: MIT
 *
 * Counting a pair of masks, and the result that is kept of it: a joint histogram, from which every
 * score under every rule follows without the pixels.
 */
#include "set/pair.h"

#include "io/file.h"
#include "set/masks.h"

typedef struct {
  MsResult result;
  gatomicrefcount ref_count;
} OwnedResult;

static MsResult *
result_new(MsResultStatus status, MsExample *example)
{
  OwnedResult *owned = g_new0(OwnedResult, 1);

  g_atomic_ref_count_init(&owned->ref_count);
  owned->result.status = status;
  owned->result.has_actual = ms_example_get_actual(example) != NULL;
  return &owned->result;
}

static MsResult *
result_new_failed(MsResultStatus status, const char *message, MsExample *example)
{
  MsResult *result = result_new(status, example);

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
  ms_joint_free(result->joint);
  g_free(result->message);
  g_free(result);
}

MsConfusion *
ms_result_confusion(const MsResult *result, const MsRules *rules, const char *id, GError **error)
{
  g_autoptr(MsConfusion) confusion = NULL;
  guint32 unknown_id = 0;
  MsStatus status = ms_confusion_new(rules, &confusion);

  g_return_val_if_fail(result->status == MS_RESULT_OK, NULL);
  if (status == MS_STATUS_OK)
    status = ms_confusion_add_joint(confusion, result->joint, &unknown_id);
  if (status == MS_STATUS_OK)
    return g_steal_pointer(&confusion);
  if (status == MS_STATUS_UNKNOWN_ID)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                "%s: its actual mask holds id %u, which is no class", id, unknown_id);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s", id, ms_status_string(status));
  return NULL;
}

/* Whether the set's rules know every actual id; if not, a message that names id, file and table. */
static char *
find_unknown_id(MsJoint *joint, MsSet *set, MsExample *example, guint model)
{
  const MsRules *rules = &ms_set_get_rules(set, model)->rules;
  MsClassTable *table = ms_set_get_classes(set);
  g_autoptr(MsConfusion) confusion = NULL;
  g_autofree char *file = ms_path_display(ms_example_get_actual(example));
  guint32 unknown_id = 0;
  MsStatus status = ms_confusion_new(rules, &confusion);

  if (status == MS_STATUS_OK)
    status = ms_confusion_add_joint(confusion, joint, &unknown_id);
  if (status == MS_STATUS_OK)
    return NULL;
  if (status != MS_STATUS_UNKNOWN_ID)
    return g_strdup_printf("%s: %s", file, ms_status_string(status));
  return g_strdup_printf("%s: id %u is not a class of %s; --ignore %u would leave its pixels out",
                         file, unknown_id, table ? table->source : "the set", unknown_id);
}

static MsResult *
result_new_uncounted(MsStatus status, MsExample *example)
{
  g_autofree char *file = ms_path_display(ms_example_get_actual(example));
  g_autofree char *message = g_strdup_printf("%s: %s", file, ms_status_string(status));

  return result_new_failed(MS_RESULT_ERROR, message, example);
}

static bool
go_on(void *user, double fraction)
{
  return !g_cancellable_is_cancelled(user);
}

MsResult *
ms_masks_score(const MsMasks *masks, MsSet *set, MsExample *example, guint model,
               GCancellable *cancellable, GError **error)
{
  MsControl control = {.go_on = go_on, .user = cancellable};
  g_autoptr(MsResult) result = NULL;
  g_autofree char *unknown = NULL;
  MsStatus status;

  if (masks->status != MS_RESULT_OK)
    return result_new_failed(masks->status, masks->message, example);
  result = result_new(MS_RESULT_OK, example);
  status = ms_joint_new(&result->joint);
  if (status == MS_STATUS_OK)
    status = ms_joint_add(result->joint, &masks->actual, &masks->predicted,
                          cancellable ? &control : NULL);
  if (status == MS_STATUS_OK)
    status = ms_joint_compact(result->joint);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (status != MS_STATUS_OK)
    return result_new_uncounted(status, example);
  unknown = find_unknown_id(result->joint, set, example, model);
  if (unknown)
    return result_new_failed(MS_RESULT_ERROR, unknown, example);
  result->resized = masks->resized;
  result->width = masks->actual.width;
  result->height = masks->actual.height;
  return g_steal_pointer(&result);
}

MsResult *
ms_pair_score(MsSet *set, guint example_index, guint model, GCancellable *cancellable,
              GError **error)
{
  MsExample *example = ms_set_get_example(set, example_index);
  const char *problem = ms_example_get_problem(example, model);
  g_auto(MsMasks) masks = {0};

  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (problem)
    return result_new_failed(MS_RESULT_SKIPPED, problem, example);
  if (!ms_masks_load(&masks, set, example, model, cancellable, error))
    return NULL;
  return ms_masks_score(&masks, set, example, model, cancellable, error);
}
