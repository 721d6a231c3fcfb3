/* SPDX-License-Identifier: MIT
 *
 * Turns and moves: a raster that a reader can turn by hand, then random ones against one sample at
 * a time, then what undoes what.
 */
#include "metric/turn.h"

#include "support/ascii.h"
#include "support/random.h"

static const struct {
  MsTurn turn;
  const char *text;
} by_hand[] = {
    {MS_TURN_NONE, "123\n456\n"},        {MS_TURN_FLIP_X, "321\n654\n"},
    {MS_TURN_FLIP_Y, "456\n123\n"},      {MS_TURN_180, "654\n321\n"},
    {MS_TURN_TRANSPOSE, "14\n25\n36\n"}, {MS_TURN_90, "41\n52\n63\n"},
    {MS_TURN_270, "36\n25\n14\n"},       {MS_TURN_ANTI_TRANSPOSE, "63\n52\n41\n"},
};

static gboolean
same(const MsRaster *a, const MsRaster *b)
{
  if (a->width != b->width || a->height != b->height || a->bits != b->bits)
    return FALSE;
  for (int y = 0; y < a->height; y++)
    for (int x = 0; x < a->width; x++)
      if (ms_raster_get(a, x, y) != ms_raster_get(b, x, y))
        return FALSE;
  return TRUE;
}

static void
test_by_hand(void)
{
  g_assert_cmpuint(G_N_ELEMENTS(by_hand), ==, MS_N_TURNS);
  for (int bits = 8; bits <= 32; bits *= 2)
    for (gsize i = 0; i < G_N_ELEMENTS(by_hand); i++) {
      MsRaster from = ascii_raster("123\n456\n", bits);
      MsRaster expected = ascii_raster(by_hand[i].text, bits), turned;

      g_assert_cmpint(ms_raster_turn(&from, by_hand[i].turn, &turned), ==, MS_STATUS_OK);
      g_assert_true(same(&turned, &expected));
      g_assert_nonnull(turned.owned);
      g_assert_cmpint(ms_turn_swaps_sides(by_hand[i].turn), ==, turned.width == 2);
      ms_raster_clear(&turned);
      ms_raster_clear(&expected);
      ms_raster_clear(&from);
    }
}

/* The comparison is able to tell rasters apart. */
static void
test_same(void)
{
  MsRaster a = ascii_raster("123\n456\n", 8), b = ascii_raster("123\n457\n", 8);
  MsRaster c = ascii_raster("123\n456\n", 16), d = ascii_raster("12\n45\n", 8);

  g_assert_true(same(&a, &a));
  g_assert_false(same(&a, &b));
  g_assert_false(same(&a, &c));
  g_assert_false(same(&a, &d));
  ms_raster_clear(&a);
  ms_raster_clear(&b);
  ms_raster_clear(&c);
  ms_raster_clear(&d);
}

/* --- random rasters, with gaps between their rows, or bottom up ----------------------------- */

typedef struct {
  MsRaster raster;
  guint8 *memory;
} Sheet;

static Sheet
random_sheet(TestRandom *random, int bits)
{
  int width = 1 + (int)test_random_below(random, 80),
      height = 1 + (int)test_random_below(random, 80);
  int stride = (width + (int)test_random_below(random, 5)) * bits / 8;
  gboolean bottom_up = test_random_below(random, 2) == 1;
  Sheet sheet = {.memory = g_malloc((gsize)stride * (gsize)height)};

  for (int i = 0; i < stride * height; i++)
    sheet.memory[i] = (guint8)test_random(random);
  g_assert_cmpint(ms_raster_wrap(&sheet.raster, width, height, bits, bottom_up ? -stride : stride,
                                 sheet.memory + (bottom_up ? stride * (height - 1) : 0)),
                  ==, MS_STATUS_OK);
  return sheet;
}

