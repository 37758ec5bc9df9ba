/** A picture as SVG: every run of cells where it stands on the screen, no script, no link, nothing from elsewhere. */
import { ATTRIBUTES, cellsOf, type Picture, type PictureRow, type Run } from "../../core/picture.ts";
import { printable } from "./ansi.ts";
import { BACKGROUND, cssPaint, FOREGROUND } from "./colours.ts";

const CELL = { width: 8.4, height: 18, baseline: 13.5 } as const;
const MARGIN = 12;
const FONT =
	"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

export function renderSvg(picture: Picture, title: string): string {
	const width = round(picture.cols * CELL.width + 2 * MARGIN);
	const height = round(picture.rows.length * CELL.height + 2 * MARGIN);
	const rows = picture.rows.map((row, y) => renderRow(row, y));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
		`<title>${escapeXml(printable(title))}</title>`,
		`<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
		`<g transform="translate(${MARGIN} ${MARGIN})" font-family="${FONT}" font-size="14" fill="${FOREGROUND}">`,
		...rows.filter((row) => row !== ""),
		renderCursor(picture),
		"</g>",
		"</svg>",
		"",
	].join("\n");
}

function renderRow({ runs }: PictureRow, y: number): string {
	const parts: string[] = [];
	let column = 0;
	for (const run of runs) {
		parts.push(renderBackground(run, column, y), renderText(run, column, y));
		column += run.cells * run.width;
	}
	return parts.join("");
}

function renderBackground({ cells, width, paint }: Run, column: number, y: number): string {
	const { bg } = cssPaint(paint);
	if (bg === undefined) return "";
	return `<rect x="${round(column * CELL.width)}" y="${y * CELL.height}" width="${round(cells * width * CELL.width)}" height="${CELL.height}" fill="${bg}"/>`;
}

/** Renderers differ in which other blanks they leave out; what follows would move to their places. */
const FIXED_BLANK = "\u00a0";

/** Each character in its own column, whatever font is found. */
function renderText(run: Run, column: number, y: number): string {
	if (run.text.trim() === "" && (run.paint.attributes & (ATTRIBUTES.underlined | ATTRIBUTES.struck)) === 0)
		return "";
	const places = cellsOf(run).map((_, cell) => round((column + cell * run.width) * CELL.width));
	return `<text x="${places.join(" ")}" y="${y * CELL.height + CELL.baseline}"${styleOf(run)}>${escapeXml(printable(run.text)).replaceAll(" ", FIXED_BLANK)}</text>`;
}

function styleOf({ paint }: Run): string {
	const { fg, isDim } = cssPaint(paint);
	const { attributes } = paint;
	const lines = [
		(attributes & ATTRIBUTES.underlined) !== 0 ? "underline" : "",
		(attributes & ATTRIBUTES.struck) !== 0 ? "line-through" : "",
	].filter((line) => line !== "");
	return [
		fg === FOREGROUND ? "" : ` fill="${fg}"`,
		(attributes & ATTRIBUTES.bold) !== 0 ? ' font-weight="bold"' : "",
		(attributes & ATTRIBUTES.italic) !== 0 ? ' font-style="italic"' : "",
		isDim ? ' opacity="0.6"' : "",
		lines.length === 0 ? "" : ` text-decoration="${lines.join(" ")}"`,
	].join("");
}

function renderCursor({ cursor }: Picture): string {
	if (!cursor.visible) return "";
	return `<rect x="${round(cursor.x * CELL.width)}" y="${cursor.y * CELL.height}" width="${CELL.width}" height="${CELL.height}" fill="${FOREGROUND}" opacity="0.5"/>`;
}

function escapeXml(text: string): string {
	return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
