/* SPDX-License-Identifier: MIT */
#include "set/manifest.h"

#include "io/error.h"
#include "small-set.h"

static MsInventory *
load(const TestFolder *folder, const char *text, GError **error)
{
  g_autofree char *path = test_file(folder, "set.csv", text, strlen(text));
  g_autoptr(MsOptions) options = ms_options_new();
  MsInventory *inventory = ms_manifest_load(path, options, NULL, error);
  if (inventory)
    ms_inventory_finish(inventory);
  return inventory;
}

static const MsEntry *
entry_at(const MsInventory *inventory, guint index)
{
  g_assert_cmpuint(index, <, inventory->entries->len);
  return g_ptr_array_index(inventory->entries, index);
}

static const MsFoundModel *
model_at(const MsInventory *inventory, guint index)
{
  g_assert_cmpuint(index, <, inventory->models->len);
  return g_ptr_array_index(inventory->models, index);
}

static void
assert_path(const TestFolder *folder, const char *path, const char *relative)
{
  g_autofree char *expected = test_path(folder, relative);
  g_assert_cmpstr(path, ==, expected);
}

static void
test_plain(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = load(&folder,
                                          "\xef\xbb\xbf"
                                          "example,image,actual,predicted,split,group,weight\r\n"
                                          "b,i/b.jpg,m/b.png,p/b.png,validation,v1,3\r\n"
                                          "a,,m/a.png,NA,train,,4\r\n"
                                          "c,na,/abs/c.png,p/c.png,odd,v1,5\r\n",
                                          &error);
  g_assert_no_error(error);
  g_assert_cmpuint(inventory->entries->len, ==, 3);
  g_assert_cmpstr(model_at(inventory, 0)->name, ==, "p");
  g_assert_true(inventory->from_table);

  const MsEntry *a = entry_at(inventory, 0), *b = entry_at(inventory, 1);
  g_assert_cmpstr(a->id, ==, "a");
  g_assert_null(a->image);
  assert_path(&folder, a->actual, "m/a.png");
  g_assert_null(a->predicted[0]);
  g_assert_cmpuint(a->problems->len, ==, 1);
  g_assert_cmpstr(a->split, ==, "train");
  g_assert_null(a->group);
  assert_path(&folder, b->image, "i/b.jpg");
  assert_path(&folder, b->predicted[0], "p/b.png");
  g_assert_cmpstr(b->split, ==, "validation");
  g_assert_cmpstr(b->group, ==, "v1");
  g_assert_null(b->problems);
  g_assert_cmpstr(entry_at(inventory, 2)->actual, ==, "/abs/c.png");
  g_assert_cmpstr(entry_at(inventory, 2)->split, ==, "odd");
}

static void
test_models(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = load(&folder,
                                          "ID;GT;predicted:U Net;Prediction: hr\n"
                                          "a;m/a.png;u/a.png;h/a.png\n",
                                          &error);
  g_assert_no_error(error);
  g_assert_cmpstr(model_at(inventory, 0)->name, ==, "U Net");
  g_assert_cmpstr(model_at(inventory, 1)->name, ==, "hr");
  assert_path(&folder, entry_at(inventory, 0)->predicted[1], "h/a.png");
}

/* What a column is called when its files lie in several folders, or beside the table. */
static void
test_model_names(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) several =
      load(&folder, "id\tmask\tpred\nq\tq.png\tu/q.png\nr\tr.png\tv/r.png\n", NULL);
  g_assert_cmpstr(model_at(several, 0)->name, ==, "pred");
  g_autoptr(MsInventory) beside = load(&folder, "id,mask,predicted\nq,q.png,q_p.png\n", NULL);
  g_assert_cmpstr(model_at(beside, 0)->name, ==, "predicted");
}

/* What leads the way from the manifest's own folder says nothing. */
static void
test_dots(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      load(&folder, "id,image,mask,pred\na,./i/a.jpg,.//m/a.png,././p/a.png\n", NULL);
  const MsEntry *entry = entry_at(inventory, 0);
  g_autofree char *image = test_path(&folder, "i/a.jpg");
  g_autofree char *mask = test_path(&folder, "m/a.png");
  g_autofree char *pred = test_path(&folder, "p/a.png");
  g_assert_cmpstr(entry->image, ==, image);
  g_assert_cmpstr(entry->actual, ==, mask);
  g_assert_cmpstr(entry->predicted[0], ==, pred);
}

