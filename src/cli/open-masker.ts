/** The masker as the recorder has it: built-in patterns, the person's own, the installation's key. */

import type { Config } from "../config/config.ts";
import { createTag, openPseudonymKey } from "../config/pseudonym-key.ts";
import type { RandomBytes } from "../core/clock.ts";
import { CtraceError } from "../core/errors.ts";
import { selectKnownValues } from "../masking/known-values.ts";
import { createLinearMatcher } from "../masking/linear-matcher.ts";
import { createMasker, type Masker } from "../masking/masker.ts";
import { PRIVACY_MODES, parsePrivacyMode } from "../masking/privacy-mode.ts";
import { loadPrivacyRules } from "../patterns/load-privacy.ts";
import { loadSecretRules } from "../patterns/load-secrets.ts";
import type { SecretRule } from "../patterns/secret-rule.ts";

export interface OpenedMasker {
	readonly masker: Masker;
	readonly rules: readonly SecretRule[];
}

export interface MaskerSources {
	readonly config: Config;
	/** The directory `patterns/secrets`. */
	readonly patterns: string;
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly randomBytes: RandomBytes;
}

/** Throws `usage` for a mode that is none, `patterns` for a pattern that does not load. */
export function openMasker(sources: MaskerSources, asked: string | undefined): OpenedMasker {
	const { config, patterns, cwd, env, randomBytes } = sources;
	const { mode, known } = parsePrivacyMode(asked ?? config.privacyMode);
	if (!known) {
		throw new CtraceError(
			"usage",
			`there is no privacy mode ${JSON.stringify(asked ?? config.privacyMode)}`,
			{
				hint: `Say one of ${PRIVACY_MODES.join(", ")}.`,
			},
		);
	}
	const own = loadPrivacyRules({
		ownFile: config.paths.privacy,
		projectDir: cwd,
		compile: createLinearMatcher,
	});
	const rules = [...loadSecretRules(patterns), ...own.rules];
	const tag = createTag(openPseudonymKey(config.paths.state, randomBytes));
	return {
		masker: createMasker({ rules, mode, tag, knownValues: selectKnownValues(env), allow: own.allow }),
		rules,
	};
}
