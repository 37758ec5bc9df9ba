/** Sets that a program may put in ASCII's place: a character of it → what is shown. */
export type CharacterSet = ReadonlyMap<number, number>;

/** DEC's special graphics, from `` ` `` to `~`: what boxes are drawn with where there is no UTF-8. */
const GRAPHICS = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

const SPECIAL_GRAPHICS: CharacterSet = new Map(
	[...GRAPHICS].map((char, index) => [0x60 + index, char.codePointAt(0) ?? 0]),
);
const BRITISH: CharacterSet = new Map([[0x23, 0xa3]]);

/** By the last byte of the sequence that selects them; the other national ones are shown as ASCII. */
export const CHARACTER_SETS: ReadonlyMap<string, CharacterSet | undefined> = new Map([
	["0", SPECIAL_GRAPHICS],
	["A", BRITISH],
	["B", undefined],
]);
