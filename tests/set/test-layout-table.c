/* SPDX-License-Identifier: MIT
 *
 * Every layout of the table on a small tree of empty files: only names matter. Each with what is
 * nearly one and is not.
 */
#include <unistd.h>

#include "set/layout.h"
#include "set/option-values.h"
#include "small-set.h"

/* --- what was recognised ---------------------------------------------------------------------- */

static char
mark_of(const char *path, int part, char mark)
{
  if (!path)
    return '-';
  return part == MS_PART_UNITED ? 'U' : mark;
}

/* "id@split#group:IAPP" of every entry: which files it has (image, actual, each model), '-' for
 * what lacks and U for a folder whose files are one mask. */
static char *
describe(const MsInventory *inventory)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    g_string_append_printf(text, "%s%s%s%s%s%s:%c%c", i ? " " : "", entry->id,
                           entry->split ? "@" : "", entry->split ? entry->split : "",
                           entry->group ? "#" : "", entry->group ? entry->group : "",
                           mark_of(entry->image, entry->image_part, 'I'),
                           mark_of(entry->actual, entry->actual_part, 'A'));
    for (guint j = 0; j < inventory->models->len; j++)
      g_string_append_c(text, mark_of(entry->predicted[j], entry->predicted_parts[j], 'P'));
  }
  return g_strdup(text->str);
}

static char *
model_names(const MsInventory *inventory)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    g_string_append_printf(text, "%s%s", i ? " " : "", model->name);
  }
  return g_strdup(text->str);
}

/* "@" stands for the set's own folder. */
static char *
layout_of(const MsInventory *inventory)
{
  g_autofree char *base = g_path_get_basename(inventory->path);
  g_auto(GStrv) parts = g_strsplit(inventory->layout, base, -1);
  return g_strjoinv("@", parts);
}

static void
check_inventory(MsInventory *inventory, const char *layout, const char *models, const char *entries)
{
  ms_inventory_finish(inventory);
  g_autofree char *names = model_names(inventory);
  g_autofree char *found = describe(inventory);
  g_autofree char *recognized = layout_of(inventory);
  g_assert_cmpstr(recognized, ==, layout);
  g_assert_cmpstr(names, ==, models);
  g_assert_cmpstr(found, ==, entries);
}

/* The inventory's paths begin with the folder's. */
static MsInventory *
check_in(TestFolder *folder, const char *files, const char *layout, const char *models,
         const char *entries)
{
  g_autoptr(GError) error = NULL;
  test_touch(folder, files);
  MsInventory *inventory = ms_layout_recognize_with(folder->path, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(inventory, layout, models, entries);
  return inventory;
}

static void
check_with_classes(const char *files, const char *layout, const char *models, const char *entries,
                   const char *classes)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory = check_in(&folder, files, layout, models, entries);
  g_assert_cmpstr(inventory->class_table, ==, classes);
}

static void
check(const char *files, const char *layout, const char *models, const char *entries)
{
  check_with_classes(files, layout, models, entries, NULL);
}

static gboolean
has_notice(const MsInventory *inventory, const char *path_end, const char *part)
{
  for (guint i = 0; i < inventory->notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(inventory->notices, i);
    if (notice->path && g_str_has_suffix(notice->path, path_end) && strstr(notice->message, part))
      return TRUE;
  }
  return FALSE;
}

static const char *
end_of(const TestFolder *folder, const char *path)
{
  g_assert_nonnull(path);
  g_assert_true(g_str_has_prefix(path, folder->path));
  return path + strlen(folder->path) + 1;
}

static const MsEntry *
entry_at(const MsInventory *inventory, guint index)
{
  g_assert_cmpuint(index, <, inventory->entries->len);
  return g_ptr_array_index(inventory->entries, index);
}

static void
check_refused(const char *files, const char *first_sentence)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  test_touch(&folder, files);
  g_assert_null(ms_layout_recognize_with(folder.path, NULL, NULL, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT);
  g_assert_nonnull(strstr(error->message, first_sentence));
  g_assert_nonnull(strstr(error->message, ". Name the folders one by one: --images"));
}

/* --- Cityscapes ------------------------------------------------------------------------------- */

#define IMAGES "leftImg8bit/val/munster/munster_000000_000019_leftImg8bit.png "
#define TRUTH  "gtFine/val/munster/munster_000000_000019_gtFine_"
#define IDS    TRUTH "labelIds.png "
#define FRAME  "munster_000000_000019"
#define ENTRY  "val/munster/munster_000000_000019@val"

