/* SPDX-License-Identifier: MIT
 *
 * Adjustments and their words. What a text means is told by the form of its items alone; only then
 * are they read, so that a message speaks of the item that is wrong.
 */
#include "set/adjustment.h"

#include <string.h>

#include "set/option-values.h"

#define SHIFT_PREFIX      "shift:"
#define MAX_DESCRIBED_IDS 4

static const struct {
  const char *word;
  const char *description;
} turns[MS_N_TURNS] = {
    [MS_TURN_FLIP_X] = {"flip-x", "flipped left to right"},
    [MS_TURN_FLIP_Y] = {"flip-y", "flipped top to bottom"},
    [MS_TURN_90] = {"turn-90", "turned clockwise by 90°"},
    [MS_TURN_180] = {"turn-180", "turned by 180°"},
    [MS_TURN_270] = {"turn-270", "turned counter-clockwise by 90°"},
    [MS_TURN_TRANSPOSE] = {"transpose", "transposed"},
    [MS_TURN_ANTI_TRANSPOSE] = {"anti-transpose", "transposed from the other corner"},
};

MsAdjustment *
ms_adjustment_new(const char *model)
{
  MsAdjustment *adjustment = g_new0(MsAdjustment, 1);

  adjustment->model = g_strdup(model);
  return adjustment;
}

MsAdjustment *
ms_adjustment_copy(const MsAdjustment *adjustment)
{
  MsAdjustment *copy = adjustment ? g_memdup2(adjustment, sizeof *adjustment) : NULL;

  if (copy) {
    copy->model = g_strdup(adjustment->model);
    copy->ids = ms_id_map_copy(adjustment->ids);
  }
  return copy;
}

void
ms_adjustment_free(MsAdjustment *adjustment)
{
  if (!adjustment)
    return;
  g_free(adjustment->model);
  ms_id_map_free(adjustment->ids);
  g_free(adjustment);
}

static gboolean
maps_ids(const MsAdjustment *adjustment)
{
  return adjustment->ids && ms_id_map_n_ranges(adjustment->ids) > 0;
}

static gboolean
shifts(const MsAdjustment *adjustment)
{
  return adjustment->shift_x != 0 || adjustment->shift_y != 0;
}

gboolean
ms_adjustment_moves(const MsAdjustment *adjustment)
{
  return adjustment->turn != MS_TURN_NONE || shifts(adjustment);
}

gboolean
ms_adjustment_is_idle(const MsAdjustment *adjustment)
{
  return !maps_ids(adjustment) && !adjustment->inverted && !ms_adjustment_moves(adjustment);
}

MsAdjustment *
ms_adjustment_combine(const MsAdjustment *first, const MsAdjustment *then)
{
  g_autoptr(MsAdjustment) both = ms_adjustment_new(then->model);

  if (first->ids || then->ids)
    both->ids = ms_id_map_compose(first->ids, then->ids);
  both->inverted = first->inverted != then->inverted;
  both->turn = ms_turn_then(first->turn, then->turn);
  both->shift_x = first->shift_x;
  both->shift_y = first->shift_y;
  ms_turn_move(then->turn, &both->shift_x, &both->shift_y);
  both->shift_x += then->shift_x;
  both->shift_y += then->shift_y;
  if (ABS(both->shift_x) > MS_SHIFT_MAX || ABS(both->shift_y) > MS_SHIFT_MAX)
    return NULL;
  return g_steal_pointer(&both);
}

/* --- how a text is cut ------------------------------------------------------------------------ */

/* MS_TURN_NONE: it is none. */
static MsTurn
find_turn(const char *word)
{
  for (int turn = 0; turn < MS_N_TURNS; turn++)
    if (g_strcmp0(turns[turn].word, word) == 0)
      return (MsTurn)turn;
  return MS_TURN_NONE;
}

