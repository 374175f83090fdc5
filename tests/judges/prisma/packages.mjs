// The npm packages are installed outside of the checkout; the folder that holds their node_modules is the first argument.
import path from 'node:path';
import { createRequire } from 'node:module';

export const HOME = path.resolve(process.argv[2]);
export const require = createRequire(path.join(HOME, 'package.json'));

export const NEWEST_ADAPTER = '7';
/** Prisma 8 takes the adapters of 7. */
export const adapterOf = (version) => (version === '6' ? '6' : NEWEST_ADAPTER);
