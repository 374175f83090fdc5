import type { Account, Order, Prisma, Ticket } from "@prisma/client";
import { prisma } from "./db";

interface Row {
  id: number;
  account: number;
}

function wantsNumber(id: number): string {
  return String(id);
}

// function argument
export async function argument(id: number) {
  const order = await prisma.order.findUniqueOrThrow({ where: { id } });
  return wantsNumber(order.accountId);
}

// object literal with a declared type
export function literal(order: Order): Row {
  const row: Row = { id: order.id, account: order.accountId };
  return row;
}

// return type
export function result(order: Order): number {
  return order.accountId;
}

// arrow result
export const arrow = (order: Order): number => order.accountId;

// Map key
export function grouped(orders: Order[]): Map<number, Order[]> {
  const map = new Map<number, Order[]>();
  for (const order of orders) {
    map.set(order.accountId, [...(map.get(order.accountId) ?? []), order]);
  }
  return map;
}

// template
export function link(order: Order): string {
  return `/accounts/${order.accountId}`;
}

// array of ids
export async function accountsOf(orders: Order[]) {
  const ids = orders.map((order) => order.accountId);
  return prisma.account.findMany({ where: { id: { in: ids } } });
}

// inline array of ids
export async function accountsOf2(orders: Order[]) {
  return prisma.account.findMany({ where: { id: { in: orders.map((o) => o.accountId) } } });
}

// comparison
export function later(a: Order, b: Order): boolean {
  return a.accountId > b.accountId;
}

// arithmetic
export function sum(orders: Order[]): number {
  return orders.reduce((total, order) => total + order.accountId, 0);
}

// sort
export function sorted(orders: Order[]): Order[] {
  return [...orders].sort((a, b) => a.accountId - b.accountId);
}

// method of a number
export function label(ticket: Ticket): string {
  return ticket.accountId.toString();
}

// index
export function pick(names: string[], order: Order): string | undefined {
  return names[order.accountId];
}

// record index
export function pick2(names: Record<number, string>, order: Order): string | undefined {
  return names[order.accountId];
}

// annotated variable
export function annotated(order: Order): void {
  const id: number = order.accountId;
  void id;
}

// destructured
export function taken({ accountId }: Order): number {
  return accountId * 2;
}

// Set of number
export function distinct(orders: Order[]): Set<number> {
  return new Set(orders.map((order) => order.accountId));
}

// array result
export function ids(orders: Order[]): number[] {
  return orders.map((order) => order.accountId);
}

// push
export function pushed(orders: Order[]): number[] {
  const found: number[] = [];
  for (const order of orders) found.push(order.accountId);
  return found;
}

// filter in where of a namesake that is not nullable
export async function invoices(order: Order) {
  return prisma.invoice.findMany({ where: { accountId: order.accountId } });
}

// create of a namesake that is not nullable
export async function invoice(order: Order) {
  return prisma.invoice.create({ data: { accountId: order.accountId } });
}

// connect
export async function connected(order: Order) {
  return prisma.invoice.create({ data: { account: { connect: { id: order.accountId } } } });
}

// update where
export async function touch(ticket: Ticket) {
  await prisma.account.update({ where: { id: ticket.accountId }, data: { isActive: true } });
}

// assignment
export function assigned(order: Order): number {
  let id = 0;
  id = order.accountId;
  return id;
}

// default parameter object
export function named(options: { accountId: number }): number {
  return options.accountId;
}
export const called = (order: Order) => named({ accountId: order.accountId });
export const called2 = (order: Order) => named(order);
export const called3 = ({ accountId }: Order) => named({ accountId });

// generic
function same<T extends number>(value: T): T {
  return value;
}
export const generic = (order: Order) => same(order.accountId);

// Math
export const largest = (orders: Order[]) => Math.max(...orders.map((order) => order.accountId));

// promise result
export async function promised(order: Order): Promise<number> {
  return order.accountId;
}

// class member
export class Holder {
  readonly accountId: number;
  constructor(order: Order) {
    this.accountId = order.accountId;
  }
}

// new
export class Wanted {
  constructor(readonly id: number) {}
}
export const made = (order: Order) => new Wanted(order.accountId);

// Array.includes
export const among = (ids: number[], order: Order) => ids.includes(order.accountId);

// Map.get / Set.has / delete
export const known = (names: Map<number, string>, seen: Set<number>, order: Order) =>
  names.get(order.accountId) ?? seen.has(order.accountId);

// object from entries
export const byAccount = (orders: Order[]) => new Map<number, Order>(orders.map((order) => [order.accountId, order]));