/* Where a sample comes from: the definition, an end at a time. */
static uint32_t
turned_sample(const MsRaster *from, MsTurn turn, int x, int y)
{
  int right = from->width - 1, bottom = from->height - 1;

  switch (turn) {
  case MS_TURN_FLIP_X:
    return ms_raster_get(from, right - x, y);
  case MS_TURN_FLIP_Y:
    return ms_raster_get(from, x, bottom - y);
  case MS_TURN_180:
    return ms_raster_get(from, right - x, bottom - y);
  case MS_TURN_TRANSPOSE:
    return ms_raster_get(from, y, x);
  case MS_TURN_90:
    return ms_raster_get(from, y, bottom - x);
  case MS_TURN_270:
    return ms_raster_get(from, right - y, x);
  case MS_TURN_ANTI_TRANSPOSE:
    return ms_raster_get(from, right - y, bottom - x);
  case MS_TURN_NONE:
  case MS_N_TURNS:
  default:
    return ms_raster_get(from, x, y);
  }
}

static void
check_turn(const MsRaster *from, MsTurn turn)
{
  MsRaster turned, back;

  g_assert_cmpint(ms_raster_turn(from, turn, &turned), ==, MS_STATUS_OK);
  g_assert_cmpint(turned.width, ==, ms_turn_swaps_sides(turn) ? from->height : from->width);
  g_assert_cmpint(turned.height, ==, ms_turn_swaps_sides(turn) ? from->width : from->height);
  g_assert_cmpint(turned.bits, ==, from->bits);
  for (int y = 0; y < turned.height; y++)
    for (int x = 0; x < turned.width; x++)
      g_assert_cmpuint(ms_raster_get(&turned, x, y), ==, turned_sample(from, turn, x, y));
  g_assert_cmpint(ms_raster_turn(&turned, ms_turn_inverse(turn), &back), ==, MS_STATUS_OK);
  g_assert_true(same(&back, from));
  ms_raster_clear(&turned);
  ms_raster_clear(&back);
}

static void
test_turns(void)
{
  TestRandom random = {20};

  for (int bits = 8; bits <= 32; bits *= 2)
    for (int i = 0; i < 20; i++) {
      Sheet sheet = random_sheet(&random, bits);

      for (int turn = 0; turn < MS_N_TURNS; turn++)
        check_turn(&sheet.raster, (MsTurn)turn);
      g_free(sheet.memory);
    }
}

/* A quarter turn four times is none; twice is half a turn. */
static void
test_quarters(void)
{
  MsRaster start = ascii_raster("123\n456\n", 8), now = ascii_raster("123\n456\n", 8), half;

  g_assert_cmpint(ms_raster_turn(&start, MS_TURN_180, &half), ==, MS_STATUS_OK);
  for (int i = 1; i <= 4; i++) {
    MsRaster next;

    g_assert_cmpint(ms_raster_turn(&now, MS_TURN_90, &next), ==, MS_STATUS_OK);
    ms_raster_clear(&now);
    now = next;
    g_assert_cmpint(same(&now, &half), ==, i == 2);
    g_assert_cmpint(same(&now, &start), ==, i == 4);
  }
  ms_raster_clear(&start);
  ms_raster_clear(&half);
  ms_raster_clear(&now);
}

/* --- moves ---------------------------------------------------------------------------------- */

static void
assert_shifted(int dx, int dy, uint32_t fill, const char *text)
{
  for (int bits = 8; bits <= 32; bits *= 2) {
    MsRaster from = ascii_raster("123\n456\n789\n", bits), expected = ascii_raster(text, bits);
    MsRaster shifted;

    g_assert_cmpint(ms_raster_shift(&from, dx, dy, fill, &shifted), ==, MS_STATUS_OK);
    g_assert_true(same(&shifted, &expected));
    ms_raster_clear(&from);
    ms_raster_clear(&expected);
    ms_raster_clear(&shifted);
  }
}

static void
test_shift_by_hand(void)
{
  assert_shifted(0, 0, 1, "123\n456\n789\n");
  assert_shifted(1, 0, 0, ".12\n.45\n.78\n");
  assert_shifted(0, 2, 0, "...\n...\n123\n");
  assert_shifted(-1, 1, 255, "???\n23?\n56?\n");
  assert_shifted(2, -2, 9, "997\n999\n999\n");
  assert_shifted(3, 0, 0, "...\n...\n...\n");
  assert_shifted(0, -3, 4, "444\n444\n444\n");
  assert_shifted(INT32_MAX, INT32_MIN, 5, "555\n555\n555\n");
  assert_shifted(INT32_MIN, 1, 5, "555\n555\n555\n");
}

