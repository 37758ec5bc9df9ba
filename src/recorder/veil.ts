/**
 * After a pause: rows that came on the screen while nothing was recorded are left blank for as long as they stand there as
 * they are. Rows are told apart by their words, which stay the same when a program paints them again elsewhere.
 */
export class Veil<Row extends object> {
	readonly #textOf: (row: Row) => string;
	readonly #blank: Row;
	#before: ReadonlySet<string> = new Set();
	#covered: ReadonlySet<string> = new Set();

	constructor(textOf: (row: Row) => string, blank: Row) {
		this.#textOf = textOf;
		this.#blank = blank;
	}

	/** The screen as it is recorded last. */
	remember(rows: readonly Row[] = []): void {
		this.#before = new Set(rows.map(this.#textOf));
	}

	/** The screen as it is when recording goes on. */
	cover(rows: readonly Row[] = []): void {
		const seen = rows.map(this.#textOf).filter((text) => text !== "" && !this.#before.has(text));
		this.#covered = new Set(seen);
	}

	/** The rows of the screen, and those that have just left it. What has gone once may come back as something new. */
	over(
		rows: readonly Row[],
		left: readonly Row[] = [],
	): { readonly rows: readonly Row[]; readonly left: readonly Row[] } {
		if (this.#covered.size === 0) return { rows, left };
		const covered = this.#covered;
		const hide = (row: Row) => (covered.has(this.#textOf(row)) ? this.#blank : row);
		this.#covered = new Set(rows.map(this.#textOf).filter((text) => covered.has(text)));
		return { rows: rows.map(hide), left: left.map(hide) };
	}
}
