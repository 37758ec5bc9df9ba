/**
 * A session as a model is shown it: one JSON line a turn, long texts cut in the middle, at most so many characters in all.
 * The session is data in that request: what it says is told as strings of JSON and never as part of the request's own words.
 */
import type { Item, Turn } from "../../core/turn.ts";
import type { MeasuredSession } from "../../store/figures/figures.ts";

const PROMPT_CHARS = 600;
const ANSWER_CHARS = 400;
const TOOL_CHARS = 120;
const MOST_TOOLS = 12;
/** About three thousand tokens. */
const SESSION_CHARS = 12_000;
const ELLIPSIS = " … ";

export function briefSession({ session, turns }: MeasuredSession): string {
	const asked = turns.filter(({ prompt }) => prompt.kind !== "none");
	const head = JSON.stringify({
		project: session.cwd,
		branch: session.git?.branch,
		ended: session.status,
		exitCode: session.exit?.code,
		turns: asked.length,
	});
	return [head, ...shorten(asked.map(briefTurn), SESSION_CHARS)].join("\n");
}

/** The first and the last turns, as many as fit: how a session began and ended says most. */
function shorten(lines: readonly string[], most: number): string[] {
	const total = lines.reduce((sum, line) => sum + line.length + 1, 0);
	if (total <= most) return [...lines];
	const front = take(lines, most / 2);
	const back = take(lines.slice(front.length).reverse(), most / 2).reverse();
	const left = lines.length - front.length - back.length;
	return [...front, JSON.stringify({ turnsLeftOut: left }), ...back];
}

function take(lines: readonly string[], most: number): string[] {
	const taken: string[] = [];
	let used = 0;
	for (const line of lines) {
		used += line.length + 1;
		if (used > most) break;
		taken.push(line);
	}
	return taken;
}

function briefTurn(turn: Turn): string {
	const { seq, prompt, status, items, durations } = turn;
	const answers = items.flatMap((item) => (item.kind === "assistant" ? [item.text] : []));
	const calls = items.filter((item) => item.kind === "tool" || item.kind === "permission");
	return JSON.stringify({
		turn: seq,
		...(prompt.kind === "prompt" ? {} : { kind: prompt.kind }),
		prompt: cut(prompt.text, PROMPT_CHARS),
		...(status === "complete" ? {} : { status }),
		...(calls.length === 0 ? {} : { did: calls.slice(0, MOST_TOOLS).map(briefItem) }),
		...(calls.length > MOST_TOOLS ? { moreCalls: calls.length - MOST_TOOLS } : {}),
		...(answers.length === 0 ? {} : { answer: cut(answers.at(-1) ?? "", ANSWER_CHARS) }),
		...(durations?.waitingForPermissionMs === undefined
			? {}
			: { waitedForPermissionMs: durations.waitingForPermissionMs }),
	});
}

function briefItem(item: Item): string {
	if (item.kind === "permission")
		return cut(`asked: ${item.tool ?? item.question} -> ${item.choice ?? "no answer"}`, TOOL_CHARS);
	if (item.kind !== "tool") return item.kind;
	const input = typeof item.input === "object" ? JSON.stringify(item.input) : (item.input ?? "");
	return cut(`${item.name}(${input}) -> ${item.status}`, TOOL_CHARS);
}

/** Beginning and end; the middle goes. */
function cut(text: string, most: number): string {
	if (text.length <= most) return text;
	const half = Math.floor((most - ELLIPSIS.length) / 2);
	return `${text.slice(0, half).toWellFormed()}${ELLIPSIS}${text.slice(-half).toWellFormed()}`;
}
