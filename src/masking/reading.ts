/** A text that several searches look at, with what more than one of them needs. */
import type { Range } from "./finding.ts";
import { tokenRuns } from "./token-runs.ts";

export class Reading {
	readonly text: string;
	#runs: readonly Range[] | undefined;

	constructor(text: string) {
		this.text = text;
	}

	/** Long unbroken runs of what keys are made of. */
	get tokenRuns(): readonly Range[] {
		this.#runs ??= tokenRuns(this.text);
		return this.#runs;
	}
}
