/** Rows as CSV (RFC 4180), with the columns of the route's own shape, so that an empty table has its head too. Pure. */
import { type AnalyticsName, analyticsRows } from "../api/analytics.ts";

export function csvOf(rows: readonly Readonly<Record<string, unknown>>[], name: AnalyticsName): string {
	const columns = Object.keys(analyticsRows[name].shape);
	const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(","));
	return [columns.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it: it may come from a session. */
function cell(value: unknown): string {
	if (typeof value === "number") return String(value);
	const text = value === undefined ? "" : String(value);
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
