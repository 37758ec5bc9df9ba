/**
 * The reference: @xterm/headless, the emulator that the project is named to agree with, read through its public cells.
 * It works here alone. What ships is a terminal of our own, several times as fast.
 */
import { type IBufferCell, type IBufferLine, type IUnicodeVersionProvider, Terminal } from "@xterm/headless";
import type { CellStyle, Row } from "../../../src/core/frame.ts";
import { charProperties, charWidth } from "../../../src/screen/char-width.ts";
import { HISTORY_LINES } from "../../../src/screen/vt/history.ts";
import { COMPARED_HISTORY, type Picture } from "./picture.ts";

const WIDTHS: IUnicodeVersionProvider = {
	version: "ctrace",
	wcwidth: charWidth,
	charProperties,
};

export class Reference {
	readonly #terminal: Terminal;
	#title: string | undefined;

	constructor(size: { cols: number; rows: number }) {
		this.#terminal = new Terminal({
			...size,
			scrollback: HISTORY_LINES,
			allowProposedApi: true,
			logLevel: "off",
		});
		this.#terminal.unicode.register(WIDTHS);
		this.#terminal.unicode.activeVersion = WIDTHS.version;
		this.#terminal.onTitleChange((title) => {
			this.#title = title;
		});
	}

	/** Its public `write` answers from a timer; thousands of cases need the answer now. */
	write(bytes: Uint8Array): void {
		this.#core.writeSync(bytes);
	}

	/**
	 * Two repairs. A screen that is not shown keeps room for the rows it had, and scrolls wrongly later: it is begun anew.
	 * On the alternate screen, columns that a narrower window hides would come back with the next wider one.
	 */
	resize(cols: number, rows: number): void {
		this.#terminal.resize(cols, rows);
		const { alt } = this.#core.buffers;
		if (this.#terminal.buffer.active.type === "normal") alt.clear();
		else for (let y = 0; y < alt.lines.length; y++) alt.lines.get(y).resize(cols, alt.getNullCell());
	}

	get #core(): ReferenceCore {
		const core: unknown = Reflect.get(this.#terminal, "_core");
		if (!isCore(core)) throw new Error("this build of the reference has no synchronous writer");
		return core;
	}

	picture(): Picture {
		const { active, normal } = this.#terminal.buffer;
		const cell = active.getNullCell();
		const rowsOf = (buffer: typeof active, from: number, to: number) =>
			Array.from({ length: to - from }, (_, index) => {
				const line = buffer.getLine(from + index);
				if (line === undefined) throw new Error(`the reference has no line ${from + index}`);
				return readRow(line, cell);
			});
		return {
			rows: rowsOf(active, active.baseY, active.baseY + this.#terminal.rows),
			history: rowsOf(normal, Math.max(0, normal.baseY - COMPARED_HISTORY), normal.baseY),
			historyLength: normal.baseY,
			cursor: { x: active.cursorX, y: active.cursorY },
			isAlternate: active.type === "alternate",
			title: this.#title,
		};
	}
}

interface ReferenceCore {
	writeSync(bytes: Uint8Array): void;
	readonly buffers: {
		readonly alt: {
			clear(): void;
			getNullCell(): unknown;
			readonly lines: {
				readonly length: number;
				get(y: number): { resize(cols: number, fill: unknown): void };
			};
		};
	};
}

function isCore(value: unknown): value is ReferenceCore {
	return typeof value === "object" && value !== null && "writeSync" in value && "buffers" in value;
}

/** The row as its cells say, one by one. */
function readRow(line: IBufferLine, cell: IBufferCell): Row {
	const cells = Array.from({ length: line.length }, (_, x) => {
		line.getCell(x, cell);
		return { chars: cell.getChars(), width: cell.getWidth(), style: styleOf(cell) };
	});
	const isBlank = (chars: string) => chars === "" || chars === " " || chars === "\u00a0";
	const last = cells.findLastIndex(({ chars }) => chars !== "" && chars !== " ");
	const lead = cells.findIndex(({ chars }) => !isBlank(chars));
	const blank = cells.findIndex(
		({ chars, width }, x) => lead >= 0 && x > lead && isBlank(chars) && width > 0,
	);
	const next = cells.findIndex(({ chars }, x) => blank >= 0 && x > blank && !isBlank(chars));
	return {
		text: textOf(cells.slice(0, last + 1)),
		width: last < 0 ? 0 : last + (cells[last]?.width ?? 0),
		isWrapped: line.isWrapped,
		fill: cells[0]?.style.bg,
		lead: cells[lead]?.style,
		next: cells[next]?.style,
	};
}

/** A mark at the very end that found nothing to join counts too. */
function textOf(cells: readonly { readonly chars: string; readonly width: number }[]): string {
	const shown = [];
	for (let x = 0; x < cells.length; x += cells[x]?.width || 1) shown.push(cells[x]?.chars || " ");
	return shown.join("");
}

function styleOf(cell: IBufferCell): CellStyle {
	return {
		fg: cell.isFgDefault() ? undefined : colour(cell.getFgColor(), cell.isFgRGB()),
		bg: cell.isBgDefault() ? undefined : colour(cell.getBgColor(), cell.isBgRGB()),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		inverse: cell.isInverse() !== 0,
	};
}

function colour(value: number, isRgb: boolean): string {
	return isRgb ? `#${value.toString(16).padStart(6, "0")}` : `p${value}`;
}
