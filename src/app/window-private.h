/* SPDX-License-Identifier: MIT
 *
 * What the files of the window share.
 */
#pragma once

#include "app/analyst.h"
#include "app/area-card.h"
#include "app/area-counter.h"
#include "app/canvas.h"
#include "app/check-view.h"
#include "app/display-cache.h"
#include "app/example-list.h"
#include "app/inspector.h"
#include "app/label-view.h"
#include "app/legend.h"
#include "app/minimap.h"
#include "app/set-window.h"
#include "app/thumbnails.h"
#include "app/window.h"
#include "app/zoom-button.h"
#include "set/diagnoses.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

/* Why there is no region to step through. */
typedef enum { MS_PASSED_EXACT, MS_PASSED_HIDDEN, MS_PASSED_UNSCORED, MS_N_PASSED } MsPassed;

struct _MsWindow {
  GtkApplicationWindow parent_instance;

  /* Template */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkMenuButton *go_to;
  GtkEntry *go_to_entry;
  GtkLabel *go_to_message;
  GtkDropDown *model_choice;
  GtkDropDown *split_choice;
  GtkStack *stack; /* pages: welcome, opening, viewer */
  GtkSpinner *opening_spinner;
  GtkLabel *opening_label;
  GtkListBox *recent;
  GtkWidget *recent_box;
  GtkPaned *panels;
  MsExampleList *list;
  GtkWidget *picture; /* the canvas and what lies over it */
  MsCanvas *canvas;
  MsMinimap *minimap;
  MsAreaCard *area_card; /* of the marked rectangle */
  GtkWidget *canvas_message;
  GtkLabel *canvas_message_text;
  MsZoomButton *zoom; /* where there is no legend */
  MsLabelView *label_view;
  GtkWidget *reading; /* what is waited for */
  GtkLabel *reading_text;
  GtkSpinner *spinner;
  MsLegend *legend;
  GtkStack *side; /* one of the next two */
  MsInspector *inspector;
  MsCheckView *check_view;
  GtkRevealer *check_line; /* says that the check found something */
  GtkLabel *check_words;
  GtkToggleButton *live;
  GtkRevealer *message_revealer;
  GtkLabel *message_text;
  GtkWidget *message_set_up; /* where the message is that a set was not recognised */

  /* What is shown */
  guint example; /* chosen; G_MAXUINT: none */
  guint model;
  guint position; /* row of the example in the list when it was chosen */
  int travel;     /* direction of the last step: what is decoded ahead; 0: a jump, both ways */
  MsOverlayStyle style;
  MsLook look;            /* as it was asked for */
  MsLookMode single_look; /* the last one that did not compare both masks */
  MsDimming dim;          /* what of the errors is not spoken of; owns its analysis */
  MsGround ground;        /* of the tiles in the list */
  gboolean stretch;       /* dark and 16-bit images over their whole range */
  gboolean busy_paint;    /* a repaint is under way */
  gboolean paint_again;   /* and the rules have changed since */
  guint generation;       /* of the cache: a repaint of an older one is dropped */
  gboolean stopped;       /* the user stopped the scoring */
  gboolean updating_choices;
  gboolean drawn;            /* what is shown has been on the screen */
  gulong draw_handler;       /* waits for that */
  guint held_key;            /* hardware code of the key that is down; 0: none */
  gboolean repeating;        /* and has begun to repeat */
  gboolean chosen_by_repeat; /* the chosen example was come to by a key that repeats */
  gboolean narrow;
  gint64 stepped;      /* when the example was chosen that is shown or to be shown */
  gboolean hurried;    /* it was chosen soon after the one before */
  guint hurry_timeout; /* until the user rests */
  guint analysis_timeout;
  gssize region;  /* chosen; -1: none */
  int search;     /* for the next (1) or the one before (-1), when `searched` is analysed */
  guint searched; /* example; another one that is chosen ends that */
  guint n_passed[MS_N_PASSED]; /* examples on the way there that had none to step through */
  gssize wanted_region;        /* of `searched`, once it is analysed; -1: none */
  gint64 walk_step;            /* of the set's regions, the last one; -1: none */
  guint walk_from;             /* example to be left for the largest of them; G_MAXUINT: none */
  char *error;                 /* the message that stands; NULL: none */
  gboolean error_can_be_set_up;
  gboolean error_of_set; /* it is over when the set is read again */
  guint reading_timeout;
  guint thumbnail_timeout;
  guint message_timeout;
  guint open_poll;

