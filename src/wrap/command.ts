/** The command as it is to be started. */
export interface CommandToRun {
	/** What the system is asked to start. */
	readonly file: string;
	/** The word as it was typed. */
	readonly word: string;
	readonly args: readonly string[];
	/** Descriptors that its arguments name. */
	readonly inherited: readonly number[];
	readonly env: Readonly<Record<string, string | undefined>>;
}