static void
test_cityscapes(void)
{
  check_with_classes(IMAGES IDS "results/" FRAME "_anything.png",
                     "Cityscapes: leftImg8bit, gtFine, results", "results", ENTRY ":IAP",
                     "cityscapes");
  check_with_classes(IMAGES IDS "results/unet/val/munster/" FRAME "_pred.png "
                                "results/hr/munster/" FRAME ".png",
                     "Cityscapes: leftImg8bit, gtFine, hr, unet", "hr unet", ENTRY ":IAPP",
                     "cityscapes");
  check_with_classes(IDS "out_42/" FRAME "_leftImg8bit.png", "Cityscapes: gtFine, out_42", "out_42",
                     ENTRY ":-AP", "cityscapes");
  check_with_classes("gtCoarse/train/ulm/ulm_000000_000019_gtCoarse_labelIds.png "
                     "gtCoarse/train_extra/bonn/bonn_000001_000019_gtCoarse_labelIds.png "
                     "preds/ulm_000000_000019.png preds/bonn_000001_000019.png",
                     "Cityscapes: gtCoarse, preds", "preds",
                     "train/ulm/ulm_000000_000019@train:-AP "
                     "train_extra/bonn/bonn_000001_000019@train_extra:-AP",
                     "cityscapes");
}

static void
test_cityscapes_parts(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory = check_in(
      &folder,
      IMAGES IDS TRUTH "color.png " TRUTH "instanceIds.png " TRUTH "labelTrainIds.png " TRUTH
                       "polygons.json rightImg8bit/val/munster/" FRAME "_rightImg8bit.png "
                       "leftImg8bit/train_extra/bonn/bonn_000001_000019_leftImg8bit.png "
                       "gtCoarse/val/munster/" FRAME "_gtCoarse_labelIds.png "
                       "disparity/val/munster/" FRAME "_disparity.png "
                       "results/" FRAME "_pred.png",
      "Cityscapes: leftImg8bit, gtFine, results", "results", ENTRY ":IAP");
  g_assert_true(g_str_has_suffix(entry_at(inventory, 0)->actual, "_gtFine_labelIds.png"));
  g_assert_true(has_notice(inventory, "gtFine", "another form are left alone: 3"));
  g_assert_true(has_notice(inventory, "rightImg8bit", "left alone"));
  g_assert_true(has_notice(inventory, "gtCoarse", "left alone"));
  g_assert_true(has_notice(inventory, "disparity", "left alone"));
  g_assert_true(has_notice(inventory, "train_extra", "no actual masks of this split"));
}

static void
test_cityscapes_training_ids(void)
{
  g_auto(TestFolder) alone = test_folder_new();
  g_autoptr(MsInventory) only =
      check_in(&alone, TRUTH "labelTrainIds.png results/" FRAME "_pred.png",
               "Cityscapes: gtFine, results", "results", ENTRY ":-AP");
  g_assert_cmpstr(only->class_table, ==, "cityscapes-train");

  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder, IDS TRUTH "labelTrainIds.png results/" FRAME "_predTrainIds.png",
               "Cityscapes: gtFine, results", "results", ENTRY ":-AP");
  g_assert_true(g_str_has_suffix(entry_at(inventory, 0)->actual, "labelTrainIds.png"));
  g_assert_cmpstr(inventory->class_table, ==, "cityscapes-train");
}

/* The frame counts whole, and folders of that name alone are not enough. */
static void
test_cityscapes_near(void)
{
  check_with_classes(IDS "results/munster_000000_000019_a.png results/munster_000000_000190_a.png",
                     "Cityscapes: gtFine, results", "results",
                     "munster_000000_000190_a:--P " ENTRY ":-AP", "cityscapes");
  check("gtFine/val/a.png results/val/a.png", "gtFine, results", "results", "val/a@val:-AP");
}

/* --- Pascal VOC, DAVIS ------------------------------------------------------------------------ */

static void
test_voc(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "ImageSets/Segmentation/train.txt", "2007_000032\r\n");
  test_text(&folder, "ImageSets/Segmentation/val.txt", "2007_000033\n2007_000042");
  test_text(&folder, "ImageSets/Segmentation/trainval.txt", "2007_000032\n2007_000033\n");
  g_autoptr(MsInventory) inventory = check_in(
      &folder,
      "Annotations/2007_000032.xml JPEGImages/2007_000032.jpg JPEGImages/2007_000033.jpg "
      "JPEGImages/2007_000042.jpg JPEGImages/2009_000001.jpg SegmentationClass/2007_000032.png "
      "SegmentationClass/2007_000033.png SegmentationObject/2007_000033.png preds/2007_000033.png",
      "Pascal VOC: JPEGImages, SegmentationClass, preds", "preds",
      "2007_000032@train:IA- 2007_000033@val:IAP 2007_000042@val:I--");
  g_assert_cmpstr(inventory->class_table, ==, "voc");
  g_assert_true(
      has_notice(inventory, "JPEGImages", "in no list of this set are left alone, such as"));
  g_assert_true(has_notice(inventory, "SegmentationObject", "left alone"));
}

