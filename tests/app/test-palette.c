/* The charts' colours: text that can be read, cells that can be told apart, and an order that every eye sees. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-palette.h"

#include <math.h>

#define TEXT_CONTRAST 4.5
#define SHAPE_CONTRAST 3.0
#define MIN_STEP 0.03       /* OKLab lightness; about twice what is just noticeable on large areas */
#define MIN_DISTANCE 0.07   /* OKLab, between any two series */

static const char *const names[INB_N_PALETTE_LOOKS] = { "light", "dark", "light high contrast", "dark high contrast" };

typedef struct {
  const char *name;
  double      matrix[3][3];
} Eye;

/* Machado, Oliveira and Fernandes 2009, complete loss; on linear light. */
static const Eye eyes[] = {
  { "trichromat", { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } },
  { "deuteranope",
    { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } } },
  { "protanope",
    { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } } },
  { "tritanope",
    { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } } },
};

static double
to_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
from_linear (double channel)
{
  channel = CLAMP (channel, 0, 1);

  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * pow (channel, 1 / 2.4) - 0.055;
}

static GdkRGBA
see (const Eye     *eye,
     const GdkRGBA *color)
{
  double in[3] = { to_linear (color->red), to_linear (color->green), to_linear (color->blue) };
  double out[3];

  for (guint i = 0; i < 3; i++)
    out[i] = from_linear (eye->matrix[i][0] * in[0] + eye->matrix[i][1] * in[1] + eye->matrix[i][2] * in[2]);

  return (GdkRGBA) { (float) out[0], (float) out[1], (float) out[2], 1 };
}

static double
get_distance (const GdkRGBA *a,
              const GdkRGBA *b)
{
  static const double to_lms[3][3] = { { 0.4122214708, 0.5363325363, 0.0514459929 },
                                       { 0.2119034982, 0.6806995451, 0.1073969566 },
                                       { 0.0883024619, 0.2817188376, 0.6299787005 } };
  static const double to_lab[3][3] = { { 0.2104542553, 0.7936177850, -0.0040720468 },
                                       { 1.9779984951, -2.4285922050, 0.4505937099 },
                                       { 0.0259040371, 0.7827717662, -0.8086757660 } };
  const GdkRGBA *colors[2] = { a, b };
  double lab[2][3];
  double sum = 0;

  for (guint k = 0; k < 2; k++)
    {
      double in[3] = { to_linear (colors[k]->red), to_linear (colors[k]->green), to_linear (colors[k]->blue) };
      double lms[3];

      for (guint i = 0; i < 3; i++)
        lms[i] = cbrt (to_lms[i][0] * in[0] + to_lms[i][1] * in[1] + to_lms[i][2] * in[2]);
      for (guint i = 0; i < 3; i++)
        lab[k][i] = to_lab[i][0] * lms[0] + to_lab[i][1] * lms[1] + to_lab[i][2] * lms[2];
    }
  for (guint i = 0; i < 3; i++)
    sum += (lab[0][i] - lab[1][i]) * (lab[0][i] - lab[1][i]);

  return sqrt (sum);
}

static void
assert_contrast (const GdkRGBA *a,
                 const GdkRGBA *b,
                 double         least,
                 const char    *look,
                 const char    *what)
{
  double contrast = inb_palette_get_contrast (a, b);

  if (contrast < least)
    g_error ("%s, %s: %.2f < %.1f", look, what, contrast, least);
}

static void
test_contrast (void)
{
  for (guint look = 0; look < INB_N_PALETTE_LOOKS; look++)
    {
      const char *name = names[look];
      InbPalette palette;

      inb_palette_init (&palette, look);
      assert_contrast (&palette.text, &palette.background, 7, name, "text");
      assert_contrast (&palette.dim_text, &palette.background, TEXT_CONTRAST, name, "dim text");
      assert_contrast (&palette.text, &palette.empty, TEXT_CONTRAST, name, "text in an empty cell");
      assert_contrast (&palette.dim_text, &palette.empty, TEXT_CONTRAST, name, "dim text in an empty cell");
      for (guint i = 0; i < INB_PALETTE_STEPS; i++)
        {
          assert_contrast (&palette.step_texts[i], &palette.steps[i],
                           look >= INB_PALETTE_LIGHT_CONTRAST ? 6.9 : TEXT_CONTRAST, name, "number in a cell");
          assert_contrast (&palette.gap, &palette.steps[i], SHAPE_CONTRAST, name, "gap beside a cell");
        }
      for (guint i = 0; i < INB_PALETTE_SERIES; i++)
        {
          assert_contrast (&palette.series_texts[i], &palette.series[i], TEXT_CONTRAST, name, "text on a series");
          assert_contrast (&palette.series[i], &palette.background, SHAPE_CONTRAST, name, "series on the background");
          assert_contrast (&palette.series[i], &palette.gap, SHAPE_CONTRAST, name, "series beside a gap");
        }
      assert_contrast (&palette.other, &palette.background, SHAPE_CONTRAST, name, "the rest on the background");
      assert_contrast (&palette.other, &palette.gap, SHAPE_CONTRAST, name, "the rest beside a gap");
      assert_contrast (&palette.other_text, &palette.other, TEXT_CONTRAST, name, "text on the rest");
    }
}

