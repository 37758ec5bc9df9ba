/** Digests that tell things apart without saying what they are. */

const LOW = 0x9e3779b1;
const HIGH = 0x5f356495;
const LOW_BITS = 0x100000000;
const HIGH_BITS = 0x1fffff;

/** 53 bits of a text (two multiplicative hashes side by side): enough to count things, no secret and no proof. */
export function digestOf(text: string): number {
	let low = 0xdeadbeef;
	let high = 0x41c6ce57;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		low = Math.imul(low ^ code, LOW);
		high = Math.imul(high ^ code, HIGH);
	}
	low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
	high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
	return (high & HIGH_BITS) * LOW_BITS + (low >>> 0);
}
