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

static void
put(MsRaster *raster, int x, int y, guint32 id)
{
  if (raster->bits == 8)
    ((guint8 *)ms_raster_row_writable(raster, y))[x] = (guint8)id;
  else if (raster->bits == 16)
    ((guint16 *)ms_raster_row_writable(raster, y))[x] = (guint16)id;
  else
    ((guint32 *)ms_raster_row_writable(raster, y))[x] = id;
}

/* Every pixel becomes what its id becomes, in as many bits as that may take. */
static void
test_rasters(void)
{
  static const struct {
    const char *map;
    int from, to; /* bits */
  } cases[] = {
      {"0-9=200,255=0", 8, 8},  {"3=300", 8, 16},        {"3=ignore", 8, 32},
      {"3=70000", 16, 32},      {"300-65535=1", 16, 16}, {"70000-90000=1", 32, 32},
      {"0=4,4=0,-1=7", 32, 32},
  };
  TestRandom random = {7};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsIdMap) map = parse(cases[i].map);
    MsRaster raster = {0};
    guint32 ids[3][70];
    g_assert_cmpint(ms_raster_init(&raster, 70, 3, cases[i].from), ==, MS_STATUS_OK);
    for (int y = 0; y < 3; y++)
      for (int x = 0; x < 70; x++) {
        guint32 limit = cases[i].from == 8 ? 256 : cases[i].from == 16 ? 65536 : 100000;
        ids[y][x] = test_random_below(&random, 2) ? test_random_below(&random, 12)
                                                  : test_random_below(&random, limit);
        if (cases[i].from == 32 && x == 9)
          ids[y][x] = (guint32)-1;
        put(&raster, x, y, ids[y][x]);
      }
    g_assert_cmpint(ms_id_map_apply(map, &raster), ==, MS_STATUS_OK);
    g_assert_cmpint(raster.bits, ==, cases[i].to);
    for (int y = 0; y < 3; y++)
      for (int x = 0; x < 70; x++)
        g_assert_cmpuint(ms_raster_get(&raster, x, y), ==, ms_id_map_get(map, ids[y][x]));
    ms_raster_clear(&raster);
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
  g_test_add_func("/id-map/rasters", test_rasters);
  return g_test_run();
}
