/** Full-text search, narrowed to the sessions that fit, each hit with what tells its session. */
import type { BrowseStore, SessionLine } from "../../store/browse-store.ts";
import type { FoundHit } from "../../store/stored-shapes.ts";
import type { ApiSearchHit, SearchAnswer, SearchQuery } from "../api/search.ts";
import { clipLine } from "./clip-item.ts";
import { isoTime, optional } from "./to-answers.ts";

const TITLE_CHARS = 160;

/** `sessions`: keys of those that fit; undefined: all do. */
export function searchSessions(
	browse: BrowseStore,
	query: SearchQuery,
	sessions: ReadonlySet<number> | undefined,
): SearchAnswer {
	const { found, isCut } = browse.search(wordsOf(query.q), {
		limit: query.limit,
		...(sessions === undefined ? {} : { sessions }),
	});
	const keys = [...new Set(found.map(({ sessionKey }) => sessionKey))];
	const lines = new Map(browse.readLines(keys).map((line) => [line.key, line]));
	return { hits: found.flatMap((one) => toHit(one, lines.get(one.sessionKey))), isCut };
}

function toHit({ hit, fromMs }: FoundHit, line: SessionLine | undefined): ApiSearchHit[] {
	if (line === undefined) return [];
	const { session, firstPrompt } = line;
	return [
		{
			sessionId: hit.sessionId,
			turn: hit.turnSeq,
			kind: hit.kind,
			...optional("name", hit.name === undefined ? undefined : clipLine(hit.name)),
			at: isoTime(hit.at),
			snippet: hit.snippet,
			score: hit.score,
			...optional("fromMs", fromMs),
			...optional("title", (session.title ?? firstPrompt)?.slice(0, TITLE_CHARS)),
			cwd: clipLine(hit.cwd),
			sessionStartedAt: isoTime(session.startedAt),
			sessionStatus: session.status,
		},
	];
}

/** As a shell would split them: blanks part, quotes keep together. */
function wordsOf(text: string): string[] {
	return [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
}
