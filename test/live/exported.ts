/** The parts of export version 1 that scoring reads, checked where they enter. */
import * as z from "zod";

const itemSchema = z.looseObject({
	kind: z.string(),
	text: z.string().optional(),
	name: z.string().optional(),
	input: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
	output: z.string().optional(),
	status: z.string().optional(),
	question: z.string().optional(),
	tool: z.string().optional(),
	choice: z.string().optional(),
});

const turnSchema = z.looseObject({
	prompt: z.looseObject({ text: z.string(), kind: z.string() }),
	status: z.string(),
	source: z.string().optional(),
	fidelity: z.number().optional(),
	usage: z.looseObject({}).optional(),
	items: z.array(itemSchema),
});

export const exportSchema = z.looseObject({
	version: z.literal(1),
	session: z.looseObject({
		id: z.string(),
		agent: z.string(),
		agentVersion: z.string().optional(),
		status: z.string(),
		exit: z.looseObject({ code: z.number().optional() }).optional(),
		terminal: z.looseObject({ renderer: z.string() }).optional(),
	}),
	turns: z.array(turnSchema),
});

export type Exported = z.infer<typeof exportSchema>;
export type ExportedTurn = z.infer<typeof turnSchema>;
export type ExportedItem = z.infer<typeof itemSchema>;
