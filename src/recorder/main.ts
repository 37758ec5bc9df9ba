import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { fileURLToPath } from "node:url";
import { currentBootId } from "../config/boot.ts";
import { type Config, loadConfig } from "../config/config.ts";
import { resolvePaths } from "../config/paths.ts";
import { createTag, openPseudonymKey } from "../config/pseudonym-key.ts";
import { unmarkStarting } from "../config/starting-mark.ts";
import { createIdMaker } from "../core/ids.ts";
import type { SessionStart } from "../core/wire.ts";
import { selectKnownValues } from "../masking/known-values.ts";
import { createLinearMatcher } from "../masking/linear-matcher.ts";
import { createMasker } from "../masking/masker.ts";
import { parsePrivacyMode } from "../masking/privacy-mode.ts";
import { loadLook } from "../patterns/load-looks.ts";
import { loadPrivacyRules } from "../patterns/load-privacy.ts";
import { loadSecretRules } from "../patterns/load-secrets.ts";
import { openStore } from "../store/open-store.ts";
import { readGitState } from "./git-state.ts";
import type { Pipeline } from "./pipeline.ts";
import { runRecorder } from "./run-recorder.ts";
import { SessionPipeline } from "./session-pipeline.ts";
import { createTurnSource } from "./turn-source.ts";

/** Beside the bundle: what a secret looks like, what Claude Code looks like. */
const PATTERNS = fileURLToPath(new URL("../patterns", import.meta.url));

await runRecorder(createPipeline);

function createPipeline(start: SessionStart): Pipeline {
	const config = readConfig();
	try {
		return beginSession(start, config);
	} finally {
		unmarkStarting(config.paths.state, start);
	}
}

function beginSession(start: SessionStart, { paths, privacyMode }: Config): Pipeline {
	const clock = { now: () => Date.now() };
	const own = loadPrivacyRules({
		configDir: paths.config,
		projectDir: start.cwd,
		compile: createLinearMatcher,
	});
	const masker = createMasker({
		rules: [...loadSecretRules(`${PATTERNS}/secrets`), ...own.rules],
		mode: parsePrivacyMode(privacyMode).mode,
		tag: createTag(openPseudonymKey(paths.state, randomBytes)),
		knownValues: selectKnownValues(process.env),
		allow: own.allow,
	});
	const ids = createIdMaker(clock, randomBytes);
	const bootId = currentBootId({ readText, readLink: (path) => readlinkSync(path) });
	return new SessionPipeline({
		start,
		source: createTurnSource(start, loadLook(`${PATTERNS}/claude-code`)),
		masker,
		store: openStore({ path: paths.database, clock, ids }),
		id: ids(),
		recorder: {
			pid: process.pid,
			wrapperPid: start.wrapperPid,
			...(bootId === undefined ? {} : { bootId }),
		},
		facts: { host: hostname(), user: userInfo().username, git: readGitState(start.cwd) },
	});
}

function readConfig(): Config {
	const machine = { env: process.env, platform: process.platform, home: homedir() };
	const dotenv = readText(resolvePaths(machine).dotenv);
	return loadConfig({ ...machine, ...(dotenv === undefined ? {} : { dotenv }) });
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined; // absent is the usual case; what cannot be read has no say
	}
}
