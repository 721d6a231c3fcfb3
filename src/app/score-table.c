/* SPDX-License-Identifier: MIT
 *
 * All cells are made once and then only given other texts: values change five times a second while
 * a set is scored. Rows are boxes of equal parts, all of one width, so that columns line up.
 */
#include "app/score-table.h"

#include <math.h>

#include "app/tip.h"
#include "set/describe.h"

#define MAX_COLUMNS MS_SCORE_TABLE_MAX_COLUMNS

/* From top to bottom. */
static const MsSetMetric order[] = {MS_SET_METRIC_IOU_MEAN,   MS_SET_METRIC_IOU_POOLED,
                                    MS_SET_METRIC_MIOU,       MS_SET_METRIC_EXACT_RATIO,
                                    MS_SET_METRIC_HAMMING,    MS_SET_METRIC_DICE_MEAN,
                                    MS_SET_METRIC_DICE_POOLED};

G_STATIC_ASSERT(G_N_ELEMENTS(order) == MS_N_SET_METRICS);

typedef struct {
  GtkWidget *box;
  GtkLabel *value;
  GtkWidget *below; /* or beside, where there is one column */
  GtkLabel *interval;
  GtkLabel *count; /* "4 of 24", side by side; NULL but for the exact match ratio */
} Cell;

typedef struct {
  GtkWidget *box;
  GtkLabel *name;
  GtkLabel *count; /* of the one column; NULL but for the exact match ratio */
  Cell cells[MAX_COLUMNS];
} Row;

/* What the rows are of. */
typedef struct {
  MsComparison comparison;
  const GPtrArray *standings;
  gboolean intervals;
  const char *chosen;
} Content;

struct _MsScoreTable {
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *headings_box;
  GtkLabel *headings[MAX_COLUMNS];
  Row rows[MS_N_SET_METRICS]; /* by MsSetMetric */
  GtkLabel *more;
};

G_DEFINE_FINAL_TYPE(MsScoreTable, ms_score_table, GTK_TYPE_WIDGET)

/* --- what is shown --- */

static void
set_class(gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class(widget, name);
  else
    gtk_widget_remove_css_class(widget, name);
}

/* "±0.0004": of an interval whose ends hardly differ in these digits, half its width. */
static char *
narrow_text(const MsInterval *interval, guint digits)
{
  double half = MAX((interval->high - interval->low) / 2, 0.00001);
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];

  while (half * pow(10, digits) < 1)
    digits++;
  g_snprintf(format, sizeof format, "%%.%uf", digits);
  return g_strdup_printf("±%s", g_ascii_formatd(text, sizeof text, format, half));
}

/* "0.741–0.829"; "" where there is none. */
static char *
interval_text(const MsInterval *interval, guint digits)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!ms_scoreboard_format_interval(interval, digits, &low, &high))
    return g_strdup("");
  return interval->high > interval->low && (interval->high - interval->low) * pow(10, digits) < 1.5
             ? narrow_text(interval, digits)
             : g_strdup_printf("%s–%s", low, high);
}

static char *
count_text(const MsStanding *standing)
{
  g_autofree char *exact = ms_describe_count(standing->n_exact);
  g_autofree char *scored = ms_describe_count(standing->tally.scored);

  return g_strdup_printf("%s of %s", exact, scored);
}

/* What the eye takes from a cell's place, in words: "Mean IoU, val: 0.696, 95 % interval 0.585 to
 * 0.791". */
static char *
spoken_text(const MsMetricInfo *info, const MsStanding *standing, const char *value,
            const char *count, const MsInterval *interval)
{
  g_autofree char *words = ms_scoreboard_describe_interval(interval, 3);

  return g_strdup_printf("%s, %s: %s%s%s%s%s", info->label,
                         standing->split ? standing->split : "whole set", value, count ? ", " : "",
                         count ? count : "", words ? ", 95 % interval " : "", words ? words : "");
}

