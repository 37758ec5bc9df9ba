/** What a tool gave. */
import type { ApiToolItem } from "../api/types.ts";
import { Code } from "../parts/code.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { Plain } from "../parts/plain.tsx";
import { isPatch, Patch } from "./patch.tsx";

/** Subagents answer in Markdown. */
const SUBAGENT = /^(?:Task|Agent)$/;

export function ToolOutput({ item, text }: { readonly item: ApiToolItem; readonly text: string }) {
	if (SUBAGENT.test(item.name) && item.status === "ok") return <Markdown text={text} />;
	if (isPatch(text)) return <Patch text={text} />;
	const trimmed = text.trimStart();
	if ((trimmed.startsWith("{") || trimmed.startsWith("[{")) && text.length < 20_000)
		return <Code text={text} language="json" />;
	return (
		<pre className={`output ${item.status === "error" ? "is-error" : ""}`} tabIndex={0} dir="auto">
			<Plain text={text} />
		</pre>
	);
}
