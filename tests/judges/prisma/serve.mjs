// Prisma itself as a judge. One JSON request a line on stdin, one JSON answer a line on stdout, in the same order:
//   node serve.mjs FOLDER_WITH_NODE_MODULES
//   {"op": "validate", "schema": [["path", "text"], ...], "engine": "6"}  ->  {"ok": true, "result": ...}
//                                                         or  {"ok": false, "code": "P1012", "error": "...", "errors": [...]}
import readline from 'node:readline';
import { language } from './language.mjs';
import { engine, forgetEngine } from './engine.mjs';

// A Rust panic inside WebAssembly surfaces as an uncaught error, and the promise that waits for the answer never settles.
let panicked = null;
process.on('uncaughtException', (error) => {
  if (panicked && error instanceof WebAssembly.RuntimeError) return panicked(error);
  console.error(error);
  process.exit(70);
});

function answer(request) {
  const judge = language[request.op] ? askLanguage : askEngine;
  return new Promise((resolve) => {
    panicked = (error) => {
      forgetEngine(request.engine);
      resolve({ ok: false, code: 'PANIC', error: error.message });
    };
    judge(request).then(resolve, (error) => resolve({ ok: false, code: null, error: `judge: ${error?.stack ?? error}` }));
  });
}

async function askLanguage(request) {
  return language[request.op](request);
}

async function askEngine(request) {
  if (!engine[request.op]) throw new Error(`no such op: ${request.op}`);
  return engine[request.op](request);
}

let last = Promise.resolve();
const lines = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });
lines.on('line', (line) => {
  last = last.then(async () => process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`));
});
lines.on('close', () => last.then(() => process.exit(0)));
