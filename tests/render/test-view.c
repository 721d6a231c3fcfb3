/* SPDX-License-Identifier: MIT
 *
 * The view's arithmetic: chosen cases first, then random sequences of everything a user can do,
 * after each of which all invariants must hold.
 */
#include "render/view.h"

#include <glib.h>
#include <math.h>

#include "support/random.h"

#define NEAR 1e-6

static MsView
view_of(int image_width, int image_height, double width, double height, double device_scale)
{
  MsView view;

  ms_view_init(&view);
  ms_view_set_size(&view, width, height, device_scale);
  ms_view_set_image(&view, image_width, image_height);
  return view;
}

static void
assert_near(double a, double b, double tolerance)
{
  if (!(fabs(a - b) <= tolerance))
    g_error("%.12g is not within %g of %.12g", a, tolerance, b);
}

/* One side of the image either fills the view or is centred in it, to the device pixel that
 * rounding may cost. */
static void
check_side(double origin, double image_side, double device_side)
{
  g_assert_cmpfloat(origin, ==, floor(origin));
  if (image_side <= device_side) {
    assert_near(origin, (device_side - image_side) / 2, 0.5 + NEAR);
  } else {
    g_assert_cmpfloat(origin, <=, 0.5 + NEAR);
    g_assert_cmpfloat(origin + image_side, >=, device_side - 0.5 - NEAR);
  }
}

static void
check_invariants(const MsView *view)
{
  double device_width = MAX(view->view_width * view->device_scale, 1);
  double device_height = MAX(view->view_height * view->device_scale, 1);
  double origin_x, origin_y, x, y, image_x = 3.25, image_y = -7.5;

  g_assert_true(isfinite(view->zoom) && view->zoom > 0);
  g_assert_true(isfinite(view->centre_x) && isfinite(view->centre_y));
  ms_view_from_image(view, image_x, image_y, &x, &y);
  ms_view_to_image(view, x, y, &image_x, &image_y);
  assert_near(image_x, 3.25, 1e-6 * MAX(1, 1 / view->zoom));
  assert_near(image_y, -7.5, 1e-6 * MAX(1, 1 / view->zoom));
  if (view->image_width == 0)
    return;
  g_assert_cmpfloat(view->zoom, <=, MS_VIEW_ZOOM_MAX);
  g_assert_cmpfloat(view->zoom, >=, MIN(ms_view_fit_zoom(view) / 2, 1.0 / 32) * (1 - NEAR));
  if (view->fit)
    g_assert_cmpfloat(view->zoom, ==, ms_view_fit_zoom(view));
  ms_view_device_origin(view, &origin_x, &origin_y);
  check_side(origin_x, view->image_width * view->zoom, device_width);
  check_side(origin_y, view->image_height * view->zoom, device_height);
}

static void
test_fit(void)
{
  MsView view = view_of(2000, 1000, 500, 500, 1);

  g_assert_true(view.fit);
  assert_near(view.zoom, 0.25, NEAR);
  check_invariants(&view);
  ms_view_set_size(&view, 500, 500, 2);
  assert_near(view.zoom, 0.5, NEAR);
  view = view_of(300, 200, 450, 5000, 1); /* below 200 % as large as it can be */
  assert_near(view.zoom, 1.5, NEAR);
  view = view_of(64, 48, 500, 500, 1); /* from 200 % on whole: 7 times 64 is 448 */
  assert_near(view.zoom, 7, 0);
  view = view_of(255, 1, 511, 500, 1);
  assert_near(view.zoom, 2, 0);
  view = view_of(256, 1, 5000, 500, 1);
  assert_near(view.zoom, 19, 0);
  view = view_of(1, 1, 5000, 5000, 2);
  assert_near(view.zoom, MS_VIEW_ZOOM_MAX, 0);
}

static void
test_whole_image_visible_in_fit(void)
{
  TestRandom random = {23};

  for (int i = 0; i < 5000; i++) {
    int image_width = 1 + (int)test_random_below(&random, 3000);
    int image_height = 1 + (int)test_random_below(&random, 3000);
    double width = 1 + test_random_below(&random, 1500);
    double height = 1 + test_random_below(&random, 1500);
    MsView view = view_of(image_width, image_height, width, height, 1 + i % 2);
    double x, y, far_x, far_y;

    check_invariants(&view);
    ms_view_from_image(&view, 0, 0, &x, &y);
    ms_view_from_image(&view, view.image_width, view.image_height, &far_x, &far_y);
    g_assert_cmpfloat(x, >=, 0);
    g_assert_cmpfloat(y, >=, 0);
    g_assert_cmpfloat(far_x, <=, view.view_width + NEAR);
    g_assert_cmpfloat(far_y, <=, view.view_height + NEAR);
  }
}

