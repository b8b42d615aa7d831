// Runs every journey (*.journey.mjs), each on its own office. `node tests/journeys/run.mjs NAME` runs one.
import fs from 'node:fs';
import path from 'node:path';
import { closeBrowser, closing, root } from './kit.mjs';

const folder = path.join(root, 'tests/journeys');
const only = process.argv[2];
for (const file of fs.readdirSync(folder).filter((f) => f.endsWith('.journey.mjs')).sort()) {
  if (only && !file.startsWith(only)) continue;
  console.log(`-- ${file.replace('.journey.mjs', '')}`);
  await (await import(path.join(folder, file))).default();
}
await closeBrowser();
process.exit(closing());
