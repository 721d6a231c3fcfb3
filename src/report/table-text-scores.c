/* SPDX-License-Identifier: MIT
 *
 * The scores in the text report: one table of how much was scored, one line a model and split, and
 * one of scores a model, its splits side by side with their intervals. Then what they advise.
 */
#include "report/table-text-private.h"

#include "report/grid.h"
#include "set/describe.h"

#define MAX_SPLITS 8

/* Side by side, so that the longest names of scores fit beside them in TEXT_WIDTH. */
#define MAX_COLUMNS 3

/* The scores of the whole set, of a split, or of groups. */
typedef struct {
  const char *name;           /* NULL: there is only one */
  const MsStanding *standing; /* NULL: groups */
  const MsTotals *groups;
  const MsInterval *intervals; /* by MsSetMetric */
} Part;

/* ---- parts ---- */

static void
add_standing(GArray *parts, const MsScoreboard *board, guint index, const char *name)
{
  const MsStanding *standing = &g_array_index(board->standings, MsStanding, index);
  Part part = {.name = name, .standing = standing, .intervals = standing->intervals};

  g_array_append_val(parts, part);
}

/* A single split that holds every example stands for the whole set: the same examples drawn again
 * would have other intervals, by chance. */
static GArray *
list_parts(const MsScoreboard *board)
{
  GArray *parts = g_array_new(FALSE, FALSE, sizeof(Part));
  guint n_splits = board->standings->len - 1;
  const MsStanding *standings = &g_array_index(board->standings, MsStanding, 0);
  Part groups = {.name = "groups", .groups = board->groups, .intervals = board->group_intervals};

  if (n_splits != 1 || standings[1].tally.examples < standings[0].tally.examples)
    add_standing(parts, board, 0, n_splits > 0 || groups.groups ? "all" : NULL);
  for (guint i = 1; i <= MIN(n_splits, MAX_SPLITS); i++)
    add_standing(parts, board, i, standings[i].split);
  if (groups.groups)
    g_array_append_val(parts, groups);
  return parts;
}

/* ---- how much was scored ---- */

static void
add_counts(MsGrid *grid, const char *model, const Part *part)
{
  const MsStanding *standing = part->standing;
  g_autofree char *scored =
      ms_describe_count(standing ? standing->tally.scored : ms_totals_scored(part->groups));
  g_autofree char *skipped = standing ? ms_describe_count(standing->tally.skipped) : NULL;
  g_autofree char *exact =
      ms_describe_count(standing ? standing->n_exact : ms_totals_exact(part->groups));

  MS_GRID_ADD(grid, model, part->name, scored, skipped, exact);
}

/* ---- scores side by side ---- */

/* "0.787 (0.741 to 0.829)" */
static char *
format_score(const Part *part, MsSetMetric metric)
{
  g_autofree char *value = ms_describe_ratio(part->standing ? part->standing->values[metric]
                                                            : ms_totals_value(part->groups, metric),
                                             TEXT_DIGITS);
  g_autofree char *interval =
      ms_scoreboard_describe_interval(&part->intervals[metric], TEXT_DIGITS);

  return interval ? g_strdup_printf("%s (%s)", value, interval) : g_steal_pointer(&value);
}

static void
add_score(MsGrid *grid, const Part *parts, guint n_parts, MsSetMetric metric,
          MsComparison comparison)
{
  char *cells[MAX_COLUMNS + 1] = {NULL};

  for (guint i = 0; i < n_parts; i++)
    cells[i + 1] = format_score(&parts[i], metric);
  cells[0] = g_strdup(ms_set_metric_info(metric, comparison)->label);
  ms_grid_add(grid, (const char *const *)cells, G_N_ELEMENTS(cells));
  for (guint i = 0; i < G_N_ELEMENTS(cells); i++)
    g_free(cells[i]);
}

