/* SPDX-License-Identifier: MIT */
#include "set/shared-texts.h"

#include <string.h>

struct MsSharedTexts {
  GPtrArray *texts;
  GHashTable *numbers; /* text -> number */
  GStringChunk *strings;
  GString *scratch;
  gsize n_string_bytes;
};

MsSharedTexts *
ms_shared_texts_new(void)
{
  MsSharedTexts *texts = g_new0(MsSharedTexts, 1);

  texts->texts = g_ptr_array_new();
  texts->numbers = g_hash_table_new(g_str_hash, g_str_equal);
  texts->strings = g_string_chunk_new(1 << 12);
  texts->scratch = g_string_new(NULL);
  return texts;
}

void
ms_shared_texts_finish(MsSharedTexts *texts)
{
  g_clear_pointer(&texts->numbers, g_hash_table_unref);
}

void
ms_shared_texts_free(MsSharedTexts *texts)
{
  if (!texts)
    return;
  ms_shared_texts_finish(texts);
  g_ptr_array_unref(texts->texts);
  g_string_chunk_free(texts->strings);
  g_string_free(texts->scratch, TRUE);
  g_free(texts);
}

gboolean
ms_shared_texts_is(const MsSharedTexts *texts, guint32 number, const char *text, gsize length)
{
  const char *known;

  if (number >= texts->texts->len)
    return FALSE;
  known = g_ptr_array_index(texts->texts, number);
  return strncmp(known, text, length) == 0 && known[length] == '\0';
}

static guint32
append(MsSharedTexts *texts)
{
  char *kept = g_string_chunk_insert(texts->strings, texts->scratch->str);
  guint32 number = texts->texts->len;

  texts->n_string_bytes += texts->scratch->len + 1;
  g_ptr_array_add(texts->texts, kept);
  g_hash_table_insert(texts->numbers, kept, GUINT_TO_POINTER(number));
  return number;
}

guint32
ms_shared_texts_add(MsSharedTexts *texts, const char *text, gsize length)
{
  gpointer number;

  g_string_truncate(texts->scratch, 0);
  g_string_append_len(texts->scratch, text, (gssize)length);
  if (g_hash_table_lookup_extended(texts->numbers, texts->scratch->str, NULL, &number))
    return GPOINTER_TO_UINT(number);
  return append(texts);
}

guint32
ms_shared_texts_count(const MsSharedTexts *texts)
{
  return texts->texts->len;
}

const char *
ms_shared_texts_get(const MsSharedTexts *texts, guint32 number)
{
  return g_ptr_array_index(texts->texts, number);
}

gsize
ms_shared_texts_bytes(const MsSharedTexts *texts)
{
  return sizeof *texts + texts->texts->len * sizeof(char *) + texts->n_string_bytes;
}
