/* SPDX-License-Identifier: MIT
 *
 * The findings of a check for people: each begins with what it is and how sure that is, then what
 * was seen, what it does to the score, an example to look at, and what mends it, ready to be copied
 * to a command line or a .maskset file. What is only worth knowing stands apart, behind them.
 */
#include "report/check-report.h"
#include "report/grid.h"
#include "report/notes.h"
#include "report/table-text-private.h"
#include "set/describe.h"

#include <string.h>

#define FINDING_INDENT (2 * TEXT_INDENT)

/* "certain, 3 of 250 examples"; a finding about the set as a whole names none. */
static char *
describe_extent(const MsCheckFinding *finding)
{
  const char *sureness = ms_sureness_id(finding->sureness);
  g_autofree char *n = NULL;
  g_autofree char *looked = NULL;

  if (finding->n_looked == 0 || finding->n_examples == 0)
    return g_strdup(sureness);
  n = ms_describe_count(finding->n_examples);
  looked = ms_describe_count(finding->n_looked);
  return g_strdup_printf("%s, %s of %s %s", sureness, n, looked,
                         finding->n_looked == 1 ? "example" : "examples");
}

/* As they are and with the remedy, where that scores more of them. */
static char *
describe_rescue(const MsCheckFinding *finding, const char *before, const char *after)
{
  g_autofree char *n = ms_describe_count(finding->n_scored);
  g_autofree char *scored = ms_describe_count(finding->n_scored - finding->n_unscored);

  if (!finding->before.defined)
    return g_strdup_printf("none can be scored; with the remedy %s, mean IoU %s", n, after);
  return g_strdup_printf("%s of %s scored, mean IoU %s; with the remedy all %s, mean IoU %s",
                         scored, n, before, n, after);
}

/* "mean IoU 0.004 -> 0.812 (1,250 scored)"; NULL where nothing was measured. */
static char *
describe_score(const MsCheckFinding *finding)
{
  g_autofree char *before = ms_check_describe_iou(finding->before);
  g_autofree char *after = ms_check_describe_iou(finding->after);
  g_autofree char *n = ms_describe_count(finding->n_scored);

  if (!finding->before.defined && !finding->after.defined)
    return NULL;
  if (!finding->after.defined)
    return g_strdup_printf("mean IoU %s (%s scored)", before, n);
  if (finding->n_unscored > 0 || !finding->before.defined)
    return describe_rescue(finding, before, after);
  return g_strdup_printf("mean IoU %s -> %s (%s scored)", before, after, n);
}

/* Of several models the one it is about stands in front, unless the title names it. */
static void
append_title(GString *text, const MsCheck *check, const MsCheckFinding *finding)
{
  g_autofree char *extent = describe_extent(finding);
  g_autofree char *models = ms_check_finding_dup_models(check, finding);
  g_autoptr(GString) line = g_string_new(NULL);

  if (models && !strstr(finding->title, models))
    g_string_append_printf(line, "%s: ", models);
  g_string_append_printf(line, "%s (%s)", finding->title, extent);
  ms_text_append_wrapped(text, line->str, TEXT_INDENT, TEXT_WIDTH);
}

static void
append_example(GString *text, MsSet *set, const MsCheckFinding *finding)
{
  g_autofree char *sentence = NULL;

  if (!finding->examples || finding->examples->len == 0)
    return;
  sentence = g_strconcat("for example ",
                         ms_set_get_id(set, g_array_index(finding->examples, guint, 0)), NULL);
  ms_text_append_wrapped(text, sentence, FINDING_INDENT, TEXT_WIDTH);
}

/* What is to be copied is not broken at blanks; lines stay lines. */
static void
append_lines(GString *text, const char *label, const char *lines)
{
  g_auto(GStrv) each = g_strsplit(lines, "\n", -1);

  for (guint i = 0; each[i]; i++) {
    g_string_append_printf(text, "%*s%-*s  ", FINDING_INDENT, "", (int)strlen(label),
                           i == 0 ? label : "");
    ms_text_append_clean(text, each[i]);
    g_string_append_c(text, '\n');
  }
}

