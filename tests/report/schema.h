/* SPDX-License-Identifier: MIT
 *
 * JSON held to the schemas that are part of the tree, by a small checker that knows the words they
 * use: type, enum, required, properties, additionalProperties, items and $ref, which may name the
 * schema beside it.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct {
  GHashTable *files; /* by name: JsonNode */
  GString *problems;
} Schema;

static inline JsonNode *
parse(const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *root = json_from_string(text, &error);

  g_assert_no_error(error);
  g_assert_nonnull(root);
  return root;
}

/* A schema of src/report by its name, read once. */
static inline JsonObject *
schema_file(Schema *schema, const char *name)
{
  JsonNode *root = g_hash_table_lookup(schema->files, name);

  if (!root) {
    g_autofree char *path =
        g_build_filename(g_getenv("G_TEST_SRCDIR"), "..", "src", "report", name, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    root = parse(text);
    g_hash_table_insert(schema->files, g_strdup(name), root);
  }
  return json_node_get_object(root);
}

static inline gboolean
node_is(JsonNode *node, const char *type)
{
  if (g_str_equal(type, "null"))
    return JSON_NODE_HOLDS_NULL(node);
  if (g_str_equal(type, "object"))
    return JSON_NODE_HOLDS_OBJECT(node);
  if (g_str_equal(type, "array"))
    return JSON_NODE_HOLDS_ARRAY(node);
  if (!JSON_NODE_HOLDS_VALUE(node))
    return FALSE;
  if (g_str_equal(type, "string"))
    return json_node_get_value_type(node) == G_TYPE_STRING;
  if (g_str_equal(type, "boolean"))
    return json_node_get_value_type(node) == G_TYPE_BOOLEAN;
  if (g_str_equal(type, "integer"))
    return json_node_get_value_type(node) == G_TYPE_INT64;
  return json_node_get_value_type(node) == G_TYPE_INT64 ||
         json_node_get_value_type(node) == G_TYPE_DOUBLE;
}

static inline gboolean
node_is_any(JsonNode *node, JsonNode *types)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_VALUE(types))
    return node_is(node, json_node_get_string(types));
  array = json_node_get_array(types);
  for (guint i = 0; i < json_array_get_length(array); i++)
    if (node_is(node, json_array_get_string_element(array, i)))
      return TRUE;
  return FALSE;
}

static inline gboolean
is_listed(const char *value, JsonArray *list)
{
  for (guint i = 0; i < json_array_get_length(list); i++)
    if (g_strcmp0(value, json_array_get_string_element(list, i)) == 0)
      return TRUE;
  return FALSE;
}

static inline void check_node(Schema *schema, JsonNode *node, const char *file, JsonObject *rule,
                              const char *path);

static inline void
check_members(Schema *schema, JsonObject *object, const char *file, JsonObject *rule,
              const char *path)
{
  JsonObject *properties = json_object_has_member(rule, "properties")
                               ? json_object_get_object_member(rule, "properties")
                               : NULL;
  JsonNode *others = json_object_get_member(rule, "additionalProperties");
  g_autoptr(GList) names = json_object_get_members(object);

  for (GList *l = names; l; l = l->next) {
    g_autofree char *inner = g_strdup_printf("%s.%s", path, (const char *)l->data);
    JsonNode *member = json_object_get_member(object, l->data);

    if (properties && json_object_has_member(properties, l->data))
      check_node(schema, member, file, json_object_get_object_member(properties, l->data), inner);
    else if (others && JSON_NODE_HOLDS_OBJECT(others))
      check_node(schema, member, file, json_node_get_object(others), inner);
    else
      g_string_append_printf(schema->problems, "%s is not in the schema\n", inner);
  }
}

static inline void
check_required(Schema *schema, JsonObject *object, JsonObject *rule, const char *path)
{
  JsonArray *required;

  if (!json_object_has_member(rule, "required"))
    return;
  required = json_object_get_array_member(rule, "required");
  for (guint i = 0; i < json_array_get_length(required); i++)
    if (!json_object_has_member(object, json_array_get_string_element(required, i)))
      g_string_append_printf(schema->problems, "%s lacks %s\n", path,
                             json_array_get_string_element(required, i));
}

static inline void
check_items(Schema *schema, JsonArray *array, const char *file, JsonObject *rule, const char *path)
{
  for (guint i = 0; i < json_array_get_length(array); i++) {
    g_autofree char *inner = g_strdup_printf("%s[%u]", path, i);

    check_node(schema, json_array_get_element(array, i), file, rule, inner);
  }
}

/* "FILE#/$defs/NAME"; without a file, the one that says so. */
static inline void
check_reference(Schema *schema, JsonNode *node, const char *file, const char *reference,
                const char *path)
{
  g_auto(GStrv) parts = g_strsplit(reference, "#/$defs/", 2);
  const char *target = *parts[0] ? parts[0] : file;
  JsonObject *definitions = json_object_get_object_member(schema_file(schema, target), "$defs");

  check_node(schema, node, target, json_object_get_object_member(definitions, parts[1]), path);
}

static inline void
check_node(Schema *schema, JsonNode *node, const char *file, JsonObject *rule, const char *path)
{
  if (json_object_has_member(rule, "$ref")) {
    check_reference(schema, node, file, json_object_get_string_member(rule, "$ref"), path);
    return;
  }
  if (json_object_has_member(rule, "type") &&
      !node_is_any(node, json_object_get_member(rule, "type")))
    g_string_append_printf(schema->problems, "%s has the wrong type\n", path);
  if (json_object_has_member(rule, "enum") && JSON_NODE_HOLDS_VALUE(node) &&
      !is_listed(json_node_get_string(node), json_object_get_array_member(rule, "enum")))
    g_string_append_printf(schema->problems, "%s has a value that is not listed\n", path);
  if (JSON_NODE_HOLDS_OBJECT(node)) {
    check_members(schema, json_node_get_object(node), file, rule, path);
    check_required(schema, json_node_get_object(node), rule, path);
  }
  if (JSON_NODE_HOLDS_ARRAY(node) && json_object_has_member(rule, "items"))
    check_items(schema, json_node_get_array(node), file,
                json_object_get_object_member(rule, "items"), path);
}

/* What the schema of that name has against a document; "" for nothing. */
static inline char *
schema_problems(JsonNode *document, const char *file)
{
  Schema schema = {
      .files =
          g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_node_unref),
      .problems = g_string_new(NULL),
  };

  check_node(&schema, document, file, schema_file(&schema, file), "report");
  g_hash_table_unref(schema.files);
  return g_string_free(schema.problems, FALSE);
}
