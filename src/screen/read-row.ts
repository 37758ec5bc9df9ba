import type { IBufferCell, IBufferLine } from "@xterm/headless";
import type { CellStyle, Row } from "../core/frame.ts";

const NO_BREAK_SPACE = "\u00a0";

/** Reads one line of the emulator's buffer. */
export function readRow(line: IBufferLine, cell: IBufferCell): Row {
	const { width, fill, lead, next } = readMarks(line, cell);
	return {
		text: line.translateToString(true).replace(/ +$/, ""),
		width,
		isWrapped: line.isWrapped,
		...(fill === undefined ? {} : { fill }),
		...(lead === undefined ? {} : { lead }),
		...(next === undefined ? {} : { next }),
	};
}

interface RowMarks {
	readonly width: number;
	readonly fill: string | undefined;
	readonly lead: CellStyle | undefined;
	readonly next: CellStyle | undefined;
}

function readMarks(line: IBufferLine, cell: IBufferCell): RowMarks {
	line.getCell(0, cell);
	const fill = colourKey(cell, "bg");
	const leadAt = findInk(line, cell, 0);
	if (leadAt === undefined)
		return { width: breakSpaceWidth(line, cell), fill, lead: undefined, next: undefined };
	const lead = styleOf(cell);
	const blankAt = findBlank(line, cell, leadAt + 1);
	const nextAt = blankAt === undefined ? undefined : findInk(line, cell, blankAt + 1);
	const next = nextAt === undefined ? undefined : styleOf(cell);
	return { width: occupiedWidth(line, cell, leadAt), fill, lead, next };
}

/** First column from `from` on that shows something; the cell is left standing on it. */
function findInk(line: IBufferLine, cell: IBufferCell, from: number): number | undefined {
	for (let x = from; x < line.length; x++) {
		line.getCell(x, cell);
		if (!isBlankCell(cell)) return x;
	}
	return undefined;
}

function findBlank(line: IBufferLine, cell: IBufferCell, from: number): number | undefined {
	for (let x = from; x < line.length; x++) {
		line.getCell(x, cell);
		if (isBlankCell(cell) && cell.getWidth() > 0) return x;
	}
	return undefined;
}

function isBlankCell(cell: IBufferCell): boolean {
	const chars = cell.getChars();
	return chars === "" || chars === " " || chars === NO_BREAK_SPACE;
}

/** A row of no-break spaces alone still has a width. */
function breakSpaceWidth(line: IBufferLine, cell: IBufferCell): number {
	for (let x = line.length - 1; x >= 0; x--) {
		line.getCell(x, cell);
		if (cell.getChars() === NO_BREAK_SPACE) return x + 1;
	}
	return 0;
}

/** Last occupied column, searched from the right: the rest of the row has no say in recognition. */
function occupiedWidth(line: IBufferLine, cell: IBufferCell, atLeast: number): number {
	for (let x = line.length - 1; x >= atLeast; x--) {
		line.getCell(x, cell);
		const chars = cell.getChars();
		if (chars !== "" && chars !== " ") return x + cell.getWidth();
	}
	return atLeast + 1;
}

function styleOf(cell: IBufferCell): CellStyle {
	const fg = colourKey(cell, "fg");
	const bg = colourKey(cell, "bg");
	return {
		...(fg === undefined ? {} : { fg }),
		...(bg === undefined ? {} : { bg }),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		inverse: cell.isInverse() !== 0,
	};
}

function colourKey(cell: IBufferCell, ground: "fg" | "bg"): string | undefined {
	const foreground = ground === "fg";
	if (foreground ? cell.isFgDefault() : cell.isBgDefault()) return undefined;
	const colour = foreground ? cell.getFgColor() : cell.getBgColor();
	const isRgb = foreground ? cell.isFgRGB() : cell.isBgRGB();
	return isRgb ? `#${colour.toString(16).padStart(6, "0")}` : `p${colour}`;
}

export function sameRow(a: Row, b: Row): boolean {
	return (
		a.text === b.text &&
		a.isWrapped === b.isWrapped &&
		a.width === b.width &&
		a.fill === b.fill &&
		sameStyle(a.lead, b.lead) &&
		sameStyle(a.next, b.next)
	);
}

function sameStyle(a: CellStyle | undefined, b: CellStyle | undefined): boolean {
	if (a === undefined || b === undefined) return a === b;
	return a.fg === b.fg && a.bg === b.bg && a.bold === b.bold && a.dim === b.dim && a.inverse === b.inverse;
}
