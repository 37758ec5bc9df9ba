/** The line of `ctrace --version`: enough to know which code it was and which data it can read. */

export interface Build {
	readonly version: string;
	/** Abbreviated; `+` behind it where the sources differed; empty where it was not built from a clone. */
	readonly commit: string;
	/** The database's schema: how many migrations this build knows. */
	readonly schema: number;
}

const EXPORT_VERSION = 1;

export function versionLine({ version, commit, schema }: Build): string {
	const facts = [
		...(commit === "" ? [] : [`commit ${commit}`]),
		`schema ${schema}`,
		`export v${EXPORT_VERSION}`,
	];
	return `ctrace ${version} (${facts.join(", ")})`;
}
