/* SPDX-License-Identifier: MIT */
#include "set/layout-names.h"

#include <string.h>

static const struct {
  const char *name;
  MsRoleKind kind;
  gboolean weak;
} role_names[] = {
    {"images", MS_ROLE_IMAGE},
    {"image", MS_ROLE_IMAGE},
    {"imgs", MS_ROLE_IMAGE},
    {"img", MS_ROLE_IMAGE},
    {"img_dir", MS_ROLE_IMAGE},
    {"photos", MS_ROLE_IMAGE},
    {"jpegimages", MS_ROLE_IMAGE},
    {"leftimg8bit", MS_ROLE_IMAGE},
    {"imagestr", MS_ROLE_IMAGE},
    {"imagests", MS_ROLE_IMAGE},
    {"pictures", MS_ROLE_IMAGE, TRUE},
    {"frames", MS_ROLE_IMAGE, TRUE},
    {"rgb", MS_ROLE_IMAGE, TRUE},
    {"input", MS_ROLE_IMAGE, TRUE},
    {"inputs", MS_ROLE_IMAGE, TRUE},
    {"data", MS_ROLE_IMAGE, TRUE},
    {"a", MS_ROLE_IMAGE, TRUE}, /* change detection: the picture before */
    {"actual", MS_ROLE_ACTUAL},
    {"masks", MS_ROLE_ACTUAL},
    {"mask", MS_ROLE_ACTUAL},
    {"labels", MS_ROLE_ACTUAL},
    {"label", MS_ROLE_ACTUAL},
    {"gt", MS_ROLE_ACTUAL},
    {"gts", MS_ROLE_ACTUAL},
    {"ground_truth", MS_ROLE_ACTUAL},
    {"ground_truths", MS_ROLE_ACTUAL},
    {"groundtruth", MS_ROLE_ACTUAL},
    {"groundtruths", MS_ROLE_ACTUAL},
    {"annotations", MS_ROLE_ACTUAL},
    {"annotation", MS_ROLE_ACTUAL},
    {"annots", MS_ROLE_ACTUAL},
    {"annot", MS_ROLE_ACTUAL},
    {"ann_dir", MS_ROLE_ACTUAL},
    {"truth", MS_ROLE_ACTUAL},
    {"y_true", MS_ROLE_ACTUAL},
    {"targets", MS_ROLE_ACTUAL},
    {"target", MS_ROLE_ACTUAL},
    {"reference", MS_ROLE_ACTUAL},
    {"references", MS_ROLE_ACTUAL},
    {"segmentation", MS_ROLE_ACTUAL},
    {"segmentations", MS_ROLE_ACTUAL},
    {"seg", MS_ROLE_ACTUAL},
    {"segmentationclass", MS_ROLE_ACTUAL},
    {"gtfine", MS_ROLE_ACTUAL},
    {"labelstr", MS_ROLE_ACTUAL},
    {"labelsts", MS_ROLE_ACTUAL},
    {"predicted", MS_ROLE_PREDICTED},
    {"predictions", MS_ROLE_PREDICTED},
    {"prediction", MS_ROLE_PREDICTED},
    {"preds", MS_ROLE_PREDICTED},
    {"pred", MS_ROLE_PREDICTED},
    {"predtr", MS_ROLE_PREDICTED},
    {"predts", MS_ROLE_PREDICTED},
    {"predictionstr", MS_ROLE_PREDICTED},
    {"predictionsts", MS_ROLE_PREDICTED},
    {"y_pred", MS_ROLE_PREDICTED},
    {"prob", MS_ROLE_PREDICTED},
    {"probs", MS_ROLE_PREDICTED},
    {"probabilities", MS_ROLE_PREDICTED},
    {"probability", MS_ROLE_PREDICTED},
    {"probability_maps", MS_ROLE_PREDICTED},
    {"results", MS_ROLE_PREDICTED},
    {"result", MS_ROLE_PREDICTED},
    {"outputs", MS_ROLE_PREDICTED},
    {"output", MS_ROLE_PREDICTED},
    {"output_dir", MS_ROLE_PREDICTED},
    {"model_output", MS_ROLE_PREDICTED},
    {"model_outputs", MS_ROLE_PREDICTED},
    {"inference", MS_ROLE_PREDICTED},
    {"inferences", MS_ROLE_PREDICTED},
    {"submission", MS_ROLE_PREDICTED},
};

/* Words that tell a role as the first or the last part of a name. */
static const struct {
  const char *word;
  MsRoleKind kind;
} role_words[] = {
    {"predictions", MS_ROLE_PREDICTED},
    {"prediction", MS_ROLE_PREDICTED},
    {"predicted", MS_ROLE_PREDICTED},
    {"predict", MS_ROLE_PREDICTED},
    {"preds", MS_ROLE_PREDICTED},
    {"pred", MS_ROLE_PREDICTED},
    {"probs", MS_ROLE_PREDICTED},
    {"prob", MS_ROLE_PREDICTED},
    {"results", MS_ROLE_PREDICTED},
    {"result", MS_ROLE_PREDICTED},
    {"outputs", MS_ROLE_PREDICTED},
    {"output", MS_ROLE_PREDICTED},
    {"inference", MS_ROLE_PREDICTED},
    {"masks", MS_ROLE_ACTUAL},
    {"mask", MS_ROLE_ACTUAL},
    {"labels", MS_ROLE_ACTUAL},
    {"label", MS_ROLE_ACTUAL},
    {"gt", MS_ROLE_ACTUAL},
    {"actual", MS_ROLE_ACTUAL},
    {"groundtruth", MS_ROLE_ACTUAL},
    {"annotations", MS_ROLE_ACTUAL},
    {"images", MS_ROLE_IMAGE},
    {"imgs", MS_ROLE_IMAGE},
};

