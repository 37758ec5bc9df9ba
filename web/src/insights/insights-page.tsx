/** What to do better: what a model found the last time it was asked, and what follows from figures alone. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { queryOf, type RangeSearch, spanOf } from "../analytics/range.ts";
import { RangePicker } from "../analytics/range-picker.tsx";
import { insightsQuery, settingsQuery } from "../api/queries.ts";
import type { ApiFinding, InsightsAnswer } from "../api/types.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { Failure, Loading, Notice } from "../parts/notice.tsx";
import { Plain } from "../parts/plain.tsx";
import { formatWhen, plural } from "../text/format.ts";
import { shortPath } from "../text/placeholder.ts";
import { shellWords } from "../text/shell-words.ts";
import { visibleLine } from "../text/visible.ts";
import { FindingCard } from "./finding-card.tsx";
import "../styles/pages.css";
import "../styles/insights.css";

export function InsightsPage() {
	const { data: settings } = useSuspenseQuery(settingsQuery);
	const search = useSearch({ from: "/insights" });
	const navigate = useNavigate({ from: "/insights" });
	useEffect(() => {
		document.title = "Insights · ctrace";
	}, []);
	if (!settings.can.insights)
		return (
			<Notice title="No findings here">
				<p>
					Findings are about the sessions of one machine. On yours, they are on this page, and in the
					terminal:
				</p>
				<pre className="command">ctrace insights</pre>
			</Notice>
		);
	const { timeZone } = settings;
	const span = spanOf(search, timeZone, Date.now());
	return (
		<div className="page insights-page">
			<header className="page-head">
				<h1>Insights</h1>
				<RangePicker
					search={search}
					span={span}
					change={(next: RangeSearch) => void navigate({ search: next, replace: true })}
					facets={["project"]}
				/>
			</header>
			<Found query={queryOf(withoutModel(search), span, timeZone)} />
		</div>
	);
}

/** Findings are not known by model. */
function withoutModel({ model: _, ...search }: RangeSearch): RangeSearch {
	return search;
}

function Found({ query }: { readonly query: ReturnType<typeof queryOf> }) {
	const { data, error, refetch } = useQuery(insightsQuery(query));
	if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
	if (data === undefined) return <Loading what="Looking for what stands out" />;
	return (
		<>
			<section aria-labelledby="computed-title">
				<h2 id="computed-title">From figures</h2>
				<p className="faint">
					Computed by rules over the figures of these days: no model has read your sessions for it.
					{data.pending > 0 && ` ${plural(data.pending, "session")} still to be counted.`}
				</p>
				<Findings findings={data.computed} nothing="Nothing stands out in these days." />
			</section>
			<LastRun data={data} />
			<RunIt run={data.run} />
		</>
	);
}

function Findings({
	findings,
	nothing,
}: {
	readonly findings: readonly ApiFinding[];
	readonly nothing: string;
}) {
	if (findings.length === 0) return <p className="nothing">{nothing}</p>;
	return (
		<div className="findings">
			{findings.map((finding, index) => (
				<FindingCard key={index} finding={finding} />
			))}
		</div>
	);
}

function LastRun({ data: { lastRun } }: { readonly data: InsightsAnswer }) {
	if (lastRun === undefined) return null;
	const { at, firstDay, lastDay, model, project, findings } = lastRun;
	return (
		<section aria-labelledby="last-run-title">
			<h2 id="last-run-title">Read by a model</h2>
			<p className="faint">
				{visibleLine(model)}, {formatWhen(at, Date.now())}, about {firstDay} – {lastDay}
				{project !== undefined && (
					<>
						{" "}
						in <Plain text={shortPath(project)} />
					</>
				)}
				. It is the last run, whatever days are chosen above.
			</p>
			<Findings findings={findings} nothing="It found nothing worth a word." />
		</section>
	);
}

function RunIt({ run }: { readonly run: InsightsAnswer["run"] }) {
	const command = shellWords(run.words);
	return (
		<section className="panel run-it" aria-labelledby="run-title">
			<h2 id="run-title">Have a model read these days</h2>
			<p>
				It sees the masked text of your sessions, and costs money: so you start it, in a terminal. First, what
				would be sent and what it would cost at most:
			</p>
			<Command text={`${command} --dry-run`} />
			<p>
				Then {visibleLine(run.model)} is asked, and never more than <code>--max-usd</code> is spent ($0.50
				unless you say otherwise):
			</p>
			<Command text={command} />
			{!run.hasKey && (
				<p className="faint">
					There is no key yet: put <code>ANTHROPIC_API_KEY</code> into the <code>.env</code> of ctrace's
					configuration directory; <code>ctrace doctor</code> says where that is.
				</p>
			)}
		</section>
	);
}

function Command({ text }: { readonly text: string }) {
	return (
		<div className="command-line">
			<pre className="command">{visibleLine(text)}</pre>
			<CopyButton text={text} label="copy" />
		</div>
	);
}
