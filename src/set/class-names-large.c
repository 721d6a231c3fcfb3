/* SPDX-License-Identifier: MIT
 *
 * ADE20K's 150 classes of the scene parsing benchmark, each by the first of its names, and COCO's
 * categories.
 */
#include "set/class-names.h"

#define NAME(id, name)                                                                             \
  {                                                                                                \
    id, name, MS_NO_COLOR                                                                          \
  }

/* clang-format off */
const MsNamedClass ms_ade20k_classes[150] = {
    NAME(1, "wall"), NAME(2, "building"), NAME(3, "sky"), NAME(4, "floor"), NAME(5, "tree"),
    NAME(6, "ceiling"), NAME(7, "road"), NAME(8, "bed"), NAME(9, "windowpane"), NAME(10, "grass"),
    NAME(11, "cabinet"), NAME(12, "sidewalk"), NAME(13, "person"), NAME(14, "earth"),
    NAME(15, "door"), NAME(16, "table"), NAME(17, "mountain"), NAME(18, "plant"),
    NAME(19, "curtain"), NAME(20, "chair"), NAME(21, "car"), NAME(22, "water"),
    NAME(23, "painting"), NAME(24, "sofa"), NAME(25, "shelf"), NAME(26, "house"), NAME(27, "sea"),
    NAME(28, "mirror"), NAME(29, "rug"), NAME(30, "field"), NAME(31, "armchair"), NAME(32, "seat"),
    NAME(33, "fence"), NAME(34, "desk"), NAME(35, "rock"), NAME(36, "wardrobe"), NAME(37, "lamp"),
    NAME(38, "bathtub"), NAME(39, "railing"), NAME(40, "cushion"), NAME(41, "base"),
    NAME(42, "box"), NAME(43, "column"), NAME(44, "signboard"), NAME(45, "chest of drawers"),
    NAME(46, "counter"), NAME(47, "sand"), NAME(48, "sink"), NAME(49, "skyscraper"),
    NAME(50, "fireplace"), NAME(51, "refrigerator"), NAME(52, "grandstand"), NAME(53, "path"),
    NAME(54, "stairs"), NAME(55, "runway"), NAME(56, "case"), NAME(57, "pool table"),
    NAME(58, "pillow"), NAME(59, "screen door"), NAME(60, "stairway"), NAME(61, "river"),
    NAME(62, "bridge"), NAME(63, "bookcase"), NAME(64, "blind"), NAME(65, "coffee table"),
    NAME(66, "toilet"), NAME(67, "flower"), NAME(68, "book"), NAME(69, "hill"), NAME(70, "bench"),
    NAME(71, "countertop"), NAME(72, "stove"), NAME(73, "palm"), NAME(74, "kitchen island"),
    NAME(75, "computer"), NAME(76, "swivel chair"), NAME(77, "boat"), NAME(78, "bar"),
    NAME(79, "arcade machine"), NAME(80, "hovel"), NAME(81, "bus"), NAME(82, "towel"),
    NAME(83, "light"), NAME(84, "truck"), NAME(85, "tower"), NAME(86, "chandelier"),
    NAME(87, "awning"), NAME(88, "streetlight"), NAME(89, "booth"), NAME(90, "television"),
    NAME(91, "airplane"), NAME(92, "dirt track"), NAME(93, "apparel"), NAME(94, "pole"),
    NAME(95, "land"), NAME(96, "bannister"), NAME(97, "escalator"), NAME(98, "ottoman"),
    NAME(99, "bottle"), NAME(100, "buffet"), NAME(101, "poster"), NAME(102, "stage"),
    NAME(103, "van"), NAME(104, "ship"), NAME(105, "fountain"), NAME(106, "conveyer belt"),
    NAME(107, "canopy"), NAME(108, "washer"), NAME(109, "plaything"), NAME(110, "swimming pool"),
    NAME(111, "stool"), NAME(112, "barrel"), NAME(113, "basket"), NAME(114, "waterfall"),
    NAME(115, "tent"), NAME(116, "bag"), NAME(117, "minibike"), NAME(118, "cradle"),
    NAME(119, "oven"), NAME(120, "ball"), NAME(121, "food"), NAME(122, "step"), NAME(123, "tank"),
    NAME(124, "trade name"), NAME(125, "microwave"), NAME(126, "pot"), NAME(127, "animal"),
    NAME(128, "bicycle"), NAME(129, "lake"), NAME(130, "dishwasher"), NAME(131, "screen"),
    NAME(132, "blanket"), NAME(133, "sculpture"), NAME(134, "hood"), NAME(135, "sconce"),
    NAME(136, "vase"), NAME(137, "traffic light"), NAME(138, "tray"), NAME(139, "ashcan"),
    NAME(140, "fan"), NAME(141, "pier"), NAME(142, "crt screen"), NAME(143, "plate"),
    NAME(144, "monitor"), NAME(145, "bulletin board"), NAME(146, "shower"), NAME(147, "radiator"),
    NAME(148, "glass"), NAME(149, "clock"), NAME(150, "flag"),
};