/* A folder whose name ends so holds another's masks for people to look at. */
static const char *const twin_endings[] = {
    "visualization", "visualizations", "_vis",     "_viz",      "_color",
    "_colors",       "_colour",        "_overlay", "_overlays",
};

static const char *const other_words[] = {
    "conf",      "confidence", "uncertainty",        "entropy",     "depth",     "disparity",
    "edge",      "edges",      "boundary",           "boundaries",  "contour",   "contours",
    "overlay",   "overlays",   "superpixels",        "weights",     "skeletons", "trimaps",
    "instances", "instance",   "instances16",        "instanceids", "logs",      "checkpoints",
    "features",  "thumbnails", "segmentationobject",
};

char *
ms_name_normalize(const char *name)
{
  return g_strdelimit(g_ascii_strdown(name, -1), "- ", '_');
}

static gboolean
begins_with_word(const char *normal, const char *word)
{
  gsize length = strlen(word);
  return g_str_has_prefix(normal, word) && normal[length] == '_' && normal[length + 1];
}

static gboolean
ends_with_word(const char *normal, const char *word)
{
  gsize length = strlen(normal), word_length = strlen(word);
  return length > word_length + 1 && g_str_has_suffix(normal, word) &&
         normal[length - word_length - 1] == '_';
}

MsNameSurety
ms_name_role(const char *name, MsRoleKind *kind)
{
  g_autofree char *normal = ms_name_normalize(name);
  for (gsize i = 0; i < G_N_ELEMENTS(role_names); i++)
    if (g_str_equal(normal, role_names[i].name)) {
      *kind = role_names[i].kind;
      return role_names[i].weak ? MS_NAME_WEAK : MS_NAME_EXACT;
    }
  for (gsize i = 0; i < G_N_ELEMENTS(role_words); i++)
    if (begins_with_word(normal, role_words[i].word) ||
        ends_with_word(normal, role_words[i].word)) {
      *kind = role_words[i].kind;
      return MS_NAME_PART;
    }
  return MS_NAME_UNKNOWN;
}

gboolean
ms_name_is_predicted_word(const char *name)
{
  MsRoleKind kind;
  return ms_name_role(name, &kind) == MS_NAME_EXACT && kind == MS_ROLE_PREDICTED;
}

/* Arrays are a twin only of a folder that is there. */
static gboolean
is_array_twin(const char *normal, const GPtrArray *around)
{
  if (!g_str_has_suffix(normal, "npy") && !g_str_has_suffix(normal, "npz"))
    return FALSE;
  g_autofree char *head = g_strndup(normal, strlen(normal) - strlen("npy"));
  gsize length = strlen(head);
  if (length > 0 && head[length - 1] == '_')
    head[length - 1] = '\0';
  for (guint i = 0; i < around->len; i++) {
    const MsFolder *folder = g_ptr_array_index(around, i);
    g_autofree char *other = ms_name_normalize(folder->name);
    if (g_str_equal(other, head))
      return TRUE;
  }
  return FALSE;
}

gboolean
ms_name_is_twin(const char *name, const GPtrArray *around)
{
  g_autofree char *normal = ms_name_normalize(name);
  for (gsize i = 0; i < G_N_ELEMENTS(twin_endings); i++)
    if (g_str_has_suffix(normal, twin_endings[i]))
      return TRUE;
  return is_array_twin(normal, around);
}

gboolean
ms_name_is_other(const char *name)
{
  g_autofree char *normal = ms_name_normalize(name);
  g_auto(GStrv) words = g_strsplit(normal, "_", -1);
  for (guint i = 0; words[i]; i++)
    for (gsize j = 0; j < G_N_ELEMENTS(other_words); j++)
      if (g_str_equal(words[i], other_words[j]))
        return TRUE;
  return FALSE;
}

gboolean
ms_name_is_resolution(const char *name)
{
  gsize n_digits = strspn(name, "0123456789");
  return g_ascii_strcasecmp(name, "full-resolution") == 0 ||
         (n_digits >= 3 && g_ascii_strcasecmp(name + n_digits, "p") == 0);
}

/* --- splits in names -------------------------------------------------------------------------- */

/* "annot" of "trainannot": what may follow a split without a separator. */
static gboolean
may_be_joined(const char *rest)
{
  static const char *const words[] = {"annot", "annots", "masks",  "mask",  "labels",
                                      "label", "gt",     "images", "image", "imgs"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_str_equal(rest, words[i]))
      return TRUE;
  return FALSE;
}

gboolean
ms_name_cut_split(const char *name, char **split, char **rest)
{
  g_autofree char *normal = ms_name_normalize(name);
  for (gsize length = strlen(normal); length > 1; length--) {
    g_autofree char *head = g_strndup(name, length);
    const char *after = normal + length;
    if (ms_split_normalize(head) &&
        (*after == '\0' || (*after == '_' && after[1]) || may_be_joined(after))) {
      *split = g_steal_pointer(&head);
      *rest = g_strdup(*after == '_' ? after + 1 : after);
      return TRUE;
    }
  }
  const char *last = strrchr(normal, '_');
  if (!last || last == normal || !ms_split_normalize(last + 1))
    return FALSE;
  *split = g_strdup(name + (last + 1 - normal));
  *rest = g_strndup(normal, (gsize)(last - normal));
  return TRUE;
}