  /* The search for error regions */
  gboolean diagnoses_stopped; /* the user stopped it */
  gboolean diagnoses_wanted;  /* somebody asked for it, in this set */

  /* The check */
  gboolean page_is_check; /* instead of the inspector */
  guint check_timeout;
  gint64 check_wanted; /* since when, while the timeout runs; monotonic time */
  guint look_at;       /* an example that is chosen once the list shows it; G_MAXUINT: none */

  /* Owned */
  char *split; /* NULL: all */
  MsOptions *options;
  MsOptions *refused;      /* what could not be opened last */
  MsSetWindow *set_window; /* a weak pointer; NULL: there is none */
  MsChecker *checker;
  GPtrArray *remedies;   /* that were applied, and then those that were taken back */
  GHashTable *dismissed; /* findings, as text, that were seen */
  MsSet *set;
  MsEvaluation *evaluation;
  MsDiagnoses *diagnoses; /* beside the evaluation */
  MsDisplayCache *cache;
  MsThumbnails *thumbnails;
  MsDisplay *shown;
  MsClassFocus *focus; /* the classes that are looked at; NULL: every one */
  MsAreaCounter *area_counter;
  MsAnalyst *analyst;
  MsAnalysis *analysis;          /* of `shown`, never of anything else; NULL: not made (yet) */
  MsWalk *walk;                  /* NULL: not asked for */
  struct MsWindowLive *watching; /* of window-live.c */
  GCancellable *open_cancellable;
  GCancellable *copy_cancellable;
};

/* window.c */
void ms_window_set_model(MsWindow *self, guint model);
void ms_window_set_split(MsWindow *self, const char *split);
void ms_window_set_threshold(MsWindow *self, double threshold);
void ms_window_set_look(MsWindow *self);
/* How the set is painted: the kinds of pixel that were hidden are those of masks. */
MsOverlayStyle ms_window_get_style(MsWindow *self);
/* Thumbnails of the present model, style and threshold. */
void ms_window_update_thumbnails(MsWindow *self);
void ms_window_select_first_if_hidden(MsWindow *self);

