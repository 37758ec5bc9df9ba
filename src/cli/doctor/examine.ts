/** Looks at everything ctrace stands on, and changes nothing: each part may fail without hiding the others. */
import { existsSync } from "node:fs";
import { inspectPseudonymKey, pseudonymKeyFile } from "../../config/pseudonym-key.ts";
import { CtraceError } from "../../core/errors.ts";
import { createLinearMatcher } from "../../masking/linear-matcher.ts";
import { loadLook } from "../../patterns/load-looks.ts";
import { loadPrivacyRules } from "../../patterns/load-privacy.ts";
import { loadSecretRules } from "../../patterns/load-secrets.ts";
import type { VersionRecognition } from "../../store/store.ts";
import type { CliContext } from "../context.ts";
import { inspectPaths } from "./paths.ts";
import type { Area, DoctorReport, Problem, TranscriptsReport, VersionReport } from "./report.ts";
import { examineTranscripts } from "./transcripts.ts";

/** More than this of a version's lines unclaimed: it looks like something the patterns do not know. */
export const UNFAMILIAR_SHARE = 0.02;
const NO_SESSIONS = { total: 0, running: 0, lost: 0 } as const;

type Examined = Pick<
	CliContext,
	"config" | "cwd" | "openStore" | "version" | "nodeVersion" | "patterns" | "env" | "home" | "now"
>;

export function examine(context: Examined): DoctorReport {
	const problems: Problem[] = [];
	const { paths } = context.config;
	const stored = existsSync(paths.database)
		? attemptOr(problems, "database", () => examineStore(context))
		: undefined;
	problems.push(...(stored?.problems ?? []));
	const sessions = stored?.sessions ?? NO_SESSIONS;
	const standing = examineStanding(context, sessions.total);
	problems.unshift(...standing.pathProblems);
	problems.push(...standing.problems);
	return {
		ok: problems.length === 0,
		problems,
		versions: {
			ctrace: context.version,
			node: context.nodeVersion,
			...(stored === undefined ? {} : { sqlite: stored.sqlite }),
		},
		paths: standing.paths,
		...(stored === undefined ? {} : { database: stored.database }),
		patterns: standing.patterns,
		pseudonymKey: standing.pseudonymKey,
		sessions,
		recognition: stored?.recognition ?? [],
		...(stored === undefined ? {} : { space: stored.space }),
		...(stored?.renderer === undefined ? {} : { renderer: stored.renderer }),
		...(stored?.transcripts === undefined ? withoutStore(context) : { transcripts: stored.transcripts }),
	};
}

export interface Standing extends Pick<DoctorReport, "paths" | "patterns" | "pseudonymKey"> {
	/** Of the paths; the others are in `problems`. */
	readonly pathProblems: readonly Problem[];
	readonly problems: readonly Problem[];
}

/** What ctrace stands on besides the database: quickly looked at. */
export function examineStanding(context: Omit<Examined, "openStore">, sessions: number): Standing {
	const { paths } = context.config;
	const problems: Problem[] = [];
	const inspected = inspectPaths(paths, pseudonymKeyFile(paths.state));
	const secrets = attemptOr(
		problems,
		"patterns",
		() => loadSecretRules(`${context.patterns}/secrets`).length,
	);
	const own = attemptOr(problems, "patterns", () => countOwn(paths.privacy, context.cwd));
	const looks = attemptOr(problems, "patterns", () => countLooks(`${context.patterns}/claude-code`));
	const pseudonymKey = attemptOr(problems, "key", () => inspectPseudonymKey(paths.state)) ?? "unreadable";
	problems.push(...keyProblems(pseudonymKey, sessions));
	return {
		paths: inspected.paths,
		pathProblems: inspected.problems,
		problems,
		patterns: {
			...(secrets === undefined ? {} : { secrets }),
			...(own === undefined ? {} : { own }),
			...(looks === undefined ? {} : { looks }),
		},
		pseudonymKey,
	};
}

/** Each part may fail without hiding the others: then that is a problem. */
function attemptOr<T>(problems: Problem[], area: Area, work: () => T): T | undefined {
	try {
		return work();
	} catch (error) {
		problems.push({ area, ...toProblem(error) });
		return undefined;
	}
}

function withoutStore(context: Examined): { readonly transcripts?: TranscriptsReport } {
	const transcripts = examineTranscripts(context, () => false);
	return transcripts === undefined ? {} : { transcripts };
}

function examineStore(context: Examined) {
	using store = context.openStore();
	const { sqliteVersion: sqlite, ...database } = store.checkHealth();
	const { sessions, running, lost } = store.browse.countAll();
	const recognition = store.recognitionByVersion().map(toVersionReport);
	return {
		sqlite,
		database,
		sessions: { total: sessions, running, lost },
		recognition,
		space: store.checkSpace(),
		renderer: store.listSessions({ agent: "claude-code", limit: 1 })[0]?.session.terminal.renderer,
		transcripts: examineTranscripts(context, (id) => store.transcripts.sessionsOf(id).length > 0),
		problems: [
			...database.damage.map((found) => ({
				area: "database" as const,
				what: `the database is damaged: ${found}`,
				hint: `Save what is in it: sqlite3 ${store.path} .recover, and move the file away to start afresh.`,
			})),
			...recognition.filter((version) => version.isUnfamiliar).map(unfamiliar),
		],
	};
}

export function toVersionReport(version: VersionRecognition): VersionReport {
	const share = version.lines === 0 ? undefined : version.unclaimed / version.lines;
	return {
		...version,
		...(share === undefined ? {} : { share }),
		isUnfamiliar: (share ?? 0) > UNFAMILIAR_SHARE,
	};
}

export function unfamiliar({ agent, agentVersion, share = 0 }: VersionReport): Problem {
	const name = agentVersion === undefined ? agent : `${agent} ${agentVersion}`;
	return {
		area: "recognition",
		what: `${name} shows things ctrace does not know: ${(share * 100).toFixed(1)} % of its lines`,
		hint: "Update ctrace; until it knows that look, read the turns of such sessions with care.",
	};
}

/** The person's own and the project's: one that does not load stops the recording of every session. */
function countOwn(ownFile: string, projectDir: string): number {
	return loadPrivacyRules({ ownFile, projectDir, compile: createLinearMatcher }).rules.length;
}

function countLooks(directory: string): number {
	return Object.values(loadLook(directory).patterns).reduce((sum, each) => sum + each.length, 0);
}

function keyProblems(key: DoctorReport["pseudonymKey"], sessions: number): Problem[] {
	if (key === "damaged")
		return [
			{
				area: "key",
				what: "the pseudonym key is damaged",
				hint: "Remove it: a new one is made, and known secrets get new tags.",
			},
		];
	if (key === "absent" && sessions > 0)
		return [
			{
				area: "key",
				what: "the pseudonym key is gone",
				hint: "Put it back if you have it; else a new one is made, and known secrets get new tags.",
			},
		];
	return [];
}

function toProblem(error: unknown): Omit<Problem, "area"> {
	if (error instanceof CtraceError)
		return {
			what: error.message,
			hint: error.hint ?? "Install ctrace again: npm install -g claude-code-tracer",
		};
	if (error instanceof Error && "code" in error)
		return { what: error.message, hint: "Check who owns the files named above, and their permissions." };
	throw error;
}
