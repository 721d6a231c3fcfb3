/* SPDX-License-Identifier: MIT
 *
 * The findings of a check for people: each begins with what it is and how sure that is, then what
 * was seen, what it does to the score, an example to look at, and what mends it, ready to be copied
 * to a command line or a .maskset file.
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
  const char *sureness = ms_sureness_label(finding->sureness);
  g_autofree char *n = NULL;
  g_autofree char *looked = NULL;

  if (finding->n_looked == 0 || finding->n_examples == 0)
    return g_strdup(sureness);
  n = ms_describe_count(finding->n_examples);
  looked = ms_describe_count(finding->n_looked);
  return g_strdup_printf("%s, %s of %s %s", sureness, n, looked,
                         finding->n_looked == 1 ? "example" : "examples");
}

/* "mean IoU 0.004 -> 0.812 of 64 examples"; NULL where nothing was measured. */
static char *
describe_score(const MsCheckFinding *finding)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *n = NULL;

  if (!finding->before.defined && !finding->after.defined)
    return NULL;
  before = ms_describe_ratio(finding->before, TEXT_DIGITS);
  n = ms_describe_count(finding->n_scored);
  if (!finding->after.defined)
    return g_strdup_printf("mean IoU %s (%s scored)", before, n);
  after = ms_describe_ratio(finding->after, TEXT_DIGITS);
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
append_findings(GString *text, const MsCheck *check)
{
  if (check->findings->len == 0) {
    g_string_append(text, "Nothing was found that speaks against this set");
    return;
  }
  g_string_append_printf(text, "%u %s", check->findings->len,
                         check->findings->len == 1 ? "finding" : "findings");
}

/* "3 findings; 64 of 5,000 examples were looked at" */
static void
append_summary(GString *text, const MsCheck *check)
{
  g_string_append_c(text, '\n');
  append_findings(text, check);
  if (check->sampling) {
    g_string_append(text, "; ");
    ms_text_append_clean(text, check->sampling);
  }
  g_string_append_c(text, '\n');
}

static void
append_notices(GString *text, MsSet *set)
{
  g_autoptr(GPtrArray) sentences = ms_notes_notices(set);

  if (sentences->len > 0)
    g_string_append(text, "\nNotices\n");
  for (guint i = 0; i < sentences->len; i++)
    ms_text_append_wrapped(text, g_ptr_array_index(sentences, i), TEXT_INDENT, TEXT_WIDTH);
}

gboolean
ms_report_check_text(const MsCheck *check, MsFileWriter *file, GError **error)
{
  g_auto(MsSink) sink = {0};

  ms_sink_init(&sink, file);
  ms_report_text_head(sink.text, check->set, NULL);
  append_summary(sink.text, check);
  for (guint i = 0; i < check->findings->len; i++) {
    g_string_append_c(sink.text, '\n');
    append_finding(sink.text, check, g_ptr_array_index(check->findings, i));
  }
  append_notices(sink.text, check->set);
  return ms_sink_end(&sink, error);
}
