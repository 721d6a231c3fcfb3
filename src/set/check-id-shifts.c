/* SPDX-License-Identifier: MIT
 *
 * Predicted ids that are all off by one, or all but the background's, as ADE20K's 0 to 149 are
 * against 1 to 150. What falls off one end may have come to the other. Every form is tried on the
 * pairs, and the best one offered where it helps most of them, and much. An id that has no place
 * stays what it is.
 */
#include "set/check-private.h"

#define VOID_ID 255u

/* Of the actual ids, so many must meet the predicted id next to them rather than their own: a
 * single large class that is taken for its neighbour is a mistake of the model. */
#define SHARE_SHIFTED 0.6
#define MIN_SHIFTED   2

/* The IoU of a class with its own id that says that it is right, and how many may be so. */
#define RIGHT_IOU   0.2
#define SHARE_RIGHT 0.1

typedef struct {
  gboolean keeps_zero; /* 0 is 0, and no other id becomes it */
  gboolean turns_over; /* the first id becomes the last one, or the other way round */
} Form;

/* The one that changes less before others that do as much. */
static const Form forms[] = {{TRUE, FALSE}, {FALSE, FALSE}, {TRUE, TRUE}, {FALSE, TRUE}};

/* The IoU of what came to the other end with the class from there: less is chance. */
#define TURNED_IOU 0.2

typedef struct {
  const MsIdUses *uses;
  const MsClassTable *table;
  int step; /* so much too large: 1 or -1 */
  Form form;
  guint32 first, last; /* of the ids that are moved, where these turn over */
  MsIdMap *map;
} Shift;

/* Void stays void. */
static gboolean
stays(const MsIdUses *uses, guint32 id)
{
  const MsClassTable *table = ms_set_get_classes(uses->evidence->set);

  return id == MS_ID_NONE || (id == VOID_ID && !(table && ms_class_table_find(table, id)));
}

/* Whether an actual id fits no predicted one better than this. */
static gboolean
fits_best(const MsIdUses *uses, guint32 actual, gint64 predicted)
{
  double iou = predicted < 0 ? 0 : ms_id_uses_iou(uses, actual, (guint32)predicted);

  for (guint i = 0; iou > 0 && i < uses->cells->len; i++) {
    const MsCell *cell = &g_array_index(uses->cells, MsCell, i);

    if (cell->actual == actual && ms_id_uses_iou(uses, actual, cell->predicted) > iou)
      return FALSE;
  }
  return iou > 0;
}

/* Whether most actual ids are predicted as the one next to them, and next to none as themselves.
 */
static gboolean
looks_shifted(const MsIdUses *uses, int step)
{
  guint n = 0, n_shifted = 0, n_right = 0;

  for (guint i = 0; i < uses->uses->len; i++) {
    const MsIdUse *use = &g_array_index(uses->uses, MsIdUse, i);

    if (use->n_actual == 0 || use->id >= VOID_ID)
      continue;
    n++;
    n_shifted += fits_best(uses, use->id, (gint64)use->id + step);
    n_right += use->id != 0 && ms_id_uses_iou(uses, use->id, use->id) >= RIGHT_IOU;
  }
  return n_shifted >= MIN_SHIFTED && n_shifted >= SHARE_SHIFTED * n && n_right <= SHARE_RIGHT * n;
}

/* --- the map of a form ---------------------------------------------------------------------- */

static gboolean
has_predicted(const Shift *self, guint32 id)
{
  const MsIdUse *use = ms_id_uses_find(self->uses, id);

  return use && use->n_predicted > 0;
}

/* An id that comes of the one next to it. */
static void
map_back(const Shift *self, gint64 id)
{
  gint64 from = id + self->step;

  if (id < 0 || from < 0 || from > G_MAXINT32 || (self->form.keeps_zero && (id == 0 || from == 0)))
    return;
  if (self->form.turns_over && (from < self->first || from > self->last))
    return;
  if (!stays(self->uses, (guint32)id) && !stays(self->uses, (guint32)from))
    ms_check_map(self->map, (guint32)from, (guint32)id);
}

static void
extend(Shift *self, guint32 id)
{
  if (stays(self->uses, id) || (self->form.keeps_zero && id == 0))
    return;
  self->first = MIN(self->first, id);
  self->last = MAX(self->last, id);
}

static void
find_ends(Shift *self)
{
  self->first = G_MAXUINT32;
  for (guint i = 0; i < self->uses->uses->len; i++) {
    const MsIdUse *use = &g_array_index(self->uses->uses, MsIdUse, i);

    if (use->n_actual > 0)
      extend(self, use->id);
  }
  for (gsize i = 0; self->table && i < self->table->n_classes; i++)
    extend(self, self->table->ids[i]);
}

