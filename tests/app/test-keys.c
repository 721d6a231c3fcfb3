/* SPDX-License-Identifier: MIT
 *
 * The table of keys: every action exists, no key stands twice, modifiers are told apart.
 */
#include "app/keys.h"

static void
test_lookup(void)
{
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_Right, 0), ==, "win.next");
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_Right, GDK_CONTROL_MASK), ==, "win.pan::right");
  g_assert_null(ms_keys_lookup(GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_null(ms_keys_lookup(GDK_KEY_Right, GDK_ALT_MASK));
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_plus, GDK_SHIFT_MASK), ==, "win.zoom-in");
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_question, GDK_SHIFT_MASK), ==, "win.keys");
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_c, GDK_CONTROL_MASK), ==, "win.copy");
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_C, GDK_CONTROL_MASK | GDK_SHIFT_MASK), ==,
                  "win.copy-path");
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_c, 0), ==, "win.check");
  g_assert_null(ms_keys_lookup(GDK_KEY_d, 0));
  g_assert_null(ms_keys_lookup(GDK_KEY_Shift_L, 0));
}

/* Caps Lock is not a modifier that anybody meant. */
static void
test_caps_lock(void)
{
  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_0, GDK_LOCK_MASK), ==, "win.fit");
}

static void
test_no_key_twice(void)
{
  guint n;
  const MsKeyBinding *bindings = ms_keys_get_bindings(&n);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++) {
    g_assert_true(bindings[i].keys[0] || bindings[i].shown);
    for (guint k = 0; k < G_N_ELEMENTS(bindings[i].keys) && bindings[i].keys[k]; k++) {
      GdkModifierType modifiers;
      guint key;

      g_assert_true(gtk_accelerator_parse(bindings[i].keys[k], &key, &modifiers));
      g_assert_true(g_hash_table_add(seen, (gpointer)bindings[i].keys[k]));
    }
  }
}

static void
test_actions_parse(void)
{
  guint n;
  const MsKeyBinding *bindings = ms_keys_get_bindings(&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = NULL;
    g_autoptr(GVariant) target = NULL;
    g_autoptr(GError) error = NULL;

    if (!bindings[i].action)
      continue;
    g_action_parse_detailed_name(bindings[i].action, &name, &target, &error);
    g_assert_no_error(error);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/app/keys/lookup", test_lookup);
  g_test_add_func("/app/keys/caps-lock", test_caps_lock);
  g_test_add_func("/app/keys/no-key-twice", test_no_key_twice);
  g_test_add_func("/app/keys/actions-parse", test_actions_parse);
  return g_test_run();
}
