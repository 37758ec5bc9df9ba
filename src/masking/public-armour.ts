/** Certificates, public keys and signatures in armour: made to be shown, and as unlike words as a secret. */
import type { Located, Range } from "./finding.ts";

const HEADER =
	/-----BEGIN ((?:[A-Z0-9]{1,16} ){0,3}(?:CERTIFICATE(?: REQUEST)?|PUBLIC KEY(?: BLOCK)?|SIGNATURE|X509 CRL|PKCS7|(?:DH|EC) PARAMETERS))-----/g;
/** Chains of certificates are armoured one by one; the longest single one is far shorter. */
const LONGEST = 32_768;

/** From header to footer, in order. One without its footer may have been cut: then anything may stand behind it. */
export function publicBlocks(text: string): readonly Range[] {
	if (!text.includes("-----BEGIN ")) return [];
	const blocks: Range[] = [];
	for (const header of text.matchAll(HEADER)) {
		const start = header.index;
		const bodyStart = start + header[0].length;
		const end = text.slice(bodyStart, bodyStart + LONGEST).indexOf(`-----END ${header[1]}-----`);
		if (end === -1 || text.slice(bodyStart, bodyStart + end).includes("-----BEGIN ")) continue;
		blocks.push({ start, end: bodyStart + end });
	}
	return blocks;
}

/** Without what was found in them, unless its form alone says that it is secret. */
export function outsidePublicBlocks(found: readonly Located[], text: string): readonly Located[] {
	const blocks = found.length === 0 ? [] : publicBlocks(text);
	if (blocks.length === 0) return found;
	const isPublic = ({ start, end }: Range) =>
		blocks.some((block) => block.start <= start && end <= block.end);
	return found.filter(({ finding, pieces }) => finding.level === "MAXIMUM" || !pieces.every(isPublic));
}