static void
test_without_ids(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory = load(&folder,
                                          "mask,pred\n"
                                          "m/a_mask.png,p/a.png\n"
                                          ",p/b_pred.png\n"
                                          ",\n",
                                          NULL);
  g_assert_cmpuint(inventory->entries->len, ==, 2);
  g_assert_cmpstr(entry_at(inventory, 0)->id, ==, "a");
  g_assert_cmpstr(entry_at(inventory, 1)->id, ==, "b");
  g_assert_cmpuint(inventory->notices->len, ==, 1);
}

static void
test_synonyms(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = load(&folder,
                                          "name,id,mask,label,pred\n"
                                          "other,a,a.png,car,b.png\n",
                                          &error);
  g_assert_no_error(error);
  g_assert_cmpstr(entry_at(inventory, 0)->id, ==, "a");
  assert_path(&folder, entry_at(inventory, 0)->actual, "a.png");
}

/* Weak names do not matter where there is a strong one. */
static void
test_weak_names(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory =
      load(&folder, "name,key,case,id,label,target,mask,pred\nq,r,s,a,x,y,a.png,b.png\n", &error);
  g_assert_no_error(error);
  g_assert_cmpstr(entry_at(inventory, 0)->id, ==, "a");
  assert_path(&folder, entry_at(inventory, 0)->actual, "a.png");
}

/* Labels instead of paths: handed over to the reader of label tables. */
static void
test_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory =
      load(&folder, "example,actual,predicted\ns1,Happy;Fast,Happy\n", &error);
  g_assert_no_error(error);
  g_assert_nonnull(inventory->labels);
  g_assert_cmpuint(inventory->readings->len, ==, 2);
  g_assert_null(entry_at(inventory, 0)->actual);
  g_autoptr(MsInventory) masks = load(&folder, "id,mask,pred\na,a.png,b.png\n", NULL);
  g_assert_null(masks->labels);
  g_assert_null(masks->readings);
}

/* A few labels that look like paths are no masks, unless they are there. */
static void
test_labels_like_paths(void)
{
  static const char lists[] =
      "example,actual,predicted\ns1,Rock,Rock\ns2,Hip-Hop/Rap,Rock\ns3,No.1,Jazz\n";
  static const char halves[] = "example,actual,predicted\ns1,Rock,m/a\n";
  static const char most[] = "example,actual,predicted\ns1,Rock,m/a\ns2,m/b,NA\n";
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) labels = load(&folder, lists, &error);
  g_assert_no_error(error);
  g_assert_nonnull(labels->labels);
  g_autoptr(MsInventory) half = load(&folder, halves, NULL);
  g_assert_nonnull(half->labels);
  g_autoptr(MsInventory) masks = load(&folder, most, NULL);
  g_assert_null(masks->labels);
  test_touch(&folder, "m/a");
  g_autoptr(MsInventory) there = load(&folder, halves, NULL);
  g_assert_null(there->labels);
}

static void
test_order_of_splits(void)
{
  static const char *const order[] = {"Training", "train2017", "val",      "TEST",
                                      "fold 2",   "fold 10",   "fold 10a", "odd"};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      load(&folder,
           "id,mask,pred,split\na,a.png,b.png,odd\nb,a.png,b.png,fold 10a\nc,a.png,b.png,fold 10\n"
           "d,a.png,b.png,fold 2\ne,a.png,b.png,TEST\nf,a.png,b.png,train2017\n"
           "g,a.png,b.png,val\nh,a.png,b.png,Training\n",
           NULL);
  g_autoptr(GPtrArray) splits = ms_inventory_splits(inventory);
  g_assert_cmpuint(splits->len, ==, G_N_ELEMENTS(order));
  for (guint i = 0; i < splits->len; i++)
    g_assert_cmpstr(g_ptr_array_index(splits, i), ==, order[i]);
}

