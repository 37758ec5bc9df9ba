/** What an audit found: rules, sessions, turns and how many. Never a value. Pure. */

import { counted } from "../text/counted.ts";
import { renderCounts } from "./mask-report.ts";
import { shortId } from "./view.ts";

export interface AuditRow {
	/** Absent: it belongs to no session. */
	readonly session?: string;
	/** Absent: it belongs to the session as a whole. */
	readonly turn?: number;
	readonly rule: string;
	readonly count: number;
}

export interface AuditReport {
	/** Looked through. */
	readonly sessions: number;
	readonly found: readonly AuditRow[];
	readonly remasked: boolean;
	/** Left alone: their recorder is at work, and masks by itself. */
	readonly stillRecorded: readonly string[];
	/** After masking: whether nothing is left in the files. Absent when there was nothing to wipe. */
	readonly wiped?: boolean;
}

export function renderAudit(report: AuditReport): string {
	const { found, sessions } = report;
	const looked = `Looked through ${counted(sessions, "session")}.\n`;
	const left = report.stillRecorded.length;
	const notes = [
		left === 0 ? "" : `${counted(left, "session")} still being recorded: run this again later.\n`,
		report.wiped === false ? "Another ctrace still reads the old pages: close it, and run this again.\n" : "",
	].join("");
	if (found.length === 0) return `${looked}Nothing would be masked today that is not masked.\n${notes}`;
	const places = found.map(({ session, turn, rule, count }) => {
		const where = session === undefined ? "elsewhere" : shortId(session);
		return `${where}  ${turn === undefined ? "session" : `turn ${turn}`}  ${rule}  ${count}`;
	});
	const done = report.remasked ? "All of it is masked now.\n" : "Mask it: ctrace privacy audit --remask\n";
	return `${looked}\n${renderCounts(sumByRule(found))}\n${places.join("\n")}\n\n${done}${notes}`;
}

export function sumByRule(
	rows: readonly { readonly rule: string; readonly count: number }[],
): Record<string, number> {
	const sums: Record<string, number> = {};
	for (const { rule, count } of rows) sums[rule] = (sums[rule] ?? 0) + count;
	return sums;
}
