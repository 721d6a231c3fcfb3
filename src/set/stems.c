/* SPDX-License-Identifier: MIT
 *
 * A suffix is a separator and a word, in any case. Which roles a word may stand in matters: _0000
 * is nnU-Net's channel number on an image, but a frame's number on a mask.
 */
#include "set/stems.h"

#include "set/text.h"

#define SEPARATORS "_-."

enum {
  IMAGE = 1 << MS_ROLE_IMAGE,
  ACTUAL = 1 << MS_ROLE_ACTUAL,
  PREDICTED = 1 << MS_ROLE_PREDICTED,
  MASK = ACTUAL | PREDICTED,
  ALL = IMAGE | MASK,
};

/* Names are many and words are compared with each: their lengths are known. */
#define WORD(text) text, sizeof text - 1

static const struct {
  const char *word;
  guint8 length;
  guint8 roles;
  gboolean telling; /* cannot be part of a name that is an id */
} suffixes[] = {
    {WORD("mask"), MASK, TRUE},
    {WORD("masks"), MASK, TRUE},
    {WORD("segmentation"), MASK, TRUE},
    {WORD("seg"), MASK, TRUE},
    {WORD("label"), MASK, TRUE},
    {WORD("labels"), MASK, TRUE},
    {WORD("annotation"), MASK, TRUE},
    {WORD("gt"), MASK, TRUE},
    {WORD("groundtruth"), MASK, TRUE},
    {WORD("ground_truth"), MASK, TRUE},
    {WORD("truth"), MASK, TRUE},
    {WORD("actual"), ACTUAL, TRUE},
    {WORD("ref"), ACTUAL, TRUE},
    {WORD("reference"), ACTUAL, TRUE},
    {WORD("pred"), PREDICTED, TRUE},
    {WORD("preds"), PREDICTED, TRUE},
    {WORD("predict"), PREDICTED, TRUE},
    {WORD("predicted"), PREDICTED, TRUE},
    {WORD("prediction"), PREDICTED, TRUE},
    {WORD("predictions"), PREDICTED, TRUE},
    {WORD("prob"), PREDICTED, TRUE},
    {WORD("probs"), PREDICTED, TRUE},
    {WORD("probability"), PREDICTED, TRUE},
    {WORD("out"), PREDICTED, TRUE},
    {WORD("output"), PREDICTED, TRUE},
    {WORD("gtFine_labelIds"), MASK, TRUE},
    {WORD("gtFine_labelTrainIds"), MASK, TRUE},
    {WORD("gtCoarse_labelIds"), MASK, TRUE},
    {WORD("gtCoarse_labelTrainIds"), MASK, TRUE},
    {WORD("labelIds"), MASK, TRUE},
    {WORD("labelTrainIds"), MASK, TRUE},
    {WORD("leftImg8bit"), IMAGE | PREDICTED, TRUE},
    {WORD("image"), IMAGE | PREDICTED, FALSE},
    {WORD("img"), IMAGE | PREDICTED, FALSE},
    {WORD("photo"), IMAGE, FALSE},
    {WORD("rgb"), IMAGE, FALSE},
    {WORD("sat"), IMAGE, FALSE},
    {WORD("L"), MASK, FALSE},
    {WORD("P"), MASK, FALSE},
    {WORD("0000"), IMAGE, FALSE},
};

/* Words for what shows a mask or an image in another form, for people or for other programs. */
static const struct {
  const char *word;
  guint8 length;
} other_forms[] = {
    {WORD("color")},         {WORD("colors")},
    {WORD("colour")},        {WORD("colored")},
    {WORD("color_mask")},    {WORD("vis")},
    {WORD("viz")},           {WORD("visualization")},
    {WORD("overlay")},       {WORD("blend")},
    {WORD("preview")},       {WORD("superpixels")},
    {WORD("instanceIds")},   {WORD("instanceTrainIds")},
    {WORD("labelTrainIds")}, {WORD("contour")},
    {WORD("contours")},      {WORD("boundary")},
    {WORD("edges")},         {WORD("conf")},
    {WORD("confidence")},    {WORD("uncertainty")},
    {WORD("entropy")},
};

/* More names than this that begin alike are not searched for the one that is shown. */
#define MAX_KIN 64

static gboolean
ends_with_word(const char *stem, gsize length, const char *word, gsize word_length)
{
  if (length < word_length + 2)
    return FALSE; /* a separator and at least one character before it */
  const char *tail = stem + length - word_length;
  return g_ascii_tolower(tail[word_length - 1]) == g_ascii_tolower(word[word_length - 1]) &&
         strchr(SEPARATORS, tail[-1]) && tail[-2] != '/' &&
         g_ascii_strncasecmp(tail, word, word_length) == 0;
}

/* Most names end with a letter that no word ends with, and need no look at the words. */
typedef struct {
  gsize made;
  gboolean of_words[256];
} LastLetters;

static void
add_last_letter(LastLetters *letters, const char *word, gsize length)
{
  letters->of_words[(guint8)g_ascii_tolower(word[length - 1])] = TRUE;
  letters->of_words[(guint8)g_ascii_toupper(word[length - 1])] = TRUE;
}

static gboolean
may_end_with_suffix(const char *stem, gsize length)
{
  static LastLetters letters;
  if (g_once_init_enter(&letters.made)) {
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
      add_last_letter(&letters, suffixes[i].word, suffixes[i].length);
    g_once_init_leave(&letters.made, 1);
  }
  return length > 0 && letters.of_words[(guint8)stem[length - 1]];
}

