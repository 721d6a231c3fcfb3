/* SPDX-License-Identifier: MIT
 *
 * From bytes to a header that can be believed: a Python dictionary with three keys, whose text is
 * walked once, each step checked against its end. Items are read in npy-items.c.
 */
#include "io/npy.h"

#include <string.h>

#include "io/error.h"
#include "io/magic.h"

#define MAGIC_BYTES   6
#define EXCERPT_BYTES 40 /* of a header, in a message */

static const guint8 magic[MAGIC_BYTES] = {0x93, 'N', 'U', 'M', 'P', 'Y'};

enum { KEY_DESCR = 1, KEY_ORDER = 2, KEY_SHAPE = 4, ALL_KEYS = 7 };

static const struct {
  const char *text;
  int key;
} keys[] = {{"descr", KEY_DESCR}, {"fortran_order", KEY_ORDER}, {"shape", KEY_SHAPE}};

static const struct {
  char letter;
  guint size;
  MsNpyType type;
  const char *name;
} types[] = {
    {'b', 1, MS_NPY_BOOL, "bool"},     {'u', 1, MS_NPY_UINT, "uint8"},
    {'u', 2, MS_NPY_UINT, "uint16"},   {'u', 4, MS_NPY_UINT, "uint32"},
    {'u', 8, MS_NPY_UINT, "uint64"},   {'i', 1, MS_NPY_INT, "int8"},
    {'i', 2, MS_NPY_INT, "int16"},     {'i', 4, MS_NPY_INT, "int32"},
    {'i', 8, MS_NPY_INT, "int64"},     {'f', 2, MS_NPY_FLOAT, "float16"},
    {'f', 4, MS_NPY_FLOAT, "float32"}, {'f', 8, MS_NPY_FLOAT, "float64"},
};

static const struct {
  char letter;
  const char *meaning;
} other_types[] = {
    {'O', "pickled Python objects"},
    {'V', "raw records"},
    {'U', "text"},
    {'S', "byte strings"},
    {'a', "byte strings"},
    {'c', "complex numbers"},
    {'M', "dates"},
    {'m', "time spans"},
    {'f', "floats of an unusual size"},
};

typedef struct {
  MsNpy *npy;
  const char *name; /* of the file */
  const char *file; /* where its bytes begin */
  const char *at;   /* the next character that is not parsed */
  const char *end;
} Header;

G_GNUC_PRINTF(4, 5)
static gboolean
fail(GError **error, const char *name, MsIoError code, const char *format, ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start(arguments, format);
  cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, MS_IO_ERROR, (int)code, "%s: %s", name, cause);
  return FALSE;
}

static gboolean
syntax_error(const Header *header, const char *at, const char *expected, GError **error)
{
  return fail(error, header->name, MS_IO_ERROR_PARSE,
              "broken NumPy header (byte %" G_GSIZE_FORMAT ": %s)", (gsize)(at - header->file),
              expected);
}

/* Part of the header as it can stand in a message. */
static char *
excerpt(const char *text, gsize size)
{
  char *shown = g_utf8_make_valid(text, (gssize)MIN(size, EXCERPT_BYTES));

  for (char *c = shown; *c != '\0'; c++)
    if (g_ascii_iscntrl(*c))
      *c = '?';
  return shown;
}

static void
skip_blanks(Header *header)
{
  while (header->at < header->end && g_ascii_isspace(*header->at))
    header->at++;
}

/* Steps over the character, and blanks before it, if it comes next. */
static gboolean
take(Header *header, char c)
{
  skip_blanks(header);
  if (header->at == header->end || *header->at != c)
    return FALSE;
  header->at++;
  return TRUE;
}

/* The same for a word. */
static gboolean
take_word(Header *header, const char *word)
{
  gsize size = strlen(word);

  skip_blanks(header);
  if ((gsize)(header->end - header->at) < size || memcmp(header->at, word, size) != 0)
    return FALSE;
  header->at += size;
  return TRUE;
}

static gboolean
parse_string(Header *header, const char **text, gsize *size, GError **error)
{
  const char *start;
  char quote;

  skip_blanks(header);
  start = header->at;
  if (start == header->end || (*start != '\'' && *start != '"'))
    return syntax_error(header, start, "a quoted word is expected", error);
  quote = *header->at++;
  while (header->at < header->end && *header->at != quote && g_ascii_isprint(*header->at) &&
         *header->at != '\\')
    header->at++;
  if (header->at == header->end || *header->at != quote)
    return syntax_error(header, start, "a quote is opened and not closed as it should be", error);
  *text = start + 1;
  *size = header->at++ - *text;
  return TRUE;
}

static gboolean
refuse_dtype(const Header *header, const char *meaning, const char *text, gsize size,
             GError **error)
{
  g_autofree char *shown = excerpt(text, size);

  return fail(error, header->name, MS_IO_ERROR_UNSUPPORTED,
              "an array of %s (dtype %s); bool, integers and floats of up to 8 bytes are read",
              meaning, shown);
}

