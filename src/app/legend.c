/* SPDX-License-Identifier: MIT */
#include "app/legend.h"

#include "app/flow-layout.h"
#include "app/heat-scale.h"
#include "app/outline-key.h"
#include "app/pointer-slider.h"
#include "app/swatch.h"
#include "app/template.h"
#include "app/tip.h"
#include "app/zoom-button.h"
#include "render/palette.h"
#include "set/describe.h"

/* The chips in the order of the bar. */
static const MsKind chips[] = {MS_KIND_TP, MS_KIND_FP, MS_KIND_FN, MS_KIND_CONFUSED,
                               MS_KIND_IGNORED};
#define N_CHIPS   G_N_ELEMENTS(chips)
#define N_CLASSES 8 /* have chips; the rest is counted */

struct _MsLegend {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkWidget *heat; /* the button */
  GtkWidget *focus;
  GtkLabel *focus_text;
  GtkWidget *tolerance;
  GtkLabel *tolerance_text;
  GtkWidget *chips[N_CHIPS];
  GtkLabel *counts[N_CHIPS];
  GtkWidget *dimmed;
  GtkLabel *dimmed_name;
  GtkLabel *dimmed_count;
  MsHeatScale *heat_scale;
  GtkWidget *outlines;
  GtkBox *classes[N_CLASSES];
  MsSwatch *swatches[N_CLASSES];
  GtkLabel *names[N_CLASSES];
  GtkLabel *more; /* classes */
  GtkAdjustment *opacity;
  MsZoomButton *zoom;
  GtkLabel *readout;
};

G_DEFINE_FINAL_TYPE(MsLegend, ms_legend, GTK_TYPE_WIDGET)

static guint64
count_of(const MsKindCounts *counts, MsKind kind)
{
  switch (kind) {
  case MS_KIND_TP:
    return counts->tp;
  case MS_KIND_FP:
    return counts->fp;
  case MS_KIND_FN:
    return counts->fn;
  case MS_KIND_CONFUSED:
    return counts->confused;
  default:
    return counts->ignored;
  }
}

/* Confused pixels there are only where several classes are looked at, ignored ones seldom. */
static gboolean
is_chip_wanted(MsKind kind, MsDisplay *display)
{
  if (kind == MS_KIND_CONFUSED)
    return display && ms_comparison_has_classes(display->rules->rules.comparison) &&
           ms_class_focus_get_solo(display->focus) < 0;
  return kind != MS_KIND_IGNORED || (display && display->counts.ignored > 0);
}

/* Wrong pixels that are forgiven, or (one kind of error is looked at alone) those of other kinds.
 */
static gboolean
is_forgiving(MsDisplay *display)
{
  return display && display->dim.analysis && display->dim.error < 0;
}

/* What is dimmed has left its kind; what is forgiven is right, so that the chips make the IoU at
 * the tolerance. */
static MsKindCounts
shown_counts(MsDisplay *display)
{
  MsKindCounts counts = display->counts, dimmed = ms_display_dimmed(display);

  if (is_forgiving(display))
    counts.tp += dimmed.fn + dimmed.confused;
  counts.fp -= dimmed.fp;
  counts.fn -= dimmed.fn;
  counts.confused -= dimmed.confused;
  return counts;
}

/* seen: flags of the kinds that can be painted. */
static void
show_kinds(MsLegend *self, MsDisplay *display, unsigned seen)
{
  gboolean counted = display && display->confusion;
  MsKindCounts counts = counted ? shown_counts(display) : (MsKindCounts){0};

  for (guint i = 0; i < N_CHIPS; i++) {
    g_autofree char *text = counted ? ms_describe_count(count_of(&counts, chips[i])) : g_strdup("");
    g_autofree char *spoken = g_strdup_printf("%s, %s: %s pixels", ms_kind_label(chips[i]),
                                              ms_kind_description(chips[i]), counted ? text : "no");

    gtk_label_set_text(self->counts[i], text);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->chips[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   spoken, -1);
    gtk_widget_set_visible(self->chips[i], (seen & chips[i]) && is_chip_wanted(chips[i], display));
  }
}