/* FALSE: nothing fell off one end and came to the other. */
static gboolean
map_over(Shift *self)
{
  guint32 from, to;

  find_ends(self);
  from = self->step > 0 ? self->first : self->last;
  to = self->step > 0 ? self->last : self->first;
  if (self->first >= self->last || ms_id_uses_iou(self->uses, to, from) < TURNED_IOU)
    return FALSE;
  ms_check_map(self->map, from, to);
  return TRUE;
}

/* Every id that a side or the table has goes back to where it was; an 8-bit 0 less one is 255.
 * FALSE: the form is out of the question. */
static gboolean
fill_map(Shift *self)
{
  const MsIdUse *zero = ms_id_uses_find(self->uses, 0);

  if (self->form.turns_over && !map_over(self))
    return FALSE;
  if (self->step < 0 && !self->form.keeps_zero && has_predicted(self, VOID_ID) && zero &&
      zero->n_actual > 0)
    ms_check_map(self->map, VOID_ID, 0);
  for (guint i = 0; i < self->uses->uses->len; i++) {
    const MsIdUse *use = &g_array_index(self->uses->uses, MsIdUse, i);

    if (use->n_actual > 0)
      map_back(self, use->id);
    if (use->n_predicted > 0)
      map_back(self, (gint64)use->id - self->step);
  }
  for (gsize i = 0; self->table && i < self->table->n_classes; i++)
    map_back(self, self->table->ids[i]);
  return TRUE;
}

/* --- the best form -------------------------------------------------------------------------- */

/* The map is NULL where there is none. */
static Shift
find_best(const MsIdUses *uses, int step)
{
  Shift best = {0};
  double highest = 0;

  for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
    Shift shift = {uses, ms_set_get_classes(uses->evidence->set), step, forms[i], 0, 0, NULL};
    g_auto(MsCheckEffect) effect = {0};

    shift.map = ms_id_map_new();
    if (fill_map(&shift))
      ms_check_effect_init_map(&effect, uses->evidence, uses->model, shift.map);
    if (effect.after.value > highest) {
      highest = effect.after.value;
      ms_id_map_free(best.map);
      best = shift;
    } else {
      ms_id_map_free(shift.map);
    }
  }
  return best;
}

static gboolean
is_ade20k(const Shift *self)
{
  const MsClassTable *table = self->table;

  return self->step < 0 && !self->form.keeps_zero && table && table->n_classes == 150 &&
         table->ids[0] == 1 && table->ids[149] == 150;
}

static void
add_shift(const Shift *self, const MsCheckEffect *effect, GPtrArray *findings)
{
  gboolean ade20k = is_ade20k(self), larger = self->step > 0;

  ms_check_add_map(
      self->uses, findings, ade20k ? MS_CHECK_TRAIN_IDS : MS_CHECK_SHIFTED_IDS,
      ms_check_sureness(effect->n_changed), effect, self->map,
      ade20k ? g_strdup("Predictions hold 0 to 149, actual masks 1 to 150")
             : g_strdup_printf("Predicted ids%s are too %s by 1",
                               self->form.keeps_zero ? " but 0" : "", larger ? "large" : "small"),
      g_strdup_printf("%sPixels of most classes are predicted as the id %s theirs",
                      ade20k ? "ADE20K's classes are 1 to 150, and often trained as 0 to 149. "
                             : "",
                      larger ? "behind" : "before"),
      g_strdup_printf("Read each predicted id%s as the one %s it%s",
                      self->form.keeps_zero ? " but 0" : "", larger ? "before" : "behind",
                      !self->form.turns_over ? ""
                      : larger               ? ", the first as the last"
                                             : ", the last as the first"));
}

static gboolean
try_shift(const MsIdUses *uses, int step, GPtrArray *findings)
{
  g_auto(MsCheckEffect) effect = {0};
  Shift best;
  gboolean helps;

  if (!looks_shifted(uses, step))
    return FALSE;
  best = find_best(uses, step);
  if (!best.map)
    return FALSE;
  ms_check_effect_init_map(&effect, uses->evidence, uses->model, best.map);
  helps = ms_check_effect_helps(&effect, MS_CHECK_GAIN);
  if (helps)
    add_shift(&best, &effect, findings);
  ms_id_map_free(best.map);
  return helps;
}

gboolean
ms_check_id_shifts(const MsIdUses *uses, GPtrArray *findings)
{
  return try_shift(uses, 1, findings) || try_shift(uses, -1, findings);
}
