// Prisma's schema engine: @prisma/schema-engine-wasm, the very code behind `prisma migrate`.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HOME, adapterOf, require } from './packages.mjs';
import { fitFiles, providerOf } from './datasource.mjs';
import { offlineFactory } from './offline.mjs';
import { postgresFactory } from './postgres.mjs';
import { splitStatements } from './statements.mjs';

const EVERYTHING = { externalTables: [], externalEnums: [] };
const DIALECTS = { postgresql: 'postgres', postgres: 'postgres', cockroachdb: 'postgres', sqlite: 'sqlite' };

const loaded = {};
let loads = 0;

/** After a panic the instance may be poisoned. */
export function forgetEngine(version) {
  delete loaded[version];
}

async function loadEngine(version) {
  if (loaded[version]) return loaded[version];
  const folder = path.join(HOME, 'node_modules', `engine${version}`);
  // A query makes it a new module for Node, with a memory of its own.
  const bindings = await import(`${pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href}?load=${++loads}`);
  const bytes = fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return (loaded[version] = bindings);
}

/** The engine closes some of its connections itself, and leaves others open. */
function closeOnce(connection) {
  const close = connection.dispose.bind(connection);
  let closing = null;
  connection.dispose = () => (closing ??= close());
  return connection;
}

/** Runs `question` with an engine, and closes what it left open. */
async function withEngine(request, datasource, question) {
  const { engine: version } = request;
  const factory = request.url ? postgresFactory(version, request.url, request.mode) : offlineFactory(DIALECTS[providerOf(datasource)]);
  const connections = [];
  const remember = async (connecting) => {
    const connection = closeOnce(await connecting);
    connections.push(connection);
    return connection;
  };
  const { bindMigrationAwareSqlAdapterFactory } = require(`adapter-utils${adapterOf(version)}`);
  const bound = bindMigrationAwareSqlAdapterFactory({
    ...factory,
    connect: () => remember(factory.connect()),
    connectToShadowDb: () => remember(factory.connectToShadowDb()),
  });
  const { SchemaEngine } = await loadEngine(version);
  const datamodels = request.url ? fitFiles(datasource, version) : undefined;
  const prisma = await SchemaEngine.new({ datamodels }, () => {}, bound);
  try {
    return { ok: true, result: await question(prisma) };
  } catch (error) {
    return { ok: false, code: error?.code ?? null, error: messageOf(error, bound.errorRegistry) };
  } finally {
    prisma.free();
    for (const connection of connections) await connection.dispose();
  }
}

/** The engine knows errors of the adapter by their number only. */
function messageOf(error, registry) {
  const text = String(error?.message ?? error);
  const number = /External error id#(\d+)/.exec(text);
  const cause = number && registry.consumeError(Number(number[1]))?.error;
  return (cause ? String(cause.message ?? cause) : text).replace(/\x1b\[[0-9;]*m/g, '');
}

const container = (files, version) => ({
  files: fitFiles(files, version).map(([filePath, content]) => ({ path: filePath, content })),
});
const schema = (files, version) => ({ tag: 'schemaDatamodel', ...container(files, version) });
const database = (files, version) => ({ tag: 'schemaDatasource', ...container(files, version), configDir: '.' });

/** A folder of migrations as the engine wants to see it. */
function history(folder) {
  const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null);
  const names = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return {
    baseDir: path.resolve(folder),
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: read(path.join(folder, 'migration_lock.toml')) },
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: read(path.join(folder, name, 'migration.sql')) } },
    })),
  };
}

async function difference(prisma, from, to) {
  const found = await prisma.diff({ from, to, script: true, exitCode: true, shadowDatabaseUrl: null, filters: EVERYTHING });
  return found.exitCode === 0 ? '' : found.stdout;
}

export const engine = {
  /** What `prisma migrate diff --script` prints, from one schema (or nothing) to another; needs no database. */
  sql: (request) => {
    const { from, to, engine: version } = request;
    const target = (files) => (files.length ? schema(files, version) : { tag: 'empty' });
    return withEngine(request, [...from, ...to], (prisma) => difference(prisma, target(from), target(to)));
  },

  /** The SQL that would still be needed to make the live database what the schema says. */
  drift: (request) =>
    withEngine(request, request.schema, (prisma) =>
      difference(prisma, database(request.schema, request.engine), schema(request.schema, request.engine)),
    ),

  /** As `drift`, of a shadow database in which every migration was replayed. */
  replayDrift: (request) =>
    withEngine(request, request.schema, (prisma) =>
      difference(prisma, { tag: 'migrations', ...history(request.migrations) }, schema(request.schema, request.engine)),
    ),

  /** `prisma migrate deploy`: the names of the migrations that it applied. */
  deploy: (request) =>
    withEngine(request, [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']], async (prisma) => {
      const done = await prisma.applyMigrations({ migrationsList: history(request.migrations), filters: EVERYTHING });
      return done.appliedMigrationNames;
    }),

  /** The statements of a script, as Prisma from 7.4 on sends them. */
  statements: async (request) => ({ ok: true, result: splitStatements(request.script) }),
};
