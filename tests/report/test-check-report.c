/* SPDX-License-Identifier: MIT
 *
 * What is written of a check: the text for people, line by line, and JSON that is held to its
 * schema. Findings are made by hand, with names as hostile as file names can be.
 */
#include "report/check-report.h"
#include "report/schema.h"
#include "report/sets.h"

typedef struct {
  TestFolder folder;
  MsCheck check;
} Fixture;

static void
fixture_set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  test_write_tiny_set(&fixture->folder);
  fixture->check = (MsCheck){
      .set = test_open_set(&fixture->folder),
      .findings = g_ptr_array_new(),
      .n_pairs = 6,
      .n_examples = 4,
      .sampling = (char *)"every example was looked at",
      .seconds = 0.25,
  };
}

static void
fixture_tear_down(Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref(fixture->check.findings);
  g_object_unref(fixture->check.set);
  test_folder_clear(&fixture->folder);
}

static char *
write_report(const MsCheck *check, MsFormat format)
{
  TestReport report = test_report_begin();

  if (format == MS_FORMAT_JSON)
    g_assert_true(ms_report_check_json(check, report.file, NULL));
  else
    g_assert_true(ms_report_check_text(check, report.file, NULL));
  return test_report_end(&report);
}

static MsValue
ratio(double value)
{
  return (MsValue){.value = value, .defined = TRUE};
}

/* Everything that a finding can have. */
static MsCheckFinding
flipped(GArray *examples)
{
  return (MsCheckFinding){
      .kind = MS_CHECK_TURNED,
      .sureness = MS_SURENESS_LIKELY,
      .model = 1,
      .n_examples = 1200,
      .n_looked = 1250,
      .examples = examples,
      .title = (char *)"Predictions are flipped left to right",
      .detail = (char *)"Flipped back, 1,200 of 1,250 fit better.",
      .before = ratio(0.0041),
      .after = ratio(0.81249),
      .n_scored = 1250,
      .remedy = (char *)"Flip them back.",
      .option = (char *)"--adjust wild:flip-x",
      .line = (char *)"[Adjust]\nwild=flip-x",
  };
}

/* As little as one can have. */
static MsCheckFinding
ambiguous(void)
{
  return (MsCheckFinding){
      .kind = MS_CHECK_AMBIGUOUS,
      .sureness = MS_SURENESS_CERTAIN,
      .model = G_MAXUINT,
      .title = (char *)"Two files fit",
  };
}

static void
assert_has(const char *text, const char *part)
{
  if (!strstr(text, part))
    g_error("'%s' is not in:\n%s", part, text);
}

/* ---- text ---- */

static void
test_text(Fixture *fixture, gconstpointer data)
{
  guint index = test_find_example(fixture->check.set, "val/bad");
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding first = ambiguous(), second = flipped(examples);
  g_autofree char *text = NULL;

  g_array_append_val(examples, index);
  g_ptr_array_add(fixture->check.findings, &first);
  g_ptr_array_add(fixture->check.findings, &second);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text, ": 4 examples (images, actual, steady, wild)\n  actual  ");
  assert_has(text, "\n  predicted  wild    ");
  assert_has(text,
             "\n"
             "2 findings; every example was looked at\n"
             "\n"
             "  Two files fit (certain)\n"
             "\n"
             "  wild: Predictions are flipped left to right (likely, 1,200 of 1,250 examples)\n"
             "    mean IoU 0.004 -> 0.812 (1,250 scored)\n"
             "    Flipped back, 1,200 of 1,250 fit better.\n"
             "    for example val/bad\n"
             "    Flip them back.\n"
             "    on the command line  --adjust wild:flip-x\n"
             "    in a .maskset file   [Adjust]\n"
             "                         wild=flip-x\n");
}

static void
test_clean_text(Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = write_report(&fixture->check, MS_FORMAT_TEXT);

  assert_has(text, "\n"
                   "Nothing was found that speaks against this set; every example was looked "
                   "at\n");
}

/* How the set scores stands in the same line of one model, in one of its own of several. */
static void
test_scores(Fixture *fixture, gconstpointer data)
{
  MsCheckScore scores[] = {{{0.83, .defined = TRUE}, 4}, {{0.0004, .defined = TRUE}, 4}};
  g_autofree char *text = NULL;

  fixture->check.scores = scores;
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text,
             "against this set; every example was looked at\n"
             "Mean IoU: steady 0.830, wild < 0.001; over 4 pairs each.\n"
             "Next to nothing of wild agrees with the actual masks, and no other reading, ids "
             "or place");
  scores[1].n_scored = 1;
  g_free(text);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text, "\nMean IoU: steady 0.830 over 4 pairs, wild < 0.001 over 1 pair.\n");
}