/* "Forgiven 312"; "Not extent 312" where that kind of error is chosen. */
static void
show_dimmed(MsLegend *self, MsDisplay *display, gboolean seen)
{
  MsKindCounts dimmed = display ? ms_display_dimmed(display) : (MsKindCounts){0};
  gboolean chosen = display && display->dim.analysis && display->dim.error >= 0;
  g_autofree char *count = ms_describe_count(dimmed.fp + dimmed.fn + dimmed.confused);
  g_autofree char *name =
      chosen ? g_strdup_printf("Not %s", ms_error_info((MsError)display->dim.error)->id)
             : g_strdup("Forgiven");

  gtk_label_set_text(self->dimmed_name, name);
  gtk_label_set_text(self->dimmed_count, count);
  ms_tip_set(self->dimmed, chosen ? "wrong in another way than the chosen one"
                                  : "wrong, but within the tolerance of an edge: "
                                    "counted as right");
  gtk_widget_set_visible(self->dimmed, seen && display && display->dim.analysis);
}

/* ---- classes ---- */

static int
compare_classes(gconstpointer a, gconstpointer b)
{
  const MsPaintedClass *first = a, *second = b;

  if (first->ignored != second->ignored)
    return first->ignored - second->ignored;
  return first->pixels < second->pixels ? 1 : first->pixels > second->pixels ? -1 : 0;
}

static void
unite_classes(GArray *all, const GArray *classes)
{
  for (guint i = 0; classes && i < classes->len; i++) {
    const MsPaintedClass *class = &g_array_index(classes, MsPaintedClass, i);
    guint j = 0;

    while (j < all->len && (g_array_index(all, MsPaintedClass, j).id != class->id ||
                            g_array_index(all, MsPaintedClass, j).ignored != class->ignored))
      j++;
    if (j == all->len)
      g_array_append_val(all, *class);
    else
      g_array_index(all, MsPaintedClass, j).pixels =
          MAX(g_array_index(all, MsPaintedClass, j).pixels, class->pixels);
  }
}

/* MsPaintedClass of all that are seen, those of most pixels first; the caller's. */
static GArray *
seen_classes(MsDisplay *display, const MsLook *look)
{
  GArray *all = g_array_new(FALSE, FALSE, sizeof(MsPaintedClass));

  if (display && ms_look_shows(look, MS_LAYER_ACTUAL))
    unite_classes(all, ms_display_classes(display, MS_LAYER_ACTUAL));
  if (display && ms_look_shows(look, MS_LAYER_PREDICTED))
    unite_classes(all, ms_display_classes(display, MS_LAYER_PREDICTED));
  g_array_sort(all, compare_classes);
  return all;
}

static char *
class_name(MsDisplay *display, const GArray *classes, guint place)
{
  return ms_painted_class_name(&g_array_index(classes, MsPaintedClass, place), display->frame->set,
                               display->frame->model);
}

/* Of two masks a class has two counts, which their own pictures tell. */
static void
show_class(MsLegend *self, MsDisplay *display, const GArray *classes, guint place, gboolean both)
{
  const MsPaintedClass *class = &g_array_index(classes, MsPaintedClass, place);
  g_autofree char *name = class_name(display, classes, place);
  g_autofree char *count = ms_describe_count(class->pixels);
  g_autofree char *tooltip = g_strdup_printf("%s: %s pixels", name, count);

  ms_swatch_show(self->swatches[place], class->color, TRUE);
  gtk_label_set_text(self->names[place], name);
  ms_tip_set(GTK_WIDGET(self->classes[place]), both ? name : tooltip);
}

/* "+12", with their names in the tooltip. */
static void
show_more(MsLegend *self, MsDisplay *display, const GArray *classes)
{
  g_autofree char *text = g_strdup_printf("+%u", classes->len - MIN(classes->len, N_CLASSES));
  GString *names = g_string_new(NULL);

  for (guint i = N_CLASSES; i < classes->len; i++) {
    g_autofree char *name = class_name(display, classes, i);

    g_string_append_printf(names, "%s%s", i > N_CLASSES ? ", " : "", name);
  }
  gtk_label_set_text(self->more, text);
  ms_tip_set(GTK_WIDGET(self->more), names->str);
  gtk_widget_set_visible(GTK_WIDGET(self->more), classes->len > N_CLASSES);
  g_string_free(names, TRUE);
}

static void
show_classes(MsLegend *self, MsDisplay *display, const MsLook *look)
{
  g_autoptr(GArray) classes = seen_classes(display, look);
  gboolean both = ms_look_shows(look, MS_LAYER_ACTUAL) && ms_look_shows(look, MS_LAYER_PREDICTED);

  for (guint i = 0; i < N_CLASSES; i++) {
    if (i < classes->len)
      show_class(self, display, classes, i, both);
    gtk_widget_set_visible(GTK_WIDGET(self->classes[i]), i < classes->len);
  }
  show_more(self, display, classes);
}

