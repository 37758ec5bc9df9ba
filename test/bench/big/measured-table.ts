/** What `npm run bench:web` measured, as a page of the documentation. Pure. */

export interface Measured {
	readonly name: string;
	readonly p50Ms: number;
	readonly p95Ms: number;
	/** Of the server's processor. */
	readonly cpuP50Ms: number;
	readonly cpuP95Ms: number;
	readonly barMs: number;
	readonly bytes: number;
}

export function measuredTable(results: readonly Measured[], databaseBytes: number): string {
	const row = ({ name, barMs, ...measured }: Measured) => {
		const { cpuP50Ms, cpuP95Ms, p50Ms, p95Ms } = measured;
		const columns = [cpuP50Ms, cpuP95Ms, p50Ms, p95Ms].map((ms) => ms.toFixed(1));
		return `| ${name} | ${columns.join(" | ")} | ${barMs} |`;
	};
	return `<!-- Made by \`npm run bench:web -- FOLDER --write\`: do not edit. -->
# How fast the dashboard answers

Milliseconds, over the database of ${(databaseBytes / 1e9).toFixed(1)} GB that \`npm run seed:big -- FOLDER\` makes: 100,000 sessions, 2,000,000 turns. The processor's
time is what the server used for a request; the time in all goes from the request's first byte to the answer's last, and on a machine that
others keep busy it is mostly waiting for a processor. The bar is for the 95th percentile of the time in all.

The file was read before; where the system has not kept it, words that few turns hold wait for the disk. What the page itself takes in a browser:
[web.md](web.md).

| request | processor, median | processor, 95 % | in all, median | in all, 95 % | bar |
| --- | ---: | ---: | ---: | ---: | ---: |
${results.map(row).join("\n")}
`;
}
