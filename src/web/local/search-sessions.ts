/** Full-text search, narrowed to the sessions that fit, each hit with what tells its session. */
import type { BrowseStore } from "../../store/browse-store.ts";
import type { SearchHit, Store } from "../../store/store.ts";
import type { ApiSearchHit, SearchAnswer, SearchQuery } from "../api/search.ts";
import { MOST_SEARCH_HITS } from "../api/search.ts";
import { isoTime, optional } from "./to-answers.ts";

type Searched = Pick<Store, "search"> & { readonly browse: BrowseStore };

const TITLE_CHARS = 160;

/** `keyOf` gives the key of a session that fits, undefined for another. */
export function searchSessions(
	store: Searched,
	query: SearchQuery,
	keyOf: (sessionId: string) => number | undefined,
): SearchAnswer {
	const words = wordsOf(query.q);
	const found = store.search(words, { limit: MOST_SEARCH_HITS });
	const fitting = found.flatMap((hit) => {
		const key = keyOf(hit.sessionId);
		return key === undefined ? [] : [{ hit, key }];
	});
	const shown = fitting.slice(0, query.limit);
	const lines = new Map(
		store.browse.readLines([...new Set(shown.map(({ key }) => key))]).map((line) => [line.key, line]),
	);
	const hits = shown.flatMap(({ hit, key }) => {
		const line = lines.get(key);
		if (line === undefined) return [];
		const title = line.session.title ?? line.firstPrompt?.slice(0, TITLE_CHARS);
		return [toHit(hit, { title, startedAt: line.session.startedAt, status: line.session.status })];
	});
	return { hits, isCut: found.length === MOST_SEARCH_HITS || fitting.length > shown.length };
}

function toHit(
	hit: SearchHit,
	session: {
		readonly title: string | undefined;
		readonly startedAt: number;
		readonly status: ApiSearchHit["sessionStatus"];
	},
): ApiSearchHit {
	return {
		sessionId: hit.sessionId,
		turn: hit.turnSeq,
		kind: hit.kind,
		...optional("name", hit.name),
		at: isoTime(hit.at),
		snippet: hit.snippet,
		score: hit.score,
		...optional("title", session.title),
		cwd: hit.cwd,
		sessionStartedAt: isoTime(session.startedAt),
		sessionStatus: session.status,
	};
}

/** As a shell would split them: blanks part, quotes keep together. */
function wordsOf(text: string): string[] {
	return [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
}
