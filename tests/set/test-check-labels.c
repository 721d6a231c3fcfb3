/* SPDX-License-Identifier: MIT
 *
 * What a check says of label sets that were written otherwise than the actual ones, in which words,
 * and how many of very many it looks at: of which the time that there is decides, not the clock.
 */
#include <math.h>

#include "label-set.h"
#include "set/check.h"
#include "set/hash.h"

#define N_LABELS 60

/* A label of an actual set; of a prediction the place is that of its name. */
typedef gboolean (*HasLabel)(guint row, guint label);

static gboolean
has_label(guint row, guint label)
{
  return ms_hash_scramble((guint64)row << 32 | label) % 2 == 0;
}

static guint
exchange(guint label)
{
  return label == 0 ? 1 : label == 1 ? 0 : label;
}

static gboolean
has_exchanged(guint row, guint label)
{
  return has_label(row, exchange(label)) != ((row + label) % 17 == 0);
}

static gboolean
has_next_of_three(guint row, guint label)
{
  return has_label(row, label < 3 ? (label + 1) % 3 : label) != ((row + label) % 17 == 0);
}

static gboolean
has_not(guint row, guint label)
{
  return has_label(row, label) == ((row + label) % 17 == 0);
}

/* Labels are called by `prefix` and their number. */
static void
write_labels(const TestFolder *folder, const char *file, const char *prefix, guint n_rows,
             guint n_labels, HasLabel has)
{
  g_autoptr(GString) text = g_string_new("example,labels\n");

  for (guint row = 0; row < n_rows; row++) {
    g_string_append_printf(text, "e%03u,;", row);
    for (guint label = 0; label < n_labels; label++)
      if (has(row, label))
        g_string_append_printf(text, "%s%u;", prefix, label);
    g_string_append_c(text, '\n');
  }
  test_text(folder, file, text->str);
}

static MsCheck *
check_labels(const char *prefix, guint n_rows, guint n_labels, HasLabel has, double seconds)
{
  g_auto(TestFolder) folder = test_folder_new();
  const MsCheckLimits limits = {.seconds = seconds};
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  MsCheck *check;

  write_labels(&folder, "actual.csv", "is ", n_rows, n_labels, has_label);
  write_labels(&folder, "a.csv", prefix, n_rows, n_labels, has);
  set = label_set_open(&folder, "actual=actual.csv predicted=A=a.csv");
  check = ms_check_run(set, &limits, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return check;
}

static const MsCheckFinding *
only_finding(const MsCheck *check, MsCheckKind kind)
{
  const MsCheckFinding *finding;

  g_assert_cmpuint(check->findings->len, ==, 1);
  finding = g_ptr_array_index(check->findings, 0);
  g_assert_cmpstr(ms_check_kind_id(finding->kind), ==, ms_check_kind_id(kind));
  return finding;
}

static void
test_words(void)
{
  static const struct {
    const char *prefix;
    guint n_labels;
    HasLabel has;
    MsCheckKind kind;
    const char *detail, *remedy;
  } cases[] = {
      {"is ", 4, has_exchanged, MS_CHECK_SWAPPED_CLASSES,
       "is 0 is predicted where is 1 is actual, and the other way round.",
       "Take predicted is 0 for is 1, is 1 for is 0."},
      {"is ", 4, has_next_of_three, MS_CHECK_SWAPPED_CLASSES,
       "is 0 is predicted where is 1 is actual, is 1 where is 2 is, is 2 where is 0 is.",
       "Take predicted is 0 for is 1, is 1 for is 2, is 2 for is 0."},
      {"is ", 4, has_not, MS_CHECK_INVERTED,
       "Most labels are predicted where they are not, and not where they are.",
       "Exchange predicted and not predicted."},
      {"IS-", 1, has_label, MS_CHECK_DISJOINT_IDS,
       "Predicted label IS-0 is never actual; the actual one is is 0: the names differ by case, "
       "blanks, dashes or underscores alone.",
       "Take predicted IS-0 for is 0."},
      {"IS-", 6, has_label, MS_CHECK_DISJOINT_IDS,
       "Predicted labels IS-0, IS-1, IS-2, IS-3 and 2 more are never actual; the actual ones are "
       "is 0, is 1, is 2, is 3 and 2 more: the names differ by case, blanks, dashes or underscores "
       "alone.",
       "Take predicted IS-0 for is 0, IS-1 for is 1, IS-2 for is 2, IS-3 for is 3 and 2 more."},
      {"ist", 2, has_label, MS_CHECK_DISJOINT_IDS,
       "Predicted labels ist0 and ist1 are never actual, and actual labels is 0 and is 1 are never "
       "predicted: most examples that have the one have the other.",
       "Take predicted ist0 for is 0, ist1 for is 1."},
  };

  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsCheck) check =
        check_labels(cases[i].prefix, 60, cases[i].n_labels, cases[i].has, HUGE_VAL);
    const MsCheckFinding *finding = only_finding(check, cases[i].kind);

    g_assert_cmpstr(finding->detail, ==, cases[i].detail);
    g_assert_cmpstr(finding->remedy, ==, cases[i].remedy);
    g_assert_cmpstr(check->sampling, ==, "every example was looked at");
    g_assert_cmpuint(finding->n_looked, ==, 60);
  }
}

/* Of many rows those are looked at for which there is time. */
static void
test_many_rows(void)
{
  g_autoptr(MsCheck) all = check_labels("is ", 600, 4, has_exchanged, HUGE_VAL);
  g_autoptr(MsCheck) some = check_labels("is ", 600, 4, has_exchanged, 2e-4);
  g_autoptr(MsCheck) few = check_labels("is ", 600, 4, has_exchanged, 1e-9);

  g_assert_cmpuint(only_finding(all, MS_CHECK_SWAPPED_CLASSES)->n_looked, ==, 600);
  g_assert_cmpstr(all->sampling, ==, "every example was looked at");
  g_assert_cmpuint(only_finding(some, MS_CHECK_SWAPPED_CLASSES)->n_looked, ==, 300);
  g_assert_cmpuint(only_finding(some, MS_CHECK_SWAPPED_CLASSES)->n_scored, ==, 300);
  g_assert_cmpstr(some->sampling, ==, "300 of 600 examples were looked at");
  g_assert_cmpstr(few->sampling, ==, "256 of 600 examples were looked at");
}

/* Of rows with many labels so few are counted label by label; all are scored. */
static void
test_many_pairs(void)
{
  g_autoptr(MsCheck) check = check_labels("is ", 600, N_LABELS, has_exchanged, 1e-3);
  const MsCheckFinding *finding = only_finding(check, MS_CHECK_SWAPPED_CLASSES);

  g_assert_cmpstr(check->sampling, ==, "every example was looked at");
  g_assert_cmpuint(finding->n_looked, ==, 600);
  g_assert_cmpuint(finding->n_scored, ==, 600);
  g_assert_true(g_str_has_prefix(finding->detail, "is 0 is predicted where is 1 is actual, and "
                                                  "the other way round. This is told from 3"));
  g_assert_true(g_str_has_suffix(finding->detail, " of 600 examples."));
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/check/labels/words", test_words);
  g_test_add_func("/check/labels/many-rows", test_many_rows);
  g_test_add_func("/check/labels/many-pairs", test_many_pairs);
  return g_test_run();
}
