/** What ctrace stands on itself, check by check: from a report that is made already. Pure. */
import { formatBytes } from "../text/bytes.ts";
import { counted } from "../text/counted.ts";
import type { Area, Check, DoctorReport, VersionReport } from "./report.ts";

/** Below this, screen and transcript tell of different conversations. */
const LOW_FIDELITY = 0.9;
/** A third of the file, and worth the while. */
const MUCH_FREE = { share: 1 / 3, bytes: 50_000_000 };
const LARGE_LOG = 200_000_000;

/** `setCount`: settings that are not what they usually are. */
export function checkOwn(report: DoctorReport, setCount: number): Check[] {
	const { versions, database, patterns, pseudonymKey, transcripts } = report;
	return [
		{ area: "versions", level: "ok", what: versionText(versions) },
		...orProblems(report, "settings", `${setCount} set, all of them right`),
		...orProblems(report, "files", "for you alone, and writable"),
		...orProblems(
			report,
			"database",
			database === undefined
				? "none yet"
				: `whole, ${formatBytes(database.fileBytes)}, schema ${database.schemaVersion}, ${counted(report.sessions.total, "session")}`,
		),
		...checkSpace(report),
		...orProblems(
			report,
			"patterns",
			`${patterns.secrets} of secrets, ${patterns.own} of your own, ${patterns.looks} of the screen`,
		),
		...orProblems(report, "key", pseudonymKey === "present" ? "there" : "made with the first session"),
		...checkRecognition(report),
		...(transcripts === undefined ? [] : [checkTranscripts(transcripts)]),
	];
}

function versionText({ ctrace, node, sqlite }: DoctorReport["versions"]): string {
	const known = sqlite === undefined ? "" : `, SQLite ${sqlite}`;
	return `ctrace ${ctrace}, Node.js ${node}${known}`;
}

/** What is wrong in an area, or that nothing is. */
function orProblems({ problems }: DoctorReport, area: Area, what: string): Check[] {
	const wrong = problems.filter((problem) => problem.area === area);
	if (wrong.length === 0) return [{ area, level: "ok", what }];
	return wrong.map(({ what: found, hint }) => ({ area, level: "error", what: found, fix: hint }));
}

function checkSpace({ space }: DoctorReport): Check[] {
	if (space === undefined) return [];
	const { freeBytes, fileBytes, logBytes } = space;
	const isMuch = freeBytes > MUCH_FREE.bytes && freeBytes > fileBytes * MUCH_FREE.share;
	if (isMuch || logBytes > LARGE_LOG) {
		const what = `${formatBytes(freeBytes)} of the database are free, its log has ${formatBytes(logBytes)}`;
		return [{ area: "space", level: "warning", what, fix: "ctrace vacuum" }];
	}
	return [{ area: "space", level: "ok", what: `${formatBytes(freeBytes)} of the database are free` }];
}

function checkRecognition(report: DoctorReport): Check[] {
	const unfamiliar = report.problems.filter(({ area }) => area === "recognition");
	const errors = unfamiliar.map(
		({ what, hint }) => ({ area: "recognition", level: "error", what, fix: hint }) as const,
	);
	const known = report.recognition.filter((version) => !version.isUnfamiliar).map(checkVersion);
	return [...errors, ...known];
}

function checkVersion({
	agent,
	agentVersion = "of unknown version",
	share,
	fidelity,
	compared,
}: VersionReport): Check {
	const parts = [
		share === undefined ? "not counted" : `${percent(1 - share)} of its lines known`,
		...(fidelity === undefined
			? []
			: [`${percent(fidelity)} as in the transcripts of ${counted(compared, "turn")}`]),
	];
	const what = `${agent} ${agentVersion}: ${parts.join(", ")}`;
	if (fidelity === undefined || fidelity >= LOW_FIDELITY) return { area: "recognition", level: "ok", what };
	return {
		area: "recognition",
		level: "warning",
		what,
		fix: "Read the turns of such sessions with care; update ctrace.",
	};
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}

function checkTranscripts({
	directory,
	sessions,
	expiring,
	keptDays,
}: NonNullable<DoctorReport["transcripts"]>): Check {
	const kept = `Claude Code keeps its own for ${keptDays} days`;
	if (expiring === 0) return { area: "transcripts", level: "ok", what: `${kept}; ${sessions} there` };
	const what = `${kept}: ${expiring} that ctrace has not got go within a week`;
	return { area: "transcripts", level: "warning", what, fix: `ctrace import ${directory}` };
}
