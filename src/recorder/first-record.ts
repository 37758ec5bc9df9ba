/** What is known of a session when it begins, and what is when it ends. */
import type { GitState, MadeCommit, Session } from "../core/session.ts";
import type { SessionStart } from "../core/wire.ts";
import { isClaude } from "./turn-source.ts";

/** What is known of a session beside what happens in it; absent = unknown. */
export interface SessionFacts {
	readonly host?: string;
	readonly user?: string;
	readonly git?: GitState | undefined;
	readonly title?: string;
	/** Absent: what the command's name says. */
	readonly agent?: string;
	/** The commits that were made where it runs, between two moments in milliseconds since the Unix epoch. */
	readonly readCommits?: (from: number, to: number) => readonly MadeCommit[];
	/** False: when it ended cannot be told. */
	readonly hasTimes?: boolean;
}

export interface FirstFacts {
	readonly start: SessionStart;
	readonly id: string;
	readonly facts: SessionFacts;
}

export function firstRecord({ start, id, facts }: FirstFacts): Session {
	return {
		id,
		agent: facts.agent ?? (isClaude(start.command) ? "claude-code" : "generic"),
		agentSessionIds: [],
		command: start.command,
		cwd: start.cwd,
		...(facts.git === undefined ? {} : { git: facts.git }),
		...(facts.host === undefined ? {} : { host: facts.host }),
		...(facts.user === undefined ? {} : { user: facts.user }),
		startedAt: Math.round(start.startedAt),
		status: "running",
		terminal: {
			cols: start.cols,
			rows: start.rows,
			renderer: start.attachment === "pipe" ? "pipe" : "classic",
		},
		maskedCount: {},
		gaps: [],
		...(facts.title === undefined ? {} : { title: facts.title }),
	};
}

/** `at`: milliseconds since its start. */
export function lastFacts(
	{ start: { startedAt }, facts: { hasTimes, readCommits } }: FirstFacts,
	at: number,
): Pick<Session, "endedAt" | "commits"> {
	const endedAt = Math.round(startedAt + at);
	const commits = readCommits?.(startedAt, endedAt) ?? [];
	return {
		...(hasTimes === false ? {} : { endedAt }),
		...(commits.length === 0 ? {} : { commits }),
	};
}
