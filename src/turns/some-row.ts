import type { Row } from "../core/frame.ts";
import { type Look, type LookKind, matchRow } from "../core/look.ts";

/** Whether a row of the screen looks like this: of a screen that was looked at before, only rows that changed are asked. */
export class SomeRow {
	readonly #look: Look;
	readonly #kind: LookKind;
	#rows: readonly Row[] = [];
	#isThere = false;

	constructor(look: Look, kind: LookKind) {
		this.#look = look;
		this.#kind = kind;
	}

	isIn(rows: readonly Row[]): boolean {
		const isNew = rows.some((row, y) => row !== this.#rows[y] && this.#fits(row));
		if (!isNew && this.#isThere) this.#isThere = rows.some((row) => this.#fits(row));
		else this.#isThere = isNew;
		this.#rows = rows;
		return this.#isThere;
	}

	#fits(row: Row): boolean {
		return matchRow(this.#look, this.#kind, row) !== undefined;
	}
}
