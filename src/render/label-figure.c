/* SPDX-License-Identifier: MIT
 *
 * Rows have their word, count and meaning on the left, in a column as wide as the widest of all
 * three, so that the chips of all figures of a set begin at the same place.
 */
#include "render/label-figure.h"

#include "render/chips.h"

#define ROOM        896 /* twice a mask figure's: letters may be all there is, and print sharply */
#define MIN_CONTENT 600
#define MAX_LINES   30 /* of chips, a row */
#define MAX_NAMES   60 /* in a quiet line */
#define NAME_LENGTH 40

/* In base sizes. */
#define WORD_GAP   0.45
#define COLUMN_GAP 1.30
#define ROW_GAP    0.95
#define MANY_GAP   0.50 /* more, below several lines */
#define QUIET_SIZE 0.90

static const struct {
  MsKind kind;
  const char *word;
} row_words[] = {{MS_KIND_TP, "Right"}, {MS_KIND_FN, "Missed"}, {MS_KIND_FP, "Extra"}};

#define N_ROWS G_N_ELEMENTS(row_words)

typedef struct {
  bool present;
  MsCaption word;
  MsCaption count;
  MsCaption description;
  MsChips chips;
} Row;

typedef struct {
  MsDrawing drawing;
  const MsLabelFigure *input;
  unsigned shown;
  int indent; /* of the chips */
  Row rows[N_ROWS];
  MsCaption image_note;
  MsCaption instead; /* of chips, where there are none */
  MsCaption absent, ignored;
} Figure;

/* ---- rows ---- */

static size_t
count_kind(const MsLabelFigure *input, MsKind kind)
{
  size_t n = 0;

  for (size_t i = 0; i < input->n_labels; i++)
    n += input->labels[i].kind == kind;
  return n;
}

static MsCaption
normal_text(const Figure *figure, const char *string, double size)
{
  return ms_sheet_caption(&figure->drawing.sheet, string, size, PANGO_WEIGHT_NORMAL);
}

static void
make_row_words(Figure *figure, guint index)
{
  Row *row = &figure->rows[index];
  MsKind kind = row_words[index].kind;
  g_autofree char *count = ms_grouped_count(count_kind(figure->input, kind));

  row->word = ms_sheet_caption(&figure->drawing.sheet, row_words[index].word, MS_SHEET_TEXT_SIZE,
                               PANGO_WEIGHT_BOLD);
  if (figure->input->plain)
    return;
  row->count = normal_text(figure, count, MS_SHEET_TEXT_SIZE);
  row->description = normal_text(figure, ms_kind_description(kind), MS_SHEET_DESCRIPTION_SIZE);
}

static void
measure_column(Figure *figure)
{
  int widest = 0;

  for (guint i = 0; i < N_ROWS; i++) {
    const Row *row = &figure->rows[i];
    int gap = row->count.layout ? ms_sheet_length(&figure->drawing.sheet, WORD_GAP) : 0;

    widest = MAX(widest, row->word.width + gap + row->count.width);
    widest = MAX(widest, row->description.width);
  }
  figure->indent = widest + ms_sheet_length(&figure->drawing.sheet, COLUMN_GAP);
}

static void
fill_chips(const Figure *figure, MsChips *chips)
{
  const MsLabelFigure *input = figure->input;
  size_t n = count_kind(input, chips->kind);
  size_t n_added = 0;

  for (size_t i = 0; i < input->n_labels; i++) {
    const MsFigureLabel *label = &input->labels[i];
    if (label->kind != chips->kind)
      continue;
    if (!ms_chips_add(chips, &figure->drawing.sheet, label->name, label->score))
      break;
    n_added++;
  }
  ms_chips_end(chips, &figure->drawing.sheet, n - n_added);
}

static void
make_rows(Figure *figure, MsPalette palette)
{
  for (guint i = 0; i < N_ROWS; i++)
    make_row_words(figure, i);
  measure_column(figure);
  for (guint i = 0; i < N_ROWS; i++) {
    Row *row = &figure->rows[i];
    MsKind kind = row_words[i].kind;

    row->present = (figure->shown & kind) != 0 && count_kind(figure->input, kind) > 0;
    if (!row->present)
      continue;
    ms_chips_init(&row->chips, kind, palette, figure->drawing.sheet.text_width - figure->indent,
                  MAX_LINES);
    fill_chips(figure, &row->chips);
  }
}

