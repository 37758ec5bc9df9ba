/** Looks for the needles in everything that ctrace wrote or printed, and tells where they are. */
import type { Hit, Needles } from "./needles.ts";

/** Bytes with a name: a file, what a command printed; later also what was sent. */
export interface Source {
	readonly name: string;
	readonly bytes: Uint8Array;
}

export interface Leak {
	readonly label: string;
	readonly form: string;
	/** The source, or the kind of it. */
	readonly where: string;
	readonly count: number;
	/** A few characters around the first place. The secrets are made up: showing them harms nobody. */
	readonly around: string;
}

const BEFORE = 60;
const AFTER = 40;

export function findLeaks(needles: Needles, sources: readonly Source[]): Leak[] {
	const leaks = new Map<string, Leak>();
	for (const source of sources) {
		for (const hit of needles.search(source.bytes)) {
			const key = [hit.label, hit.form, groupOf(source.name)].join("\t");
			const known = leaks.get(key);
			leaks.set(key, known === undefined ? toLeak(hit, source) : { ...known, count: known.count + 1 });
		}
	}
	return [...leaks.values()];
}

function toLeak({ label, form, offset }: Hit, { name, bytes }: Source): Leak {
	const around = Buffer.from(bytes.subarray(Math.max(0, offset - BEFORE), offset + AFTER)).toString("latin1");
	return { label, form, where: name, count: 1, around };
}

/** One line for all commands of a kind: `ctrace export 0190… --format html` is `ctrace export`. */
function groupOf(name: string): string {
	return name.startsWith("ctrace ") ? name.split(" ").slice(0, 2).join(" ") : name;
}
