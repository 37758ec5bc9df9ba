import type { StatusAnswer } from "../api/types.ts";
import { Plain } from "../parts/plain.tsx";
import { useNow } from "../parts/use-now.ts";
import { formatAgo, formatBytes, formatDuration } from "../text/format.ts";
import { visibleLine } from "../text/visible.ts";
import { Card, Facts } from "./status-page.tsx";

type DaemonStatus = StatusAnswer["daemon"];

export function Daemon({ daemon }: { readonly daemon: DaemonStatus }) {
	const now = useNow(5000);
	if (!daemon.running)
		return (
			<Card title="Daemon">
				<p>It does not run. It brings in, in the background, the sessions that nobody wrapped:</p>
				<pre className="command">ctrace start --daemon</pre>
			</Card>
		);
	return (
		<Card title="Daemon">
			<Facts
				facts={[
					["Process", daemon.pid],
					["Runs since", daemon.startedAt === undefined ? undefined : formatAgo(daemon.startedAt, now)],
					["Memory", daemon.memoryBytes === undefined ? undefined : formatBytes(daemon.memoryBytes)],
					["Processor", daemon.cpuMs === undefined ? undefined : formatDuration(daemon.cpuMs)],
				]}
			/>
			<ul className="components">
				{daemon.components.map((component) => (
					<li key={component.name}>
						<span className={`status-dot is-${component.phase}`} aria-hidden="true" />
						<b>{visibleLine(component.name)}</b> {component.phase}
						{component.lastSuccessAt !== undefined && (
							<span className="faint"> · last success {formatAgo(component.lastSuccessAt, now)}</span>
						)}
						{component.problem !== undefined && (
							<p className="bad">
								<Plain text={component.problem.what} /> <Plain text={component.problem.hint} />
							</p>
						)}
					</li>
				))}
			</ul>
		</Card>
	);
}
