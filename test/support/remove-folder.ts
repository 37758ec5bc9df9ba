/** Removing a folder that somebody else may still be writing into: a recorder that closes its files, a git that tidies up. */
import { rmSync } from "node:fs";

const TRIES = 50;
const REST_MS = 100;

/**
 * Removes it whole, each time anew: what came while it was being emptied is found by the next try. Node's own `maxRetries`
 * only asks again for the emptied folder's removal, and never looks what has come into it.
 */
export function removeFolder(path: string): void {
	for (let tries = 1; tries < TRIES; tries += 1) {
		try {
			rmSync(path, { recursive: true, force: true });
			return;
		} catch {
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, REST_MS);
		}
	}
	rmSync(path, { recursive: true, force: true });
}
