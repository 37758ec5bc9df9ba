import type { FacetsAnswer } from "../api/types.ts";
import { formatCompact, formatCount, formatDuration, formatUsd } from "../text/format.ts";

export function Totals({ totals }: { readonly totals: FacetsAnswer["totals"] }) {
	const figures = [
		[formatCount(totals.sessions), "sessions"],
		[formatCompact(totals.turns), "turns"],
		...(totals.tools === undefined ? [] : [[formatCompact(totals.tools), "tool calls"] as const]),
		[formatDuration(totals.durationMs), "in all"],
		[formatCompact(totals.tokens), "tokens"],
		[formatUsd(totals.costUsd), "by list prices"],
		[formatCompact(totals.masked), "secrets masked"],
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
