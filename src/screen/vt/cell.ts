/**
 * A cell is three numbers, side by side in its line's array:
 *
 *   content  code point (21 bits), or a mark that the line holds a cluster for it; width 0…2 above
 *   fg       colour (24 bits) and how it is meant (2 bits); bold, inverse, dim
 *   bg       colour and how it is meant; italic, underlined, struck out; protected
 *
 * Width 0 is the right half of a wide character.
 */

export const CELL = 3;

export const CODE_POINT = 0x1fffff;
/** The cell holds a cluster of several code points, kept as a string beside the cells. */
export const CLUSTER = 0x200000;
export const HAS_CONTENT = CODE_POINT | CLUSTER;
export const WIDTH_SHIFT = 22;
export const WIDTH_MASK = 0xc00000;
/** An empty cell: no code point, one column. */
export const EMPTY = 1 << WIDTH_SHIFT;

/** How a colour is meant: not at all (the default), by its number in the palette, or as red, green and blue. */
export const COLOUR_KIND = 0x3000000;
export const PALETTE = 0x1000000;
export const RGB = 0x3000000;
export const COLOUR_VALUE = 0xffffff;
/** A colour with its kind: what erasing keeps of the background. */
export const COLOUR = COLOUR_KIND | COLOUR_VALUE;

export const INVERSE = 0x4000000;
export const BOLD = 0x8000000;
export const DIM = 0x10000000;

/** Kept beside the background, where there is room. */
export const ITALIC = 0x4000000;
export const UNDERLINED = 0x8000000;
export const STRUCK = 0x10000000;
/** Selective erasing leaves such cells alone. */
export const PROTECTED = 0x20000000;
