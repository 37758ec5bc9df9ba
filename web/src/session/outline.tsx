/** All turns, a line each. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { TurnOutline } from "../api/types.ts";
import { Plain } from "../parts/plain.tsx";
import { formatDuration } from "../text/format.ts";

const ROW_PX = 34;
const OVERSCAN = 8;

interface OutlineProps {
	readonly turns: readonly TurnOutline[];
	/** Index of the turn that is read. */
	readonly current: number;
	readonly onChoose: (seq: number) => void;
}

export function Outline({ turns, current, onChoose }: OutlineProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const rows = useVirtualizer({
		count: turns.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW_PX,
		overscan: OVERSCAN,
	});
	useEffect(() => {
		if (current >= 0) rows.scrollToIndex(current, { align: "auto" });
	}, [rows, current]);
	return (
		<nav className="outline" aria-label="Turns">
			<div className="outline-scroll" ref={scroller} tabIndex={0}>
				<ol style={{ height: rows.getTotalSize() }}>
					{rows.getVirtualItems().map(({ index, start }) => {
						const turn = turns[index];
						return turn === undefined ? null : (
							<li key={turn.seq} style={{ transform: `translateY(${start}px)` }} className="outline-row">
								<OutlineLink turn={turn} isCurrent={index === current} onChoose={onChoose} />
							</li>
						);
					})}
				</ol>
			</div>
		</nav>
	);
}

interface LinkProps {
	readonly turn: TurnOutline;
	readonly isCurrent: boolean;
	readonly onChoose: (seq: number) => void;
}

function OutlineLink({ turn, isCurrent, onChoose }: LinkProps) {
	return (
		<a
			href={`#turn-${turn.seq}`}
			className={isCurrent ? "is-current" : ""}
			aria-current={isCurrent ? "location" : undefined}
			onClick={(event) => {
				if (event.metaKey || event.ctrlKey || event.shiftKey) return;
				event.preventDefault();
				onChoose(turn.seq);
			}}
		>
			<span className="outline-number">{turn.seq}</span>
			<span className="outline-prompt">
				{turn.kind === "none" ? <i>without a prompt</i> : <Plain text={turn.prompt} />}
			</span>
			<OutlineMarks turn={turn} />
		</a>
	);
}

function OutlineMarks({ turn }: { readonly turn: TurnOutline }) {
	const busy = busyMs(turn);
	return (
		<span className="outline-marks">
			{turn.status === "running" && <span className="status-dot is-running" title="It goes on" />}
			{turn.status === "interrupted" && (
				<span className="bad" title="Interrupted">
					⊘
				</span>
			)}
			{turn.errors > 0 && (
				<span className="bad" title={`${turn.errors} tool calls failed`}>
					!{turn.errors}
				</span>
			)}
			{turn.permissions > 0 && (
				<span title={`${turn.permissions} permissions asked`}>?{turn.permissions}</span>
			)}
			{busy > 0 && <span className="faint">{formatDuration(busy)}</span>}
		</span>
	);
}

function busyMs({ durations, startedAt, endedAt }: TurnOutline): number {
	if (durations === undefined) return endedAt === undefined ? 0 : Date.parse(endedAt) - Date.parse(startedAt);
	return (
		(durations.thinkingMs ?? 0) +
		(durations.streamingMs ?? 0) +
		(durations.toolMs ?? 0) +
		(durations.waitingForPermissionMs ?? 0)
	);
}