/* What explains a score keeps it from being called unexplained. */
static void
test_explained(Fixture *fixture, gconstpointer data)
{
  MsCheckScore scores[] = {{{0.83, .defined = TRUE}, 4}, {{0, .defined = TRUE}, 4}};
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding finding = flipped(examples);
  g_autofree char *text = NULL;

  fixture->check.scores = scores;
  g_ptr_array_add(fixture->check.findings, &finding);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text, "wild 0.000; over 4 pairs each.\n\n  wild: Predictions");
}

/* Nor is one of several models that a finding is about. */
static void
test_explained_too(Fixture *fixture, gconstpointer data)
{
  MsCheckScore scores[] = {{{0, .defined = TRUE}, 4}, {{0, .defined = TRUE}, 4}};
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autoptr(GArray) also = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding finding = flipped(examples);
  guint first = 0;
  g_autofree char *text = NULL;

  finding.also = g_array_append_val(also, first);
  fixture->check.scores = scores;
  g_ptr_array_add(fixture->check.findings, &finding);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  g_assert_null(strstr(text, "Next to nothing"));
}

/* Notes stand apart, behind the findings, and are counted by themselves. */
static void
test_notes(Fixture *fixture, gconstpointer data)
{
  MsCheckFinding first = ambiguous(), note = ambiguous();
  g_autofree char *text = NULL;

  note.kind = MS_CHECK_FORMS;
  note.is_note = TRUE;
  note.title = (char *)"Two forms";
  fixture->check.n_notes = 1;
  g_ptr_array_add(fixture->check.findings, &note);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text,
             "\n1 note; every example was looked at\n\nWorth knowing\n  Two forms (certain)\n");
  g_ptr_array_insert(fixture->check.findings, 0, &first);
  g_free(text);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text, "\n1 finding and 1 note; every example was looked at\n"
                   "\n  Two files fit (certain)\n"
                   "\nWorth knowing\n  Two forms (certain)\n");
}

/* Means over other examples before than after are never set side by side as if they were one. */
static void
test_rescued(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding finding = flipped(examples);
  g_autofree char *text = NULL;

  finding.n_scored = 30;
  finding.n_unscored = 3;
  g_ptr_array_add(fixture->check.findings, &finding);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text, "    27 of 30 scored, mean IoU 0.004; with the remedy all 30, mean IoU 0.812\n");
  finding.n_unscored = 30;
  finding.before.defined = FALSE;
  g_free(text);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text, "    none can be scored; with the remedy 30, mean IoU 0.812\n");
}

/* More than 0 is not 0, and less than half of the last digit is not that digit. */
static void
test_tiny(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding finding = flipped(examples);
  g_autofree char *text = NULL;

  finding.before = ratio(0);
  finding.after = ratio(0.00049);
  g_ptr_array_add(fixture->check.findings, &finding);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  assert_has(text, "    mean IoU 0.000 -> < 0.001 (1,250 scored)\n");
}

/* What would write over the terminal is made visible; lines to copy stay whole. */
static void
test_hostile_text(Fixture *fixture, gconstpointer data)
{
  MsCheckFinding finding = ambiguous();
  g_autofree char *text = NULL;

  finding.title = (char *)"\033[2Jtwo\nfiles";
  finding.detail = (char *)"a\rb \xff";
  finding.option = (char *)"--adjust 'a  b\t:flip-x'";
  finding.line = (char *)"[Adjust]\na\033b=flip-x";
  g_ptr_array_add(fixture->check.findings, &finding);
  text = write_report(&fixture->check, MS_FORMAT_TEXT);
  g_assert_null(strpbrk(text, "\033\r\t"));
  g_assert_true(g_utf8_validate(text, -1, NULL));
  assert_has(text, "\n  \357\277\275[2Jtwo\357\277\275files (certain)\n");
  assert_has(text, "--adjust 'a  b\357\277\275:flip-x'\n");
  assert_has(text, "  a\357\277\275b=flip-x\n");
}

/* ---- JSON ---- */

static JsonObject *
finding_at(JsonNode *report, guint index)
{
  JsonArray *findings = json_object_get_array_member(json_node_get_object(report), "findings");

  g_assert_cmpuint(index, <, json_array_get_length(findings));
  return json_array_get_object_element(findings, index);
}

static void
assert_fits_schema(JsonNode *report)
{
  g_autofree char *problems = schema_problems(report, "maskscope-check.schema.json");

  g_assert_cmpstr(problems, ==, "");
}

