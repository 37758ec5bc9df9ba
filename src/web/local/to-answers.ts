/** What the store gives, as the API says it. Pure. */
import type { SessionDigest, SessionLine, TurnLine } from "../../store/browse-store.ts";
import type { ExportedSession, ExportedTurn } from "../../store/export-v1.ts";
import type { StoredTurn } from "../../store/store.ts";
import type { ApiTurn, SessionHead, SessionSummary, TurnOutline } from "../api/session.ts";
import { clipItem, LONGEST_TEXT_CHARS } from "./clip-item.ts";
import { durationOf } from "./session-index.ts";

/** The published forms, from the store's own functions. */
export interface Exports {
	readonly session: (session: SessionLine["session"]) => ExportedSession;
	readonly turn: (turn: StoredTurn) => ExportedTurn;
}

const OUTLINE_CHARS = 160;

export function toSummary(line: SessionLine, digest: SessionDigest, exports: Exports): SessionSummary {
	const exported = exports.session(line.session);
	const { git, usage, gaps } = exported;
	return {
		id: exported.id,
		agent: exported.agent,
		...optional("agentVersion", exported.agentVersion),
		...optional("title", exported.title),
		...optional("firstPrompt", line.firstPrompt),
		cwd: exported.cwd,
		...optional("branch", git?.branch),
		startedAt: exported.startedAt,
		...optional("endedAt", exported.endedAt),
		durationMs: durationOf(digest),
		status: exported.status,
		turns: digest.turns,
		tools: digest.tools,
		...optional("usage", usage),
		tokens: digest.tokens,
		masked: digest.masked,
		gaps: gaps.length,
		revision: digest.version,
	};
}

export function toHead(
	line: SessionLine,
	digest: SessionDigest,
	{ exports, hasRecording }: { readonly exports: Exports; readonly hasRecording: boolean },
): SessionHead {
	const exported = exports.session(line.session);
	return {
		...toSummary(line, digest, exports),
		agentSessionIds: exported.agentSessionIds,
		command: exported.command,
		...optional("git", exported.git),
		...optional("host", exported.host),
		...optional("user", exported.user),
		...optional("exit", exported.exit),
		terminal: exported.terminal,
		maskedCount: exported.maskedCount,
		gapList: exported.gaps,
		hasRecording,
	};
}

export function toTurn(turn: StoredTurn, exports: Exports, isFull: boolean): ApiTurn {
	const { prompt, items, ...exported } = exports.turn(turn);
	const isClipped = !isFull && prompt.text.length > LONGEST_TEXT_CHARS;
	return {
		...exported,
		prompt: isClipped
			? { ...prompt, text: prompt.text.slice(0, LONGEST_TEXT_CHARS), clipped: prompt.text.length }
			: prompt,
		...optional("masked", turn.maskedCount),
		revision: turn.revision,
		items: isFull ? items : items.map(clipItem),
	};
}

export function toOutline(line: TurnLine): TurnOutline {
	const { usage } = line;
	const tokens =
		(usage?.inputTokens ?? 0) +
		(usage?.outputTokens ?? 0) +
		(usage?.cacheReadTokens ?? 0) +
		(usage?.cacheWriteTokens ?? 0);
	return {
		seq: line.seq,
		prompt: line.prompt.replace(/\s+/g, " ").trim().slice(0, OUTLINE_CHARS),
		kind: line.kind,
		startedAt: isoTime(line.startedAt),
		...optional("endedAt", line.endedAt === undefined ? undefined : isoTime(line.endedAt)),
		status: line.status,
		...optional("durations", line.durations),
		...optional("costUsd", usage?.costUsd),
		tokens,
		tools: line.tools,
		errors: line.errors,
		permissions: line.permissions,
		...optional("recording", line.recording),
	};
}

export function isoTime(ms: number): string {
	return new Date(ms).toISOString();
}

export function optional<Name extends string, Value>(
	name: Name,
	value: Value | undefined,
): { readonly [Key in Name]?: Value } {
	return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
