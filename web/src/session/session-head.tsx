/** What a session is, and what can be done with it. */
import { Link } from "@tanstack/react-router";
import { apiUrl, askText } from "../api/client.ts";
import type { ExportFormat, SessionHead as Head, SettingsAnswer } from "../api/types.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { Menu } from "../parts/menu.tsx";
import { Plain } from "../parts/plain.tsx";
import { STATUS_NAMES } from "../sessions/session-row.tsx";
import { titleOf } from "../sessions/title-of.ts";
import { formatCompact, formatDuration, formatFull, formatUsd, formatWhen, plural } from "../text/format.ts";
import { shortPath } from "../text/placeholder.ts";
import { visibleLine } from "../text/visible.ts";

const FORMATS: readonly (readonly [ExportFormat, string])[] = [
	["markdown", "Markdown"],
	["html", "HTML, one page"],
	["json", "JSON"],
	["text", "plain text"],
];

interface HeadProps {
	readonly session: Head;
	readonly can: SettingsAnswer["can"];
	readonly now: number;
	readonly isReplaying: boolean;
	readonly onFind: () => void;
	readonly onReplay: () => void;
	readonly onShare: () => void;
	readonly onDelete: () => void;
}

export function SessionHead({ session, now, ...actions }: HeadProps) {
	return (
		<header className="session-top">
			<Link to="/" className="back" aria-label="All sessions" title="All sessions">
				←
			</Link>
			<div className="session-titles">
				<h1>
					<span className={`status-dot is-${session.status}`} title={STATUS_NAMES[session.status]} />
					<Plain text={titleOf(session)} />
				</h1>
				<Facts session={session} now={now} />
			</div>
			<Actions session={session} {...actions} />
		</header>
	);
}

function Facts({ session, now }: { readonly session: Head; readonly now: number }) {
	const { usage, git } = session;
	const length = session.status === "running" ? now - Date.parse(session.startedAt) : session.durationMs;
	const models = usage?.models ?? [];
	return (
		<p className="session-facts" tabIndex={0}>
			{session.status !== "complete" && (
				<span className={`is-${session.status}`}>{STATUS_NAMES[session.status]}</span>
			)}
			<time dateTime={session.startedAt} title={formatFull(session.startedAt)}>
				{formatWhen(session.startedAt, now)}
			</time>
			<span>{formatDuration(Math.max(0, length))}</span>
			<span>{plural(session.turns, "turn")}</span>
			{session.tools !== undefined && <span>{plural(session.tools, "tool call")}</span>}
			{session.tokens > 0 && <span>{formatCompact(session.tokens)} tokens</span>}
			{usage?.costUsd !== undefined && <span>{formatUsd(usage.costUsd)}</span>}
			{session.cwd !== "" && (
				<span title={visibleLine(session.cwd)}>
					<Plain text={shortPath(session.cwd)} />
				</span>
			)}
			{git?.branch !== undefined && (
				<span>
					<Plain text={visibleLine(git.branch)} />
				</span>
			)}
			{models.map((model) => (
				<span key={model}>{visibleLine(model)}</span>
			))}
			{session.agentVersion !== undefined && <span>Claude Code {visibleLine(session.agentVersion)}</span>}
			{session.masked > 0 && (
				<span
					title={Object.entries(session.maskedCount)
						.map(([rule, count]) => `${rule} ${count}`)
						.join(", ")}
				>
					{plural(session.masked, "secret")} masked
				</span>
			)}
			{session.gapList.length > 0 && (
				<span className="bad" title={session.gapList.map(({ reason }) => visibleLine(reason)).join("; ")}>
					{plural(session.gapList.length, "gap")}
				</span>
			)}
		</p>
	);
}

type ActionsProps = Omit<HeadProps, "now">;

function Actions({ session, can, isReplaying, onFind, onReplay, onShare, onDelete }: ActionsProps) {
	return (
		<div className="session-actions">
			<button type="button" onClick={onFind}>
				Find
			</button>
			{session.hasRecording && (
				<button type="button" aria-pressed={isReplaying} onClick={onReplay}>
					Recording
				</button>
			)}
			<Menu label="More">
				<CopyButton text={location.href} label="Copy the link" className="menu-item" />
				<CopyButton
					text={() => askText(`/sessions/${session.id}/export`, { query: { format: "markdown" } })}
					label="Copy as Markdown"
					className="menu-item"
				/>
				{FORMATS.map(([format, name]) => (
					<a
						key={format}
						className="menu-item"
						href={apiUrl(`/sessions/${session.id}/export`, { format })}
						download
					>
						Export as {name}
					</a>
				))}
				{can.delete && (
					<>
						<button type="button" className="menu-item" onClick={onShare}>
							Share with a team…
						</button>
						<button type="button" className="menu-item bad" onClick={onDelete}>
							Delete…
						</button>
					</>
				)}
			</Menu>
		</div>
	);
}