// satisfies
export const fitting = (order: Order) => ({ id: order.id, account: order.accountId }) satisfies Row;

// callback
export const each = (orders: Order[]) => orders.map((order) => order.accountId).map((id) => wantsNumber(id));

// parseInt of String is fine
export const fine = (order: Order) => String(order.accountId);

// spread into a declared type
export const copied = (order: Order): { order: Row & { accountId: number } } => ({
  order: {
    account: 1,
    ...order,
  },
});
export const given = (order: Order): { accountId: number } => ({ ...order, accountId: 1 });

// functions and methods of the language
export const dated = (order: Order) => new Date(order.accountId);
export const large = (order: Order) => BigInt(order.accountId);
export const encoded = (order: Order) => encodeURIComponent(order.accountId);

// checked is fine
export const checked = (order: Order) => (order.accountId ? wantsNumber(order.accountId) : "");
export function checked2(order: Order): string {
  if (order.accountId === null) return "";
  return wantsNumber(order.accountId);
}

// in a conditional
export const either = (order: Order, fallback: number): number => (fallback > 1 ? order.accountId : fallback);

// find by
export const mine = (orders: Order[], accountId: number) => orders.filter((order) => order.accountId === accountId);

// select
export async function selected(): Promise<number[]> {
  const found = await prisma.order.findMany({ select: { accountId: true } });
  return found.map((each) => each.accountId);
}

// groupBy
export async function counted(): Promise<Array<{ account: number; count: number }>> {
  const groups = await prisma.order.groupBy({ by: ["accountId"], _count: { _all: true } });
  return groups.map((group) => ({ account: group.accountId, count: group._count._all }));
}

// reduce to a record
export const tally = (orders: Order[]) =>
  orders.reduce<Record<number, number>>((counts, order) => {
    counts[order.accountId] = (counts[order.accountId] ?? 0) + 1;
    return counts;
  }, {});

// nested function
export async function refreshed(ids: number[]) {
  const load = async (accountId: number) => prisma.account.findUnique({ where: { id: accountId } });
  const orders = await prisma.order.findMany({ where: { id: { in: ids } } });
  return Promise.all(orders.map((order) => load(order.accountId)));
}

// a generic type
type Answer<T> = { data: T; problem: null } | { data: never; problem: string };
interface Page<Item> {
  items: Item[];
  first: Item;
}
type Known<T> = { page: Page<T> };
export const answered = (answer: Answer<Order>) => wantsNumber(answer.data.accountId);
export const paged = (page: Page<Order>) => page.items.map((item) => wantsNumber(item.accountId));
export const nested = (known: Known<Order>) => wantsNumber(known.page.first.accountId);
export const others = (page: Page<{ accountId: number }>) => wantsNumber(page.first.accountId);

// a generic function
function firstOf<T>(items: T[]): T {
  return items[0];
}
function fetched<T>(url: string): Answer<T> {
  throw new Error(url);
}
export const single = (orders: Order[]) => wantsNumber(firstOf(orders).accountId);
export const loaded = () => wantsNumber(fetched<Order>("/orders").data.accountId);

// a method of a generic class
class Store<T> {
  constructor(private readonly items: T[]) {}
  all(): T[] {
    return this.items;
  }
}
export const stored = (store: Store<Order>) => wantsNumber(store.all()[0].accountId);

// what holds records
class Plain {
  id!: number;
  accountId!: number;
}
class Chunk<T> {
  constructor(readonly items: T[]) {}
  get first(): T {
    return this.items[0];
  }
}
class LastChunk<T> extends Chunk<T> {
  static of<T>(items: T[]): LastChunk<T> {
    return new LastChunk(items);
  }
}
class OrderChunk extends Chunk<Order> {
  key(): number {
    return this.first.accountId;
  }
}
class Numbered {
  constructor(readonly accountId: number) {}
}
class NumberedOrder extends Numbered {
  constructor(order: Order) {
    super(order.accountId);
  }
}
class NumberedTwice extends Numbered {}
const succeeded = <T>(data: T): { ok: true; data: T } => ({ ok: true, data });
type Succeeded = { ok: true; data: Plain };
export const chunk = async (): Promise<Chunk<Plain>> => {
  const found = new Chunk(await prisma.order.findMany());
  return found;
};
export const lastChunk = async (): Promise<Chunk<Plain>> => LastChunk.of(await prisma.order.findMany());
export const orderChunk = async (): Promise<Chunk<Plain>> => new OrderChunk(await prisma.order.findMany());
export const firstKey = (orders: Order[]): number => new LastChunk(orders).first.accountId;
export const twice = (order: Order) => new NumberedTwice(order.accountId);
export const once = (order: Order) => new NumberedOrder(order).accountId.toFixed();
export const byNumber = (found: Map<string, Order>): Map<string, Plain> => found;
export const eachOnce = async (): Promise<Set<Plain>> => new Set(await prisma.order.findMany());
export const held = (found: { order: Order; note: string }): { order: Plain; note: string } => found;
export const noted = (found: { order: Order; note: string }): { order: Plain; note: string } => ({ ...found, note: "" });
export const unnoted = (found: { order: Order; note: string }, plain: Plain): { order: Plain; note: string } => ({ ...found, order: plain });
export async function* inTurn(): AsyncGenerator<Plain> {
  for (const order of await prisma.order.findMany()) yield order;
}
export const success = (id: number): Promise<Succeeded> => prisma.order.findUniqueOrThrow({ where: { id } }).then(succeeded);
export const dearest = (orders: Order[]): Plain => orders.reduce((one, other) => (one.total > other.total ? one : other));

