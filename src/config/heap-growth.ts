/** A process that works for long: its memory follows what is in use. */
import { setFlagsFromString } from "node:v8";

/** Garbage is collected when the heap has grown by so much of what is in use; V8 waits until it is several times as large. */
export function growHeapBy(percent: number): void {
	setFlagsFromString(`--heap-growing-percent=${percent}`);
}
