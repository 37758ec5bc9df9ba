/** Waits where nothing else may happen meanwhile: SQLite is called, and answers, in one thread. Milliseconds. */
export function standStill(ms: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
