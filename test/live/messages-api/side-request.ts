/**
 * Requests that Claude Code makes for itself: titles, topic checks, quota probes, command prefixes,
 * suggestions. They are answered plausibly and consume nothing of the scenario's script.
 */
import { type MessagesRequest, newestUserText, systemText } from "./request.ts";

/** The real conversation offers a dozen tools or more; side requests offer none or very few. */
const CONVERSATION_TOOLS = 4;

const SUGGESTION_MARK = "SUGGESTION MODE";
/** One generation sends this to fill the model's cache before anything is asked. */
const WARM_UP = /^(Warmup$|\[\{"type":"text","text":"Warmup")/;
const PREFIX_TASK = /process Bash commands|policy_spec|command prefix/i;
const TOPIC_TASK = /isNewTopic/;

/** The answer to a side request, or undefined when the request belongs to the conversation. */
export function sideAnswer(request: MessagesRequest): string | undefined {
	const newest = newestUserText(request);
	if (newest.includes(SUGGESTION_MARK) || WARM_UP.test(newest)) return "";
	if (request.tools.length >= CONVERSATION_TOOLS) return undefined;
	const everything = systemText(request) + newest;
	if (request.max_tokens === 1) return "ok";
	if (TOPIC_TASK.test(everything)) return '{"isNewTopic":false,"title":null}';
	if (PREFIX_TASK.test(everything)) return commandPrefix(newest);
	return '{"title":"A quiet garden"}';
}

function commandPrefix(prompt: string): string {
	const command = /Command: ([^\s"\\]+)/.exec(prompt)?.[1];
	return command ?? "none";
}