/* Of a dtype without its byte order: a letter, mostly with a size behind it. */
static const char *
describe_other_type(const char *text, gsize size)
{
  for (gsize i = 0; i < G_N_ELEMENTS(other_types) && size > 0; i++)
    if (text[0] == other_types[i].letter && (size == 1 || !g_ascii_isalpha(text[1])))
      return other_types[i].meaning;
  return "an unknown type";
}

static void
set_byte_order(MsNpy *npy, char order)
{
  gboolean is_little = G_BYTE_ORDER == G_LITTLE_ENDIAN;

  npy->swapped =
      npy->item_size > 1 && ((order == '<' && !is_little) || (order == '>' && is_little));
}

static gboolean
parse_dtype(Header *header, GError **error)
{
  MsNpy *npy = header->npy;
  const char *text, *letter;
  gsize size, n;

  skip_blanks(header);
  if (header->at < header->end && (*header->at == '[' || *header->at == '('))
    return refuse_dtype(header, "structured records", header->at, header->end - header->at, error);
  if (!parse_string(header, &text, &size, error))
    return FALSE;
  letter = text + (size > 0 && strchr("<>|=", *text) != NULL);
  n = text + size - letter;
  for (gsize i = 0; i < G_N_ELEMENTS(types) && n == 2; i++) {
    if (letter[0] == types[i].letter && letter[1] == (char)('0' + types[i].size)) {
      npy->type = types[i].type;
      npy->item_size = types[i].size;
      set_byte_order(npy, *text);
      return TRUE;
    }
  }
  return refuse_dtype(header, describe_other_type(letter, n), text, size, error);
}

static gboolean
parse_order(Header *header, GError **error)
{
  header->npy->fortran_order = take_word(header, "True");
  return header->npy->fortran_order || take_word(header, "False") ||
         syntax_error(header, header->at, "True or False is expected", error);
}

static gboolean
parse_side(Header *header, gsize *side, GError **error)
{
  const char *start;
  guint64 value = 0;

  skip_blanks(header);
  start = header->at;
  for (; header->at < header->end && g_ascii_isdigit(*header->at); header->at++) {
    value = value * 10 + (guint64)(*header->at - '0');
    if (value > MS_NPY_MAX_SIDE)
      return fail(error, header->name, MS_IO_ERROR_TOO_LARGE,
                  "a side of its shape is longer than %u", MS_NPY_MAX_SIDE);
  }
  if (header->at == start || (*start == '0' && header->at > start + 1))
    return syntax_error(header, start, "a whole number is expected in the shape", error);
  if (header->at < header->end && *header->at == 'L') /* as Python 2 writes some */
    header->at++;
  *side = (gsize)value;
  return TRUE;
}

/* A Python tuple: (), (3,), (3, 4), (3, 4,). */
static gboolean
parse_shape(Header *header, GError **error)
{
  MsNpy *npy = header->npy;
  gboolean comma = TRUE;
  guint n = 0;

  if (!take(header, '('))
    return syntax_error(header, header->at, "a shape in ( ) is expected", error);
  while (!take(header, ')')) {
    gsize side = 0;

    if (!comma)
      return syntax_error(header, header->at, "a comma or ) is expected in the shape", error);
    if (!parse_side(header, &side, error))
      return FALSE;
    if (n < MS_NPY_MAX_DIMENSIONS)
      npy->shape[n] = side;
    n++;
    comma = take(header, ',');
  }
  if (n == 1 && !comma)
    return syntax_error(header, header->at - 1, "a comma is expected behind a single side", error);
  if (n > MS_NPY_MAX_DIMENSIONS)
    return fail(error, header->name, MS_IO_ERROR_TOO_LARGE, "%u dimensions; up to %d are read", n,
                MS_NPY_MAX_DIMENSIONS);
  npy->n_dimensions = n;
  return TRUE;
}

/* The number of a key, 0: none. */
static int
find_key(const char *text, gsize size)
{
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
    if (size == strlen(keys[i].text) && memcmp(text, keys[i].text, size) == 0)
      return keys[i].key;
  return 0;
}

static gboolean
parse_entry(Header *header, int *seen, GError **error)
{
  const char *text;
  gsize size;
  int key;

  if (!parse_string(header, &text, &size, error))
    return FALSE;
  key = find_key(text, size);
  if (key == 0)
    return syntax_error(header, text, "a key other than descr, fortran_order and shape", error);
  if ((*seen & key) != 0)
    return syntax_error(header, text, "a key stands there twice", error);
  *seen |= key;
  if (!take(header, ':'))
    return syntax_error(header, header->at, "a colon is expected", error);
  return key == KEY_DESCR   ? parse_dtype(header, error)
         : key == KEY_ORDER ? parse_order(header, error)
                            : parse_shape(header, error);
}

static gboolean
parse_header(Header *header, GError **error)
{
  gboolean comma = TRUE;
  int seen = 0;

  if (!take(header, '{'))
    return syntax_error(header, header->at, "{ is expected", error);
  while (!take(header, '}')) {
    if (!comma)
      return syntax_error(header, header->at, "a comma or } is expected", error);
    if (!parse_entry(header, &seen, error))
      return FALSE;
    comma = take(header, ',');
  }
  skip_blanks(header);
  if (header->at < header->end)
    return syntax_error(header, header->at, "nothing is expected behind }", error);
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
    if ((seen & keys[i].key) == 0)
      return fail(error, header->name, MS_IO_ERROR_PARSE, "broken NumPy header (no key %s)",
                  keys[i].text);
  return TRUE;
}

