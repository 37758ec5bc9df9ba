/** What every renderer is told about the place it writes to. */
export interface View {
	/** Columns there are. */
	readonly width: number;
	readonly colour: boolean;
	/** The person's home directory, shown as `~`. */
	readonly home: string;
	/** Absent: the machine's own. */
	readonly timeZone?: string;
}

/** Enough of an id to tell two sessions apart that began in different milliseconds. */
const SHORT_ID_CHARS = 13;

export function shortId(id: string): string {
	return id.slice(0, SHORT_ID_CHARS);
}
