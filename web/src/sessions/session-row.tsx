import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { SessionSummary } from "../api/types.ts";
import { Plain } from "../parts/plain.tsx";
import {
	formatCompact,
	formatCount,
	formatDuration,
	formatFull,
	formatUsd,
	formatWhen,
	noun,
} from "../text/format.ts";
import { shortPath } from "../text/placeholder.ts";
import { visibleLine } from "../text/visible.ts";
import { titleOf } from "./title-of.ts";

export const STATUS_NAMES: Readonly<Record<SessionSummary["status"], string>> = {
	complete: "complete",
	running: "running",
	lost: "lost: nobody recorded its end",
	failed: "failed to start",
};

interface RowProps {
	readonly index: number;
	readonly top: number;
	readonly height: number;
	/** Undefined: it has not come yet. */
	readonly session: SessionSummary | undefined;
	readonly now: number;
}

export const SessionRow = memo(function SessionRow({ index, top, height, session, now }: RowProps) {
	const style = { transform: `translateY(${top}px)`, height };
	return (
		<div
			role="row"
			tabIndex={-1}
			aria-rowindex={index + 2}
			data-row={index}
			className={`session-row ${session === undefined ? "is-coming" : ""}`}
			style={style}
		>
			{session === undefined ? <Coming /> : <Cells session={session} now={now} />}
		</div>
	);
});

function Coming() {
	return (
		<div role="cell" className="col-title">
			<span className="bone" />
		</div>
	);
}
function Cells({ session, now }: { readonly session: SessionSummary; readonly now: number }) {
	const { usage } = session;
	return (
		<>
			<div role="cell" className="col-title">
				<span className={`status-dot is-${session.status}`} title={STATUS_NAMES[session.status]} />
				<span className="row-texts">
					<Link to="/sessions/$id" params={{ id: session.id }} className="row-title">
						<Plain text={titleOf(session)} />
					</Link>
					<Place session={session} />
				</span>
				<span className="hidden">{STATUS_NAMES[session.status]}</span>
			</div>
			<div role="cell" className="col-started">
				<time dateTime={session.startedAt} title={formatFull(session.startedAt)}>
					{formatWhen(session.startedAt, now)}
				</time>
			</div>
			<div role="cell" className="col-length">
				{formatDuration(session.durationMs)}
			</div>
			<div role="cell" className="col-turns" data-unit={noun(session.turns, "turn")}>
				{formatCount(session.turns)}
			</div>
			<div role="cell" className="col-tools">
				{session.tools === undefined ? "–" : formatCount(session.tools)}
			</div>
			<div role="cell" className="col-tokens">
				{session.tokens === 0 ? <None /> : formatCompact(session.tokens)}
			</div>
			<div role="cell" className="col-cost">
				{usage?.costUsd === undefined ? <None /> : formatUsd(usage.costUsd)}
			</div>
			<div role="cell" className="col-masked">
				{session.masked === 0 ? <None /> : formatCount(session.masked)}
			</div>
		</>
	);
}

function Place({ session }: { readonly session: SessionSummary }) {
	const { cwd, branch, agentVersion, agent, gaps } = session;
	const program = agent === "generic" ? "other program" : (agentVersion ?? agent);
	return (
		<span className="row-place">
			{cwd !== "" && (
				<span title={visibleLine(cwd)}>
					<Plain text={shortPath(cwd)} />
				</span>
			)}
			{branch !== undefined && (
				<span className="row-branch">
					<Plain text={visibleLine(branch)} />
				</span>
			)}
			<span>{visibleLine(program)}</span>
			{gaps > 0 && <span className="bad">{gaps === 1 ? "a gap" : `${gaps} gaps`}</span>}
		</span>
	);
}

function None() {
	return <span className="none">–</span>;
}
