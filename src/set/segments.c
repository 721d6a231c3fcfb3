/* SPDX-License-Identifier: MIT
 *
 * Pixels are counted by the ids of both files; only then, cell by cell, are ids made what the
 * metric module matches: the class's place times a divisor, plus the segment's number.
 */
#include "set/segments.h"

#include "io/error.h"
#include "io/file.h"
#include "set/compare-ids.h"
#include "set/control.h"
#include "set/find-by-id.h"
#include "set/reading-adjust.h"

/* What is not told apart by a number of its own. */
#define OF_CLASS_ALONE G_MAXUINT32

typedef struct {
  MsSet *set;
  const MsRules *rules;
  gboolean actual;
  const MsReading *reading;
  const MsAnnotations *annotations; /* NULL: a file */
  MsPlace place;
  MsRaster ids;
  GArray *segments; /* MsSegment, ascending by id; NULL: ids say it */
} Side;

static gboolean
has_segments(const MsReading *reading, const MsAnnotations *annotations)
{
  if (annotations)
    return ms_annotations_have_segments(annotations);
  return reading->numbered || (reading->ids && ms_id_map_divisor(reading->ids) > 0);
}

const char *
ms_segments_why_none(MsSet *set, guint model)
{
  const MsReading *actual = ms_set_get_actual_reading(set);
  const MsReading *predicted = ms_set_get_predicted_reading(set, model);

  if (ms_reading_is_inverted(predicted))
    return "needs instance maps, and inverted masks are none";
  if (!ms_set_get_labels(set) && has_segments(actual, ms_set_get_annotations(set, MS_SET_ACTUAL)) &&
      has_segments(predicted, ms_set_get_annotations(set, model)) &&
      actual->numbered == predicted->numbered)
    return NULL;
  return "needs instance maps on both sides";
}

/* --- ids as they are in the files ------------------------------------------------------------- */

static gboolean
read_file(Side *side, MsScratch *scratch, GCancellable *cancellable, GError **error)
{
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(guint32));
  const MsReading as_they_are = {.encoding = MS_ENCODING_CLASSES,
                                 .positive = -1,
                                 .outsiders = TRUE,
                                 .alpha = side->reading->alpha,
                                 .ignored = none,
                                 .predicted = !side->actual};
  MsLoader loader = ms_set_get_loader(side->set);
  g_autofree char *name = ms_path_display(side->place.path);
  g_autoptr(MsSamples) samples = NULL;

  loader.scratch = scratch;
  samples = ms_load_samples(&loader, side->place, cancellable, error);
  return samples && ms_reading_apply(&as_they_are, samples, name, &side->ids, error);
}

static gboolean
read_side(Side *side, MsScratch *scratch, GCancellable *cancellable, GError **error)
{
  if (side->annotations)
    return ms_annotations_load_segments(side->annotations, side->place.part, &side->ids,
                                        &side->segments, cancellable, error);
  return read_file(side, scratch, cancellable, error);
}

/* No segment is moved to where nothing is. */
static gboolean
load_side(Side *side, MsScratch *scratch, GCancellable *cancellable, GError **error)
{
  MsStatus status;

  if (!side->place.path) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "there is no %s mask",
                side->actual ? "actual" : "predicted");
    return FALSE;
  }
  if (!read_side(side, scratch, cancellable, error))
    return FALSE;
  status = ms_reading_lay(side->reading, MS_ID_NONE, &side->ids);
  if (status == MS_STATUS_OK)
    return TRUE;
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: its mask cannot be adjusted: %s",
              side->place.path, ms_status_string(status));
  return FALSE;
}

static void
side_clear(Side *side)
{
  ms_raster_clear(&side->ids);
  g_clear_pointer(&side->segments, g_array_unref);
}

/* --- what an id is ---------------------------------------------------------------------------- */

typedef enum { NO_SEGMENT, LEFT_OUT, SEGMENT } Meaning;

typedef struct {
  Meaning meaning;
  guint32 class_id;
  guint32 object;
  gboolean crowd;
} Identity;

/* By what the rules say of its class. */
static Identity
judge(const Side *side, Identity identity)
{
  const MsRules *rules = side->rules;

  if (side->actual && ms_rules_is_ignored(rules, identity.class_id))
    identity.meaning = side->segments ? NO_SEGMENT : LEFT_OUT;
  else if ((gint64)identity.class_id == rules->background ||
           !ms_rules_is_class(rules, identity.class_id))
    identity.meaning = NO_SEGMENT;
  return identity;
}

