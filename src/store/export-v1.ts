/** The published form of a session, version 1 (`schema/export-v1.schema.json`). Pure. */
import { shortenHome } from "../core/home.ts";
import type { Session } from "../core/session.ts";
import type { Durations, Item, Turn } from "../core/turn.ts";
import { optional } from "./optional.ts";

export interface ExportOptions {
	/** The person's home directory: paths below it are shown with `~`. */
	readonly home: string;
}

export function exportV1(session: Session, turns: readonly Turn[], options: ExportOptions) {
	return {
		version: 1 as const,
		session: exportSession(session, options),
		turns: turns.map(exportTurn),
	};
}

export type ExportV1 = ReturnType<typeof exportV1>;
export type ExportedSession = ReturnType<typeof exportSession>;

export function exportSession(session: Session, options: ExportOptions) {
	return {
		id: session.id,
		agent: session.agent,
		...optional("agentVersion", session.agentVersion),
		agentSessionIds: session.agentSessionIds,
		command: session.command,
		cwd: shortenHome(session.cwd, options.home),
		...optional("git", session.git),
		...optional("host", session.host),
		...optional("user", session.user),
		startedAt: isoTime(session.startedAt),
		...optional("endedAt", isoTime(session.endedAt)),
		status: session.status,
		...optional("exit", session.exit),
		terminal: session.terminal,
		...optional("usage", session.usage),
		maskedCount: session.maskedCount,
		gaps: session.gaps.map((gap) => ({
			at: isoTime(gap.at),
			reason: gap.reason,
			lostBytes: Math.round(gap.lostBytes),
		})),
		...optional("title", session.title),
		...optional(
			"commits",
			session.commits?.map(({ commit, at, subject }) => ({ commit, at: isoTime(at), subject })),
		),
		...exportMarks(session),
	};
}

/** What was taken back is left out. */
function exportMarks({ pinned, tags = [], note = "" }: Session) {
	return {
		...optional("pinned", pinned === true ? (true as const) : undefined),
		...optional("tags", tags.length === 0 ? undefined : tags),
		...optional("note", note === "" ? undefined : note),
	};
}

export type ExportedTurn = ReturnType<typeof exportTurn>;

export function exportTurn(turn: Turn) {
	return {
		seq: turn.seq,
		prompt: { text: turn.prompt.text, kind: turn.prompt.kind },
		startedAt: isoTime(turn.startedAt),
		...optional("endedAt", isoTime(turn.endedAt)),
		status: turn.status,
		...optional("durations", wholeDurations(turn.durations)),
		...optional("usage", turn.usage),
		source: turn.source,
		...optional("fidelity", turn.fidelity),
		...optional("recording", wholeRecording(turn.recording)),
		items: turn.items.map(exportItem),
	};
}

/** The same fields with whole durations; what the reader was sure of stays inside. */
export type ExportedItem = Item extends infer Kind
	? Kind extends Item
		? Omit<Kind, "confidence" | "items"> & { readonly items?: readonly ExportedItem[] }
		: never
	: never;

function exportItem(item: Item): ExportedItem {
	const source = { source: item.source };
	switch (item.kind) {
		case "assistant":
		case "thinking":
			return { kind: item.kind, text: item.text, ...source };
		case "tool":
			return {
				kind: item.kind,
				name: item.name,
				...optional("input", item.input),
				...optional("output", item.output),
				status: item.status,
				...optional("truncated", item.truncated),
				...optional("observedLines", item.observedLines),
				...optional("observedChars", item.observedChars),
				...optional("durationMs", whole(item.durationMs)),
				...optional("recording", wholeRecording(item.recording)),
				...optional("items", item.items?.map(exportItem)),
				...source,
			};
		case "permission":
			return {
				kind: item.kind,
				question: item.question,
				...optional("tool", item.tool),
				options: item.options,
				...optional("choice", item.choice),
				...optional("decisionMs", whole(item.decisionMs)),
				...optional("recording", wholeRecording(item.recording)),
				...source,
			};
		case "notice":
			return {
				kind: item.kind,
				text: item.text,
				...optional("truncated", item.truncated),
				...optional("observedLines", item.observedLines),
				...source,
			};
	}
}

function wholeDurations(durations: Durations | undefined) {
	if (durations === undefined) return undefined;
	const known = Object.entries(durations).filter(
		(entry): entry is [keyof Durations, number] => entry[1] !== undefined,
	);
	return Object.fromEntries(known.map(([name, ms]) => [name, Math.round(ms)])) as Durations;
}

function wholeRecording(recording: Turn["recording"]) {
	if (recording === undefined) return undefined;
	return { fromMs: Math.round(recording.fromMs), ...optional("toMs", whole(recording.toMs)) };
}

function isoTime(ms: number): string;
function isoTime(ms: number | undefined): string | undefined;
function isoTime(ms: number | undefined): string | undefined {
	return ms === undefined ? undefined : new Date(ms).toISOString();
}

function whole(ms: number | undefined): number | undefined {
	return ms === undefined ? undefined : Math.round(ms);
}
