/* SPDX-License-Identifier: MIT
 *
 * A suffix is a separator and a word, in any case. Which roles a word may stand in matters: _0000
 * is nnU-Net's channel number on an image, but a frame's number on a mask.
 */
#include "set/stems.h"

#include "set/text.h"

enum {
  IMAGE = 1 << MS_ROLE_IMAGE,
  ACTUAL = 1 << MS_ROLE_ACTUAL,
  PREDICTED = 1 << MS_ROLE_PREDICTED,
  MASK = ACTUAL | PREDICTED,
  ALL = IMAGE | MASK,
};

static const struct {
  const char *word;
  guint8 roles;
  gboolean telling; /* cannot be part of a name that is an id */
} suffixes[] = {
    {"mask", MASK, TRUE},
    {"masks", MASK, TRUE},
    {"segmentation", MASK, TRUE},
    {"seg", MASK, TRUE},
    {"label", MASK, TRUE},
    {"labels", MASK, TRUE},
    {"annotation", MASK, TRUE},
    {"gt", MASK, TRUE},
    {"groundtruth", MASK, TRUE},
    {"ground_truth", MASK, TRUE},
    {"truth", MASK, TRUE},
    {"actual", ACTUAL, TRUE},
    {"pred", PREDICTED, TRUE},
    {"preds", PREDICTED, TRUE},
    {"predict", PREDICTED, TRUE},
    {"predicted", PREDICTED, TRUE},
    {"prediction", PREDICTED, TRUE},
    {"predictions", PREDICTED, TRUE},
    {"prob", PREDICTED, TRUE},
    {"probs", PREDICTED, TRUE},
    {"probability", PREDICTED, TRUE},
    {"out", PREDICTED, TRUE},
    {"output", PREDICTED, TRUE},
    {"gtFine_labelIds", MASK, TRUE},
    {"gtFine_labelTrainIds", MASK, TRUE},
    {"gtCoarse_labelIds", MASK, TRUE},
    {"gtCoarse_labelTrainIds", MASK, TRUE},
    {"labelIds", MASK, TRUE},
    {"labelTrainIds", MASK, TRUE},
    {"leftImg8bit", IMAGE | PREDICTED, TRUE},
    {"image", IMAGE | PREDICTED, FALSE},
    {"img", IMAGE | PREDICTED, FALSE},
    {"L", MASK, FALSE},
    {"0000", IMAGE, FALSE},
};

static gboolean
ends_with_word(const char *stem, gsize length, const char *word, gsize word_length)
{
  if (length < word_length + 2)
    return FALSE; /* a separator and at least one character before it */
  const char *tail = stem + length - word_length;
  return g_ascii_tolower(tail[word_length - 1]) == g_ascii_tolower(word[word_length - 1]) &&
         (tail[-1] == '_' || tail[-1] == '-' || tail[-1] == '.') && tail[-2] != '/' &&
         g_ascii_strncasecmp(tail, word, word_length) == 0;
}

/* The length without the longest suffix that fits, or the length itself. */
static gsize
strip_once(const char *stem, gsize length, MsRoleKind kind, gboolean telling_only)
{
  gsize longest = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
    gsize word_length = strlen(suffixes[i].word);
    if (word_length > longest && (suffixes[i].roles & (1 << kind)) &&
        (suffixes[i].telling || !telling_only) &&
        ends_with_word(stem, length, suffixes[i].word, word_length))
      longest = word_length;
  }
  return longest ? length - longest - 1 : length;
}

/* "photo.jpg" of "photo.jpg.png". */
static gsize
strip_ending(const char *stem, gsize length)
{
  g_autofree char *head = g_strndup(stem, length);
  return ms_text_stem_length(head);
}

guint
ms_stem_forms(const char *stem, MsRoleKind kind, gboolean exact, gsize lengths[MS_STEM_MAX_FORMS])
{
  gsize length = strlen(stem);
  guint n = 0;
  lengths[n++] = length;
  while (!exact && n < MS_STEM_MAX_FORMS) {
    gsize shorter = memchr(stem, '.', length) ? strip_ending(stem, length) : length;
    if (shorter == length)
      shorter = strip_once(stem, length, kind, n > 1);
    if (shorter == length)
      break;
    lengths[n++] = length = shorter;
  }
  return n;
}

gsize
ms_stem_name_length(const char *stem, MsRoleKind kind)
{
  gsize length = strlen(stem);
  return kind == MS_ROLE_IMAGE ? length : strip_once(stem, length, kind, TRUE);
}
