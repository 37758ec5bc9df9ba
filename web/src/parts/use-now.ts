import { useEffect, useState } from "react";

/** The time, again and again: for what grows while one looks at it. */
export function useNow(everyMs: number, isTicking = true): number {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		if (!isTicking) return;
		const timer = setInterval(() => setNow(Date.now()), everyMs);
		return () => clearInterval(timer);
	}, [everyMs, isTicking]);
	return now;
}
