/** Secrets of some well-known forms, made up anew for each seed: none is anybody's. */
export interface MadeUpSecrets extends Readonly<Record<string, string>> {
	readonly token: string;
	readonly aws: string;
	readonly anthropic: string;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function madeUpSecrets(seed = 7): MadeUpSecrets {
	let state = (Math.abs(seed) % 2147483646) + 1;
	const next = () => {
		state = (state * 48271) % 2147483647;
		return state;
	};
	for (let i = 0; i < 10; i += 1) next();
	const random = (length: number, from = LETTERS) =>
		Array.from({ length }, () => from[next() % from.length] ?? "").join("");
	return {
		token: `${"gh"}p_${random(36)}`,
		aws: `${"AK"}IA${random(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
		anthropic: `${"sk"}-ant-api03-${random(93)}AA`,
	};
}
