/** Time, handed in: stages never ask the machine themselves. */
export interface Clock {
	/** Milliseconds since the Unix epoch. */
	now(): number;
}

/** Random bytes, handed in for the same reason. */
export type RandomBytes = (count: number) => Uint8Array;
