/** What `ctrace doctor` found, for people. Pure. */
import { shortenHome } from "../../core/home.ts";
import type { Check, DoctorReport, FullReport, PathReport, VersionReport } from "../doctor/report.ts";
import { formatBytes } from "../text/bytes.ts";
import { counted } from "../text/counted.ts";
import { oneLine, padEnd, padStart } from "../text/fit.ts";
import { createPaint, type Paint } from "../text/paint.ts";
import { displayWidth } from "../text/width.ts";
import type { View } from "./view.ts";

type Line = readonly [name: string, value: string];

export function renderDoctor(report: FullReport, view: View): string {
	const paint = createPaint(view.colour);
	const sections = [
		checkList(report.checks, paint),
		section("Versions", versionLines(report), paint),
		section(
			"Files",
			report.paths.map((path) => pathLine(path, view)),
			paint,
		),
		section("Database", databaseLines(report), paint),
		section("Recognition", recognitionLines(report.recognition), paint),
		section("Claude Code's own transcripts", transcriptLines(report, view), paint),
		verdict(report, paint),
	];
	return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

function section(title: string, lines: readonly Line[], paint: Paint): string {
	if (lines.length === 0) return "";
	const width = Math.max(...lines.map(([name]) => displayWidth(name)));
	const rows = lines.map(([name, value]) => `  ${padEnd(name, width)}  ${value}`.trimEnd());
	return [paint("bold", title), ...rows].join("\n");
}

function versionLines({ versions }: DoctorReport): Line[] {
	const lines: Line[] = [
		["ctrace", versions.ctrace],
		["Node.js", versions.node],
	];
	return versions.sqlite === undefined ? lines : [...lines, ["SQLite", versions.sqlite]];
}

function pathLine({ name, path, state, mode }: PathReport, view: View): Line {
	const note = state === "absent" ? "not there yet" : state === "wrong" ? "see below" : "";
	return [name, [oneLine(shortenHome(path, view.home)), mode ?? "", note].filter(Boolean).join("  ")];
}

function databaseLines({ database, patterns, pseudonymKey, sessions }: DoctorReport): Line[] {
	const lines: Line[] = [];
	if (database !== undefined) {
		const { fileBytes, logBytes, schemaVersion, journalMode, damage } = database;
		lines.push(["check", damage.length === 0 ? "ok" : "damaged"]);
		lines.push(["schema", `version ${schemaVersion}, journal ${journalMode}`]);
		lines.push(["size", `${formatBytes(fileBytes)}, log ${formatBytes(logBytes)}`]);
	}
	const { total, running, lost } = sessions;
	lines.push(["sessions", `${total}, ${running} running, ${lost} lost`]);
	lines.push([
		"patterns",
		`${patterns.secrets ?? "no"} of secrets, ${patterns.own ?? "none"} of your own, ${patterns.looks ?? "no"} of the screen`,
	]);
	lines.push(["key", `pseudonym key ${pseudonymKey}`]);
	return lines;
}

function recognitionLines(versions: readonly VersionReport[]): Line[] {
	return versions.map((version) => {
		const { agent, agentVersion = "unknown version", sessions, turns, share, isUnfamiliar } = version;
		const part = share === undefined ? "not counted" : `${padStart((share * 100).toFixed(1), 4)} % unclaimed`;
		const counts = `${padStart(counted(sessions, "session"), 13)}  ${padStart(counted(turns, "turn"), 11)}`;
		const agreement = fidelityText(version);
		return [
			oneLine(`${agent} ${agentVersion}`),
			`${counts}  ${part}${agreement}${isUnfamiliar ? "  unfamiliar" : ""}`,
		];
	});
}

/** A new look of the screen shows here first: what was read off it agrees less with what was written down. */
function fidelityText({ fidelity, compared }: VersionReport): string {
	if (fidelity === undefined) return "";
	return `  ${(fidelity * 100).toFixed(1)} % as in the transcripts of ${counted(compared, "turn")}`;
}

function transcriptLines({ transcripts }: DoctorReport, view: View): Line[] {
	if (transcripts === undefined) return [];
	const { directory, sessions, unknown, expiring, keptDays } = transcripts;
	const lines: Line[] = [
		["directory", oneLine(shortenHome(directory, view.home))],
		["sessions", `${sessions}, ${unknown} not imported`],
	];
	if (expiring === 0) return lines;
	const which = expiring === 1 ? "One of them is" : `${expiring} of them are`;
	const advice = `ctrace import ${oneLine(shortenHome(directory, view.home))}`;
	return [...lines, ["soon gone", `${which} deleted within a week (kept ${keptDays} days): ${advice}`]];
}

const LEVEL_INK = { ok: "green", warning: "yellow", error: "red" } as const;

/** Each with what mends it, right below. */
function checkList(checks: readonly Check[], paint: Paint): string {
	const width = Math.max(...checks.map(({ area }) => area.length));
	const lines = checks.flatMap(({ area, level, what, fix }) => {
		const line = `  ${paint(LEVEL_INK[level], padEnd(level, 7))}  ${padEnd(area, width)}  ${oneLine(what)}`;
		return fix === undefined ? [line] : [line, `${" ".repeat(width + 13)}→ ${oneLine(fix)}`];
	});
	return [paint("bold", "Checks"), ...lines].join("\n");
}

function verdict({ problems, checks }: FullReport, paint: Paint): string {
	const warnings = checks.filter(({ level }) => level === "warning").length;
	if (problems.length === 0 && warnings > 0)
		return paint(
			"yellow",
			`All that is needed is well; ${warnings} warning${warnings === 1 ? "" : "s"} above.`,
		);
	if (problems.length === 0) return paint("green", "All is well.");
	const count = problems.length === 1 ? "One thing is wrong:" : `${problems.length} things are wrong:`;
	return [
		paint("red", count),
		...problems.map(({ what, hint }) => `  ${oneLine(what)}\n    ${oneLine(hint)}`),
	].join("\n");
}
