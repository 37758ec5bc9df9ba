/** `ctrace search` for people. Pure. */
import { shortenHome } from "../../core/home.ts";
import type { MarkHit, SearchHit, Snippet } from "../../store/store.ts";
import { formatClock } from "../text/clock.ts";
import { oneLine, printable, wrapText } from "../text/fit.ts";
import { createPaint, type Paint } from "../text/paint.ts";
import { localTime } from "../text/times.ts";
import { shortId, type View } from "./view.ts";

const INDENT = "  ";
/** Invisible characters that mark the ends of a highlight while lines are being broken; the text itself is cleared of them. */
const OPEN = "\u2062";
const CLOSE = "\u2063";

export function renderSearchHits(hits: readonly SearchHit[], view: View): string {
	const paint = createPaint(view.colour);
	return hits
		.map(
			(hit) =>
				`${renderHead(hit, view, paint)}\n${renderSnippet(hit.snippet, view, paint)}\n${offerReplay(hit, paint)}`,
		)
		.join("\n");
}

/** Sessions by their tags and notes. */
export function renderMarkHits(hits: readonly MarkHit[], view: View): string {
	const paint = createPaint(view.colour);
	return hits
		.map(
			(hit) =>
				`${headOf(hit, ["tags and note"], view, paint)}\n${renderSnippet(hit.snippet, view, paint)}\n\n`,
		)
		.join("");
}

/** As it is to be typed. */
function offerReplay({ sessionId, replayFromMs }: SearchHit, paint: Paint): string {
	if (replayFromMs === undefined) return "";
	return `${INDENT}${paint("dim", `ctrace replay ${shortId(sessionId)} --at ${formatClock(replayFromMs)}`)}\n`;
}

function renderHead(hit: SearchHit, view: View, paint: Paint): string {
	const kind = hit.name === undefined ? hit.kind : `${hit.kind} ${oneLine(hit.name)}`;
	return headOf(hit, [paint("bold", `turn ${hit.turnSeq}`), paint("cyan", kind)], view, paint);
}

function headOf(hit: MarkHit, what: readonly string[], view: View, paint: Paint): string {
	const { date, time } = localTime(hit.at, view.timeZone);
	return [
		paint("yellow", shortId(hit.sessionId)),
		...what,
		`${date} ${time.slice(0, 5)}`,
		paint("blue", oneLine(shortenHome(hit.cwd, view.home))),
	].join("  ");
}

/** Breaks the lines first, then paints: a highlight that runs over a line's end is closed and opened again. */
function renderSnippet(snippet: Snippet, view: View, paint: Paint): string {
	const marked = printable(markRanges(snippet));
	let isOpen = false;
	const lines = wrapText(marked, view.width - INDENT.length).map((line) => {
		const parts = (isOpen ? OPEN + line : line).split(OPEN);
		const painted = parts.map((part, index) => {
			if (index === 0) return part;
			const [found = "", ...rest] = part.split(CLOSE);
			isOpen = rest.length === 0;
			return paint("found", found) + rest.join("");
		});
		return INDENT + painted.join("");
	});
	return lines.join("\n");
}

function markRanges({ text, highlights }: Snippet): string {
	let marked = "";
	let at = 0;
	for (const [start, end] of highlights) {
		marked += bare(text.slice(at, start)) + OPEN + bare(text.slice(start, end)) + CLOSE;
		at = end;
	}
	return marked + bare(text.slice(at));
}

function bare(text: string): string {
	return text.replaceAll(OPEN, "").replaceAll(CLOSE, "");
}