static void
append_columns(GString *text, const Part *parts, guint n_parts, MsComparison comparison)
{
  g_autoptr(MsGrid) grid = ms_grid_new("llll");
  const char *heading[MAX_COLUMNS + 1] = {NULL};

  for (guint i = 0; i < n_parts; i++)
    heading[i + 1] = parts[i].name;
  ms_grid_add(grid, heading, G_N_ELEMENTS(heading));
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    if (ms_set_metric_is_shown((MsSetMetric)metric, comparison))
      add_score(grid, parts, n_parts, (MsSetMetric)metric, comparison);
  ms_grid_print(grid, TEXT_INDENT, text);
}

static void
append_model(GString *text, MsSet *set, const MsScoreboard *board, const GArray *parts)
{
  ms_report_text_heading(text, "Scores", set, board->model);
  for (guint i = 0; i < parts->len; i += MAX_COLUMNS) {
    if (i > 0)
      g_string_append_c(text, '\n');
    append_columns(text, &g_array_index(parts, Part, i), MIN(parts->len - i, MAX_COLUMNS),
                   board->comparison);
  }
}

/* Once for models whose intervals were made alike. */
static void
append_method(GString *text, const MsScoreboard *board, const MsScoreboard *next)
{
  g_autofree char *method = ms_scoreboard_describe_method(board);
  g_autofree char *following = next ? ms_scoreboard_describe_method(next) : NULL;

  if (method && g_strcmp0(method, following) != 0)
    ms_text_append_wrapped(text, method, TEXT_INDENT, TEXT_WIDTH);
}

static void
append_more_splits(GString *text, const MsScoreboard *board)
{
  guint n_splits = board->standings->len - 1;
  g_autofree char *more = NULL;

  if (n_splits <= MAX_SPLITS)
    return;
  more = ms_describe_count(n_splits - MAX_SPLITS);
  g_string_append_printf(text, "%*sand %s more splits; the JSON report lists all\n", TEXT_INDENT,
                         "", more);
}

void
ms_report_text_scores(GString *text, MsEvaluation *evaluation, const GPtrArray *boards)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  g_autoptr(MsGrid) counts = ms_grid_new("llrrr");
  g_autoptr(GString) scores = g_string_new(NULL);

  MS_GRID_ADD(counts, "model", "split", "scored", "skipped", "exact");
  for (guint model = 0; model < boards->len; model++) {
    const MsScoreboard *board = g_ptr_array_index(boards, model);
    g_autoptr(GArray) parts = list_parts(board);

    for (guint i = 0; i < parts->len; i++)
      add_counts(counts, ms_set_get_model_name(set, model), &g_array_index(parts, Part, i));
    append_model(scores, set, board, parts);
    append_method(scores, board,
                  model + 1 < boards->len ? g_ptr_array_index(boards, model + 1) : NULL);
  }
  g_string_append_c(text, '\n');
  ms_grid_print(counts, 0, text);
  append_more_splits(text, g_ptr_array_index(boards, 0));
  g_string_append_len(text, scores->str, (gssize)scores->len);
}

/* ---- advice ---- */

static void
append_advice(GString *text, const MsAdvice *advice)
{
  ms_text_append_wrapped(text, advice->headline, TEXT_INDENT, TEXT_WIDTH);
  ms_text_append_wrapped(text, advice->evidence, 2 * TEXT_INDENT, TEXT_WIDTH);
  if (advice->remedy)
    ms_text_append_wrapped(text, advice->remedy, 2 * TEXT_INDENT, TEXT_WIDTH);
}

void
ms_report_text_advice(GString *text, MsEvaluation *evaluation, const GPtrArray *boards)
{
  MsSet *set = ms_evaluation_get_set(evaluation);

  for (guint model = 0; model < boards->len; model++) {
    const MsScoreboard *board = g_ptr_array_index(boards, model);
    gboolean begun = FALSE;

    for (guint i = 0; i < board->advice->len; i++) {
      const MsAdvice *advice = g_ptr_array_index(board->advice, i);

      if (!ms_report_tells(set, advice))
        continue;
      if (!begun)
        ms_report_text_heading(text, "Advice", set, model);
      begun = TRUE;
      append_advice(text, advice);
    }
  }
}
