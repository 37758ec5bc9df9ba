/** What `ctrace doctor` finds: facts in sections, and what is wrong with a hint each. */
import type { Renderer } from "../../core/session.ts";
import type { StoreHealth, StoreSpace, VersionRecognition } from "../../store/store.ts";

/** What is looked at, one by one. */
export const AREAS = [
	"versions",
	"update",
	"settings",
	"files",
	"database",
	"space",
	"encryption",
	"patterns",
	"key",
	"recognition",
	"claude",
	"renderer",
	"transcripts",
	"shell",
	"sync",
	"backup",
	"daemon",
	"locale",
	"terminal",
] as const;
export type Area = (typeof AREAS)[number];

export interface Check {
	readonly area: Area;
	readonly level: "ok" | "warning" | "error";
	readonly what: string;
	/** The command or step that mends it. */
	readonly fix?: string;
}

export interface Problem {
	readonly area: Area;
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
	readonly space?: StoreSpace;
	/** How the newest recorded session of Claude Code was drawn. */
	readonly renderer?: Renderer;
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

export interface FullReport extends DoctorReport {
	/** Everything that was looked at, in the order of the areas. */
	readonly checks: readonly Check[];
}
