/** `patterns/measures.yml` → what statistics go by. Anything wrong stops the load. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import type { MeasureMarks } from "../core/measure-marks.ts";
import { compileMark, markSchema } from "./mark.ts";

const list = z.array(z.string().min(1));
const names = list.transform((words): ReadonlySet<string> => new Set(words));

const fileSchema = z.strictObject({
	correction: markSchema,
	granted: markSchema,
	"granted-for-good": markSchema,
	"offered-rule": markSchema,
	"reading-tools": names,
	"editing-tools": names,
	"file-fields": list,
	"shell-tools": names,
	"command-field": z.string().min(1),
	"no-tools": names,
	fillers: names,
});

export function loadMeasureMarks(path: string): MeasureMarks {
	try {
		const file = fileSchema.parse(parse(readFileSync(path, "utf8")));
		return {
			correction: compileMark("correction", file.correction, "iu"),
			granted: compileMark("granted", file.granted),
			grantedForGood: compileMark("granted-for-good", file["granted-for-good"]),
			offeredRule: compileMark("offered-rule", file["offered-rule"]),
			readingTools: file["reading-tools"],
			editingTools: file["editing-tools"],
			fileFields: file["file-fields"],
			shellTools: file["shell-tools"],
			commandField: file["command-field"],
			noTools: file["no-tools"],
			fillers: file.fillers,
		};
	} catch (cause) {
		const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
		throw new CtraceError("patterns", `cannot use ${path}: ${reason}`, { cause });
	}
}
