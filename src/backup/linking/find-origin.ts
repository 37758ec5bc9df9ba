/** Which session and turn most likely wrote a line: by its words in an edit, by the file, by the time. Pure. */
import type { Session } from "../../core/session.ts";
import type { Item, ToolItem } from "../../core/turn.ts";
import type { StoredSession } from "../../store/store.ts";

export type OriginConfidence = "high" | "medium" | "low";

export interface Origin {
	readonly sessionId: string;
	/** Absent: only the session is known. */
	readonly turnSeq?: number;
	readonly confidence: OriginConfidence;
	/** Why. */
	readonly because: string;
}

export interface LineFacts {
	/** From the repository's top. */
	readonly path: string;
	readonly text: string;
	/** Milliseconds since the Unix epoch: when it was committed, or now. */
	readonly at: number;
	/** Absent: the line is not committed yet. */
	readonly commit?: string;
	/** Ids that the commit's message names. */
	readonly sessions: readonly string[];
}

export interface OriginMarks {
	readonly editingTools: ReadonlySet<string>;
	readonly fileFields: readonly string[];
}

/** A commit is made at most this long after the work it holds. */
const COMMIT_AFTER_MS = 7 * 86_400_000;
/** Shorter lines (`}`, `return;`) stand in every file. */
const TELLING_CHARS = 6;
/** The clock of a commit and the session's own may differ by a little. */
const CLOCK_MS = 60_000;
/** Commits know no less. */
const SECOND_MS = 1000;

/**
 * The newest fitting edit counts, and before all others one of a session that made the commit. `sessions` ran in the repository,
 * or made the commit elsewhere; undefined when none of them can have written it.
 */
export function findOrigin(
	line: LineFacts,
	sessions: readonly StoredSession[],
	marks: OriginMarks,
): Origin | undefined {
	const newest = [...sessions].sort((a, b) => b.session.startedAt - a.session.startedAt);
	const makers = newest.filter(({ session }) => hasMade(session, line));
	const others = newest.filter(({ session }) => !hasMade(session, line) && isOfThatTime(session, line));
	const fitting = [...makers, ...others];
	const edits = fitting.flatMap((stored) => editsOf(stored, line, marks));
	const words = line.text.trim();
	const exact =
		words.length < TELLING_CHARS ? undefined : edits.find(({ written }) => written.includes(words));
	if (exact !== undefined)
		return originOf(exact, "high", "an edit of this file in this turn wrote these words");
	const [edit] = edits;
	if (edit !== undefined)
		return originOf(edit, "medium", "this turn changed the file last before the commit");
	const [maker] = makers;
	if (maker !== undefined) return madeBy(maker, line);
	const during = fitting.find(({ session }) => (session.endedAt ?? line.at) >= line.at - CLOCK_MS);
	if (during === undefined) return undefined;
	return {
		sessionId: during.session.id,
		confidence: "low",
		because: "the commit was made while this session ran",
	};
}

/** By its own record, or by the commit's. */
function hasMade({ id, commits = [] }: Session, line: LineFacts): boolean {
	return line.sessions.includes(id) || commits.some(({ commit }) => commit === line.commit);
}

function isOfThatTime({ startedAt }: Session, { at }: LineFacts): boolean {
	return startedAt <= at + CLOCK_MS && at - startedAt <= COMMIT_AFTER_MS;
}

/** In the turn that ran then. */
function madeBy({ session, turns }: StoredSession, line: LineFacts): Origin {
	const made = session.commits?.find(({ commit }) => commit === line.commit);
	const turn = turns.findLast(({ startedAt }) => startedAt <= (made?.at ?? line.at) + SECOND_MS);
	return {
		sessionId: session.id,
		...(turn === undefined ? {} : { turnSeq: turn.seq }),
		confidence: "medium",
		because: "the commit was made in this session, by a command or by hand",
	};
}

interface Edit {
	readonly sessionId: string;
	readonly turnSeq: number;
	readonly written: string;
}

/** Of this file, newest first. */
function editsOf({ session, turns }: StoredSession, line: LineFacts, marks: OriginMarks): Edit[] {
	return turns
		.filter(({ startedAt }) => startedAt <= line.at + CLOCK_MS)
		.flatMap((turn) =>
			flatten(turn.items)
				.filter((item): item is ToolItem => item.kind === "tool" && isEditOf(item, line.path, marks))
				.map((tool) => ({ sessionId: session.id, turnSeq: turn.seq, written: writtenBy(tool) })),
		)
		.reverse();
}

function flatten(items: readonly Item[]): Item[] {
	return items.flatMap((item) =>
		item.kind === "tool" && item.items !== undefined ? [item, ...flatten(item.items)] : [item],
	);
}

function isEditOf(tool: ToolItem, path: string, { editingTools, fileFields }: OriginMarks): boolean {
	if (!editingTools.has(tool.name) || tool.status !== "ok") return false;
	const { input } = tool;
	const named = typeof input === "object" ? fileFields.map((field) => input[field]) : [input];
	return named.some(
		(name) =>
			typeof name === "string" &&
			(name === path || name.endsWith(`/${path}`) || path.endsWith(`/${name.trim()}`)),
	);
}

/** Whatever the call put into the file; of a call that only the screen showed, what the screen showed of it. */
function writtenBy({ input, output }: ToolItem): string {
	const parts =
		typeof input === "object"
			? Object.values(input).map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
			: [];
	return [...parts, output ?? ""].join("\n");
}

function originOf({ sessionId, turnSeq }: Edit, confidence: OriginConfidence, because: string): Origin {
	return { sessionId, turnSeq, confidence, because };
}
