/** Of pictures that were on the screen for a moment: the lines that nothing else shows, among those around them. */

/** A name stands in the rows above its value; what comes after a line tells little about it. */
const ROWS_ABOVE = 4;
const ROWS_BELOW = 2;
/** Between two excerpts: no name reaches over it to a value. */
const PARTING = "·";

/** One picture's lines, and where those of them that were not known stand among the excerpts. */
export interface Doubtful {
	readonly lines: readonly string[];
	readonly excerpts: readonly { readonly from: number; readonly to: number; readonly at: number }[];
}

/** Lines that are masked already, or will be. */
type Known = Pick<ReadonlySet<string>, "has">;

export class Excerpts {
	readonly lines: string[] = [];
	readonly #known: readonly Known[];
	readonly #places = new Map<string, number>();

	constructor(known: readonly Known[]) {
		this.#known = known;
	}

	add(lines: readonly string[]): Doubtful {
		const excerpts: { from: number; to: number; at: number }[] = [];
		for (const [index, line] of lines.entries()) {
			if (this.#known.some((lines) => lines.has(line))) continue;
			const last = excerpts.at(-1);
			const from = Math.max(0, index - ROWS_ABOVE);
			const to = Math.min(lines.length, index + 1 + ROWS_BELOW);
			if (last !== undefined && from <= last.to) last.to = to;
			else excerpts.push({ from, to, at: 0 });
		}
		return { lines, excerpts: excerpts.map((one) => ({ ...one, at: this.#place(lines, one) })) };
	}

	/** The same excerpt stands there once. */
	#place(lines: readonly string[], { from, to }: { readonly from: number; readonly to: number }): number {
		const excerpt = lines.slice(from, to);
		const key = excerpt.join("\n");
		const known = this.#places.get(key);
		if (known !== undefined) return known;
		this.lines.push(PARTING);
		const at = this.lines.length;
		this.lines.push(...excerpt);
		this.#places.set(key, at);
		return at;
	}

	/**
	 * The picture's lines masked, from the excerpts masked and from what is known; undefined where there is something to
	 * mask in them, or a line that is known is masked: then the picture has to be masked as a whole.
	 */
	resolve(
		{ lines, excerpts }: Doubtful,
		masked: readonly string[],
		known: ReadonlyMap<string, string>,
	): readonly string[] | undefined {
		const forms = lines.map((line) => known.get(line));
		for (const { from, to, at } of excerpts) {
			for (let index = from; index < to; index += 1) {
				const form = masked[at + index - from];
				if (form === undefined || form !== lines[index]) return undefined;
				if (forms[index] !== undefined && forms[index] !== form) return undefined;
				forms[index] = form;
			}
		}
		return forms.every((form) => form !== undefined) ? (forms as readonly string[]) : undefined;
	}
}
