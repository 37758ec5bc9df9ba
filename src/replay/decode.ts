/** The bytes of one chunk → its moments. Throws `CtraceError("store-damaged")` for bytes that are none. */
import { CtraceError } from "../core/errors.ts";
import type { Paint, Picture, PictureRow } from "../core/picture.ts";
import type { Moment } from "../core/recording.ts";
import { ByteReader } from "./bytes.ts";
import { CHANGE, GAP, GAP_REASONS, KEY, VERSION } from "./format.ts";

/** Larger than any window: what says more is damaged. */
const MOST_ROWS = 10_000;

export function decodeChunk(bytes: Uint8Array): readonly Moment[] {
	try {
		return new ChunkDecoder(bytes).moments();
	} catch (cause) {
		if (cause instanceof CtraceError) throw cause;
		throw new CtraceError("store-damaged", "a piece of the recording cannot be read", { cause });
	}
}

class ChunkDecoder {
	readonly #bytes: ByteReader;
	readonly #paints: Paint[] = [];
	#before: Picture | undefined;

	constructor(bytes: Uint8Array) {
		this.#bytes = new ByteReader(bytes);
	}

	moments(): readonly Moment[] {
		const version = this.#bytes.number();
		if (version !== VERSION)
			throw new CtraceError("store-newer", "this recording was made by a newer ctrace", {
				hint: "Update ctrace to replay it.",
			});
		let at = this.#bytes.number();
		const moments: Moment[] = [];
		while (!this.#bytes.isAtEnd) {
			at += this.#bytes.number();
			moments.push(this.#moment(at));
		}
		return moments;
	}

	#moment(at: number): Moment {
		const kind = this.#bytes.number();
		if (kind === GAP) {
			const reason = GAP_REASONS[this.#bytes.number()];
			if (reason === undefined) throw new RangeError("an unknown gap");
			this.#before = undefined;
			return { kind: "gap", at, reason };
		}
		const { cols, rows } = kind === KEY ? this.#key() : this.#change(kind);
		const picture = { at, cols, rows, cursor: this.#cursor() };
		this.#before = picture;
		return { kind: "picture", at, picture };
	}

	#key(): Pick<Picture, "cols" | "rows"> {
		const cols = this.#bytes.number();
		const count = this.#bytes.number();
		if (count > MOST_ROWS) throw new RangeError("too many rows");
		return { cols, rows: Array.from({ length: count }, () => this.#row()) };
	}

	#change(kind: number): Pick<Picture, "cols" | "rows"> {
		const before = this.#before;
		if (kind !== CHANGE || before === undefined) throw new RangeError("a change of nothing");
		const rows = [...before.rows];
		let y = 0;
		for (let left = this.#bytes.number(); left > 0; left -= 1) {
			y += this.#bytes.number();
			if (y >= rows.length) throw new RangeError("a row below the last");
			const from = this.#bytes.number();
			const row = from === 0 ? this.#row() : before.rows[from - 1];
			if (row === undefined) throw new RangeError("a row from nowhere");
			rows[y] = row;
		}
		return { cols: before.cols, rows };
	}

	#cursor(): Picture["cursor"] {
		const x = this.#bytes.number();
		return x === 0 ? { x: 0, y: 0, visible: false } : { x: x - 1, y: this.#bytes.number(), visible: true };
	}

	#row(): PictureRow {
		const head = this.#bytes.number();
		if (head > 2 * MOST_ROWS) throw new RangeError("too many runs");
		const runs = Array.from({ length: head >> 1 }, () => {
			const paint = this.#paint(this.#bytes.number());
			const cells = this.#bytes.number();
			const width: 1 | 2 = cells % 2 === 1 ? 2 : 1;
			return { text: this.#bytes.text(), cells: Math.floor(cells / 2), width, paint };
		});
		return { runs, isWrapped: head % 2 === 1 };
	}

	#paint(index: number): Paint {
		const known = this.#paints[index];
		if (known !== undefined) return known;
		if (index !== this.#paints.length) throw new RangeError("an unknown paint");
		const [fg, bg, attributes] = [this.#bytes.number(), this.#bytes.number(), this.#bytes.number()];
		const paint = { fg, bg, attributes };
		this.#paints.push(paint);
		return paint;
	}
}