static void
test_voc_places(void)
{
  check("VOC2012/JPEGImages/a.jpg VOC2012/SegmentationClass/a.png "
        "results/VOC2012/Segmentation/comp6_val_cls/a.png",
        "Pascal VOC: JPEGImages, SegmentationClass, comp6_val_cls",
        "VOC2012-Segmentation-comp6_val_cls", "a:IAP");
  check_with_classes("JPEGImages/000032.jpg SegmentationClass/000032.png u/000032.png",
                     "Pascal VOC: JPEGImages, SegmentationClass, u", "u", "000032:IAP", "voc");
  /* Names of one's own: the classes are not known. */
  check("JPEGImages/a.jpg SegmentationClass/a.png u/a.png",
        "Pascal VOC: JPEGImages, SegmentationClass, u", "u", "a:IAP");
  check("JPEGImages/2007_000033_x.jpg SegmentationClass/2007_000033_x.png u/2007_000033_x.png",
        "Pascal VOC: JPEGImages, SegmentationClass, u", "u", "2007_000033_x:IAP");
  /* Without its images it is not the challenge's. */
  check("SegmentationClass/a.png preds/a.png", "SegmentationClass, preds", "preds", "a:-AP");
}

static void
test_labelme(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder,
               "class_names.txt JPEGImages/000001.jpg SegmentationClass/000001.png "
               "SegmentationClassNpy/000001.npy SegmentationClassVisualization/000001.jpg "
               "preds/000001.png",
               "Pascal VOC: JPEGImages, SegmentationClass, preds", "preds", "000001:IAP");
  g_assert_null(inventory->class_table);
  g_assert_cmpstr(inventory->class_folder, ==, folder.path);
  g_assert_true(has_notice(inventory, "SegmentationClassNpy", "twin"));
  g_assert_true(has_notice(inventory, "SegmentationClassVisualization", "twin"));

  g_auto(TestFolder) older = test_folder_new();
  g_autoptr(MsInventory) arrays = check_in(
      &older, "JPEGImages/a.jpg SegmentationClass/a.npy SegmentationClassPNG/a.png preds/a.png",
      "Pascal VOC: JPEGImages, SegmentationClassPNG, preds", "preds", "a:IAP");
  g_assert_true(has_notice(arrays, "SegmentationClass", "twin"));
}

static void
test_davis(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "ImageSets/2017/train.txt", "bear\n");
  test_text(&folder, "ImageSets/2017/val.txt", "cows\n");
  g_autoptr(MsInventory) inventory = check_in(
      &folder,
      "JPEGImages/480p/bear/00000.jpg JPEGImages/480p/cows/00001.jpg "
      "JPEGImages/Full-Resolution/bear/00000.jpg "
      "Annotations/480p/bear/00000.png Annotations/480p/cows/00001.png "
      "results/stm/bear/00000.png results/stm/cows/00001.png results/480p/osvos/bear/00000.png",
      "DAVIS: JPEGImages, Annotations, osvos, stm", "osvos stm",
      "bear/00000@train#bear:IAPP cows/00001@val#cows:IA-P");
  g_assert_true(has_notice(inventory, "Full-Resolution", "resolution"));
}

/* Frames of equal names in folders are sequences; others are not. */
static void
test_sequences(void)
{
  check("JPEGImages/a/00000.jpg JPEGImages/b/00000.jpg Annotations/a/00000.png "
        "Annotations/b/00000.png unet/a/00000.png unet/b/00000.png hr/a/00000.png hr/b/00000.png",
        "JPEGImages, Annotations, hr, unet", "hr unet", "a/00000#a:IAPP b/00000#b:IAPP");
  check("masks/val/x/f_1.png masks/val/y/f_1.png preds/val/x/f_1.png preds/val/y/f_1.png",
        "masks, preds", "preds", "val/x/f_1@val#val/x:-AP val/y/f_1@val#val/y:-AP");
  check("masks/x/1.png masks/y/2.png preds/x/1.png preds/y/2.png", "masks, preds", "preds",
        "x/1:-AP y/2:-AP");
  check("masks/x/cat.png masks/y/cat.png preds/x/cat.png preds/y/cat.png", "masks, preds", "preds",
        "x/cat:-AP y/cat:-AP");
  /* Each clip with folders of its own. */
  check("c1/frames/1.jpg c1/masks/1.png c1/preds/1.png c2/frames/1.jpg c2/masks/1.png",
        "frames, masks, preds", "preds", "c1/1#c1:IAP c2/1#c2:IA-");
  check("val/c1/frames/1.jpg val/c1/masks/1.png val/c1/preds/u/1.png val/c2/masks/1.png "
        "test/c1/masks/1.png preds/u/val/c2/1.png",
        "frames, masks, u", "u",
        "test/c1/1@test#test/c1:-A- val/c1/1@val#val/c1:IAP val/c2/1@val#val/c2:-AP");
  check("c1/1.jpg c1/1_mask.png c1/1_pred.png c2/1.jpg c2/1_mask.png c2/1_pred.png",
        "told apart by suffixes: @", "pred", "c1/1#c1:IAP c2/1#c2:IAP");
  check("masks/train/1.png masks/val/1.png preds/train/1.png preds/val/1.png", "masks, preds",
        "preds", "train/1@train:-AP val/1@val:-AP");
}

