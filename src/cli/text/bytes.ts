/** `0 B`, `640 B`, `12 kB`, `3.4 MB`, `1.2 GB`. Pure. */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return `${Math.round(bytes)} B`;
	const units = ["kB", "MB", "GB", "TB"];
	const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** power;
	return `${value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)} ${units[power - 1]}`;
}
