/**
 * How long a process stood ready and the machine did something else. A promise about a second is one about a second in which
 * the machine gives the recorder its turn: where a dozen other programs want the processor, more time passes.
 */
import { isAlive, readyMs } from "./processes.ts";
import { pause } from "./stage.ts";
import { monotonic } from "./viewer.ts";

interface Sample {
	readonly at: number;
	/** Since the process began. */
	readonly readyMs: number;
}

const SAMPLE_EVERY_MS = 50;

export class Waiting {
	readonly #samples: Sample[] = [];

	/** Until the process has ended. */
	async watch(pid: number): Promise<void> {
		while (isAlive(pid)) {
			this.#samples.push({ at: monotonic(), readyMs: readyMs(pid) });
			await pause(SAMPLE_EVERY_MS);
		}
	}

	/** Milliseconds in all, as far as it was watched. */
	get readyMs(): number {
		return this.#samples.at(-1)?.readyMs ?? 0;
	}

	/** The moment from which `ms` of the machine's time had passed at `at`. */
	before(at: number, ms: number): number {
		const before = this.#samples.filter((sample) => sample.at <= at);
		const last = before.at(-1);
		if (last === undefined) return at - ms;
		const passed = (sample: Sample) => at - sample.at - (last.readyMs - sample.readyMs);
		return Math.min(
			at - ms,
			before.findLast((sample) => passed(sample) >= ms)?.at ?? Number.NEGATIVE_INFINITY,
		);
	}
}