// what is spread into a call that adds
export async function allNumbered(): Promise<number> {
  const found: Array<{ total: number; accountId: number }> = [];
  found.push(
    ...(await prisma.order.findMany()).map((order) => ({
      total: order.total,
      accountId: order.accountId,
    })),
  );
  return found.length;
}

// options that a function gives
const ordersOf = (id: number) =>
  ({
    orders: { where: { id }, include: { account: true } },
  }) satisfies Prisma.CustomerInclude;
type Ordering = { id: string; orders: (Order & { account: Account })[] };
const show = (customer: Ordering) => customer.orders.map((order) => order.account.token);
export async function ordering(id: number) {
  const customer = await prisma.customer.findFirstOrThrow({ include: ordersOf(id) });
  return show(
    customer,
  );
}

// a key of the new relation, read through the old one
export async function placed(id: number): Promise<number> {
  const order = await prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });
  const line = await prisma.line.findFirst({ include: { order: { include: { account: true } } } });
  return order.account.shopId + (line?.order.account.shopId ?? 0);
}

// one of several literals, or a record or something else
async function lookedUp(id: number) {
  if (id < 0) return { error: "wrong" };
  const orders = await prisma.order.findMany({ where: { id }, include: { account: true } });
  return { orders: orders.map((order) => ({ ...order, isNew: true })), first: orders[0] };
}
const wrongOr = async (id: number) =>
  id < 0 ? { error: "wrong" } : await prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });
export async function eitherWay(id: number): Promise<number> {
  const [result, one] = [await lookedUp(id), await wrongOr(id)];
  if (result.error !== undefined || "error" in one) return 0;
  for (const order of result.orders) order.account.token.trim();
  return result.first.account.token.length + one.account.token.length + one.accountId;
}

// what a generic function puts into a literal
const okay = <T,>(data: T) => ({ ok: true as const, data });
const notOkay = (error: string) => ({ ok: false as const, error });
async function resulting(id: number) {
  const order = await prisma.order.findUnique({ where: { id }, include: { account: true } });
  return order === null ? notOkay("none") : okay(order);
}
export async function resultOf(id: number): Promise<number> {
  const one = await resulting(id);
  return one.ok ? one.data.accountId + one.data.account.token.length : 0;
}

// a function that is handed on by its name
type LoadingTools = { loadOwner: (id: number) => Promise<Account>; shopKey: (id: number) => Promise<number> };
const loadOwner = async (id: number) => {
  const order = await prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });
  return order.account;
};
const shopKey = async (id: number) => (await prisma.order.findUniqueOrThrow({ where: { id } })).accountId;
const runs = (run: (id: number) => void, other: (id: number) => unknown) => [run, other];
const generically = <T,>(load: (id: number) => Promise<T>) => load(1);
export const loadingTools: LoadingTools = {
  loadOwner,
  shopKey,
};
export const harmlessTools = () => [runs(shopKey, loadOwner), generically(shopKey), [1, 2].map(shopKey)];

// what is taken instead of a list is no element of it, and each is given to a function by its name
const owners = async () => (await prisma.order.findMany({ include: { account: true } })).map((order) => order.account);
const takeOwners = (accounts: Account[]) => accounts;
const takeOwner = (account: { id: number }) => account.id;
const takeAny = (account: { id: number } | null) => account?.id;
export async function eachOwner() {
  const all = await owners();
  takeOwners(all ?? []);
  all.forEach(takeOwner);
  all.forEach(takeAny);
  const known: Account[] = all.filter((each) => each !== null) ?? [];
  return known.map(takeOwner);
}
