import { writeFileSync } from 'node:fs';
import { getHeapSpaceStatistics } from 'node:v8';

// Loaded into a server before it starts: at each SIGUSR2 it writes, into the file that the environment names, how many
// bytes lie where only a full collection of garbage reaches.

process.on('SIGUSR2', () => {
  const old = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space');
  writeFileSync(process.env.OLD_SPACE_FILE as string, String(old?.space_used_size));
});
