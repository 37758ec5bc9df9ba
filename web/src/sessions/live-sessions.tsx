/** The sessions that run now, as they run. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RUNNING_KEY } from "../api/apply-live.ts";
import type { SessionSummary } from "../api/types.ts";
import { Plain } from "../parts/plain.tsx";
import { useNow } from "../parts/use-now.ts";
import { formatCompact, formatDuration, formatUsd, plural } from "../text/format.ts";
import { shortPath } from "../text/placeholder.ts";
import { titleOf } from "./title-of.ts";

const MOST_SHOWN = 6;

export function LiveSessions() {
	const { data: running = [] } = useQuery<readonly SessionSummary[]>({
		queryKey: RUNNING_KEY,
		// The live stream fills it; nobody asks for it.
		queryFn: () => [],
		enabled: false,
	});
	const now = useNow(1000, running.length > 0);
	if (running.length === 0) return null;
	const newest = running.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
	return (
		<section className="live-sessions" aria-label="Running now">
			{newest.slice(0, MOST_SHOWN).map((session) => (
				<LiveCard key={session.id} session={session} now={now} />
			))}
			{newest.length > MOST_SHOWN && (
				<Link to="/" search={{ status: ["running"] }} className="live-more">
					all {newest.length} that run
				</Link>
			)}
		</section>
	);
}

function LiveCard({ session, now }: { readonly session: SessionSummary; readonly now: number }) {
	return (
		<Link to="/sessions/$id" params={{ id: session.id }} className="live-card">
			<span className="status-dot is-running" aria-hidden="true" />
			<span className="live-card-title">
				<Plain text={titleOf(session)} />
			</span>
			<span className="live-card-facts">
				<Plain text={shortPath(session.cwd)} /> · {plural(session.turns, "turn")} ·{" "}
				{formatCompact(session.tokens)} tokens
				{session.usage?.costUsd === undefined ? "" : ` · ${formatUsd(session.usage.costUsd)}`} ·{" "}
				{formatDuration(Math.max(0, now - Date.parse(session.startedAt)))}
			</span>
		</Link>
	);
}
