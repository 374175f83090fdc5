// @prisma/adapter-pg, made fit for the schema engine and made to send scripts as the binary behind `prisma migrate deploy` does.
import { adapterOf, require } from './packages.mjs';
import { splitStatements } from './statements.mjs';

const CHARACTER = 6; // the engine's number for this type of column
const TEXT_ARRAY = 1009;
/** Types of the catalog that the published adapter refuses, and the ordinary types to take them for. */
const ORDINARY_TYPES = { 18: 25, 19: 25, 22: 25, 24: 25, 28: 23, 30: 25, 194: 25, 1002: TEXT_ARRAY, 1003: TEXT_ARRAY, 2205: 25, 2206: 25, 3220: 25 };

const parseArray = (text) => text.replace(/^\{|\}$/g, '').split(',').filter(Boolean).map((item) => item.replace(/^"|"$/g, ''));

function makeOrdinary(result) {
  for (const [column, field] of (result.fields ?? []).entries()) {
    const type = ORDINARY_TYPES[field.dataTypeID];
    if (type === undefined) continue;
    field.dataTypeID = type;
    if (type !== TEXT_ARRAY) continue;
    for (const row of result.rows) if (typeof row[column] === 'string') row[column] = parseArray(row[column]);
  }
  return result;
}

const patched = new WeakSet();

/** Teaches the adapter's class the types of the catalog. */
function patch(connection) {
  const queryable = Object.getPrototypeOf(Object.getPrototypeOf(connection));
  if (patched.has(queryable)) return;
  patched.add(queryable);
  const { performIO, queryRaw } = queryable;
  queryable.performIO = async function (query) {
    return makeOrdinary(await performIO.call(this, query));
  };
  queryable.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query);
    const column = result.columnNames.indexOf('constraint_type');
    if (column >= 0) result.columnTypes[column] = CHARACTER;
    return result;
  };
}

// Prisma's binary keeps ONE connection for the whole run. Up to 7.3 it sends a script as one simple query ("batch": an implicit
// transaction unless the script has its own); from 7.4 on it sends every statement alone ("split": each is committed alone).
async function behaveLikeBinary(connection, config, mode) {
  patch(connection);
  const { Client } = require('pg');
  const client = new Client(config);
  client.on('error', () => {});
  await client.connect();
  await connection.client.end();
  const query = (...parameters) => client.query(...parameters);
  connection.client = { query, end: () => client.end(), on() {}, removeListener() {}, connect: async () => ({ query, release() {}, on() {}, removeListener() {} }) };
  connection.executeScript = async (script) => {
    try {
      for (const part of mode === 'split' ? splitStatements(script) : [script]) await query(part);
    } catch (error) {
      connection.onError(error);
    }
  };
  connection.dispose = () => client.end();
  return connection;
}

function configOf(url) {
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

export function postgresFactory(version, address, mode) {
  const { PrismaPg } = require(`adapter${adapterOf(version)}`);
  const url = new URL(address);
  const config = configOf(url);
  const schema = url.searchParams.get('schema') ?? undefined;
  const open = async (given) => {
    const connection = await new PrismaPg(given, { schema }).connect();
    return behaveLikeBinary(connection, given, mode);
  };
  const openShadow = async () => {
    const administration = await open(config);
    const name = `prisma_migrate_shadow_db_${globalThis.crypto.randomUUID()}`;
    await administration.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = await open({ ...config, database: name });
    const close = shadow.dispose;
    shadow.dispose = async () => {
      await close();
      await administration.executeScript(`DROP DATABASE "${name}" WITH (FORCE)`);
      await administration.dispose();
    };
    return shadow;
  };
  const { provider, adapterName } = new PrismaPg(config, { schema });
  return { provider, adapterName, connect: () => open(config), connectToShadowDb: openShadow };
}
