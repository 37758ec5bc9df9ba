/** What can go wrong, as data: each fault says what it does, when, and which of the promises it touches. */
import type { Random } from "../leaks/random.ts";
import type { Stage } from "./stage.ts";

/** What happens to the wrapped command itself; everything else must leave it exactly as it is without ctrace. */
export type CommandFate = "undisturbed" | "killed" | "hung-up";

export interface Fault {
	/** The word for `--only`. */
	readonly name: string;
	readonly group: string;
	/** One sentence for docs/reliability.md. */
	readonly what: string;
	/** How often: in the continuous run, and in a full one. */
	readonly runs: { readonly brief: number; readonly full: number };
	readonly command?: CommandFate;
	/**
	 * What is promised of the record: all of it (as if nothing were wrong), what was shown up to a second before the fault, or
	 * nothing but that what is missing is known to be.
	 */
	readonly record?: "whole" | "until-the-fault" | "said";
	/** The moment counts from when the session is in the store, not from the command's start. */
	readonly isWhenRecorded?: boolean;
	/** The store itself is destroyed by the test: it need not be sound, and has to say what it is. */
	readonly destroysStore?: boolean;
	/** ctrace runs with programs/trouble.c in it. */
	readonly preloads?: boolean;
	/** What is said in the first moment passes a terminal in its ordinary mode (docs/wrapping.md): its line ends may grow. */
	readonly isShownCooked?: boolean;
	/** The wrapper dies, and with it what it could have put back: the line settings are the shell's to restore. */
	readonly killsWrapper?: boolean;
	/** Another session on the same store is to be recorded whole afterwards. */
	readonly isRecordedAgain?: boolean;
	/** How long it takes is measured elsewhere (`npm run bench:mirror`). */
	readonly isFlood?: boolean;
	/** Nothing else runs beside it. */
	readonly isAlone?: boolean;
	readonly wrappers?: number;
	readonly needs?: "root";
	/** What is said, and how; absent = as in every run. */
	readonly scene?: (random: Random, size: "brief" | "full") => Partial<Scene>;
	/** Before the command starts. */
	readonly arrange?: (stage: Stage) => void | Promise<void>;
	/** At the moment that the seed decides. */
	readonly strike?: (stage: Stage) => void | Promise<void>;
}

export interface Scene {
	readonly lines: number;
	/** Microseconds after each line. */
	readonly pauseUs: number;
	/** Instead of lines: a flood of so many bytes. */
	readonly floodBytes?: number;
	/** A line of so many characters in the middle of the text. */
	readonly longLine?: number;
	/** When the fault comes, in milliseconds. */
	readonly momentMs: number;
	/** A secret that the mode `minimal` lets through is among the lines. */
	readonly hasMail?: boolean;
	/** The words that stand in the place of ctrace. */
	readonly replaces?: (stage: Stage) => readonly string[];
	/** In front of the command, with and without ctrace. */
	readonly prefix: readonly string[];
	/** After the command, with and without ctrace: redirections, a pipe. */
	readonly suffix: string;
	/** For ctrace and what it starts. */
	readonly env: Readonly<Record<string, string>>;
	/** ctrace is a copy of the run's own, which may be taken apart. */
	readonly isOwnCopy: boolean;
}
