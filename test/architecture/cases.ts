/** A rule with the source that breaks it and, next to it, the way that is allowed. */
export interface Case {
	readonly rule: string;
	/** The file that breaks it; every case is checked as `src/<at>`. */
	readonly at: string;
	readonly bad: string;
	readonly good: string;
	/** What the report says besides file and line. */
	readonly says: string;
	readonly line?: number;
	readonly beside?: Record<string, string>;
}
