import type { CellStyle } from "../../core/frame.ts";
import { BOLD, COLOUR, COLOUR_KIND, COLOUR_VALUE, DIM, INVERSE, RGB } from "./cell.ts";

/** More than any program paints with at a time; a flood of colours begins anew. */
const REMEMBERED_STYLES = 4096;

/** A power of two. */
const RECENT = 64;

/** How cells are painted, in words; equal styles are the same object. */
export class CellStyles {
	#colours = new Map<number, string>();
	#styles = new Map<number, Map<number, CellStyle>>();
	#count = 0;
	/** The last one asked for in each place that its colours lead to: found without looking far. */
	readonly #recent = new Array<{ fg: number; bg: number; style: CellStyle } | undefined>(RECENT).fill(
		undefined,
	);

	/** `p15`, `#4eba65`, or nothing for the default. */
	colour(value: number): string | undefined {
		if ((value & COLOUR_KIND) === 0) return undefined;
		const colour = value & COLOUR;
		const known = this.#colours.get(colour);
		if (known !== undefined) return known;
		const name = nameOf(colour);
		if (this.#colours.size >= REMEMBERED_STYLES) this.#colours.clear();
		this.#colours.set(colour, name);
		return name;
	}

	style(fg: number, bg: number): CellStyle {
		const place = (fg ^ (fg >>> 13) ^ (fg >>> 25) ^ (bg * 7) ^ (bg >>> 11)) & (RECENT - 1);
		const recent = this.#recent[place];
		if (recent !== undefined && recent.fg === fg && recent.bg === bg) return recent.style;
		const style = this.#find(fg, bg);
		this.#recent[place] = { fg, bg, style };
		return style;
	}

	#find(fg: number, bg: number): CellStyle {
		let withFg = this.#styles.get(fg);
		const known = withFg?.get(bg);
		if (known !== undefined) return known;
		if (this.#count >= REMEMBERED_STYLES) this.#forget();
		withFg = this.#styles.get(fg) ?? new Map();
		const style = this.#make(fg, bg);
		withFg.set(bg, style);
		this.#styles.set(fg, withFg);
		this.#count++;
		return style;
	}

	#make(fg: number, bg: number): CellStyle {
		return {
			fg: this.colour(fg),
			bg: this.colour(bg),
			bold: (fg & BOLD) !== 0,
			dim: (fg & DIM) !== 0,
			inverse: (fg & INVERSE) !== 0,
		};
	}

	#forget(): void {
		this.#styles = new Map();
		this.#count = 0;
		this.#recent.fill(undefined);
	}
}

function nameOf(colour: number): string {
	const value = colour & COLOUR_VALUE;
	if ((colour & COLOUR_KIND) === RGB) return `#${value.toString(16).padStart(6, "0")}`;
	return `p${value & 0xff}`;
}
