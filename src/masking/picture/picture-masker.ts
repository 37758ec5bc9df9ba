/**
 * Masks pictures of the screen. One every few seconds is masked as a whole, with everything that scrolled away above it, and
 * so is the last one that stays; of those between, only the lines that the last whole one does not show, among the lines
 * around them: most of a screen stands still. Where anything is found in them, and wherever a key in armour is near, the
 * picture is masked as a whole after all.
 */
import type { Masked } from "../../core/masked.ts";
import type { Picture } from "../../core/picture.ts";
import { WITHHELD_RULE } from "../mask-text.ts";
import type { Masker, MaskMemory } from "../masker.ts";
import { mentionsKey } from "../private-key-block.ts";
import { contextsOf, type Doubtful, Excerpts, type IsKnown, isNever, LinesSeen } from "./excerpts.ts";
import { Growing } from "./growing.ts";
import { LineReader, type PictureLine, type ReadRows } from "./lines.ts";
import { paintLine } from "./paint-line.ts";
import type { Standing } from "./row-reading.ts";
import { Stands } from "./stands.ts";

export interface Stretch {
	/** Oldest first; without any, what is above waits for the next one. */
	readonly pictures: readonly Picture[];
	/** The program has come to its end: nothing grows any more, but for what was still being typed. */
	readonly isOver?: boolean;
	/** Lines that left the top of the screen since the stretch before, oldest first. */
	readonly above: readonly string[];
}

export type MaskedStretch =
	| {
			readonly kind: "masked";
			readonly pictures: Masked<readonly Picture[]>;
			/** When the newest picture will show more if nothing else changes; never: infinity. */
			readonly holdsUntil: number;
	  }
	/** It could not be masked. */
	| { readonly kind: "withheld" };

/** So long after a picture was masked as a whole, the next one is, or the same one again. */
const WHOLE_EVERY_MS = 2000;
/** Lines of a key in armour that are remembered when its header has left the screen. */
const KEY_LINES = 200;
/** What was broken over rows, and begins above the screen, is read together with so many rows that left it … */
const ROWS_REMEMBERED = 12;
/** … and no more than so many wait for the next picture: a flood is not read twice. */
const MOST_WAITING = 500;

export interface PictureMaskerParts {
	readonly masker: Masker;
	/** What was found in the session so far. */
	readonly memory: MaskMemory;
	/** Values known to be secret: their beginnings are held back. */
	readonly knownValues: readonly string[];
}

interface ReadPicture extends ReadRows {
	readonly picture: Picture;
	readonly stands: readonly Standing[];
}

interface Painted {
	readonly picture: Picture;
	readonly until: number;
}

/** A stretch in which something is new. */
interface News {
	readonly older: readonly ReadPicture[];
	readonly newest: ReadPicture;
	readonly isOver: boolean;
}

export class PictureMasker {
	readonly #parts: PictureMaskerParts;
	readonly #reader = new LineReader();
	readonly #growing: Growing;
	readonly #stands = new Stands();
	/** The newest picture's lines, masked. */
	#known = new Map<string, string>();
	#seen = new LinesSeen();
	/** Where those of them stood that have something masked near them, in the pictures that were masked as a whole last. */
	#contexts = new Set<string>();
	#last: { readonly lines: readonly PictureLine[]; readonly forms: readonly string[] } | undefined;
	/** Lines above the screen that were masked with it last, as far as they still tell how to read it. */
	#linesAbove: readonly string[] = [];
	/** Lines that left the screen since then. */
	#waiting: readonly string[] = [];
	/** A key in armour was near when a picture was masked as a whole last. */
	#isKeyNear = false;
	/** The newest picture was masked as a whole; when the last one was. */
	#isWhole = false;
	#wholeAt = Number.NEGATIVE_INFINITY;

	constructor(parts: PictureMaskerParts) {
		this.#parts = parts;
		this.#growing = new Growing(parts.knownValues);
	}

