/** The documents that are made of the code, by their path in the repository. Pure. */
import { COMMANDS, loadAll } from "../../src/cli/commands/index.ts";
import { renderDotenv } from "../../src/cli/settings/render-dotenv.ts";
import { commandsPage } from "./commands-page.ts";
import { manPage } from "./man-page.ts";
import { settingsPage } from "./settings-page.ts";

export async function madeDocuments(): Promise<ReadonlyMap<string, string>> {
	const commands = await loadAll(COMMANDS);
	return new Map([
		["man/ctrace.1", manPage(commands)],
		["docs/commands.md", commandsPage(commands)],
		["docs/settings.md", settingsPage()],
		[".env.example", renderDotenv({})],
	]);
}
