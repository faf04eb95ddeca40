#define G_LOG_DOMAIN "inb-app"

#include "inb-palette.h"

#include <math.h>

#define SHAPE_CONTRAST 3.0
#define VISIBLE_STEPS 20

/* A colour in OKLCH: lightness 0 … 1, chroma, hue in degrees. */
typedef struct {
  double lightness;
  double chroma;
  double hue;
} Tone;

/* The two ends of a scale, between which lightness and hue move evenly; the chroma is highest in the middle. */
typedef struct {
  Tone   least;
  Tone   most;
  double middle_chroma;
} Scale;

typedef struct {
  const char *background;
  const char *text;
  const char *dim_text;
  const char *grid;
  const char *gap;
  Scale       scale;
  double      series_lightness[2];   /* darkest and lightest */
  double      other_lightness;
} Recipe;

/* Light: more is darker; dark: more is brighter. The weakest step keeps 3 : 1 against the gap, which is the background; in
 * light high contrast the gap is black instead, and all numbers are black. */
static const Recipe recipes[INB_N_PALETTE_LOOKS] = {
  [INB_PALETTE_LIGHT] = {
    "#ffffff", "#1f1f1f", "#5e5c64", "#d5d3d8", "#ffffff",
    { { 0.655, 0.070, 190 }, { 0.270, 0.090, 292 }, 0.105 },
    { 0.420, 0.650 }, 0.600,
  },
  [INB_PALETTE_DARK] = {
    "#1e1e1e", "#ffffff", "#c0bfbc", "#4a494d", "#1e1e1e",
    { { 0.530, 0.090, 285 }, { 0.930, 0.120, 105 }, 0.110 },
    { 0.560, 0.900 }, 0.680,
  },
  [INB_PALETTE_LIGHT_CONTRAST] = {
    "#ffffff", "#000000", "#3d3846", "#77767b", "#000000",
    { { 0.960, 0.035, 110 }, { 0.680, 0.100, 230 }, 0.090 },
    { 0.490, 0.655 }, 0.600,
  },
  [INB_PALETTE_DARK_CONTRAST] = {
    "#000000", "#ffffff", "#deddda", "#9a9996", "#000000",
    { { 0.670, 0.100, 270 }, { 0.970, 0.060, 105 }, 0.100 },
    { 0.560, 0.930 }, 0.720,
  },
};

/* As far apart as eight can be for all kinds of eyes in all looks at once (found by annealing; the test holds them to it):
 * where between the darkest and the lightest, and the hue. Blue, vermilion, teal, amber, violet, plum, sky, brown. */
static const struct {
  double position;
  double hue;
} series_tones[INB_PALETTE_SERIES] = {
  { 0.14, 270 }, { 0.58, 32 }, { 0.51, 184 }, { 0.99, 85 }, { 0.76, 290 }, { 0.00, 329 }, { 1.00, 205 }, { 0.06, 36 },
};

static double
to_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
from_linear (double channel)
{
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * pow (channel, 1 / 2.4) - 0.055;
}