/* --- ADE20K, nnU-Net, mmsegmentation ---------------------------------------------------------- */

static void
test_ade20k(void)
{
  check_with_classes(
      "images/training/ADE_train_00000001.jpg images/validation/ADE_val_00000001.jpg "
      "annotations/training/ADE_train_00000001.png "
      "annotations/validation/ADE_val_00000001.png preds/ADE_val_00000001.png",
      "ADE20K: images, annotations, preds", "preds",
      "training/ADE_train_00000001@train:IA- validation/ADE_val_00000001@val:IAP", "ade20k");
  check("images/validation/a.jpg annotations/validation/a.png preds/a.png",
        "images, annotations, preds", "preds", "validation/a@val:IAP");
}

static void
test_nnunet(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder,
               "dataset.json imagesTr/BRATS_001_0000.nii.gz imagesTr/BRATS_001_0001.nii.gz "
               "labelsTr/BRATS_001.nii.gz imagesTs/BRATS_002_0000.nii.gz labelsTs/BRATS_002.nii.gz "
               "predTs/BRATS_002.nii.gz fold_0/validation/BRATS_001.nii.gz",
               "nnU-Net: imagesTr, labelsTr, predTs", "predTs",
               "test/BRATS_002@test:IAP train/BRATS_001@train:IA-");
  g_assert_true(has_notice(inventory, "imagesTr", "1 files"));
  g_assert_true(has_notice(inventory, "fold_0", "left alone"));
  g_assert_cmpstr(end_of(&folder, entry_at(inventory, 1)->image), ==,
                  "imagesTr/BRATS_001_0000.nii.gz");

  check("imagesTr/a_0000.png labelsTr/a.png fold_0/validation/a.png",
        "nnU-Net: imagesTr, labelsTr, validation", "fold_0-validation", "train/a@train:IAP");
  /* Frames of a film: the number is no channel's where masks have it too, elsewhere. */
  check("images/a_0000.png images/a_0001.png masks/a_0000.png masks/a_0001.png preds/a_0001.png",
        "images, masks, preds", "preds", "a_0000:IA- a_0001:IAP");
  g_auto(TestFolder) unlabelled = test_folder_new();
  g_autoptr(MsInventory) test = check_in(
      &unlabelled, "imagesTr/a_0000.png labelsTr/a.png imagesTs/b_0000.png out/a.png out/b.png",
      "nnU-Net: imagesTr, labelsTr, out", "out", "b:--P train/a@train:IAP");
  g_assert_true(has_notice(test, "imagesTs", "no actual masks"));
}

static void
test_mmsegmentation(void)
{
  check("img_dir/train/a.jpg img_dir/val/b.jpg ann_dir/train/a.png ann_dir/val/b.png work/b.png",
        "mmsegmentation: img_dir, ann_dir, work", "work", "train/a@train:IA- val/b@val:IAP");
  check("img_dir/a.jpg masks/a.png preds/a.png", "img_dir, masks, preds", "preds", "a:IAP");
}

/* --- ISIC, CamVid, Carvana -------------------------------------------------------------------- */

static void
test_isic(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder,
               "ISIC-2017_Training_Data/ISIC_0000000.jpg "
               "ISIC-2017_Training_Data/ISIC_0000000_superpixels.png "
               "ISIC-2017_Training_Part1_GroundTruth/ISIC_0000000_segmentation.png "
               "ISIC-2017_Validation_Data/ISIC_0000003.jpg "
               "ISIC-2017_Validation_Part1_GroundTruth/ISIC_0000003_segmentation.png "
               "ISIC2018_Task2_Training_GroundTruth/ISIC_0000000_attribute_globules.png "
               "predictions/ISIC_0000000.png predictions/ISIC_0000003_segmentation.png",
               "ISIC: ISIC-2017_Training_Data, ISIC-2017_Training_Part1_GroundTruth, predictions",
               "predictions", "Training/ISIC_0000000@train:IAP Validation/ISIC_0000003@val:IAP");
  g_assert_true(has_notice(inventory, "ISIC-2017_Training_Data", "superpixels"));
  g_assert_true(has_notice(inventory, "ISIC2018_Task2_Training_GroundTruth", "another task"));
  /* All in one folder. */
  check("data/ISIC_1.jpg data/ISIC_1_Segmentation.png data/ISIC_1_superpixels.png preds/ISIC_1.png",
        "told apart by suffixes: data, preds", "preds", "ISIC_1:IAP");
}

