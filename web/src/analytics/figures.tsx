/** Headline numbers, each with how it changed. */
import type { Figure } from "../api/types.ts";
import { formatCompact, formatDuration, formatShare, formatUsd } from "../text/format.ts";

export function formatFigure(value: number, unit: Figure["unit"]): string {
	switch (unit) {
		case "usd":
			return formatUsd(value);
		case "ms":
			return formatDuration(value);
		case "share":
			return formatShare(value);
		case "days":
			return value === 1 ? "1 day" : `${Math.round(value * 10) / 10} days`;
		case "count":
		case "tokens":
			return formatCompact(Math.round(value * 10) / 10);
	}
}

export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
	if (figures.length === 0) return null;
	return (
		<dl className="figures">
			{figures.map(({ name, unit, value, previous }) => (
				<div key={name}>
					<dt>{figureName(name)}</dt>
					<dd>
						<span className="figure-value">{formatFigure(value, unit)}</span>
						{previous !== undefined && (
							<span className="figure-change" title={`In the range before: ${formatFigure(previous, unit)}`}>
								{changeText(value, previous, unit)}
							</span>
						)}
					</dd>
				</div>
			))}
		</dl>
	);
}

/** A share changes by points, everything else by its own measure. */
export function changeText(value: number, previous: number, unit: Figure["unit"]): string {
	if (value === previous) return "as before";
	const sign = value > previous ? "+" : "−";
	if (unit === "share") return `${sign}${(Math.abs(value - previous) * 100).toFixed(1)} points`;
	if (previous === 0) return "none before";
	const change = Math.abs(value / previous - 1);
	return change >= 10 ? `${sign}${Math.round(value / previous)}×` : `${sign}${formatShare(change)}`;
}

const NAMES: Readonly<Record<string, string>> = {
	totalTokens: "tokens",
	cacheEfficiency: "from the cache",
	thinkingMs: "Claude thinking",
	streamingMs: "Claude writing",
	toolMs: "time in tools",
	permissionMs: "waiting for permission",
	userMs: "you",
	timedTurns: "turns seen in a terminal",
	toolFailures: "failed",
	refusals: "refused",
	interrupted: "interrupts",
};

/** What has no name of its own is said as it is called: `costUsd` is cost, `failureShare` failure share. */
function figureName(name: string): string {
	return (
		NAMES[name] ??
		name
			.replace(/(Usd|Ms)$/, "")
			.replace(/([a-z])([A-Z])/g, "$1 $2")
			.toLowerCase()
	);
}
