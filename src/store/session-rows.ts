/** Sessions to rows and back. */
import type { Session, SessionStatus } from "../core/session.ts";
import {
	commitsColumn,
	exitColumn,
	gapsColumn,
	gitColumn,
	maskedCountColumn,
	readColumn,
	readOptionalColumn,
	recognitionColumn,
	terminalColumn,
	textListColumn,
	usageColumn,
	writeColumn,
} from "./json-columns.ts";
import { optional } from "./optional.ts";
import type { Recorder } from "./store.ts";

type Cell = string | number | null;

export interface SessionRow {
	readonly key: number;
	readonly id: string;
	readonly agent: string;
	readonly agent_version: string | null;
	readonly agent_session_ids: string;
	readonly command: string;
	readonly cwd: string;
	readonly git: string | null;
	readonly host: string | null;
	readonly user: string | null;
	readonly started_at: number;
	readonly ended_at: number | null;
	readonly status: SessionStatus;
	readonly exit: string | null;
	readonly terminal: string;
	readonly usage: string | null;
	readonly masked_count: string;
	readonly gaps: string;
	readonly title: string | null;
	readonly commits: string | null;
	readonly recognition: string | null;
	readonly pinned: number | null;
	readonly tags: string | null;
	readonly note: string | null;
	readonly recorder_pid: number;
	readonly recorder_boot_id: string | null;
	readonly wrapper_pid: number | null;
	readonly revision: number;
	readonly updated_at: number;
}

/** How each field of a session is kept; one entry a column, so that a patch writes only what it names. */
const COLUMNS: Readonly<Record<keyof Session, readonly [column: keyof SessionRow, kind: CellKind]>> = {
	id: ["id", "text"],
	agent: ["agent", "text"],
	agentVersion: ["agent_version", "text"],
	agentSessionIds: ["agent_session_ids", "json"],
	command: ["command", "json"],
	cwd: ["cwd", "text"],
	git: ["git", "json"],
	host: ["host", "text"],
	user: ["user", "text"],
	startedAt: ["started_at", "whole"],
	endedAt: ["ended_at", "whole"],
	status: ["status", "text"],
	exit: ["exit", "json"],
	terminal: ["terminal", "json"],
	usage: ["usage", "json"],
	maskedCount: ["masked_count", "json"],
	gaps: ["gaps", "json"],
	title: ["title", "text"],
	commits: ["commits", "json"],
	recognition: ["recognition", "json"],
	pinned: ["pinned", "whole"],
	tags: ["tags", "json"],
	note: ["note", "text"],
};

type CellKind = "text" | "whole" | "json";

/** Column names and values of the fields present in `session`, which may be a patch. */
export function sessionCells(session: Partial<Session>): ReadonlyMap<string, Cell> {
	const fields = Object.keys(COLUMNS) as (keyof Session)[];
	const present = fields.filter((field) => session[field] !== undefined);
	return new Map(
		present.map((field) => {
			const [column, kind] = COLUMNS[field];
			return [column, toCell(session[field], kind)];
		}),
	);
}

function toCell(value: unknown, kind: CellKind): Cell {
	if (kind === "json") return writeColumn(value);
	return kind === "whole" ? Math.round(Number(value)) : String(value).toWellFormed();
}

export function toSession(row: SessionRow): Session {
	return {
		id: row.id,
		agent: row.agent,
		...optional("agentVersion", row.agent_version),
		agentSessionIds: readColumn(textListColumn, row.agent_session_ids),
		command: readColumn(textListColumn, row.command),
		cwd: row.cwd,
		...optional("git", readOptionalColumn(gitColumn, row.git)),
		...optional("host", row.host),
		...optional("user", row.user),
		startedAt: row.started_at,
		...optional("endedAt", row.ended_at),
		status: row.status,
		...optional("exit", readOptionalColumn(exitColumn, row.exit)),
		terminal: readColumn(terminalColumn, row.terminal),
		...optional("usage", readOptionalColumn(usageColumn, row.usage)),
		maskedCount: readColumn(maskedCountColumn, row.masked_count),
		gaps: readColumn(gapsColumn, row.gaps),
		...optional("title", row.title),
		...optional("commits", readOptionalColumn(commitsColumn, row.commits)),
		...optional("recognition", readOptionalColumn(recognitionColumn, row.recognition)),
		...optional("pinned", toSwitch(row.pinned)),
		...optional("tags", readOptionalColumn(textListColumn, row.tags)),
		...optional("note", row.note),
	};
}

/** Of a session that came from elsewhere a column may be missing. */
function toSwitch(cell: number | null | undefined): boolean | undefined {
	return cell === null || cell === undefined ? undefined : cell === 1;
}

export function toRecorder(row: SessionRow): Recorder {
	return {
		pid: row.recorder_pid,
		...optional("bootId", row.recorder_boot_id),
		...optional("wrapperPid", row.wrapper_pid),
	};
}
