/**
 * How unlike words a text is: the mean surprise of its letter pairs, in bits. Words, identifiers and paths lie around 3,
 * made-up keys around 6. Unlike entropy it is not fooled by short texts, and unlike a dictionary it costs one lookup
 * a character.
 */
import type { Range } from "./finding.ts";
import {
	SURPRISE_CODES,
	SURPRISE_STEPS_PER_BIT,
	SURPRISE_SYMBOLS,
	SURPRISE_TABLE,
} from "./surprise-table.ts";

const WIDTH = SURPRISE_SYMBOLS.length;
const DIGIT = SURPRISE_SYMBOLS.indexOf("0");
const EDGE = SURPRISE_SYMBOLS.indexOf("_");
const BITS = Float64Array.from(
	SURPRISE_TABLE,
	(code) => SURPRISE_CODES.indexOf(code) / SURPRISE_STEPS_PER_BIT,
);
const A = "a".charCodeAt(0);
const Z = "z".charCodeAt(0);
const UPPER_A = "A".charCodeAt(0);
const UPPER_Z = "Z".charCodeAt(0);
const ZERO = "0".charCodeAt(0);
const NINE = "9".charCodeAt(0);

/** A row of the table for every UTF-16 unit: letters in either case, figures, and all else as an edge. */
const SYMBOL = symbols();

function symbols(): Uint8Array {
	const table = new Uint8Array(65_536).fill(EDGE);
	for (let letter = 0; letter < 26; letter += 1) table[A + letter] = table[UPPER_A + letter] = letter;
	for (let code = ZERO; code <= NINE; code += 1) table[code] = DIGIT;
	return table;
}

/** Mean bits a character. A capital after a small letter begins a word, as in `camelCase`. */
export function meanSurprise(text: string): number {
	return meanSurpriseOf(text, [{ start: 0, end: text.length }]);
}

/** Of stretches of a text, read as if nothing stood between them. */
export function meanSurpriseOf(text: string, stretches: readonly Range[]): number {
	let bits = 0;
	let pairs = 0;
	let previous = EDGE;
	let wasSmall = false;
	for (const { start, end } of stretches) {
		for (let i = start; i < end; i += 1) {
			const code = text.charCodeAt(i);
			const isCapital = code >= UPPER_A && code <= UPPER_Z;
			if (isCapital && wasSmall) {
				bits += BITS[previous * WIDTH + EDGE] as number;
				pairs += 1;
				previous = EDGE;
			}
			const symbol = SYMBOL[code] as number;
			bits += BITS[previous * WIDTH + symbol] as number;
			pairs += 1;
			previous = symbol;
			wasSmall = code >= A && code <= Z;
		}
	}
	return pairs === 0 ? 0 : bits / pairs;
}
