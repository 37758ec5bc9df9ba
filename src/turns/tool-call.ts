/** A tool call as the screen writes it. */
import type { Look } from "../core/look.ts";

/** Claude Code's own name for what the screen calls a tool. */
export function toolName(look: Look, shown: string): string {
	const mcp = /^(?<server>[\w.:-]+) - (?<tool>[\w -]+) \(MCP\)$/u.exec(shown)?.groups;
	if (mcp !== undefined) return serverTool(mcp.server, mcp.tool);
	return look.toolNames[shown] ?? shown;
}

/** What a dialog asks leave for: a call, by Claude Code's own name for its tool. */
export function askedCall(
	look: Look,
	title: string,
	subject: string,
): { readonly name: string | undefined; readonly input: string } {
	const bare = title.replace(/ \([^)]*\)$/u, "");
	const shown = SERVER_TITLE.exec(bare)?.groups;
	if (shown !== undefined)
		return { name: serverTool(shown.server, shown.tool?.toLowerCase()), input: subject };
	if (!/^Tool use/iu.test(bare)) return { name: toolName(look, bare), input: subject };
	const call = SERVER_CALL.exec(subject.replace(/\s*\n\s*/gu, " "))?.groups;
	if (call === undefined) return { name: /^(\w+)\(/u.exec(subject)?.[1], input: subject };
	return { name: serverTool(call.server, call.tool), input: call.input ?? "" };
}

/** `github - list issues(owner: x) (MCP)`: the whole call, below a title that says no more than that it is one. */
const SERVER_CALL = /^(?<server>[\w.: -]+?) - (?<tool>[\w -]+?)\((?<input>.*?)\)?(?: \(MCP\))?$/u;
/** `garden — Count Beds Tool:`: the names for people. Its own is mostly the same in small letters. */
const SERVER_TITLE = /^(?<server>.+?) — (?<tool>.+) Tool:$/u;

function serverTool(server = "", tool = ""): string {
	return `mcp__${server.replaceAll(/[^\w-]/gu, "_")}__${tool.replaceAll(" ", "_")}`;
}

/** A call's line, by Claude Code's own name for the tool. */
export function readCall(look: Look, text: string): { readonly name: string; readonly input?: string } {
	const call = splitCall(text);
	const name = toolName(look, call.name);
	return { ...call, name: name === "Grep" && FILE_PATTERN.test(call.input ?? "") ? "Glob" : name };
}

/** Both searches have one label. No expression begins with a star, nor does a step of a path in one. */
const FILE_PATTERN = /^pattern: "(?:[^"]*\/)?\*/u;

/** `Bash(ls -la)` → name and input; a model's name may follow the bracket. */
export function splitCall(text: string): { readonly name: string; readonly input?: string } {
	const flat = text.replace(/\s*\n\s*/gu, " ");
	const mcp = /^([\w.:-]+ - [\w -]+ \(MCP\))(?:\((.*?)\)?)?$/u.exec(flat);
	if (mcp !== null) return { name: mcp[1] ?? flat, ...(mcp[2] === undefined ? {} : { input: mcp[2] }) };
	const open = text.indexOf("(");
	if (open < 0) return { name: flat.replace(/…$/u, "").trim() };
	const inside = text.slice(open + 1);
	const close = inside.lastIndexOf(")");
	return { name: text.slice(0, open).trim(), input: close < 0 ? inside : inside.slice(0, close) };
}