/* ---- quiet lines ---- */

/* Shortened, and isolated, so that names written from right to left stay in their order. */
static char *
isolated_name(const char *name)
{
  g_autofree char *valid = g_utf8_make_valid(name, -1);
  bool is_long = g_utf8_strlen(valid, -1) > NAME_LENGTH;
  g_autofree char *head = g_utf8_substring(valid, 0, is_long ? NAME_LENGTH : -1);

  return g_strdup_printf("\u2068%s%s\u2069", head, is_long ? "…" : "");
}

/* "Rightly absent: Sad, Slow and 3 more" */
static char *
list_names(const MsLabelFigure *input, MsKind kind, const char *intro, size_t n, size_t n_named)
{
  g_autoptr(GString) text = g_string_new(intro);
  size_t n_left = n_named;

  for (size_t i = 0; i < input->n_labels && n_left > 0; i++) {
    g_autofree char *name = NULL;

    if (input->labels[i].kind != kind)
      continue;
    name = isolated_name(input->labels[i].name);
    g_string_append_printf(text, "%s %s", n_left-- < n_named ? "," : "", name);
  }
  if (n_named < n) {
    g_autofree char *rest = ms_grouped_count(n - n_named);

    g_string_append_printf(text, " and %s more", rest);
  }
  return g_strdup(text->str);
}

static MsCaption
quiet_text(const Figure *figure, const char *string)
{
  MsCaption caption = normal_text(figure, string, QUIET_SIZE);

  ms_caption_fit_lines(&caption, figure->drawing.sheet.text_width, 2);
  return caption;
}

/* As many names as a line has room for, at least one. */
static MsCaption
quiet_names(const Figure *figure, MsKind kind, const char *intro)
{
  size_t n = count_kind(figure->input, kind);
  size_t n_named = MIN(n, MAX_NAMES);
  bool fits = n == 0;
  g_autofree char *text = NULL;

  while (!fits) {
    MsCaption line;

    g_free(text);
    text = list_names(figure->input, kind, intro, n, n_named);
    line = normal_text(figure, text, QUIET_SIZE);
    fits = line.width <= figure->drawing.sheet.text_width || n_named-- == 1;
    ms_caption_clear(&line);
  }
  return quiet_text(figure, text);
}

static bool
has_rows(const Figure *figure)
{
  for (guint i = 0; i < N_ROWS; i++)
    if (figure->rows[i].present)
      return true;
  return false;
}

static void
make_lines(Figure *figure)
{
  const MsLabelFigure *input = figure->input;
  bool none = true;

  for (guint i = 0; i < N_ROWS; i++)
    none = none && count_kind(input, row_words[i].kind) == 0;
  if (!has_rows(figure))
    figure->instead =
        normal_text(figure, none ? "No labels, and none predicted" : "No label of the kinds shown",
                    MS_SHEET_TEXT_SIZE);
  if (input->plain)
    return;
  figure->absent = quiet_names(figure, MS_KIND_TN, "Rightly absent:");
  if (figure->shown & MS_KIND_IGNORED)
    figure->ignored = quiet_names(figure, MS_KIND_IGNORED, "Ignored:");
  figure->image_note = quiet_text(figure, input->image_note);
}

/* ---- the sheet ---- */

/* The lower edge, as all that stack. Word and first line of chips share a middle. */
static int
stack_row(const Figure *figure, const Row *row, cairo_t *cr, int y)
{
  const MsSheet *sheet = &figure->drawing.sheet;
  int lead = (ms_chips_line_height(sheet) - row->word.height) / 2;
  int word_end = sheet->margin + row->word.width + ms_sheet_length(sheet, WORD_GAP);
  int height = lead + row->word.height + row->description.height;

  if (cr) {
    ms_caption_paint(&row->word, cr, sheet->margin, y + lead, MS_SHEET_INK);
    ms_caption_paint(&row->count, cr, word_end, y + lead, MS_SHEET_MUTED);
    ms_caption_paint(&row->description, cr, sheet->margin, y + lead + row->word.height,
                     MS_SHEET_MUTED);
    ms_chips_paint(&row->chips, sheet, cr, sheet->margin + figure->indent, y);
  }
  if (row->chips.height > ms_chips_line_height(sheet))
    height = MAX(height, row->chips.height + ms_sheet_length(sheet, MANY_GAP));
  return y + MAX(height, row->chips.height);
}