static gboolean
may_end_with_other_form(const char *stem, gsize length)
{
  static LastLetters letters;
  if (g_once_init_enter(&letters.made)) {
    for (gsize i = 0; i < G_N_ELEMENTS(other_forms); i++)
      add_last_letter(&letters, other_forms[i].word, other_forms[i].length);
    g_once_init_leave(&letters.made, 1);
  }
  return length > 0 && letters.of_words[(guint8)stem[length - 1]];
}

/* The length without the longest suffix that fits, or the length itself. */
static gsize
strip_once(const char *stem, gsize length, MsRoleKind kind, gboolean telling_only)
{
  gsize longest = 0;
  if (!may_end_with_suffix(stem, length))
    return length;
  for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
    gsize word_length = suffixes[i].length;
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

static gboolean
is_number(const char *text)
{
  for (gsize i = 0; i < 6; i++)
    if (!g_ascii_isdigit(text[i]))
      return FALSE;
  return TRUE;
}

/* "munster_000000_000019" of "munster_000000_000019_anything": Cityscapes' frames, whose
 * predictions may be called anything from there on. The length itself where it is none. */
static gsize
frame_length(const char *stem, gsize length)
{
  const gsize numbers_length = 14; /* _000000_000019 */
  const char *slash = strrchr(stem, '/');
  for (gsize i = slash ? (gsize)(slash - stem) + 2 : 1; i + numbers_length < length; i++)
    if (stem[i] == '_' && stem[i + 7] == '_' && is_number(stem + i + 1) &&
        is_number(stem + i + 8) && strchr(SEPARATORS, stem[i + numbers_length]))
      return i + numbers_length;
  return length;
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
  if (kind == MS_ROLE_PREDICTED && !exact && n < MS_STEM_MAX_FORMS) {
    gsize frame = frame_length(stem, length);
    if (frame < length)
      lengths[n++] = frame;
  }
  return n;
}

gsize
ms_stem_name_length(const char *stem, MsRoleKind kind)
{
  gsize length = strlen(stem);
  return kind == MS_ROLE_IMAGE ? length : strip_once(stem, length, kind, TRUE);
}

gsize
ms_stem_head_length(const char *stem, MsRoleKind kind)
{
  gsize length = strlen(stem), shorter = strip_once(stem, length, kind, FALSE);
  return shorter < length ? shorter : 0;
}

gboolean
ms_stem_may_be_word(const char *name, gsize length)
{
  return may_end_with_suffix(name, length);
}

gboolean
ms_stem_word_is(const char *word, MsRoleKind kind)
{
  gsize length = strlen(word);
  for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
    if (suffixes[i].length == length && (suffixes[i].roles & (1 << kind)) &&
        g_ascii_strncasecmp(word, suffixes[i].word, length) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the word stands for predicted masks and for nothing else. */
static gboolean
is_predicted_word(const char *word)
{
  return ms_stem_word_is(word, MS_ROLE_PREDICTED) && !ms_stem_word_is(word, MS_ROLE_ACTUAL) &&
         !ms_stem_word_is(word, MS_ROLE_IMAGE);
}

/* The name, or the word where the name says no more than "mask". */
static char *
name_or_word(const char *name, const char *word)
{
  gboolean plain = *name == '\0' || ms_stem_word_is(name, MS_ROLE_PREDICTED);
  return g_strdup(plain ? word : name);
}

char *
ms_stem_model(const char *end)
{
  gsize first_length = strcspn(end, SEPARATORS);
  g_autofree char *first = g_strndup(end, first_length);
  if (is_predicted_word(first))
    return name_or_word(end[first_length] ? end + first_length + 1 : "", first);
  const char *last = end + strlen(end);
  while (last > end && !strchr(SEPARATORS, last[-1]))
    last--;
  if (last == end)
    return NULL;
  g_autofree char *head = g_strndup(end, (gsize)(last - end - 1));
  return is_predicted_word(last) ? name_or_word(head, last) : NULL;
}

/* --- other forms ------------------------------------------------------------------------------ */

/* The length of a name's head before such a word; 0: there is none. */
static gsize
other_form_head(const char *name)
{
  gsize length = ms_text_stem_length(name);
  if (!may_end_with_other_form(name, length))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS(other_forms); i++) {
    gsize word_length = other_forms[i].length;
    if (ends_with_word(name, length, other_forms[i].word, word_length))
      return length - word_length - 1;
  }
  return 0;
}

/* The first name that does not come before a head in byte order. */
static guint
find_first(const GPtrArray *names, const char *head, gsize length)
{
  guint low = 0, high = names->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (strncmp(g_ptr_array_index(names, middle), head, length) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gboolean
ms_stem_is_other_form(const GPtrArray *names, guint index)
{
  const char *name = g_ptr_array_index(names, index);
  gsize length = other_form_head(name);
  if (length == 0)
    return FALSE;
  guint first = find_first(names, name, length);
  for (guint i = first; i < names->len && i < first + MAX_KIN; i++) {
    const char *other = g_ptr_array_index(names, i);
    if (strncmp(other, name, length) != 0)
      return FALSE;
    if (i != index && strchr(SEPARATORS, other[length]) && other_form_head(other) == 0)
      return TRUE;
  }
  return FALSE;
}
