/** `ctrace status` for people. Pure. */
import type { ComponentStatus, DaemonProblem, DaemonStatus } from "../../daemon/protocol.ts";
import type { SavedDaemon } from "../../daemon/saved-state.ts";
import { type BackupGrowth, RECENT_DAYS } from "../backup/examine-backup.ts";
import type { DaemonReport } from "../daemon/examine-daemon.ts";
import { formatBytes } from "../text/bytes.ts";
import { oneLine, padEnd } from "../text/fit.ts";
import { createPaint, type Ink, type Paint } from "../text/paint.ts";
import { formatDuration, localTime } from "../text/times.ts";
import type { View } from "./view.ts";

type Row = readonly string[];

export function renderDaemonReport(report: DaemonReport, view: View, now: number): string {
	const paint = createPaint(view.colour);
	const { daemon, last } = report;
	const parts =
		daemon === undefined
			? [absence(last, { view, now, paint })]
			: [presence(daemon, paint), componentTable(daemon.components, now, paint)];
	if (report.backup !== undefined) parts.push(backupGrowth(report.backup, { view, now, paint }));
	parts.push(problems(report.problems, paint));
	return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function presence(daemon: DaemonStatus, paint: Paint): string {
	const { pid, uptimeMs, memoryBytes, totalMemoryBytes = memoryBytes, cpuMs } = daemon;
	const others = totalMemoryBytes - memoryBytes;
	const share = uptimeMs === 0 ? 0 : (cpuMs / uptimeMs) * 100;
	const lines = [
		`${paint("green", "The daemon runs")}, pid ${pid}, for ${formatDuration(uptimeMs)}`,
		`  memory     ${formatBytes(memoryBytes)}${others > 0 ? `, its components ${formatBytes(others)}` : ""}`,
		`  processor  ${share.toFixed(2)} % of a core`,
		`  log        level ${daemon.logLevel}${daemon.lostEvents > 0 ? `, ${daemon.lostEvents} events lost` : ""}`,
	];
	return lines.join("\n");
}

const PHASE_INK: Readonly<Record<ComponentStatus["phase"], Ink>> = {
	waiting: "green",
	running: "cyan",
	retrying: "red",
	stopping: "yellow",
};

function componentTable(components: readonly ComponentStatus[], now: number, paint: Paint): string {
	if (components.length === 0) return "";
	const rows: Row[] = [
		["COMPONENT", "STATE", "LAST SUCCESS", "NEXT RUN", "QUEUE", "WHAT IT DOES"],
		...components.map((one) => [
			one.name,
			one.phase,
			one.lastSuccess === undefined ? "never" : ago(one.lastSuccess.at, now),
			one.nextRunAt === undefined ? "now" : ahead(one.nextRunAt, now),
			one.queue === undefined ? "" : String(one.queue),
			one.summary,
		]),
	];
	const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
	return rows
		.map((row, index) => {
			const cells = row.map((cell, column) => padEnd(cell, widths[column] ?? 0));
			const phase = components[index - 1]?.phase;
			if (phase === undefined) return paint("dim", cells.join("  ").trimEnd());
			return cells
				.map((cell, column) => (column === 1 ? paint(PHASE_INK[phase], cell) : cell))
				.join("  ")
				.trimEnd();
		})
		.join("\n");
}

interface Scene {
	readonly view: View;
	readonly now: number;
	readonly paint: Paint;
}

function absence(last: SavedDaemon | undefined, { view, now, paint }: Scene): string {
	const when = (at: number) => {
		const { date, time } = localTime(at, view.timeZone);
		return `${ago(at, now)} (${date} ${time})`;
	};
	const history =
		last === undefined
			? "It has not run here yet."
			: last.stoppedAt === undefined
				? `The last one was started ${when(last.startedAt)}.`
				: `The last one was stopped ${when(last.stoppedAt)}.`;
	const components = Object.entries(last?.components ?? {}).map(
		([name, { lastSuccess }]) =>
			`  ${name}: last success ${lastSuccess === undefined ? "never" : when(lastSuccess.at)}`,
	);
	return [
		`${paint("yellow", "No daemon runs.")} ${history}`,
		...components,
		"To start it: ctrace start --daemon. At every login: ctrace service install",
	].join("\n");
}

function backupGrowth(growth: BackupGrowth, { view, now }: Scene): string {
	const { address, firstAt, lastAt, commits, bytes, recentBytes, copyBytes } = growth;
	const { date } = localTime(firstAt, view.timeZone);
	return [
		`Backup to ${oneLine(address)}, last sent to ${ago(lastAt, now)}`,
		`  grown by   ${formatBytes(bytes)} in ${commits} commit${commits === 1 ? "" : "s"} since ${date}, ${formatBytes(recentBytes)} of it in ${RECENT_DAYS} days`,
		`  here       ${formatBytes(copyBytes)}`,
	].join("\n");
}

function problems(found: readonly DaemonProblem[], paint: Paint): string {
	if (found.length === 0) return "";
	const count = found.length === 1 ? "One thing is wrong:" : `${found.length} things are wrong:`;
	const lines = found.map(({ what, hint }) => `  ${oneLine(what)}\n    ${oneLine(hint)}`);
	return [paint("red", count), ...lines].join("\n");
}

/** A clock that was set back makes the past the future: then it was just now. */
function ago(at: number, now: number): string {
	return now - at < 1000 ? "just now" : `${formatDuration(now - at)} ago`;
}

function ahead(at: number, now: number): string {
	return at - now < 1000 ? "now" : `in ${formatDuration(at - now)}`;
}
