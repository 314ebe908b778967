import { mergeConfig } from 'vitest/config';
import ordinary from './vitest.ts';

/** Measurements: they take minutes on a PostgreSQL, say what they found, and are run by hand. */
const measurements = mergeConfig(ordinary, { test: { testTimeout: 600_000, hookTimeout: 600_000, maxWorkers: 1 } });

export default { ...measurements, test: { ...measurements.test, include: ['test/hard/*.measure.ts'] } };