static void
test_odd_sizes(void)
{
  static const double sizes[] = {0, 1, 2, 100000, 1e9, -5, NAN, INFINITY};
  static const int sides[] = {0, 1, 2, 100000, 1000000, -3};

  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    for (guint j = 0; j < G_N_ELEMENTS(sides); j++) {
      MsView view = view_of(sides[j], sides[G_N_ELEMENTS(sides) - 1 - j], sizes[i],
                            sizes[G_N_ELEMENTS(sizes) - 1 - i], sizes[i]);

      check_invariants(&view);
      view = view_of(sides[j], 7, sizes[i], 100, 2);
      check_invariants(&view);
      ms_view_zoom_at(&view, 8, 10, 10);
      ms_view_pan(&view, 1e12, -1e12);
      ms_view_pan(&view, NAN, 1);
      ms_view_zoom_at(&view, NAN, 1, 1);
      ms_view_zoom_at(&view, 1e300, 1, 1);
      check_invariants(&view);
    }
  }
}

static void
test_zoom_at_keeps_the_point(void)
{
  TestRandom random = {29};

  for (int i = 0; i < 2000; i++) {
    MsView view = view_of(5000, 4000, 800, 600, 1 + i % 2);
    double x = test_random_below(&random, 800), y = test_random_below(&random, 600);
    double before_x, before_y, after_x, after_y;

    ms_view_zoom_at(&view, 1, 400, 300);
    ms_view_to_image(&view, x, y, &before_x, &before_y);
    ms_view_zoom_at(&view, 1 + test_random_below(&random, 6300) / 100.0, x, y);
    ms_view_to_image(&view, x, y, &after_x, &after_y);
    g_assert_false(view.fit);
    assert_near(after_x * view.zoom, before_x * view.zoom, 0.5 + NEAR);
    assert_near(after_y * view.zoom, before_y * view.zoom, 0.5 + NEAR);
  }
}

static void
test_zoom_limits(void)
{
  MsView view = view_of(1000, 1000, 500, 500, 1);

  ms_view_zoom_at(&view, 1000, 0, 0);
  assert_near(view.zoom, MS_VIEW_ZOOM_MAX, 0);
  ms_view_zoom_at(&view, 1e-9, 0, 0);
  assert_near(view.zoom, 1.0 / 32, 0);
  view = view_of(100000, 100000, 500, 500, 1);
  ms_view_zoom_at(&view, 1e-9, 0, 0);
  assert_near(view.zoom, 0.0025, NEAR);
}

static void
test_stops(void)
{
  static const double up[] = {
      3.0 / 64, 1.0 / 16, 3.0 / 32, 1.0 / 8, 3.0 / 16, 0.25, 0.375, 0.4, 0.5, 0.75, 1,  1.5, 2,
      3,        4,        6,        8,       12,       16,   24,    32,  48,  64,   96, 96};
  MsView view = view_of(1000, 1000, 400, 400, 1);

  ms_view_zoom_at(&view, 1.0 / 32, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS(up); i++) {
    ms_view_zoom_at(&view, ms_view_next_zoom(&view, +1), 200, 200);
    assert_near(view.zoom, up[i], NEAR);
  }
  for (guint i = G_N_ELEMENTS(up) - 2; i-- > 0;) {
    ms_view_zoom_at(&view, ms_view_next_zoom(&view, -1), 200, 200);
    assert_near(view.zoom, up[i], NEAR);
  }
  ms_view_zoom_at(&view, 1.0 / 32, 0, 0);
  assert_near(ms_view_next_zoom(&view, -1), 1.0 / 32, 0);
}

static void
test_pan(void)
{
  MsView view = view_of(1000, 1000, 300, 300, 2);
  double x, y, origin_x, origin_y, moved_x, moved_y;

  ms_view_pan(&view, 50, 50); /* the whole image is visible: nothing can move */
  g_assert_true(view.fit);
  ms_view_zoom_at(&view, 2, 150, 150);
  ms_view_device_origin(&view, &origin_x, &origin_y);
  ms_view_pan(&view, 10, -7);
  ms_view_device_origin(&view, &moved_x, &moved_y);
  assert_near(moved_x - origin_x, 20, 0);
  assert_near(moved_y - origin_y, -14, 0);
  ms_view_pan(&view, 1e6, 1e6);
  ms_view_to_image(&view, 0, 0, &x, &y);
  assert_near(x, 0, NEAR);
  assert_near(y, 0, NEAR);
  ms_view_pan(&view, -1e6, -1e6);
  ms_view_to_image(&view, 300, 300, &x, &y);
  assert_near(x, 1000, NEAR);
  assert_near(y, 1000, NEAR);
}

