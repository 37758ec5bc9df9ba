/** Where the time went. */
import type { TurnOutline } from "../api/types.ts";
import { formatDuration, formatShare } from "../text/format.ts";

export type Durations = NonNullable<TurnOutline["durations"]>;

export const TIME_KINDS = [
	["thinkingMs", "thinking", "Claude thinking"],
	["streamingMs", "streaming", "Claude writing"],
	["toolMs", "tool", "tools"],
	["waitingForPermissionMs", "permission", "waiting for permission"],
	["waitingForUserMs", "user", "waiting for you"],
] as const satisfies readonly (readonly [keyof Durations, string, string])[];

export function sumDurations(turns: readonly TurnOutline[]): Durations {
	const sum: Record<string, number> = {};
	for (const { durations } of turns)
		for (const [name] of TIME_KINDS) sum[name] = (sum[name] ?? 0) + (durations?.[name] ?? 0);
	return sum;
}

export function TimeBar({
	durations,
	isSmall = false,
}: {
	readonly durations: Durations;
	readonly isSmall?: boolean;
}) {
	const total = TIME_KINDS.reduce((sum, [name]) => sum + (durations[name] ?? 0), 0);
	if (total <= 0) return null;
	const parts = TIME_KINDS.flatMap(([name, kind, words]) => {
		const ms = durations[name] ?? 0;
		return ms > 0 ? [{ kind, words, ms, share: ms / total }] : [];
	});
	const text = parts.map(({ words, ms }) => `${words} ${formatDuration(ms)}`).join(", ");
	return (
		<div className={`time-bar ${isSmall ? "is-small" : ""}`}>
			<div className="time-parts" role="img" aria-label={`Where the time went: ${text}`} title={text}>
				{parts.map(({ kind, share }) => (
					<span key={kind} className={`time-part is-${kind}`} style={{ flexGrow: share }} />
				))}
			</div>
			{isSmall ? (
				<span className="time-total">{formatDuration(total - (durations.waitingForUserMs ?? 0))}</span>
			) : (
				<ul className="time-legend" tabIndex={0}>
					{parts.map(({ kind, words, ms, share }) => (
						<li key={kind}>
							<span className={`time-key is-${kind}`} aria-hidden="true" />
							{words} <b>{formatDuration(ms)}</b> <span className="faint">{formatShare(share)}</span>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
