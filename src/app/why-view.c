/* SPDX-License-Identifier: MIT */
#include "app/why-view.h"

#include "app/anatomy-view.h"
#include "app/fold.h"
#include "app/settings.h"
#include "set/describe.h"

struct _MsWhyView {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  MsFold *regions_fold;
  MsRegionView *regions;
  MsFold *anatomy_fold;
  MsAnatomyView *anatomy;
  MsFold *tolerance_fold;
  MsToleranceView *tolerance;

  /* Owned */
  MsDisplay *display;
  MsAnalysis *analysis; /* that is shown, of this example; NULL: none */
};

G_DEFINE_FINAL_TYPE(MsWhyView, ms_why_view, GTK_TYPE_WIDGET)

/* --- the analysis --- */

/* "Error regions  7" */
static void
show_regions_title(MsWhyView *self)
{
  size_t n_regions = 0;
  g_autofree char *count = NULL;
  g_autofree char *title = NULL;

  if (self->analysis)
    ms_regions_get(self->analysis->diagnosis.regions, &n_regions);
  count = ms_describe_count(n_regions);
  title = g_strdup_printf("Error regions  %s", self->analysis ? count : "");
  ms_fold_set_title(self->regions_fold, g_strchomp(title));
}

static void
show_anatomy(MsWhyView *self)
{
  MsAnatomyNumbers numbers = {0};

  if (!self->analysis) {
    ms_anatomy_view_show(self->anatomy, NULL);
    return;
  }
  numbers.anatomy = self->analysis->diagnosis.anatomy;
  numbers.iou = ms_analysis_iou(self->analysis);
  numbers.width =
      ms_boundary_width(self->analysis->frame->actual.width, self->analysis->frame->actual.height);
  for (MsError error = 0; error < MS_N_ERRORS; error++)
    numbers.mended[error] = ms_analysis_mended_iou(self->analysis, &numbers.anatomy.errors[error]);
  ms_anatomy_view_show(self->anatomy, &numbers);
}

static void
keep(MsWhyView *self, MsAnalysis *analysis)
{
  ms_analysis_ref(analysis);
  ms_analysis_unref(self->analysis);
  self->analysis = analysis;
}

static void
show(MsWhyView *self, MsAnalysis *analysis)
{
  keep(self, analysis);
  ms_region_view_set_analysis(self->regions, analysis);
  ms_tolerance_view_set_analysis(self->tolerance, analysis);
  show_regions_title(self);
  show_anatomy(self);
}

/* What was shown of another example is seen no longer. */
static void
forget(MsWhyView *self)
{
  keep(self, NULL);
  ms_region_view_await_analysis(self->regions);
  ms_tolerance_view_await_analysis(self->tolerance);
  ms_anatomy_view_await(self->anatomy);
  show_regions_title(self);
}

static gboolean
is_of_present_rules(MsWhyView *self)
{
  return self->analysis && self->display &&
         ms_analysis_is_of(self->analysis, self->display->frame, self->display->rules,
                           self->display->focus);
}

/* The same pixels of the same classes, whatever they are counted as. */
static gboolean
is_of_example(MsWhyView *self)
{
  return self->analysis && self->display && self->display->confusion &&
         self->analysis->frame == self->display->frame &&
         self->analysis->focus == self->display->focus;
}

void
ms_why_view_set_analysis(MsWhyView *self, MsAnalysis *analysis)
{
  show(self, analysis);
}

void
ms_why_view_await_analysis(MsWhyView *self)
{
  ms_region_view_choose(self->regions, -1);
  if (!is_of_example(self))
    forget(self);
}

MsAnalysis *
ms_why_view_get_analysis(MsWhyView *self)
{
  return is_of_present_rules(self) ? self->analysis : NULL;
}

gboolean
ms_why_view_is_old(MsWhyView *self)
{
  return self->analysis && !is_of_present_rules(self);
}

void
ms_why_view_set_busy(MsWhyView *self, gboolean busy)
{
  if (busy)
    gtk_widget_add_css_class(self->box, "outdated");
  else
    gtk_widget_remove_css_class(self->box, "outdated");
  gtk_accessible_update_state(GTK_ACCESSIBLE(self->box), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

void
ms_why_view_set_display(MsWhyView *self, MsDisplay *display)
{
  gboolean explains = display && display->confusion && !ms_set_get_labels(display->frame->set);

  if (display)
    ms_display_ref(display);
  g_clear_pointer(&self->display, ms_display_unref);
  self->display = display;
  gtk_widget_set_visible(GTK_WIDGET(self), explains);
  if (!explains)
    show(self, NULL);
  else if (self->analysis && !is_of_example(self))
    forget(self);
}

/* --- the set, and what is looked at --- */

void
ms_why_view_set_diagnoses(MsWhyView *self, MsDiagnoses *diagnoses, guint model, const char *split)
{
  ms_tolerance_view_set_diagnoses(self->tolerance, diagnoses, model, split);
}

void
ms_why_view_set_tolerance(MsWhyView *self, guint pixels)
{
  ms_tolerance_view_set_tolerance(self->tolerance, pixels);
}

void
ms_why_view_unfold_tolerance(MsWhyView *self)
{
  ms_fold_set_open(self->tolerance_fold, TRUE);
}

void
ms_why_view_set_error(MsWhyView *self, int error)
{
  ms_anatomy_view_set_chosen(self->anatomy, error);
}

MsRegionView *
ms_why_view_get_regions(MsWhyView *self)
{
  return self->regions;
}

MsToleranceView *
ms_why_view_get_tolerance(MsWhyView *self)
{
  return self->tolerance;
}

/* --- construction --- */

static void
ms_why_view_dispose(GObject *object)
{
  MsWhyView *self = MS_WHY_VIEW(object);

  g_clear_pointer(&self->analysis, ms_analysis_unref);
  g_clear_pointer(&self->display, ms_display_unref);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_WHY_VIEW);
  G_OBJECT_CLASS(ms_why_view_parent_class)->dispose(object);
}

static void
ms_why_view_class_init(MsWhyViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_ANATOMY_VIEW);
  g_type_ensure(MS_TYPE_FOLD);
  g_type_ensure(MS_TYPE_REGION_VIEW);
  g_type_ensure(MS_TYPE_TOLERANCE_VIEW);
  G_OBJECT_CLASS(class)->dispose = ms_why_view_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/why-view.ui");
  gtk_widget_class_bind_template_child(widget_class, MsWhyView, box);
  gtk_widget_class_bind_template_child(widget_class, MsWhyView, regions_fold);
  gtk_widget_class_bind_template_child(widget_class, MsWhyView, regions);
  gtk_widget_class_bind_template_child(widget_class, MsWhyView, anatomy_fold);
  gtk_widget_class_bind_template_child(widget_class, MsWhyView, anatomy);
  gtk_widget_class_bind_template_child(widget_class, MsWhyView, tolerance_fold);
  gtk_widget_class_bind_template_child(widget_class, MsWhyView, tolerance);
}

static void
ms_why_view_init(MsWhyView *self)
{
  GSettings *settings = ms_settings_get();

  gtk_widget_init_template(GTK_WIDGET(self));
  g_settings_bind(settings, "fold-regions", self->regions_fold, "open", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "fold-anatomy", self->anatomy_fold, "open", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "fold-tolerance", self->tolerance_fold, "open",
                  G_SETTINGS_BIND_DEFAULT);
}