static void
test_errors(void)
{
  static const struct {
    const char *text;
    GQuark (*domain)(void);
    int code;
    const char *part;
  } cases[] = {
      {"id,mask,pred\na,a.png,b.png\nb,c.png,d.png\na,e.png,f.png\n", ms_io_error_quark,
       MS_IO_ERROR_PARSE, "example a stands on line 2 and on line 4"},
      {"id,mask,gt,pred\na,b.png,c.png,d.png\n", ms_io_error_quark, MS_IO_ERROR_PARSE,
       "mask and gt mean the same"},
      {"id,mask,pred,prediction\na,b.png,c.png,d.png\n", ms_io_error_quark, MS_IO_ERROR_PARSE,
       "predicted:NAME"},
      {"id,mask\na,b.png\n", ms_set_error_quark, MS_SET_ERROR_LAYOUT, "no column predicted"},
      {"id,pred\na,b.png\n", ms_set_error_quark, MS_SET_ERROR_LAYOUT, "no column actual"},
      {"id,mask,pred\n", ms_set_error_quark, MS_SET_ERROR_EMPTY, "names no example"},
      {"id,happy,sad\ns1,0,1\ns2,1,1\n", ms_set_error_quark, MS_SET_ERROR_LAYOUT,
       "does not say which labels are actual"},
      {"id,kind\ns1,x\n", ms_set_error_quark, MS_SET_ERROR_LAYOUT, "no column actual"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(load(&folder, cases[i].text, &error));
    g_assert_error(error, cases[i].domain(), cases[i].code);
    g_assert_nonnull(strstr(error->message, cases[i].part));
    g_assert_nonnull(strstr(error->message, "set.csv"));
  }
}

static void
test_splits_file(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      load(&folder, "id,mask,pred\na,a.png,b.png\nb,c.png,d.png\n", NULL);
  static const char text[] = "id,kind,split,group\na.png,x,Validation,g\nzz,y,train,\n";
  g_autofree char *path = test_file(&folder, "splits.csv", text, strlen(text));
  g_autoptr(GError) error = NULL;
  g_assert_true(ms_inventory_read_splits(inventory, path, NULL, &error));
  g_assert_cmpstr(entry_at(inventory, 0)->split, ==, "Validation");
  g_assert_cmpstr(entry_at(inventory, 0)->group, ==, "g");
  g_assert_null(entry_at(inventory, 1)->split);
  g_assert_cmpuint(inventory->notices->len, ==, 1);
  const MsNotice *notice = g_ptr_array_index(inventory->notices, 0);
  g_assert_nonnull(strstr(notice->message, "line 3: there is no example zz"));

  g_assert_false(ms_inventory_choose(inventory, "train", NULL, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_CHOICE);
  g_clear_error(&error);
  g_assert_true(ms_inventory_choose(inventory, "val", NULL, &error));
  g_assert_cmpuint(inventory->entries->len, ==, 1);

  g_autoptr(GString) many = g_string_new("example,split\n");
  for (guint i = 0; i < 15; i++)
    g_string_append_printf(many, "z%u,val\n", i);
  g_autofree char *strangers = test_file(&folder, "many.csv", many->str, many->len);
  g_assert_true(ms_inventory_read_splits(inventory, strangers, NULL, &error));
  g_assert_cmpuint(inventory->notices->len, ==, 1 + 11);
  notice = g_ptr_array_index(inventory->notices, 11);
  g_assert_nonnull(strstr(notice->message, "5 more rows of examples that there are not"));

  static const char twice[] = "example,split\na,val\na,train\n";
  g_autofree char *wrong = test_file(&folder, "twice.csv", twice, strlen(twice));
  g_assert_false(ms_inventory_read_splits(inventory, wrong, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_assert_nonnull(strstr(error->message, "line 2 and on line 3"));
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/manifest/plain", test_plain);
  g_test_add_func("/manifest/models", test_models);
  g_test_add_func("/manifest/model-names", test_model_names);
  g_test_add_func("/manifest/dots", test_dots);
  g_test_add_func("/manifest/without-ids", test_without_ids);
  g_test_add_func("/manifest/synonyms", test_synonyms);
  g_test_add_func("/manifest/weak-names", test_weak_names);
  g_test_add_func("/manifest/labels", test_labels);
  g_test_add_func("/manifest/labels-like-paths", test_labels_like_paths);
  g_test_add_func("/manifest/order-of-splits", test_order_of_splits);
  g_test_add_func("/manifest/errors", test_errors);
  g_test_add_func("/manifest/splits-file", test_splits_file);
  return g_test_run();
}
