/** Asks the built ctrace what it stored of the run that just ended. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Exported, exportSchema } from "./exported.ts";

const ASK_MS = 30_000;
const MAX_EXPORT_BYTES = 256 * 1024 * 1024;
const run = promisify(execFile);

export async function storedSession(
	ctrace: readonly string[],
	env: Readonly<Record<string, string>>,
): Promise<Exported> {
	const [file = "", ...args] = [...ctrace, "sessions", "show", "last", "--json"];
	const { stdout } = await run(file, args, { env: { ...env }, timeout: ASK_MS, maxBuffer: MAX_EXPORT_BYTES });
	return exportSchema.parse(JSON.parse(stdout));
}
