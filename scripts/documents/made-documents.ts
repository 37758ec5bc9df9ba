/** The documents that are made of the code, by their path in the repository. Pure. */
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { commandsPage } from "./commands-page.ts";
import { manPage } from "./man-page.ts";

export function madeDocuments(): ReadonlyMap<string, string> {
	return new Map([
		["man/ctrace.1", manPage(COMMANDS)],
		["docs/commands.md", commandsPage(COMMANDS)],
	]);
}