static gboolean
tone_to_rgb (const Tone *tone,
             double      rgb[3])
{
  double a = tone->chroma * cos (tone->hue * G_PI / 180);
  double b = tone->chroma * sin (tone->hue * G_PI / 180);
  double l = pow (tone->lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow (tone->lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow (tone->lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
  gboolean fits = TRUE;

  rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
  for (guint i = 0; i < 3; i++)
    {
      fits = fits && rgb[i] > -0.0005 && rgb[i] < 1.0005;
      rgb[i] = from_linear (CLAMP (rgb[i], 0, 1));
    }

  return fits;
}

/* With as much of the chroma as the screen can show at that lightness, rounded to what it is drawn as. */
static GdkRGBA
make_color (Tone tone)
{
  double rgb[3];

  while (!tone_to_rgb (&tone, rgb) && tone.chroma > 0)
    tone.chroma = MAX (tone.chroma - 0.002, 0);

  return (GdkRGBA) { (float) (round (rgb[0] * 255) / 255), (float) (round (rgb[1] * 255) / 255),
                     (float) (round (rgb[2] * 255) / 255), 1 };
}

static GdkRGBA
parse_color (const char *text)
{
  GdkRGBA color = { 0, 0, 0, 1 };

  g_assert_true (gdk_rgba_parse (&color, text));

  return color;
}

static GdkRGBA
make_step (const Scale *scale,
           double       position)
{
  double bulge = 4 * position * (1 - position);
  double chroma = scale->least.chroma + position * (scale->most.chroma - scale->least.chroma);
  Tone tone = {
    scale->least.lightness + position * (scale->most.lightness - scale->least.lightness),
    chroma + bulge * MAX (scale->middle_chroma - chroma, 0),
    scale->least.hue + position * (scale->most.hue - scale->least.hue),
  };

  return make_color (tone);
}

/* One of the two always has at least 4.58 : 1. */
static GdkRGBA
choose_text (const GdkRGBA *background)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };

  return inb_palette_get_contrast (&black, background) >= inb_palette_get_contrast (&white, background) ? black : white;
}

/**
 * inb_palette_init:
 * @self: (out caller-allocates):
 *
 * Fills in all colours of @look. Cheap, but not free: once for each change of the look.
 */
void
inb_palette_init (InbPalette     *self,
                  InbPaletteLook  look)
{
  const Recipe *recipe = &recipes[look];

  g_return_if_fail (self != NULL && look < INB_N_PALETTE_LOOKS);

  self->background = parse_color (recipe->background);
  self->text = parse_color (recipe->text);
  self->dim_text = parse_color (recipe->dim_text);
  self->grid = parse_color (recipe->grid);
  self->gap = parse_color (recipe->gap);
  self->empty = self->background;
  for (guint i = 0; i < INB_PALETTE_STEPS; i++)
    {
      self->steps[i] = make_step (&recipe->scale, (double) i / (INB_PALETTE_STEPS - 1));
      self->step_texts[i] = choose_text (&self->steps[i]);
    }
  for (guint i = 0; i < INB_PALETTE_SERIES; i++)
    {
      double darkest = recipe->series_lightness[0];
      double lightness = darkest + series_tones[i].position * (recipe->series_lightness[1] - darkest);

      self->series[i] = make_color ((Tone) { lightness, 0.15, series_tones[i].hue });
      self->series_texts[i] = choose_text (&self->series[i]);
    }
  self->other = make_color ((Tone) { recipe->other_lightness, 0, 0 });
  self->other_text = choose_text (&self->other);
}

InbPaletteLook
inb_palette_get_look (AdwStyleManager *manager)
{
  gboolean dark;

  g_return_val_if_fail (ADW_IS_STYLE_MANAGER (manager), INB_PALETTE_LIGHT);

  dark = adw_style_manager_get_dark (manager);
  if (adw_style_manager_get_high_contrast (manager))
    return dark ? INB_PALETTE_DARK_CONTRAST : INB_PALETTE_LIGHT_CONTRAST;

  return dark ? INB_PALETTE_DARK : INB_PALETTE_LIGHT;
}

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * to_linear (color->red) + 0.7152 * to_linear (color->green) + 0.0722 * to_linear (color->blue);
}

/**
 * inb_palette_get_contrast:
 *
 * Returns: the contrast ratio by WCAG 2.1, in whichever order
 */
double
inb_palette_get_contrast (const GdkRGBA *a,
                          const GdkRGBA *b)
{
  double first = get_luminance (a);
  double second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

GdkRGBA
inb_palette_blend (const GdkRGBA *top,
                   const GdkRGBA *bottom)
{
  float alpha = top->alpha;

  return (GdkRGBA) { top->red * alpha + bottom->red * (1 - alpha), top->green * alpha + bottom->green * (1 - alpha),
                     top->blue * alpha + bottom->blue * (1 - alpha), 1 };
}

/**
 * inb_palette_make_visible:
 * @color: opaque
 * @text: which can be read on @ground
 * @fill_alpha: how thinly it is laid
 *
 * Returns: what has at least 3 : 1 on both, the least that WCAG 2.1 asks of shapes
 */
GdkRGBA
inb_palette_make_visible (const GdkRGBA *color,
                          const GdkRGBA *text,
                          const GdkRGBA *ground,
                          float          fill_alpha)
{
  GdkRGBA solid = inb_palette_blend (text, ground);

  for (guint i = 0; i < VISIBLE_STEPS; i++)
    {
      GdkRGBA share = { solid.red, solid.green, solid.blue, (float) i / VISIBLE_STEPS };
      GdkRGBA mixed = inb_palette_blend (&share, color);
      GdkRGBA thin = { mixed.red, mixed.green, mixed.blue, fill_alpha };
      GdkRGBA fill = inb_palette_blend (&thin, ground);

      if (inb_palette_get_contrast (&mixed, ground) >= SHAPE_CONTRAST && inb_palette_get_contrast (&mixed, &fill) >= SHAPE_CONTRAST)
        return mixed;
    }

  return solid;
}

double
inb_palette_get_lightness (const GdkRGBA *color)
{
  double red = to_linear (color->red);
  double green = to_linear (color->green);
  double blue = to_linear (color->blue);

  return 0.2104542553 * cbrt (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) +
         0.7936177850 * cbrt (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) -
         0.0040720468 * cbrt (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
}
