/* The colours that charts are drawn with, light, dark and in high contrast, made by formula in OKLab so that equal steps look
 * equally far apart, also to colour-blind eyes. Colour never stands alone: a number or a name is always beside it. What the
 * style sheet colours (temperature, state) is in style.css; stages have the colours that the workspace gave them.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_PALETTE_STEPS 7
#define INB_PALETTE_SERIES 8

typedef enum {
  INB_PALETTE_LIGHT,
  INB_PALETTE_DARK,
  INB_PALETTE_LIGHT_CONTRAST,
  INB_PALETTE_DARK_CONTRAST,
  INB_N_PALETTE_LOOKS
} InbPaletteLook;

typedef struct {
  GdkRGBA background;
  GdkRGBA text;                              /* on background and empty: names, figures */
  GdkRGBA dim_text;                          /* on background and empty: axes, notes */
  GdkRGBA grid;                              /* thin guide lines, which may be overlooked */
  GdkRGBA gap;                               /* between cells or stacked areas: at least 3 : 1 against every step and series */
  GdkRGBA empty;                             /* a cell in which there is nothing */
  GdkRGBA steps[INB_PALETTE_STEPS];          /* least to most */
  GdkRGBA step_texts[INB_PALETTE_STEPS];     /* on the step */
  GdkRGBA series[INB_PALETTE_SERIES];        /* of equal rank, in the order in which to take them */
  GdkRGBA series_texts[INB_PALETTE_SERIES];
  GdkRGBA other;                             /* the series of all the rest */
  GdkRGBA other_text;
} InbPalette;

void           inb_palette_init           (InbPalette      *self,
                                           InbPaletteLook   look);
/* How the application looks at present. */
InbPaletteLook inb_palette_get_look       (AdwStyleManager *manager);
/* WCAG 2: 1 (the same) … 21; both opaque. */
double         inb_palette_get_contrast   (const GdkRGBA   *a,
                                           const GdkRGBA   *b);
/* @top, which may be translucent, on an opaque @bottom. */
GdkRGBA        inb_palette_blend          (const GdkRGBA   *top,
                                           const GdkRGBA   *bottom);
/* @color, as far towards @text as it takes to see it on an opaque @ground, and on itself laid thinly over that. */
GdkRGBA        inb_palette_make_visible   (const GdkRGBA   *color,
                                           const GdkRGBA   *text,
                                           const GdkRGBA   *ground,
                                           float            fill_alpha);
/* OKLab lightness, 0 … 1. */
double         inb_palette_get_lightness  (const GdkRGBA   *color);

G_END_DECLS
