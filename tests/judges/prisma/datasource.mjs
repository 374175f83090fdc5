// No schema with a datasource satisfies every Prisma: up to 6 `url` is demanded, from 7 on it is refused.
const DATASOURCE = /^([ \t]*datasource\s+\w+\s*\{)([^}]*)\}/gm;
const URL_LINE = /^[ \t]*url\s*=/m;
const URL_LINES = /^[ \t]*(url|directUrl|shadowDatabaseUrl)\s*=.*$/gm;

function fitUrl(text, version) {
  return text.replace(DATASOURCE, (block, head, body) => {
    if (version !== '6') return `${head}${body.replace(URL_LINES, blank)}}`;
    return URL_LINE.test(body) ? block : `${head}${body.trimEnd()}\n  url = env("DATABASE_URL")\n}`;
  });
}

/** As many bytes as before, so that positions in messages stay true. */
const blank = (line) => ' '.repeat(Buffer.byteLength(line));

export const fitFiles = (files, version, fit = true) =>
  fit ? files.map(([path, text]) => [path, fitUrl(text, version)]) : files;

export function providerOf(files) {
  const found = files.map(([, text]) => /datasource\s+\w+\s*\{[^}]*?^\s*provider\s*=\s*"(\w+)"/ms.exec(text)).find(Boolean);
  return found?.[1] ?? 'postgresql';
}
