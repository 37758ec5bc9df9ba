import type { SessionSummary } from "../api/types.ts";
import { visibleLine } from "../text/visible.ts";

/** What a session is called: its title, else how it began. */
export function titleOf({ title, firstPrompt, agent }: SessionSummary): string {
	const words = visibleLine(title ?? firstPrompt ?? "");
	if (words !== "") return words;
	return agent === "generic" ? "A program's session" : "A session without a prompt";
}
