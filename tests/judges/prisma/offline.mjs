// A database that answers only what the engine asks to know its flavour, and refuses everything else.
const ANSWERS = [
  {
    question: /pg_namespace[\s\S]*version\(\)|version\(\)[\s\S]*pg_namespace/i,
    answer: { columnNames: ['exists', 'version', 'numeric_version'], columnTypes: [5, 7, 0], rows: [[true, 'PostgreSQL 15.4', 150004]] },
  },
  { question: /sqlite_version/i, answer: { columnNames: ['version'], columnTypes: [7], rows: [['3.45.0']] } },
  { question: /version\(\)/i, answer: { columnNames: ['version'], columnTypes: [7], rows: [['PostgreSQL 15.4']] } },
  { question: /select 1/i, answer: { columnNames: ['1'], columnTypes: [0], rows: [[1]] } },
];

async function queryRaw({ sql }) {
  const found = ANSWERS.find(({ question }) => question.test(sql));
  if (!found) throw new Error(`there is no database behind this question: ${sql}`);
  return found.answer;
}

async function refuse() {
  throw new Error('there is no database to change');
}

export function offlineFactory(provider) {
  if (!provider) throw new Error('the WebAssembly engine knows PostgreSQL, CockroachDB and SQLite only');
  const adapterName = provider === 'sqlite' ? '@prisma/adapter-libsql' : '@prisma/adapter-pg';
  const connection = {
    provider,
    adapterName,
    queryRaw,
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    dispose: async () => {},
    getConnectionInfo: () => ({
      schemaName: provider === 'postgres' ? 'public' : undefined,
      maxBindValues: 32766,
      supportsRelationJoins: true,
    }),
  };
  const connect = async () => connection;
  return { provider, adapterName, connect, connectToShadowDb: connect };
}