static void
show_cell(const Cell *cell, GtkLabel *row_count, const MsMetricInfo *info, MsSetMetric metric,
          const MsStanding *standing, const MsInterval *interval, guint digits)
{
  g_autofree char *value = ms_describe_ratio(standing->values[metric], 3);
  g_autofree char *range = interval_text(interval, digits);
  g_autofree char *count = cell->count ? count_text(standing) : NULL;
  g_autofree char *spoken = spoken_text(info, standing, value, count, interval);

  gtk_label_set_text(cell->value, value);
  gtk_label_set_text(cell->interval, range);
  if (count) {
    gtk_label_set_text(cell->count, count);
    gtk_label_set_text(row_count, count);
  }
  ms_tip_set(cell->box, spoken);
  gtk_accessible_update_property(GTK_ACCESSIBLE(cell->value), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                 -1);
}

static gboolean
is_chosen(const MsStanding *standing, const char *chosen)
{
  return g_strcmp0(standing->split, chosen) == 0;
}

/* Side by side a cell's parts stand below each other, else beside each other. An interval that is
 * yet to come has its room; of one example there will be none. */
static void
shape_cell(const Cell *cell, gboolean side_by_side, const MsStanding *standing)
{
  gtk_orientable_set_orientation(GTK_ORIENTABLE(cell->box), side_by_side
                                                                ? GTK_ORIENTATION_VERTICAL
                                                                : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible(cell->below, side_by_side || standing->tally.examples > 1);
  gtk_label_set_width_chars(cell->interval, side_by_side ? -1 : 8);
  if (cell->count)
    gtk_widget_set_visible(GTK_WIDGET(cell->count), side_by_side);
}

static void
show_row(Row *row, MsSetMetric metric, const Content *content)
{
  static const MsInterval none = {.method = MS_INTERVAL_NONE};
  const GPtrArray *standings = content->standings;
  const MsMetricInfo *info = ms_set_metric_info(metric, content->comparison);
  g_autofree char *formula = g_strdup_printf("%s = %s", info->label, info->formula);
  gboolean side_by_side = standings->len > 1;
  guint digits = standings->len == 1 || standings->len > 3 ? 2 : 3; /* that there is room for */

  gtk_widget_set_visible(row->box, ms_set_metric_is_shown(metric, content->comparison));
  gtk_label_set_text(row->name, info->label);
  ms_tip_set(GTK_WIDGET(row->name), formula);
  gtk_orientable_set_orientation(GTK_ORIENTABLE(row->box), side_by_side
                                                               ? GTK_ORIENTATION_VERTICAL
                                                               : GTK_ORIENTATION_HORIZONTAL);
  if (row->count)
    gtk_widget_set_visible(GTK_WIDGET(row->count), !side_by_side);
  for (guint i = 0; i < MAX_COLUMNS; i++) {
    const Cell *cell = &row->cells[i];
    const MsStanding *standing = i < standings->len ? g_ptr_array_index(standings, i) : NULL;

    gtk_widget_set_visible(cell->box, standing != NULL);
    if (!standing)
      continue;
    set_class(cell->box, "chosen", side_by_side && is_chosen(standing, content->chosen));
    shape_cell(cell, side_by_side, standing);
    show_cell(cell, row->count, info, metric, standing,
              content->intervals ? &standing->intervals[metric] : &none, digits);
  }
}

static void
show_headings(MsScoreTable *self, const GPtrArray *standings, const char *chosen)
{
  gtk_widget_set_visible(self->headings_box, standings->len > 1);
  for (guint i = 0; i < MAX_COLUMNS; i++) {
    const MsStanding *standing = i < standings->len ? g_ptr_array_index(standings, i) : NULL;
    GtkWidget *heading = GTK_WIDGET(self->headings[i]);

    gtk_widget_set_visible(heading, standing != NULL);
    if (!standing)
      continue;

    gboolean marked = is_chosen(standing, chosen);
    const char *name = standing->split ? standing->split : "All";
    g_autofree char *spoken = g_strconcat(name, marked ? ", chosen" : "", NULL);

    gtk_label_set_text(self->headings[i], name);
    ms_tip_set(heading, standing->split ? standing->split : "The whole set");
    set_class(heading, "chosen", marked);
    gtk_accessible_update_property(GTK_ACCESSIBLE(heading), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                   -1);
  }
}

void
ms_score_table_show(MsScoreTable *self, MsComparison comparison, const GPtrArray *standings,
                    gboolean intervals, const char *chosen, guint n_more)
{
  g_return_if_fail(standings->len <= MAX_COLUMNS);

  const Content content = {comparison, standings, intervals, chosen};
  g_autofree char *more =
      g_strdup_printf("and %u more split%s: choose one above", n_more, n_more == 1 ? "" : "s");

  set_class(self, "side-by-side", standings->len > 1);
  show_headings(self, standings, chosen);
  for (guint i = 0; i < MS_N_SET_METRICS; i++)
    show_row(&self->rows[i], i, &content);
  gtk_label_set_text(self->more, more);
  gtk_widget_set_visible(GTK_WIDGET(self->more), n_more > 0);
}

/* --- construction --- */

/* silent: what it says is said by another label, too. */
static GtkLabel *
label_new(GtkWidget *parent, const char *css_class, gboolean silent)
{
  GtkAccessibleRole role = silent ? GTK_ACCESSIBLE_ROLE_PRESENTATION : GTK_ACCESSIBLE_ROLE_LABEL;
  GtkLabel *label = g_object_new(GTK_TYPE_LABEL, "accessible-role", role, "xalign", 0.0, NULL);

  gtk_widget_add_css_class(GTK_WIDGET(label), css_class);
  gtk_box_append(GTK_BOX(parent), GTK_WIDGET(label));
  return label;
}

static GtkWidget *
columns_new(GtkWidget *parent)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_set_homogeneous(GTK_BOX(box), TRUE);
  gtk_box_append(GTK_BOX(parent), box);
  return box;
}

