/** A turn that just ended somewhere, as a few lines. Pure. */
import type { WatchedTurn } from "../../sync/watch.ts";
import { oneLine, printable, truncate, wrapText } from "../text/fit.ts";
import { createPaint } from "../text/paint.ts";
import { localTime } from "../text/times.ts";
import type { View } from "./view.ts";

/** Longer lines than this are hard to read. */
const WIDEST = 120;
/** Of an answer this much is shown: the whole of it is in `ctrace sessions show`. */
const MAX_ANSWER_LINES = 12;

export function renderWatchedTurn({ turn, session, items }: WatchedTurn, view: View): string {
	const paint = createPaint(view.colour);
	const width = Math.min(view.width, WIDEST);
	const at = localTime(Date.parse(textOf(turn.ended_at) || textOf(turn.started_at)), view.timeZone).time;
	const place = [session.user_name, session.host, session.cwd].map(textOf).filter((text) => text !== "");
	const head = `── ${at} ${place.join(" · ")}`;
	const lines = [paint("dim", truncate(oneLine(head), width))];
	const prompt = textOf(turn.prompt);
	if (prompt !== "") lines.push(...wrapText(`❯ ${printable(prompt)}`, width));
	for (const item of items) lines.push(...renderItem(item, width));
	return `${lines.join("\n")}\n\n`;
}

function renderItem(item: WatchedTurn["items"][number], width: number): string[] {
	const text = textOf(item.text);
	if (item.kind === "assistant") {
		const lines = wrapText(printable(text), width);
		return lines.length <= MAX_ANSWER_LINES ? [...lines] : [...lines.slice(0, MAX_ANSWER_LINES - 1), "…"];
	}
	if (item.kind === "tool")
		return [truncate(oneLine(`● ${textOf(item.name)} ${inputText(item.input)}`), width)];
	if (item.kind === "permission") return [truncate(oneLine(`? ${text}`), width)];
	return [];
}

function inputText(input: unknown): string {
	if (typeof input === "string") return input;
	if (typeof input !== "object" || input === null) return "";
	return Object.values(input)
		.filter((value) => typeof value === "string")
		.join(" ");
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}
