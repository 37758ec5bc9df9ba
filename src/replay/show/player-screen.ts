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

/** From the most telling to the shortest. */
const HELPS = [
	"space rest · ←→ 5 s · . picture · [ ] turn · q quit",
	"space rest · ←→ 5 s · [ ] turn · q quit",
	"space · ←→ · [ ] · q quit",
	"space · q quit",
	"q quit",
] as const;

/** As much as the window has room for: the keys are shortened first, then what is said, and `q` is told of last of all. */
function statusLine(view: PlayerView, { columns }: Window): string {
	const [long, short, place] = [longFacts(view, columns), shortFacts(view, columns), [placeOf(view)]];
	const lines = [
		...HELPS.slice(0, 2).map((help) => [...long, help]),
		...HELPS.map((help) => [...short, help]),
		[...place, ...HELPS.slice(-1)],
		place,
	].map((parts) => ` ${parts.join("  ")}`);
	return (lines.find((line) => line.length <= columns) ?? lines.at(-1) ?? "")
		.slice(0, columns)
		.padEnd(columns);
}

function longFacts(view: PlayerView, columns: number): readonly string[] {
	const { turn, turns, speed } = view;
	const wide = hiddenColumns(view, columns);
	return [
		placeOf(view),
		...(turn === undefined ? [] : [`turn ${turn.seq}${turns > 0 ? ` of ${turns}` : ""}`]),
		`${speed}×`,
		...(wide === undefined ? [] : [`${wide} columns wide`]),
	];
}

function shortFacts(view: PlayerView, columns: number): readonly string[] {
	const wide = hiddenColumns(view, columns);
	return [
		placeOf(view),
		...(view.turn === undefined ? [] : [`turn ${view.turn.seq}`]),
		...(view.speed === 1 ? [] : [`${view.speed}×`]),
		...(wide === undefined ? [] : [`${wide} wide`]),
	];
}

/** How wide the recorded screen was, where the window does not show all of it. */
function hiddenColumns({ moment }: PlayerView, columns: number): number | undefined {
	return moment?.kind === "picture" && moment.picture.cols > columns ? moment.picture.cols : undefined;
}

function placeOf({ isPlaying, at, toMs }: PlayerView): string {
	return `${isPlaying ? "▶" : "‖"} ${clock(at)} / ${clock(toMs)}`;
}

/** `1:02:03`, or `2:03` below an hour. */
function clock(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const two = (value: number) => String(value).padStart(2, "0");
	return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
