/** What is wrong at the moment, for every process that is preloaded with programs/trouble.c. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./stage.ts";

export interface Trouble {
	/** Added to what time it is. */
	readonly clockMs?: number;
	/** How long each write and each sync in ctrace's folder takes. */
	readonly delayUs?: number;
	/** What each of them fails with. */
	readonly error?: number;
}

type Placed = Pick<Stage, "place" | "tools">;

function fileOf({ place }: Placed): string {
	return join(place.theirs, "trouble");
}

export function trouble(stage: Placed, { clockMs = 0, delayUs = 0, error = 0 }: Trouble, flag = "r+"): void {
	const bytes = Buffer.alloc(16);
	bytes.writeBigInt64LE(BigInt(clockMs), 0);
	bytes.writeInt32LE(delayUs, 8);
	bytes.writeInt32LE(error, 12);
	writeFileSync(fileOf(stage), bytes, { flag }); // in place: a new file would not be the one that is mapped
}

/** Nothing is wrong yet. Gives the environment of a process that is to have trouble. */
export function prepareTrouble(stage: Placed): Readonly<Record<string, string>> {
	trouble(stage, {}, "w");
	return {
		LD_PRELOAD: stage.tools.trouble,
		TROUBLE_FILE: fileOf(stage),
		TROUBLE_FOLDER: stage.place.ctraceHome,
	};
}
