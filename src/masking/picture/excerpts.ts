/** Of pictures that were on the screen for a moment: the lines that nothing else shows, among those around them. */

/** A name stands in the rows above its value; what comes after a line tells little about it. */
const ROWS_ABOVE = 4;
const ROWS_BELOW = 2;
/** Between two excerpts: no name reaches over it to a value. */
const PARTING = "·";

/** What was broken over rows is put together over more of them than a name reaches to its value. */
const FAR_ABOVE = 9;
const FAR_BELOW = 5;

/**
 * The lines that have something masked near them, each with what stands around it: the same line among others may be read
 * otherwise there, as the rest of what was broken off above it.
 */
export function contextsOf(lines: readonly string[], forms: readonly (string | undefined)[]): string[] {
	const near = new Set<number>();
	for (let at = 0; at < lines.length; at += 1)
		if (forms[at] !== lines[at])
			for (let index = at - FAR_BELOW; index <= at + FAR_ABOVE; index += 1) near.add(index);
	if (near.size === 0) return [];
	return [...near]
		.filter((index) => index >= 0 && index < lines.length)
		.map((index) => contextOf(lines, index));
}

function contextOf(lines: readonly string[], index: number): string {
	const from = Math.max(0, index - FAR_ABOVE);
	return [index - from, ...lines.slice(from, index + 1 + FAR_BELOW)].join("\n");
}

/** Of a line, by its number. */
export type IsKnown = (index: number) => boolean;

export function isNever(): boolean {
	return false;
}

/** One picture's lines, and where those of them that were not known stand among the excerpts. */
export interface Doubtful {
	readonly lines: readonly string[];
	readonly excerpts: readonly { readonly from: number; readonly to: number; readonly at: number }[];
}

/**
 * Lines that are masked already, or will be, each with those that it stood below: below another line it may be the rest of
 * something that was broken off there.
 */
export class LinesSeen {
	/** Most stand below one line alone. */
	readonly #above = new Map<string, string | Set<string> | undefined>();
	/** Not looked through yet: often nobody asks. */
	#added: { readonly lines: readonly string[]; readonly isKnown: IsKnown }[] = [];

	/** But for those of which somebody knows, now and later, that they are there. */
	add(lines: readonly string[], isKnown: IsKnown = isNever): this {
		this.#added.push({ lines, isKnown });
		return this;
	}

	/** Of a line at the very top nobody knows what it stands below. */
	has(lines: readonly string[], index: number): boolean {
		this.#lookThrough();
		const line = lines[index] as string;
		if (index === 0) return this.#above.has(line);
		const above = this.#above.get(line);
		const own = lines[index - 1] as string;
		return typeof above === "object" ? above.has(own) : above === own;
	}

	#lookThrough(): void {
		for (const { lines, isKnown } of this.#added)
			for (let index = 0; index < lines.length; index += 1) if (!isKnown(index)) this.#note(lines, index);
		if (this.#added.length > 0) this.#added = [];
	}

	#note(lines: readonly string[], index: number): void {
		const line = lines[index] as string;
		const above = this.#above.get(line);
		const own = index === 0 ? undefined : (lines[index - 1] as string);
		if (own === undefined || above === own) this.#above.set(line, above);
		else if (above === undefined) this.#above.set(line, own);
		else if (typeof above === "object") above.add(own);
		else this.#above.set(line, new Set([above, own]));
	}
}

export interface KnownForms {
	/** Of lines, masked. */
	readonly forms: ReadonlyMap<string, string>;
	/** See `contextsOf`. */
	readonly contexts: ReadonlySet<string>;
}

export class Excerpts {
	readonly lines: string[] = [];
	readonly #seen: readonly LinesSeen[];
	readonly #places = new Map<string, number>();

	constructor(seen: readonly LinesSeen[]) {
		this.#seen = seen;
	}

	/** But for lines of which somebody knows that they were seen, below the line that they stand below. */
	add(lines: readonly string[], isKnown: IsKnown = isNever): Doubtful {
		const excerpts: { from: number; to: number; at: number }[] = [];
		for (let index = 0; index < lines.length; index += 1) {
			if (isKnown(index) || this.#hasSeen(lines, index)) continue;
			const last = excerpts.at(-1);
			const from = Math.max(0, index - ROWS_ABOVE);
			const to = Math.min(lines.length, index + 1 + ROWS_BELOW);
			if (last !== undefined && from <= last.to) last.to = to;
			else excerpts.push({ from, to, at: 0 });
		}
		return { lines, excerpts: excerpts.map((one) => ({ ...one, at: this.#place(lines, one) })) };
	}

	#hasSeen(lines: readonly string[], index: number): boolean {
		for (const seen of this.#seen) if (seen.has(lines, index)) return true;
		return false;
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
	 * mask in them, a line that is known is masked, or one stands among others than ever beside what is masked: then the
	 * picture has to be masked as a whole.
	 */
	resolve(
		{ lines, excerpts }: Doubtful,
		masked: readonly string[],
		{ forms: known, contexts }: KnownForms,
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
		if (forms.includes(undefined)) return undefined;
		if (contextsOf(lines, forms).some((context) => !contexts.has(context))) return undefined;
		return forms as readonly string[];
	}
}
