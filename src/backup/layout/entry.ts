/** What the repository's indexes know of each session. */
import * as z from "zod";

export interface Entry {
	readonly id: string;
	/** Without an ending. */
	readonly path: string;
	readonly title: string;
	readonly project: string;
	/** ISO 8601. */
	readonly startedAt: string;
	readonly turns: number;
	/** SHA-256 of the export's text. */
	readonly digest: string;
	/** Files of the export, and of the page. */
	readonly parts: readonly [exports: number, pages: number];
}

const entrySchema: z.ZodType<Entry> = z.object({
	id: z.string(),
	path: z.string().regex(/^sessions\/\d{4}\/\d{2}\/[\w-]+$/),
	title: z.string(),
	project: z.string(),
	startedAt: z.string(),
	turns: z.number(),
	digest: z.string(),
	parts: z.tuple([z.number(), z.number()]).readonly(),
});

const indexSchema = z.object({ version: z.literal(1), sessions: z.array(entrySchema) });

/** A line for each session, so that a change of one is a change of one line. */
export function renderIndex(entries: readonly Entry[]): string {
	const lines = entries.map((entry) => `  ${JSON.stringify(entry)}`);
	return `{"version": 1, "sessions": [\n${lines.join(",\n")}\n]}\n`;
}

/** Undefined when it is none of ours, or of a later version. */
export function parseIndex(text: string): readonly Entry[] | undefined {
	try {
		const parsed = indexSchema.safeParse(JSON.parse(text));
		return parsed.success ? parsed.data.sessions : undefined;
	} catch {
		return undefined;
	}
}

export function byStart(a: Entry, b: Entry): number {
	return a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : a.id < b.id ? -1 : 1;
}