static void
test_camvid(void)
{
  check("class_dict.csv train/0001TP_1.png train_labels/0001TP_1_L.png val/0001TP_2.png "
        "val_labels/0001TP_2_L.png val_pred/0001TP_2_L.png",
        "CamVid: train, train_labels, val_pred", "pred",
        "train/0001TP_1@train:IA- val/0001TP_2@val:IAP");
  check("701_StillsRaw_full/0001TP_1.png LabeledApproved_full/0001TP_1_L.png out/0001TP_1.png",
        "CamVid: 701_StillsRaw_full, LabeledApproved_full, out", "out", "0001TP_1:IAP");
}

static void
test_camvid_segnet(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory = check_in(
      &folder,
      "train/0001TP_1.png trainannot/0001TP_1.png test/0001TP_2.png testannot/0001TP_2.png "
      "train_pred_rf/0001TP_1.png test_pred_rf/0001TP_2.png test_conf_rf/0001TP_2.png "
      "predictions/0.png predictions_indexed/0001TP_2.png",
      "CamVid: test, testannot, test_pred_rf, predictions_indexed", "pred_rf predictions_indexed",
      "test/0001TP_2@test:IAPP train/0001TP_1@train:IAP-");
  g_assert_cmpstr(inventory->class_table, ==, "camvid");
  g_assert_true(has_notice(inventory, "test_conf_rf", "left alone"));
  g_assert_true(has_notice(inventory, "predictions", "left alone"));
  check("train/a.png trainannot/a.png preds/a.png", "CamVid: train, trainannot, preds", "preds",
        "train/a@train:IAP");
}

static void
test_carvana(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder, "train/x_01.jpg train_masks/x_01_mask.gif test/y_01.jpg preds/x_01.png",
               "Carvana: train, train_masks, preds", "preds", "train/x_01@train:IAP");
  g_assert_true(has_notice(inventory, "test", "no actual masks of this split"));
}

static void
test_beside(void)
{
  check("train_images/a.jpg train_masks/a.png val_images/b.jpg val_masks/b.png train_preds/a.png "
        "val_preds/b.png",
        "train_images, train_masks, train_preds", "preds", "train/a@train:IAP val/b@val:IAP");
  check("images/a.jpg masks_val/a.png pred_val/a.png", "images, masks_val, pred_val", "pred",
        "val/a@val:IAP");
  /* An id that two splits have is nobody's. */
  check("train/a.jpg train_masks/a.png val/a.jpg val_masks/a.png val/b.jpg val_masks/b.png "
        "unet/a.png unet/b.png",
        "train, train_masks, unet", "unet", "a:--P train/a@train:IA- val/a@val:IA- val/b@val:IAP");
  check_refused("trainer/a.png validator/a.png", "no folder that is named like actual masks");
}

/* --- one folder an example -------------------------------------------------------------------- */

static void
test_examples(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder,
               "q/images/q.png q/masks/0.png q/masks/1.png q/predictions/0.png q/predictions/1.png "
               "r/images/r.png r/masks/0.png r/predictions/0.png",
               "one folder an example: @", "predictions", "q:IUU r:IAP");
  g_assert_cmpstr(end_of(&folder, entry_at(inventory, 0)->actual), ==, "q/masks");
  g_assert_cmpstr(end_of(&folder, entry_at(inventory, 1)->actual), ==, "r/masks/0.png");
}

static void
test_example_models(void)
{
  /* Predictions by models, with the examples or beside them. */
  check("q/images/q.png q/masks/0.png q/masks/1.png q/pred_unet/0.png q/predictions/hr/0.png",
        "one folder an example: @", "pred_unet hr", "q:IUPP");
  check("q/images/q.png q/masks/0.png r/images/r.png r/masks/0.png unet/q.png hr/r/masks/0.png "
        "hr/r/masks/1.png",
        "one folder an example: @, hr, unet", "hr unet", "q:IA-P r:IAU-");
  check("stage1_train/q/images/q.png stage1_train/q/masks/0.png preds/q.png preds/r.png",
        "one folder an example: stage1_train, preds", "preds", "q:IAP r:--P");
  check("train/q/images/q.png train/q/masks/0.png val/r/images/r.png val/r/masks/0.png "
        "preds/q.png preds/val/r.png",
        "one folder an example: train, preds", "preds", "train/q@train:IAP val/r@val:IAP");
  check("q/image.png q/mask.png q/pred.png q/pred_unet.png r/image.png r/mask.png r/unet_pred.png",
        "one folder an example: @", "pred unet", "q:IAPP r:IA-P");
  check("q/q.png q/masks/0.png q/masks/1.png preds/q.png", "one folder an example: @, preds",
        "preds", "q:IUP");
}

