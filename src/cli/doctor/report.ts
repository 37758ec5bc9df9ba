/** What `ctrace doctor` finds: facts in sections, and what is wrong with a hint each. */
import type { StoreHealth, VersionRecognition } from "../../store/store.ts";

export interface Problem {
	readonly what: string;
	/** What to do about it. */
	readonly hint: string;
}

export interface PathReport {
	readonly name: string;
	readonly path: string;
	/** `absent` is nothing wrong: it is made when it is needed. */
	readonly state: "ok" | "absent" | "wrong";
	/** Permission bits in octal, `0600`. */
	readonly mode?: string;
}

export interface VersionReport extends VersionRecognition {
	/** Share of its lines that no pattern claimed, 0 to 1; absent where none was counted. */
	readonly share?: number;
	readonly isUnfamiliar: boolean;
}

export interface DoctorReport {
	readonly ok: boolean;
	readonly problems: readonly Problem[];
	readonly versions: { readonly ctrace: string; readonly node: string; readonly sqlite?: string };
	readonly paths: readonly PathReport[];
	/** Absent: there is none yet, or it could not be opened (then a problem says why). */
	readonly database?: Omit<StoreHealth, "sqliteVersion">;
	readonly patterns: {
		readonly secrets?: number;
		/** In `privacy.yml` and the project's `.ctrace.yml`. */
		readonly own?: number;
		readonly looks?: number;
	};
	readonly pseudonymKey: "present" | "absent" | "damaged" | "unreadable";
	readonly sessions: { readonly total: number; readonly running: number; readonly lost: number };
	readonly recognition: readonly VersionReport[];
	/** Absent where Claude Code keeps none. */
	readonly transcripts?: TranscriptsReport;
}

/** What Claude Code itself keeps, and for how long. */
export interface TranscriptsReport {
	readonly directory: string;
	readonly sessions: number;
	/** Not imported, and not recorded with their transcript. */
	readonly unknown: number;
	/** Those of them that Claude Code deletes within a week. */
	readonly expiring: number;
	/** How many days it keeps them. */
	readonly keptDays: number;
}