static void
check_shift(const MsRaster *from, int dx, int dy, uint32_t fill)
{
  MsRaster shifted;

  g_assert_cmpint(ms_raster_shift(from, dx, dy, fill, &shifted), ==, MS_STATUS_OK);
  for (int y = 0; y < from->height; y++)
    for (int x = 0; x < from->width; x++) {
      int x0 = x - dx, y0 = y - dy;
      gboolean inside = x0 >= 0 && y0 >= 0 && x0 < from->width && y0 < from->height;

      g_assert_cmpuint(ms_raster_get(&shifted, x, y), ==,
                       inside ? ms_raster_get(from, x0, y0) : fill);
    }
  ms_raster_clear(&shifted);
}

static void
test_shifts(void)
{
  TestRandom random = {21};

  for (int bits = 8; bits <= 32; bits *= 2)
    for (int i = 0; i < 100; i++) {
      Sheet sheet = random_sheet(&random, bits);
      int dx = (int)test_random_below(&random, 201) - 100;
      int dy = (int)test_random_below(&random, 41) - 20;

      check_shift(&sheet.raster, dx, dy, i % 2 ? test_random(&random) >> (32 - bits) : 0);
      g_free(sheet.memory);
    }
}

/* --- one after the other -------------------------------------------------------------------- */

static MsRaster
turned(const MsRaster *from, MsTurn turn)
{
  MsRaster to;

  g_assert_cmpint(ms_raster_turn(from, turn, &to), ==, MS_STATUS_OK);
  return to;
}

static MsRaster
moved(const MsRaster *from, int dx, int dy)
{
  MsRaster to;

  g_assert_cmpint(ms_raster_shift(from, dx, dy, 0, &to), ==, MS_STATUS_OK);
  return to;
}

static void
test_then(void)
{
  for (int first = 0; first < MS_N_TURNS; first++)
    for (int second = 0; second < MS_N_TURNS; second++) {
      MsRaster from = ascii_raster("123\n456\n", 8), once = turned(&from, (MsTurn)first);
      MsRaster twice = turned(&once, (MsTurn)second);
      MsRaster both = turned(&from, ms_turn_then((MsTurn)first, (MsTurn)second));

      g_assert_true(same(&twice, &both));
      ms_raster_clear(&from);
      ms_raster_clear(&once);
      ms_raster_clear(&twice);
      ms_raster_clear(&both);
    }
}

static void
test_move(void)
{
  for (int turn = 0; turn < MS_N_TURNS; turn++) {
    MsRaster from = ascii_raster("1234\n5678\n9abc\n", 8), before = moved(&from, 2, -1);
    MsRaster expected = turned(&before, (MsTurn)turn), now = turned(&from, (MsTurn)turn), after;
    int dx = 2, dy = -1;

    ms_turn_move((MsTurn)turn, &dx, &dy);
    after = moved(&now, dx, dy);
    g_assert_true(same(&after, &expected));
    ms_raster_clear(&from);
    ms_raster_clear(&before);
    ms_raster_clear(&expected);
    ms_raster_clear(&now);
    ms_raster_clear(&after);
  }
}

static void
test_refused(void)
{
  MsRaster from = ascii_raster("123\n456\n", 8), to = {.width = 99};

  g_assert_cmpint(ms_raster_turn(&from, MS_N_TURNS, &to), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_turn(&from, (MsTurn)-1, &to), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_shift(&from, 1, 1, 256, &to), ==, MS_STATUS_INVALID);
  g_assert_cmpint(to.width, ==, 99);
  ms_raster_clear(&from);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/turn/by-hand", test_by_hand);
  g_test_add_func("/metric/turn/same", test_same);
  g_test_add_func("/metric/turn/random", test_turns);
  g_test_add_func("/metric/turn/quarters", test_quarters);
  g_test_add_func("/metric/turn/shift-by-hand", test_shift_by_hand);
  g_test_add_func("/metric/turn/shift-random", test_shifts);
  g_test_add_func("/metric/turn/then", test_then);
  g_test_add_func("/metric/turn/move", test_move);
  g_test_add_func("/metric/turn/refused", test_refused);
  return g_test_run();
}
