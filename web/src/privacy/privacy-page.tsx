/** What is masked, by which pattern, and a box to try it out. */
import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { change } from "../api/client.ts";
import { patternsQuery, settingsQuery } from "../api/queries.ts";
import type { PatternsAnswer, TryAnswer } from "../api/types.ts";
import { Failure, Loading } from "../parts/notice.tsx";
import { Plain } from "../parts/plain.tsx";
import { Segments } from "../parts/segments.tsx";
import { formatCount, plural } from "../text/format.ts";
import { safeLink, visibleLine } from "../text/visible.ts";
import "../styles/pages.css";

type Pattern = PatternsAnswer["patterns"][number];
const MODES = { minimal: "minimal", moderate: "moderate", strict: "strict" } as const;
type Mode = keyof typeof MODES;

export function PrivacyPage() {
	const { data, error, refetch } = useQuery(patternsQuery);
	useEffect(() => {
		document.title = "Privacy · ctrace";
	}, []);
	if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
	if (data === undefined) return <Loading what="Reading the patterns" />;
	const masked = data.patterns.reduce((sum, pattern) => sum + pattern.masked, 0);
	return (
		<div className="page privacy-page">
			<header className="page-head">
				<h1>Privacy</h1>
			</header>
			<p className="lead">
				Secrets are replaced in memory before anything is written. The mode is <b>{data.mode}</b>:{" "}
				{plural(data.patterns.filter(({ isActive }) => isActive).length, "pattern")} of {data.patterns.length}{" "}
				apply. So far {plural(masked, "secret")} {masked === 1 ? "was" : "were"} masked in the sessions that
				are kept.
			</p>
			<TryBox />
			<Patterns patterns={data.patterns} />
		</div>
	);
}

function TryBox() {
	const { data: settings } = useSuspenseQuery(settingsQuery);
	const [text, setText] = useState("");
	const [mode, setMode] = useState<Mode>(
		settings.privacyMode in MODES ? (settings.privacyMode as Mode) : "strict",
	);
	const trial = useMutation({
		mutationFn: (body: { readonly text: string; readonly mode: Mode }) =>
			change<TryAnswer>("POST", "/privacy/try", body),
	});
	return (
		<section className="panel try" aria-labelledby="try-title">
			<header className="panel-head">
				<h2 id="try-title">Try a text</h2>
				<Segments label="Mode" value={mode} choices={MODES} onChange={setMode} />
			</header>
			<p className="faint">
				It is masked in memory: not stored, not logged, and it leaves this machine for nowhere.
			</p>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					trial.mutate({ text, mode });
				}}
			>
				<textarea
					aria-label="Text to try"
					rows={5}
					value={text}
					spellCheck={false}
					placeholder="Paste a log, a configuration file, a command…"
					onChange={({ target }) => setText(target.value)}
				/>
				<button type="submit" className="primary" disabled={text === "" || trial.isPending}>
					{trial.isPending ? "Masking…" : "Mask it"}
				</button>
			</form>
			{trial.error !== null && <Failure error={trial.error} />}
			{trial.data !== undefined && <Tried answer={trial.data} />}
		</section>
	);
}

function Tried({ answer }: { readonly answer: TryAnswer }) {
	const counts = Object.entries(answer.counts);
	return (
		<div className="tried" role="status">
			<p>
				{counts.length === 0
					? "Nothing in it is known as a secret."
					: `Found: ${counts.map(([rule, count]) => `${rule} (${count})`).join(", ")}.`}
			</p>
			<pre className="output">
				<Plain text={answer.masked} />
			</pre>
		</div>
	);
}

function Patterns({ patterns }: { readonly patterns: readonly Pattern[] }) {
	const [wanted, setWanted] = useState("");
	const shown = useMemo(() => {
		const words = wanted.toLowerCase();
		return patterns
			.filter(({ id, description, origin }) => `${id} ${description} ${origin}`.toLowerCase().includes(words))
			.toSorted((a, b) => b.masked - a.masked);
	}, [patterns, wanted]);
	return (
		<section className="panel" aria-labelledby="patterns-title">
			<header className="panel-head">
				<h2 id="patterns-title">Patterns</h2>
				<input
					type="search"
					aria-label="Search the patterns"
					placeholder="Search the patterns"
					value={wanted}
					onChange={({ target }) => setWanted(target.value)}
				/>
			</header>
			{shown.length === 0 ? <p className="faint">No pattern fits.</p> : <PatternTable patterns={shown} />}
		</section>
	);
}

function PatternTable({ patterns }: { readonly patterns: readonly Pattern[] }) {
	return (
		<div className="table-scroll" tabIndex={0}>
			<table>
				<thead>
					<tr>
						<th scope="col">Kind</th>
						<th scope="col">What it is</th>
						<th scope="col">Level</th>
						<th scope="col">From</th>
						<th scope="col" className="number">
							Masked
						</th>
					</tr>
				</thead>
				<tbody>
					{patterns.map((pattern) => (
						<tr key={pattern.id} className={pattern.isActive ? "" : "is-off"}>
							<td>
								<code>{visibleLine(pattern.id)}</code>
							</td>
							<td>
								<Described pattern={pattern} />
								{!pattern.isActive && <span className="badge">not in this mode</span>}
							</td>
							<td>{visibleLine(pattern.level).toLowerCase()}</td>
							<td>{visibleLine(pattern.origin)}</td>
							<td className="number">{pattern.masked === 0 ? "–" : formatCount(pattern.masked)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function Described({ pattern: { description, reference } }: { readonly pattern: Pattern }) {
	const link = reference === undefined ? undefined : safeLink(reference);
	const text = visibleLine(description);
	return link === undefined ? (
		text
	) : (
		<a href={link} target="_blank" rel="noopener noreferrer">
			{text}
		</a>
	);
}
