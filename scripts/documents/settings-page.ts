/** `docs/settings.md`: every setting, from the schema that checks it. Pure. */
import { SETTING_NAMES, settingFacts, TOPICS } from "../../src/config/settings.ts";

const OPENING = `# Every setting

Made of the schema that checks them, by \`npm run docs\`. All are optional.

What counts, first to last: an option of the command, the environment (there with the prefix \`CTRACE_\`, and only with it), the \`.env\` of ctrace's own
configuration directory (with the prefix or without), the default. \`ctrace config list\` shows each setting with who says what it is,
\`ctrace config set NAME VALUE\` writes it into that \`.env\`, \`ctrace config path\` tells where that is.

\`CTRACE_HOME\`, an absolute path and in the environment alone, is one folder for everything ctrace stores.
`;

export function settingsPage(): string {
	return OPENING + TOPICS.map(topicSection).join("");
}

function topicSection(topic: string): string {
	const names = SETTING_NAMES.filter((name) => settingFacts(name).topic === topic);
	const rows = names.map((name) => {
		const { about, allowed, usual } = settingFacts(name);
		return `| \`${name}\` | ${cell(about)} | ${cell(allowed)} | ${usual === undefined ? "not set" : `\`${cell(usual)}\``} |`;
	});
	return `\n## ${topic}\n\n| setting | what it does | what it may be | default |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}

function cell(text: string): string {
	return text.replaceAll("|", "\\|");
}