/* shift:DX:DY, whatever the numbers are. */
static gboolean
is_shift_like(const char *item)
{
  static const char number[] = "+-0123456789";
  gsize dx, dy;

  if (!g_str_has_prefix(item, SHIFT_PREFIX))
    return FALSE;
  item += strlen(SHIFT_PREFIX);
  dx = strspn(item, number);
  if (dx == 0 || item[dx] != ':')
    return FALSE;
  item += dx + 1;
  dy = strspn(item, number);
  return dy > 0 && item[dy] == '\0';
}

static gboolean
is_item_like(const char *item)
{
  return strcmp(item, "none") == 0 || strcmp(item, "invert") == 0 ||
         find_turn(item) != MS_TURN_NONE || is_shift_like(item) ||
         (strchr(item, '=') && !strchr(item, ':'));
}

static GStrv
split_list(const char *list)
{
  GStrv items = g_strsplit(list, ",", -1);

  for (guint i = 0; items[i]; i++)
    g_strstrip(items[i]);
  return items;
}

static gboolean
is_list_like(const char *list)
{
  g_auto(GStrv) items = split_list(list);

  for (guint i = 0; items[i]; i++)
    if (!is_item_like(items[i]))
      return FALSE;
  return items[0] != NULL;
}

/* Where the list begins. One that is none begins where its writer will have meant it to. */
static const char *
find_list(const char *text)
{
  const char *colon = strchr(text, ':');

  if (is_list_like(text) || !colon)
    return text;
  for (const char *next = colon; next; next = strchr(next + 1, ':'))
    if (next > text && is_list_like(next + 1))
      return next + 1;
  return g_str_has_prefix(text, SHIFT_PREFIX) ? text : colon + 1;
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
read_shift(MsAdjustment *self, const char *item, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(item, ":", -1);
  gint64 dx, dy;

  if (shifts(self))
    return ms_options_usage_error(error, "\"%s\" is a second move: give one", item);
  if (!g_ascii_string_to_signed(parts[1], 10, -MS_SHIFT_MAX, MS_SHIFT_MAX, &dx, NULL) ||
      !g_ascii_string_to_signed(parts[2], 10, -MS_SHIFT_MAX, MS_SHIFT_MAX, &dy, NULL))
    return ms_options_usage_error(
        error, "\"%s\": shift:DX:DY takes whole numbers of pixels from -%d to %d", item,
        MS_SHIFT_MAX, MS_SHIFT_MAX);
  self->shift_x = (int)dx;
  self->shift_y = (int)dy;
  return TRUE;
}

static gboolean
read_turn(MsAdjustment *self, const char *item, GError **error)
{
  if (self->turn != MS_TURN_NONE)
    return ms_options_usage_error(error,
                                  "\"%s\" and \"%s\" are two turns: give the one that does both",
                                  turns[self->turn].word, item);
  self->turn = find_turn(item);
  return TRUE;
}

static gboolean
read_inversion(MsAdjustment *self, GError **error)
{
  if (self->inverted)
    return ms_options_usage_error(error, "\"invert\" is given twice");
  self->inverted = TRUE;
  return TRUE;
}

static gboolean
read_ids(MsAdjustment *self, const char *item, GError **error)
{
  if (!self->ids)
    self->ids = ms_id_map_new();
  if (!ms_id_map_parse(self->ids, item, error))
    return FALSE;
  return !ms_id_map_ignores(self->ids) ||
         ms_options_usage_error(error,
                                "\"%s\": \"ignore\" is for actual ids; a predicted pixel counts "
                                "wherever the actual one does",
                                item);
}

static gboolean
refuse_item(const char *item, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid(item, -1);

  return ms_options_usage_error(error,
                                "\"%s\" is none of invert, flip-x, flip-y, turn-90, turn-180, "
                                "turn-270, transpose, anti-transpose, shift:DX:DY and FROM=TO",
                                shown);
}

static gboolean
read_item(MsAdjustment *self, const char *item, GError **error)
{
  if (strcmp(item, "invert") == 0)
    return read_inversion(self, error);
  if (find_turn(item) != MS_TURN_NONE)
    return read_turn(self, item, error);
  if (is_shift_like(item))
    return read_shift(self, item, error);
  if (is_item_like(item) && strcmp(item, "none") != 0)
    return read_ids(self, item, error);
  return refuse_item(item, error);
}

MsAdjustment *
ms_adjustment_parse_list(const char *model, const char *list, GError **error)
{
  g_autoptr(MsAdjustment) self = ms_adjustment_new(g_strcmp0(model, "*") == 0 ? NULL : model);
  g_auto(GStrv) items = split_list(list);

  if (items[0] && strcmp(items[0], "none") == 0 && !items[1])
    return g_steal_pointer(&self);
  if (!items[0]) {
    refuse_item("", error);
    return NULL;
  }
  for (guint i = 0; items[i]; i++)
    if (!read_item(self, items[i], error))
      return NULL;
  return g_steal_pointer(&self);
}

MsAdjustment *
ms_adjustment_parse(const char *text, GError **error)
{
  const char *list = find_list(text);
  g_autofree char *model = list > text ? g_strndup(text, (gsize)(list - text) - 1) : NULL;

  if (model && (*model == '\0' || !g_utf8_validate(model, -1, NULL))) {
    ms_options_usage_error(error, "what stands before the colon is no model's name");
    return NULL;
  }
  return ms_adjustment_parse_list(model, list, error);
}

/* --- writing ---------------------------------------------------------------------------------- */

char *
ms_adjustment_to_text(const MsAdjustment *self)
{
  g_autoptr(GStrvBuilder) items = g_strv_builder_new();
  g_auto(GStrv) lines = self->ids ? ms_id_map_to_lines(self->ids) : NULL;
  g_autofree char *shift = g_strdup_printf(SHIFT_PREFIX "%d:%d", self->shift_x, self->shift_y);
  g_auto(GStrv) all = NULL;

  if (lines)
    g_strv_builder_addv(items, (const char **)lines);
  if (self->inverted)
    g_strv_builder_add(items, "invert");
  if (self->turn != MS_TURN_NONE)
    g_strv_builder_add(items, turns[self->turn].word);
  if (shifts(self))
    g_strv_builder_add(items, shift);
  all = g_strv_builder_end(items);
  return g_strjoinv(",", all);
}

char *
ms_adjustment_to_argument(const MsAdjustment *self)
{
  g_autofree char *text = ms_adjustment_to_text(self);

  return g_strconcat(self->model ? self->model : "", self->model ? ":" : "", *text ? text : "none",
                     NULL);
}

static char *
describe_ids(const MsIdMap *ids)
{
  g_auto(GStrv) lines = ms_id_map_to_lines(ids);
  guint n = g_strv_length(lines);
  GString *text = g_string_new("with ids mapped (");

  for (guint i = 0; i < MIN(n, MAX_DESCRIBED_IDS); i++)
    g_string_append_printf(text, "%s%s", i ? ", " : "", lines[i]);
  if (n > MAX_DESCRIBED_IDS)
    g_string_append_printf(text, " and %u more", n - MAX_DESCRIBED_IDS);
  g_string_append_c(text, ')');
  return g_string_free(text, FALSE);
}

char *
ms_adjustment_describe(const MsAdjustment *self)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
  GString *text;

  if (ms_adjustment_is_idle(self))
    return NULL;
  if (maps_ids(self))
    g_ptr_array_add(parts, describe_ids(self->ids));
  if (self->inverted)
    g_ptr_array_add(parts, g_strdup("inverted"));
  if (self->turn != MS_TURN_NONE)
    g_ptr_array_add(parts, g_strdup(turns[self->turn].description));
  if (shifts(self))
    g_ptr_array_add(parts, g_strdup_printf("moved by (%d, %d)", self->shift_x, self->shift_y));
  text = g_string_new(NULL);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf(text, "%s%s",
                           i == 0               ? ""
                           : i + 1 < parts->len ? ", "
                                                : " and ",
                           (const char *)g_ptr_array_index(parts, i));
  return g_string_free(text, FALSE);
}