/* Whoever cannot tell red from green, or blue from yellow, still sees which of two cells is more. */
static void
test_order (void)
{
  for (guint look = 0; look < INB_N_PALETTE_LOOKS; look++)
    for (guint k = 0; k < G_N_ELEMENTS (eyes); k++)
      {
        InbPalette palette;
        double direction;

        inb_palette_init (&palette, look);
        direction = inb_palette_get_lightness (&palette.steps[1]) > inb_palette_get_lightness (&palette.steps[0]) ? 1 : -1;
        for (guint i = 1; i < INB_PALETTE_STEPS; i++)
          {
            GdkRGBA less = see (&eyes[k], &palette.steps[i - 1]);
            GdkRGBA more = see (&eyes[k], &palette.steps[i]);
            double step = direction * (inb_palette_get_lightness (&more) - inb_palette_get_lightness (&less));

            if (step < MIN_STEP)
              g_error ("%s, %s: from step %u to %u only %.3f", names[look], eyes[k].name, i - 1, i, step);
          }
      }
}

/* Perceptually even: no step is much larger than another. */
static void
test_even (void)
{
  for (guint look = 0; look < INB_N_PALETTE_LOOKS; look++)
    {
      InbPalette palette;
      double least = G_MAXDOUBLE;
      double most = 0;

      inb_palette_init (&palette, look);
      for (guint i = 1; i < INB_PALETTE_STEPS; i++)
        {
          double step = fabs (inb_palette_get_lightness (&palette.steps[i]) - inb_palette_get_lightness (&palette.steps[i - 1]));

          least = MIN (least, step);
          most = MAX (most, step);
        }
      g_assert_cmpfloat (most, <, 1.15 * least);
    }
}

static void
test_series (void)
{
  for (guint look = 0; look < INB_N_PALETTE_LOOKS; look++)
    for (guint k = 0; k < G_N_ELEMENTS (eyes); k++)
      {
        InbPalette palette;

        inb_palette_init (&palette, look);
        for (guint i = 0; i < INB_PALETTE_SERIES; i++)
          for (guint j = 0; j < i; j++)
            {
              GdkRGBA first = see (&eyes[k], &palette.series[i]);
              GdkRGBA second = see (&eyes[k], &palette.series[j]);

              if (get_distance (&first, &second) < MIN_DISTANCE)
                g_error ("%s, %s: series %u and %u are only %.3f apart", names[look], eyes[k].name, j, i,
                         get_distance (&first, &second));
            }
      }
}

/* Black on white is 21, and the measure is the one of the standard. */
static void
test_measure (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA gray = { 0x76 / 255.0f, 0x76 / 255.0f, 0x76 / 255.0f, 1 };
  const GdkRGBA half = { 0, 0, 0, 0.5f };
  GdkRGBA mixed = inb_palette_blend (&half, &white);

  g_assert_cmpfloat_with_epsilon (inb_palette_get_contrast (&black, &white), 21, 0.001);
  g_assert_cmpfloat_with_epsilon (inb_palette_get_contrast (&white, &gray), 4.54, 0.01);
  g_assert_cmpfloat_with_epsilon (inb_palette_get_lightness (&white), 1, 0.001);
  g_assert_cmpfloat_with_epsilon (mixed.green, 0.5, 0.001);
}

/* Whatever is chosen can be seen in every look. */
static void
test_visible (void)
{
  static const float alphas[] = { 0, 0.14f };

  for (guint look = 0; look < INB_N_PALETTE_LOOKS; look++)
    for (guint i = 0; i < 6 * 6 * 6 * G_N_ELEMENTS (alphas); i++)
      {
        InbPalette palette;
        GdkRGBA chosen = { (float) (i % 6) / 5, (float) (i / 6 % 6) / 5, (float) (i / 36 % 6) / 5, 1 };
        GdkRGBA seen;
        GdkRGBA fill;

        inb_palette_init (&palette, look);
        seen = inb_palette_make_visible (&chosen, &palette.text, &palette.background, alphas[i / 216]);
        fill = seen;
        fill.alpha = alphas[i / 216];
        fill = inb_palette_blend (&fill, &palette.background);
        g_assert_cmpfloat (inb_palette_get_contrast (&seen, &palette.background), >=, SHAPE_CONTRAST);
        g_assert_cmpfloat (inb_palette_get_contrast (&seen, &fill), >=, SHAPE_CONTRAST);
      }
}

static void
test_visible_as_it_is (void)
{
  const GdkRGBA blue = { 0.11f, 0.36f, 0.65f, 1 };
  InbPalette palette;
  GdkRGBA seen;

  inb_palette_init (&palette, INB_PALETTE_LIGHT);
  seen = inb_palette_make_visible (&blue, &palette.text, &palette.background, 0.14f);
  g_assert_true (gdk_rgba_equal (&seen, &blue));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/measure", test_measure);
  g_test_add_func ("/palette/contrast", test_contrast);
  g_test_add_func ("/palette/order", test_order);
  g_test_add_func ("/palette/even", test_even);
  g_test_add_func ("/palette/series", test_series);
  g_test_add_func ("/palette/visible", test_visible);
  g_test_add_func ("/palette/visible-as-it-is", test_visible_as_it_is);

  return g_test_run ();
}
