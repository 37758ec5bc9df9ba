/** How ctrace does, and what to do where something is wrong. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { statusQuery } from "../api/queries.ts";
import type { StatusAnswer } from "../api/types.ts";
import { Failure, Loading } from "../parts/notice.tsx";
import { Plain } from "../parts/plain.tsx";
import { useNow } from "../parts/use-now.ts";
import { formatAgo, formatBytes, formatCount, formatShare, plural } from "../text/format.ts";
import { visibleLine } from "../text/visible.ts";
import { Backup } from "./backup.tsx";
import { Daemon } from "./daemon.tsx";
import "../styles/pages.css";

export function StatusPage() {
	const { data, error, refetch } = useQuery(statusQuery);
	useEffect(() => {
		document.title = "Status · ctrace";
	}, []);
	if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
	if (data === undefined) return <Loading what="Looking after everything" />;
	return (
		<div className="page status-page">
			<header className="page-head">
				<h1>Status</h1>
				<p className={data.ok ? "verdict good" : "verdict bad"}>
					{data.ok ? "All is well" : plural(data.problems.length, "problem")}
				</p>
			</header>
			{data.problems.length > 0 && <Problems problems={data.problems} />}
			<div className="cards">
				<Storage storage={data.storage} />
				<Sync sync={data.sync} />
				<Backup backup={data.backup} />
				<Daemon daemon={data.daemon} />
				<Transcripts transcripts={data.transcripts} />
			</div>
			<Recognition versions={data.recognition} />
			<p className="faint">
				ctrace {data.versions.ctrace} · Node {data.versions.node}
				{data.versions.sqlite !== undefined && ` · SQLite ${data.versions.sqlite}`}
			</p>
		</div>
	);
}

function Problems({ problems }: Pick<StatusAnswer, "problems">) {
	return (
		<ul className="problems">
			{problems.map(({ what, hint }, index) => (
				<li key={index}>
					<b>
						<Plain text={what} />
					</b>
					<p>
						<Plain text={hint} />
					</p>
				</li>
			))}
		</ul>
	);
}

export function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<section className="panel card">
			<h2>{title}</h2>
			{children}
		</section>
	);
}

export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
	return (
		<dl className="facts">
			{facts
				.filter(([, value]) => value !== undefined)
				.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
		</dl>
	);
}

function Storage({ storage }: Pick<StatusAnswer, "storage">) {
	return (
		<Card title="Storage">
			<Facts
				facts={[
					["Database", formatBytes(storage.databaseBytes)],
					["Its log", formatBytes(storage.logBytes)],
					["Copy of the backup", storage.backupBytes === 0 ? undefined : formatBytes(storage.backupBytes)],
					["Free on the disk", storage.freeBytes === undefined ? undefined : formatBytes(storage.freeBytes)],
					["Sessions", formatCount(storage.sessions)],
					["Turns", formatCount(storage.turns)],
					["Running", storage.running === 0 ? undefined : formatCount(storage.running)],
					["Lost", storage.lost === 0 ? undefined : formatCount(storage.lost)],
					["File", <code key="path">{visibleLine(storage.path)}</code>],
				]}
			/>
		</Card>
	);
}

function Sync({ sync }: Pick<StatusAnswer, "sync">) {
	const now = useNow(5000);
	if (sync.url === undefined)
		return (
			<Card title="Sync">
				<p>
					Everything stays on this machine. To have your sessions on all your machines, or to share them with
					a team, make a Supabase project of your own. It begins with its tables:
				</p>
				<pre className="command">ctrace supabase schema</pre>
			</Card>
		);
	const { waiting } = sync;
	return (
		<Card title="Sync">
			{sync.account === undefined && (
				<p>
					Nobody is signed in, so nothing is sent: <code>ctrace login</code>
				</p>
			)}
			<Facts
				facts={[
					["Project", visibleLine(sync.url)],
					["Account", sync.account === undefined ? undefined : visibleLine(sync.account)],
					["Waiting", `${plural(waiting.sessions, "session")}, ${plural(waiting.turns, "turn")}`],
					["Deletions", waiting.deletions === 0 ? undefined : formatCount(waiting.deletions)],
					["Set aside", waiting.setAside === 0 ? undefined : formatCount(waiting.setAside)],
					[
						"Last success",
						sync.lastSuccessAt === undefined ? "none yet" : formatAgo(sync.lastSuccessAt, now),
					],
				]}
			/>
			{sync.lastError !== undefined && (
				<p className="bad">
					<Plain text={sync.lastError} />
				</p>
			)}
		</Card>
	);
}

function Transcripts({ transcripts }: { readonly transcripts: StatusAnswer["transcripts"] | undefined }) {
	if (transcripts === undefined) return null;
	return (
		<Card title="Claude Code's own sessions">
			<Facts
				facts={[
					["Kept by it", formatCount(transcripts.sessions)],
					["Not here yet", formatCount(transcripts.unknown)],
					["Deleted within a week", formatCount(transcripts.expiring)],
					["Directory", <code key="path">{visibleLine(transcripts.directory)}</code>],
				]}
			/>
			{transcripts.unknown > 0 && (
				<>
					<p>Bring them in before Claude Code deletes them, after {transcripts.keptDays} days:</p>
					<pre className="command">ctrace import ~/.claude</pre>
				</>
			)}
		</Card>
	);
}

function Recognition({ versions }: { readonly versions: StatusAnswer["recognition"] }) {
	if (versions.length === 0) return null;
	return (
		<section className="panel" aria-labelledby="recognition-title">
			<header className="panel-head">
				<h2 id="recognition-title">How well each version is read</h2>
			</header>
			<div className="table-scroll" tabIndex={0}>
				<table>
					<thead>
						<tr>
							<th scope="col">Version</th>
							<th scope="col" className="number">
								Sessions
							</th>
							<th scope="col" className="number">
								Turns
							</th>
							<th scope="col" className="number">
								Lines no pattern knows
							</th>
							<th scope="col" className="number">
								Screen and transcript agree
							</th>
						</tr>
					</thead>
					<tbody>
						{versions.map((version) => (
							<tr key={`${version.agent} ${version.agentVersion}`}>
								<td>
									{visibleLine(`${version.agent} ${version.agentVersion ?? ""}`)}
									{version.isUnfamiliar && <span className="badge bad">a look that is not known yet</span>}
								</td>
								<td className="number">{formatCount(version.sessions)}</td>
								<td className="number">{formatCount(version.turns)}</td>
								<td className="number">{version.share === undefined ? "–" : formatShare(version.share)}</td>
								<td className="number">
									{version.fidelity === undefined ? "–" : formatShare(version.fidelity)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</section>
	);
}
