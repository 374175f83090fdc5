// Splits a PostgreSQL script at its semicolons, but not within quotes, dollar quotes, comments and BEGIN ATOMIC bodies.
const SKIPPED = [
  /--[^\n]*/y,
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y,
  /'(?:[^']|'')*'/y,
  /"(?:[^"]|"")*"/y,
  /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/y,
  /[A-Za-z_][\w$]*/y,
];

/** Block comments nest in PostgreSQL. */
function endOfBlockComment(script, start) {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(script); mark; mark = marks.exec(script)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return script.length;
}

/** The piece of text at `at` that cannot hold a semicolon which ends a statement. */
function pieceAt(script, at) {
  if (script.startsWith('/*', at)) return script.slice(at, endOfBlockComment(script, at));
  for (const pattern of SKIPPED) {
    pattern.lastIndex = at;
    const found = pattern.exec(script);
    if (found) return found[0];
  }
  return script[at];
}

const isEmpty = (statement) => statement.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '').trim() === '';

export function splitStatements(script) {
  const statements = [];
  let start = 0;
  let bodies = 0;
  let previous = '';
  for (let at = 0; at < script.length; ) {
    const piece = pieceAt(script, at);
    at += piece.length;
    if (piece === ';' && bodies === 0) {
      statements.push(script.slice(start, at - 1).trim());
      start = at;
    }
    if (/^atomic$/i.test(piece) && /^begin$/i.test(previous)) bodies += 1;
    if (/^end$/i.test(piece) && bodies > 0) bodies -= 1;
    if (piece.trim()) previous = piece;
  }
  return [...statements, script.slice(start).trim()].filter((statement) => !isEmpty(statement));
}
