/** One turn: what was asked, and all that followed. */
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { wholeTurnQuery } from "../api/queries.ts";
import type { ApiTurn } from "../api/types.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { Plain } from "../parts/plain.tsx";
import { formatClock, formatCompact, formatFull, formatUsd } from "../text/format.ts";
import { Items } from "./items.tsx";
import { LongText } from "./long-text.tsx";
import { useSessionView } from "./session-view.ts";
import { TimeBar } from "./time-bar.tsx";
import { turnAsMarkdown } from "./turn-text.ts";

const SIGNS: Readonly<Record<ApiTurn["prompt"]["kind"], string>> = {
	prompt: "❯",
	slash: "❯",
	bash: "!",
	memory: "#",
	none: "",
};

export const Turn = memo(function Turn({ turn: given }: { readonly turn: ApiTurn }) {
	const view = useSessionView();
	const whole = useQuery({
		...wholeTurnQuery(view.id, given.seq, given.revision),
		enabled: view.isWhole(given.seq),
	});
	const turn = whole.data?.turn ?? given;
	return (
		<article className={`turn is-${turn.status}`} data-turn={turn.seq} aria-label={`Turn ${turn.seq}`}>
			<TurnHead turn={turn} />
			<Prompt turn={turn} />
			{whole.isFetching && <p className="faint">Loading the whole turn…</p>}
			<div className="items">
				<Items items={turn.items} turn={turn.seq} first={0} />
			</div>
			<TurnEnd status={turn.status} />
		</article>
	);
});

function TurnHead({ turn }: { readonly turn: ApiTurn }) {
	const { replay } = useSessionView();
	const { recording, usage, durations } = turn;
	const tokens = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0) + (usage?.cacheReadTokens ?? 0);
	const masked = Object.values(turn.masked ?? {}).reduce((sum, count) => sum + count, 0);
	return (
		<header className="turn-head">
			<a className="turn-number" href={`#turn-${turn.seq}`} title="A link to this turn">
				{turn.seq}
			</a>
			<time dateTime={turn.startedAt} title={formatFull(turn.startedAt)}>
				{formatClock(turn.startedAt)}
			</time>
			{durations !== undefined && <TimeBar durations={durations} isSmall />}
			{tokens > 0 && <span>{formatCompact(tokens)} tokens</span>}
			{usage?.costUsd !== undefined && <span>{formatUsd(usage.costUsd)}</span>}
			{masked > 0 && <span title={Object.keys(turn.masked ?? {}).join(", ")}>{masked} masked</span>}
			{turn.fidelity !== undefined && turn.fidelity < 0.9 && (
				<span title="How sure ctrace is of what it read from the screen">
					{Math.round(turn.fidelity * 100)} % sure
				</span>
			)}
			<span className="turn-actions">
				{replay !== undefined && recording !== undefined && (
					<button type="button" className="quiet small" onClick={() => replay(recording.fromMs)}>
						▶ replay
					</button>
				)}
				<CopyButton
					text={() => Promise.resolve(turnAsMarkdown(turn))}
					label="copy"
					title="Copy this turn as Markdown"
				/>
			</span>
		</header>
	);
}

function Prompt({ turn }: { readonly turn: ApiTurn }) {
	const view = useSessionView();
	const { kind, text, clipped } = turn.prompt;
	if (kind === "none") return null;
	return (
		<div className={`prompt is-${kind}`}>
			<span className="prompt-sign" aria-hidden="true">
				{SIGNS[kind]}
			</span>
			<div className="prompt-text">
				<LongText
					text={text}
					total={clipped}
					loadWhole={() => view.showWhole(turn.seq)}
					isRevealed={view.revealed?.turn === turn.seq && view.revealed.item === undefined}
					render={(shown) => (
						<p dir="auto">
							<Plain text={shown} />
						</p>
					)}
				/>
			</div>
		</div>
	);
}

function TurnEnd({ status }: { readonly status: ApiTurn["status"] }) {
	if (status === "interrupted") return <p className="turn-end bad">You interrupted here.</p>;
	if (status === "lost") return <p className="turn-end bad">Nobody recorded how this turn ended.</p>;
	if (status === "running")
		return (
			<p className="turn-end is-running" role="status">
				<span className="status-dot is-running" aria-hidden="true" /> It goes on…
			</p>
		);
	return null;
}
