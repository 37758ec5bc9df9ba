/** A tool call as the screen writes it. */
import type { Look } from "../core/look.ts";

/** Claude Code's own name for what the screen calls a tool. */
export function toolName(look: Look, shown: string): string {
	const mcp = /^(?<server>[\w.:-]+) - (?<tool>[\w -]+) \(MCP\)$/u.exec(shown)?.groups;
	if (mcp !== undefined) return `mcp__${mcp.server}__${(mcp.tool ?? "").replaceAll(" ", "_")}`;
	return look.toolNames[shown] ?? shown;
}

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
