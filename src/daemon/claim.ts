/** One daemon per user: the folder it lives in, and the lock that says so. */
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { type ProcessLock, takeProcessLock } from "../store/process-lock.ts";
import type { DaemonPlaces } from "./places.ts";

const FOLDER_OWNER_ONLY = 0o700;
const FOR_OTHERS = 0o077;

export interface Claim {
	/** False when somebody removed the lock's file: another daemon could take a new one. */
	readonly isInPlace: boolean;
	release(): void;
}

/** Undefined while another process is the daemon. Throws `permission`, `disk-full`. */
export function claimPlaces(places: DaemonPlaces): Claim | undefined {
	mkdirSync(places.folder, { recursive: true, mode: FOLDER_OWNER_ONLY });
	if ((statSync(places.folder).mode & FOR_OTHERS) !== 0) chmodSync(places.folder, FOLDER_OWNER_ONLY);
	const lock = takeProcessLock(places.lock);
	return lock === undefined ? undefined : claim(lock);
}

function claim(lock: ProcessLock): Claim {
	const { ino } = statSync(lock.path);
	return {
		get isInPlace() {
			return statSync(lock.path, { throwIfNoEntry: false })?.ino === ino;
		},
		release: () => lock.release(),
	};
}
