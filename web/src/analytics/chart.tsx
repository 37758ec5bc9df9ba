/** A chart drawn by Chart.js, which is loaded with the first one. Its colours are the page's own. */
import type { ChartConfiguration, Chart as ChartOf } from "chart.js";
import { useEffect, useRef } from "react";
import { useColourScheme } from "../app/theme.ts";

export interface Colours {
	/** Of a custom property, as the browser computes it now. */
	of(name: string): string;
}

export type ChartSetup = (colours: Colours) => ChartConfiguration;

interface ChartProps {
	/** What it shows, for who does not see it; the table says it all. */
	readonly label: string;
	/** Must be the same as long as the data is. */
	readonly setup: ChartSetup;
	readonly className?: string;
}

export function Chart({ label, setup, className = "" }: ChartProps) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const scheme = useColourScheme();
	useEffect(() => {
		void scheme;
		const element = canvas.current;
		if (element === null) return;
		let chart: ChartOf | undefined;
		let isGone = false;
		void import("./chart-js.ts").then(({ Chart: Drawn }) => {
			if (!isGone) chart = new Drawn(element, withLook(setup(coloursOf(element)), coloursOf(element)));
		});
		return () => {
			isGone = true;
			chart?.destroy();
		};
	}, [setup, scheme]);
	return (
		<div className={`chart ${className}`}>
			<canvas ref={canvas} role="img" aria-label={label} />
		</div>
	);
}

function coloursOf(element: HTMLElement): Colours {
	return {
		of: (name) => {
			// A property may hold two colours, one for each scheme: only a used one is a colour.
			const probe = document.createElement("i");
			probe.style.color = `var(${name})`;
			element.parentElement?.append(probe);
			const { color } = getComputedStyle(probe);
			probe.remove();
			return color;
		},
	};
}

function withLook(configuration: ChartConfiguration, colours: Colours): ChartConfiguration {
	const axis = {
		grid: { color: colours.of("--line"), drawTicks: false },
		border: { display: false },
		ticks: { color: colours.of("--muted"), padding: 8, maxRotation: 0, autoSkipPadding: 16 },
	};
	const { scales = {} } = configuration.options ?? {};
	const dressed = Object.fromEntries(
		Object.entries(scales).map(([name, own]) => [
			name,
			{
				...own,
				grid: { ...axis.grid, ...own?.grid },
				border: axis.border,
				ticks: { ...axis.ticks, ...own?.ticks },
			},
		]),
	);
	return {
		...configuration,
		options: {
			responsive: true,
			maintainAspectRatio: false,
			animation: false,
			interaction: { mode: "index", intersect: false },
			...configuration.options,
			font: { family: "system-ui, sans-serif", size: 12 },
			scales: dressed as never,
			plugins: {
				tooltip: {
					backgroundColor: colours.of("--text"),
					titleColor: colours.of("--bg"),
					bodyColor: colours.of("--bg"),
					footerColor: colours.of("--bg"),
					padding: 10,
					cornerRadius: 6,
					boxPadding: 4,
					...configuration.options?.plugins?.tooltip,
				},
				legend: {
					position: "bottom",
					align: "start",
					labels: { color: colours.of("--muted"), boxWidth: 10, boxHeight: 10, padding: 14 },
					...configuration.options?.plugins?.legend,
				},
			},
		},
	} as ChartConfiguration;
}
