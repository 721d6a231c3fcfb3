/* SPDX-License-Identifier: MIT
 *
 * Only the member "labels" of the outermost object is looked at; everything else is skipped.
 */
#include "set/class-json.h"

#include <string.h>

#include "io/error.h"
#include "io/json-reader.h"
#include "set/class-files.h"

/* The label of this name counts nowhere. */
#define IGNORED_NAME "ignore"

typedef struct {
  MsJsonReader *reader;
  const char *name; /* of the file */
  GArray *classes;  /* MsClass */
  GHashTable *seen; /* ids, that of the ignored one too */
  gint64 ignored;
} Labels;

static void
class_clear(gpointer data)
{
  g_free(((MsClass *)data)->name);
}

static gboolean
parse_error(GError **error, const char *name, const char *what)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s %s", name, what);
  return FALSE;
}

static gboolean
add_label(Labels *self, const char *label, guint64 id, GError **error)
{
  MsClass class = {.id = (guint32)id};
  if (*label == '\0' || strlen(label) > MS_CLASS_NAME_MAX_BYTES)
    return ms_json_fail(self->reader, error, "the name of class %u is %s", class.id,
                        *label ? "too long" : "empty");
  if (!g_hash_table_add(self->seen, GUINT_TO_POINTER(class.id)))
    return ms_json_fail(self->reader, error, "class %u is named twice", class.id);
  if (strcmp(label, IGNORED_NAME) == 0) {
    self->ignored = (gint64)id;
    return TRUE;
  }
  class.name = g_strdup(label);
  g_array_append_val(self->classes, class);
  return TRUE;
}

static gboolean
fail_region(const Labels *self, const char *label, GError **error)
{
  return ms_json_fail(self->reader, error,
                      "the label \"%s\" is a region, which stands for several ids, so that classes "
                      "overlap; give the ids names of their own: --classes FILE with a name a line",
                      label);
}

/* The value of a region of one id alone. */
static gboolean
read_region(Labels *self, const char *label, GError **error)
{
  gint64 id;
  MsJsonToken token = ms_json_next(self->reader, error);
  if (token == MS_JSON_ERROR)
    return FALSE;
  if (token != MS_JSON_NUMBER || !ms_json_integer(self->reader, &id) || id < 0 || id > G_MAXINT32)
    return fail_region(self, label, error);
  token = ms_json_next(self->reader, error);
  if (token == MS_JSON_ERROR)
    return FALSE;
  return token == MS_JSON_ARRAY_END ? add_label(self, label, (guint64)id, error)
                                    : fail_region(self, label, error);
}

/* Of the key that was read: a name whose value is its id, or an id whose value is its name. */
static gboolean
read_label(Labels *self, GError **error)
{
  g_autofree char *key = g_strdup(ms_json_text(self->reader));
  MsJsonToken token = ms_json_next(self->reader, error);
  guint64 id;
  gint64 number;
  switch (token) {
  case MS_JSON_ERROR:
    return FALSE;
  case MS_JSON_NUMBER:
    if (ms_json_integer(self->reader, &number) && number >= 0 && number <= G_MAXINT32)
      return add_label(self, key, (guint64)number, error);
    break;
  case MS_JSON_STRING:
    if (g_ascii_string_to_unsigned(key, 10, 0, G_MAXINT32, &id, NULL))
      return add_label(self, ms_json_text(self->reader), id, error);
    break;
  case MS_JSON_ARRAY:
    return read_region(self, key, error);
  default:
    break;
  }
  return ms_json_fail(self->reader, error,
                      "the label \"%s\" has no whole number from 0 to 2,147,483,647", key);
}

static gboolean
read_labels(Labels *self, GError **error)
{
  MsJsonToken token = ms_json_next(self->reader, error);
  if (token == MS_JSON_ERROR)
    return FALSE;
  if (token != MS_JSON_OBJECT)
    return ms_json_fail(self->reader, error, "\"labels\" is no object of names and ids");
  while ((token = ms_json_next(self->reader, error)) == MS_JSON_KEY)
    if (!read_label(self, error))
      return FALSE;
  return token == MS_JSON_OBJECT_END;
}

static gboolean
find_labels(Labels *self, GError **error)
{
  gboolean found = FALSE;
  MsJsonToken token = ms_json_next(self->reader, error);
  if (token == MS_JSON_ERROR)
    return FALSE;
  if (token != MS_JSON_OBJECT)
    return parse_error(error, self->name, "is not nnU-Net's dataset.json, which is an object");
  while ((token = ms_json_next(self->reader, error)) == MS_JSON_KEY) {
    gboolean labels = strcmp(ms_json_text(self->reader), "labels") == 0;
    if (labels && found)
      return ms_json_fail(self->reader, error, "\"labels\" stands there twice");
    found |= labels;
    if (!(labels ? read_labels(self, error) : ms_json_skip(self->reader, error)))
      return FALSE;
  }
  if (token == MS_JSON_ERROR || ms_json_next(self->reader, error) == MS_JSON_ERROR)
    return FALSE;
  return found ||
         parse_error(error, self->name, "has no \"labels\" as nnU-Net's dataset.json has them");
}

MsClassTable *
ms_class_table_from_json(GBytes *bytes, const char *name, GError **error)
{
  g_autoptr(MsJsonReader) reader = ms_json_reader_new(bytes, name);
  g_autoptr(GArray) classes = g_array_new(FALSE, TRUE, sizeof(MsClass));
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  Labels self = {reader, name, classes, seen, -1};
  g_array_set_clear_func(classes, class_clear);
  if (!find_labels(&self, error))
    return NULL;
  if (classes->len == 0) {
    parse_error(error, name, "names no class");
    return NULL;
  }
  return ms_class_table_new_full((const MsClass *)(void *)classes->data, classes->len, NULL, 0,
                                 self.ignored, name);
}