static gboolean
fail_cut_short(GError **error, const char *name, gsize size, gsize needed, const char *at_least)
{
  return fail(error, name, MS_IO_ERROR_CORRUPT,
              "cut short: %" G_GSIZE_FORMAT " of %s%" G_GSIZE_FORMAT " bytes", size, at_least,
              needed);
}

/* Finds where the header's text begins and where it ends. */
static gboolean
find_header(Header *header, GError **error)
{
  gsize size, length, start;
  const guint8 *data = g_bytes_get_data(header->npy->bytes, &size);

  if (size == 0)
    return fail(error, header->name, MS_IO_ERROR_EMPTY, "empty (0 bytes)");
  if (memcmp(data, magic, MIN(size, MAGIC_BYTES)) != 0) {
    g_autofree char *found = ms_magic_describe(header->npy->bytes);
    return fail(error, header->name, MS_IO_ERROR_FORMAT, "not a .npy file (begins with %s)", found);
  }
  if (size < MAGIC_BYTES + 2)
    return fail_cut_short(error, header->name, size, MAGIC_BYTES + 4, "at least ");
  if (data[MAGIC_BYTES] < 1 || data[MAGIC_BYTES] > 3 || data[MAGIC_BYTES + 1] != 0)
    return fail(error, header->name, MS_IO_ERROR_UNSUPPORTED,
                "version %u.%u of the .npy format; 1.0, 2.0 and 3.0 are read", data[MAGIC_BYTES],
                data[MAGIC_BYTES + 1]);
  start = MAGIC_BYTES + (data[MAGIC_BYTES] == 1 ? 4 : 6);
  if (size < start)
    return fail_cut_short(error, header->name, size, start, "at least ");
  length = data[8] | (gsize)data[9] << 8;
  if (start == MAGIC_BYTES + 6)
    length |= (gsize)data[10] << 16 | (gsize)data[11] << 24;
  if (length > MS_NPY_MAX_HEADER_BYTES)
    return fail(error, header->name, MS_IO_ERROR_TOO_LARGE,
                "a header of %" G_GSIZE_FORMAT " bytes; up to %u are read", length,
                MS_NPY_MAX_HEADER_BYTES);
  if (length > size - start)
    return fail_cut_short(error, header->name, size, start + length, "at least ");
  header->file = (const char *)data;
  header->at = header->file + start;
  header->end = header->at + length;
  return TRUE;
}

/* Strides and the number of items. No product may wrap, even where a side of 0 makes the array
 * empty: strides must be true. */
static gboolean
lay_out(MsNpy *npy, gsize *n_bytes)
{
  gboolean empty = FALSE;
  gsize product = npy->item_size;

  for (guint i = 0; i < npy->n_dimensions; i++) {
    guint axis = npy->fortran_order ? i : npy->n_dimensions - 1 - i;

    npy->strides[axis] = product;
    empty |= npy->shape[axis] == 0;
    if (!g_size_checked_mul(&product, product, MAX(npy->shape[axis], 1)))
      return FALSE;
  }
  *n_bytes = empty ? 0 : product;
  npy->n_items = *n_bytes / npy->item_size;
  return TRUE;
}

static gboolean
check_size(const Header *header, GError **error)
{
  gsize size = g_bytes_get_size(header->npy->bytes);
  gsize needed = header->end - header->file;
  gsize n_bytes;

  if (!lay_out(header->npy, &n_bytes) || !g_size_checked_add(&needed, needed, n_bytes))
    return fail(error, header->name, MS_IO_ERROR_TOO_LARGE,
                "its shape has more items than memory can hold");
  if (size < needed)
    return fail_cut_short(error, header->name, size, needed, "");
  if (size > needed)
    return fail(error, header->name, MS_IO_ERROR_CORRUPT,
                "too long: %" G_GSIZE_FORMAT " bytes where its header promises %" G_GSIZE_FORMAT,
                size, needed);
  header->npy->data = (const guint8 *)header->end;
  return TRUE;
}

MsNpy *
ms_npy_parse(GBytes *bytes, const char *name, GError **error)
{
  g_autoptr(MsNpy) npy = g_new0(MsNpy, 1);
  Header header = {.npy = npy, .name = name};

  npy->bytes = g_bytes_ref(bytes);
  if (!find_header(&header, error) || !parse_header(&header, error) || !check_size(&header, error))
    return NULL;
  return g_steal_pointer(&npy);
}

void
ms_npy_free(MsNpy *npy)
{
  g_bytes_unref(npy->bytes);
  g_free(npy);
}

gsize
ms_npy_n_items(const MsNpy *npy)
{
  return npy->n_items;
}

const char *
ms_npy_type_name(const MsNpy *npy)
{
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
    if (types[i].type == npy->type && types[i].size == npy->item_size)
      return types[i].name;
  g_return_val_if_reached("");
}
