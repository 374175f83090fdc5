import type { Order, Receipt } from "@prisma/client";

import { prisma } from "./db";

declare function show(accountId: number): string;
declare function day(date: Date): string;

// Helpers of the code base that take some of a record, or one of its properties.
function pick<T extends object, K extends keyof T>(value: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<T, K>;
}
function omit<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}
function get<T, K extends keyof T>(value: T, key: K): T[K] {
  return value[key];
}
function pluck<T, K extends keyof T>(rows: T[], key: K): T[K][] {
  return rows.map((row) => row[key]);
}
function groupBy<T, K extends string>(rows: T[], by: (row: T) => K): Record<K, T[]> {
  const groups = {} as Record<K, T[]>;
  for (const row of rows) (groups[by(row)] ??= []).push(row);
  return groups;
}
function chunk<T>(rows: T[], size: number): T[][] {
  return rows.length > size ? [rows.slice(0, size), ...chunk(rows.slice(size), size)] : [rows];
}
function partition<T>(rows: T[], test: (row: T) => boolean): [T[], T[]] {
  return [rows.filter(test), rows.filter((row) => !test(row))];
}
function compact<T>(rows: (T | null | undefined)[]): T[] {
  return rows.filter((row): row is T => row != null);
}

export const picked = (order: Order) => show(pick(order, "id", "accountId").accountId);
export const left = (order: Order) => show(omit(order, ["number", "total"]).accountId);
export const property = (order: Order) => show(get(order, "accountId"));
export const harmless = (order: Order) => show(get(order, "total"));
export const paid = (receipt: Receipt) => day(get(receipt, "paidAt"));
export const plucked = (orders: Order[]) => pluck(orders, "accountId").map((id) => show(id));
export const named = (orders: Order[]) => pluck(orders, "accountId").map(show);
export const totals = (orders: Order[]) => pluck(orders, "total").map(show);
export const compacted = (orders: Order[]) => compact(pluck(orders, "accountId")).map(show);
export function grouped(orders: Order[]) {
  const byNumber = groupBy(orders, (order) => order.number);
  return Object.values(byNumber).map((group) => group.map((order) => show(order.accountId)));
}
export const chunked = (orders: Order[]) => chunk(orders, 10).flatMap((some) => some.map((order) => show(order.accountId)));
export function parted(orders: Order[]) {
  const [large, small] = partition(orders, (order) => order.total > 100);
  return [large.map((order) => show(order.accountId)), small.map((order) => order.total)];
}

// Types that are computed.
type ElementOf<T> = T extends (infer U)[] ? U : never;
type Unwrapped<T> = T extends Promise<infer U> ? U : T;
type Result<T extends (...args: never[]) => unknown> = Awaited<ReturnType<T>>;
type Sure<T> = T extends null | undefined ? never : T;
type Overridden<T, U> = Omit<T, keyof U> & U;
type Chosen<T, K extends keyof T> = { [Name in K]: T[Name] };
type Shown = Extract<keyof Order, "accountId" | "number">;

export const load = () => prisma.order.findMany({ include: { account: true } });
export const loadOne = async (id: number) => prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });

export const element = (order: ElementOf<Unwrapped<ReturnType<typeof load>>>) => order.account.token;
export const result = (order: Result<typeof loadOne>) => order.account.token;
export const sure = (order: Sure<Order | null>) => show(order.accountId);
export const overridden = (order: Overridden<Order, { total: string }>) => show(order.accountId);
export const chosen = (order: Chosen<Order, "accountId" | "total">) => show(order.accountId) + show(order.total);
export const shown = (order: Pick<Order, Shown>) => show(order.accountId);
export const byName = (order: Record<"accountId", Order["accountId"]>) => show(order.accountId);
export const argument = (id: Parameters<typeof show>[0]) => show(id);
export function handedOn(order: Order) {
  const given: Parameters<typeof show> = [order.accountId];
  return show(...given);
}

// What is yielded.
export async function* pages() {
  for (let skip = 0; skip < 100; skip += 10) yield prisma.order.findMany({ skip, take: 10 });
}
export async function* all() {
  for await (const page of pages()) yield* page;
}
export function* ids(orders: Order[]): Generator<number> {
  for (const order of orders) yield order.accountId;
}
export async function walk() {
  for await (const page of pages()) for (const order of page) show(order.accountId);
  for await (const order of all()) show(order.accountId);
}

// Lists of lists, maps and tuples.
export async function nested() {
  const customers = await prisma.customer.findMany({ include: { orders: true } });
  const lists = customers.map((customer) => customer.orders);
  return [lists.map((list) => list.map((order) => show(order.accountId))), lists.flat().map((order) => show(order.total))];
}
export function keyed(orders: Order[]) {
  const byAccount = new Map(orders.map((order) => [order.accountId, order.total] as const));
  return [...byAccount.keys()].map((id) => show(id));
}
export function reduced(orders: Order[]) {
  const lists = orders.reduce<Record<string, Order[]>>((found, order) => {
    (found[order.number] ??= []).push(order);
    return found;
  }, {});
  return Object.values(lists).flat().map((order) => show(order.accountId));
}
export const second = (pair: [name: string, order: Order]) => show(pair[1].accountId);
