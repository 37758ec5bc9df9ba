/** What the daemon and a component's process say to each other. No data of a session is ever among it. */
import * as z from "zod";
import { LOG_LEVELS } from "../core/log-level.ts";

/** To the component. `finish`: come to an end, now and for good. */
export const orderSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("run"), run: z.int() }),
	z.strictObject({ kind: z.literal("finish") }),
]);
export type Order = z.infer<typeof orderSchema>;

const counts = z.record(z.string(), z.number());

/** To the daemon. */
export const reportSchema = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("done"),
		run: z.int(),
		counts,
		queue: z.int().nonnegative().optional(),
	}),
	z.strictObject({
		kind: z.literal("failed"),
		run: z.int(),
		code: z.string(),
		queue: z.int().nonnegative().optional(),
		/** Where in ctrace's own files. */
		where: z.string().optional(),
	}),
	z.strictObject({
		kind: z.literal("event"),
		level: z.enum(LOG_LEVELS),
		event: z.string(),
		fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
	}),
]);
export type Report = z.infer<typeof reportSchema>;
