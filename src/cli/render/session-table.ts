/** `ctrace sessions list` for people. Pure. */
import { shortenHome } from "../../core/home.ts";
import type { SessionSummary } from "../../store/store.ts";
import { oneLine, padEnd, padStart, truncate, truncateStart } from "../text/fit.ts";
import { createPaint, type Ink } from "../text/paint.ts";
import { formatDuration, localTime } from "../text/times.ts";
import { displayWidth } from "../text/width.ts";
import { shortId, type View } from "./view.ts";

interface Column {
	readonly title: string;
	/** Columns narrower than the terminal may drop it; shown from this width on. */
	readonly from: number;
	readonly cell: (summary: SessionSummary, view: View) => string;
	readonly ink?: (summary: SessionSummary) => Ink | undefined;
	readonly align?: "right";
	/** Grows no further than this, given the terminal's width; what is cut of a path is its beginning. */
	readonly most?: (width: number) => number;
	readonly cut?: "start";
}

const GAP = "  ";
/** Of the room that the fixed columns leave, a third is the directory's and the rest tells what it was about. */
const FIXED_COLUMNS = 48;
const DIRECTORY_SHARE = 1 / 3;
const LONGEST_DIRECTORY = 32;

const STATUS_INK: Readonly<Record<SessionSummary["session"]["status"], Ink | undefined>> = {
	complete: "green",
	running: "cyan",
	lost: "yellow",
	failed: "red",
};

const COLUMNS: readonly Column[] = [
	{ title: "ID", from: 0, cell: ({ session }) => shortId(session.id), ink: () => "yellow" },
	{ title: "STARTED", from: 50, cell: startCell },
	{ title: "LENGTH", from: 100, cell: lengthCell, align: "right" },
	{
		title: "STATUS",
		from: 60,
		cell: ({ session }) => session.status,
		ink: (s) => STATUS_INK[s.session.status],
	},
	{ title: "TURNS", from: 70, cell: ({ turnCount }) => String(turnCount), align: "right" },
	{ title: "AGENT", from: 140, cell: ({ session }) => oneLine(session.agent), most: () => 12 },
	{
		title: "DIRECTORY",
		from: 80,
		cell: directoryCell,
		ink: () => "blue",
		most: directoryColumns,
		cut: "start",
	},
];

export function renderSessionTable(summaries: readonly SessionSummary[], view: View): string {
	const paint = createPaint(view.colour);
	const columns = COLUMNS.filter((column) => view.width >= column.from).map((column) =>
		layOut(column, summaries, view),
	);
	const used = columns.reduce((sum, column) => sum + column.width + GAP.length, 0);
	const room = Math.max(1, view.width - used);
	const title = columns.map((column) => align(column.title, column)).join(GAP);
	const lines = summaries.map((summary, row) => {
		const cells = columns.map((column) => {
			const ink = column.ink?.(summary);
			const text = align(column.cells[row] ?? "", column);
			return ink === undefined ? text : paint(ink, text);
		});
		return [...cells, truncate(aboutCell(summary), room)].join(GAP).trimEnd();
	});
	return `${[paint("bold", `${title}${GAP}ABOUT`), ...lines].join("\n")}\n`;
}

function layOut(column: Column, summaries: readonly SessionSummary[], view: View) {
	const most = column.most?.(view.width) ?? Number.POSITIVE_INFINITY;
	const cut = column.cut === "start" ? truncateStart : truncate;
	const cells = summaries.map((summary) => cut(column.cell(summary, view), most));
	const width = Math.max(displayWidth(column.title), ...cells.map(displayWidth));
	return { ...column, cells, width };
}

function align(text: string, column: { readonly width: number; readonly align?: "right" }): string {
	return column.align === "right" ? padStart(text, column.width) : padEnd(text, column.width);
}

function startCell({ session }: SessionSummary, view: View): string {
	const { date, time } = localTime(session.startedAt, view.timeZone);
	return `${date} ${time.slice(0, 5)}`;
}

function lengthCell({ session }: SessionSummary): string {
	return session.endedAt === undefined ? "" : formatDuration(session.endedAt - session.startedAt);
}

function directoryColumns(width: number): number {
	return Math.min(LONGEST_DIRECTORY, Math.floor((width - FIXED_COLUMNS) * DIRECTORY_SHARE));
}

function directoryCell({ session }: SessionSummary, view: View): string {
	return oneLine(shortenHome(session.cwd, view.home));
}

function aboutCell({ session, firstPrompt }: SessionSummary): string {
	const tags = (session.tags ?? []).map((tag) => `#${tag} `).join("");
	return oneLine(tags + (firstPrompt ?? session.title ?? session.command.join(" ")));
}