/* Every value but 0 is an object of the one class. */
static Identity
identify_numbered(const Side *side, guint32 id)
{
  guint32 mapped = side->reading->ids ? ms_id_map_get(side->reading->ids, id) : id;
  Identity identity = {SEGMENT, MS_FOREGROUND_ID, mapped, FALSE};

  for (guint i = 0; side->actual && i < side->reading->ignored->len; i++)
    if (g_array_index(side->reading->ignored, guint32, i) == mapped)
      identity.meaning = LEFT_OUT;
  if (identity.meaning == SEGMENT && (mapped == 0 || mapped == MS_ID_NONE))
    identity.meaning = NO_SEGMENT;
  return identity;
}

static Identity
identify(const Side *side, guint32 id)
{
  const MsIdMap *map = side->reading->ids;

  if (side->segments) {
    const MsSegment *segment = ms_find_by_id(side->segments, id);

    if (!segment)
      return (Identity){.meaning = NO_SEGMENT};
    return judge(side, (Identity){SEGMENT, segment->class_id, id, segment->crowd});
  }
  if (side->reading->numbered)
    return identify_numbered(side, id);
  return judge(side, (Identity){SEGMENT, ms_id_map_get(map, id),
                                id >= ms_id_map_divisor(map) ? id : OF_CLASS_ALONE, FALSE});
}

/* --- numbers for them ------------------------------------------------------------------------- */

typedef struct {
  GHashTable *numbers[2]; /* of each side: class and object (guint64 *) to a number from 1 */
  GHashTable *places;     /* class id to its place from 1 */
  MsSegments *segments;
} Numbers;

static guint32
number_of(GHashTable *numbers, guint32 class_id, guint32 object)
{
  guint64 key = (guint64)class_id << 32 | object;
  gpointer number = g_hash_table_lookup(numbers, &key);

  if (!number) {
    number = GUINT_TO_POINTER(g_hash_table_size(numbers) + 1);
    g_hash_table_insert(numbers, g_memdup2(&key, sizeof key), number);
  }
  return GPOINTER_TO_UINT(number);
}

static guint32
place_of(Numbers *numbers, guint32 class_id)
{
  gpointer place = g_hash_table_lookup(numbers->places, GUINT_TO_POINTER(class_id));

  if (!place) {
    g_array_append_val(numbers->segments->classes, class_id);
    place = GUINT_TO_POINTER(numbers->segments->classes->len);
    g_hash_table_insert(numbers->places, GUINT_TO_POINTER(class_id), place);
  }
  return GPOINTER_TO_UINT(place);
}

/* First all are numbered, so that the divisor is known. */
static void
enter(Numbers *numbers, int side, const Identity *identity)
{
  if (identity->meaning != SEGMENT)
    return;
  number_of(numbers->numbers[side], identity->class_id, identity->object);
  place_of(numbers, identity->class_id);
}

static guint32
id_of(Numbers *numbers, int side, const Identity *identity)
{
  if (identity->meaning != SEGMENT)
    return 0;
  return place_of(numbers, identity->class_id) * numbers->segments->rules.divisor +
         number_of(numbers->numbers[side], identity->class_id, identity->object);
}

/* The cells of an actual segment lie together. */
static void
note_crowd(MsSegments *segments, guint32 id)
{
  guint n = segments->crowds->len;

  if (n == 0 || g_array_index(segments->crowds, guint32, n - 1) != id)
    g_array_append_val(segments->crowds, id);
}

static gboolean
set_divisor(Numbers *numbers, GError **error)
{
  MsSegments *segments = numbers->segments;
  guint64 divisor =
      MAX(g_hash_table_size(numbers->numbers[0]), g_hash_table_size(numbers->numbers[1])) +
      (guint64)1;

  segments->rules.divisor = (guint32)divisor;
  if (divisor * (segments->classes->len + (guint64)1) <= G_MAXUINT32)
    return TRUE;
  g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "too many segments");
  return FALSE;
}

static GArray *
renumber(Numbers *numbers, const Side *actual, const Side *predicted, const MsCell *cells,
         size_t n_cells)
{
  GArray *renumbered = g_array_sized_new(FALSE, FALSE, sizeof(MsCell), (guint)n_cells);

  for (size_t i = 0; i < n_cells; i++) {
    Identity a = identify(actual, cells[i].actual), p = identify(predicted, cells[i].predicted);
    MsCell cell = {.count = cells[i].count};

    if (a.meaning == LEFT_OUT)
      continue;
    cell.actual = id_of(numbers, 0, &a);
    cell.predicted = id_of(numbers, 1, &p);
    if (a.meaning == SEGMENT && a.crowd)
      note_crowd(numbers->segments, cell.actual);
    g_array_append_val(renumbered, cell);
  }
  return renumbered;
}