static int
stack_rows(const Figure *figure, cairo_t *cr, int y, double gap)
{
  for (guint i = 0; i < N_ROWS; i++) {
    if (!figure->rows[i].present)
      continue;
    y += ms_sheet_length(&figure->drawing.sheet, gap);
    y = stack_row(figure, &figure->rows[i], cr, y);
    gap = ROW_GAP;
  }
  return ms_sheet_stack_text(&figure->drawing.sheet, &figure->instead, cr, y, gap, MS_SHEET_MUTED);
}

/* What stands first stands at the margin. */
static double
gap_above(const MsSheet *sheet, int y, double gap)
{
  return y == sheet->margin ? 0 : gap;
}

/* Down to where the image begins. */
static int
stack_head(const Figure *figure, cairo_t *cr)
{
  const MsSheet *sheet = &figure->drawing.sheet;
  int y = ms_sheet_stack_heading(sheet, cr, sheet->margin, 0);

  return ms_sheet_stack_text(sheet, &figure->image_note, cr, y,
                             gap_above(sheet, y, MS_SHEET_BLOCK_GAP), MS_SHEET_MUTED);
}

static int
stack(const MsDrawing *drawing, cairo_t *cr)
{
  const Figure *figure = (const Figure *)drawing;
  const MsSheet *sheet = &drawing->sheet;
  int y = stack_head(figure, cr);

  if (sheet->picture_height > 0)
    y = ms_sheet_picture_end(sheet);
  y = stack_rows(figure, cr, y, gap_above(sheet, y, MS_SHEET_BLOCK_GAP * 1.2));
  y = ms_sheet_stack_text(sheet, &figure->absent, cr, y, MS_SHEET_BLOCK_GAP * 1.2, MS_SHEET_MUTED);
  y = ms_sheet_stack_text(sheet, &figure->ignored, cr, y, MS_SHEET_LINE_GAP, MS_SHEET_MUTED);
  return ms_sheet_stack_conclusion(sheet, cr, y);
}

static void
place_image(Figure *figure)
{
  MsSheet *sheet = &figure->drawing.sheet;
  int y = stack_head(figure, NULL);

  ms_sheet_place_picture(sheet,
                         y + ms_sheet_length(sheet, gap_above(sheet, y, MS_SHEET_BLOCK_GAP)));
}

static void
clear(MsDrawing *drawing)
{
  Figure *figure = (Figure *)drawing;

  for (guint i = 0; i < N_ROWS; i++) {
    ms_caption_clear(&figure->rows[i].word);
    ms_caption_clear(&figure->rows[i].count);
    ms_caption_clear(&figure->rows[i].description);
    ms_chips_clear(&figure->rows[i].chips);
  }
  ms_caption_clear(&figure->image_note);
  ms_caption_clear(&figure->instead);
  ms_caption_clear(&figure->absent);
  ms_caption_clear(&figure->ignored);
}

MsDrawing *
ms_label_figure_new(const MsPixelRows *image, const MsLabelFigure *input,
                    const MsOverlayStyle *style)
{
  Figure *figure = g_new0(Figure, 1);
  MsSheet *sheet = &figure->drawing.sheet;

  figure->drawing.stack = stack;
  figure->drawing.clear = clear;
  figure->input = input;
  figure->shown = style->shown;
  ms_sheet_init(sheet, image, ROOM, MIN_CONTENT);
  if (!input->plain)
    ms_sheet_set_texts(sheet, input->title, input->subtitle, input->headline, input->verdict);
  make_rows(figure, style->palette);
  make_lines(figure);
  place_image(figure);
  return &figure->drawing;
}
