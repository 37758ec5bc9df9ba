/** What somebody sees who plays a recording in a terminal: the picture, cut to the window, and one line below it. */
import type { Picture } from "../../core/picture.ts";
import type { PlayerView } from "../player.ts";
import { drawRow, RESET } from "./ansi.ts";
import { GAP_WORDS } from "./gap-words.ts";

export interface Window {
	readonly columns: number;
	readonly rows: number;
}

const ESC = "\u001b[";
const INVERSE = `${ESC}7m`;

/** From the window's top to its bottom; whatever stood there before. */
export function drawPlayer(view: PlayerView, window: Window): string {
	const height = Math.max(1, window.rows - 1);
	const rows = pictureRows(view, { columns: window.columns, rows: height });
	const drawn = Array.from({ length: height }, (_, y) => `${ESC}${y + 1};1H${RESET}${ESC}2K${rows[y] ?? ""}`);
	return `${drawn.join("")}${ESC}${window.rows};1H${ESC}2K${INVERSE}${statusLine(view, window)}${RESET}`;
}

function pictureRows({ moment }: PlayerView, { columns, rows }: Window): readonly string[] {
	if (moment === undefined) return ["Nothing was recorded."];
	if (moment.kind === "gap") return [GAP_WORDS[moment.reason].slice(0, columns)];
	const { picture } = moment;
	const top = firstRow(picture, rows);
	return picture.rows.slice(top, top + rows).map((row) => drawRow(row, columns));
}

/** The rows that do not fit are missing above: what a program works on stands at the end of what it has drawn. */
function firstRow({ rows, cursor }: Picture, height: number): number {
	const last = rows.findLastIndex(({ runs }) => runs.length > 0);
	const top = Math.max(0, last + 1 - height);
	return cursor.visible ? Math.min(top, Math.max(0, cursor.y)) : top;
}

const HELP = "space rest · ←→ 5 s · . picture · [ ] turn · q quit";

function statusLine(view: PlayerView, { columns }: Window): string {
	const { turn, turns, isPlaying, speed, at, toMs, moment } = view;
	const size =
		moment?.kind === "picture" && moment.picture.cols > columns
			? [`${moment.picture.cols} columns wide`]
			: [];
	const parts = [
		`${isPlaying ? "▶" : "‖"} ${clock(at)} / ${clock(toMs)}`,
		...(turn === undefined ? [] : [`turn ${turn.seq}${turns > 0 ? ` of ${turns}` : ""}`]),
		`${speed}×`,
		...size,
		HELP,
	];
	return ` ${parts.join("  ")}`.slice(0, columns).padEnd(columns);
}

/** `1:02:03`, or `2:03` below an hour. */
function clock(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const two = (value: number) => String(value).padStart(2, "0");
	return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
