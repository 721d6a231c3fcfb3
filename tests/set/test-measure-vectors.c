/* SPDX-License-Identifier: MIT
 *
 * Boundaries, distances between borders and panoptic quality of mask pairs for which independent
 * programs computed them: every row of the expected table with one of these metrics is compared,
 * and those that are there are counted, so that none is left out unseen.
 */
#include "metric/boundary.h"
#include "metric/panoptic.h"
#include "metric/surface.h"
#include "vectors.h"

static const char *const edge_metrics[] = {
    "boundary_d",
    "boundary_gt_px",
    "boundary_inter_px",
    "boundary_iou",
    "boundary_pred_px",
    "hd",
    "hd95",
    "assd",
    "masd",
    "nsd",
    NULL,
};

static const char *const panoptic_metrics[] = {"pq", "sq", "rq", "pq_tp", "pq_fp", "pq_fn", NULL};

static guint
count_rows(const Vectors *vectors, const char *const *metrics)
{
  guint n = 0;

  for (guint row = 0; row < ms_table_n_rows(vectors->expected); row++)
    n += g_strv_contains(metrics, cell(vectors->expected, row, "metric"));
  return n;
}

/* --- edges ------------------------------------------------------------------------------------ */

typedef struct {
  MsBands bands;
  MsSurface surface;
} Edges;

static Edges
measure_edges(const MsRaster *actual, const MsRaster *predicted, double tolerance)
{
  MsRules rules;
  const MsKindsSource source = {
      .rules = &rules, .actual = actual, .predicted = predicted, .focus = MS_FOCUS_ALL};
  MsBands bands[2] = {0};
  MsPlanes planes = {0};
  Edges edges;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_planes_init(&planes, &source, NULL), ==, MS_STATUS_OK);
  g_assert_cmpuint(planes.n_numbers, <=, G_N_ELEMENTS(bands));
  g_assert_cmpint(ms_bands_count(&planes, NULL, bands), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_surface_measure(&planes, 1, tolerance, NULL, &edges.surface), ==,
                  MS_STATUS_OK);
  edges.bands = bands[1];
  edges.bands.width = bands[0].width;
  ms_planes_clear(&planes);
  return edges;
}

static double
edge_value(const Edges *edges, const char *metric)
{
  const struct {
    const char *name;
    double value;
  } values[] = {
      {"boundary_d", edges->bands.width},
      {"boundary_gt_px", (double)edges->bands.actual},
      {"boundary_pred_px", (double)edges->bands.predicted},
      {"boundary_inter_px", (double)edges->bands.both},
      {"boundary_iou", to_double(ms_score_boundary_iou(&edges->bands, MS_EMPTY_ONE))},
      {"hd", edges->surface.hausdorff},
      {"hd95", edges->surface.hd95},
      {"assd", edges->surface.assd},
      {"masd", edges->surface.masd},
      {"nsd", to_double(ms_score_surface_dice(&edges->surface, MS_EMPTY_ONE))},
  };

  for (guint i = 0; i < G_N_ELEMENTS(values); i++)
    if (g_str_equal(metric, values[i].name))
      return values[i].value;
  g_assert_not_reached();
}

/* Parameters that the program fixes must be the ones that it has. */
static void
check_parameters(const Vectors *vectors, guint row)
{
  const char *metric = cell(vectors->expected, row, "metric");
  const char *parameters = cell(vectors->expected, row, "parameters");

  if (g_str_has_prefix(metric, "boundary"))
    g_assert_cmpstr(parameters, ==, "dilation_ratio=0.02");
  else if (g_str_equal(metric, "nsd"))
    g_assert_cmpstr(parameters, ==, "tolerance_px=2");
  else
    g_assert_cmpstr(parameters, ==, "");
}

static void
compare_edges(Vectors *vectors, guint case_row)
{
  GArray *rows = g_hash_table_lookup(vectors->rows_of, cell(vectors->manifest, case_row, "case"));
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsSamples) gt = load_samples(vectors, case_row, "gt");
  g_autoptr(MsSamples) pred = load_samples(vectors, case_row, "pred");
  g_autoptr(MsReading) actual_reading = decide(gt, NULL, options);
  g_autoptr(MsReading) predicted_reading = decide(pred, actual_reading, options);
  MsRaster actual = {0}, predicted = {0};
  Edges edges;

  apply(actual_reading, gt, &actual);
  apply(predicted_reading, pred, &predicted);
  edges = measure_edges(&actual, &predicted, 2);
  for (guint i = 0; i < rows->len; i++) {
    guint row = g_array_index(rows, guint, i);
    const char *metric = cell(vectors->expected, row, "metric");

    if (!g_strv_contains(edge_metrics, metric))
      continue;
    check_parameters(vectors, row);
    compare(vectors, row, edge_value(&edges, metric));
  }
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
test_edges(void)
{
  Vectors vectors;

  if (!open_vectors(&vectors))
    return;
  for (guint row = 0; row < ms_table_n_rows(vectors.manifest); row++)
    if (is_kind(&vectors, row, "binary"))
      compare_edges(&vectors, row);
  g_assert_cmpuint(vectors.n_compared, ==, count_rows(&vectors, edge_metrics));
  close_vectors(&vectors, 1485);
}

