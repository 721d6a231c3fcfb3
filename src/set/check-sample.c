/* SPDX-License-Identifier: MIT
 *
 * Examples of one split that the same models predicted are a stratum. Strata share the sample
 * evenly, so that a small split is looked at as closely as a large one; within one, examples are
 * taken one from each of equal stretches.
 */
#include "set/check-sample.h"

#include <string.h>

#include "set/hash.h"

#define MAX_MODELS 64

typedef struct {
  const char *split; /* NULL: none */
  guint64 models;    /* a bit for each that the example can be scored for */
  GArray *examples;  /* guint */
  GArray *chosen;    /* guint, in the order of reading */
  guint n_wanted;
} Stratum;

static guint
stratum_hash(gconstpointer key)
{
  const Stratum *stratum = key;

  return (stratum->split ? g_str_hash(stratum->split) : 0) ^
         (guint)ms_hash_scramble(stratum->models);
}

static gboolean
stratum_equal(gconstpointer a, gconstpointer b)
{
  const Stratum *one = a, *other = b;

  return one->models == other->models && g_strcmp0(one->split, other->split) == 0;
}

static void
stratum_free(gpointer data)
{
  Stratum *stratum = data;

  g_array_unref(stratum->examples);
  g_array_unref(stratum->chosen);
  g_free(stratum);
}

static Stratum
stratum_of(MsSet *set, guint example)
{
  Stratum key = {.split = ms_set_get_split(set, example)};
  guint n_models = MIN(ms_set_get_n_models(set), MAX_MODELS);

  for (guint model = 0; model < n_models; model++)
    if (!ms_set_get_problem(set, example, model))
      key.models |= G_GUINT64_CONSTANT(1) << model;
  return key;
}

/* Those without any model behind the others, which stay in the order in which they were met. */
static gint
compare_strata(gconstpointer a, gconstpointer b)
{
  const Stratum *one = *(Stratum *const *)a, *other = *(Stratum *const *)b;

  if ((one->models == 0) != (other->models == 0))
    return one->models == 0 ? 1 : -1;
  return g_array_index(one->examples, guint, 0) < g_array_index(other->examples, guint, 0) ? -1 : 1;
}

static GPtrArray *
make_strata(MsSet *set)
{
  GPtrArray *strata = g_ptr_array_new_with_free_func(stratum_free);
  g_autoptr(GHashTable) known = g_hash_table_new(stratum_hash, stratum_equal);
  guint n_examples = ms_set_get_n_examples(set);
  Stratum *last = NULL;

  for (guint i = 0; i < n_examples; i++) {
    Stratum key = stratum_of(set, i);

    if (!last || !stratum_equal(last, &key))
      last = g_hash_table_lookup(known, &key);
    if (!last) {
      last = g_memdup2(&key, sizeof key);
      last->examples = g_array_new(FALSE, FALSE, sizeof(guint));
      last->chosen = g_array_new(FALSE, FALSE, sizeof(guint));
      g_hash_table_add(known, last);
      g_ptr_array_add(strata, last);
    }
    g_array_append_val(last->examples, i);
  }
  g_ptr_array_sort(strata, compare_strata);
  return strata;
}

/* One to each in turn, as long as it has any, from strata first to end - 1. */
static guint
share_out(const GPtrArray *strata, guint first, guint end, guint n_left)
{
  gboolean some = TRUE;

  while (some && n_left > 0) {
    some = FALSE;
    for (guint i = first; i < end && n_left > 0; i++) {
      Stratum *stratum = g_ptr_array_index(strata, i);

      if (stratum->n_wanted == stratum->examples->len)
        continue;
      stratum->n_wanted++;
      n_left--;
      some = TRUE;
    }
  }
  return n_left;
}

guint
ms_check_sample_place(guint n, guint n_stretches, guint stretch)
{
  guint64 from = (guint64)n * stretch / n_stretches;
  guint64 to = (guint64)n * (stretch + 1) / n_stretches;

  return (guint)(from + ms_hash_scramble(stretch + 1) % (to - from));
}

static guint
reverse_bits(guint number, guint n_bits)
{
  guint reversed = 0;

  for (guint bit = 0; bit < n_bits; bit++)
    reversed |= (number >> bit & 1) << (n_bits - 1 - bit);
  return reversed;
}

/* Stretches in an order that halves what was not looked at yet. */
static void
choose(Stratum *stratum)
{
  guint n_bits = 0;

  while (stratum->n_wanted > 1u << n_bits)
    n_bits++;
  for (guint i = 0; i < 1u << n_bits; i++) {
    guint stretch = reverse_bits(i, n_bits);
    guint example;

    if (stretch >= stratum->n_wanted)
      continue;
    example =
        g_array_index(stratum->examples, guint,
                      ms_check_sample_place(stratum->examples->len, stratum->n_wanted, stretch));
    g_array_append_val(stratum->chosen, example);
  }
}

static void
take_in_turn(const GPtrArray *strata, guint first, guint end, GArray *sample)
{
  gboolean some = TRUE;

  for (guint round = 0; some; round++) {
    some = FALSE;
    for (guint i = first; i < end; i++) {
      const Stratum *stratum = g_ptr_array_index(strata, i);

      if (round >= stratum->chosen->len)
        continue;
      g_array_append_val(sample, g_array_index(stratum->chosen, guint, round));
      some = TRUE;
    }
  }
}

GArray *
ms_check_sample(MsSet *set, guint max_examples)
{
  GArray *sample = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autoptr(GPtrArray) strata = make_strata(set);
  guint n_scorable = 0, n_left;

  while (n_scorable < strata->len &&
         ((const Stratum *)g_ptr_array_index(strata, n_scorable))->models != 0)
    n_scorable++;
  n_left = share_out(strata, 0, n_scorable, max_examples);
  share_out(strata, n_scorable, strata->len, n_left);
  for (guint i = 0; i < strata->len; i++)
    choose(g_ptr_array_index(strata, i));
  take_in_turn(strata, 0, n_scorable, sample);
  take_in_turn(strata, n_scorable, strata->len, sample);
  return sample;
}

/* Examples that are read even when the time is over, unless they take several times as long. */
#define MIN_EXAMPLES      16
#define TIMES_AT_MOST     3
#define MIN_SLOW_EXAMPLES 2

gboolean
ms_check_time_is_over(guint place, double elapsed, double longest, double seconds)
{
  return (place >= MIN_EXAMPLES && elapsed > seconds) ||
         (place >= MIN_SLOW_EXAMPLES && elapsed + longest > TIMES_AT_MOST * seconds);
}
