/** What was chosen, into ctrace's `.env`: a new file explains itself, in an old one only what changed is changed. */
import { parseDotenv } from "../../config/dotenv.ts";
import { SETTING_NAMES, type SettingName, type SettingTexts } from "../../config/settings.ts";
import { setInDotenv, unsetInDotenv } from "../settings/edit-dotenv.ts";
import { renderDotenv } from "../settings/render-dotenv.ts";
import { readSettingsFile, writeSettingsFile } from "../settings/settings-file.ts";

/** Throws `permission`. */
export function writeChoices(path: string, choices: SettingTexts): void {
	const old = readSettingsFile(path);
	writeSettingsFile(path, old.trim() === "" ? renderDotenv(given(choices)) : changed(old, choices));
}

function given(choices: SettingTexts): SettingTexts {
	return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== ""));
}

function changed(old: string, choices: SettingTexts): string {
	const file = parseDotenv(old);
	return SETTING_NAMES.reduce((text, name: SettingName) => {
		const value = choices[name];
		if (value === undefined || value === (file[`CTRACE_${name}`] ?? file[name] ?? "")) return text;
		return value === "" ? unsetInDotenv(text, name) : setInDotenv(text, name, value);
	}, old);
}
