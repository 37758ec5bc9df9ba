/** `patterns/transcripts.yml` → the marks of a transcript's lines. Anything wrong stops the load. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import { MARK_TAGS, type TranscriptMarks } from "../core/transcript-marks.ts";
import { compileMark, markSchema } from "./mark.ts";

const names = z.array(z.string().min(1)).transform((list): ReadonlySet<string> => new Set(list));

const fileSchema = z.strictObject({
	"not-typed": markSchema,
	interrupted: markSchema,
	refused: markSchema,
	"paste-wrap": markSchema,
	"never-shown": names,
	"stopped-answers": names,
	tags: z.record(z.enum(MARK_TAGS), z.string().regex(/^[\w-]+$/)),
	"agent-tools": names,
	"no-models": names,
});

export function loadTranscriptMarks(path: string): TranscriptMarks {
	try {
		const file = fileSchema.parse(parse(readFileSync(path, "utf8")));
		return {
			notTyped: compileMark("not-typed", file["not-typed"]),
			interrupted: compileMark("interrupted", file.interrupted),
			refused: compileMark("refused", file.refused),
			pasteWrap: new RegExp(compileMark("paste-wrap", file["paste-wrap"]), "gu"),
			neverShown: file["never-shown"],
			stoppedAnswers: file["stopped-answers"],
			tags: file.tags,
			agentTools: file["agent-tools"],
			noModels: file["no-models"],
		};
	} catch (cause) {
		const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
		throw new CtraceError("patterns", `cannot use ${path}: ${reason}`, { cause });
	}
}
