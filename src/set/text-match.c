/* SPDX-License-Identifier: MIT
 *
 * Nearly every id is short and ASCII: those are folded into a buffer on the stack and searched
 * there. All others are composed and folded by GLib's tables, as the text was, since one letter may
 * be written in two ways.
 */
#include "set/text-match.h"

#include <string.h>

#define SHORT_BYTES 256

typedef enum { TOKEN_CHAR, TOKEN_ANY, TOKEN_STAR, TOKEN_SOME } TokenKind;

typedef struct {
  gunichar first, last;
} Range;

typedef struct {
  TokenKind kind;
  gunichar character;
  gboolean negated; /* SOME: none of the ranges */
  guint first_range;
  guint n_ranges;
} Token;

struct MsTextMatch {
  char *needle; /* folded */
  gboolean ascii;
  GArray *tokens; /* Token; NULL: the text is no pattern */
  GArray *ranges; /* of all tokens */
};

/* Below U+0300 there is nothing to compose. */
static gboolean
is_composed(const char *text)
{
  for (; *text; text++)
    if ((guchar)*text > 0xcb)
      return FALSE;
  return TRUE;
}

static char *
fold(const char *text)
{
  g_autofree char *composed =
      is_composed(text) ? NULL : g_utf8_normalize(text, -1, G_NORMALIZE_NFC);

  return g_utf8_casefold(composed ? composed : text, -1);
}

/* --- patterns --- */

/* The end of the brackets that begin at `text`, behind the ']'; NULL: they have none. A ']' that
 * comes first stands for itself. */
static const char *
find_bracket_end(const char *text)
{
  const char *c = text + 1;

  if (*c == '!' || *c == '^')
    c++;
  if (*c == ']')
    c++;
  c = strchr(c, ']');
  return c ? c + 1 : NULL;
}

static Token
parse_bracket(MsTextMatch *match, const char *text, const char *end)
{
  const char *c = text + 1;
  Token token = {.kind = TOKEN_SOME, .first_range = match->ranges->len};

  token.negated = *c == '!' || *c == '^';
  c += token.negated;
  while (c < end - 1) {
    Range range = {g_utf8_get_char(c), g_utf8_get_char(c)};

    c = g_utf8_next_char(c);
    if (*c == '-' && c + 1 < end - 1) {
      range.last = g_utf8_get_char(c + 1);
      c = g_utf8_next_char(c + 1);
    }
    g_array_append_val(match->ranges, range);
  }
  token.n_ranges = match->ranges->len - token.first_range;
  return token;
}

static void
parse(MsTextMatch *match)
{
  for (const char *c = match->needle, *next; *c; c = next) {
    const char *end = *c == '[' ? find_bracket_end(c) : NULL;
    Token token = {.kind = TOKEN_CHAR, .character = g_utf8_get_char(c)};

    if (*c == '*')
      token.kind = TOKEN_STAR;
    else if (*c == '?')
      token.kind = TOKEN_ANY;
    else if (end)
      token = parse_bracket(match, c, end);
    next = end ? end : g_utf8_next_char(c);
    g_array_append_val(match->tokens, token);
  }
}

static gboolean
is_pattern(const MsTextMatch *match)
{
  for (guint i = 0; i < match->tokens->len; i++)
    if (g_array_index(match->tokens, Token, i).kind != TOKEN_CHAR)
      return TRUE;
  return FALSE;
}

static gboolean
token_takes(const MsTextMatch *match, const Token *token, gunichar character)
{
  if (token->kind == TOKEN_CHAR)
    return character == token->character;
  if (token->kind == TOKEN_ANY)
    return TRUE;
  for (guint i = 0; i < token->n_ranges; i++) {
    const Range *range = &g_array_index(match->ranges, Range, token->first_range + i);

    if (character >= range->first && character <= range->last)
      return !token->negated;
  }
  return token->negated;
}

/* Goes back to the last star alone: what an earlier one takes makes no difference then. */
static gboolean
pattern_takes(const MsTextMatch *match, const char *text, const char *end)
{
  const Token *token = (const Token *)match->tokens->data, *last = token + match->tokens->len;
  const Token *star = NULL;
  const char *resume = NULL;

  while (text < end) {
    if (token < last && token->kind == TOKEN_STAR) {
      star = token++;
      resume = text;
    } else if (token < last && token_takes(match, token, g_utf8_get_char(text))) {
      token++;
      text = g_utf8_next_char(text);
    } else if (star) {
      token = star + 1;
      text = resume = g_utf8_next_char(resume);
    } else {
      return FALSE;
    }
  }
  while (token < last && token->kind == TOKEN_STAR)
    token++;
  return token == last;
}

static gboolean
pattern_takes_any(const MsTextMatch *match, const char *text, gsize length)
{
  const char *end = text + length, *part = text;

  if (pattern_takes(match, text, end))
    return TRUE;
  for (const char *slash; (slash = memchr(part, '/', (gsize)(end - part))); part = slash + 1)
    if (pattern_takes(match, part, slash))
      return TRUE;
  return part > text && pattern_takes(match, part, end);
}

/* --- ids --- */

static gboolean
matches_folded(const MsTextMatch *match, const char *text, gsize length)
{
  return strstr(text, match->needle) || (match->tokens && pattern_takes_any(match, text, length));
}

/* Folds an ASCII id; FALSE: it is none. */
static gboolean
fold_ascii(const char *id, gsize length, char *folded)
{
  guchar all = 0;

  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar)id[i];

    all |= c;
    folded[i] = (char)(c + ((guchar)(c - 'A') < 26 ? 'a' - 'A' : 0));
  }
  folded[length] = '\0';
  return all < 0x80;
}

gboolean
ms_text_match_matches(const MsTextMatch *match, const char *id)
{
  gsize length = strlen(id);
  char folded[SHORT_BYTES];
  g_autofree char *long_folded = NULL;

  if (length < sizeof folded && fold_ascii(id, length, folded))
    return (match->ascii || match->tokens) && matches_folded(match, folded, length);
  long_folded = fold(id);
  return matches_folded(match, long_folded, strlen(long_folded));
}

MsTextMatch *
ms_text_match_new(const char *text)
{
  MsTextMatch *match = g_new0(MsTextMatch, 1);

  match->needle = fold(text);
  match->ascii = g_str_is_ascii(match->needle);
  match->tokens = g_array_new(FALSE, FALSE, sizeof(Token));
  match->ranges = g_array_new(FALSE, FALSE, sizeof(Range));
  parse(match);
  if (!is_pattern(match))
    g_clear_pointer(&match->tokens, g_array_unref);
  return match;
}

void
ms_text_match_free(MsTextMatch *match)
{
  if (!match)
    return;
  g_clear_pointer(&match->tokens, g_array_unref);
  g_array_unref(match->ranges);
  g_free(match->needle);
  g_free(match);
}
