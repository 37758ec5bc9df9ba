/** A backup's repository as somebody is about to set it, asked before it is written down. */
import { tmpdir } from "node:os";
import { readTarget } from "../../backup/remote.ts";
import { tryRemote } from "../../backup/try-remote.ts";
import type { Config } from "../../config/config.ts";
import type { SettingTexts } from "../../config/settings.ts";

interface TryParts {
	readonly config: Config;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
}

/** Throws what a backup would. */
export async function tryBackup(choices: SettingTexts, { config, env, signal }: TryParts): Promise<void> {
	const said = (text: string | undefined) => (text === "" ? undefined : text);
	const settings = {
		...config.backup,
		githubRepo: said(choices.GITHUB_REPO),
		githubToken: said(choices.GITHUB_TOKEN),
		remote: said(choices.BACKUP_REMOTE),
	};
	const target = readTarget(settings, "");
	if (target === undefined) return;
	// Nothing is written: git only needs a place to stand.
	await tryRemote(target, {
		directory: tmpdir(),
		env,
		host: { fetch, apiUrl: config.backup.githubApiUrl, signal },
	});
}
