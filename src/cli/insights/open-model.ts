/** The model as the settings give access to it. Loaded only by those that ask one. */
import type { Config } from "../../config/config.ts";
import { CtraceError } from "../../core/errors.ts";
import { createModel } from "../../insights/reading/anthropic.ts";
import type { SendToModel } from "../../insights/reading/ask.ts";
import { readSessions } from "../../insights/reading/read-sessions.ts";

const TIMEOUT_MS = 120_000;
const RETRIES = 4;

export interface ModelReader {
	readonly send: SendToModel;
	readonly readSessions: typeof readSessions;
}

/** Only the settings that are handed in count: the SDK would look for others in the environment, so they go. */
export function openModel(
	{ anthropic }: Pick<Config, "anthropic">,
	{ model, env }: { readonly model: string; readonly env: Record<string, string | undefined> },
): ModelReader {
	if (anthropic === undefined)
		throw new CtraceError("config", "ANTHROPIC_API_KEY is not set", {
			hint: "Put it into the .env of ctrace's configuration directory; ctrace reads no other one.",
		});
	for (const name of Object.keys(env)) if (name.startsWith("ANTHROPIC_")) delete env[name];
	const { apiKey, baseUrl } = anthropic;
	const send = createModel({ apiKey, baseUrl, model, timeoutMs: TIMEOUT_MS, retries: RETRIES });
	return { send, readSessions };
}
