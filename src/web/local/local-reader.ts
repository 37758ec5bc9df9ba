/** This machine's store, as the server reads it. */
import type { SessionDigest } from "../../store/browse-store.ts";
import type { Store } from "../../store/store.ts";
import type { SessionSummary } from "../api/session.ts";
import type { WebReader } from "../web-parts.ts";
import { findAnswerOf, MOST_PLACES } from "./find-answer.ts";
import { searchSessions } from "./search-sessions.ts";
import { countFacets, filterOf } from "./session-filter.ts";
import { SessionIndex } from "./session-index.ts";
import { pageOf } from "./session-page.ts";
import { type Exports, toHead, toOutline, toSummary, toTurn } from "./to-answers.ts";
import { watchSessions } from "./watch-sessions.ts";

export interface LocalReaderParts {
	readonly store: Pick<Store, "browse">;
	readonly exports: Exports;
	/** Closes sessions whose recorder is gone; says whether there were any. */
	readonly closeAbandoned: () => boolean;
	/** Whether a session has a recording. */
	readonly hasRecording: (id: string) => boolean;
	/** Milliseconds since the Unix epoch. */
	readonly now: () => number;
}

export interface LocalReader extends WebReader {
	/** After a change of our own, which the store does not tell its own connection of. */
	noteChange(): void;
	isEmpty(): boolean;
	/** Reads what the first question needs, while nobody has asked yet. */
	prepare(): Promise<void>;
}

/** How long a session may still be called running after its recorder is gone. */
const CHECKED_EVERY_MS = 2000;
/**
 * Whether anybody wrote is one number, as long as nobody did. A finished turn has a second to be on the page; its recorder
 * takes a part of that.
 */
const LOOK_EVERY_MS = 250;

export function createLocalReader(parts: LocalReaderParts): LocalReader {
	const { store, exports } = parts;
	const { browse } = store;
	const sessions = createSessions(parts);
	const summaries = (digests: readonly SessionDigest[]) => summariesOf(digests, parts);
	return {
		list: async (query) => {
			const index = await sessions.current();
			const ordered = index.narrowed(query.sort, filterOf(query, index.columns));
			const { digests, ...page } = pageOf(ordered, query);
			return { sessions: summaries(digests), ...page };
		},
		facets: async (query) => {
			const index = await sessions.current();
			return countFacets(index.columns, filterOf(query, index.columns));
		},
		search: async (query) => {
			const index = await sessions.current();
			const filter = filterOf(query, index.columns);
			return searchSessions(browse, query, filter.isWide ? undefined : index.keys(filter));
		},
		session: async (id) => {
			const index = await sessions.current();
			const key = browse.keyOf(id);
			const [line] = browse.readLines([key]);
			const digest = index.get(key);
			if (line === undefined || digest === undefined) throw new TypeError("a session without its digest");
			return { session: toHead(line, digest, { exports, hasRecording: parts.hasRecording(id) }) };
		},
		outline: async (id) => {
			const index = await sessions.current();
			const turns = browse.readOutline(id).map(toOutline);
			return { turns, revision: index.get(browse.keyOf(id))?.version ?? 0 };
		},
		turns: (id, { full, ...range }) => {
			const { turns, ...page } = browse.readTurns(id, {
				limit: range.limit,
				...(range.after === undefined ? {} : { after: range.after }),
				...(range.before === undefined ? {} : { before: range.before }),
			});
			return { turns: turns.map((turn) => toTurn(turn, exports, full)), ...page };
		},
		turn: (id, seq) => ({ turn: toTurn(browse.readTurn(id, seq), exports, true) }),
		find: (id, { q }) => findAnswerOf(browse.find(id, q, MOST_PLACES + 1)),
		watch: (sessionId, signal) =>
			watchSessions(
				{
					current: sessions.current,
					summaries,
					changed: browse.readDigests,
					stamps: browse.readStamps,
					turn: (id, seq) => toTurn(browse.readTurn(id, seq), exports, false),
					lookEveryMs: LOOK_EVERY_MS,
				},
				sessionId,
				signal,
			),
		noteChange: sessions.noteChange,
		isEmpty: () => browse.countSessions() === 0,
		prepare: async () => void (await sessions.current()),
	};
}

/** The index, loaded with the first question and kept up with every other one. */
function createSessions({ store, closeAbandoned, now }: LocalReaderParts) {
	const index = new SessionIndex(store.browse);
	let loading: Promise<void> | undefined;
	let checkedAt = Number.NEGATIVE_INFINITY;
	let isChanged = false;
	const current = async (): Promise<SessionIndex> => {
		loading ??= index.load();
		await loading;
		index.refresh(isChanged);
		isChanged = false;
		if (index.running.length > 0 && now() - checkedAt >= CHECKED_EVERY_MS) {
			checkedAt = now();
			if (closeAbandoned()) index.refresh(true);
		}
		return index;
	};
	return {
		current,
		noteChange: () => {
			isChanged = true;
		},
	};
}

function summariesOf(
	digests: readonly SessionDigest[],
	{ store, exports }: Pick<LocalReaderParts, "store" | "exports">,
): SessionSummary[] {
	const byKey = new Map(digests.map((digest) => [digest.key, digest]));
	return store.browse.readLines([...byKey.keys()]).flatMap((line) => {
		const digest = byKey.get(line.key);
		return digest === undefined ? [] : [toSummary(line, digest, exports)];
	});
}
