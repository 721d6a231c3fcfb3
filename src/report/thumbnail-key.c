/* SPDX-License-Identifier: MIT */
#include "report/thumbnail-key.h"

#include "report/pictures-id.h"
#include "set/signature.h"
#include "set/stamp.h"

static void
append_words(GString *text, const guint64 words[2])
{
  g_string_append_printf(text, " %" G_GINT64_MODIFIER "x.%" G_GINT64_MODIFIER "x", words[0],
                         words[1]);
}

/* Everything that ms_kinds_paint() looks at. */
static void
append_rules(GString *text, const MsRules *rules)
{
  g_string_append_printf(text, " rules %d %u %" G_GINT64_FORMAT " %d", rules->comparison,
                         rules->threshold, rules->background, rules->ignore_unlisted);
  for (size_t i = 0; i < rules->n_ignored; i++)
    g_string_append_printf(text, " -%u", rules->ignored[i]);
  for (size_t i = 0; rules->classes && i < rules->n_classes; i++)
    g_string_append_printf(text, " +%u", rules->classes[i]);
}

static void
append_reading(GString *text, MsSet *set, guint model, const MsRuleset *rules)
{
  MsHash signature = ms_signature_of(set, model);

  append_words(text, signature.words);
  append_rules(text, &rules->rules);
}

/* FALSE: a tile without an image is made faster than it is found. */
static gboolean
append_labels(GString *text, MsSet *set, guint example, guint model, const MsRuleset *rules)
{
  g_autoptr(MsExample) object = ms_set_dup_example(set, example);
  g_autoptr(GArray) marks =
      ms_label_data_marks(ms_set_get_labels(set), ms_set_get_row(set, example), model, rules);

  if (!ms_example_get_image(object))
    return FALSE;
  g_string_append(text, " labels");
  for (guint i = 0; i < marks->len; i++)
    g_string_append_printf(text, " %d", g_array_index(marks, MsLabelMark, i).kind);
  return TRUE;
}

static gboolean
append_masks(GString *text, MsSet *set, guint example, guint model, const MsRuleset *rules)
{
  MsStamp stamp;

  ms_stamp_look(set, example, model, &stamp, NULL);
  append_words(text, stamp.words);
  append_reading(text, set, model, rules);
  return ms_stamp_is_known(&stamp);
}

static void
append_look(GString *text, const MsThumbnailLook *look)
{
  g_string_append_printf(text, " look %d %x %d %dx%d", look->style.palette, look->style.shown,
                         look->ground, look->width, look->height);
}

char *
ms_thumbnail_key(MsSet *set, guint example, guint model, const MsRuleset *rules,
                 const MsThumbnailLook *look)
{
  g_autoptr(GString) text = g_string_new(NULL);
  MsStamp image;

  g_string_append(text, MS_PICTURES_ID);
  ms_stamp_look_image(set, example, &image);
  append_words(text, image.words);
  append_look(text, look);
  if (!ms_stamp_is_known(&image) ||
      !(ms_set_get_labels(set) ? append_labels(text, set, example, model, rules)
                               : append_masks(text, set, example, model, rules)))
    return NULL;
  return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

char *
ms_thumbnail_manner(MsSet *set, guint model, const MsRuleset *rules, const MsThumbnailLook *look)
{
  GString *text = g_string_new(NULL);

  append_look(text, look);
  append_reading(text, set, model, rules);
  return g_string_free(text, FALSE);
}
