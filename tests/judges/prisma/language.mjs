// Prisma's parser, formatter and DMMF: @prisma/prisma-schema-wasm, the very code behind `prisma validate` and `prisma format`.
import { require } from './packages.mjs';
import { fitFiles } from './datasource.mjs';

globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message() {} };

const packageOf = (version) => `language${version}`;

/** After a panic the instance may be poisoned, so the module is loaded anew. */
function reload(version) {
  delete require.cache[require.resolve(packageOf(version))];
}

/** `error: message`, then an arrow with `path:line`: what the engines print, without its colours and its excerpt. */
function parseErrors(text) {
  const found = text.matchAll(/^error: ([\s\S]*?)\n\s+-->\s+(.*):(\d+)\s*$/gm);
  return [...found].map(([, message, file, line]) => ({ message, file, line: Number(line) }));
}

function failure(error, version) {
  if (error instanceof WebAssembly.RuntimeError) {
    reload(version);
    return { ok: false, code: 'PANIC', error: error.message, errors: [] };
  }
  let code = null;
  let text = String(error?.message ?? error);
  try {
    ({ error_code: code = null, message: text } = JSON.parse(text));
  } catch {
    // Not every message is JSON; then it is the text itself.
  }
  return { ok: false, code, error: text, errors: parseErrors(text) };
}

function ask(request, question) {
  try {
    return { ok: true, result: question(require(packageOf(request.engine))) };
  } catch (error) {
    return failure(error, request.engine);
  }
}

const input = (request) =>
  JSON.stringify({ prismaSchema: fitFiles(request.schema, request.engine, request.fitUrl), noColor: true });

export const language = {
  validate: (request) => ask(request, (prisma) => (prisma.validate(input(request)), null)),
  dmmf: (request) => ask(request, (prisma) => JSON.parse(prisma.get_dmmf(input(request)))),
  format: (request) =>
    ask(request, (prisma) => {
      const options = { textDocument: { uri: 'file:/dev/null' }, options: { tabSize: 2, insertSpaces: true } };
      return JSON.parse(prisma.format(JSON.stringify(request.schema), JSON.stringify(options)));
    }),
};
