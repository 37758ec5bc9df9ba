/** What `npm run bench:web` measured, as a page of the documentation. Pure. */

export interface Measured {
	readonly name: string;
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly worstMs: number;
	/** Of the server's processor, for each request. */
	readonly cpuMs: number;
	readonly barMs: number;
	readonly bytes: number;
}

export function measuredTable(results: readonly Measured[], databaseBytes: number): string {
	const row = ({ name, cpuMs, p50Ms, p95Ms, barMs }: Measured) =>
		`| ${name} | ${[cpuMs, p50Ms, p95Ms].map((ms) => ms.toFixed(1)).join(" | ")} | ${barMs}${p95Ms > barMs ? ", missed" : ""} |`;
	return `<!-- Made by \`npm run bench:web -- FOLDER --write\`: do not edit. -->
# How fast the dashboard answers

Milliseconds, over the database of ${(databaseBytes / 1e9).toFixed(1)} GB that \`npm run seed:big -- FOLDER\` makes: 100,000 sessions, 2,000,000 turns. Each request is
timed from its first byte to the answer's last; the processor's time is the server's own, for one request, on average. Where other
programs keep the machine busy, waiting for a processor is in all but that. The bar is for the 95th percentile.

| request | processor | median | 95th percentile | bar |
| --- | ---: | ---: | ---: | ---: |
${results.map(row).join("\n")}
`;
}
