/** The words by which a transcript says what a line is: data of `patterns/transcripts.yml`. */
export interface TranscriptMarks {
	/** Beginnings of a user's line that nobody typed. */
	readonly notTyped: RegExp;
	/** The person stopped the answer or a tool. */
	readonly interrupted: RegExp;
	/** A tool's result when the person refused it. */
	readonly refused: RegExp;
	/** What surrounds a pasted text; not typed, never shown. */
	readonly pasteWrap: RegExp;
	/** Answers that were written down and never shown. */
	readonly neverShown: ReadonlySet<string>;
	/** What stands in place of an answer that the person stopped; never shown. */
	readonly stoppedAnswers: ReadonlySet<string>;
	/** Names of the tags around a command, its arguments, a shell command, a memory, and what they printed. */
	readonly tags: Readonly<Record<MarkTag, string>>;
	/** Tools that start a subagent. */
	readonly agentTools: ReadonlySet<string>;
	/** Models that no API answered with. */
	readonly noModels: ReadonlySet<string>;
}

export const MARK_TAGS = [
	"command",
	"command-arguments",
	"shell",
	"shell-output",
	"shell-errors",
	"memory",
	"command-output",
] as const;

export type MarkTag = (typeof MARK_TAGS)[number];
