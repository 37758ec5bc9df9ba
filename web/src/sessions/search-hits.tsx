/** Where the words were found, the best place first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { searchQuery } from "../api/queries.ts";
import type { ApiSearchHit } from "../api/types.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Failure, Loading, Notice } from "../parts/notice.tsx";
import { Highlighted, Plain } from "../parts/plain.tsx";
import { useNow } from "../parts/use-now.ts";
import { formatFull, formatWhen, plural } from "../text/format.ts";
import { shortPath } from "../text/placeholder.ts";
import { filterOf, type ListSearch } from "./list-search.ts";

const KINDS: Readonly<Record<ApiSearchHit["kind"], string>> = {
	prompt: "prompt",
	assistant: "answer",
	thinking: "thinking",
	tool: "tool",
	permission: "permission",
	notice: "notice",
};

export function SearchHits({ q, search }: { readonly q: string; readonly search: ListSearch }) {
	const { data, error, isFetching, refetch } = useQuery(searchQuery(q, filterOf(search)));
	const list = useRef<HTMLOListElement>(null);
	const now = useNow(60_000);
	useShortcuts({ j: () => step(list.current, 1), k: () => step(list.current, -1) });
	if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
	if (data === undefined) return <Loading what="Searching" />;
	if (data.hits.length === 0)
		return (
			<Notice title="Nothing found">
				<p>
					Words may stand in any order, and the last one also counts as a beginning. <q>Several words</q> in
					quotes are looked for as they stand.
				</p>
			</Notice>
		);
	return (
		<div className={`hits-scroll ${isFetching ? "is-stale" : ""}`}>
			<p className="faint hits-count" role="status">
				{plural(data.hits.length, "place")}
				{data.isCut && ": the best of more. Another word narrows them."}
			</p>
			<ol className="hits" ref={list}>
				{data.hits.map((hit, index) => (
					<li key={`${hit.sessionId} ${hit.turn} ${index}`}>
						<Hit hit={hit} q={q} now={now} />
					</li>
				))}
			</ol>
		</div>
	);
}

function Hit({ hit, q, now }: { readonly hit: ApiSearchHit; readonly q: string; readonly now: number }) {
	return (
		<Link
			to="/sessions/$id"
			params={{ id: hit.sessionId }}
			search={{ find: firstFind(hit, q) }}
			hash={`turn-${hit.turn}`}
			className="hit"
		>
			<span className="hit-head">
				<span className={`hit-kind is-${hit.kind}`}>{hit.name ?? KINDS[hit.kind]}</span>
				<span className="hit-title">
					<Plain text={hit.title ?? "A session"} />
				</span>
				<span className="hit-place">
					<Plain text={shortPath(hit.cwd)} />
				</span>
				<time dateTime={hit.at} title={formatFull(hit.at)}>
					{formatWhen(hit.at, now)}
				</time>
			</span>
			<span className="hit-snippet">
				<Highlighted text={hit.snippet.text} ranges={hit.snippet.highlights} />
			</span>
		</Link>
	);
}

/** Finding in a session takes a text as it stands: the first that was found here. */
function firstFind({ snippet }: ApiSearchHit, q: string): string {
	const [range] = snippet.highlights;
	return range === undefined ? q : snippet.text.slice(range[0], range[1]);
}

/** Moves the focus from one hit to the next or the one before. */
function step(list: HTMLElement | null, by: number): void {
	const links = [...(list?.querySelectorAll<HTMLElement>("a.hit") ?? [])];
	const at = links.indexOf(document.activeElement as HTMLElement);
	const next = at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by));
	links[next]?.focus();
}
