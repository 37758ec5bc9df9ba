/** ctrace's `.env` as a page that explains itself: every setting, what it means, and the line that would set it. Pure. */
import { SETTING_NAMES, type SettingName, settingFacts, TOPICS } from "../../config/settings.ts";
import { wrapText } from "../text/fit.ts";
import { quote } from "./edit-dotenv.ts";

const WIDTH = 118;

const HEAD = `The settings of ctrace. All are optional: without any, everything works.

Set them in your shell with the prefix CTRACE_, or in the .env of ctrace's own configuration directory with or without it. \`ctrace config path\` tells where that is; \`ctrace init\` writes one, \`ctrace config set NAME VALUE\` changes it, \`ctrace config list\` shows what counts. ctrace reads no .env from the folder you stand in, and no name without the prefix from your shell, because a project's settings are not ctrace's.

One folder for everything ctrace stores, instead of the platform's usual places, is named in your shell alone: CTRACE_HOME=/some/folder, an absolute path.`;

/** With those of `values` set, and every other one as a comment. */
export function renderDotenv(values: Readonly<Partial<Record<SettingName, string>>>): string {
	const topics = TOPICS.map((topic) => {
		const names = SETTING_NAMES.filter((name) => settingFacts(name).topic === topic);
		const parts = names.map((name) => `${comment(aboutOf(name))}\n${lineOf(name, values[name])}`);
		return [`# ${topic}`, ...parts].join("\n\n");
	});
	return `${[comment(HEAD), ...topics].join("\n\n")}\n`;
}

function aboutOf(name: SettingName): string {
	const { about, allowed, isSecret } = settingFacts(name);
	return isSecret === true ? about : `${about} (${allowed})`;
}

function lineOf(name: SettingName, value: string | undefined): string {
	if (value !== undefined) return `${name}=${quote(value)}`;
	const { usual, example = "" } = settingFacts(name);
	return `# ${name}=${quote(usual ?? example)}`;
}

function comment(text: string): string {
	return wrapText(text, WIDTH - 2)
		.map((line) => `# ${line}`.trimEnd())
		.join("\n");
}