/* --- instances -------------------------------------------------------------------------------- */

static MsJoint *
count_ids(const Vectors *vectors, guint row)
{
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(guint32));
  const MsReading reading = {.encoding = MS_ENCODING_CLASSES, .positive = -1, .ignored = none};
  g_autoptr(MsSamples) gt = load_samples(vectors, row, "gt");
  g_autoptr(MsSamples) pred = load_samples(vectors, row, "pred");
  MsRaster actual = {0}, predicted = {0};
  MsJoint *joint;

  apply(&reading, gt, &actual);
  apply(&reading, pred, &predicted);
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return joint;
}

static double
panoptic_value(const MsPanoptic *panoptic, const char *metric)
{
  if (g_str_equal(metric, "pq_tp"))
    return (double)panoptic->tp;
  if (g_str_equal(metric, "pq_fp"))
    return (double)panoptic->fp;
  if (g_str_equal(metric, "pq_fn"))
    return (double)panoptic->fn;
  return to_double(g_str_equal(metric, "sq")   ? ms_score_sq(panoptic)
                   : g_str_equal(metric, "rq") ? ms_score_rq(panoptic)
                                               : ms_score_pq(panoptic));
}

static double
panoptic_of(MsJoint *joint, const MsPanopticRules *rules, gint64 class_id, const char *metric)
{
  MsPanoptic panoptic;

  g_assert_cmpint(ms_panoptic_count(joint, rules, class_id, &panoptic), ==, MS_STATUS_OK);
  return panoptic_value(&panoptic, metric);
}

/* Over the classes with something to count. In these cases stuff has ids below 10. */
static double
panoptic_mean(MsJoint *joint, const MsPanopticRules *rules, const char *parameters,
              const char *metric)
{
  gboolean things = !strstr(parameters, "mean=stuff"), stuff = !strstr(parameters, "mean=things");
  double sum = 0;
  guint n = 0;

  for (gint64 id = 0; id < 100; id++) {
    double value = panoptic_of(joint, rules, id, metric);

    if (isnan(value) || !(id < 10 ? stuff : things))
      continue;
    sum += value;
    n++;
  }
  return sum / n;
}

static void
compare_instances(Vectors *vectors, guint case_row)
{
  GArray *rows = g_hash_table_lookup(vectors->rows_of, cell(vectors->manifest, case_row, "case"));
  MsJoint *joint = count_ids(vectors, case_row);

  for (guint i = 0; i < rows->len; i++) {
    guint row = g_array_index(rows, guint, i);
    const char *metric = cell(vectors->expected, row, "metric");
    const char *parameters = cell(vectors->expected, row, "parameters");
    const MsPanopticRules rules = {
        .zero = strstr(parameters, "zero_is=void") ? MS_ZERO_IS_VOID : MS_ZERO_IS_BACKGROUND,
        .divisor = (guint32)MAX(parameter(parameters, "divisor"), 0)};

    if (!g_strv_contains(panoptic_metrics, metric))
      continue;
    g_assert_true(strstr(parameters, "zero_is="));
    if (strstr(parameters, "mean="))
      compare(vectors, row, panoptic_mean(joint, &rules, parameters, metric));
    else
      compare(vectors, row, panoptic_of(joint, &rules, parameter(parameters, "class"), metric));
  }
  ms_joint_free(joint);
}

static void
test_instances(void)
{
  Vectors vectors;

  if (!open_vectors(&vectors))
    return;
  for (guint row = 0; row < ms_table_n_rows(vectors.manifest); row++)
    if (is_kind(&vectors, row, "instance") || is_kind(&vectors, row, "panoptic"))
      compare_instances(&vectors, row);
  g_assert_cmpuint(vectors.n_compared, ==, count_rows(&vectors, panoptic_metrics));
  close_vectors(&vectors, 130);
}

/* The comparison must be able to fail. */
static void
test_comparison(void)
{
  g_assert_true(agrees(INFINITY, INFINITY));
  g_assert_false(agrees(1e300, INFINITY));
  g_assert_false(agrees(INFINITY, 5));
  g_assert_false(agrees(2, 2 + 1e-8));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/measure-vectors/comparison", test_comparison);
  g_test_add_func("/measure-vectors/edges", test_edges);
  g_test_add_func("/measure-vectors/instances", test_instances);
  return g_test_run();
}