static void
append_remedy(GString *text, const MsCheckFinding *finding)
{
  if (finding->remedy)
    ms_text_append_wrapped(text, finding->remedy, FINDING_INDENT, TEXT_WIDTH);
  if (finding->option)
    append_lines(text, "on the command line", finding->option);
  if (finding->line)
    append_lines(text, "in a .maskset file ", finding->line);
}

static void
append_finding(GString *text, const MsCheck *check, const MsCheckFinding *finding)
{
  g_autofree char *score = describe_score(finding);

  append_title(text, check, finding);
  if (score)
    ms_text_append_wrapped(text, score, FINDING_INDENT, TEXT_WIDTH);
  if (finding->detail)
    ms_text_append_wrapped(text, finding->detail, FINDING_INDENT, TEXT_WIDTH);
  append_example(text, check->set, finding);
  append_remedy(text, finding);
}

static void
append_sentence(GString *text, const char *words)
{
  g_autofree char *sentence = ms_describe_sentence(words);

  ms_text_append_wrapped(text, sentence, 0, TEXT_WIDTH);
}

/* "3 findings; 64 of 5,000 examples were looked at; mean IoU 0.830 over 64 pairs", and where that
 * is next to nothing what is to be said of it. */
static void
append_summary(GString *text, const MsCheck *check)
{
  g_autofree char *count = ms_check_describe_count(check);
  g_autofree char *scores = ms_check_describe_scores(check);
  g_autofree char *unexplained = ms_check_describe_unexplained(check);
  gboolean several = ms_set_get_n_models(check->set) > 1;
  g_autoptr(GString) line =
      g_string_new(count ? count : "Nothing was found that speaks against this set");

  if (check->sampling)
    g_string_append_printf(line, "; %s", check->sampling);
  if (scores && !several)
    g_string_append_printf(line, "; %s", scores);
  g_string_append_c(text, '\n');
  ms_text_append_clean(text, line->str);
  g_string_append_c(text, '\n');
  if (scores && several)
    append_sentence(text, scores);
  if (unexplained)
    append_sentence(text, unexplained);
}

static void
append_all(GString *text, const MsCheck *check)
{
  guint n_findings = check->findings->len - check->n_notes;

  for (guint i = 0; i < check->findings->len; i++) {
    if (i == n_findings)
      g_string_append(text, "\nWorth knowing\n");
    if (i != n_findings)
      g_string_append_c(text, '\n');
    append_finding(text, check, g_ptr_array_index(check->findings, i));
  }
}

/* Whether a finding says the same. */
static gboolean
is_told(const MsCheck *check, const MsNotice *notice)
{
  for (guint i = 0; i < check->findings->len; i++) {
    const MsCheckFinding *finding = g_ptr_array_index(check->findings, i);

    if ((notice->kind == MS_NOTICE_MISSING && finding->kind == MS_CHECK_UNPAIRED) ||
        (notice->kind == MS_NOTICE_AMBIGUOUS && finding->kind == MS_CHECK_AMBIGUOUS) ||
        (finding->detail && strstr(finding->detail, notice->message)))
      return TRUE;
  }
  return FALSE;
}

static void
append_notices(GString *text, const MsCheck *check)
{
  const GPtrArray *notices = ms_set_get_notices(check->set);
  g_autoptr(GPtrArray) sentences = ms_notes_notices(check->set);
  gboolean some = FALSE;

  for (guint i = 0; i < sentences->len; i++) {
    if (is_told(check, g_ptr_array_index(notices, i)))
      continue;
    if (!some)
      g_string_append(text, "\nNotices\n");
    some = TRUE;
    ms_text_append_wrapped(text, g_ptr_array_index(sentences, i), TEXT_INDENT, TEXT_WIDTH);
  }
}

gboolean
ms_report_check_text(const MsCheck *check, MsFileWriter *file, GError **error)
{
  g_auto(MsSink) sink = {0};

  ms_sink_init(&sink, file);
  ms_report_text_head(sink.text, check->set, NULL);
  append_summary(sink.text, check);
  append_all(sink.text, check);
  append_notices(sink.text, check);
  return ms_sink_end(&sink, error);
}
