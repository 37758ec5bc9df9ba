/** What the daemon leaves on disk about itself: for its successor, and for `ctrace status` when none runs. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import * as z from "zod";

const savedComponentSchema = z.object({
	failures: z.int().nonnegative(),
	lastSuccess: z.object({ at: z.number(), durationMs: z.number() }).optional(),
	lastFailure: z.object({ at: z.number(), code: z.string() }).optional(),
	queue: z.number().optional(),
});

const savedDaemonSchema = z.object({
	version: z.string(),
	pid: z.int().positive(),
	bootId: z.string().optional(),
	startedAt: z.number(),
	/** Absent: it runs, or it died without a word. */
	stoppedAt: z.number().optional(),
	components: z.record(z.string(), savedComponentSchema),
});
export type SavedDaemon = z.infer<typeof savedDaemonSchema>;

/** `damaged`: something is there that no daemon wrote. */
export function readSavedState(path: string): SavedDaemon | "absent" | "damaged" {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "ENOENT" ? "absent" : "damaged";
	}
	try {
		return savedDaemonSchema.parse(JSON.parse(text));
	} catch {
		return "damaged";
	}
}

/** Whole or not at all: written beside it, then moved into place. Throws what the file system throws. */
export function writeSavedState(path: string, state: SavedDaemon): void {
	const draft = `${path}.draft`;
	writeFileSync(draft, `${JSON.stringify(state)}\n`, { mode: 0o600 });
	renameSync(draft, path);
}
