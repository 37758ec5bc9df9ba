/** What is asked of the daemon over its socket, and what it answers: one line of JSON each way. */
import * as z from "zod";
import { LOG_LEVELS } from "../core/log-level.ts";

/** A request is short; whoever sends more than this is no client of ours. */
export const LONGEST_REQUEST_BYTES = 4096;

const componentName = z.string().regex(/^[a-z]{1,32}$/);

export const requestSchema = z.discriminatedUnion("ask", [
	z.strictObject({ ask: z.literal("status") }),
	z.strictObject({ ask: z.literal("stop") }),
	z.strictObject({ ask: z.literal("reload") }),
	z.strictObject({ ask: z.literal("run"), component: componentName }),
]);
export type Request = z.infer<typeof requestSchema>;

const time = z.number();

const problemSchema = z.object({ what: z.string(), hint: z.string() });
export type DaemonProblem = z.infer<typeof problemSchema>;

export const componentStatusSchema = z.object({
	name: z.string(),
	summary: z.string(),
	phase: z.enum(["waiting", "running", "retrying", "stopping"]),
	intervalMs: z.number(),
	/** Since the daemon's start. */
	runs: z.number(),
	/** Since the last success. */
	failures: z.number(),
	lastSuccess: z.object({ at: time, durationMs: z.number() }).optional(),
	lastFailure: z.object({ at: time, code: z.string() }).optional(),
	nextRunAt: time.optional(),
	queue: z.number().optional(),
	/** Of its process, while it has one. */
	pid: z.number().optional(),
	problem: problemSchema.optional(),
});
export type ComponentStatus = z.infer<typeof componentStatusSchema>;

export const daemonStatusSchema = z.object({
	version: z.string(),
	pid: z.number(),
	startedAt: time,
	uptimeMs: z.number(),
	/** Resident memory: of the daemon alone, and with its components' processes where the system tells. */
	memoryBytes: z.number(),
	totalMemoryBytes: z.number().optional(),
	/** Processor time used since the start. */
	cpuMs: z.number(),
	logLevel: z.enum(LOG_LEVELS),
	/** Events that could not be written to the log. */
	lostEvents: z.number(),
	problems: z.array(problemSchema),
	components: z.array(componentStatusSchema),
});
export type DaemonStatus = z.infer<typeof daemonStatusSchema>;

export const replySchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("status"), status: daemonStatusSchema }),
	/** It will be gone when it closes the connection. */
	z.object({ kind: z.literal("stopping") }),
	z.object({ kind: z.literal("reloaded"), changed: z.array(z.string()) }),
	z.object({
		kind: z.literal("ran"),
		/** Absent: it worked. */
		code: z.string().optional(),
		counts: z.record(z.string(), z.number()),
	}),
	z.object({ kind: z.literal("refused"), reason: z.enum(["request", "component", "config", "stopping"]) }),
]);
export type Reply = z.infer<typeof replySchema>;
