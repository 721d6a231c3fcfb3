/* SPDX-License-Identifier: MIT
 *
 * What a user types to find examples, made ready for a million ids: text anywhere in the id, in any
 * case; with * or ? or [a-z] a pattern, too, for the whole id or for one of its parts between
 * slashes. Immutable; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct MsTextMatch MsTextMatch;

/* text: UTF-8, not empty. In a pattern * is any text, ? one character, [a-z] and [!a-z] one of
 * those or none of those. The text also matches as it stands, so that names with such signs in them
 * are found. */
MsTextMatch *ms_text_match_new(const char *text);
void ms_text_match_free(MsTextMatch *match); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsTextMatch, ms_text_match_free)

/* id: UTF-8. */
gboolean ms_text_match_matches(const MsTextMatch *match, const char *id);

G_END_DECLS
