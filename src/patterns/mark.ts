/** A pattern with the examples that prove it, as files of marks hold it. */
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";

export const markSchema = z.strictObject({
	match: z.string().min(1),
	examples: z.strictObject({ yes: z.array(z.string()).min(1), no: z.array(z.string()).min(1) }),
});

/** Throws `patterns` where an example is not as it should be. */
export function compileMark(id: string, mark: z.infer<typeof markSchema>, flags = "u"): RegExp {
	const regex = new RegExp(mark.match, flags);
	for (const text of mark.examples.yes)
		if (!regex.test(text)) throw new CtraceError("patterns", `${id} must match ${JSON.stringify(text)}`);
	for (const text of mark.examples.no)
		if (regex.test(text)) throw new CtraceError("patterns", `${id} must not match ${JSON.stringify(text)}`);
	return regex;
}
