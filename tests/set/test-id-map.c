/* SPDX-License-Identifier: MIT */
#include "set/id-map.h"

#include "set/options.h"
#include "support/random.h"

static MsIdMap *
parse(const char *list)
{
  MsIdMap *map = ms_id_map_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(ms_id_map_parse(map, list, &error));
  g_assert_no_error(error);
  return map;
}

static void
test_get(void)
{
  g_autoptr(MsIdMap) map = parse("1=2, 2=1,11-20=3,-1=255,300=ignore,100000-200000=0");
  g_assert_cmpuint(ms_id_map_get(map, 0), ==, 0);
  g_assert_cmpuint(ms_id_map_get(map, 1), ==, 2);
  g_assert_cmpuint(ms_id_map_get(map, 2), ==, 1);
  g_assert_cmpuint(ms_id_map_get(map, 10), ==, 10);
  g_assert_cmpuint(ms_id_map_get(map, 11), ==, 3);
  g_assert_cmpuint(ms_id_map_get(map, 20), ==, 3);
  g_assert_cmpuint(ms_id_map_get(map, 21), ==, 21);
  g_assert_cmpuint(ms_id_map_get(map, 300), ==, MS_ID_NONE);
  g_assert_cmpuint(ms_id_map_get(map, 150000), ==, 0);
  g_assert_cmpuint(ms_id_map_get(map, (guint32)-1), ==, 255);
  g_assert_true(ms_id_map_ignores(map));
  g_assert_cmpuint(ms_id_map_n_ranges(map), ==, 6);
  g_autoptr(MsIdMap) copy = ms_id_map_copy(map);
  g_assert_cmpuint(ms_id_map_get(copy, 11), ==, 3);
  g_assert_null(ms_id_map_copy(NULL));
  ms_id_map_free(NULL);
}

static void
test_divisor(void)
{
  g_autoptr(MsIdMap) map = parse("26=1,999=2");
  ms_id_map_set_divisor(map, 1000);
  g_assert_cmpuint(ms_id_map_get(map, 26), ==, 1);
  g_assert_cmpuint(ms_id_map_get(map, 26017), ==, 1);
  g_assert_cmpuint(ms_id_map_get(map, 999), ==, 2);
  g_assert_cmpuint(ms_id_map_get(map, 1000), ==, 1000 / 1000);
  g_assert_cmpuint(ms_id_map_get(map, 27017), ==, 27);
  g_assert_cmpuint(ms_id_map_get(map, (guint32)-3), ==, (guint32)-3);
  g_assert_false(ms_id_map_ignores(map));
}

static void
test_lines(void)
{
  g_autoptr(MsIdMap) map = parse("300=ignore,11-20=3,-1=255,7=-1");
  g_auto(GStrv) lines = ms_id_map_to_lines(map);
  g_autofree char *text = g_strjoinv(",", lines);
  g_assert_cmpstr(text, ==, "7=ignore,11-20=3,300=ignore,-1=255");
  g_autoptr(MsIdMap) again = parse(text);
  g_auto(GStrv) more = ms_id_map_to_lines(again);
  g_assert_cmpstrv(lines, more);
}

static void
test_errors(void)
{
  static const char *const cases[][2] = {
      {"", "FROM=TO"},
      {"1", "FROM=TO"},
      {"1=2,", "FROM=TO"},
      {"=2", "\"\" is neither an id nor a range"},
      {"1=", "\"\" is neither an id nor \"ignore\""},
      {"x=2", "\"x\""},
      {"1=ignored", "\"ignored\""},
      {"2-1=0", "\"2-1\""},
      {"1-=0", "\"1-\""},
      {"1-2-3=0", "\"1-2-3\""},
      {"4294967296=0", "4294967296"},
      {"1=4294967296", "4294967296"},
      {"1=2,1=2", "id 1 is mapped twice"},
      {"5-9=1,1-5=2", "id 5 is mapped twice"},
      {"1-9=1,3=2", "id 3 is mapped twice"},
      {"3=2,1-9=1", "id 3 is mapped twice"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsIdMap) map = ms_id_map_new();
    g_autoptr(GError) error = NULL;
    g_assert_false(ms_id_map_parse(map, cases[i][0], &error));
    g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
    if (!strstr(error->message, cases[i][1]))
      g_error("\"%s\" does not say \"%s\"", error->message, cases[i][1]);
  }
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/id-map/get", test_get);
  g_test_add_func("/id-map/divisor", test_divisor);
  g_test_add_func("/id-map/lines", test_lines);
  g_test_add_func("/id-map/errors", test_errors);
  return g_test_run();
}
