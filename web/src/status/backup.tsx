import type { StatusAnswer } from "../api/types.ts";
import { Plain } from "../parts/plain.tsx";
import { useNow } from "../parts/use-now.ts";
import { formatAgo, formatCount, formatDuration, plural } from "../text/format.ts";
import { visibleLine } from "../text/visible.ts";
import { Card, Facts } from "./status-page.tsx";

export function Backup({ backup }: Pick<StatusAnswer, "backup">) {
	const now = useNow(5000);
	if (backup.address === undefined)
		return (
			<Card title="Backup">
				<p>
					There is none. To have your sessions in a Git repository of yours as well, on any host, put its
					address into the <code>.env</code> of ctrace's configuration directory:
				</p>
				<pre className="command is-setting">BACKUP_REMOTE=git@example.com:me/sessions.git</pre>
			</Card>
		);
	const isWaiting = backup.waiting + backup.deletions > 0;
	return (
		<Card title="Backup">
			<Facts
				facts={[
					["Repository", visibleLine(backup.address)],
					["Branch", backup.branch === undefined ? undefined : visibleLine(backup.branch)],
					["Sessions there", formatCount(backup.saved)],
					["Not there yet", plural(backup.waiting, "session")],
					["To be deleted there", backup.deletions === 0 ? undefined : formatCount(backup.deletions)],
					[
						"Last by the daemon",
						backup.lastSuccessAt === undefined ? "none yet" : formatAgo(backup.lastSuccessAt, now),
					],
					["Every", backup.everyMs === undefined ? undefined : formatDuration(backup.everyMs)],
				]}
			/>
			{backup.lastError !== undefined && (
				<p className="bad">
					<Plain text={backup.lastError} />
				</p>
			)}
			{backup.everyMs === undefined && isWaiting && (
				<>
					<p>Nothing saves them by itself. To save them now:</p>
					<pre className="command">ctrace backup</pre>
				</>
			)}
		</Card>
	);
}
