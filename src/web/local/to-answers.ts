/** What the store gives, as the API says it. Pure. */
import type { SessionDigest, SessionLine, TurnLine } from "../../store/browse-store.ts";
import type { ExportedSession, ExportedTurn } from "../../store/export-v1.ts";
import type { StoredTurn } from "../../store/store.ts";
import type { ApiTurn, SessionHead, SessionSummary, TurnOutline } from "../api/session.ts";
import { clipItem, clipLine, LONGEST_TEXT_CHARS } from "./clip-item.ts";
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
		agent: clipLine(exported.agent),
		...optionalLine("agentVersion", exported.agentVersion),
		...optionalLine("title", exported.title),
		...optionalLine("firstPrompt", line.firstPrompt),
		cwd: clipLine(exported.cwd),
		...optionalLine("branch", git?.branch),
		startedAt: exported.startedAt,
		...optional("endedAt", exported.endedAt),
		durationMs: durationOf(digest),
		status: exported.status,
		turns: digest.turns,
		tools: digest.tools,
		...optional("usage", usage === undefined ? undefined : clipModels(usage)),
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
		command: exported.command.map(clipLine),
		...optional("git", exported.git === undefined ? undefined : clipGit(exported.git)),
		...optional(
			"commits",
			exported.commits?.map(({ subject, ...made }) => ({ ...made, subject: clipLine(subject) })),
		),
		...optionalLine("host", exported.host),
		...optionalLine("user", exported.user),
		...optional("exit", exported.exit),
		terminal: exported.terminal,
		maskedCount: exported.maskedCount,
		gapList: exported.gaps,
		hasRecording,
	};
}

function clipGit(git: NonNullable<ExportedSession["git"]>): typeof git {
	return { ...git, ...optionalLine("branch", git.branch), ...optionalLine("remote", git.remote) };
}

function clipModels<Usage extends { readonly models?: readonly string[] }>(usage: Usage): Usage {
	return usage.models === undefined ? usage : { ...usage, models: usage.models.map(clipLine) };
}

export function toTurn(turn: StoredTurn, exports: Exports, isFull: boolean): ApiTurn {
	const { prompt, items, usage, ...exported } = exports.turn(turn);
	const longest = isFull ? Number.POSITIVE_INFINITY : LONGEST_TEXT_CHARS;
	return {
		...exported,
		prompt:
			prompt.text.length > longest
				? { ...prompt, text: prompt.text.slice(0, longest), clipped: prompt.text.length }
				: prompt,
		...optional("usage", usage === undefined ? undefined : clipModels(usage)),
		...optional("masked", turn.maskedCount),
		revision: turn.revision,
		items: items.map((item) => clipItem(item, longest)),
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

function optionalLine<Name extends string>(name: Name, text: string | undefined) {
	return optional(name, text === undefined ? undefined : clipLine(text));
}

export function optional<Name extends string, Value>(
	name: Name,
	value: Value | undefined,
): { readonly [Key in Name]?: Value } {
	return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
