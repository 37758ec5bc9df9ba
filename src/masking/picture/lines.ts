/** A picture's rows as lines that a person reads: those that the terminal itself wrapped are one. */
import { columnsOf, type PictureRow, textOfRow } from "../../core/picture.ts";

/** A row's place in its line: it begins at `start`, and everything it says ends at `end`. */
export interface LinePart {
	readonly row: number;
	readonly start: number;
	readonly end: number;
}

export interface PictureLine {
	readonly text: string;
	readonly parts: readonly LinePart[];
}

const STARTS_WIDE =
	/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef\p{Emoji_Presentation}]/u;

export class LineReader {
	/** A row is read once: it stands in many pictures. */
	readonly #texts = new WeakMap<PictureRow, string>();
	#before: { readonly rows: readonly PictureRow[]; readonly lines: readonly PictureLine[] } | undefined;

	textOf(row: PictureRow): string {
		const known = this.#texts.get(row);
		if (known !== undefined) return known;
		const text = textOfRow(row);
		this.#texts.set(row, text);
		return text;
	}

	/** Lines that stand where they stood are the same objects as last time. */
	read(rows: readonly PictureRow[], cols: number): readonly PictureLine[] {
		if (rows.some(({ isWrapped }) => isWrapped)) {
			this.#before = undefined;
			return this.#join(rows, cols);
		}
		const before = this.#before;
		const lines = rows.map((painted, row): PictureLine => {
			const known = before?.rows[row] === painted ? before.lines[row] : undefined;
			return known ?? this.#single(painted, row);
		});
		this.#before = { rows, lines };
		return lines;
	}

	#single(painted: PictureRow, row: number): PictureLine {
		const text = this.textOf(painted);
		return { text, parts: [{ row, start: 0, end: text.length }] };
	}

	#join(rows: readonly PictureRow[], cols: number): PictureLine[] {
		const lines: { text: string; parts: LinePart[] }[] = [];
		for (const [row, painted] of rows.entries()) {
			const text = this.textOf(painted);
			const above = lines.at(-1);
			if (!painted.isWrapped || above === undefined) {
				lines.push({ text, parts: [{ row, start: 0, end: text.length }] });
				continue;
			}
			// A blank in the last column was cut off with the row's other blanks; a wide character that had no room left none.
			const isFull = columnsOf(rows[row - 1] ?? painted) >= cols;
			const start = above.text.length + (isFull || STARTS_WIDE.test(text) ? 0 : 1);
			above.text = above.text.padEnd(start) + text;
			above.parts.push({ row, start, end: above.text.length });
		}
		return lines;
	}
}
