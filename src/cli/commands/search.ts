import { CtraceError } from "../../core/errors.ts";
import { shortenHome } from "../../core/home.ts";
import type { MarkHit, SearchFilter, SearchHit } from "../../store/store.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type LookContext, printJson, show, viewOf } from "../context.ts";
import { renderMarkHits, renderSearchHits } from "../render/search-hits.ts";
import { parseSince } from "../text/times.ts";
import { resolveDirectory } from "./sessions-list.ts";

const NOTHING_FOUND_EXIT = 1;

export const searchCommand: Command<LookContext> = {
	path: ["search"],
	operands: "WORDS…",
	summary: "Find what was said and done, best match first",
	examples: [
		["ctrace search migration error", "both words, in any order"],
		["ctrace search 'exit code 1'", "a phrase"],
		["ctrace search auth --cwd . --since 1w", "here, this week; the last word may be cut short"],
	],
	options: [
		{ name: "cwd", value: "DIR", summary: "Only sessions in DIR or below it" },
		{ name: "since", value: "WHEN", summary: "Turns since 2h, 3d, 1w ago, or a date" },
		{ name: "limit", letter: "n", value: "N", summary: "At most N hits (20)" },
		{ name: "json", summary: "Print a JSON array of hits" },
	],
	run: async (context, args) => {
		if (!args.operands.some((word) => /[\p{L}\p{N}]/u.test(word)))
			throw new CtraceError("usage", "what shall be searched for? Give a word with letters or digits", {
				hint: "For example: ctrace search migration error",
			});
		using store = context.openStore();
		const filter = readFilter(context, args);
		const marks = store.searchMarks(args.operands, filter);
		const hits = store.search(args.operands, filter);
		if (args.has("json"))
			printJson(context, [
				...marks.map((hit) => markJson(hit, context.home)),
				...hits.map((hit) => hitJson(hit, context.home)),
			]);
		else if (hits.length + marks.length === 0) context.stderr.write("Nothing was found.\n");
		else
			await show(context, renderMarkHits(marks, viewOf(context)) + renderSearchHits(hits, viewOf(context)));
		return hits.length + marks.length === 0 && !args.has("json") ? NOTHING_FOUND_EXIT : 0;
	},
};

function readFilter(context: LookContext, args: CommandArguments): SearchFilter {
	const [cwd, since, limit] = [args.text("cwd"), args.text("since"), args.count("limit")];
	return {
		...(cwd === undefined ? {} : { cwd: resolveDirectory(context, cwd) }),
		...(since === undefined ? {} : { since: parseSince(since, context.now()) }),
		...(limit === undefined ? {} : { limit }),
	};
}

/** Of a session as a whole: no turn. */
function markJson({ sessionId, at, cwd, snippet }: MarkHit, home: string): unknown {
	return {
		session: sessionId,
		kind: "note",
		snippet,
		cwd: shortenHome(cwd, home),
		startedAt: new Date(at).toISOString(),
	};
}

function hitJson({ sessionId, turnSeq, at, cwd, ...rest }: SearchHit, home: string): unknown {
	return {
		session: sessionId,
		turn: turnSeq,
		...rest,
		cwd: shortenHome(cwd, home),
		startedAt: new Date(at).toISOString(),
	};
}
