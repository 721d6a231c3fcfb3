/* SPDX-License-Identifier: MIT
 *
 * What models are called after their folders.
 */
#include "set/models-private.h"

#include <string.h>

#include "set/layout-names.h"
#include "set/text.h"

/* Without the words that say no more than that masks are predicted; whole where nothing is left,
 * or where `whole` asks for it. */
static char *
make_name(const char *key, gboolean whole)
{
  g_auto(GStrv) parts = g_strsplit(key, "/", -1);
  g_autoptr(GString) name = g_string_new(NULL);
  const char *last = "";
  for (guint i = 0; parts[i]; i++) {
    last = parts[i];
    if (whole || (!ms_name_is_predicted_word(last) && !ms_name_is_resolution(last)))
      g_string_append_printf(name, "%s%s", name->len ? "-" : "", last);
  }
  return ms_text_id(name->len ? name->str : last);
}

static gboolean
is_name_of_several(const MsModelFinder *self, const char *name)
{
  guint n = 0;
  for (guint i = 0; i < self->models->len; i++) {
    const MsModelFound *model = g_ptr_array_index(self->models, i);
    g_autofree char *other = make_name(model->key, FALSE);
    n += g_str_equal(other, name);
  }
  return n > 1;
}

static gboolean
is_name_taken(const MsRoles *roles, const char *name)
{
  for (guint i = 0; i < roles->roles->len; i++) {
    const MsRole *role = g_ptr_array_index(roles->roles, i);
    if (g_strcmp0(role->name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A folder that the user gave is no part of its models' names; where it is the model, or where the
 * name is taken, it is named as folders are. */
void
ms_model_name_all(MsModelFinder *self, gboolean given)
{
  for (guint i = 0; i < self->models->len; i++) {
    const MsModelFound *model = g_ptr_array_index(self->models, i);
    const char *slash = strchr(model->key, '/');
    if (model->role->name || (given && !slash))
      continue;
    const char *key = given ? slash + 1 : model->key;
    g_autofree char *plain = make_name(key, FALSE);
    g_autofree char *name =
        is_name_of_several(self, plain) ? make_name(key, TRUE) : g_steal_pointer(&plain);
    if (!is_name_taken(self->roles, name))
      model->role->name = g_steal_pointer(&name);
  }
}
