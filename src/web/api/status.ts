/** How ctrace does on this machine, and what to do where something is wrong. */
import * as z from "zod";
import { count, milliseconds, problem, time } from "./basics.ts";

const component = z.object({
	name: z.string(),
	summary: z.string(),
	phase: z.enum(["waiting", "running", "retrying", "stopping"]),
	runs: count,
	failures: count.meta({ description: "Since the last success" }),
	lastSuccessAt: time.exactOptional(),
	nextRunAt: time.exactOptional(),
	queue: count.exactOptional(),
	problem: problem.exactOptional(),
});

const version = z.object({
	agent: z.string(),
	agentVersion: z.string().exactOptional(),
	sessions: count,
	turns: count,
	lines: count.meta({ description: "Lines of the screen that were counted" }),
	unclaimed: count.meta({ description: "Those of them that no pattern knows" }),
	share: z.number().exactOptional().meta({ description: "Of lines that no pattern knows, 0 to 1" }),
	fidelity: z.number().exactOptional().meta({ description: "How well screen and transcript agree, 0 to 1" }),
	compared: count.meta({ description: "Turns that both tell of" }),
	isUnfamiliar: z.boolean().meta({ description: "A look that ctrace does not know yet" }),
});

export const statusAnswer = z
	.object({
		ok: z.boolean(),
		problems: z.array(problem).readonly(),
		versions: z.object({ ctrace: z.string(), node: z.string(), sqlite: z.string().exactOptional() }),
		daemon: z.object({
			running: z.boolean(),
			pid: count.exactOptional(),
			version: z.string().exactOptional(),
			startedAt: time.exactOptional(),
			memoryBytes: count.exactOptional(),
			cpuMs: milliseconds.exactOptional(),
			components: z.array(component).readonly(),
		}),
		sync: z.object({
			url: z.string().exactOptional().meta({ description: "Absent: no project is set, nothing is sent" }),
			account: z
				.string()
				.exactOptional()
				.meta({ description: "Absent: nobody is signed in, nothing is sent" }),
			waiting: z.object({
				sessions: count,
				turns: count,
				deletions: count,
				running: count,
				setAside: count,
			}),
			lastSuccessAt: time.exactOptional(),
			lastError: z.string().exactOptional(),
			nextTryAt: time.exactOptional(),
		}),
		backup: z.object({
			address: z.string().exactOptional().meta({ description: "Absent: no backup is set" }),
			branch: z.string().exactOptional(),
			saved: count.meta({ description: "Sessions that are there" }),
			waiting: count.meta({
				description:
					"Sessions that ended and are not there. Those that changed since are found by the next backup",
			}),
			deletions: count.meta({ description: "Sessions that were deleted here and not yet there" }),
			everyMs: milliseconds
				.exactOptional()
				.meta({ description: "How often the daemon saves; absent: only `ctrace backup` does" }),
			lastSuccessAt: time.exactOptional().meta({ description: "Of the daemon" }),
			lastError: z.string().exactOptional(),
		}),
		storage: z.object({
			path: z.string(),
			databaseBytes: count,
			logBytes: count.meta({ description: "What was written last and not yet moved into the database" }),
			backupBytes: count.meta({ description: "The backup's own copy of its repository" }),
			freeBytes: count.exactOptional().meta({ description: "Left on the disk where they lie" }),
			schemaVersion: count,
			sessions: count,
			running: count,
			lost: count,
			turns: count,
		}),
		transcripts: z
			.object({
				directory: z.string(),
				sessions: count,
				unknown: count.meta({ description: "Neither imported nor recorded" }),
				expiring: count.meta({ description: "Those of them that Claude Code deletes within a week" }),
				keptDays: z.number(),
			})
			.exactOptional(),
		recognition: z.array(version).readonly(),
	})
	.meta({ id: "StatusAnswer" });
export type StatusAnswer = z.output<typeof statusAnswer>;