	/** Each as of its own time: the newest one may be handed in again with a later one, when what was held back may be shown. */
	mask({ pictures, above, isOver = false }: Stretch): MaskedStretch {
		const read = pictures.map((picture) => this.#read(picture));
		const newest = read.at(-1);
		if (above.length > 0) this.#waiting = [...this.#waiting, ...above].slice(-MOST_WAITING);
		if (newest === undefined)
			return { kind: "masked", pictures: brand([]), holdsUntil: Number.POSITIVE_INFINITY };
		const isDue = isOver || newest.picture.at - this.#wholeAt >= WHOLE_EVERY_MS;
		const isFirstLook = isDue && !this.#isWhole;
		const isAlone = this.#waiting.length === 0 && read.length === 1;
		const same = isAlone ? this.#sameForms(newest.lines) : undefined;
		if (same !== undefined && !isFirstLook) return this.#give([], this.#paint(newest, same, isOver));
		const news = { older: read.slice(0, -1), newest, isOver };
		return (isDue ? undefined : this.#maskChanges(news)) ?? this.#maskWholly(news);
	}

	/** Only lines that are new, among those around them; undefined where that does not do. */
	#maskChanges({ older, newest }: News): MaskedStretch | undefined {
		if (this.#waiting.length > 0 || this.#isKeyNear) return undefined;
		const all = [...older, newest];
		if (all.some(showsKey)) return undefined;
		const excerpts = new Excerpts([this.#seen]);
		const doubtful = all.map((one) => excerpts.add(one.texts, this.#sameAsLast(one)));
		const masked = excerpts.lines.length === 0 ? [] : this.#maskLines(excerpts.lines);
		if (masked === undefined) return undefined;
		const known = { forms: this.#known, contexts: this.#contexts };
		const forms = doubtful.map((one) => excerpts.resolve(one, masked, known));
		if (forms.includes(undefined)) return undefined;
		const pictures = all.map((one, index) => this.#paint(one, forms[index] ?? []));
		const newestForms = forms.at(-1) ?? [];
		learn(this.#known, newest.lines, newestForms);
		this.#seen.add(newest.texts, this.#sameAsLast(newest));
		this.#last = { lines: newest.lines, forms: newestForms };
		this.#isWhole = false;
		return this.#give(pictures.slice(0, -1), pictures.at(-1) as Painted);
	}

	#give(older: readonly Painted[], newest: Painted): MaskedStretch {
		const pictures = [...older, newest].map(({ picture }) => picture);
		const due = this.#isWhole ? Number.POSITIVE_INFINITY : this.#wholeAt + WHOLE_EVERY_MS;
		return { kind: "masked", pictures: brand(pictures), holdsUntil: Math.min(newest.until, due) };
	}

	/** `isAgain`: with what the pictures between have taught, which was on none of the rows that are still there. */
	#maskWholly(news: News, isAgain = false): MaskedStretch {
		const { older, newest, isOver } = news;
		const { texts } = newest;
		const seen = new LinesSeen().add(texts);
		const context = [...this.#linesAbove, ...this.#waiting];
		const excerpts = new Excerpts([this.#seen, seen]);
		const doubtful = older.map((one) => excerpts.add(one.texts));
		const masked = this.#maskLines([...context, ...texts, ...excerpts.lines]);
		if (masked === undefined) return { kind: "withheld" };
		const { size } = this.#parts.memory;
		const forms = masked.slice(context.length, context.length + texts.length);
		const known = learn(new Map(), newest.lines, forms);
		const all = older.length === 0 ? known : learn(new Map(this.#known), newest.lines, forms);
		const own = contextsOf(texts, forms);
		const contexts = new Set([...this.#contexts, ...own]);
		const shown = masked.slice(context.length + texts.length);
		const isKeyAbove = context.some(mentionsKey);
		this.#isKeyNear = isKeyAbove || older.some(showsKey) || showsKey(newest);
		const results: Painted[] = [];
		for (const [index, one] of older.entries()) {
			const found = this.#isKeyNear
				? undefined
				: excerpts.resolve(doubtful[index] as Doubtful, shown, { forms: all, contexts });
			const whole = found ?? this.#maskWhole(one, context);
			if (whole === undefined) return { kind: "withheld" };
			results.push(this.#paint(one, whole));
		}
		if (this.#parts.memory.size > size && !isAgain) return this.#maskWholly(news, true);
		const last = this.#paint(newest, forms, isOver);
		this.#known = known;
		this.#seen = seen;
		this.#contexts = new Set(own);
		this.#last = { lines: newest.lines, forms };
		this.#linesAbove = isKeyAbove ? telling(context) : context.slice(-ROWS_REMEMBERED);
		this.#waiting = [];
		this.#isWhole = true;
		this.#wholeAt = newest.picture.at;
		return this.#give(results, last);
	}

	#read(picture: Picture): ReadPicture {
		const read = this.#reader.read(picture.rows, picture.cols);
		const { readings, lines, texts } = read;
		return { picture, readings, lines, texts, stands: this.#stands.of(readings, picture.at) };
	}

	/** Which of its lines stand where they stood in the newest picture so far, below the line that they stood below. */
	#sameAsLast({ lines }: ReadPicture): IsKnown {
		const last = this.#last?.lines;
		if (last === undefined) return isNever;
		return (index) => lines[index] === last[index] && (index === 0 || lines[index - 1] === last[index - 1]);
	}

	/** The same lines as last time, line by line the same objects: only the cursor has moved, or time has passed. */
	#sameForms(lines: readonly PictureLine[]): readonly string[] | undefined {
		const last = this.#last;
		if (last === undefined || last.lines.length !== lines.length) return undefined;
		return lines.every((line, index) => line === last.lines[index]) ? last.forms : undefined;
	}

	#maskWhole(picture: ReadPicture, context: readonly string[]): readonly string[] | undefined {
		return this.#maskLines([...context, ...picture.texts])?.slice(context.length);
	}

	/** Blank rows at the end, often the greater part of a screen, have nothing to say. */
	#maskLines(lines: readonly string[]): readonly string[] | undefined {
		let end = lines.length;
		while (end > 0 && lines[end - 1] === "") end -= 1;
		const { value, counts } = this.#parts.masker.mask(lines.slice(0, end), this.#parts.memory);
		if ((counts[WITHHELD_RULE] ?? 0) > 0 || value.length !== end) return undefined;
		return end === lines.length ? value : [...value, ...lines.slice(end)];
	}

	#paint(
		{ picture, readings, lines, stands }: ReadPicture,
		forms: readonly string[],
		isOver = false,
	): Painted {
		const held = this.#growing.find({ picture, readings, lines, stands, isOver });
		const rows = picture.rows.slice();
		for (let index = 0; index < lines.length; index += 1) {
			const line = lines[index] as PictureLine;
			const form = forms[index] ?? "";
			const growing = held.lines.get(index);
			if (form !== line.text || growing !== undefined) paintLine(rows, readings, { line, form, growing });
		}
		return { picture: { ...picture, rows }, until: held.until };
	}
}

function showsKey({ lines }: ReadPicture): boolean {
	for (const { text, reading } of lines) if (reading?.mentionsKey ?? mentionsKey(text)) return true;
	return false;
}

function brand(pictures: readonly Picture[]): Masked<readonly Picture[]> {
	return pictures as Masked<readonly Picture[]>;
}

/** The same words twice, once part of a secret: then they are one everywhere. */
function learn(
	known: Map<string, string>,
	lines: readonly PictureLine[],
	forms: readonly string[],
): Map<string, string> {
	for (let index = 0; index < lines.length; index += 1) {
		const text = lines[index]?.text ?? "";
		const form = forms[index] ?? "";
		if (form !== text || !known.has(text)) known.set(text, form);
	}
	return known;
}

/** From a key's beginning on, for more of it may come; the last ones in any case. */
function telling(context: readonly string[]): readonly string[] {
	const recent = context.slice(-KEY_LINES);
	const first = recent.findIndex((line) => mentionsKey(line));
	return first === -1 ? recent.slice(-ROWS_REMEMBERED) : recent.slice(first);
}
