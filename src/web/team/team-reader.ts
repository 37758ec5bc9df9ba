/**
 * A team's sessions, as the server reads them: the list in memory and kept up by asking what changed, turns asked for with each
 * session that is looked at. What may be seen is the project's to say, each time it is asked.
 */
import { CtraceError } from "../../core/errors.ts";
import type { FoundPlace, SessionDigest, SessionLine, TurnLine } from "../../store/browse-store.ts";
import type { Snippet, StoredTurn } from "../../store/stored-shapes.ts";
import type { SearchAnswer, SearchQuery } from "../api/search.ts";
import type { SessionSummary } from "../api/session.ts";
import type { FindAnswer, TurnsAnswer, TurnsQuery } from "../api/session-routes.ts";
import { clipLine } from "../local/clip-item.ts";
import { findAnswerOf, MOST_PLACES } from "../local/find-answer.ts";
import { countFacets, filterOf } from "../local/session-filter.ts";
import { pageOf } from "../local/session-page.ts";
import { type Exports, isoTime, toHead, toOutline, toSummary, toTurn } from "../local/to-answers.ts";
import { watchSessions } from "../local/watch-sessions.ts";
import type { WebReader } from "../web-parts.ts";
import { createTeamSessions, type TeamSessions } from "./team-sessions.ts";
import type { TeamSource, TeamTurns } from "./team-source.ts";

export interface TeamReaderParts {
	readonly source: TeamSource;
	readonly exports: Exports;
	readonly find: (turns: readonly StoredTurn[], text: string, limit: number) => readonly FoundPlace[];
	readonly snippet: (text: string, words: readonly string[]) => Snippet;
	/** Milliseconds since the Unix epoch. */
	readonly now: () => number;
}

/** Every look is a request to the project. */
const LOOK_EVERY_MS = 2000;
/** Prompts that are asked for where only some sessions fit. */
const MOST_PROMPTS = 500;
const TITLE_CHARS = 160;

export function createTeamReader(parts: TeamReaderParts): WebReader & { isEmpty(): Promise<boolean> } {
	const sessions = createTeamSessions(parts.source, { now: parts.now, everyMs: LOOK_EVERY_MS });
	const looked = { ...parts, sessions, ...createLookups(parts, sessions) };
	return {
		...listing(looked),
		...opening(looked),
		isEmpty: async () => {
			await sessions.current();
			return sessions.digests.countSessions() === 0;
		},
	};
}

type Looked = TeamReaderParts & { readonly sessions: TeamSessions } & ReturnType<typeof createLookups>;

function createLookups({ exports }: TeamReaderParts, sessions: TeamSessions) {
	const summaries = (digests: readonly SessionDigest[]) =>
		digests.flatMap((digest) => {
			const line = sessions.digests.line(digest.key);
			return line === undefined ? [] : [summaryOf(line, digest, exports)];
		});
	const lineOf = async (id: string) => {
		const index = await sessions.current();
		const key = sessions.digests.keyOf(id);
		const [line, digest] = key === undefined ? [] : [sessions.digests.line(key), index.get(key)];
		if (line === undefined || digest === undefined) throw notFound(id);
		return { line, digest };
	};
	const turnsOf = async (id: string): Promise<readonly StoredTurn[]> => {
		const { digest } = await lineOf(id);
		const whole = await sessions.whole(id, digest.version);
		if (whole === undefined) throw notFound(id);
		return whole.turns;
	};
	const turnOf = async (id: string, seq: number) => {
		const turn = (await turnsOf(id)).find((one) => one.seq === seq);
		if (turn === undefined) throw new CtraceError("not-found", `session ${id} has no turn ${seq}`);
		return turn;
	};
	return { summaries, lineOf, turnsOf, turnOf };
}

function listing(looked: Looked): Pick<WebReader, "list" | "facets" | "search" | "watch"> {
	const { sessions, summaries, source, exports, turnOf } = looked;
	return {
		list: async (query) => {
			const index = await sessions.current();
			const { digests, ...page } = pageOf(index.narrowed(query.sort, filterOf(query, index.columns)), query);
			return { sessions: summaries(digests), ...page };
		},
		facets: async (query) => {
			const index = await sessions.current();
			const { totals, facets } = countFacets(index.columns, filterOf(query, index.columns));
			const { tools: _, ...counted } = totals;
			return { totals: counted, facets };
		},
		search: async (query) => {
			const index = await sessions.current();
			const filter = filterOf(query, index.columns);
			const keys = filter.isWide ? undefined : index.keys(filter);
			const fits = (id: string) => {
				const key = sessions.digests.keyOf(id);
				return key !== undefined && (keys === undefined || keys.has(key))
					? sessions.digests.line(key)
					: undefined;
			};
			return searchPrompts(query, fits, looked);
		},
		watch: (sessionId, signal) =>
			watchSessions(
				{
					current: sessions.currentOrLast,
					summaries,
					changed: (after, limit) => sessions.digests.readDigests(after, limit),
					stamps: (id) => source.versions(id),
					turn: async (id, seq) => toTurn(await turnOf(id, seq), exports, false),
					lookEveryMs: LOOK_EVERY_MS,
				},
				sessionId,
				signal,
			),
	};
}

