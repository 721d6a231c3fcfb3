/* SPDX-License-Identifier: MIT */
#include "app/example-place.h"

struct _MsExamplePlace {
  GObject parent_instance;

  guint example;
};

G_DEFINE_FINAL_TYPE(MsExamplePlace, ms_example_place, G_TYPE_OBJECT)

enum { PROP_EXAMPLE = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

static void
ms_example_place_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint(value, MS_EXAMPLE_PLACE(object)->example);
}

static void
ms_example_place_class_init(MsExamplePlaceClass *class)
{
  G_OBJECT_CLASS(class)->get_property = ms_example_place_get_property;
  properties[PROP_EXAMPLE] = g_param_spec_uint("example", NULL, NULL, 0, G_MAXUINT, G_MAXUINT,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties(G_OBJECT_CLASS(class), N_PROPERTIES, properties);
}

static void
ms_example_place_init(MsExamplePlace *self)
{
}

MsExamplePlace *
ms_example_place_new(guint example)
{
  MsExamplePlace *self = g_object_new(MS_TYPE_EXAMPLE_PLACE, NULL);

  self->example = example;
  return self;
}

guint
ms_example_place_get_example(MsExamplePlace *self)
{
  return self->example;
}

void
ms_example_place_set_example(MsExamplePlace *self, guint example)
{
  if (example == self->example)
    return;
  self->example = example;
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_EXAMPLE]);
}