/* window-message.c */
void ms_window_init_message(MsWindow *self);
void ms_window_dispose_message(MsWindow *self);
/* A line that goes away by itself (or by its button); an error stays until it is dismissed. */
void ms_window_say(MsWindow *self, gboolean error, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* The error that was just said: folders can be chosen beside it. */
void ms_window_offer_set_up(MsWindow *self);
/* The same: it holds until the set is read again, or ms_window_withdraw_error(). */
void ms_window_bind_error(MsWindow *self);
/* What it told of is over. Other errors stay. */
void ms_window_withdraw_error(MsWindow *self);
/* As its button does: what is shown goes. */
void ms_window_dismiss_message(MsWindow *self);
/* Nothing is said any more. */
void ms_window_hush(MsWindow *self);

/* window-display.c */
/* The chosen example is the one on screen, whatever rules it was painted under. */
gboolean ms_window_is_shown(MsWindow *self);
/* And its pixels have been there for a frame. */
gboolean ms_window_is_on_screen(MsWindow *self);
/* And painted as it is to be. */
gboolean ms_window_is_up_to_date(MsWindow *self);
/* How the chosen example is to be painted; lends. */
MsPainting ms_window_get_painting(MsWindow *self);
void ms_window_update_title(MsWindow *self);
/* NULL empties canvas, labels and inspector. */
void ms_window_show_display(MsWindow *self, MsDisplay *display);
/* What the example is looked at in: its picture, or its labels where it has none. */
void ms_window_focus_example(MsWindow *self);
/* Neighbours are decoded and thumbnails made from now on, unless an example is waited for. */
void ms_window_look_ahead(MsWindow *self);
/* The chosen example as soon as it is decoded. */
void ms_window_show_example(MsWindow *self);
/* Chooses what is shown, when something else was chosen and is not there yet. */
void ms_window_stay(MsWindow *self);
/* Paints what is shown as it is to be painted now. */
void ms_window_repaint(MsWindow *self);

/* window-why.c */
void ms_window_init_why(MsWindow *self);
void ms_window_dispose_why(MsWindow *self);
/* Something else is shown: its analysis if there is one already, else none. */
void ms_window_analysis_follows(MsWindow *self);
/* What is shown has been on the screen: it is analysed unless it was. */
/* Another example was chosen: who goes on soon is not analysed for before the last one. */
void ms_window_note_step(MsWindow *self);
void ms_window_analyse(MsWindow *self);
gboolean ms_window_is_analysing(MsWindow *self);
/* Another example is waited for. */
void ms_window_stop_analysing(MsWindow *self);
/* -1: none. go_there: the view goes to it. */
void ms_window_choose_region(MsWindow *self, gssize region, gboolean go_there);
/* Other kinds are shown: a chosen region of one that is not is chosen no longer. */
void ms_window_update_region_kinds(MsWindow *self);

/* window-regions.c */
void ms_window_class_init_region_actions(GtkWidgetClass *class);
void ms_window_init_region_actions(MsWindow *self);
void ms_window_update_region_actions(MsWindow *self);
/* The region that was on its way is chosen, if what is shown can tell. */
void ms_window_follow_analysis(MsWindow *self);
/* Nothing is on its way any more. */
void ms_window_end_search(MsWindow *self);

/* window-walk.c */
void ms_window_class_init_walk_actions(GtkWidgetClass *class);
void ms_window_init_walk(MsWindow *self);
/* Of diagnoses that came into the window. */
void ms_window_watch_walk(MsWindow *self);
/* Steps go through the whole set's regions. */
gboolean ms_window_takes_whole_set(MsWindow *self);
void ms_window_step_in_set(MsWindow *self, int way);
/* Where the chosen region stands, and among what of the set's. Caller frees both. */
char *ms_window_describe_step(MsWindow *self, char **among);

/* window-lens.c */
void ms_window_class_init_lens_actions(GtkWidgetClass *class);
void ms_window_init_lens(MsWindow *self);

/* window-set.c */
/* same: it is the present set, read again or read to its end; what is looked at stays. evaluation:
 * of the set, where one was made already; else NULL. */
void ms_window_set_set(MsWindow *self, MsSet *set, MsEvaluation *evaluation, gboolean same);
void ms_window_unset_set(MsWindow *self);
/* Dark and 16-bit images are shown anew. */
void ms_window_rebuild_cache(MsWindow *self);

/* window-actions.c */
void ms_window_class_init_actions(GtkWidgetClass *class);
void ms_window_init_actions(MsWindow *self);
/* GTK lets the group of a window's actions live on where a tooltip was shown, and those that are
 * settings would tell a window that is no more. */
void ms_window_remove_actions(MsWindow *self);
/* Enables what can be done now, with what is shown, and disables the rest. */
void ms_window_update_actions(MsWindow *self);

/* window-classes.c */
void ms_window_class_init_class_actions(GtkWidgetClass *class);
void ms_window_update_class_actions(MsWindow *self);
/* NULL: every class. */
void ms_window_set_focus_of_classes(MsWindow *self, MsClassFocus *focus);

/* window-look.c */
void ms_window_init_look_actions(MsWindow *self);
void ms_window_update_look_actions(MsWindow *self);
/* What the stage is to show of what is there. */
MsLook ms_window_get_look(MsWindow *self);
/* What a picture of it shows that leaves the window. */
MsPaint ms_window_get_paint(MsWindow *self);
/* The stage shows it so; what it needs is painted. */
void ms_window_apply_look(MsWindow *self);
/* What is painted was changed (classes, dimming, look): what is shown is painted anew at once, its
 * neighbours when they are. */
void ms_window_painting_changed(MsWindow *self);
/* FALSE: there was none. */
gboolean ms_window_end_flip(MsWindow *self);

/* window-filters.c */
void ms_window_init_filter_actions(MsWindow *self);

/* window-scoring.c */
void ms_window_class_init_scoring_actions(GtkWidgetClass *class);
void ms_window_init_scoring_actions(MsWindow *self);
void ms_window_update_scoring_actions(MsWindow *self);
/* Of a set that came into the window. */
void ms_window_watch_scoring(MsWindow *self);
/* Scores what is left, the present model first, where that is wanted now. */
void ms_window_score(MsWindow *self);

/* window-diagnoses.c */
/* Of a set that came into the window, after its evaluation. */
void ms_window_watch_diagnoses(MsWindow *self);
/* Looks for the error regions of the present model that are not known, where that is wanted now: by
 * itself in a set where that is cheap, once it is scored; in others when somebody asks. */
void ms_window_diagnose(MsWindow *self);
/* Somebody asks for the error regions of the whole set, also where that takes time. */
void ms_window_want_diagnoses(MsWindow *self);
void ms_window_pause_diagnoses(MsWindow *self, gboolean paused);
void ms_window_stop_diagnoses(MsWindow *self);

/* window-check.c */
void ms_window_class_init_check_actions(GtkWidgetClass *class);
void ms_window_init_check(MsWindow *self);
void ms_window_dispose_check(MsWindow *self);
void ms_window_update_check_actions(MsWindow *self);
void ms_window_update_check_line(MsWindow *self);
/* Of a set that came into the window, or leaves it; same as below. */
void ms_window_watch_check(MsWindow *self, gboolean same);
void ms_window_unwatch_check(MsWindow *self);
/* Files have changed since: another check is made when they rest, in the place of one under way;
 * not where the user stopped it. */
void ms_window_check_later(MsWindow *self);
/* The list shows other rows: what was to be looked at may be among them. */
void ms_window_follow_check(MsWindow *self);
/* FALSE: its page was not shown. */
gboolean ms_window_leave_check(MsWindow *self);

/* window-go-to.c */
void ms_window_init_go_to(MsWindow *self);
void ms_window_go_to(MsWindow *self);

/* window-keys.c */
void ms_window_init_keys(MsWindow *self);

/* window-open.c */
void ms_window_open_path(MsWindow *self, const char *path);
/* One of the sets that come with the program. */
void ms_window_open_sample(MsWindow *self, const char *name);
void ms_window_choose_folder(MsWindow *self);
void ms_window_choose_file(MsWindow *self);
void ms_window_reload(MsWindow *self);
/* The set that is open, under other options; what is looked at stays. */
void ms_window_reopen(MsWindow *self, const MsOptions *options);
gboolean ms_window_is_opening(MsWindow *self); /* and shows nothing else */
/* The window in which a set is put together; it begins with these options, NULL: with none. */
void ms_window_set_up(MsWindow *self, const MsOptions *options);
void ms_window_init_drop(MsWindow *self);
void ms_window_update_recent(MsWindow *self);

/* Opens the set again without a word, and takes what is new; where all that changed is what is in
 * files, only what is made of those. */
void ms_window_look_again(MsWindow *self);

/* window-live.c */
void ms_window_init_live(MsWindow *self);
void ms_window_dispose_live(MsWindow *self);
/* A set came, opened at that time (µs since 1970); or the whole of a part. */
void ms_window_watch_set(MsWindow *self, gint64 opened);
void ms_window_unwatch(MsWindow *self);
/* News of the set's folders come. */
gboolean ms_window_is_watching(MsWindow *self);
/* The set was looked at again and is the same, but for the files of these examples (an array of
 * guint for each model). NULL: it could not be opened, message says why, or NULL where that was
 * taken back. */
void ms_window_looked_again(MsWindow *self, const GPtrArray *changed, const char *message);
/* A door for the tests: how often the set is looked at where nothing tells of changes; 0: as seldom
 * as ever. */
void ms_window_poll_every(guint milliseconds);
/* Of an evaluation that came into the window. */
void ms_window_watch_results(MsWindow *self);
/* The set will be another: what is shown may have another score in it. */
void ms_window_note_shown(MsWindow *self);
/* Another display is shown: what changed of it is said, of another no more. */
void ms_window_update_change(MsWindow *self);

/* window-tools.c */
void ms_window_class_init_tool_actions(GtkWidgetClass *class);
void ms_window_init_tools(MsWindow *self);
/* Counts what the marked rectangle holds, of what is shown. */
void ms_window_count_area(MsWindow *self);
/* FALSE: no rectangle was marked. */
gboolean ms_window_unmark(MsWindow *self);

/* window-export.c */
void ms_window_export(MsWindow *self);
void ms_window_export_to(MsWindow *self, const char *path);
void ms_window_copy(MsWindow *self);
/* Whether what is shown can leave as a picture. */
gboolean ms_window_can_export(MsWindow *self);
/* The file that a person would look for: the image, else the mask, else the table that the labels
 * are from. NULL: none. Caller frees. */
char *ms_window_dup_example_path(MsWindow *self);
void ms_window_copy_path(MsWindow *self);
void ms_window_show_in_folder(MsWindow *self);

G_END_DECLS