static void
test_example_alone(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  test_touch(&folder, "semantic/ref.nii.gz semantic/pred.nii.gz");
  g_autofree char *path = test_path(&folder, "semantic");
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(path, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(inventory, "one folder an example: @", "pred", "semantic:-AP");
}

/* Splits with one example each, and arrays of labels, are none. */
static void
test_examples_near(void)
{
  check("train/images/a.jpg train/masks/a.png train/preds/a.png val/images/b.jpg val/masks/b.png "
        "val/preds/b.png",
        "images, masks, preds", "preds", "train/a@train:IAP val/b@val:IAP");
  check("u/images/a.jpg u/masks/a_mask.png u/preds/a.png", "images, masks, preds", "preds",
        "a:IAP");
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  test_touch(&folder, "actual.npy pred.npy");
  g_assert_null(ms_layout_recognize_with(folder.path, NULL, NULL, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY);
}

static void
test_examples_few(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder, "images/a.jpg masks/a.png preds/a.png extra/image.png extra/mask.png",
               "images, masks, preds", "preds", "a:IAP");
  g_assert_true(has_notice(inventory, "extra", "left alone"));
}

/* --- one folder, by suffixes ------------------------------------------------------------------ */

static void
test_suffixes(void)
{
  check("a.jpg a_mask.png a_pred.png a_pred_unet.png b.jpg b_mask.png b_unet_pred.png",
        "told apart by suffixes: @", "pred unet", "a:IAPP b:IA-P");
  check("a_image.png a_gt.png a_pred_mask.png a_color.png", "told apart by suffixes: @", "pred",
        "a:IAP");
  check("a.png a-mask.png a.unet.png a.hr.png", "told apart by suffixes: @", "hr unet", "a:IAPP");
  check("train/a.jpg train/a_mask.png val/b.jpg val/b_mask.png unet/train/a.png unet/val/b.png",
        "told apart by suffixes: @, unet", "unet", "train/a@train:IAP val/b@val:IAP");
  check("x/a_sat.jpg x/a_mask.png x/a_pred.png x/b_sat.jpg x/c_pred.png",
        "told apart by suffixes: x", "pred", "a:IAP b:I-- c:--P");
  /* Whole ids: 1 is not 10, and the longer name goes first. */
  check("1.jpg 1_mask.png 10.jpg 10_mask.png 10_pred.png 1_2.jpg 1_2_mask.png 1_2_pred.png",
        "told apart by suffixes: @", "pred", "1:IA- 10:IAP 1_2:IAP");
}

static void
test_suffixes_by_ending(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory = check_in(&folder, "a.jpg a.png a_pred.png b.jpg b.png",
                                              "told apart by suffixes: @", "pred", "a:IAP b:IA-");
  g_assert_true(has_notice(inventory, "", "No name says mask"));
  g_assert_cmpstr(end_of(&folder, entry_at(inventory, 0)->actual), ==, "a.png");
}

static void
test_suffixes_near(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder, "a.jpg a_mask.png a_pred.png a_v2.png a_notes.png",
               "told apart by suffixes: @", "pred", "a:IAP");
  g_assert_true(has_notice(inventory, "", "tells no role are left alone: 2, such as a_notes.png"));
  check("masks/a.png masks/a_mask.png preds/a.png preds/a_mask.png", "masks, preds", "preds",
        "a:-AP a_mask:-AP");
  check_refused("x/a_mask.png y/b_pred.png", "no folder that is named like actual masks");
}

/* --- models ----------------------------------------------------------------------------------- */

static void
test_models(void)
{
  check("A/x.png label/x.png predict_A/x.png predict_B/x.png", "A, label, predict_A, predict_B",
        "predict_A predict_B", "x:IAPP");
  check("images/x.jpg masks/x.png results/u/x.png results/v/x.png", "images, masks, u, v", "u v",
        "x:IAPP");
  check("masks/x.png preds/u/run1/x.png preds/u/run2/x.png", "masks, run1, run2", "u-run1 u-run2",
        "x:-APP");
  check("masks/x.png preds/u/x.png outputs/u/x.png", "masks, u, u", "outputs-u preds-u", "x:-APP");
  check("masks/x.png preds/x/x.png", "masks, preds", "preds", "x:-AP");
  check("masks/val/x.png preds/x.png", "masks, preds", "preds", "val/x@val:-AP");
  check("masks/val/x.png images/x.jpg preds/x.png", "images, masks, preds", "preds",
        "val/x@val:IAP");
}

/* What lies in a model's folder without an actual mask is an example where masks could lie so. */
static void
test_model_folders(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder, "masks/a.png preds/a.png preds/b.png preds/logs/curve.png", "masks, preds",
               "preds", "a:-AP b:--P");
  g_assert_true(has_notice(inventory, "preds/logs", "left alone"));
  check("masks/val/a.png masks/val/x/b.png preds/val/a.png preds/val/x/c.png", "masks, preds",
        "preds", "val/a@val:-AP val/x/b@val:-A- val/x/c@val:--P");
}

