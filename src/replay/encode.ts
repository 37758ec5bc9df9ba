/** Moments → the bytes of one chunk, each as its difference from the one before. */
import type { Paint, Picture, PictureRow, Run } from "../core/picture.ts";
import type { Moment } from "../core/recording.ts";
import { ByteWriter } from "./bytes.ts";
import { CHANGE, GAP, GAP_REASONS, KEY, VERSION } from "./format.ts";

/** Fewer rows than this are not worth looking for where they stood before. */
const MOVED = 3;

export class ChunkEncoder {
	readonly #bytes = new ByteWriter();
	readonly #paints = new Map<Paint, number>();
	#paintCount = 0;
	#at: number;
	#before: Picture | undefined;

	constructor(at: number) {
		this.#at = at;
		this.#bytes.number(VERSION);
		this.#bytes.number(at);
	}

	get length(): number {
		return this.#bytes.length;
	}

	toBytes(): Uint8Array {
		return this.#bytes.toBytes();
	}

	/** Not earlier than the one before. */
	add(moment: Moment): void {
		this.#bytes.number(moment.at - this.#at);
		this.#at = moment.at;
		if (moment.kind === "gap") {
			this.#bytes.number(GAP);
			this.#bytes.number(GAP_REASONS.indexOf(moment.reason));
			this.#before = undefined;
			return;
		}
		const { picture } = moment;
		const before = this.#before;
		if (before === undefined || before.cols !== picture.cols || before.rows.length !== picture.rows.length)
			this.#key(picture);
		else this.#change(before, picture);
		this.#cursor(picture);
		this.#before = picture;
	}

	#key({ cols, rows }: Picture): void {
		this.#bytes.number(KEY);
		this.#bytes.number(cols);
		this.#bytes.number(rows.length);
		for (const row of rows) this.#row(row);
	}

	#change(before: Picture, { rows }: Picture): void {
		const changed: number[] = [];
		for (let y = 0; y < rows.length; y += 1) if (rows[y] !== before.rows[y]) changed.push(y);
		this.#bytes.number(CHANGE);
		this.#bytes.number(changed.length);
		const places = changed.length < MOVED ? undefined : placesOf(before);
		let last = 0;
		for (const y of changed) {
			const row = rows[y] as PictureRow;
			const from = places?.get(row);
			this.#bytes.number(y - last);
			this.#bytes.number(from === undefined ? 0 : from + 1);
			if (from === undefined) this.#row(row);
			last = y;
		}
	}

	#cursor({ cursor }: Picture): void {
		this.#bytes.number(cursor.visible ? cursor.x + 1 : 0);
		if (cursor.visible) this.#bytes.number(cursor.y);
	}

	#row({ runs, isWrapped }: PictureRow): void {
		this.#bytes.number(2 * runs.length + Number(isWrapped));
		for (const run of runs) this.#run(run);
	}

	#run({ text, cells, width, paint }: Run): void {
		const known = this.#paints.get(paint);
		this.#bytes.number(known ?? this.#paintCount);
		if (known === undefined) {
			this.#paints.set(paint, this.#paintCount++);
			this.#bytes.number(paint.fg);
			this.#bytes.number(paint.bg);
			this.#bytes.number(paint.attributes);
		}
		this.#bytes.number(2 * cells + Number(width === 2));
		this.#bytes.text(text);
	}
}

function placesOf({ rows }: Picture): ReadonlyMap<PictureRow, number> {
	const places = new Map<PictureRow, number>();
	for (let y = 0; y < rows.length; y += 1) places.set(rows[y] as PictureRow, y);
	return places;
}
