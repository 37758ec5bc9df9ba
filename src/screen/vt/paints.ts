/** How cells are painted, as a recording keeps it; equal paints are the same object. */
import { ATTRIBUTES, PALETTE as CORE_PALETTE, RGB as CORE_RGB, type Paint } from "../../core/picture.ts";
import {
	BOLD,
	COLOUR_KIND,
	COLOUR_VALUE,
	DIM,
	INVERSE,
	ITALIC,
	PROTECTED,
	RGB,
	STRUCK,
	UNDERLINED,
} from "./cell.ts";

/** More than any program paints with at a time; a flood of colours begins anew. */
const REMEMBERED = 4096;
/** What of a blank's two numbers nobody sees. */
const UNSEEN_FG = BOLD | DIM | COLOUR_KIND | COLOUR_VALUE;
const UNSEEN_BG = PROTECTED | ITALIC;

export class Paints {
	#paints = new Map<number, Map<number, Paint>>();
	#count = 0;

	/** A blank cell with these numbers looks as if nothing had ever been painted there. */
	static isPlain(fg: number, bg: number): boolean {
		return (fg & ~UNSEEN_FG) === 0 && (bg & ~UNSEEN_BG) === 0;
	}

	/** The cells at two places of a line's numbers are painted alike. */
	static areAlike(cells: Uint32Array, a: number, b: number): boolean {
		return cells[a + 1] === cells[b + 1] && cells[a + 2] === cells[b + 2];
	}

	paint(fg: number, bg: number): Paint {
		let withFg = this.#paints.get(fg);
		const known = withFg?.get(bg);
		if (known !== undefined) return known;
		if (this.#count >= REMEMBERED) {
			this.#paints = new Map();
			this.#count = 0;
			withFg = undefined;
		}
		const paint = { fg: colour(fg), bg: colour(bg), attributes: attributes(fg, bg) };
		withFg ??= new Map();
		withFg.set(bg, paint);
		this.#paints.set(fg, withFg);
		this.#count++;
		return paint;
	}
}

function colour(value: number): number {
	const kind = value & COLOUR_KIND;
	if (kind === 0) return 0;
	return kind === RGB ? CORE_RGB | (value & COLOUR_VALUE) : CORE_PALETTE | (value & 0xff);
}

function attributes(fg: number, bg: number): number {
	const { bold, dim, italic, underlined, inverse, struck } = ATTRIBUTES;
	return (
		((fg & BOLD) !== 0 ? bold : 0) |
		((fg & DIM) !== 0 ? dim : 0) |
		((bg & ITALIC) !== 0 ? italic : 0) |
		((bg & UNDERLINED) !== 0 ? underlined : 0) |
		((fg & INVERSE) !== 0 ? inverse : 0) |
		((bg & STRUCK) !== 0 ? struck : 0)
	);
}
