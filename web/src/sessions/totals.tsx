import type { FacetsAnswer } from "../api/types.ts";
import { formatCompact, formatCount, formatDuration, formatUsd, noun } from "../text/format.ts";

export function Totals({ totals }: { readonly totals: FacetsAnswer["totals"] }) {
	const figures = [
		[formatCount(totals.sessions), noun(totals.sessions, "session")],
		[formatCompact(totals.turns), noun(totals.turns, "turn")],
		...(totals.tools === undefined
			? []
			: [[formatCompact(totals.tools), noun(totals.tools, "tool call")] as const]),
		[formatDuration(totals.durationMs), "in all"],
		[formatCompact(totals.tokens), noun(totals.tokens, "token")],
		[formatUsd(totals.costUsd), "by list prices"],
		[formatCompact(totals.masked), `${noun(totals.masked, "secret")} masked`],
	] as const;
	return (
		// On a small screen it scrolls sideways, by the keyboard too.
		<p className="totals" tabIndex={0}>
			{figures.map(([value, name]) => (
				<span key={name}>
					<b>{value}</b> {name}
				</span>
			))}
		</p>
	);
}