static void
test_json(Fixture *fixture, gconstpointer data)
{
  guint index = test_find_example(fixture->check.set, "val/bad");
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding first = ambiguous(), second = flipped(examples);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) report = NULL;
  JsonObject *finding, *score;

  g_array_append_val(examples, index);
  g_ptr_array_add(fixture->check.findings, &first);
  g_ptr_array_add(fixture->check.findings, &second);
  text = write_report(&fixture->check, MS_FORMAT_JSON);
  report = parse(text);
  assert_fits_schema(report);
  finding = finding_at(report, 0);
  g_assert_cmpstr(json_object_get_string_member(finding, "kind"), ==, "ambiguous");
  g_assert_true(json_object_get_null_member(finding, "model"));
  g_assert_true(json_object_get_null_member(finding, "score"));
  finding = finding_at(report, 1);
  g_assert_cmpstr(json_object_get_string_member(finding, "model"), ==, "wild");
  g_assert_cmpstr(json_object_get_string_member(finding, "line"), ==, "[Adjust]\nwild=flip-x");
  score = json_object_get_object_member(finding, "score");
  g_assert_cmpfloat(json_object_get_double_member(score, "after"), ==, 0.81249);
  g_assert_cmpint(json_object_get_int_member(score, "unscored"), ==, 0);
  g_assert_cmpstr(json_object_get_string_member(finding, "level"), ==, "finding");
  g_assert_cmpstr(json_array_get_string_element(json_object_get_array_member(finding, "shown"), 0),
                  ==, "val/bad");
}

static void
test_json_scores(Fixture *fixture, gconstpointer data)
{
  MsCheckScore scores[] = {{{0.83, .defined = TRUE}, 4}, {{0}, 0}};
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) report = NULL;
  JsonArray *list;

  fixture->check.scores = scores;
  text = write_report(&fixture->check, MS_FORMAT_JSON);
  report = parse(text);
  assert_fits_schema(report);
  list = json_object_get_array_member(json_node_get_object(report), "scores");
  g_assert_cmpuint(json_array_get_length(list), ==, 2);
  g_assert_cmpfloat(json_object_get_double_member(json_array_get_object_element(list, 0), "value"),
                    ==, 0.83);
  g_assert_true(json_object_get_null_member(json_array_get_object_element(list, 1), "value"));
}

/* Each kind and sureness has a word, and the schema lists it. */
static void
test_kinds(Fixture *fixture, gconstpointer data)
{
  for (guint kind = 0; kind < MS_N_CHECKS; kind++) {
    MsCheckFinding finding = ambiguous();
    g_autofree char *text = NULL;
    g_autoptr(JsonNode) report = NULL;

    finding.kind = (MsCheckKind)kind;
    finding.sureness = (MsSureness)(kind % MS_N_SURENESSES);
    finding.is_note = kind % 2;
    g_ptr_array_set_size(fixture->check.findings, 0);
    g_ptr_array_add(fixture->check.findings, &finding);
    text = write_report(&fixture->check, MS_FORMAT_JSON);
    report = parse(text);
    assert_fits_schema(report);
  }
}

/* The schema's check sees what it is there to see. */
static void
test_schema_refuses(Fixture *fixture, gconstpointer data)
{
  g_autoptr(JsonNode) report =
      parse("{\"maskscope\": \"1\", \"set\": {}, \"sample\": {\"examples\": 1.5, \"pairs\": 1, "
            "\"description\": null}, \"findings\": [{\"kind\": \"odd\"}], \"notices\": []}");
  g_autofree char *problems = schema_problems(report, "maskscope-check.schema.json");

  assert_has(problems, "report lacks options\n");
  assert_has(problems, "report.set lacks title\n");
  assert_has(problems, "report.sample.examples has the wrong type\n");
  assert_has(problems, "report.findings[0].kind has a value that is not listed\n");
}

#define ADD(path, function)                                                                        \
  g_test_add("/check-report/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("text", test_text);
  ADD("text/clean", test_clean_text);
  ADD("text/scores", test_scores);
  ADD("text/explained", test_explained);
  ADD("text/explained-too", test_explained_too);
  ADD("text/notes", test_notes);
  ADD("text/rescued", test_rescued);
  ADD("text/tiny", test_tiny);
  ADD("text/hostile", test_hostile_text);
  ADD("json", test_json);
  ADD("json/scores", test_json_scores);
  ADD("json/kinds", test_kinds);
  ADD("json/schema-refuses", test_schema_refuses);
  return g_test_run();
}