static void
check_drag(double zoom)
{
  MsView view = view_of(997, 997, 300, 300, 1);
  double origin_x, origin_y, x, y;

  view.fit = false;
  view.zoom = zoom;
  view.centre_x = view.centre_y = 600.5 / zoom;
  ms_view_device_origin(&view, &origin_x, &origin_y);
  for (int i = 1; i <= 100; i++) {
    ms_view_pan(&view, -1, 1);
    ms_view_device_origin(&view, &x, &y);
    assert_near(x, origin_x - i, 0);
    assert_near(y, origin_y + i, 0);
  }
}

/* Whole steps move whole pixels, also where the origin lies between two and is rounded. */
static void
test_drag_is_steady(void)
{
  static const double zooms[] = {0.9, 1, 1.1, 1.3, 1.7, 3, 4.1, 5, 7, 11};

  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++)
    check_drag(zooms[i]);
}

static void
test_keeps_place(void)
{
  MsView view = view_of(1000, 800, 200, 200, 1);
  MsView before;

  ms_view_zoom_at(&view, 3, 17, 190);
  ms_view_pan(&view, 33.3, 71.7);
  before = view;
  ms_view_set_image(&view, 1000, 800);
  g_assert_cmpmem(&view, sizeof view, &before, sizeof before);

  ms_view_set_image(&view, 2000, 1600);
  assert_near(view.centre_x / 2000, before.centre_x / 1000, NEAR);
  assert_near(view.centre_y / 1600, before.centre_y / 800, NEAR);
  assert_near(view.zoom, 3, 0);
  ms_view_set_image(&view, 0, 0); /* a broken example on the way */
  check_invariants(&view);
  ms_view_set_image(&view, 1000, 800);
  assert_near(view.centre_x, before.centre_x, NEAR);
  assert_near(view.centre_y, before.centre_y, NEAR);
  assert_near(view.zoom, 3, 0);
}

static void
test_keeps_fit(void)
{
  MsView view = view_of(1000, 800, 500, 500, 1);

  ms_view_set_image(&view, 300, 4000);
  g_assert_true(view.fit);
  assert_near(view.zoom, 0.125, NEAR);
  ms_view_set_size(&view, 1000, 1000, 1);
  assert_near(view.zoom, 0.25, NEAR);
  ms_view_zoom_at(&view, 2, 0, 0);
  ms_view_fit(&view);
  assert_near(view.zoom, 0.25, NEAR);
  check_invariants(&view);
}

/* --- on the way --- */

/* The point that two views have in common stays on its place in between. */
static void
test_way_of_a_zoom(void)
{
  TestRandom random = {37};

  for (int i = 0; i < 2000; i++) {
    MsView from = view_of(50000, 40000, 800, 600, 1 + i % 2), to, view;
    double x = test_random_below(&random, 800), y = test_random_below(&random, 600);
    double share = test_random_below(&random, 1000) / 1000.0, at_x, at_y, now_x, now_y;

    ms_view_zoom_at(&from, 1 + test_random_below(&random, 40), 400, 300);
    to = from;
    ms_view_zoom_at(&to, 1 + test_random_below(&random, 9500) / 100.0, x, y);
    ms_view_to_image(&from, x, y, &at_x, &at_y);
    ms_view_between(&from, &to, share, &view);
    check_invariants(&view);
    ms_view_to_image(&view, x, y, &now_x, &now_y);
    assert_near(now_x * view.zoom, at_x * view.zoom, 0.5 + NEAR);
    assert_near(now_y * view.zoom, at_y * view.zoom, 0.5 + NEAR);
    assert_near(log(view.zoom), log(from.zoom) + share * log(to.zoom / from.zoom), NEAR);
    ms_view_between(&from, &to, 1, &view);
    g_assert_cmpmem(&view, sizeof view, &to, sizeof to);
  }
}

