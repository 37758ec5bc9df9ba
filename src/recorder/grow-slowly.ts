/** A recorder runs as long as a session does: its memory follows what is in use. */
import { setFlagsFromString } from "node:v8";

/** Garbage is collected when the heap has grown by a third, not when it is several times as large as what is in use. */
const SMALL_STEPS = "--heap-growing-percent=30";

export function growSlowly(): void {
	setFlagsFromString(SMALL_STEPS);
}
