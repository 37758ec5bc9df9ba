/** One file of a tar archive, in the form that every tar reads (POSIX ustar). Pure. */

const BLOCK = 512;
const OWNER_ONLY = "0000600";
const CHECKSUM = { at: 148, length: 8 } as const;

/** `name`: at most 100 bytes. */
export function tarEntry(name: string, content: Uint8Array, modifiedAt: number): Buffer {
	const header = Buffer.alloc(BLOCK);
	const put = (text: string, at: number) => header.write(text, at, "latin1");
	const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
	header.write(name, 0, "utf8");
	put(OWNER_ONLY, 100);
	put(octal(0, 7), 108);
	put(octal(0, 7), 116);
	put(octal(content.length, 11), 124);
	put(octal(Math.max(0, Math.floor(modifiedAt / 1000)), 11), 136);
	header.fill(" ", CHECKSUM.at, CHECKSUM.at + CHECKSUM.length);
	put("0", 156);
	put("ustar\0", 257);
	put("00", 263);
	const sum = header.reduce((total, byte) => total + byte, 0);
	put(`${octal(sum, 6)}\0 `, CHECKSUM.at);
	const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
	return Buffer.concat([header, content, padding]);
}

/** What stands at the end of an archive. */
export function tarEnd(): Buffer {
	return Buffer.alloc(2 * BLOCK);
}
