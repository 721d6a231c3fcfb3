/* SPDX-License-Identifier: MIT
 *
 * Texts that many examples share, kept once and known by a number.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct MsSharedTexts MsSharedTexts;

MsSharedTexts *ms_shared_texts_new(void);
void ms_shared_texts_free(MsSharedTexts *texts);

/* The number of a text of that length, which is added where it is not there yet. */
guint32 ms_shared_texts_add(MsSharedTexts *texts, const char *text, gsize length);

/* Whether a number is that of a text, which saves looking for it. */
gboolean ms_shared_texts_is(const MsSharedTexts *texts, guint32 number, const char *text,
                            gsize length);

/* No more are added: what finds them is given back. */
void ms_shared_texts_finish(MsSharedTexts *texts);

guint32 ms_shared_texts_count(const MsSharedTexts *texts);
const char *ms_shared_texts_get(const MsSharedTexts *texts, guint32 number);
gsize ms_shared_texts_bytes(const MsSharedTexts *texts);

G_END_DECLS
