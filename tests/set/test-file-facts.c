/* SPDX-License-Identifier: MIT
 *
 * What a survey notes of a file, as bytes: all of it comes back, and bytes that are damaged are
 * refused or are facts that a file could have.
 */
#include "reading-folder.h"
#include "support/random.h"

#define N_MUTATIONS 200

static MsSamples *
noted(MsSamples *samples)
{
  samples->note = g_strdup("21 channels: the highest is the id");
  return samples;
}

/* Many samples, with gaps. */
static MsSamples *
sixteen_bits(void)
{
  MsSamples *samples = ms_samples_new(256, 256, MS_COLOR_GREY, 16, "test", NULL);

  for (guint i = 0; i < 65536; i++)
    ((guint16 *)(void *)samples->pixels)[i] = (guint16)(i < 30000 ? i : i & ~7u);
  return samples;
}

static MsSamples *
make(guint kind)
{
  switch (kind) {
  case 0:
    return GREY(8, 0, 255, 7);
  case 1:
    return GREY(1, 0, 1);
  case 2:
    return SCALED(MS_COLOR_PALETTE, 8, 0, 3, 8);
  case 3:
    return RGB(255, 0, 0, 0, 255, 0, 0, 0, 255, 7, 7, 7, 255, 0, 0);
  case 4:
    return RGB(9, 9, 9, 200, 200, 200);
  case 5:
    return SCALED(MS_COLOR_RGBA, 16, 1, 2, 3, 65535, 1, 2, 3, 0, 1, 2, 4, 77);
  case 6:
    return SCALED(MS_COLOR_GREY_ALPHA, 8, 0, 255, 0, 0, 0, 3);
  case 7:
    return NUMBERS(-5, 0, 70000, 70001, 2147483647, 12);
  case 8:
    return FLOATS(0.25f, -3.5f, 1e30f);
  case 9:
    return sixteen_bits();
  default:
    return noted(NUMBERS(0, 1));
  }
}

#define N_KINDS 11

static void
assert_equal_arrays(const GArray *a, const GArray *b, gsize size)
{
  g_assert_cmpmem(a->data, a->len * size, b->data, b->len * size);
}

static void
assert_equal(const MsFileFacts *a, const MsFileFacts *b)
{
  g_assert_cmpmem(&a->form, sizeof a->form, &b->form, sizeof b->form);
  g_assert_true(a->kind == b->kind && a->three == b->three && a->has_alpha == b->has_alpha);
  g_assert_true(a->vivid == b->vivid && a->unequal == b->unequal);
  g_assert_true(a->is_negative == b->is_negative && a->color_varies == b->color_varies);
  g_assert_cmpuint(a->under_alpha, ==, b->under_alpha);
  g_assert_cmpstr(a->note, ==, b->note);
  assert_equal_arrays(a->values, b->values, sizeof(guint32));
  assert_equal_arrays(a->alphas, b->alphas, sizeof(guint32));
  assert_equal_arrays(a->large, b->large, sizeof(guint32));
  assert_equal_arrays(a->colors, b->colors, sizeof(MsColorCount));
}

static void
test_round_trip(void)
{
  for (guint kind = 0; kind < N_KINDS; kind++) {
    g_autoptr(MsSamples) samples = make(kind);
    g_autoptr(MsFileFacts) facts = ms_file_facts_new(samples, NULL);
    g_autoptr(GBytes) bytes = ms_file_facts_to_bytes(facts);
    g_autoptr(MsFileFacts) kept = ms_file_facts_from_bytes(bytes);

    g_assert_nonnull(kept);
    assert_equal(facts, kept);
  }
}

static void
test_what_is_seen(void)
{
  g_autoptr(MsSamples) samples = make(3);
  g_autoptr(MsFileFacts) facts = ms_file_facts_new(samples, NULL);

  g_assert_true(facts->unequal && facts->three && !facts->has_alpha);
  g_assert_cmpuint(facts->values->len, ==, 0);
  g_assert_cmpuint(facts->colors->len, ==, 4);
  g_assert_cmpuint(g_array_index(facts->colors, MsColorCount, 0).key, ==,
                   ms_color_key_of_bytes(255, 0, 0));
  g_assert_cmpuint(g_array_index(facts->colors, MsColorCount, 0).n_pixels, ==, 2);
}

static void
test_truncated(void)
{
  for (guint kind = 0; kind < N_KINDS; kind++) {
    g_autoptr(MsSamples) samples = make(kind);
    g_autoptr(MsFileFacts) facts = ms_file_facts_new(samples, NULL);
    g_autoptr(GBytes) bytes = ms_file_facts_to_bytes(facts);
    gsize size = g_bytes_get_size(bytes);

    for (gsize n = 0; n < MIN(size, 500); n++) {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes(bytes, 0, n);

      g_assert_null(ms_file_facts_from_bytes(part));
    }
  }
}

/* What is read of any bytes can be added to a survey, and decided by. */
static void
decide_by(GBytes *bytes)
{
  g_autoptr(MsFileFacts) facts = ms_file_facts_from_bytes(bytes);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsReading) reading = NULL;
  g_auto(Folder) folder = {0};

  if (!facts)
    return;
  folder = folder_new(FALSE);
  ms_reading_survey_add_facts(folder.survey, facts, "a");
  reading = ms_reading_decide(folder.survey, NULL, folder.options, NULL, FALSE, "folder", &error);
  g_assert_true((reading == NULL) == (error != NULL));
}

static void
test_damaged(void)
{
  TestRandom random = {7};

  for (guint kind = 0; kind < 9; kind++) {
    g_autoptr(MsSamples) samples = make(kind);
    g_autoptr(MsFileFacts) facts = ms_file_facts_new(samples, NULL);
    g_autoptr(GBytes) bytes = ms_file_facts_to_bytes(facts);
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);

    for (guint i = 0; i < N_MUTATIONS; i++) {
      g_autofree guint8 *other = g_memdup2(data, size);
      g_autoptr(GBytes) damaged = NULL;

      for (guint j = 0; j < 1 + i % 3; j++)
        other[test_random_below(&random, (guint32)size)] = (guint8)test_random(&random);
      damaged = g_bytes_new(other, size);
      decide_by(damaged);
    }
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/file-facts/round-trip", test_round_trip);
  g_test_add_func("/file-facts/what-is-seen", test_what_is_seen);
  g_test_add_func("/file-facts/truncated", test_truncated);
  g_test_add_func("/file-facts/damaged", test_damaged);
  return g_test_run();
}