static void
show_focus(MsLegend *self, MsDisplay *display)
{
  g_autofree char *text =
      display ? ms_class_focus_describe(display->focus, display->frame->set, display->frame->model)
              : NULL;
  g_autofree char *spoken = text ? g_strdup_printf("%s. Show all classes", text) : NULL;

  gtk_widget_set_visible(self->focus, text != NULL);
  if (!text)
    return;
  gtk_label_set_text(self->focus_text, text);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->focus), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                 -1);
}

void
ms_legend_show(MsLegend *self, MsDisplay *display, const MsLook *look)
{
  gboolean errors = ms_look_shows(look, MS_LAYER_ERRORS);
  gboolean heat = display && ms_look_shows(look, MS_LAYER_HEAT);
  unsigned kinds = look->only_errors ? MS_KIND_ALL & ~(unsigned)MS_KIND_TP : MS_KIND_ALL;

  show_kinds(self, display, errors ? kinds : 0);
  show_dimmed(self, display, errors);
  show_classes(self, display, look);
  show_focus(self, display);
  gtk_widget_set_visible(GTK_WIDGET(self->heat_scale), heat);
  if (heat)
    ms_heat_scale_set_threshold(self->heat_scale,
                                display->rules->has_threshold ? display->rules->threshold : -1);
  gtk_widget_set_visible(self->outlines, display && look->outlines);
}

void
ms_legend_set_has_scores(MsLegend *self, gboolean has_scores)
{
  gtk_widget_set_visible(self->heat, has_scores);
}

void
ms_legend_set_tolerance(MsLegend *self, guint pixels)
{
  g_autofree char *text = g_strdup_printf("Within %u px", pixels);
  g_autofree char *spoken = g_strdup_printf("%s is forgiven. Forgive nothing", text);

  gtk_widget_set_visible(self->tolerance, pixels > 0);
  gtk_label_set_text(self->tolerance_text, text);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->tolerance), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 spoken, -1);
}

void
ms_legend_set_zoom(MsLegend *self, double zoom)
{
  ms_zoom_button_set_zoom(self->zoom, zoom);
}

void
ms_legend_set_readout(MsLegend *self, const char *text)
{
  gtk_label_set_text(self->readout, text);
}

GtkAdjustment *
ms_legend_get_opacity(MsLegend *self)
{
  return self->opacity;
}

static void
ms_legend_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_LEGEND);
  G_OBJECT_CLASS(ms_legend_parent_class)->dispose(object);
}

static void
ms_legend_class_init(MsLegendClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_FLOW_LAYOUT);
  g_type_ensure(MS_TYPE_HEAT_SCALE);
  g_type_ensure(MS_TYPE_OUTLINE_KEY);
  g_type_ensure(MS_TYPE_POINTER_SLIDER);
  g_type_ensure(MS_TYPE_SWATCH);
  g_type_ensure(MS_TYPE_ZOOM_BUTTON);
  G_OBJECT_CLASS(class)->dispose = ms_legend_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/legend.ui");
  gtk_widget_class_bind_template_child(widget_class, MsLegend, box);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, heat);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, dimmed);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, dimmed_name);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, dimmed_count);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, heat_scale);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, outlines);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, focus);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, focus_text);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, tolerance);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, tolerance_text);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, more);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, opacity);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, zoom);
  gtk_widget_class_bind_template_child(widget_class, MsLegend, readout);
  ms_template_bind_array(widget_class, "chip", N_CHIPS, G_STRUCT_OFFSET(MsLegend, chips));
  ms_template_bind_array(widget_class, "count", N_CHIPS, G_STRUCT_OFFSET(MsLegend, counts));
  ms_template_bind_array(widget_class, "class", N_CLASSES, G_STRUCT_OFFSET(MsLegend, classes));
  ms_template_bind_array(widget_class, "swatch", N_CLASSES, G_STRUCT_OFFSET(MsLegend, swatches));
  ms_template_bind_array(widget_class, "name", N_CLASSES, G_STRUCT_OFFSET(MsLegend, names));
}

static void
ms_legend_init(MsLegend *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  for (guint i = 0; i < N_CHIPS; i++)
    ms_tip_set(self->chips[i], ms_kind_description(chips[i]));
}