static void
test_way_of_a_move(void)
{
  MsView from = view_of(1000, 1000, 300, 300, 1), to, view;

  ms_view_zoom_at(&from, 2, 0, 0);
  to = from;
  ms_view_pan(&to, -100, -40);
  ms_view_between(&from, &to, 0.25, &view);
  assert_near(view.centre_x, from.centre_x + 12.5, NEAR);
  assert_near(view.centre_y, from.centre_y + 5, NEAR);
  assert_near(view.zoom, 2, 0);
}

/* --- an area --- */

static void
assert_shows(MsView *view, double x, double y, double side, double zoom)
{
  ms_view_show_area(view, x, y, side, side);
  assert_near(view->zoom, zoom, NEAR);
  assert_near(view->centre_x, x + side / 2, NEAR);
  assert_near(view->centre_y, y + side / 2, NEAR);
  check_invariants(view);
}

static void
test_area(void)
{
  MsView view = view_of(3000, 3000, 900, 900, 1);

  assert_shows(&view, 1000, 1400, 60, 5);  /* 60 pixels at a third of the view */
  assert_shows(&view, 1700, 1500, 40, 5);  /* 7.5 is not far: only moved */
  assert_shows(&view, 1500, 1500, 100, 5); /* nor is 3 */
  assert_shows(&view, 1500, 1500, 24, 5);  /* nor is 12.5 */
  assert_shows(&view, 1500, 1500, 300, 1);
  assert_shows(&view, 1500, 1500, 24, 12.5);
  assert_shows(&view, 1500, 1500, 1, 12.5); /* a small one is framed as one of 24 */
  assert_shows(&view, 1500, 1500, 60, 12.5);
  ms_view_set_size(&view, 2400, 2400, 1);
  assert_shows(&view, 1500, 1500, 300, 800.0 / 300);
  assert_shows(&view, 1500, 1500, 6, 16); /* and at most so far */
  ms_view_set_size(&view, 900, 900, 1);
  ms_view_show_area(&view, 0, 0, 3000, 3000); /* never smaller than fit */
  assert_near(view.zoom, 0.3, NEAR);
  g_assert_true(view.fit);
  ms_view_show_area(&view, 2999, 0, 1, 1); /* at the edge the image does not leave the view */
  assert_near(view.zoom, 12.5, NEAR);
  check_invariants(&view);
}

static void
act_at_random(MsView *view, TestRandom *random)
{
  double x = (double)test_random_below(random, 3000) - 500;
  double y = (double)test_random_below(random, 3000) - 500;

  switch (test_random_below(random, 7)) {
  case 0:
    ms_view_set_image(view, (int)fabs(x), (int)fabs(y));
    break;
  case 1:
    ms_view_set_size(view, fabs(x), fabs(y) / 3, 1 + test_random_below(random, 3));
    break;
  case 2:
    ms_view_fit(view);
    break;
  case 3:
    ms_view_zoom_at(view, exp2(test_random_below(random, 1400) / 100.0 - 7), x, y);
    break;
  case 4:
    ms_view_zoom_at(view, ms_view_next_zoom(view, test_random_below(random, 2) ? 1 : -1), x, y);
    break;
  default:
    ms_view_pan(view, x / 7, y / 7);
    break;
  }
}

static void
test_random_sequences(void)
{
  TestRandom random = {31};
  MsView view;

  ms_view_init(&view);
  check_invariants(&view);
  for (int i = 0; i < 100000; i++) {
    act_at_random(&view, &random);
    check_invariants(&view);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/view/fit", test_fit);
  g_test_add_func("/render/view/whole-image-visible-in-fit", test_whole_image_visible_in_fit);
  g_test_add_func("/render/view/odd-sizes", test_odd_sizes);
  g_test_add_func("/render/view/zoom-at-keeps-the-point", test_zoom_at_keeps_the_point);
  g_test_add_func("/render/view/zoom-limits", test_zoom_limits);
  g_test_add_func("/render/view/stops", test_stops);
  g_test_add_func("/render/view/pan", test_pan);
  g_test_add_func("/render/view/drag-is-steady", test_drag_is_steady);
  g_test_add_func("/render/view/keeps-place", test_keeps_place);
  g_test_add_func("/render/view/keeps-fit", test_keeps_fit);
  g_test_add_func("/render/view/way-of-a-zoom", test_way_of_a_zoom);
  g_test_add_func("/render/view/way-of-a-move", test_way_of_a_move);
  g_test_add_func("/render/view/area", test_area);
  g_test_add_func("/render/view/random-sequences", test_random_sequences);
  return g_test_run();
}