/* Folders that nothing is known of but their files' names. */
static void
test_unknown_models(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder,
               "images/x.jpg masks/x.png unet/x.png hr/x.png depth/x.png notes/y.png "
               "instances16/x.png",
               "images, masks, hr, unet", "hr unet", "x:IAPP");
  g_assert_true(has_notice(inventory, "unet", "Taken for a model's masks"));
  g_assert_true(has_notice(inventory, "depth", "left alone"));
  g_assert_true(has_notice(inventory, "notes", "left alone"));
  g_assert_true(has_notice(inventory, "instances16", "left alone"));

  g_auto(TestFolder) named = test_folder_new();
  g_autoptr(MsInventory) other = check_in(&named, "images/x.jpg masks/x.png preds/x.png unet/x.png",
                                          "images, masks, preds", "preds", "x:IAP");
  g_assert_true(has_notice(other, "unet", "left alone"));
  check("masks/x.png unet/masks/x.png", "masks, masks", "unet-masks", "x:-AP");
  check_refused("images/x.jpg masks/x.png notes/y.png", "has actual masks, but no predicted ones");
}

static void
test_images_of_two(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder, "images/x.jpg photos/x.jpg masks/x.png preds/x.png", "masks, preds",
               "preds", "x:-AP");
  g_assert_true(has_notice(inventory, "images", "could both hold the images"));
}

static void
test_wrapped(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsInventory) inventory =
      check_in(&folder, "readme.txt set-main/data/masks/x.png set-main/data/preds/x.png",
               "masks, preds", "preds", "x:-AP");
  g_assert_true(g_str_has_suffix(inventory->class_folder, "/set-main/data"));
  g_assert_cmpstr(inventory->path, ==, folder.path);
}

/* --- predictions from elsewhere --------------------------------------------------------------- */

static MsInventory *
recognize_with(const TestFolder *folder, const char *set, const char *name, const char *predicted,
               GError **error)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *path = test_path(folder, set);
  g_autofree char *elsewhere = test_path(folder, predicted);
  ms_options_add_predicted(options, name, elsewhere);
  return ms_layout_recognize_with(path, options->predicted, NULL, error);
}

static void
check_with(const char *files, const char *name, const char *layout, const char *models,
           const char *entries)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  test_touch(&folder, files);
  g_autoptr(MsInventory) inventory = recognize_with(&folder, "set", name, "mine", &error);
  g_assert_no_error(error);
  check_inventory(inventory, layout, models, entries);
}

static void
test_given(void)
{
  check_with("set/gtFine/val/munster/" FRAME "_gtFine_labelIds.png set/results/" FRAME ".png "
             "mine/" FRAME "_x.png",
             NULL, "Cityscapes: gtFine, mine", "mine", ENTRY ":-AP");
  check_with("set/images/a.jpg set/masks/a.png mine/u/a.png mine/v/a.png", NULL,
             "images, masks, u, v", "u v", "a:IAPP");
  check_with("set/images/a.jpg set/masks/a.png mine/a_pred.png", "unet", "images, masks, mine",
             "unet", "a:IAP");
  check_with("set/q/images/q.png set/q/masks/0.png set/q/masks/1.png mine/q.png", NULL,
             "one folder an example: @, mine", "mine", "q:IUP");
  check_with("set/q/images/q.png set/q/masks/0.png mine/q/0.png mine/q/1.png", "unet",
             "one folder an example: @, mine", "unet", "q:IAU");
  check_with("set/a.jpg set/a_mask.png set/a_pred.png mine/a.png", NULL,
             "told apart by suffixes: @, mine", "mine", "a:IAP");
  /* What is given is a model's, whatever it holds. */
  check_with("set/masks/a.png mine/b.png", NULL, "masks, mine", "mine", "a:-A- b:--P");

  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GError) error = NULL;
  test_touch(&folder, "set/masks/a.png");
  g_assert_null(recognize_with(&folder, "set", NULL, "missing", &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND);
}

/* --- links and size --------------------------------------------------------------------------- */

static void
link_in(const TestFolder *folder, const char *target, const char *name)
{
  g_autofree char *path = test_path(folder, name);
  g_autofree char *parent = g_path_get_dirname(path);
  g_assert_cmpint(g_mkdir_with_parents(parent, 0777), ==, 0);
  g_assert_cmpint(symlink(target, path), ==, 0);
}

