/** As much of a terminal as decides what stands where: a cursor, rows without a right edge, erasing, inserting. */

/** A cell far outside any window is a mistake or an attack: the grid must not grow for it. */
const MAX_COLUMN = 2000;
const MAX_ROWS_BELOW = 500;
/** Rows an absolute address can reach: no window is taller. */
const WINDOW_ROWS = 300;
const TAB = 8;
/** Alternate screens. */
const SCREEN_MODES = new Set([47, 1047, 1049]);

export class Grid {
	readonly #finished: string[] = [];
	#rows: string[][] = [[]];
	#row = 0;
	#column = 0;
	#saved = { row: 0, column: 0 };

	/** Printable text, or one control character. */
	write(text: string): void {
		if (text.length === 1 && text < " ") this.#control(text);
		else for (const character of text) this.#put(character);
	}

	/** A control sequence: its final byte and its numbers. */
	control(final: string, numbers: readonly number[], isPrivate: boolean): void {
		const count = Math.max(1, numbers[0] || 1);
		const move = MOVES[final];
		if (move !== undefined) move(this, count, Math.max(1, numbers[1] || 1));
		else if (final === "J") this.#eraseScreen(numbers[0] || 0);
		else if (final === "K") this.#eraseLine(numbers[0] || 0);
		else if (final === "s") this.escape("7");
		else if (final === "u" && !isPrivate) this.escape("8");
		else if ((final === "h" || final === "l") && isPrivate && SCREEN_MODES.has(numbers[0] ?? 0))
			this.#newPage();
		else this.#edit(final, Math.min(count, MAX_COLUMN));
	}

	escape(letter: string): void {
		if (letter === "7") this.#saved = { row: this.#row, column: this.#column };
		else if (letter === "8") this.goTo(this.#saved.row, this.#saved.column);
		else if (letter === "M") this.goTo(this.#row - 1, this.#column);
		else if (letter === "D") this.goTo(this.#row + 1, this.#column);
		else if (letter === "E") this.goTo(this.#row + 1, 0);
		else if (letter === "c") this.#newPage();
	}

	goTo(row: number, column: number): void {
		this.#row = Math.max(0, Math.min(row, this.#rows.length - 1 + MAX_ROWS_BELOW));
		this.#column = Math.max(0, Math.min(column, MAX_COLUMN));
		while (this.#rows.length <= this.#row) this.#rows.push([]);
	}

	moveBy(rows: number, columns: number): void {
		this.goTo(this.#row + rows, this.#column + columns);
	}

	/** `row` counts from 0 at the window's top, which is the page's unless the page is taller than any window. */
	address(row: number | undefined, column: number | undefined): void {
		const top = Math.max(0, this.#rows.length - WINDOW_ROWS);
		this.goTo(row === undefined ? this.#row : top + row, column ?? this.#column);
	}

	toString(): string {
		return [...this.#finished, ...pageOf(this.#rows)].join("\n");
	}

	#control(character: string): void {
		if (character === "\r") this.#column = 0;
		else if (character === "\b") this.#column = Math.max(0, this.#column - 1);
		else if (character === "\t") this.goTo(this.#row, (Math.floor(this.#column / TAB) + 1) * TAB);
		else if (character === "\n" || character === "\v" || character === "\f") this.goTo(this.#row + 1, 0);
	}

	#put(character: string): void {
		const row = this.#rows[this.#row];
		if (row === undefined || this.#column >= MAX_COLUMN || isControl(character)) return;
		while (row.length < this.#column) row.push(" ");
		row[this.#column] = character;
		this.#column += 1;
		if (isWide(character)) {
			row[this.#column] = "";
			this.#column += 1;
		}
	}

	#edit(final: string, count: number): void {
		const row = this.#rows[this.#row];
		if (row === undefined) return;
		if (final === "P") row.splice(this.#column, count);
		else if (final === "@" && row.length > this.#column) row.splice(this.#column, 0, ...blanks(count));
		else if (final === "X") row.splice(this.#column, count, ...blanks(Math.min(count, row.length)));
		else if (final === "M") this.#rows.splice(this.#row, count, []);
		else if (final === "L") this.#rows.splice(this.#row, 0, []);
	}

	#eraseLine(how: number): void {
		const row = this.#rows[this.#row];
		if (row === undefined) return;
		if (how === 0) row.length = Math.min(row.length, this.#column);
		else if (how === 1) row.splice(0, this.#column + 1, ...blanks(Math.min(row.length, this.#column + 1)));
		else this.#rows[this.#row] = [];
	}

	#eraseScreen(how: number): void {
		if (how >= 2) this.#newPage();
		else this.#eraseLine(how);
		if (how === 0) this.#rows.length = this.#row + 1;
		else if (how === 1) this.#rows.fill([], 0, this.#row);
	}

	/** What stood there was seen: it is kept, and the next picture begins below it. */
	#newPage(): void {
		this.#finished.push(...pageOf(this.#rows));
		this.#rows = [[]];
		this.goTo(this.#row, this.#column);
	}
}

const MOVES: Readonly<Record<string, (grid: Grid, count: number, second: number) => void>> = {
	A: (grid, count) => grid.moveBy(-count, 0),
	B: (grid, count) => grid.moveBy(count, 0),
	e: (grid, count) => grid.moveBy(count, 0),
	C: (grid, count) => grid.moveBy(0, count),
	a: (grid, count) => grid.moveBy(0, count),
	D: (grid, count) => grid.moveBy(0, -count),
	E: (grid, count) => grid.moveBy(count, -MAX_COLUMN),
	F: (grid, count) => grid.moveBy(-count, -MAX_COLUMN),
	G: (grid, count) => grid.address(undefined, count - 1),
	"`": (grid, count) => grid.address(undefined, count - 1),
	d: (grid, count) => grid.address(count - 1, undefined),
	H: (grid, count, second) => grid.address(count - 1, second - 1),
	f: (grid, count, second) => grid.address(count - 1, second - 1),
};

/** Rows as text, without the blank ones above the first. */
function pageOf(rows: readonly (readonly string[])[]): string[] {
	const lines = rows.map((row) => row.join("").trimEnd());
	const first = lines.findIndex((line) => line !== "");
	return first === -1 ? [] : lines.slice(first);
}

function blanks(count: number): string[] {
	return new Array<string>(count).fill(" ");
}

function isControl(character: string): boolean {
	return character < " " || (character >= "\u007f" && character <= "\u009f");
}

/** East Asian wide and emoji blocks: two columns. */
function isWide(character: string): boolean {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x1100) return false;
	return (
		code <= 0x115f ||
		(code >= 0x2e80 && code <= 0xa4cf) ||
		(code >= 0xac00 && code <= 0xd7a3) ||
		(code >= 0xf900 && code <= 0xfaff) ||
		(code >= 0xfe30 && code <= 0xfe6f) ||
		(code >= 0xff00 && code <= 0xff60) ||
		(code >= 0x1f300 && code <= 0x1faff) ||
		(code >= 0x20000 && code <= 0x3fffd)
	);
}