static gboolean
make_joint(MsSegments *segments, GArray *cells, GError **error)
{
  size_t n_cells = cells->len;
  MsStatus status = ms_cells_sort((MsCell *)(void *)cells->data, &n_cells);

  if (status == MS_STATUS_OK)
    status =
        ms_joint_new_of_cells((const MsCell *)(const void *)cells->data, n_cells, &segments->joint);
  if (status == MS_STATUS_OK)
    return TRUE;
  g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, ms_status_string(status));
  return FALSE;
}

static gboolean
number_cells(MsSegments *segments, const Side *actual, const Side *predicted, const MsCell *cells,
             size_t n_cells, GError **error)
{
  g_autoptr(GHashTable) of_actual =
      g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GHashTable) of_predicted =
      g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL);
  Numbers numbers = {{of_actual, of_predicted}, places, segments};
  g_autoptr(GArray) renumbered = NULL;

  for (size_t i = 0; i < n_cells; i++) {
    Identity a = identify(actual, cells[i].actual), p = identify(predicted, cells[i].predicted);

    enter(&numbers, 0, &a);
    if (a.meaning != LEFT_OUT)
      enter(&numbers, 1, &p);
  }
  if (!set_divisor(&numbers, error))
    return FALSE;
  renumbered = renumber(&numbers, actual, predicted, cells, n_cells);
  g_array_sort(segments->crowds, ms_compare_ids);
  segments->rules.crowds = (const guint32 *)(const void *)segments->crowds->data;
  segments->rules.n_crowds = segments->crowds->len;
  return make_joint(segments, renumbered, error);
}

static gboolean
count_pair(MsSegments *segments, const Side *actual, const Side *predicted,
           GCancellable *cancellable, GError **error)
{
  MsControl control = ms_control_for(cancellable);
  const MsCell *cells;
  size_t n_cells;
  MsJoint *joint = NULL;
  gboolean done = FALSE;
  MsStatus status = ms_joint_new(&joint);

  if (status == MS_STATUS_OK)
    status = ms_joint_add(joint, &actual->ids, &predicted->ids, &control);
  if (status == MS_STATUS_OK)
    status = ms_joint_cells(joint, &cells, &n_cells);
  if (status == MS_STATUS_OK)
    done = number_cells(segments, actual, predicted, cells, n_cells, error);
  else if (!g_cancellable_set_error_if_cancelled(cancellable, error))
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "instance maps: %s",
                ms_status_string(status));
  ms_joint_free(joint);
  return done;
}

gboolean
ms_segments_load(MsSegments *segments, MsSet *set, guint example_index, guint model,
                 const MsRuleset *rules, MsScratch *scratch, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr(MsExample) example = ms_set_dup_example(set, example_index);
  Side actual = {.set = set,
                 .rules = &rules->rules,
                 .actual = TRUE,
                 .reading = ms_set_get_actual_reading(set),
                 .annotations = ms_set_get_annotations(set, MS_SET_ACTUAL),
                 .place = ms_example_actual_place(example)};
  Side predicted = {.set = set,
                    .rules = &rules->rules,
                    .reading = ms_set_get_predicted_reading(set, model),
                    .annotations = ms_set_get_annotations(set, model),
                    .place = ms_example_predicted_place(example, model)};
  gboolean done;

  segments->crowds = g_array_new(FALSE, FALSE, sizeof(guint32));
  segments->classes = g_array_new(FALSE, FALSE, sizeof(guint32));
  done = load_side(&actual, scratch, cancellable, error) &&
         load_side(&predicted, scratch, cancellable, error);
  segments->rules.zero = actual.segments ? MS_ZERO_IS_VOID : MS_ZERO_IS_BACKGROUND;
  done = done && count_pair(segments, &actual, &predicted, cancellable, error);
  side_clear(&actual);
  side_clear(&predicted);
  return done;
}

void
ms_segments_clear(MsSegments *segments)
{
  ms_joint_free(segments->joint);
  g_clear_pointer(&segments->crowds, g_array_unref);
  g_clear_pointer(&segments->classes, g_array_unref);
  *segments = (MsSegments){0};
}

gboolean
ms_segments_count(const MsSegments *segments, guint place, MsPanoptic *panoptic)
{
  return ms_panoptic_count(segments->joint, &segments->rules, place > 0 ? (gint64)place : -1,
                           panoptic) == MS_STATUS_OK;
}