function opening({
	exports,
	find,
	lineOf,
	turnsOf,
	turnOf,
}: Looked): Pick<WebReader, "session" | "outline" | "turns" | "turn" | "find"> {
	return {
		session: async (id) => {
			const { line, digest } = await lineOf(id);
			const { tools: _, ...head } = toHead(line, digest, { exports, hasRecording: false });
			return { session: head };
		},
		outline: async (id) => {
			const { digest } = await lineOf(id);
			return { turns: (await turnsOf(id)).map(lineOfTurn).map(toOutline), revision: digest.version };
		},
		turns: async (id, query) => pageOfTurns(await turnsOf(id), query, exports),
		turn: async (id, seq) => ({ turn: toTurn(await turnOf(id, seq), exports, true) }),
		find: async (id, { q }): Promise<FindAnswer> => findAnswerOf(find(await turnsOf(id), q, MOST_PLACES + 1)),
	};
}

/** The project keeps no count of tool calls, and no moment of the last sign of life. */
function summaryOf(line: SessionLine, digest: SessionDigest, exports: Exports): SessionSummary {
	const { tools: _, ...summary } = toSummary(line, digest, exports);
	return summary;
}

function notFound(id: string): CtraceError {
	return new CtraceError("not-found", `there is no session ${id} that you may see`);
}

function lineOfTurn(turn: StoredTurn): TurnLine {
	const { prompt, items, ...more } = turn;
	const all = flat(items);
	return {
		...more,
		prompt: prompt.text,
		kind: prompt.kind,
		tools: all.filter(({ kind }) => kind === "tool").length,
		errors: all.filter((item) => item.kind === "tool" && item.status === "error").length,
		permissions: all.filter(({ kind }) => kind === "permission").length,
	};
}

type Items = TeamTurns["turns"][number]["items"];

function flat(items: Items): Items {
	return items.flatMap((item) => (item.kind === "tool" ? [item, ...flat(item.items ?? [])] : [item]));
}

function pageOfTurns(
	all: readonly StoredTurn[],
	{ after = -1, before = Number.MAX_SAFE_INTEGER, limit, full }: TurnsQuery,
	exports: Exports,
): TurnsAnswer {
	const within = all.filter(({ seq }) => seq > after && seq < before);
	const isFromEnd = after === -1 && before !== Number.MAX_SAFE_INTEGER;
	const turns = isFromEnd ? within.slice(-limit) : within.slice(0, limit);
	const [first, last] = [turns[0]?.seq ?? before, turns.at(-1)?.seq ?? after];
	return {
		turns: turns.map((turn) => toTurn(turn, exports, full)),
		total: all.length,
		hasBefore: all.some(({ seq }) => seq < first),
		hasAfter: all.some(({ seq }) => seq > last),
	};
}

async function searchPrompts(
	{ q, limit }: SearchQuery,
	fits: (id: string) => SessionLine | undefined,
	{ source, snippet }: TeamReaderParts,
): Promise<SearchAnswer> {
	const words = [...q.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
	const found = await source.findPrompts(words, MOST_PROMPTS);
	const hits = found.flatMap(({ sessionId, seq, prompt, at }, rank) => {
		const line = fits(sessionId);
		if (line === undefined) return [];
		const { session, firstPrompt } = line;
		const title = (session.title ?? firstPrompt)?.slice(0, TITLE_CHARS);
		return {
			sessionId,
			turn: seq,
			kind: "prompt" as const,
			at: isoTime(at),
			snippet: snippet(prompt, words),
			score: found.length - rank,
			...(title === undefined ? {} : { title }),
			cwd: clipLine(session.cwd),
			sessionStartedAt: isoTime(session.startedAt),
			sessionStatus: session.status,
		};
	});
	return { hits: hits.slice(0, limit), isCut: hits.length > limit || found.length === MOST_PROMPTS };
}