static void
test_links(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = test_path(&folder, "set");
  g_autoptr(GError) error = NULL;
  test_touch(&folder, "store/images/a.jpg store/masks/a.png set/preds/a.png");
  link_in(&folder, "../store/images", "set/images");
  link_in(&folder, "../store/masks", "set/masks");
  link_in(&folder, "/", "set/preds/root");
  link_in(&folder, "../..", "set/preds/up");
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(set, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(inventory, "images, masks, preds", "preds", "a:IAP");
  g_assert_true(has_notice(inventory, "preds/root", "leads back"));
  g_assert_true(has_notice(inventory, "preds/up", "leads back"));
}

/* A link behind a link behind a link is one too many. */
static void
test_link_chain(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = test_path(&folder, "set");
  g_autofree char *outside = test_path(&folder, "d");
  g_autoptr(GError) error = NULL;
  test_touch(&folder, "a/1.png b/2.png c/3.png d/4.png set/preds/0.png set/masks/0.png");
  link_in(&folder, "../../b", "a/l");
  link_in(&folder, outside, "b/l");
  g_autofree char *first = test_path(&folder, "a");
  g_autofree char *second = test_path(&folder, "b");
  g_autofree char *link = test_path(&folder, "a/l");
  g_assert_cmpint(g_remove(link), ==, 0);
  g_assert_cmpint(symlink(second, link), ==, 0);
  link_in(&folder, first, "set/masks/l");
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(set, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(inventory, "masks, preds", "preds", "0:-AP l/1:-A- l/l/2:-A-");
  g_assert_true(has_notice(inventory, "masks/l/l/l", "behind two others"));
}

/* Few enough for a test; what it took is told. */
static void
test_many(void)
{
  enum { N = 20000 };
  g_auto(TestFolder) folder = test_folder_new();
  static const char *const forms[] = {"images/%05u.jpg", "masks/%05u_mask.png", "preds/%05u.png"};
  g_autoptr(GError) error = NULL;
  test_touch(&folder, "images/x masks/x preds/x");
  for (guint i = 0; i < N; i++)
    for (gsize j = 0; j < G_N_ELEMENTS(forms); j++) {
      g_autofree char *number = g_strdup_printf("%05u", i);
      g_auto(GStrv) parts = g_strsplit(forms[j], "%05u", -1);
      g_autofree char *name = g_strjoinv(number, parts);
      g_autofree char *path = test_path(&folder, name);
      FILE *file = fopen(path, "w");
      g_assert_nonnull(file);
      fclose(file);
    }
  g_test_timer_start();
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, &error);
  g_assert_no_error(error);
  g_test_message("%d files listed and paired in %.2f s", 3 * N, g_test_timer_elapsed());
  g_assert_cmpuint(inventory->entries->len, ==, N);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/layout-table/cityscapes", test_cityscapes);
  g_test_add_func("/layout-table/cityscapes-parts", test_cityscapes_parts);
  g_test_add_func("/layout-table/cityscapes-training-ids", test_cityscapes_training_ids);
  g_test_add_func("/layout-table/cityscapes-near", test_cityscapes_near);
  g_test_add_func("/layout-table/voc", test_voc);
  g_test_add_func("/layout-table/voc-places", test_voc_places);
  g_test_add_func("/layout-table/labelme", test_labelme);
  g_test_add_func("/layout-table/davis", test_davis);
  g_test_add_func("/layout-table/sequences", test_sequences);
  g_test_add_func("/layout-table/ade20k", test_ade20k);
  g_test_add_func("/layout-table/nnunet", test_nnunet);
  g_test_add_func("/layout-table/mmsegmentation", test_mmsegmentation);
  g_test_add_func("/layout-table/isic", test_isic);
  g_test_add_func("/layout-table/camvid", test_camvid);
  g_test_add_func("/layout-table/camvid-segnet", test_camvid_segnet);
  g_test_add_func("/layout-table/carvana", test_carvana);
  g_test_add_func("/layout-table/beside", test_beside);
  g_test_add_func("/layout-table/examples", test_examples);
  g_test_add_func("/layout-table/example-models", test_example_models);
  g_test_add_func("/layout-table/example-alone", test_example_alone);
  g_test_add_func("/layout-table/examples-near", test_examples_near);
  g_test_add_func("/layout-table/examples-few", test_examples_few);
  g_test_add_func("/layout-table/suffixes", test_suffixes);
  g_test_add_func("/layout-table/suffixes-by-ending", test_suffixes_by_ending);
  g_test_add_func("/layout-table/suffixes-near", test_suffixes_near);
  g_test_add_func("/layout-table/models", test_models);
  g_test_add_func("/layout-table/model-folders", test_model_folders);
  g_test_add_func("/layout-table/unknown-models", test_unknown_models);
  g_test_add_func("/layout-table/images-of-two", test_images_of_two);
  g_test_add_func("/layout-table/wrapped", test_wrapped);
  g_test_add_func("/layout-table/given", test_given);
  g_test_add_func("/layout-table/links", test_links);
  g_test_add_func("/layout-table/link-chain", test_link_chain);
  g_test_add_func("/layout-table/many", test_many);
  return g_test_run();
}