static void
cell_init(Cell *cell, GtkWidget *parent, MsSetMetric metric)
{
  cell->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class(cell->box, "cell");
  gtk_widget_add_css_class(cell->box, "numeric");
  gtk_box_append(GTK_BOX(parent), cell->box);
  cell->value = label_new(cell->box, "value", FALSE);
  gtk_widget_set_valign(GTK_WIDGET(cell->value), GTK_ALIGN_START);
  cell->below = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append(GTK_BOX(cell->box), cell->below);
  cell->interval = label_new(cell->below, "interval", TRUE);
  if (metric == MS_SET_METRIC_EXACT_RATIO)
    cell->count = label_new(cell->below, "interval", TRUE);
}

static void
row_init(Row *row, GtkWidget *parent, MsSetMetric metric)
{
  GtkWidget *columns, *names;

  row->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class(row->box, "score-row");
  gtk_box_append(GTK_BOX(parent), row->box);
  names = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand(names, TRUE);
  gtk_box_append(GTK_BOX(row->box), names);
  row->name = label_new(names, "caption", FALSE);
  gtk_label_set_wrap(row->name, TRUE);
  gtk_widget_set_valign(GTK_WIDGET(row->name), GTK_ALIGN_START);
  if (metric == MS_SET_METRIC_EXACT_RATIO)
    row->count = label_new(names, "interval", TRUE);
  columns = columns_new(row->box);
  for (guint i = 0; i < MAX_COLUMNS; i++)
    cell_init(&row->cells[i], columns, metric);
}

static void
ms_score_table_dispose(GObject *object)
{
  g_clear_pointer(&MS_SCORE_TABLE(object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS(ms_score_table_parent_class)->dispose(object);
}

static void
ms_score_table_class_init(MsScoreTableClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_score_table_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "scores");
}

static void
ms_score_table_init(MsScoreTable *self)
{
  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent(self->box, GTK_WIDGET(self));
  self->headings_box = columns_new(self->box);
  for (guint i = 0; i < MAX_COLUMNS; i++) {
    self->headings[i] = label_new(self->headings_box, "heading", FALSE);
    gtk_label_set_ellipsize(self->headings[i], PANGO_ELLIPSIZE_MIDDLE);
  }
  for (guint i = 0; i < G_N_ELEMENTS(order); i++)
    row_init(&self->rows[order[i]], self->box, order[i]);
  self->more = label_new(self->box, "caption", FALSE);
  gtk_label_set_wrap(self->more, TRUE);
  gtk_widget_add_css_class(GTK_WIDGET(self->more), "rule");
}
