import type { IBufferCell, IBufferLine } from "@xterm/headless";
import type { CellStyle, Row } from "../core/frame.ts";

const NO_BREAK_SPACE = "\u00a0";

/** Reads one line of the emulator's buffer. `previous` is returned when nothing changed, so that rows keep their identity. */
export function readRow(line: IBufferLine, cell: IBufferCell, previous?: Row): Row {
	const text = line.translateToString(true).replace(/ +$/, "");
	const marks = readMarks(line, cell);
	if (previous !== undefined && sameRow(previous, text, line.isWrapped, marks)) return previous;
	return {
		text,
		width: marks.width,
		isWrapped: line.isWrapped,
		...(marks.fill === undefined ? {} : { fill: marks.fill }),
		...(marks.lead === undefined ? {} : { lead: marks.lead }),
		...(marks.next === undefined ? {} : { next: marks.next }),
	};
}

interface RowMarks {
	readonly width: number;
	readonly fill: string | undefined;
	readonly lead: CellStyle | undefined;
	readonly next: CellStyle | undefined;
}

function readMarks(line: IBufferLine, cell: IBufferCell): RowMarks {
	let lead: CellStyle | undefined;
	let next: CellStyle | undefined;
	let sawBlankAfterLead = false;
	let width = 0;
	line.getCell(0, cell);
	const fill = colourKey(cell, "bg");
	for (let x = 0; x < line.length; x++) {
		line.getCell(x, cell);
		const chars = cell.getChars();
		if (chars === "" || chars === " " || chars === NO_BREAK_SPACE) {
			if (chars === NO_BREAK_SPACE) width = x + 1;
			if (lead !== undefined && cell.getWidth() > 0) sawBlankAfterLead = true;
			continue;
		}
		width = x + cell.getWidth();
		if (lead === undefined) lead = styleOf(cell);
		else if (next === undefined && sawBlankAfterLead) {
			next = styleOf(cell);
			width = occupiedWidth(line, cell, x);
			break;
		}
	}
	return { width, fill, lead, next };
}

/** Last occupied column, searched from the right: the rest of the row has no say in recognition. */
function occupiedWidth(line: IBufferLine, cell: IBufferCell, atLeast: number): number {
	for (let x = line.length - 1; x > atLeast; x--) {
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

function sameRow(row: Row, text: string, isWrapped: boolean, marks: RowMarks): boolean {
	return (
		row.text === text &&
		row.isWrapped === isWrapped &&
		row.width === marks.width &&
		row.fill === marks.fill &&
		sameStyle(row.lead, marks.lead) &&
		sameStyle(row.next, marks.next)
	);
}

function sameStyle(a: CellStyle | undefined, b: CellStyle | undefined): boolean {
	if (a === undefined || b === undefined) return a === b;
	return a.fg === b.fg && a.bg === b.bg && a.bold === b.bold && a.dim === b.dim && a.inverse === b.inverse;
}