const MsNamedClass ms_coco_classes[133] = {
    NAME(1, "person"), NAME(2, "bicycle"), NAME(3, "car"), NAME(4, "motorcycle"),
    NAME(5, "airplane"), NAME(6, "bus"), NAME(7, "train"), NAME(8, "truck"), NAME(9, "boat"),
    NAME(10, "traffic light"), NAME(11, "fire hydrant"), NAME(13, "stop sign"),
    NAME(14, "parking meter"), NAME(15, "bench"), NAME(16, "bird"), NAME(17, "cat"),
    NAME(18, "dog"), NAME(19, "horse"), NAME(20, "sheep"), NAME(21, "cow"), NAME(22, "elephant"),
    NAME(23, "bear"), NAME(24, "zebra"), NAME(25, "giraffe"), NAME(27, "backpack"),
    NAME(28, "umbrella"), NAME(31, "handbag"), NAME(32, "tie"), NAME(33, "suitcase"),
    NAME(34, "frisbee"), NAME(35, "skis"), NAME(36, "snowboard"), NAME(37, "sports ball"),
    NAME(38, "kite"), NAME(39, "baseball bat"), NAME(40, "baseball glove"), NAME(41, "skateboard"),
    NAME(42, "surfboard"), NAME(43, "tennis racket"), NAME(44, "bottle"), NAME(46, "wine glass"),
    NAME(47, "cup"), NAME(48, "fork"), NAME(49, "knife"), NAME(50, "spoon"), NAME(51, "bowl"),
    NAME(52, "banana"), NAME(53, "apple"), NAME(54, "sandwich"), NAME(55, "orange"),
    NAME(56, "broccoli"), NAME(57, "carrot"), NAME(58, "hot dog"), NAME(59, "pizza"),
    NAME(60, "donut"), NAME(61, "cake"), NAME(62, "chair"), NAME(63, "couch"),
    NAME(64, "potted plant"), NAME(65, "bed"), NAME(67, "dining table"), NAME(70, "toilet"),
    NAME(72, "tv"), NAME(73, "laptop"), NAME(74, "mouse"), NAME(75, "remote"),
    NAME(76, "keyboard"), NAME(77, "cell phone"), NAME(78, "microwave"), NAME(79, "oven"),
    NAME(80, "toaster"), NAME(81, "sink"), NAME(82, "refrigerator"), NAME(84, "book"),
    NAME(85, "clock"), NAME(86, "vase"), NAME(87, "scissors"), NAME(88, "teddy bear"),
    NAME(89, "hair drier"), NAME(90, "toothbrush"),
    NAME(92, "banner"), NAME(93, "blanket"), NAME(95, "bridge"), NAME(100, "cardboard"),
    NAME(107, "counter"), NAME(109, "curtain"), NAME(112, "door-stuff"), NAME(118, "floor-wood"),
    NAME(119, "flower"), NAME(122, "fruit"), NAME(125, "gravel"), NAME(128, "house"),
    NAME(130, "light"), NAME(133, "mirror-stuff"), NAME(138, "net"), NAME(141, "pillow"),
    NAME(144, "platform"), NAME(145, "playingfield"), NAME(147, "railroad"), NAME(148, "river"),
    NAME(149, "road"), NAME(151, "roof"), NAME(154, "sand"), NAME(155, "sea"), NAME(156, "shelf"),
    NAME(159, "snow"), NAME(161, "stairs"), NAME(166, "tent"), NAME(168, "towel"),
    NAME(171, "wall-brick"), NAME(175, "wall-stone"), NAME(176, "wall-tile"),
    NAME(177, "wall-wood"), NAME(178, "water-other"), NAME(180, "window-blind"),
    NAME(181, "window-other"), NAME(184, "tree-merged"), NAME(185, "fence-merged"),
    NAME(186, "ceiling-merged"), NAME(187, "sky-other-merged"), NAME(188, "cabinet-merged"),
    NAME(189, "table-merged"), NAME(190, "floor-other-merged"), NAME(191, "pavement-merged"),
    NAME(192, "mountain-merged"), NAME(193, "grass-merged"), NAME(194, "dirt-merged"),
    NAME(195, "paper-merged"), NAME(196, "food-other-merged"), NAME(197, "building-other-merged"),
    NAME(198, "rock-merged"), NAME(199, "wall-other-merged"), NAME(200, "rug-merged"),
};
/* clang-format on */
